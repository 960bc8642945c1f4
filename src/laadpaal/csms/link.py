"""The line to the CSMS: a websocket that is dialled again for ever, and what it carried."""

from __future__ import annotations

import logging
import random
import re
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Protocol

import msgspec
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from laadpaal.csms.dialect import Anchor
from laadpaal.csms.dialling import (
    FAILURES,
    Address,
    Connection,
    Secured,
    open_socket,
    secured_by,
    tls_of,
)
from laadpaal.csms.errors import LinkLost
from laadpaal.csms.failures import Failure, failure_of, hinted
from laadpaal.csms.probe import named
from laadpaal.csms.tls import judge, root_of
from laadpaal.ports.clock import Clock
from laadpaal.protocols.location import hidden
from laadpaal.station.network_profile import NO_ROUTE, Route
from laadpaal.station.security import SecurityKind

MOST_LOGGED = 4000
COM, SECURITY = {"facility": "COM"}, {"facility": "SECURITY"}

_SECRET = re.compile(r"password|authorizationkey|simpin|^keycode$|^vpn$", re.IGNORECASE)
_SUSPECT = re.compile(r"password|authorizationkey|simpin|keycode|vpn|\\u00|[@?]", re.IGNORECASE)
_VALUES = frozenset({"value", "attributeValue", "idToken"})
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

    @property
    def route(self) -> Route:
        """The route that the last connection took."""
        ...

    async def dial(self) -> Wire:
        """Return a new connection, however long that takes."""
        ...

    def hurry(self) -> None:
        """Dial at once the next time, whatever went wrong before."""
        ...

    def state(self) -> Mapping[str, object]:
        """Return what it met last, ready for JSON, without any secret."""
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


class Link:
    """Dials the CSMS with websockets.

    Args:
        address: Asked anew at each dialling, as are the next two.
        authorization: Returns the text of the Authorization header.
        back_off: Returns how long to wait.
        anchor: Learns which root the CSMS was judged by.
        lots: Draws the random part of the back-off.
        met: Told of each attempt, and why it failed, if it did.
        proved: Told the TLS of a connection once its chain has been judged, dates and all.
        incident: Told once when a failure bears on security, and not again for each attempt.
    """

    __slots__ = (
        "_address",
        "_anchor",
        "_authorization",
        "_back_off",
        "_clock",
        "_failure",
        "_incident",
        "_log",
        "_lots",
        "_met",
        "_proved",
        "_quiet",
        "_retry",
        "_secured",
        "_seen",
        "route",
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
        anchor: Anchor | None = None,
        met: Callable[[Address, Failure | None], None] = lambda _at, _failure: None,
        proved: Callable[[ssl.SSLObject], None] = lambda _tls: None,
        incident: Callable[[SecurityKind, str], None] = lambda _kind, _info: None,
    ) -> None:
        self._address = address
        self._clock = clock
        self._lots = lots
        self._log = log
        self._authorization = authorization
        self._back_off = back_off
        self._anchor = anchor or Anchor()
        self._met = met
        self._proved = proved
        self._incident = incident
        self._retry: int | None = None
        self._failure: Failure | None = None
        self._seen: Failure | None = None
        self._secured: Secured | None = None
        self.route = NO_ROUTE
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
                socket = await open_socket(at, self._clock, self._authorization(), self._quiet)
            except FAILURES as error:
                await self._refused(at, failure_of(error))
                continue
            return self._connected(at, socket)

    def hurry(self) -> None:
        """Dial at once the next time, whatever went wrong before."""
        self._retry = None

    def state(self) -> Mapping[str, object]:
        """Return why there is no connection, and how the last one was secured."""
        failure, secured = self._failure, self._secured
        return {
            "failure": failure and {"cause": failure.cause.value, "detail": failure.detail},
            "tls": secured and {"version": secured.version, "suite": secured.suite},
        }

    def _connected(self, at: Address, socket: ClientConnection) -> Wire:
        self._retry, self._failure, self._seen = 0, None, None
        self.route = at.route
        self._met(at, None)
        tls = tls_of(socket)
        self._secured = secured_by(tls) if tls else None
        self._anchor.pem = root_of(tls) if tls else ""
        remote = socket.remote_address[0]
        self._log.info("Connected to %s (%s, %s)", at.target, remote, self._secured or "no TLS")
        if tls is None:
            return Socket(socket, self._log)
        if self._clock.now().trusted:
            self._proved(tls)
            return Socket(socket, self._log)
        return Socket(socket, self._log, partial(self._doubted, at, tls))

    def _doubted(self, at: Address, tls: ssl.SSLObject) -> bool:
        """Judge a chain whose dates nobody could judge at the handshake, once there is a time.

        Returns:
            True as long as the clock cannot be trusted.

        Raises:
            LinkLost: The chain is not valid.
        """
        if not self._clock.now().trusted:
            return True
        try:
            judge(tls)
        except ssl.SSLCertVerificationError as error:
            self._failed(at, failure_of(error))
            raise LinkLost(str(error)) from error
        self._proved(tls)
        return False

    async def _refused(self, at: Address, failure: Failure) -> None:
        """Name what is to blame, but only when it is news: that takes a second handshake."""
        if failure == self._seen and self._failure:
            self._failed(at, self._failure)
            return
        self._seen = failure
        self._failed(at, await self._named(at, failure) if at.secure else failure)

    async def _named(self, at: Address, failure: Failure) -> Failure:
        try:
            host, port = at.host
            context = at.trust.context(self._clock.now, own=at.own, spurned=at.spurned)
            failure = await named(failure, host, port, context)
        except (OSError, ValueError):
            pass  # it stays without a name
        return hinted(failure, at.trust.policy)

    def _failed(self, at: Address, failure: Failure) -> None:
        first = self._retry is None
        news = failure != self._failure
        self._retry = 0 if self._retry is None else self._retry + 1
        self._failure = failure
        level = logging.WARNING if first or news else logging.DEBUG
        extra = SECURITY if failure.incident else None
        self._log.log(level, "No connection to %s: %s", at.target, failure, extra=extra)
        self._met(at, failure)
        if news and failure.incident:
            self._incident(failure.incident, str(failure))


class Socket:
    """An open websocket; logs each message, and once how it ended.

    Args:
        doubted: Whether the peer's certificates have yet to be judged; asked before anything
            is sent, until it says no. Raises LinkLost when they are not valid.
    """

    __slots__ = ("_closing", "_doubted", "_log", "_socket", "pinged")

    def __init__(
        self,
        socket: ClientConnection,
        log: logging.Logger,
        doubted: Callable[[], bool] | None = None,
    ) -> None:
        self.pinged: Callable[[], None] = lambda: None
        if isinstance(socket, Connection):
            socket.pinged = self._heard_ping
        self._socket = socket
        self._log = log
        self._closing = False
        self._doubted = doubted

    async def send(self, text: str) -> None:
        """Send one text message; raises LinkLost."""
        if self._doubted and not self._doubted():
            self._doubted = None
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
        case str():
            return hidden(node)
        case _:
            return node


def _names_secret(node: dict[str, object]) -> bool:
    """Tell whether the object, or one right inside it, holds the name of a secret."""
    inner = [value for value in node.values() if isinstance(value, dict)]
    texts = [text for part in (node, *inner) for text in part.values() if isinstance(text, str)]
    return any(_SECRET.search(text) for text in texts)
