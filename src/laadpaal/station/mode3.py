"""What a vehicle may not do on the pilot, and what is done about it (IEC 61851-1 mode 3)."""

from __future__ import annotations

from dataclasses import dataclass, field

from laadpaal.properties.pilot import MOST_RESTARTS
from laadpaal.station.agenda import Due, Timer
from laadpaal.station.claims import SIMPLE, Claim
from laadpaal.station.evse import Evse
from laadpaal.station.facts import Facts
from laadpaal.station.faults import DISTURBED_FAULT, RESTARTS_FAULT
from laadpaal.station.words import Pilot

DISTURBED_S = 3.0
"""How long the pilot may say nothing sensible before it is a fault; plugs bounce."""
CALM_S = 5.0
"""How long it has to be well again before current is offered."""
SIMPLE_A = 10.0
"""The most that a vehicle takes that is ready without ever having been asked."""
_WRONG = (Pilot.E, Pilot.F)
_READY = (Pilot.C, Pilot.D)


@dataclass(slots=True)
class _Behaviour:
    """How a vehicle has behaved since it came.

    Args:
        last: What the pilot said last, None before it said anything.
        wrong: Whether it says nothing sensible.
        restarts: How often it was disturbed while energy flowed.
        raised: The faults that came of it.
    """

    last: Pilot | None = None
    wrong: bool = False
    restarts: int = 0
    raised: set[int] = field(default_factory=set)


class Mode3:
    """Owns how each vehicle has behaved on its pilot."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._behaviours = {number: _Behaviour() for number in facts.evses}

    def heard(self, evse: Evse, pilot: Pilot) -> None:
        """Know a vehicle that comes ready: it has no switch, and hears no offers.

        One that was there before this life has begun may only not have opened its switch yet.
        """
        it = self._behaviours[evse.number]
        if pilot in _READY and it.last is Pilot.A:
            evse.caps[SIMPLE] = Claim(SIMPLE, SIMPLE_A)
        elif pilot not in _READY:
            evse.caps.pop(SIMPLE, None)
        it.last = pilot

    def settle(self, evse: Evse) -> None:
        """Take note when the pilot is disturbed or well again, and forget a vehicle that went."""
        it = self._behaviours[evse.number]
        wrong = evse.pilot in _WRONG and evse.outlet.piloted
        if wrong is not it.wrong:
            it.wrong = wrong
            self._turned(evse, it)
        if not (evse.connected or wrong):
            self._forget(evse, it)

    @staticmethod
    def _forget(evse: Evse, it: _Behaviour) -> None:
        evse.caps.pop(SIMPLE, None)
        evse.faults -= it.raised
        it.raised.clear()
        it.restarts = 0

    def _turned(self, evse: Evse, it: _Behaviour) -> None:
        if it.wrong and evse.closed_wanted:
            it.restarts += 1
            if it.restarts > self._facts.values[MOST_RESTARTS]:
                self._raise(evse, RESTARTS_FAULT)
        wait_s = DISTURBED_S if it.wrong else CALM_S
        self._facts.agenda.set(Timer(Due.PILOT, evse.number), self._facts.now.mono + wait_s)

    def due(self, evse: Evse) -> None:
        """Raise or clear the fault: what the pilot says has lasted."""
        it = self._behaviours[evse.number]
        if it.wrong:
            self._raise(evse, DISTURBED_FAULT)
        elif DISTURBED_FAULT in it.raised:
            it.raised.discard(DISTURBED_FAULT)
            evse.faults.discard(DISTURBED_FAULT)

    def _raise(self, evse: Evse, code: int) -> None:
        self._behaviours[evse.number].raised.add(code)
        evse.faults.add(code)
