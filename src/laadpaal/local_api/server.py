"""Serves the control API on a socket, in the loop that is running, and leaves signals alone."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager

from starlette.types import ASGIApp
from uvicorn import Config, Server

from laadpaal.local_api.doors import LOOPBACK, KnownHosts

PATIENCE_S = 0.5
"""How long at the end a client may take to read what it was sent."""
GRACE_S = 1
"""How long at the end a request may take; then it is cancelled."""


@asynccontextmanager
async def serve(
    app: ASGIApp, host: str, port: int, close: Collection[Callable[[], None]] = ()
) -> AsyncIterator[int]:
    """Serve `app` as long as the block lasts; yield the port. Leaving takes 2 s at most.

    Bound to the loopback, it serves only who calls it by a name of the loopback.

    Args:
        app: With all its routes; it gets no lifespan events.
        host: An address or name of this machine.
        port: 0 lets the system choose.
        close: Called before the end, to end the streams that would never end themselves.

    Raises:
        OSError: The address is taken, or is none of ours.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, port), family=family) as listening:
        server = await _start(_guarded(app, host.lower()), listening)
        try:
            yield int(listening.getsockname()[1])
        finally:
            for end in close:
                end()
            await _end(server, listening)


async def _start(app: ASGIApp, listening: socket.socket) -> Server:
    server = Server(_config(app))
    server.config.load()
    server.lifespan = server.config.lifespan_class(server.config)
    # Its `serve` would take the signals, and its main loop would wake ten times a second only
    # to write the date, which a station whose clock nobody vouched for must not tell anyway.
    await server.startup(sockets=[listening])
    return server


async def _end(server: Server, listening: socket.socket) -> None:
    impatient = asyncio.get_running_loop().call_later(PATIENCE_S, _abort, server)
    try:
        await server.shutdown(sockets=[listening])
    finally:
        impatient.cancel()
        _abort(server)
        if server.server_state.tasks:
            await asyncio.wait(server.server_state.tasks, timeout=PATIENCE_S)


def _abort(server: Server) -> None:
    for connection in tuple(server.server_state.connections):
        connection.transport.abort()


def _config(app: ASGIApp) -> Config:
    return Config(
        app,
        loop="none",
        http="h11",
        ws="none",
        lifespan="off",
        interface="asgi3",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=GRACE_S,
    )


def _guarded(app: ASGIApp, host: str) -> ASGIApp:
    name = f"[{host}]" if ":" in host else host
    return KnownHosts(app, LOOPBACK | {name}) if _is_loopback(host) else app


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host in LOOPBACK
