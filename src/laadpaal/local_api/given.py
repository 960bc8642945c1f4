"""What the handlers are given: the desk, the stream, and what only some stations have."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Protocol

from fastapi import Depends, Path, Query, Request

from laadpaal.local_api.doorman import Doorman
from laadpaal.local_api.events import EventStream
from laadpaal.local_api.problems import refused
from laadpaal.local_api.replies import CertificateReply
from laadpaal.local_api.uploads.receiving import Patience
from laadpaal.local_api.visitors import LOCAL, Logins, Visitor
from laadpaal.ports.bench import Bench
from laadpaal.ports.certificate import ServerCertificate
from laadpaal.ports.history import History
from laadpaal.ports.log import LogBook
from laadpaal.ports.messages import Messages
from laadpaal.ports.station import ExplainingDesk
from laadpaal.ports.troubles import Troubles
from laadpaal.ports.updates import UploadSlot
from laadpaal.properties.rows import Property
from laadpaal.station.answers import Reason
from laadpaal.station.notices import SecurityEvent
from laadpaal.station.view import StationView


class CsmsLink(Protocol):
    """The connection to the CSMS, as far as people may move it."""

    def connect(self) -> None:
        """Want a connection from now on; returns at once."""
        ...

    def disconnect(self) -> None:
        """Want no connection from now on; returns at once."""
        ...

    def state(self) -> Mapping[str, object]:
        """Return how it is now, ready for JSON, without any secret."""
        ...


PowerCut = Callable[[], Awaitable[None]]
"""Takes the power away and gives it back; awaited before the answer goes out."""

SecurityLog = Callable[[float | None, float | None], tuple[SecurityEvent, ...]]
"""Returns the security events between two UTC seconds."""

Painter = Callable[[StationView, int], bytes]
"""Returns the PNG of what an EVSE shows, 0 for all of them."""

Certificates = Callable[[], tuple[CertificateReply, ...]]
"""Returns the certificates that the station keeps."""


class Showcase(Protocol):
    """What the station shows to those who call it over HTTPS."""

    @property
    def certificate(self) -> ServerCertificate:
        """What is shown now."""
        ...

    def replace(self, chain: str, key: str, utc: float) -> None:
        """Show another chain; raises PkiError, VaultFailed or OSError, see `Shown`."""
        ...


Book = Mapping[str, Property[Any]]
"""The properties by id."""


@dataclass(frozen=True, slots=True)
class Entrance:
    """Where people log in, and who is in."""

    doorman: Doorman
    logins: Logins


@dataclass(frozen=True, slots=True)
class Counts:
    """What this process has done.

    Args:
        lives: How often the station has started.
        turns: How many events, wishes and timers it has taken.
    """

    lives: int
    turns: int


@dataclass(frozen=True, slots=True)
class Given:
    """Everything behind the API; None where the station has no such thing."""

    desk: ExplainingDesk
    events: EventStream
    link: CsmsLink | None
    bench: Bench | None
    power_cut: PowerCut | None
    book: Book
    security_log: SecurityLog | None = None
    pictures: Painter | None = None
    troubles: Troubles | None = None
    history: History | None = None
    log: LogBook | None = None
    messages: Messages | None = None
    slot: UploadSlot | None = None
    patience: Patience = field(default_factory=Patience)
    entrance: Entrance | None = None
    counts: Callable[[], Counts] | None = None
    certificates: Certificates | None = None
    showcase: Showcase | None = None

    def check_evse(self, evse: int, lowest: int = 1) -> int:
        """Return `evse`; raise Problem when the station has none of that number."""
        if not lowest <= evse <= len(self.desk.layout.evses):
            raise refused(Reason.UNKNOWN_EVSE, f"there is no EVSE {evse}")
        return evse


async def _given(request: Request) -> Given:
    given: Given = request.app.state.given
    return given


Api = Annotated[Given, Depends(_given)]


async def _desk(api: Api) -> ExplainingDesk:
    return api.desk


async def _link(api: Api) -> CsmsLink:
    assert api.link is not None  # noqa: S101  its routes exist only with a link
    return api.link


async def _bench(api: Api) -> Bench:
    assert api.bench is not None  # noqa: S101  its routes exist only with a bench
    return api.bench


async def _security_log(api: Api) -> SecurityLog:
    assert api.security_log is not None  # noqa: S101  its route exists only with a log
    return api.security_log


async def _holdings(api: Api) -> Certificates:
    assert api.certificates is not None  # noqa: S101  its route exists only with them
    return api.certificates


async def _showcase(api: Api) -> Showcase:
    assert api.showcase is not None  # noqa: S101  its routes exist only with HTTPS
    return api.showcase


async def _pictures(api: Api) -> Painter:
    assert api.pictures is not None  # noqa: S101  its routes exist only with a painter
    return api.pictures


async def _history(api: Api) -> History:
    assert api.history is not None  # noqa: S101  its routes exist only with a history
    return api.history


async def _log(api: Api) -> LogBook:
    assert api.log is not None  # noqa: S101  its routes exist only with a log
    return api.log


async def _messages(api: Api) -> Messages:
    assert api.messages is not None  # noqa: S101  its routes exist only with messages
    return api.messages


async def _slot(api: Api) -> UploadSlot:
    assert api.slot is not None  # noqa: S101  its routes exist only with a slot
    return api.slot


async def _troubles(api: Api) -> Troubles:
    assert api.troubles is not None  # noqa: S101  they come with the bench
    return api.troubles


async def _entrance(api: Api) -> Entrance:
    assert api.entrance is not None  # noqa: S101  its routes exist only with an entrance
    return api.entrance


async def _visitor(request: Request) -> Visitor:
    """Return who asks; where no gate stands, that is somebody at this machine."""
    visitor: Visitor = getattr(request.state, "visitor", LOCAL)
    return visitor


async def _evse(api: Api, n: Annotated[int, Path(description="Number of the EVSE, from 1")]) -> int:
    return api.check_evse(n)


async def _evse_or_station(
    api: Api, evse: Annotated[int, Query(description="0 is the station")] = 0
) -> int:
    return api.check_evse(evse, lowest=0)


Desk = Annotated[ExplainingDesk, Depends(_desk)]
Link = Annotated[CsmsLink, Depends(_link)]
SecurityEvents = Annotated[SecurityLog, Depends(_security_log)]
Log = Annotated[LogBook, Depends(_log)]
Talked = Annotated[Messages, Depends(_messages)]
Slot = Annotated[UploadSlot, Depends(_slot)]
PastSessions = Annotated[History, Depends(_history)]
Holdings = Annotated[Certificates, Depends(_holdings)]
Shows = Annotated[Showcase, Depends(_showcase)]
Pictures = Annotated[Painter, Depends(_pictures)]
World = Annotated[Bench, Depends(_bench)]
TroublesGiven = Annotated[Troubles, Depends(_troubles)]
Entry = Annotated[Entrance, Depends(_entrance)]
Asking = Annotated[Visitor, Depends(_visitor)]
EvseNumber = Annotated[int, Depends(_evse)]
EvseOrStation = Annotated[int, Depends(_evse_or_station)]
