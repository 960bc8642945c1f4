"""What the operator wants people to read on the display, until when, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from laadpaal.properties import panel as rows
from laadpaal.station.agenda import Due, Timer
from laadpaal.station.answers import Accepted, Answer, Reason, Refused
from laadpaal.station.evse import Evse
from laadpaal.station.facts import Facts
from laadpaal.station.faults import Stops
from laadpaal.station.records import MessageRemoved, MessageSaved
from laadpaal.station.requests import ClearMessage, ShowMessage
from laadpaal.station.shown import EARLY_S, DisplayMessage, MessageState, Priority
from laadpaal.station.words import readable

CYCLE_S = 10.0
"""How long each of several messages is shown, and the station's own screen between them."""
_TIMER = Timer(Due.MESSAGE)
_OWN = ""
"""Stands among the messages for the station's own screen."""


class DisplayMessages:
    """Owns the messages; what is shown of them is derived from the facts (2.0.1 block O)."""

    def __init__(self, facts: Facts, saved: Iterable[DisplayMessage]) -> None:
        self._facts = facts
        self.kept = {message.id: message for message in saved}
        """By id, oldest first."""

    def show(self, wish: ShowMessage) -> Answer:
        """Keep a message; it takes the place of that of its id (O01, O02, O06)."""
        message = wish.message
        refusal = self._refusal(message)
        if refusal:
            return refusal
        if message.priority is Priority.ALWAYS_FRONT:
            self._remove([other.id for other in self._in_front() if other.id != message.id])
        self.kept.pop(message.id, None)
        self.kept[message.id] = message
        self._facts.keep(MessageSaved(message))
        return Accepted()

    def _in_front(self) -> Iterator[DisplayMessage]:
        return (m for m in self.kept.values() if m.priority is Priority.ALWAYS_FRONT)

    def _refusal(self, message: DisplayMessage) -> Refused | None:
        now_utc = self._facts.now.utc
        if not self._facts.values[rows.MESSAGES_ENABLED]:
            return Refused(Reason.MESSAGES_OFF, "display messages are switched off")
        if not readable(message.text):
            return Refused(Reason.BAD_VALUE, "the message is not a readable text")
        if message.evse and message.evse not in self._facts.evses:
            return Refused(Reason.UNKNOWN_EVSE, f"there is no EVSE {message.evse}")
        if message.over(max(now_utc, message.starts_at or now_utc)):
            return Refused(Reason.BAD_VALUE, "the message would never be shown")
        if message.transaction is not None and not self._runs(message.transaction):
            return Refused(Reason.UNKNOWN_TRANSACTION, "there is no such transaction")
        if message.id not in self.kept and len(self.kept) >= rows.MOST_MESSAGES:
            return Refused(Reason.TOO_MANY, f"there are {rows.MOST_MESSAGES} messages already")
        return None

    def _runs(self, transaction: str) -> bool:
        return self._facts.evse_of(transaction) is not None

    def clear(self, wish: ClearMessage) -> Answer:
        """Show a message no more (O05)."""
        if wish.id not in self.kept:
            return Refused(Reason.UNKNOWN_MESSAGE, f"there is no message {wish.id}")
        self._remove([wish.id])
        return Accepted()

    def _remove(self, ids: Iterable[int]) -> None:
        for id_ in ids:
            del self.kept[id_]
            self._facts.keep(MessageRemoved(id_))

    def settle(self) -> None:
        """Let go of what is over, and plan when something else is to be shown."""
        if self.kept:
            self._remove([m.id for m in self.kept.values() if self._over(m)])
            self._plan()

    def _over(self, message: DisplayMessage) -> bool:
        if message.transaction is not None and not self._runs(message.transaction):
            return True
        return message.over(self._facts.now.utc)

    def _plan(self) -> None:
        now = self._facts.now
        instants = [at for m in self.kept.values() for at in (m.starts_at, m.ends_at)]
        waits = [at - now.utc for at in instants if at is not None and at > now.utc + EARLY_S]
        if any(len(self._turns(evse)) > 1 for evse in self._facts.evses.values()):
            waits.append(CYCLE_S - now.mono % CYCLE_S)
        if waits:
            self._facts.agenda.set(_TIMER, now.mono + min(waits))
        else:
            self._facts.agenda.cancel(_TIMER)

    def text(self, evse: Evse) -> str:
        """Return the message that is on the EVSE's display now, "" when it is none."""
        turns = self._turns(evse) if self.kept else []
        return turns[int(self._facts.now.mono // CYCLE_S) % len(turns)] if turns else _OWN

    def _turns(self, evse: Evse) -> list[str]:
        """Return what takes turns on the display: what is foremost, or what is normal and ours."""
        here = [m for m in self.kept.values() if self._fits(m, evse)]
        for priority in (Priority.ALWAYS_FRONT, Priority.IN_FRONT):
            front = [m.text for m in here if m.priority is priority]
            if front:
                return front
        return [_OWN, *(m.text for m in here)]

    def _fits(self, message: DisplayMessage, evse: Evse) -> bool:
        tx, now_utc = evse.transaction, self._facts.now.utc
        there = message.evse in {0, evse.number}
        meant = message.transaction is None or (tx is not None and tx.id == message.transaction)
        return (
            there
            and meant
            and message.begun(now_utc)
            and message.state in {None, _state(self._facts, evse)}
        )


def _state(facts: Facts, evse: Evse) -> MessageState:
    if facts.broken or evse.stopped_by(Stops.EVERYTHING):
        return MessageState.FAULTED
    if evse.transaction and evse.transaction.ever_authorized:
        return MessageState.CHARGING
    return MessageState.IDLE if facts.usable(evse) else MessageState.UNAVAILABLE
