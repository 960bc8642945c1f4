"""Current that leaks to earth: the hardware has cut it off, and charging goes on if it may."""

from __future__ import annotations

from dataclasses import dataclass

from laadpaal.properties.surroundings import RESIDUAL_TRIES
from laadpaal.station.agenda import Due, Timer
from laadpaal.station.evse import Evse
from laadpaal.station.facts import Facts
from laadpaal.station.faults import EARTH_FAULT, RESIDUAL_FAULT
from laadpaal.station.surroundings import ArmResidual

PAUSE_S = 60.0
"""How long after a trip the monitor is armed again."""


@dataclass(slots=True)
class _Leak:
    """What has leaked since the vehicle came: how often, and whether it is cut off now."""

    trips: int = 0
    tripped: bool = False
    seen: tuple[bool, bool] = (False, False)
    """Whether there was a vehicle, and whether the EVSE began anew, when it was last looked."""


class Residual:
    """Owns how often each EVSE has leaked, and when its monitor is armed again.

    It is armed by itself after a while, or at once when the vehicle is gone or the EVSE begins
    anew; a leak that comes back too often is an earth fault, which only the latter two end.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._leaks = {number: _Leak() for number in facts.evses}

    def changed(self, evse: Evse, *, tripped: bool) -> None:
        """Take note that the circuit was cut off, or is whole again."""
        leak = self._leaks[evse.number]
        leak.tripped = tripped
        if not tripped:
            evse.faults -= {RESIDUAL_FAULT, EARTH_FAULT}
            self._facts.agenda.cancel(_timer(evse))
            return
        leak.trips += 1
        if leak.trips > self._facts.values[RESIDUAL_TRIES]:
            evse.faults.discard(RESIDUAL_FAULT)
            evse.faults.add(EARTH_FAULT)
            return
        evse.faults.add(RESIDUAL_FAULT)
        self._facts.agenda.set(_timer(evse), self._facts.now.mono + PAUSE_S)

    def settle(self, evse: Evse) -> None:
        """Forget what has leaked when the vehicle is gone, or the EVSE begins anew."""
        leak, now = self._leaks[evse.number], (evse.cabled, evse.resetting)
        if now == leak.seen:
            return
        leak.seen = now
        if not leak.trips or now == (True, False):
            return
        leak.trips = 0
        if leak.tripped:
            self._facts.agenda.cancel(_timer(evse))
            self.arm(evse)

    def arm(self, evse: Evse) -> None:
        """Have the monitor armed again; it says what comes of it."""
        self._facts.step.actions.append(ArmResidual(evse.number))


def _timer(evse: Evse) -> Timer:
    return Timer(Due.RESIDUAL, evse.number)
