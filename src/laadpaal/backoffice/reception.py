"""The reception: what each call of a station is answered, or how it is failed on purpose."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from laadpaal.backoffice.ledger import Ledger
from laadpaal.backoffice.policy import TRANSACTION_ACTIONS, Deed, Mischief, Policy, Registration
from laadpaal.backoffice.record import Record
from laadpaal.backoffice.tongue import Tongue
from laadpaal.backoffice.visit import Visit
from laadpaal.ports.clock import Clock
from laadpaal.protocols.ocpp import codec, rpc
from laadpaal.protocols.ocpp.errors import LocalProtocolError, RemoteProtocolError
from laadpaal.protocols.ocpp.message import Message

BOOT = "BootNotification"


@dataclass(frozen=True, slots=True)
class Reply:
    """What happens upon a call.

    Args:
        frame: What is answered; None is silence.
        cut: Whether the connection is cut then.
        registration: What the station knows of its registration once it has the answer.
    """

    frame: rpc.CallResult | rpc.CallError | None
    cut: bool = False
    registration: Registration | None = None


class Reception:
    """Answers calls by the policy, and keeps who is registered across connections."""

    __slots__ = ("_asked", "_clock", "_ledger", "_log", "_mischief", "_policy", "_record", "_told")

    def __init__(
        self, clock: Clock, policy: Policy, ledger: Ledger, record: Record, log: logging.Logger
    ) -> None:
        self._clock = clock
        self._ledger = ledger
        self._record = record
        self._log = log
        self._told: dict[str, Registration] = {}
        self._asked: set[tuple[str, str]] = set()
        self.policy = policy

    @property
    def policy(self) -> Policy:
        """The rules; new ones count their tricks from the start."""
        return self._policy

    @policy.setter
    def policy(self, policy: Policy) -> None:
        self._policy = policy
        self._mischief = Mischief(policy.tricks)

    def accepted(self, station: str) -> bool:
        """Tell whether the station has heard that it is accepted."""
        return self._told.get(station) is Registration.ACCEPTED

    def register(self, station: str, registration: Registration) -> None:
        """Note what the station has heard upon its boot."""
        self._told[station] = registration

    def expect(self, station: str, action: str) -> None:
        """Let a station that is pending call this, for we asked for it."""
        self._asked.add((station, action))

    def reply(self, station: str, tongue: Tongue, call: rpc.Call) -> Reply:
        """Return what happens upon a call, after noting what it tells."""
        try:
            return self._reply(station, tongue, call)
        except RemoteProtocolError as wrong:
            self._record.wrong(station, f"{call.action[:50]}: {wrong}")
            return Reply(rpc.refusal(wrong, call.id))
        except LocalProtocolError:
            self._log.exception("The answer to %s of %s cannot be told", call.action, station)
            return Reply(_failed(call))

    def _reply(self, station: str, tongue: Tongue, call: rpc.Call) -> Reply:
        message = codec.decode_call(tongue.language, call.action, call.payload)
        self._check_registered(station, call.action)
        deed = self._mischief.due(call.action)
        if deed is Deed.REFUSE or deed is Deed.LOSE:
            self._record.heard(station, call.action, message)
            return Reply(_failed(call)) if deed is Deed.REFUSE else Reply(None, cut=True)
        answer = self._answer(station, tongue, call, message)
        frame = rpc.CallResult(call.id, codec.encode(answer))
        self._record.heard(station, call.action, message)
        registration = self._policy.registration if call.action == BOOT else None
        return _spoilt(Reply(frame, registration=registration), deed)

    def _answer(self, station: str, tongue: Tongue, call: rpc.Call, message: Message) -> Message:
        """Return the answer; a transaction message that came before gets the same again."""
        if call.action not in TRANSACTION_ACTIONS:
            return tongue.answer(message, self._visit(station))
        known = self._ledger.answered(station, call.id, call.action)
        if known is not None:
            return known
        answer = tongue.answer(message, self._visit(station))
        self._ledger.keep(station, call.id, call.action, answer)
        return answer

    def _visit(self, station: str) -> Visit:
        return Visit(station, self._policy, self._ledger, self._clock.now().utc)

    def _check_registered(self, station: str, action: str) -> None:
        """Refuse what a station may not call yet (1.6 section 4.2, 2.0.1 B02 and B03).

        One that never booted here may be accepted since before we started: it is served and noted.
        """
        told = self._told.get(station)
        if action == BOOT or told is Registration.ACCEPTED:
            return
        if told is None:
            self._record.wrong(station, f"{action} before any {BOOT}")
        elif told is Registration.REJECTED or (station, action) not in self._asked:
            raise RemoteProtocolError("SecurityError", f"not while {told.value}")


def _failed(call: rpc.Call) -> rpc.CallError:
    return rpc.CallError(call.id, "InternalError", "The back office could not do it")


def _spoilt(reply: Reply, deed: Deed | None) -> Reply:
    match deed:
        case Deed.SILENCE:
            return Reply(None)
        case Deed.CUT_BEFORE:
            return Reply(None, cut=True)
        case Deed.CUT_AFTER:
            return Reply(reply.frame, cut=True, registration=reply.registration)
        case _:
            return reply
