"""How the back office decides, and how it misbehaves on purpose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from types import MappingProxyType

from laadpaal.station.words import TokenStatus, Verdict

TRANSACTION_ACTIONS = frozenset(
    {"StartTransaction", "StopTransaction", "MeterValues", "TransactionEvent"}
)


class Registration(Enum):
    """What a station hears when it boots; the value is the word of both versions."""

    ACCEPTED = "Accepted"
    PENDING = "Pending"
    REJECTED = "Rejected"


class Deed(Enum):
    """A way to fail a station that called."""

    REFUSE = auto()
    """Answer with a CALLERROR and record nothing."""
    LOSE = auto()
    """Cut the connection and record nothing."""
    SILENCE = auto()
    """Record, and never answer."""
    CUT_BEFORE = auto()
    """Record, and cut the connection before the answer."""
    CUT_AFTER = auto()
    """Record, answer, and cut the connection."""


@dataclass(frozen=True, slots=True)
class Trick:
    """One deed, done at some of the calls.

    Args:
        deed: What is done.
        actions: The calls that count.
        first: The first of them it is done at, from 1.
        times: How many it is done at.
    """

    deed: Deed
    actions: frozenset[str] = TRANSACTION_ACTIONS
    first: int = 1
    times: int = 1


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules of a back office.

    Args:
        tokens: The verdict by identifier, whatever its case.
        others: What is said of every other identifier.
        registration: The answer to a boot.
        boot_interval_s: The heartbeat interval, or how long to wait before booting again.
        stations: The only identities let in; None lets everybody in.
        passwords: Basic authentication by identity; None asks for none.
        delay_s: Station seconds that an answer takes.
        tricks: When to misbehave; of several the first that applies is done.
    """

    tokens: Mapping[str, Verdict] = field(default_factory=lambda: MappingProxyType({}))
    others: TokenStatus = TokenStatus.ACCEPTED
    registration: Registration = Registration.ACCEPTED
    boot_interval_s: int = 300
    stations: frozenset[str] | None = None
    passwords: Mapping[str, str] | None = None
    delay_s: float = 0.0
    tricks: tuple[Trick, ...] = ()

    def verdict(self, token: str) -> Verdict:
        """Return what is thought of an identifier."""
        for known, verdict in self.tokens.items():
            if known.upper() == token.upper():
                return verdict
        return Verdict(self.others)


class Mischief:
    """Which deed is due: the tricks, and how many calls each has seen."""

    __slots__ = ("_seen", "_tricks")

    def __init__(self, tricks: tuple[Trick, ...]) -> None:
        self._tricks = tricks
        self._seen = [0] * len(tricks)

    def due(self, action: str) -> Deed | None:
        """Count this call, and return what to do to it."""
        deeds = [self._count(index, action) for index in range(len(self._tricks))]
        return next((deed for deed in deeds if deed is not None), None)

    def _count(self, index: int, action: str) -> Deed | None:
        trick = self._tricks[index]
        if action not in trick.actions:
            return None
        self._seen[index] += 1
        return trick.deed if 0 <= self._seen[index] - trick.first < trick.times else None
