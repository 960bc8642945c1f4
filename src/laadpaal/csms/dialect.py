"""How one OCPP version speaks: tables from our words to its messages and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Protocol, TypeVar

from laadpaal.ports.journal import Entry, Journal
from laadpaal.ports.station import StationDesk
from laadpaal.ports.vault import Vault
from laadpaal.properties.book import setting
from laadpaal.protocols.ocpp.message import Message
from laadpaal.protocols.ocpp.version import Language
from laadpaal.station.answers import Answer
from laadpaal.station.events import Event, OutsideEvent, SettingsHeld
from laadpaal.station.notices import DurableNotice, Notice
from laadpaal.station.requests import Request
from laadpaal.station.words import BootReason


@dataclass(slots=True)
class Anchor:
    """The root that the certificate of the CSMS led to at the last connection; "" without TLS."""

    pem: str = ""


def _nobody(certificate: str) -> bool:  # noqa: ARG001  the shape of who trusts
    return False


@dataclass(frozen=True, slots=True)
class Scene:
    """What a dialect may look at while it translates.

    Args:
        trusts: Tells whether a manufacturer vouches for the signer of firmware, as PEM.
    """

    desk: StationDesk
    journal: Journal
    vault: Vault | None = None
    utc: Callable[[], float | None] = lambda: None
    """The time in UTC seconds, or None while nobody vouches for it."""
    anchor: Anchor = field(default_factory=Anchor)
    trusts: Callable[[str], bool] = _nobody


@dataclass(frozen=True, slots=True)
class Call:
    """A message to send; `about` is handed to the absorber together with the answer."""

    action: str
    payload: Message
    about: Notice | None = None


Calls = tuple[Call, ...]


class Ask(Enum):
    """Messages that the talk itself sends when a dialect wants them sent."""

    BOOT = "boot"
    HEARTBEAT = "heartbeat"


Then = Call | Request | Ask | OutsideEvent


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to an incoming call; `then` follows once the answer has been sent."""

    payload: Message
    then: tuple[Then, ...] = ()


@dataclass(frozen=True, slots=True)
class Wish:
    """Requests to put to the station, and how their answers read as one reply."""

    requests: tuple[Request, ...]
    reply: Callable[[tuple[Answer, ...]], Reply]


@dataclass(frozen=True, slots=True)
class Refusal(Exception):  # noqa: N818  raised by a hearer to answer with a CALLERROR
    """A CALLERROR to answer with; `code` is spelled as in the version."""

    code: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Absorbed:
    """What an answer from the CSMS means to us.

    Args:
        events: To tell the station.
        csms_id: The number the CSMS gave to a transaction that has just started (1.6).
    """

    events: tuple[Event, ...] = ()
    csms_id: int | None = None


class Registration(Enum):
    """What the CSMS says to a boot notification."""

    ACCEPTED = "Accepted"
    PENDING = "Pending"
    REJECTED = "Rejected"


@dataclass(frozen=True, slots=True)
class BootAnswer:
    """The answer to a boot notification; `utc` is the CSMS's clock, None when unreadable."""

    registration: Registration
    interval_s: int
    utc: float | None


Teller = Callable[[Any, Scene], Calls]
"""Turns a passing notice into calls."""
Reporter = Callable[[Entry, Scene], Call | None]
"""Turns a durable notice into its one call, or None where this version has no message for it."""
Hearer = Callable[[Any, Scene], Reply | Wish]
"""Turns an incoming call into a reply, or into requests; may raise Refusal."""
Absorber = Callable[[Call, Any, Scene], Absorbed]
"""Turns the answer to one of our calls into events."""


@dataclass(frozen=True, slots=True)
class Tables:
    """The three tables of a dialect, one for durable notices, and one of limits."""

    tells: Mapping[type[Notice], Teller]
    reports: Mapping[type[DurableNotice], Reporter]
    hears: Mapping[str, Hearer]
    absorbs: Mapping[str, Absorber] = field(default_factory=dict)
    most_bytes: Mapping[str, int] = field(default_factory=dict)
    """How many bytes the payload of an action may have, where that is limited."""


class Dialect(Protocol):
    """One OCPP version. Knows the words; knows no rules."""

    language: Language
    """The messages of the version, and its name in the websocket handshake."""
    tables: Tables
    fixed: Mapping[str, object]
    """Settings this version holds fixed: row id to value."""
    silent_when_rejected: bool
    """Whether calls are left unanswered while the registration is Rejected (1.6)."""
    all_after_s: Callable[[Scene], float | None]
    """After how long offline every status is told again; None: only changed ones, ever."""

    def boot(self, reason: BootReason, scene: Scene) -> Call:
        """Return the boot notification."""
        ...

    def booted(self, answer: Any) -> BootAnswer:  # noqa: ANN401  a payload of this version
        """Read the answer to the boot notification."""
        ...

    def heartbeat(self) -> Call:
        """Return the heartbeat."""
        ...

    def beaten(self, answer: Any) -> float | None:  # noqa: ANN401  a payload of this version
        """Read the CSMS's clock from the answer to a heartbeat, in UTC seconds."""
        ...

    def authorization(self, identity: str, scene: Scene) -> str | None:
        """Return the text of the HTTP Authorization header, or None without a password."""
        ...


def held(old: Dialect, new: Dialect) -> SettingsHeld:
    """Return what another dialect changes about which settings are held fixed."""
    texts = tuple(
        (id_, row.kind.show(value)) for id_, value in new.fixed.items() if (row := setting(id_))
    )
    return SettingsHeld(texts, tuple(id_ for id_ in old.fixed if id_ not in new.fixed))


N = TypeVar("N")


def nothing(notice: object, scene: Scene) -> Calls:  # noqa: ARG001  the shape of a teller
    """Say nothing: this version has no message for the notice."""
    return ()
