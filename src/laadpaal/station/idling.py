"""Vehicles that are done: since when a charge that went well has been over, and what comes of it.

None of it begins while the station itself, a schedule or a fault holds the current back.
"""

from __future__ import annotations

from laadpaal.properties.panel import REPORT_NOT_CHARGING
from laadpaal.properties.transactions import AUTO_STOP
from laadpaal.station.agenda import Due, Timer
from laadpaal.station.authorization import Authorizer
from laadpaal.station.charging_profiles import NOMINAL_V
from laadpaal.station.evse import Evse, Transaction
from laadpaal.station.facts import Facts
from laadpaal.station.points import offer_wanted
from laadpaal.station.status import finished
from laadpaal.station.words import ChargingState, StopReason, Trigger

IDLE_A = 0.5
"""Below this on every line nothing is charged, whatever the vehicle asks for."""


class Idling:
    """Owns since when each EVSE's vehicle takes nothing more."""

    def __init__(self, facts: Facts, authorizer: Authorizer) -> None:
        self._facts = facts
        self._authorizer = authorizer

    def settle(self, evse: Evse) -> None:
        """Take note when energy ceases to flow, and when it flows again."""
        if not self._idles(evse):
            self._forget(evse)
        elif evse.idle_since is None:
            evse.idle_since = self._facts.now.mono
            self._plan(evse, Due.NOT_CHARGING, self._facts.values[REPORT_NOT_CHARGING])
            self._plan(evse, Due.AUTO_STOP, self._facts.values[AUTO_STOP])

    def _forget(self, evse: Evse) -> None:
        if evse.idle_since is not None:
            evse.idle_since = None
            self._facts.agenda.cancel(Timer(Due.NOT_CHARGING, evse.number))
            self._facts.agenda.cancel(Timer(Due.AUTO_STOP, evse.number))

    def _plan(self, evse: Evse, due: Due, wait_s: int) -> None:
        if wait_s:
            self._facts.agenda.set(Timer(due, evse.number), self._facts.now.mono + wait_s)

    def _idles(self, evse: Evse) -> bool:
        tx = evse.transaction
        if evse.faults:
            return False
        if tx is None:
            return finished(evse) and evse.held is None and evse.summary_wh > 0
        delivered = evse.energy_wh > tx.meter_start_wh
        return delivered and offer_wanted(self._facts, evse) and not _flows(evse, tx)

    def stop(self, evse: Evse) -> None:
        """End the transaction of a vehicle that has long been done, and let the plug go (S72)."""
        if evse.authorization and evse.transaction:
            self._authorizer.end(evse, Trigger.TIME_LIMIT_REACHED, StopReason.OTHER)


def _flows(evse: Evse, tx: Transaction) -> bool:
    """Tell whether the vehicle takes energy, as far as pilot and meter know."""
    seen = evse.measurement
    if tx.state is not ChargingState.CHARGING or seen is None:
        return False
    # A meter that measures power alone tells no current.
    return (max(seen.currents_a) or seen.power_w / NOMINAL_V) >= IDLE_A
