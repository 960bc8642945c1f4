"""The lock of each socket: it holds a plug before current is offered, and lets go after it."""

from __future__ import annotations

from laadpaal.station.actions import ForceUnlock, LockPlug, UnlockPlug
from laadpaal.station.agenda import Due, Timer
from laadpaal.station.evse import Evse
from laadpaal.station.facts import Facts
from laadpaal.station.faults import LOCK_FAULT, LOCK_MOTOR_FAULT
from laadpaal.station.notices import LockSettled, UnlockForced

FIRST_FORCE_S = 30.0
"""How long a plug may stay after it was let go, before its lock is forced open (S50)."""
MOST_WAIT_S = 240.0
"""The longest wait between two such attempts (S51)."""
MOST_TRIES = 3
"""How often the bolt is driven out in vain before the plug is to be put in again."""
MOST_BAD_PLUGS = 3
"""How many plugs in a row it may fail to hold before it is the motor that is broken."""


class Locks:
    """Owns what each lock is to do, and how often it was tried."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    def hold(self, evse: Evse) -> None:
        """Lock a plug whose owner may charge, or is to find it here."""
        if self._wanted(evse) and not evse.lock_wanted:
            evse.lock_wanted, evse.lock_tries = True, 1
            evse.unlocking.discard(evse.connector)
            self._leave_alone(evse)
            self._facts.step.actions.append(LockPlug(evse.number, evse.connector))

    def let_go(self, evse: Evse) -> None:
        """Unlock what nobody holds any more, as soon as no current can flow."""
        if evse.lock_wanted and not self._wanted(evse):
            evse.lock_wanted = False
            evse.unlocking.add(evse.connector)
        for connector in sorted(evse.unlocking):
            if evse.dead or connector != evse.connector:
                self._open(evse, connector)

    def _open(self, evse: Evse, connector: int) -> None:
        evse.unlocking.discard(connector)
        self._facts.step.actions.append(UnlockPlug(evse.number, connector))
        if not evse.lock_wanted:
            self._facts.agenda.set(_timer(evse), self._facts.now.mono + FIRST_FORCE_S)

    def release(self, evse: Evse) -> None:
        """Unlock whatever a life before this one may have left locked."""
        connectors = enumerate(evse.layout.connectors, 1)
        evse.unlocking.update(number for number, outlet in connectors if outlet.lockable)

    @staticmethod
    def _wanted(evse: Evse) -> bool:
        kept = evse.authorization is not None or evse.held is not None
        return evse.lockable and kept

    def force_due(self, evse: Evse) -> None:
        """Force the lock open, for the plug is still there, and plan to do so again (S50, S51)."""
        if not evse.lockable or evse.lock_wanted or not evse.dead:
            self._leave_alone(evse)
            return
        evse.forced += 1
        wait_s = min(FIRST_FORCE_S * 2**evse.forced, MOST_WAIT_S)
        self._facts.agenda.set(_timer(evse), self._facts.now.mono + wait_s)
        self._facts.step.actions.append(ForceUnlock(evse.number, evse.connector))
        self._facts.tell(UnlockForced(evse.number, evse.connector, evse.forced))

    def moved(self, evse: Evse, connector: int, *, locked: bool) -> None:
        """Take note that the lock got where it was told to go: its motor works."""
        if connector == evse.connector:
            evse.locked, evse.jammed = locked, False
            evse.bad_plugs = 0 if locked else evse.bad_plugs
        self._facts.tell(LockSettled(evse.number, connector, locked, failed=False))

    def failed(self, evse: Evse, connector: int, *, locking: bool) -> None:
        """Take note that it did not; what did not lock is tried again, and then it is a fault."""
        self._facts.tell(LockSettled(evse.number, connector, not locking, failed=True))
        if connector != evse.connector:
            return
        evse.locked, evse.jammed = not locking, not locking
        if not locking or not evse.lock_wanted:
            return
        if evse.lock_tries < MOST_TRIES:
            evse.lock_tries += 1
            self._facts.step.actions.append(LockPlug(evse.number, connector))
            return
        evse.bad_plugs += 1
        motor = evse.bad_plugs >= MOST_BAD_PLUGS
        evse.faults.add(LOCK_MOTOR_FAULT if motor else LOCK_FAULT)

    def empty(self, evse: Evse) -> None:
        """Forget the plug, which is gone."""
        evse.lock_wanted = evse.locked = evse.jammed = False
        evse.faults.discard(LOCK_FAULT)
        self._leave_alone(evse)

    def _leave_alone(self, evse: Evse) -> None:
        evse.forced = 0
        self._facts.agenda.cancel(_timer(evse))


def _timer(evse: Evse) -> Timer:
    return Timer(Due.FORCE_UNLOCK, evse.number)
