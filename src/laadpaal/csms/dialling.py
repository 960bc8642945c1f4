"""One attempt to connect to the CSMS: where it is, and how the connection is opened."""

from __future__ import annotations

import logging
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.frames import Frame, Opcode
from websockets.protocol import Event
from websockets.typing import Subprotocol

from laadpaal.csms.errors import CsmsError, OtherSubprotocolError
from laadpaal.csms.leaving import ANYWHERE, Exit, socket_by
from laadpaal.csms.tls import Trust
from laadpaal.ports.clock import Clock
from laadpaal.station.network_profile import NO_ROUTE, Route

MAX_BYTES = 1 << 20
CLOSE_TIMEOUT_S = 2.0
FAILURES = (CsmsError, OSError, ValueError, WebSocketException)
"""Whatever an attempt may end with."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where the CSMS is and how it is reached.

    Args:
        url: `ws://` or `wss://`, without the identity.
        identity: Of the station; goes percent-encoded to the end of the URL.
        trust: What TLS goes by, for `wss`.
        own: Whether TLS shows the station's own certificate (profile 3).
        spurned: Fingerprint of one that it does not show, for the CSMS has refused it.
        credentials: The number of the credentials that are shown.
        route: The network profile that leads there.
        ping_interval_s: Real seconds, for a ping watches the network; 0 sends none.
        pong_timeout_s: Real seconds until a missing pong counts as a lost link.
        leaving: Where the connection leaves this machine.
    """

    url: str
    identity: str
    subprotocol: str
    trust: Trust = field(default_factory=Trust)
    own: bool = False
    spurned: str = ""
    credentials: int = 0
    route: Route = NO_ROUTE
    ping_interval_s: float = 60.0
    pong_timeout_s: float = 20.0
    leaving: Exit = ANYWHERE

    @property
    def target(self) -> str:
        """The whole URL."""
        return f"{self.url.rstrip('/')}/{quote(self.identity, safe='')}"

    @property
    def secure(self) -> bool:
        """Whether TLS is used."""
        return self.url.lower().startswith("wss:")

    @property
    def host(self) -> tuple[str, int]:
        """Where to dial, name and port; raises ValueError."""
        parts = urlsplit(self.url)
        return parts.hostname or "", parts.port or (443 if self.secure else 80)


@dataclass(frozen=True, slots=True)
class Secured:
    """What was agreed on with the server."""

    version: str
    suite: str

    def __str__(self) -> str:
        return f"{self.version} {self.suite}"


class Connection(ClientConnection):
    """Tells of pings and pongs, which websockets answers and takes by itself."""

    pinged: Callable[[], None] = staticmethod(lambda: None)

    def process_event(self, event: Event) -> None:
        """Take what has arrived."""
        if isinstance(event, Frame) and event.opcode in {Opcode.PING, Opcode.PONG}:
            self.pinged()
        super().process_event(event)


async def open_socket(
    at: Address, clock: Clock, authorization: str | None, log: logging.Logger
) -> ClientConnection:
    """Return one connection that speaks our subprotocol.

    Raises:
        CsmsError, OSError, ValueError, WebSocketException: There is none; `failure_of` knows why.
    """
    if at.leaving.lacking:
        raise ConnectionError(at.leaving.lacking)
    how: dict[str, Any] = (
        {"ssl": at.trust.context(clock.now, own=at.own, spurned=at.spurned)} if at.secure else {}
    )
    if at.leaving.interface:
        how["sock"] = await socket_by(at.leaving, *at.host)
    socket = await connect(
        at.target,
        additional_headers={"Authorization": authorization} if authorization else {},
        subprotocols=[Subprotocol(at.subprotocol)],
        ping_interval=at.ping_interval_s or None,
        ping_timeout=at.pong_timeout_s,
        close_timeout=CLOSE_TIMEOUT_S,
        max_size=MAX_BYTES,
        compression=None,
        proxy=None,
        logger=log,
        create_connection=Connection,
        **how,
    )
    if socket.subprotocol != at.subprotocol:
        await socket.close()
        raise OtherSubprotocolError(f"it does not speak {at.subprotocol}")
    return socket


def secured_by(tls: ssl.SSLObject) -> Secured:
    """Return what a connection was secured with."""
    cipher = tls.cipher()
    return Secured(tls.version() or "", cipher[0] if cipher else "")


def tls_of(socket: ClientConnection) -> ssl.SSLObject | None:
    """Return the TLS beneath a socket, or None for plain text."""
    tls: ssl.SSLObject | None = socket.transport.get_extra_info("ssl_object")
    return tls
