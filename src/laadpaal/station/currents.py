"""What flows, against what may: too much is a fault, and an outlet without a pilot may end idle."""

from __future__ import annotations

from laadpaal.properties import protection as rows
from laadpaal.properties import transactions as tx_rows
from laadpaal.station.agenda import Due, Timer
from laadpaal.station.authorization import Authorizer
from laadpaal.station.events import MeterRead
from laadpaal.station.evse import Evse
from laadpaal.station.facts import Facts
from laadpaal.station.faults import OVERCURRENT_FAULT
from laadpaal.station.measurement import Measurement
from laadpaal.station.words import StopReason, Trigger

EXCESS = 1.05
"""How much more than it is offered a vehicle may take for ever."""
DRAWS_A = 0.2
"""From here on something draws current; meters see less where nothing does."""
PAUSE_S = 60.0
"""How long a vehicle that took too much waits until it may try again."""
MOST_PAUSES = 2
"""How often in one transaction; the next time ends it."""


class Currents:
    """Owns what follows from the currents that the meters tell."""

    def __init__(self, facts: Facts, authorizer: Authorizer) -> None:
        self._facts = facts
        self._authorizer = authorizer

    def minds(self, event: MeterRead) -> bool:
        """Tell whether a measurement changes more than numbers."""
        evse = self._facts.evses[event.evse]
        new = _exceeds(evse, event.measurement), _draws(evse, event.measurement)
        return new != (evse.exceeds, evse.draws)

    def settle(self, evse: Evse) -> None:
        """Time what began with the last measurement, or with what was told to the contactor."""
        said = evse.measurement
        evse.exceeds = said is not None and _exceeds(evse, said)
        evse.draws = said is not None and _draws(evse, said)
        evse.drew = evse.closed_wanted and (evse.drew or evse.draws)
        if evse.transaction is None:
            evse.pauses = 0
        idle = evse.closed_wanted and not evse.outlet.piloted and not evse.draws
        self._time(Timer(Due.OVERCURRENT, evse.number), rows.OVERCURRENT_TIME, on=evse.exceeds)
        self._time(Timer(Due.IDLE_OUTLET, evse.number), tx_rows.CONNECT_TIMEOUT, on=idle)

    def _time(self, timer: Timer, row: rows.Seconds, *, on: bool) -> None:
        """Let a timer run for as long as something is so."""
        if not on:
            self._facts.agenda.cancel(timer)
        elif self._facts.agenda.planned(timer) is None:
            self._facts.agenda.set(timer, self._facts.now.mono + self._facts.values[row])

    def due(self, evse: Evse, due: Due) -> None:
        """Do what one of its times has come for."""
        if due is Due.OVERCURRENT:
            self._exceeded(evse)
        elif due is Due.IDLE_OUTLET:
            self._idle(evse)
        else:
            evse.faults.discard(OVERCURRENT_FAULT)

    def _exceeded(self, evse: Evse) -> None:
        """Cut off what took too much for too long; a vehicle may try again, an appliance not."""
        evse.faults.add(OVERCURRENT_FAULT)
        evse.pauses += 1
        again = self._facts.now.mono + PAUSE_S
        self._facts.agenda.set(Timer(Due.OVERCURRENT_OVER, evse.number), again)
        if evse.pauses > MOST_PAUSES or not evse.outlet.piloted:
            self._authorizer.end(evse, Trigger.ABNORMAL_CONDITION, StopReason.OVERCURRENT_FAULT)

    def _idle(self, evse: Evse) -> None:
        """End what has drawn nothing for too long: it never began, or has had enough (S62)."""
        if evse.drew:
            self._authorizer.end(evse, Trigger.CHARGING_STATE_CHANGED, StopReason.STOPPED_BY_EV)
        else:
            self._authorizer.end(evse, Trigger.EV_CONNECT_TIMEOUT, StopReason.TIMEOUT)


def _exceeds(evse: Evse, said: Measurement) -> bool:
    may_a = evse.offered_a if evse.closed_wanted else None
    return may_a is not None and max(said.currents_a) > may_a * EXCESS


def _draws(evse: Evse, said: Measurement) -> bool:
    return not evse.outlet.piloted and max(said.currents_a) >= DRAWS_A
