"""A contactor is not opened under load: the vehicle has time to open its switch first (2153_0).

What cannot wait does not: a fault, a vehicle that is gone, or one that hears no offers.
"""

from __future__ import annotations

from laadpaal.properties.wiring import RELEASE_TIME
from laadpaal.station.agenda import Due, Timer
from laadpaal.station.evse import Evse
from laadpaal.station.facts import Facts
from laadpaal.station.points import no_offer
from laadpaal.station.words import Pilot

_SWITCHED_ON = (Pilot.C, Pilot.D)


def releasing(facts: Facts, evse: Evse) -> bool:
    """Tell whether the contactor stays closed for a vehicle that is offered nothing any more."""
    if not evse.closed_wanted or _urgent(evse) or not no_offer(facts, evse):
        return False
    return evse.release_until is None or facts.now.mono < evse.release_until


def _urgent(evse: Evse) -> bool:
    """Tell whether the contactor waits for nothing: there is danger, or nobody to wait for."""
    troubled = evse.cut_off_by() is not None
    return troubled or not evse.steerable or evse.pilot not in _SWITCHED_ON


class Releasing:
    """Owns until when each vehicle may take to open its switch."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    def settle(self, evse: Evse) -> None:
        """Give a vehicle its time once nothing is offered, and forget it when it is over."""
        timer = Timer(Due.RELEASE, evse.number)
        if not releasing(self._facts, evse):
            evse.release_until = None
            self._facts.agenda.cancel(timer)
        elif evse.release_until is None:
            evse.release_until = self._facts.now.mono + self._facts.values[RELEASE_TIME] / 1000
            self._facts.agenda.set(timer, evse.release_until)
