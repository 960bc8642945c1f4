"""A small HTTP server for files, in the loop of the test."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from http import HTTPStatus

HOST = "127.0.0.1"


class FileServer:
    """Gives files away and takes them, by path.

    Args:
        closed: Whether it takes no file.
    """

    def __init__(self) -> None:
        self.url = ""
        self.files: dict[str, bytes] = {}
        self.asked: list[str] = []
        """Every path that somebody wanted to have."""
        self.given: list[str] = []
        """Every path that somebody brought a file to, taken or not."""
        self.closed = False
        self.answering = asyncio.Event()
        """Unless set, whoever asks waits."""
        self.answering.set()
        self.visited = asyncio.Event()
        """Set once somebody has asked for a file, or brought one."""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request, and hang up."""
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
            method, path, _ = head[0].split(" ")
            headers = dict(line.lower().split(": ", 1) for line in head[1:] if line)
            body = await reader.readexactly(int(headers.get("content-length", "0")))
            self.visited.set()
            await self.answering.wait()
            status, content = self._answer(method, path, body)
            writer.write(
                f"HTTP/1.1 {status.value} {status.phrase}\r\nContent-Length: {len(content)}\r\n"
                "Connection: close\r\n\r\n".encode()
            )
            writer.write(content)
            await writer.drain()
        finally:
            writer.close()
            with suppress(ConnectionError):  # who has waited may be gone
                await writer.wait_closed()

    def _answer(self, method: str, path: str, body: bytes) -> tuple[HTTPStatus, bytes]:
        match method:
            case "GET" if path in self.files:
                self.asked.append(path)
                return HTTPStatus.OK, self.files[path]
            case "GET":
                self.asked.append(path)
                return HTTPStatus.NOT_FOUND, b""
            case "PUT" | "POST":
                self.given.append(path)
                if self.closed:
                    return HTTPStatus.FORBIDDEN, b""
                self.files[path] = body
                return HTTPStatus.CREATED, b""
            case _:
                return HTTPStatus.FORBIDDEN, b""


@asynccontextmanager
async def file_server() -> AsyncIterator[FileServer]:
    """Yield a server as long as the block lasts."""
    made = FileServer()
    server = await asyncio.start_server(made.serve, HOST, 0)
    made.url = f"http://{HOST}:{server.sockets[0].getsockname()[1]}"
    try:
        yield made
    finally:
        server.close()
        await server.wait_closed()
