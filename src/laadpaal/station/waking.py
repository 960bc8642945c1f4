"""Vehicles that do not answer an offer: they are woken once, and then it is told."""

from __future__ import annotations

from enum import Enum

from laadpaal.properties.pilot import WAKE_TIME
from laadpaal.station.agenda import Due, Timer
from laadpaal.station.evse import Evse
from laadpaal.station.facts import Facts
from laadpaal.station.faults import SILENT_FAULT
from laadpaal.station.points import WOKEN, no_offer
from laadpaal.station.words import Pilot

PULSE_S = 3.0
"""How long nothing is offered to wake a vehicle."""
TOLD_S = 60.0
"""How long it is told that a vehicle was woken in vain; then current is offered for good."""


class _Sleep(Enum):
    """How far it has come with a vehicle that is there."""

    NEW = "nothing has been offered yet"
    OFFERED = "it has some time to answer"
    PULSED = "nothing is offered, to wake it"
    WOKEN = "it has some time once more"
    SILENT = "it is told that it does not answer"
    LEFT = "it has answered, or may sleep on"


class Waking:
    """Owns how each vehicle has answered since it came; one that sleeps by its own clock may."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._sleeps = dict.fromkeys(facts.evses, _Sleep.NEW)

    def settle(self, evse: Evse) -> None:
        """Begin to wait when something is offered, and cease when it is answered, or no more."""
        sleep = self._sleeps[evse.number]
        if not evse.connected or not evse.steerable:
            self._to(evse, _Sleep.NEW)
        elif evse.pilot is not Pilot.B:
            self._to(evse, _Sleep.LEFT)
        elif sleep in {_Sleep.SILENT, _Sleep.LEFT}:
            pass
        elif evse.change or no_offer(self._facts, evse) not in {"", WOKEN}:
            self._to(evse, _Sleep.NEW)
        elif sleep is _Sleep.NEW and self._facts.values[WAKE_TIME]:
            self._to(evse, _Sleep.OFFERED, self._facts.values[WAKE_TIME])

    def due(self, evse: Evse) -> None:
        """Go on because it has had its time."""
        match self._sleeps[evse.number]:
            case _Sleep.OFFERED:
                self._to(evse, _Sleep.PULSED, PULSE_S)
            case _Sleep.PULSED:
                self._to(evse, _Sleep.WOKEN, self._facts.values[WAKE_TIME])
            case _Sleep.WOKEN:
                self._to(evse, _Sleep.SILENT, TOLD_S)
            case _:
                self._to(evse, _Sleep.LEFT)

    def _to(self, evse: Evse, sleep: _Sleep, lasts_s: float | None = None) -> None:
        was, timer = self._sleeps[evse.number], Timer(Due.WAKE, evse.number)
        if sleep is was:
            return
        self._sleeps[evse.number], evse.waking = sleep, sleep is _Sleep.PULSED
        if sleep is _Sleep.SILENT:
            evse.faults.add(SILENT_FAULT)
        elif was is _Sleep.SILENT:
            evse.faults.discard(SILENT_FAULT)
        if lasts_s is None:
            self._facts.agenda.cancel(timer)
        else:
            self._facts.agenda.set(timer, self._facts.now.mono + lasts_s)
