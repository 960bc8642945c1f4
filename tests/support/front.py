"""A TLS front for tests: says alerts as real servers do, and passes what it hears to a plain port.

The event loop's own TLS server hangs up without an alert, which no server in the field does.
"""

from __future__ import annotations

import asyncio
import ssl
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.certificates import Made

HOST = "127.0.0.1"
BYTES = 1 << 16
HUNG_UP = "hung up"
PATIENCE_S = 30.0


@dataclass
class Front:
    """Terminates TLS before a plain server.

    Args:
        tls: Used for each new connection; may be replaced at any time.
        behind: Port of the plain server; 0 hangs up after the handshake.
        handshakes: How each ended: the suite, the error's reason, or that the station hung up.
        open: How many connections there are.
    """

    tls: ssl.SSLContext
    behind: int = 0
    port: int = 0
    handshakes: list[str] = field(default_factory=list)
    open: int = 0
    _bell: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        """Where stations dial, without the identity."""
        return f"wss://127.0.0.1:{self.port}/ocpp"

    async def until(self, seen: Callable[[], bool]) -> None:
        """Wait until something is so, looking whenever a connection changes."""
        async with asyncio.timeout(PATIENCE_S):
            while not seen():
                self._bell.clear()
                await self._bell.wait()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection."""
        pipe = _Pipe(self.tls, reader, writer)
        self.open += 1
        try:
            await pipe.shake_hands()
            self._ended(pipe.suite)
            if self.behind:
                await self._pass(pipe)
        except ssl.SSLError as error:
            self._ended(error.reason or str(error))
        except (OSError, EOFError):
            self._ended(HUNG_UP)
        finally:
            writer.close()
            self.open -= 1
            self._bell.set()

    def _ended(self, how: str) -> None:
        self.handshakes.append(how)
        self._bell.set()

    async def _pass(self, pipe: _Pipe) -> None:
        inner, outer = await asyncio.open_connection("127.0.0.1", self.behind)
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(_copy(pipe.read, outer.write, outer.drain))
                tasks.create_task(_copy(lambda: inner.read(BYTES), pipe.write, pipe.drain))
        except* (OSError, EOFError):
            pass  # one of the two has hung up
        finally:
            outer.close()


@asynccontextmanager
async def front(tls: ssl.SSLContext, behind: int = 0) -> AsyncIterator[Front]:
    """Listen on a free port of the loopback as long as the block lasts."""
    made = Front(tls, behind)
    serving: set[asyncio.Task[None]] = set()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(made.serve(reader, writer))
        serving.add(task)
        task.add_done_callback(serving.discard)

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    try:
        yield made
    finally:
        server.close()
        for task in serving:
            task.cancel()
        if serving:
            await asyncio.wait(serving)


async def _copy(
    read: Callable[[], Awaitable[bytes]],
    write: Callable[[bytes], None],
    drain: Callable[[], Awaitable[None]],
) -> None:
    while data := await read():
        write(data)
        await drain()
    raise EOFError


def server(
    made: Made, folder: Path, suites: str = "", lowest: str = "TLSv1_2", highest: str = "TLSv1_3"
) -> ssl.SSLContext:
    """Return a server's side that may be as old as it likes."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.set_ciphers(f"{suites or 'ALL'}:@SECLEVEL=0")
    tls.load_cert_chain(*made.files(folder, "csms"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # for old versions are asked for
        tls.minimum_version = ssl.TLSVersion[lowest]
        tls.maximum_version = ssl.TLSVersion[highest]
    return tls


class _Pipe:
    """The server's side of one TLS connection."""

    def __init__(
        self, tls: ssl.SSLContext, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._in, self._out = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._tls = tls.wrap_bio(self._in, self._out, server_side=True)
        self._reader, self._writer = reader, writer

    @property
    def suite(self) -> str:
        """What was agreed on."""
        cipher = self._tls.cipher()
        return cipher[0] if cipher else ""

    async def shake_hands(self) -> None:
        """Raise SSLError when it fails, once its alert has been sent."""
        await self._done(self._tls.do_handshake)

    async def read(self) -> bytes:
        """Return what was heard; nothing at the end."""
        data: bytes = await self._done(lambda: self._tls.read(BYTES))
        return data

    def write(self, data: bytes) -> None:
        """Say something."""
        self._tls.write(data)

    async def drain(self) -> None:
        """Send what was said."""
        self._writer.write(self._out.read())
        await self._writer.drain()

    async def _done(self, step: Callable[[], bytes | None]) -> bytes:
        while True:
            try:
                return step() or b""
            except ssl.SSLWantReadError:
                await self.drain()
                heard = await self._reader.read(BYTES)
                if not heard:
                    raise EOFError from None
                self._in.write(heard)
            finally:
                await self.drain()
