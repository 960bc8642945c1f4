"""Who has a part of what the station has, and whose turn it is when that is too little for all."""

from __future__ import annotations

from collections.abc import Mapping

from laadpaal.properties.balancing import ALTERNATING
from laadpaal.station.agenda import Due, Timer
from laadpaal.station.balancing import LINES, Taker
from laadpaal.station.claims import LEAST_A
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

    def takers(self, most_a: Mapping[int, float]) -> list[Taker]:
        """Return who shares, in the order in which they are served.

        Args:
            most_a: What claims on each EVSE alone allow it; who cannot charge with that has no
                part in anything.
        """
        evses = [e for e in self._facts.evses.values() if takes(e) and most_a[e.number] >= LEAST_A]
        return [self._taker(e, most_a[e.number]) for e in sorted(evses, key=self._rank)]

    def _taker(self, evse: Evse, most_a: float) -> Taker:
        lines, usage = self._usage.lines(evse), self._usage
        return Taker(
            evse.number,
            lines,
            least_a=usage.least_a(evse),
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
