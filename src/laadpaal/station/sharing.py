"""Who has a part of what the station has, and whose turn it is when that is too little for all."""

from __future__ import annotations

from laadpaal.properties.balancing import ALTERNATING
from laadpaal.station.agenda import Due, Timer
from laadpaal.station.balancing import LINES, Bounds, Taker
from laadpaal.station.evse import Evse
from laadpaal.station.facts import Facts
from laadpaal.station.points import takes
from laadpaal.station.usage import Usage

_TURN = Timer(Due.ALTERNATE)


class Sharing:
    """Owns the queue of those who would charge."""

    def __init__(self, facts: Facts, usage: Usage) -> None:
        self._facts = facts
        self._usage = usage
        self._turns = 0
        self._had_turn: dict[int, int] = {}
        """The turn after which an EVSE has made way, by number; it lasts as long as the plug."""

    def takers(self, bounds: Bounds) -> list[Taker]:
        """Return who shares, in the order in which they are served.

        Args:
            bounds: What each EVSE needs, and what claims on it alone allow it; who cannot charge
                with that has no part in anything.
        """
        able = [e for e in self._facts.evses.values() if takes(e) and _able(bounds[e.number])]
        return [self._taker(evse, *bounds[evse.number]) for evse in sorted(able, key=self._rank)]

    def _taker(self, evse: Evse, least_a: float, most_a: float) -> Taker:
        lines, usage = self._usage.lines(evse), self._usage
        return Taker(
            evse.number,
            lines,
            least_a=max(least_a, usage.least_a(evse)),
            hopes_a=usage.hopes_a(evse),
            wants_a=usage.wants_a(evse),
            most_a=most_a,
            served=evse.offered_a is not None,
            balanced=lines == LINES and usage.known(evse),
            idle=usage.idle(evse),
        )

    def _rank(self, evse: Evse) -> tuple[int, int, int]:
        """Return who is served first: the preferred, then who waits longest, who came first."""
        priority = evse.transaction.priority if evse.transaction else 0
        return -priority, self._had_turn.get(evse.number, 0), evse.plugged_order

    def settle(self) -> None:
        """Time the turns as long as somebody waits for one, and another has it."""
        for number in [n for n in self._had_turn if not takes(self._facts.evses[n])]:
            del self._had_turn[number]
        agenda, waiting = self._facts.agenda, self._waiting()
        if not waiting:
            agenda.cancel(_TURN)
        elif agenda.planned(_TURN) is None:
            agenda.set(_TURN, self._facts.now.mono + self._facts.values[ALTERNATING])

    def _waiting(self) -> bool:
        served = [evse.offered_a is not None for evse in self._facts.evses.values() if takes(evse)]
        return len(set(served)) > 1

    def due(self) -> None:
        """End the turn of all who are served: who waits comes first now."""
        self._turns += 1
        for evse in self._facts.evses.values():
            if takes(evse) and evse.offered_a is not None:
                self._had_turn[evse.number] = self._turns


def _able(bounds: tuple[float, float]) -> bool:
    least_a, most_a = bounds
    return most_a >= least_a
