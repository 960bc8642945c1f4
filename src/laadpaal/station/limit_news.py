"""What is told of the limits that others than the CSMS set (2.0.1 K11 to K13)."""

from __future__ import annotations

from collections.abc import Sequence

from laadpaal.properties.charging import SIGNIFICANT_CHANGE
from laadpaal.station.charging_profiles import (
    Kind,
    Period,
    Profile,
    Purpose,
    Schedule,
    Source,
    Unit,
    says,
)
from laadpaal.station.claims import signifies
from laadpaal.station.facts import Facts
from laadpaal.station.limits import LimitPlace
from laadpaal.station.notices import ExternalLimitCleared, ExternalLimitSet
from laadpaal.station.profiles import Profiles
from laadpaal.station.records import LimitsHeard
from laadpaal.station.steering import Steering

_STEERED = -1_000_000
"""Number of the profile that a set point of the station looks like; below it those of EVSEs."""


class LimitNews:
    """Compares what holds with what was told last, and tells only what signifies.

    So a master that writes each second is heard as often as it changes its mind.
    """

    def __init__(
        self, facts: Facts, profiles: Profiles, steering: Steering, heard: Sequence[LimitPlace]
    ) -> None:
        self._facts = facts
        self._profiles = profiles
        self._steering = steering
        self._told: dict[LimitPlace, Schedule] = {}
        self.heard: dict[LimitPlace, Schedule | None] = dict.fromkeys(heard)
        """What of it the CSMS was there to hear; None when that was before this start."""
        self.steered: dict[int, Profile] = {}
        """Each set point as the external limit that it is to the CSMS, by EVSE."""

    def settle(self) -> None:
        """Tell what limits anew, or otherwise than was told, and who limits no longer."""
        now = self._now()
        for place in [it for it in self._told if it not in now]:
            del self._told[place]
            self._release(place)
        for place, schedule in now.items():
            told = self._told.get(place)
            if told is None or self._differs(told, schedule):
                self._told[place] = schedule
                self._limit(place, schedule)

    def csms_back(self) -> None:
        """Tell the CSMS what it has missed while it was away."""
        for place in [it for it in self.heard if it not in self._told]:
            self._release(place)
        for place, schedule in self._told.items():
            if self.heard.get(place) != schedule:
                self._limit(place, schedule)

    def _limit(self, place: LimitPlace, schedule: Schedule) -> None:
        self._facts.tell(ExternalLimitSet(*place, schedule))
        if self._facts.online:
            self._hears(self.heard | {place: schedule})

    def _release(self, place: LimitPlace) -> None:
        self._facts.tell(ExternalLimitCleared(*place))
        if self._facts.online:
            self._hears({it: told for it, told in self.heard.items() if it != place})

    def _hears(self, now: dict[LimitPlace, Schedule | None]) -> None:
        """Keep whose limits the CSMS knows, so that it is told their end in whatever life."""
        if now.keys() != self.heard.keys():
            self._facts.keep(LimitsHeard(tuple(now)))
        self.heard = now

    def _now(self) -> dict[LimitPlace, Schedule]:
        """Return what others want now; of two at one place, the one that leaves less."""
        self._follow()
        at, found = self._facts.now.utc, dict[LimitPlace, Profile]()
        for it in (*self._profiles.installed.values(), *self.steered.values()):
            if it.external:
                place = it.source, it.evse
                lines = max(evse.phases for evse in self._facts.evses.values())
                both = (found.get(place, it), it)
                found[place] = min(both, key=lambda one: says(one, at, at).limit_a(lines))
        return {place: it.schedules[0] for place, it in found.items()}

    def _follow(self) -> None:
        held = self._steering.held()
        self.steered = {evse: self._steered(evse, limit_a) for evse, limit_a in held.items()}

    def _steered(self, evse: int, limit_a: float) -> Profile:
        """Return a set point as a profile that counts since it is what it is."""
        was, periods = self.steered.get(evse), (Period(0, limit_a),)
        if was and was.schedules[0].periods == periods:
            return was
        schedule = Schedule(Unit.AMPERE, periods, starts_at=self._facts.now.utc)
        number, source = _STEERED - evse, Source.EMS
        return Profile(number, evse, Purpose.EXTERNAL, Kind.ABSOLUTE, 0, (schedule,), source=source)

    def _differs(self, told: Schedule, now: Schedule) -> bool:
        """Tell whether the CSMS would plan otherwise; when it was written does not matter."""
        if _shape(told) != _shape(now):
            return True
        percent = self._facts.values[SIGNIFICANT_CHANGE]
        pairs = zip(told.periods, now.periods, strict=True)
        return any(signifies(was.limit, it.limit, percent) for was, it in pairs)


def _shape(schedule: Schedule) -> tuple[object, ...]:
    """Return all of a schedule but its limits, its beginning and its number."""
    steps = tuple((it.start_s, it.phases, it.phase) for it in schedule.periods)
    return schedule.unit, schedule.duration_s, schedule.least_rate, steps
