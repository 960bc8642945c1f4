"""Another number of lines for a vehicle that is connected: step by step, and never under load.

The pilot goes steady, the vehicle opens its switch or has had the time for it, the contactor
opens, the vehicle has a pause to notice, and only then current is offered on the new lines.
"""

from __future__ import annotations

from laadpaal.properties.wiring import MAX_PHASES, PHASE_INTERVAL, PHASE_PAUSE
from laadpaal.station.agenda import Due, Timer
from laadpaal.station.evse import Evse
from laadpaal.station.facts import Facts
from laadpaal.station.faults import RELEASE_FAULT
from laadpaal.station.phases import LineChange
from laadpaal.station.points import offer_wanted
from laadpaal.station.releasing import releasing
from laadpaal.station.transactions import ANSWER_S

WAKE_AFTER_S = 30.0
"""How long a vehicle that was charging may take to go on, before it is woken."""
WAKE_S = 3.0
"""How long it is offered nothing to wake it."""


class LineChanges:
    """Takes each EVSE from the lines its vehicle was connected to, to those that are wanted."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    def settle(self, evse: Evse) -> None:
        """Begin a change that is due, and go on with one that is not waiting any more."""
        if not evse.connected or not evse.outlet.piloted:
            self._forget(evse)
            return
        match evse.change:
            case None if evse.joined_phases not in {0, evse.wanted_phases}:
                self._begin(evse)
            case LineChange.RELEASING if not releasing(self._facts, evse):
                evse.change = LineChange.OPENING
            case LineChange.OPENING:
                self._opened(evse)
            case LineChange.STUCK if not evse.ready:
                evse.faults.discard(RELEASE_FAULT)
                self._pause(evse)
            case LineChange.RESUMING if evse.ready:
                self._end(evse)
            case _:
                pass

    def _begin(self, evse: Evse) -> None:
        if not evse.closed_phases:
            evse.interrupted, evse.change = False, LineChange.OPENING
            self._opened(evse)
        elif self._facts.switches_phases and self._rested(evse):
            evse.interrupted, evse.change = True, LineChange.RELEASING

    def _rested(self, evse: Evse) -> bool:
        """Tell whether the last change is long enough ago; more than is allowed is not borne."""
        if evse.changed_at is None or evse.closed_phases > int(self._facts.values[MAX_PHASES]):
            return True
        again = evse.changed_at + self._facts.values[PHASE_INTERVAL]
        if self._facts.now.mono >= again:
            return True
        self._facts.agenda.set(_timer(evse), again)
        return False

    def _to(self, evse: Evse, change: LineChange, lasts_s: float) -> None:
        evse.change = change
        self._facts.agenda.set(_timer(evse), self._facts.now.mono + lasts_s)

    def _opened(self, evse: Evse) -> None:
        """Go on if the contactor is open, as it has said itself."""
        if not evse.contactor_closed:
            self._pause(evse)

    def _pause(self, evse: Evse) -> None:
        self._to(evse, LineChange.PAUSING, self._facts.values[PHASE_PAUSE])

    def _end(self, evse: Evse) -> None:
        evse.change = None
        self._facts.agenda.cancel(_timer(evse))

    def _forget(self, evse: Evse) -> None:
        """Begin anew with the next vehicle; the one that was stuck is gone."""
        if evse.change is LineChange.STUCK:
            evse.faults.discard(RELEASE_FAULT)
        evse.joined_phases = 0
        if evse.change:
            self._end(evse)

    def due(self, evse: Evse) -> None:
        """Go on because a step has had its time."""
        match evse.change:
            case LineChange.PAUSING if not evse.interrupted:
                evse.joined_phases, evse.change = 0, None
            case LineChange.PAUSING if evse.ready:
                evse.change = LineChange.STUCK
                evse.faults.add(RELEASE_FAULT)
            case LineChange.PAUSING:
                self._resume(evse)
            case LineChange.RESUMING if offer_wanted(self._facts, evse):
                self._to(evse, LineChange.WAKING, WAKE_S)
            case LineChange.RESUMING | LineChange.WAKING:
                evse.change = None
            case _:
                pass  # the interval between two changes is over

    def _resume(self, evse: Evse) -> None:
        """Offer current again, on whatever lines are wanted by now."""
        now = self._facts.now.mono
        evse.joined_phases, evse.changed_at = 0, now
        evse.answers_until = now + ANSWER_S
        self._facts.agenda.set(Timer(Due.VEHICLE, evse.number), evse.answers_until)
        self._to(evse, LineChange.RESUMING, WAKE_AFTER_S)


def _timer(evse: Evse) -> Timer:
    return Timer(Due.LINES, evse.number)
