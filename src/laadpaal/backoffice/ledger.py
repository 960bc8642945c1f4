"""The record of all transactions: what the stations told of each, and where that cannot be true."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import pairwise

from laadpaal.protocols.ocpp.message import Message

# OCPP 1.6 rounds meterStart and meterStop to whole Wh, meter values it does not.
_ROUNDING_WH = 1.0


class Stage(Enum):
    """Where in its transaction a fact belongs."""

    START = auto()
    DURING = auto()
    STOP = auto()


class Wrong(Enum):
    """The ways in which a transaction can be told wrongly."""

    STARTED_TWICE = "started twice"
    STOPPED_TWICE = "stopped twice"
    NEVER_STARTED = "told without a start"
    TOLD_AFTER_STOP = "told after its stop"
    UNKNOWN_TRANSACTION = "meter values of an unknown transaction"
    SEQ_GAP = "seqNo does not follow"
    ENERGY_FELL = "energy register went down"
    ID_REUSED = "message id used twice"


@dataclass(frozen=True, slots=True)
class Reading:
    """The total imported energy in Wh at a UTC second, and the context OCPP names for it."""

    at: float
    energy_wh: float
    context: str = "Sample.Periodic"


@dataclass(frozen=True, slots=True)
class Fact:
    """One message about a transaction.

    Args:
        stage: Whether it starts, continues or stops the transaction.
        at: UTC second the station says it happened.
        seq: Its number within the transaction; OCPP 1.6 has none.
        evse: The EVSE, in OCPP 1.6 the connector.
        connector: The connector of the EVSE, where told.
        token: The identifier as spelled by the station.
        readings: Energy readings in the order of the message.
        cause: The trigger (2.0.1), or None.
        reason: Why it stopped, where told.
    """

    stage: Stage
    at: float
    seq: int | None = None
    evse: int | None = None
    connector: int | None = None
    token: str | None = None
    readings: tuple[Reading, ...] = ()
    cause: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a station told that cannot be true; `transaction` is the id as text."""

    wrong: Wrong
    station: str
    transaction: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Transaction:
    """All that was told of one transaction, in order of arrival."""

    station: str
    id: str
    facts: tuple[Fact, ...] = ()

    @property
    def starts(self) -> int:
        """How often it was said to start."""
        return sum(fact.stage is Stage.START for fact in self.facts)

    @property
    def stops(self) -> int:
        """How often it was said to stop."""
        return sum(fact.stage is Stage.STOP for fact in self.facts)

    @property
    def running(self) -> bool:
        """Whether it started and did not stop."""
        return self.starts > 0 and self.stops == 0

    @property
    def seqs(self) -> tuple[int, ...]:
        """The sequence numbers in order of arrival; empty in OCPP 1.6."""
        return tuple(fact.seq for fact in self.facts if fact.seq is not None)

    @property
    def readings(self) -> tuple[Reading, ...]:
        """All energy readings by time."""
        every = [reading for fact in self.facts for reading in fact.readings]
        return tuple(sorted(every, key=lambda reading: reading.at))

    @property
    def meter_start_wh(self) -> float | None:
        """The register at the start, or None when nobody told."""
        return next(self._energies("Transaction.Begin"), None)

    @property
    def meter_stop_wh(self) -> float | None:
        """The register at the stop, or None while nobody told."""
        return next(self._energies("Transaction.End"), None)

    @property
    def evse(self) -> int | None:
        """The EVSE (1.6: connector) first told."""
        return next((fact.evse for fact in self.facts if fact.evse is not None), None)

    @property
    def connector(self) -> int | None:
        """The connector first told."""
        return next((fact.connector for fact in self.facts if fact.connector is not None), None)

    @property
    def token(self) -> str | None:
        """The identifier first told."""
        return next((fact.token for fact in self.facts if fact.token is not None), None)

    @property
    def reason(self) -> str | None:
        """Why it stopped, where told."""
        return next((fact.reason for fact in self.facts if fact.reason is not None), None)

    def problems(self) -> Iterator[Problem]:
        """Yield what cannot be true of it."""
        if self.starts == 0:
            yield self._problem(Wrong.NEVER_STARTED)
        if self.starts > 1:
            yield self._problem(Wrong.STARTED_TWICE, f"{self.starts} times")
        if self.stops > 1:
            yield self._problem(Wrong.STOPPED_TWICE, f"{self.stops} times")
        yield from self._afterthoughts()
        yield from self._gaps()
        yield from self._falls()

    def tells(self, fact: Fact) -> bool:
        """Tell whether this numbered fact came before, under another message id."""
        return fact.seq is not None and any(
            (fact.seq, fact.stage, fact.at) == (old.seq, old.stage, old.at) for old in self.facts
        )

    def _energies(self, context: str) -> Iterator[float]:
        return (one.energy_wh for one in self.readings if one.context == context)

    def _afterthoughts(self) -> Iterator[Problem]:
        stopped = False
        for fact in self.facts:
            if stopped and fact.stage is not Stage.STOP:
                yield self._problem(Wrong.TOLD_AFTER_STOP, f"{fact.stage.name} at {fact.at}")
            stopped = stopped or fact.stage is Stage.STOP

    def _gaps(self) -> Iterator[Problem]:
        for before, after in pairwise((-1, *self.seqs)):
            if after != before + 1:
                yield self._problem(Wrong.SEQ_GAP, f"{after} after {before}")

    def _falls(self) -> Iterator[Problem]:
        for before, after in pairwise(self.readings):
            if after.energy_wh < before.energy_wh - _ROUNDING_WH:
                detail = f"{before.energy_wh:g} to {after.energy_wh:g} Wh"
                yield self._problem(Wrong.ENERGY_FELL, detail)

    def _problem(self, wrong: Wrong, detail: str = "") -> Problem:
        return Problem(wrong, self.station, self.id, detail)


