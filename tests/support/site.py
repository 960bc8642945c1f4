"""A small web server that keeps files, and can be told to be strange."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

Strange = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
"""Answers a request in its own way; the connection is closed after it."""

STATUSES = {200: "OK", 302: "Found", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed"}


@dataclass
class Site:
    """What is served, what came, and what is strange, each by path.

    Args:
        methods: Those by which files may come.
        heads: The head of each request, in order.
    """

    url: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    received: dict[str, bytes] = field(default_factory=dict)
    strange: dict[str, Strange] = field(default_factory=dict)
    redirects: dict[str, str] = field(default_factory=dict)
    methods: frozenset[str] = frozenset({"PUT"})
    heads: list[str] = field(default_factory=list)
    _visits: set[asyncio.Task[None]] = field(default_factory=set)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request."""
        task = asyncio.current_task()
        assert task
        self._visits.add(task)
        try:
            await self._answer(reader, writer)
        finally:
            writer.transport.abort() if task.cancelling() else writer.close()
            with suppress(OSError):
                await writer.wait_closed()
            self._visits.discard(task)

    async def end(self) -> None:
        """Turn away who is still there."""
        for visit in self._visits:
            visit.cancel()
        if self._visits:
            await asyncio.wait(self._visits)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            self.heads.append(head)
            method, path, _ = head.split(" ", 2)
            if path in self.strange:
                await self.strange[path](reader, writer)
            elif method == "GET":
                await self._give(path, writer)
            else:
                await self._take(method, path, reader, writer)

    async def _give(self, path: str, writer: asyncio.StreamWriter) -> None:
        if path in self.redirects:
            await reply(writer, 302, {"Location": self.redirects[path]})
        elif path in self.files:
            await reply(writer, 200, {}, self.files[path])
        else:
            await reply(writer, 404)

    async def _take(
        self, method: str, path: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        [size] = [
            int(line.split(":")[1])
            for line in self.heads[-1].splitlines()
            if line.lower().startswith("content-length:")
        ]
        body = await reader.readexactly(size)
        if method in self.methods:
            self.received[path] = body
        await reply(writer, 200 if method in self.methods else 405)


async def reply(
    writer: asyncio.StreamWriter,
    status: int,
    headers: dict[str, str] | None = None,
    body: bytes = b"",
) -> None:
    """Answer properly."""
    told = {"Content-Length": str(len(body))} | (headers or {})
    lines = [f"HTTP/1.1 {status} {STATUSES[status]}", *(f"{k}: {v}" for k, v in told.items())]
    writer.write("\r\n".join([*lines, "", ""]).encode() + body)
    await writer.drain()


@asynccontextmanager
async def serving(tls: ssl.SSLContext | None = None) -> AsyncIterator[Site]:
    """Run a site as long as the block lasts."""
    site = Site()
    server = await asyncio.start_server(site.serve, "127.0.0.1", 0, ssl=tls)
    port = server.sockets[0].getsockname()[1]
    site.url = f"http{'s' if tls else ''}://127.0.0.1:{port}"
    async with server:
        yield site
        await site.end()
