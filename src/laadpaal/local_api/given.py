"""What the handlers are given: the desk, the stream, and what only some stations have."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Protocol, TypeVar

from fastapi import Depends, Path, Query, Request

from laadpaal.local_api.compatible.seat import Seat
from laadpaal.local_api.doorman import Doorman
from laadpaal.local_api.events import EventStream
from laadpaal.local_api.listing import Book, Listing
from laadpaal.local_api.problems import refused
from laadpaal.local_api.replies import CertificateReply
from laadpaal.local_api.uploads.receiving import Patience
from laadpaal.local_api.visitors import LOCAL, Logins, Visitor
from laadpaal.ports.accounts import User
from laadpaal.ports.bench import Bench
from laadpaal.ports.certificate import ServerCertificate
from laadpaal.ports.history import History
from laadpaal.ports.log import LogBook
from laadpaal.ports.messages import Messages
from laadpaal.ports.pace import Pace
from laadpaal.ports.station import ExplainingDesk
from laadpaal.ports.troubles import Troubles
from laadpaal.ports.updates import UploadSlot
from laadpaal.station.answers import Reason
from laadpaal.station.notices import SecurityEvent
from laadpaal.station.view import StationView

T = TypeVar("T")


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


@dataclass(frozen=True, slots=True)
class Entrance:
    """Where people log in, and who is in: at the page and its API, and at the compatible one."""

    doorman: Doorman
    logins: Logins
    seat: Seat = field(default_factory=Seat)

    def close(self, user: User, but: str = "") -> None:
        """End every session of a user, except the one that `but` is the text of."""
        self.logins.end_all(user, but)
        self.seat.end_all(user, but)

    def sessions(self, user: User, now: float) -> int:
        """Return how many sessions of a user are open; `now` in seconds that only grow."""
        return self.logins.count(user, now) + self.seat.count(user, now)


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
    pace: Pace | None = None
    history: History | None = None
    log: LogBook | None = None
    messages: Messages | None = None
    slot: UploadSlot | None = None
    patience: Patience = field(default_factory=Patience)
    entrance: Entrance | None = None
    counts: Callable[[], Counts] | None = None
    certificates: Certificates | None = None
    showcase: Showcase | None = None
    listing: Listing = field(default_factory=Listing)

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


def _part(pick: Callable[[Given], T | None]) -> Callable[[Given], Awaitable[T]]:
    """Return what gives a handler one part; the routes of a part exist only where it does."""

    async def part(api: Api) -> T:
        found = pick(api)
        assert found is not None  # noqa: S101  as it says above
        return found

    return part


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
Link = Annotated[CsmsLink, Depends(_part(lambda given: given.link))]
SecurityEvents = Annotated[SecurityLog, Depends(_part(lambda given: given.security_log))]
PaceGiven = Annotated[Pace, Depends(_part(lambda given: given.pace))]
Log = Annotated[LogBook, Depends(_part(lambda given: given.log))]
Talked = Annotated[Messages, Depends(_part(lambda given: given.messages))]
Slot = Annotated[UploadSlot, Depends(_part(lambda given: given.slot))]
PastSessions = Annotated[History, Depends(_part(lambda given: given.history))]
Holdings = Annotated[Certificates, Depends(_part(lambda given: given.certificates))]
Shows = Annotated[Showcase, Depends(_part(lambda given: given.showcase))]
Pictures = Annotated[Painter, Depends(_part(lambda given: given.pictures))]
World = Annotated[Bench, Depends(_part(lambda given: given.bench))]
TroublesGiven = Annotated[Troubles, Depends(_part(lambda given: given.troubles))]
Entry = Annotated[Entrance, Depends(_part(lambda given: given.entrance))]
Asking = Annotated[Visitor, Depends(_visitor)]
EvseNumber = Annotated[int, Depends(_evse)]
EvseOrStation = Annotated[int, Depends(_evse_or_station)]
