"""The back office itself: it listens, lets stations in, and asks them what somebody wants."""

from __future__ import annotations

import logging
import socket
import ssl
from collections.abc import Callable
from itertools import count
from types import TracebackType
from typing import Self

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.http11 import Request, Response

from laadpaal.backoffice import door
from laadpaal.backoffice.errors import NotConnected
from laadpaal.backoffice.ledger import Ledger
from laadpaal.backoffice.line import Line
from laadpaal.backoffice.policy import Policy
from laadpaal.backoffice.reception import Reception
from laadpaal.backoffice.record import Record
from laadpaal.backoffice.tongue import TONGUES
from laadpaal.ports.clock import Clock
from laadpaal.protocols.ocpp import rpc
from laadpaal.protocols.ocpp.message import Message
from laadpaal.station.words import ResetKind, Token

CALL_TIMEOUT_S = 30.0
CLOSE_TIMEOUT_S = 2.0
OPEN_TIMEOUT_S = 5.0
PING_S = 30.0
# Longer frames than OCPP takes are read, so that they can be refused politely.
MAX_BYTES = 2 * rpc.MAX_BYTES


def anything(_message: Message) -> bool:
    """Tell that every message will do."""
    return True


class BackOffice:
    """A CSMS for OCPP 1.6 and 2.0.1, listening while it is entered; for demos and tests.

    What it says of the time is `clock.now().utc`, so it agrees with a station on the same clock,
    however fast that runs or jumps. It keeps all transactions in memory.

    Args:
        host: An address of this machine.
        port: 0 takes a free one and keeps it.
        tls: Makes it `wss`.
    """

    def __init__(
        self,
        clock: Clock,
        policy: Policy | None = None,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        tls: ssl.SSLContext | None = None,
        log: logging.Logger | None = None,
    ) -> None:
        self._clock = clock
        self._address = (host, port)
        self._tls = tls
        self._log = log or logging.getLogger("laadpaal.backoffice")
        # At DEBUG websockets would write passwords of handshakes into its log.
        self._quiet = self._log.getChild("websockets")
        self._quiet.setLevel(logging.WARNING)
        self._lines: dict[str, Line] = {}
        self._seat: socket.socket | None = None
        self._server: Server | None = None
        self._open = False
        self._remote_starts = count(1)
        self.ledger = Ledger()
        self.record = Record()
        self._reception = Reception(clock, policy or Policy(), self.ledger, self.record, self._log)
        self.frames = self.record.frames
        self.problems = self.record.problems
        self.received = self.record.received
        self.sent = self.record.sent

    async def __aenter__(self) -> Self:
        self._seat = _bound(self._address)
        self._address = self._seat.getsockname()[:2]
        await self.resume()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Say goodbye to the stations (code 1001) and give the port back."""
        server, self._server = self._server, None
        if server is not None:
            server.close()
            await server.wait_closed()
        if self._seat is not None:
            self._seat.close()

    @property
    def policy(self) -> Policy:
        """The rules; may be replaced at any time, which starts the count of the tricks anew."""
        return self._reception.policy

    @policy.setter
    def policy(self, policy: Policy) -> None:
        self._reception.policy = policy

    @property
    def url(self) -> str:
        """Where stations dial, without the identity."""
        host, port = self._address
        scheme = "ws" if self._tls is None else "wss"
        return f"{scheme}://{f'[{host}]' if ':' in host else host}:{port}/ocpp"

    @property
    def mark(self) -> int:
        """The number of the next call of any station; for `wait_for`."""
        return self.record.mark

    def stations(self) -> dict[str, str]:
        """Return the subprotocol of each connected identity."""
        return {
            station: line.tongue.subprotocol
            for station, line in self._lines.items()
            if not line.ended
        }

    async def connected(self, station: str, timeout_s: float = CALL_TIMEOUT_S) -> None:
        """Wait until the station is connected and has heard that it is accepted.

        One that comes back without booting again counts. Raises TimedOut.
        """

        def look() -> bool | None:
            here = station in self.stations()
            return True if here and self._reception.accepted(station) else None

        await self.record.bell.until(look, timeout_s, f"acceptance of {station}")

    async def wait_for(
        self,
        station: str,
        action: str,
        where: Callable[[Message], bool] = anything,
        timeout_s: float = CALL_TIMEOUT_S,
        *,
        since: int = 0,
    ) -> Message:
        """Return the first such call of the station, waiting for it when there is none yet.

        Calls that came before count too, from `since` on: take `mark` before you cause
        what you wait for. It returns when the ledger knows the call; the station may not have its
        answer yet. Raises TimedOut.
        """

        def look() -> Message | None:
            calls = self.record.since(since, station, action)
            return next((call for call in calls if where(call)), None)

        return await self.record.bell.until(look, timeout_s, f"such {action} of {station}")

    async def call(
        self, station: str, message: Message, timeout_s: float = CALL_TIMEOUT_S
    ) -> Message:
        """Ask the station and return its answer; errors as `Line.call`."""
        line = self._line(station)
        asked = line.tongue.commands.asks_for(message)
        if asked is not None:
            self._reception.expect(station, asked)
        return await line.call(message, timeout_s)

    async def remote_start(self, station: str, token: Token, evse: int | None = None) -> str:
        """Start charging at an EVSE, or at any; return the status word."""
        call = self._line(station).tongue.commands.remote_start
        return await self._command(station, call(evse, token, next(self._remote_starts)))

    async def remote_stop(self, station: str, transaction: str | int) -> str:
        """Stop a transaction; return the status word."""
        call = self._line(station).tongue.commands.remote_stop
        return await self._command(station, call(str(transaction)))

    async def unlock(self, station: str, evse: int, connector: int = 1) -> str:
        """Unlock a connector; return the status word."""
        call = self._line(station).tongue.commands.unlock
        return await self._command(station, call(evse, connector))

    async def reset(self, station: str, kind: ResetKind = ResetKind.SOFT) -> str:
        """Restart the station; return the status word."""
        return await self._command(station, self._line(station).tongue.commands.reset(kind))

    async def change_availability(
        self, station: str, evse: int = 0, connector: int | None = None, *, operative: bool
    ) -> str:
        """Put an EVSE, or with 0 the station, in or out of service; return the status word."""
        call = self._line(station).tongue.commands.availability
        return await self._command(station, call(evse, connector, operative=operative))

    async def get_config(self, station: str, name: str) -> str | None:
        """Return a value by its key (1.6) or `Component.Variable[Instance]`, None when untold."""
        commands = self._line(station).tongue.commands
        return commands.value_of(await self.call(station, commands.get_config(name)))

    async def set_config(self, station: str, name: str, value: str) -> str:
        """Change a value; return the status word."""
        call = self._line(station).tongue.commands.set_config
        return await self._command(station, call(name, value))

    async def trigger(self, station: str, message: str, evse: int | None = None) -> str:
        """Ask for a message by its name; return the status word."""
        call = self._line(station).tongue.commands.trigger
        return await self._command(station, call(message, evse))

    async def clear_cache(self, station: str) -> str:
        """Empty the authorization cache; return the status word."""
        return await self._command(station, self._line(station).tongue.commands.clear_cache())

    async def _command(self, station: str, message: Message) -> str:
        commands = self._line(station).tongue.commands
        return commands.status_of(await self.call(station, message))

    def _line(self, station: str) -> Line:
        line = self._lines.get(station)
        if line is None or line.ended:
            raise NotConnected(f"{station} is not connected")
        return line

    async def drop(self, station: str) -> None:
        """Cut one connection without a closing handshake; raises NotConnected."""
        line = self._line(station)
        line.cut()
        await line.closed()

    async def drop_all(self) -> None:
        """Cut every connection without a closing handshake."""
        lines = tuple(self._lines.values())
        for line in lines:
            line.cut()
        for line in lines:
            await line.closed()

    async def pause(self) -> None:
        """Stop listening and cut every connection; the port stays ours, and refuses."""
        self._open = False
        server, self._server = self._server, None
        if server is None:
            return
        server.close(close_connections=False)
        await self.drop_all()
        await server.wait_closed()

    async def resume(self) -> None:
        """Listen (again) on the same port."""
        if self._server is not None:
            return
        self._open = True
        self._server = await serve(
            self._visit,
            sock=_bound(self._address),
            ssl=self._tls,
            process_request=self._admit,
            select_subprotocol=door.version,
            compression=None,
            max_size=MAX_BYTES,
            open_timeout=OPEN_TIMEOUT_S,
            close_timeout=CLOSE_TIMEOUT_S,
            ping_interval=PING_S,
            ping_timeout=PING_S,
            logger=self._quiet,
        )

    def _admit(self, socket: ServerConnection, request: Request) -> Response | None:
        response = door.refusal(self.policy, socket, request)
        if response is not None:
            self._log.warning("%r refused: %d", request.path[:100], response.status_code)
        return response

    async def _visit(self, socket: ServerConnection) -> None:
        if not self._open:
            socket.transport.abort()  # it came in while we went offline
            return
        line = self._welcomed(socket)
        self._log.info("%s connected, %s", line.station, line.tongue.subprotocol)
        try:
            await line.run()
        finally:
            self._forget(line)
            self._log.info("%s disconnected", line.station)

    def _welcomed(self, socket: ServerConnection) -> Line:
        """Return the new line; a station that comes twice has lost its former connection."""
        station = door.identity_in(socket.request.path) if socket.request else None
        if station is None or socket.subprotocol is None:
            raise AssertionError("came in without passing the door")
        tongue = TONGUES[socket.subprotocol]
        line = Line(station, tongue, socket, self._reception, self.record, self._clock, self._log)
        former = self._lines.get(station)
        if former is not None:
            former.cut()
        self._lines[station] = line
        self.record.bell.ring()
        return line

    def _forget(self, line: Line) -> None:
        if self._lines.get(line.station) is line:
            del self._lines[line.station]
            self.record.bell.ring()


def _bound(address: tuple[str, int]) -> socket.socket:
    """Return a socket at that address that does not listen yet.

    One that never listens keeps the port ours during a pause: whoever dials it is refused.
    """
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
    except OSError:
        bound.close()
        raise
    return bound
