"""The line to the CSMS: a websocket that is dialled again for ever, and what it carried."""

from __future__ import annotations

import logging
import random
import re
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import quote

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException
from websockets.frames import Frame, Opcode
from websockets.protocol import Event
from websockets.typing import Subprotocol

from laadpaal.csms.errors import LinkLost
from laadpaal.ports.clock import Clock

MAX_BYTES = 1 << 20
CLOSE_TIMEOUT_S = 2.0
MOST_LOGGED = 4000
COM = {"facility": "COM"}

_SECRET = re.compile(r"password|authorizationkey|simpin", re.IGNORECASE)
_SUSPECT = re.compile(r"password|authorizationkey|simpin|\\u00", re.IGNORECASE)
_VALUES = frozenset({"value", "attributeValue"})
_MASK = "***"


class Wire(Protocol):
    """An open connection; both directions raise LinkLost once it is gone."""

    pinged: Callable[[], None]
    """Called at each ping and pong of the other side; whoever uses the connection sets it."""

    async def send(self, text: str) -> None:
        """Send one message."""
        ...

    async def receive(self) -> str:
        """Return the next text message."""
        ...

    async def close(self) -> None:
        """Hang up."""
        ...


class Line(Protocol):
    """Whatever connects to the CSMS."""

    async def dial(self) -> Wire:
        """Return a new connection, however long that takes."""
        ...

    def hurry(self) -> None:
        """Dial at once the next time, whatever went wrong before."""
        ...


@dataclass(frozen=True, slots=True)
class BackOff:
    """How long to wait before dialling again (OCPP 2.0.1 part 4, section 5.3).

    Args:
        min_s: Wait before the first reconnection, and the unit of the others.
        range_s: Upper bound of the random part, drawn anew each time.
        repeats: How often the wait doubles; after that it stays.
    """

    min_s: float = 30.0
    range_s: float = 15.0
    repeats: int = 4

    def wait_s(self, retry: int, lots: random.Random) -> float:
        """Return the wait before retry 0, 1, 2, ..."""
        doubled: float = self.min_s * 2 ** min(retry, self.repeats)
        return doubled + lots.uniform(0.0, self.range_s)


@dataclass(frozen=True, slots=True)
class Address:
    """Where the CSMS is and how it is reached.

    Args:
        url: `ws://` or `wss://`, without the identity.
        identity: Of the station; goes percent-encoded to the end of the URL.
        tls: For `wss`; None trusts the system's authorities.
        ping_interval_s: Real seconds, for a ping watches the network; 0 sends none.
        pong_timeout_s: Real seconds until a missing pong counts as a lost link.
    """

    url: str
    identity: str
    subprotocol: str
    tls: ssl.SSLContext | None = None
    ping_interval_s: float = 60.0
    pong_timeout_s: float = 20.0

    @property
    def target(self) -> str:
        """The whole URL."""
        return f"{self.url.rstrip('/')}/{quote(self.identity, safe='')}"


class Link:
    """Dials the CSMS with websockets.

    Args:
        address: Asked anew at each dialling, as are the next two.
        authorization: Returns the text of the Authorization header.
        back_off: Returns how long to wait.
        lots: Draws the random part of the back-off.
    """

    __slots__ = (
        "_address",
        "_authorization",
        "_back_off",
        "_clock",
        "_log",
        "_lots",
        "_quiet",
        "_retry",
    )

    def __init__(
        self,
        address: Callable[[], Address],
        clock: Clock,
        lots: random.Random,
        log: logging.Logger,
        *,
        authorization: Callable[[], str | None] = lambda: None,
        back_off: Callable[[], BackOff] = BackOff,
    ) -> None:
        self._address = address
        self._clock = clock
        self._lots = lots
        self._log = log
        self._authorization = authorization
        self._back_off = back_off
        self._retry: int | None = None
        # At DEBUG websockets would write the password of the handshake into its log.
        self._quiet = log.getChild("websockets")
        self._quiet.setLevel(logging.WARNING)

    async def dial(self) -> Wire:
        """Return a connection that speaks our subprotocol.

        Only the very first attempt is made at once; 401, 404 and TLS failures are retried like
        everything else.
        """
        while True:
            if self._retry is not None:
                await self._clock.sleep(self._back_off().wait_s(self._retry, self._lots))
            at = self._address()
            try:
                socket = await self._open(at)
            except LinkLost as error:
                self._failed(at, error)
                continue
            self._retry = 0
            self._log.info("Connected to %s", at.target)
            return Socket(socket, self._log)

    def hurry(self) -> None:
        """Dial at once the next time, whatever went wrong before."""
        self._retry = None

    async def _open(self, at: Address) -> ClientConnection:
        try:
            socket = await connect(
                at.target,
                additional_headers=self._headers(),
                subprotocols=[Subprotocol(at.subprotocol)],
                ping_interval=at.ping_interval_s or None,
                ping_timeout=at.pong_timeout_s,
                close_timeout=CLOSE_TIMEOUT_S,
                max_size=MAX_BYTES,
                compression=None,
                proxy=None,
                logger=self._quiet,
                create_connection=_Connection,
                **_tls(at),
            )
        except (OSError, WebSocketException, UnicodeError) as error:
            raise LinkLost(str(error) or type(error).__name__) from error
        if socket.subprotocol != at.subprotocol:
            await socket.close()
            raise LinkLost(f"the server does not speak {at.subprotocol}")
        return socket

    def _headers(self) -> dict[str, str]:
        header = self._authorization()
        return {} if header is None else {"Authorization": header}

    def _failed(self, at: Address, error: LinkLost) -> None:
        first = self._retry is None
        self._retry = 0 if self._retry is None else self._retry + 1
        level = logging.WARNING if first else logging.DEBUG
        self._log.log(level, "No connection to %s: %s", at.target, error)


