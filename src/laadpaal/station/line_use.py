"""How many lines an EVSE is to use: what is allowed, what profiles say, what somebody wishes."""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter

from laadpaal.properties.wiring import MAX_PHASES
from laadpaal.station.answers import Accepted, Answer, Reason, Refused
from laadpaal.station.charging_profiles import NOMINAL_V, Period, Profile, Unit, Word
from laadpaal.station.evse import Evse
from laadpaal.station.facts import Facts
from laadpaal.station.notices import LinesUsed
from laadpaal.station.phases import SetPhases
from laadpaal.station.profiles import Profiles

ALL = 3
ALLOWED = "MaxAllowedPhases"
_HEARD = tuple[int, Period]
"""A period, and the id of the profile that it is of."""


class LineUse:
    """Owns the number of lines that each EVSE is to use.

    Fewer are used as soon as anything says so, and more only when somebody explicitly asks for
    them: that more are allowed again is no such wish (S39 to S41).
    """

    def __init__(self, facts: Facts, profiles: Profiles) -> None:
        self._facts = facts
        self._profiles = profiles
        self._heard: dict[int, _HEARD | None] = {}
        for evse in facts.evses.values():
            evse.used_phases, evse.used_because = self.allowed, ALLOWED

    @property
    def allowed(self) -> int:
        """How many may be used at most."""
        return int(self._facts.values[MAX_PHASES])

    def settle(self) -> None:
        """Obey the profiles and the most that is allowed."""
        for evse in self._facts.evses.values():
            self._obey(evse)
            self._use(evse, min(evse.used_phases, self.allowed), ALLOWED)
        self._profiles.fresh.clear()

    def _obey(self, evse: Evse) -> None:
        """Follow the profile that leads: one line while it says so, all when it begins to."""
        word = self._leading(evse, self._facts.now.utc)
        if word is None or word.profile is None or word.period is None:
            self._heard[evse.number] = None
            return
        heard = word.profile.id, word.period
        new = heard != self._heard.get(evse.number) or word.profile.id in self._profiles.fresh
        self._heard[evse.number] = heard
        lines = _meant(word.period)
        if lines == 1 or (lines == ALL and new):
            self._use(evse, min(lines, self.allowed), word.profile.name)

    def _leading(self, evse: Evse, at: float, *, as_if_begun: bool = False) -> Word | None:
        since = self._profiles.since(evse, as_if_begun=as_if_begun)
        return leading(self._profiles.words(evse, at, since))

    def _use(self, evse: Evse, lines: int, because: str) -> None:
        if lines != evse.used_phases:
            evse.used_phases, evse.used_because = lines, because
            self._facts.tell(LinesUsed(evse.number, lines, because))

    def then(self, evse: Evse, at: float) -> int:
        """Return how many lines would be used at an instant, were nothing to come between."""
        word = self._leading(evse, at, as_if_begun=True)
        if word is None or word.profile is None or word.period is None:
            return evse.phases
        lines, heard = _meant(word.period), (word.profile.id, word.period)
        if lines is None or heard == self._heard.get(evse.number):
            return evse.phases
        return min(lines, self.allowed, evse.most_phases)

    def wish(self, wish: SetPhases) -> Answer:
        """Use so many lines from now on, where they can be switched and nothing forbids it."""
        evse = self._facts.evses.get(wish.evse)
        if evse is None:
            return Refused(Reason.UNKNOWN_EVSE, f"there is no EVSE {wish.evse}")
        if wish.phases not in {1, ALL}:
            return Refused(Reason.BAD_VALUE, f"1 or 3 phases can be used, not {wish.phases}")
        if refused := self._barred(evse, wish.phases):
            return refused
        self._use(evse, wish.phases, wish.source)
        return Accepted()

    def _barred(self, evse: Evse, lines: int) -> Refused | None:
        if not self._facts.layout.switches_phases:
            return Refused(Reason.PHASES_FIXED, "the contactors cannot switch phases")
        if not self._facts.switches_phases:
            return Refused(Reason.PHASES_FIXED, "switching phases is not allowed")
        if lines > self.allowed:
            return Refused(Reason.PHASES_FIXED, f"{ALLOWED} is {self.allowed}")
        if lines > evse.most_phases:
            return Refused(Reason.PHASES_FIXED, f"EVSE {evse.number} has one phase")
        word = self._leading(evse, self._facts.now.utc)
        meant = _meant(word.period) if word and word.period else None
        if word and word.profile and meant is not None and lines > meant:
            return Refused(Reason.PHASES_FIXED, f"{word.profile.name} is for one phase")
        return None


def leading(words: Iterable[Word]) -> Word | None:
    """Return the word that allows the least power, or None where nothing is said."""
    said = [(_most_w(it.profile, it.period), it) for it in words if it.profile and it.period]
    return min(said, key=itemgetter(0), default=(0.0, None))[1]


def _most_w(profile: Profile, period: Period) -> float:
    """Return what a period allows in watts, on the lines that it is meant for."""
    if profile.schedules[0].unit is Unit.WATT:
        return period.limit
    return period.limit * NOMINAL_V * (period.phases or ALL)


def _meant(period: Period) -> int | None:
    """Return the lines a period asks for; less than all of them can only be one."""
    if period.phases is None:
        return None
    return ALL if period.phases == ALL else 1
