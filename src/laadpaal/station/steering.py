"""What an energy manager sets, for how long that holds, and what holds after it."""

from __future__ import annotations

import math

from laadpaal.properties import energy_manager as rows
from laadpaal.properties.balancing import SAFE_EVSE, SAFE_STATION
from laadpaal.properties.charging import EXTERNAL_LIMITS_USED
from laadpaal.station.agenda import Due, Timer
from laadpaal.station.answers import Accepted, Answer, Reason, Refused
from laadpaal.station.balancing import LINES, Budget
from laadpaal.station.claims import LAPSED, SET_POINT, Claim
from laadpaal.station.evse import Evse
from laadpaal.station.facts import Facts
from laadpaal.station.measurement import Phases
from laadpaal.station.set_points import (
    NO_SET_POINTS,
    SetPoint,
    SetPointChanged,
    SetPointsView,
    SetPointView,
)

Place = tuple[int, int]
"""What a set point is of: an EVSE and 0, or 0 and a line of the grid, from 1."""


class Steering:
    """Owns the set points; none outlasts a restart, and each has its own countdown."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._wanted: dict[Place, float] = {}

    def wish(self, wish: SetPoint) -> Answer:
        """Let it hold for the validity time from now, as it is written: claims bound it."""
        place = wish.evse, wish.line
        if place not in self._places():
            return Refused(Reason.UNKNOWN_EVSE, f"there is no line {wish.line} of EVSE {wish.evse}")
        if not self._counts(wish.evse):
            whose = f"EVSE {wish.evse}" if wish.evse else "the station"
            return Refused(Reason.EXTERNAL_LIMITS_OFF, f"nobody may set the current of {whose}")
        if not (math.isfinite(wish.limit_a) and wish.limit_a >= 0):
            return Refused(Reason.BAD_VALUE, f"{wish.limit_a} is no current to set")
        if self._until(place) is None or wish.limit_a != self._wanted[place]:
            self._facts.tell(SetPointChanged(wish.evse, wish.line, wish.limit_a))
        self._wanted[place] = wish.limit_a
        lapses = self._facts.now.mono + self._facts.values[rows.VALIDITY]
        self._facts.agenda.set(_timer(place), lapses)
        return Accepted()

    def lapsed(self, timer: Timer) -> None:
        """Take note that nobody has renewed it in time; the safe current holds."""
        self._facts.tell(SetPointChanged(timer.evse, timer.connector, None))

    def of_evse(self, evse: Evse) -> list[Claim]:
        """Return the claim on one EVSE alone."""
        place = evse.number, 0
        if not self._counts(evse.number):
            return []
        return [Claim(self._name(place), self._limit_a(place), external=self._holds(place))]

    def whole(self) -> list[Budget]:
        """Return what all EVSEs together may take of each line, named by the tightest."""
        if not self._counts(0):
            return []
        limits_a = self._limits_a()
        place = 0, 1 + min(LINES, key=limits_a.__getitem__)
        return [Budget(self._name(place), limits_a, external=self._holds(place))]

    def _limits_a(self) -> Phases:
        l1, l2, l3 = (self._limit_a((0, line + 1)) for line in LINES)
        return l1, l2, l3

    def held(self) -> dict[int, float]:
        """Return what each EVSE, or the station by its tightest line, is set to while it holds."""
        held = [place for place in self._places() if self._counts(place[0]) and self._holds(place)]
        evses = {evse for evse, _ in held}
        return {n: min(self._wanted[it] for it in held if it[0] == n) for n in sorted(evses)}

    def view(self) -> SetPointsView:
        """Return all of them as they stand, for those who only look."""
        if not self._facts.layout.manager:
            return NO_SET_POINTS
        lines = tuple(self._seen((0, line + 1)) for line in LINES)
        return SetPointsView(tuple(self._seen((n, 0)) for n in self._facts.evses), lines)

    def _seen(self, place: Place) -> SetPointView:
        return SetPointView(
            counts=self._counts(place[0]),
            safe_a=self._safe_a(place[0]),
            limit_a=self._wanted.get(place),
            until=self._until(place),
        )

    def _places(self) -> list[Place]:
        return [*((0, line + 1) for line in LINES), *((n, 0) for n in self._facts.evses)]

    def _counts(self, evse: int) -> bool:
        """Tell whether somebody could be there to set it, and is allowed to."""
        values = self._facts.values
        allowed = values[rows.ALLOWED] == rows.STEERS and values[EXTERNAL_LIMITS_USED]
        of_it = values[rows.OF_EVSES] if evse else values[rows.OF_STATION]
        return self._facts.layout.manager and allowed and of_it

    def _limit_a(self, place: Place) -> float:
        return self._wanted[place] if self._holds(place) else self._safe_a(place[0])

    def _safe_a(self, evse: int) -> float:
        values = self._facts.values
        return values.of(SAFE_EVSE, evse) if evse else values[SAFE_STATION]

    def _name(self, place: Place) -> str:
        return SET_POINT if self._holds(place) else LAPSED

    def _holds(self, place: Place) -> bool:
        return self._until(place) is not None

    def _until(self, place: Place) -> float | None:
        return self._facts.agenda.planned(_timer(place))


def _timer(place: Place) -> Timer:
    return Timer(Due.SET_POINT, *place)