class Ledger:
    """Every transaction of every station, told once however often it was sent."""

    __slots__ = ("_answers", "_next_id", "_problems", "_transactions")

    def __init__(self) -> None:
        self._transactions: dict[tuple[str, str], Transaction] = {}
        self._answers: dict[tuple[str, str], tuple[str, Message]] = {}
        self._problems: list[Problem] = []
        self._next_id = 1

    @property
    def transactions(self) -> tuple[Transaction, ...]:
        """All of them, oldest first."""
        return tuple(self._transactions.values())

    def of(self, station: str) -> tuple[Transaction, ...]:
        """Return one station's transactions, oldest first."""
        return tuple(one for one in self.transactions if one.station == station)

    def find(self, station: str, transaction: str) -> Transaction | None:
        """Return one transaction, or None."""
        return self._transactions.get((station, transaction))

    def problems(self) -> tuple[Problem, ...]:
        """Return all that cannot be true; empty is what a test hopes for."""
        told = (problem for one in self.transactions for problem in one.problems())
        return (*self._problems, *told)

    def answered(self, station: str, message_id: str, action: str) -> Message | None:
        """Return what this very message was answered before, or None when it is new.

        An id that came with another action is noted as a problem, and is new.
        """
        before = self._answers.get((station, message_id))
        if before is None:
            return None
        if before[0] != action:
            detail = f"{message_id} for {before[0]} and {action}"
            self._problems.append(Problem(Wrong.ID_REUSED, station, "", detail))
            return None
        return before[1]

    def keep(self, station: str, message_id: str, action: str, answer: Message) -> None:
        """Remember the answer, should the message come again."""
        self._answers[station, message_id] = (action, answer)

    def start(self, station: str, fact: Fact) -> int:
        """Note a start that has no id yet (OCPP 1.6), and return the id.

        A start that equals a former one in all that it says gets its id: it was told twice.
        """
        for known in self.of(station):
            if known.facts[0] == fact:
                self.note(station, known.id, fact)
                return int(known.id)
        number, self._next_id = self._next_id, self._next_id + 1
        self.note(station, str(number), fact)
        return number

    def note(self, station: str, transaction: str, fact: Fact) -> None:
        """Add what was told of a transaction; a numbered fact that came before is not added."""
        known = self._transactions.get((station, transaction), Transaction(station, transaction))
        if not known.tells(fact):
            self._transactions[station, transaction] = replace(known, facts=(*known.facts, fact))

    def meter(self, station: str, transaction: str, fact: Fact) -> None:
        """Add meter values that came on their own (OCPP 1.6); of an unknown id is a problem."""
        if self.find(station, transaction) is None:
            detail = f"at {fact.at}"
            self._problems.append(Problem(Wrong.UNKNOWN_TRANSACTION, station, transaction, detail))
            return
        self.note(station, transaction, fact)
