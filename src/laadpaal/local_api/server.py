"""Serves an API on a socket, in the loop that is running, and leaves signals alone."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager

from starlette.types import ASGIApp
from uvicorn import Config, Server

from laadpaal.local_api.connections import IDLE_S, LONGEST_HEAD, Connection
from laadpaal.local_api.doors import LOOPBACK, KnownHosts
from laadpaal.local_api.manners import Manners
from laadpaal.protocols.hosts import is_loopback

PATIENCE_S = 0.5
"""How long at the end a client may take to read what it was sent."""
HANDSHAKE_S = 10.0
"""How long a client may take for the handshake of TLS."""
GRACE_S = 1
"""How long at the end a request may take; then it is cancelled."""


class Serving:
    """A server at work, and where it listens."""

    def __init__(self, server: Server, app: ASGIApp, tls: ssl.SSLContext | None) -> None:
        self._server, self._app, self._tls = server, app, tls
        self._listening: socket.socket | None = None
        self.port = 0

    async def listen(self, host: str, port: int) -> None:
        """Listen there, and nowhere else any more; open connections go on.

        Bound to the loopback, it serves only who calls it by a name of the loopback.

        Raises:
            OSError: The address is taken, or is none of ours; then it listens nowhere.
        """
        self.leave()
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._listening = socket.create_server((host, port), family=family)
        # Or the system would hold a small body back until the client has acknowledged the head.
        self._listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._server.config.loaded_app = Manners(_guarded(self._app, host.lower()))
        listener = await asyncio.get_running_loop().create_server(
            self._connection,
            sock=self._listening,
            ssl=self._tls,
            ssl_handshake_timeout=HANDSHAKE_S if self._tls else None,
        )
        self._server.servers = [listener]
        self._server.started = True
        self.port = int(self._listening.getsockname()[1])

    def drop(self) -> None:
        """Close every connection, once it has been sent what is on its way."""
        for connection in tuple(self._server.server_state.connections):
            connection.shutdown()

    async def end(self) -> None:
        """Serve nobody any more."""
        impatient = asyncio.get_running_loop().call_later(PATIENCE_S, _abort, self._server)
        try:
            await self._server.shutdown(sockets=[self._listening] if self._listening else [])
        finally:
            impatient.cancel()
            _abort(self._server)
            if self._server.server_state.tasks:
                await asyncio.wait(self._server.server_state.tasks, timeout=PATIENCE_S)

    def leave(self) -> None:
        """Listen nowhere any more; open connections go on."""
        for listener in self._server.servers:
            listener.close()
        self._server.servers = []

    def _connection(self) -> asyncio.Protocol:
        return Connection(self._server.config, self._server.server_state, {})


@asynccontextmanager
async def serving(
    app: ASGIApp,
    host: str,
    port: int,
    close: Collection[Callable[[], None]] = (),
    tls: ssl.SSLContext | None = None,
) -> AsyncIterator[Serving]:
    """Serve `app` as long as the block lasts. Leaving takes 2 s at most.

    Args:
        app: With all its routes; it gets no lifespan events.
        host: An address or name of this machine.
        port: 0 lets the system choose.
        close: Called before the end, to end the streams that would never end themselves.
        tls: For HTTPS.

    Raises:
        OSError: The address is taken, or is none of ours.
    """
    # Its `serve` would take the signals, and its main loop would wake ten times a second only
    # to write the date, which a station whose clock nobody vouched for must not tell anyway.
    server = Server(_config(app))
    server.config.load()
    server.lifespan = server.config.lifespan_class(server.config)
    server.servers = []
    it = Serving(server, app, tls)
    await it.listen(host, port)
    try:
        yield it
    finally:
        for end in close:
            end()
        await it.end()


@asynccontextmanager
async def serve(
    app: ASGIApp, host: str, port: int, close: Collection[Callable[[], None]] = ()
) -> AsyncIterator[int]:
    """Serve `app` without TLS, as `serving` does; yield the port."""
    async with serving(app, host, port, close) as it:
        yield it.port


def _abort(server: Server) -> None:
    for connection in tuple(server.server_state.connections):
        connection.transport.abort()


def _config(app: ASGIApp) -> Config:
    return Config(
        app,
        loop="none",
        http=Connection,
        ws="none",
        lifespan="off",
        interface="asgi3",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=GRACE_S,
        timeout_keep_alive=IDLE_S,
        h11_max_incomplete_event_size=LONGEST_HEAD,
    )


def _guarded(app: ASGIApp, host: str) -> ASGIApp:
    name = f"[{host}]" if ":" in host else host
    return KnownHosts(app, LOOPBACK | {name}) if is_loopback(host) else app
