"""What is asked about limits on the current, whoever sets them."""

from __future__ import annotations

from typing import assert_never

from laadpaal.station.answers import Answer
from laadpaal.station.external_limits import ExternalLimits
from laadpaal.station.facts import Facts
from laadpaal.station.limit_news import LimitNews
from laadpaal.station.limits import ClearExternalLimit, SetExternalLimit
from laadpaal.station.line_use import LineUse
from laadpaal.station.phases import SetPhases
from laadpaal.station.profiles import Profiles
from laadpaal.station.requests import ChargingWish, ClearProfiles, ComposeSchedule, InstallProfile
from laadpaal.station.set_points import SetPoint
from laadpaal.station.steering import Steering
from laadpaal.station.supply import Supply


class SmartCharging:
    """Hands each wish to whoever owns what it is about."""

    def __init__(
        self,
        facts: Facts,
        profiles: Profiles,
        supply: Supply,
        lines: LineUse,
        steering: Steering,
        news: LimitNews,
    ) -> None:
        self._profiles = profiles
        self._lines = lines
        self._supply = supply
        self._steering = steering
        self.external_limits = ExternalLimits(facts, profiles)
        self.news = news

    def ask(self, wish: ChargingWish) -> Answer:
        """Answer one wish."""
        match wish:
            case InstallProfile():
                return self._profiles.install(wish)
            case ClearProfiles():
                return self._profiles.clear(wish)
            case ComposeSchedule():
                return self._supply.compose(wish)
            case SetExternalLimit():
                return self.external_limits.set(wish)
            case ClearExternalLimit():
                return self.external_limits.clear(wish)
            case SetPhases():
                return self._lines.wish(wish)
            case SetPoint():
                return self._steering.wish(wish)
            case _:
                assert_never(wish)