def _tls(at: Address) -> dict[str, Any]:
    """Return the context for `wss` only, since websockets refuses one for `ws`."""
    secure = at.url.lower().startswith("wss:")
    return {"ssl": at.tls} if secure and at.tls is not None else {}


class _Connection(ClientConnection):
    """Tells of pings and pongs, which websockets answers and takes by itself."""

    pinged: Callable[[], None] = staticmethod(lambda: None)

    def process_event(self, event: Event) -> None:
        """Take what has arrived."""
        if isinstance(event, Frame) and event.opcode in {Opcode.PING, Opcode.PONG}:
            self.pinged()
        super().process_event(event)


class Socket:
    """An open websocket; logs each message, and once how it ended."""

    __slots__ = ("_closing", "_log", "_socket", "pinged")

    def __init__(self, socket: ClientConnection, log: logging.Logger) -> None:
        self.pinged: Callable[[], None] = lambda: None
        if isinstance(socket, _Connection):
            socket.pinged = self._heard_ping
        self._socket = socket
        self._log = log
        self._closing = False

    async def send(self, text: str) -> None:
        """Send one text message; raises LinkLost."""
        self._log.info("-> %s", loggable(text), extra=COM)
        try:
            await self._socket.send(text)
        except ConnectionClosed as error:
            raise self._lost(error) from error

    async def receive(self) -> str:
        """Return the next text message, ignoring binary ones; raises LinkLost."""
        while True:
            try:
                message = await self._socket.recv()
            except ConnectionClosed as error:
                raise self._lost(error) from error
            if isinstance(message, str):
                self._log.info("<- %s", loggable(message), extra=COM)
                return message
            self._log.warning("Binary message of %d bytes ignored", len(message))

    async def close(self) -> None:
        """Close with code 1000; returns at the latest after two seconds."""
        self._closing = True
        await self._socket.close()

    def _heard_ping(self) -> None:
        self.pinged()

    def _lost(self, error: ConnectionClosed) -> LinkLost:
        if not self._closing:
            self._log.warning("Connection lost: %s", error)
        self._closing = True
        return LinkLost(str(error))


def loggable(text: str) -> str:
    """Return the message as the log may show it: bounded, printable, without passwords."""
    shown = _masked_text(text) if _SUSPECT.search(text) else text
    if len(shown) > MOST_LOGGED:
        shown = f"{shown[:MOST_LOGGED]}... ({len(shown)} characters)"
    return shown if shown.isprintable() else repr(shown)[1:-1]


def _masked_text(text: str) -> str:
    try:
        return msgspec.json.encode(_masked(msgspec.json.decode(text))).decode()
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return f"{_MASK} ({len(text)} characters)"


def _masked(node: object) -> object:
    match node:
        case dict():
            secret = _names_secret(node)
            return {
                key: _MASK if _SECRET.search(key) or (secret and key in _VALUES) else _masked(value)
                for key, value in node.items()
            }
        case list():
            return [_masked(item) for item in node]
        case _:
            return node


def _names_secret(node: dict[str, object]) -> bool:
    """Tell whether the object, or one right inside it, holds the name of a secret."""
    inner = [value for value in node.values() if isinstance(value, dict)]
    texts = [text for part in (node, *inner) for text in part.values() if isinstance(text, str)]
    return any(_SECRET.search(text) for text in texts)
