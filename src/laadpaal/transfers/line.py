"""Work that blocks on sockets, done in a thread, and ended by shutting them from outside."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from laadpaal.protocols.location import Location
from laadpaal.transfers.outcome import Failed, Outcome, TransferError, Trouble


@dataclass(slots=True)
class Line:
    """The sockets of one transfer.

    Args:
        connect_s: Real seconds that one address may take to answer.
        idle_s: Real seconds in which something must move.
    """

    connect_s: float
    idle_s: float
    _sockets: list[socket.socket] = field(default_factory=list)
    _cut: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def hold(self, one: socket.socket) -> None:
        """Let this socket be shut too when the transfer is; at once if that has happened."""
        with self._lock:
            self._sockets.append(one)
            if self._cut:
                _shut(one)

    def cut(self) -> None:
        """Shut every socket, so that whoever waits at one goes on with an error."""
        with self._lock:
            self._cut = True
            for one in self._sockets:
                _shut(one)

    def connect(self, location: Location) -> socket.socket:
        """Return a connection to the first address that answers."""
        found = socket.getaddrinfo(location.host, location.port, type=socket.SOCK_STREAM)
        last: OSError | None = None
        for family, kind, protocol, _, address in found:
            one = socket.socket(family, kind, protocol)
            one.settimeout(self.connect_s)
            self.hold(one)
            try:
                one.connect(address)
            except OSError as wrong:
                one.close()
                last = wrong
                continue
            one.settimeout(self.idle_s)
            return one
        why = (last.strerror if last else None) or "nobody answers"
        raise TransferError(Trouble.UNREACHABLE, why)

    def protect(self, one: socket.socket, host: str, tls: ssl.SSLContext) -> socket.socket:
        """Return the connection inside TLS."""
        safe = tls.wrap_socket(one, server_hostname=host)
        self.hold(safe)
        return safe


def _shut(one: socket.socket) -> None:
    # Not the method of an SSL socket, which would pull TLS away under whoever is reading.
    with suppress(OSError):
        socket.socket.shutdown(one, socket.SHUT_RDWR)


async def in_thread(work: Callable[[], Outcome], line: Line, whole_s: float) -> Outcome:
    """Return what the work comes to, within a time; being cancelled waits for its thread to end."""
    running = asyncio.get_running_loop().run_in_executor(None, work)
    try:
        async with asyncio.timeout(whole_s):
            return await asyncio.shield(running)
    except TimeoutError:
        return Failed(Trouble.SLOW, f"not done within {whole_s:g} s")
    finally:
        line.cut()
        await asyncio.wait({running})
