"""The clients of `impatient.py`: they ask without a pause, and tell what came back.

Half of them ask the control API for all properties, over one connection each. The others ask the
compatible API over TLS for all pages of all categories, one after the other: most over one
connection each, as home automation does, and some over a new one each time. All of those share a
session, for there is one at a time: its cookie is an argument, after the ports and the seconds.
"""

from __future__ import annotations

import asyncio
import json
import ssl
import sys
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

CONTROL, KEPT, ANEW = 25, 20, 5
"""How many there are of each kind."""
CLIENTS = CONTROL + KEPT + ANEW
BROKEN = "broken"
"""What stands in place of a status where the connection ended."""


@dataclass(slots=True)
class Client:
    """One of them: how it connects, and what it has been answered."""

    port: int
    tls: ssl.SSLContext | None = None
    cookie: str = ""
    kept: bool = True
    answers: int = 0
    odd: Counter[str] = field(default_factory=Counter)
    _line: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str) -> bytes:
        """Return the body of an answer; empty for one that was no 200."""
        try:
            status, body = await self._asked(path)
        except (OSError, EOFError):
            status, body = BROKEN, b""
            self._line = None
        if status != "200":
            self.odd[status] += 1
            return b""
        self.answers += 1
        return body

    async def _asked(self, path: str) -> tuple[str, bytes]:
        if self._line is None:
            self._line = await asyncio.open_connection("127.0.0.1", self.port, ssl=self.tls)
        reader, writer = self._line
        cookie = f"Cookie: session={self.cookie}\r\n" if self.cookie else ""
        writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{cookie}\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).lower().decode()
        body = await reader.readexactly(int(head.partition("content-length: ")[2].split()[0]))
        if not self.kept:
            self._line = None
            writer.close()
        return head.split()[1], body


async def ask_control(client: Client) -> None:
    """Ask for all properties, for ever."""
    while True:
        await client.get("/v1/properties")


async def ask_compatible(client: Client) -> None:
    """Ask for all pages of all categories, for ever."""
    told = json.loads(await client.get("/api/categories"))
    while True:
        for category in told["categories"]:
            async for _ in _pages(client, category):
                pass


async def _pages(client: Client, category: str) -> AsyncIterator[int]:
    """Yield how many objects have come, page by page."""
    offset, total = 0, 1
    while offset < total:
        body = await client.get(f"/api/prop?cat={category}&offset={offset}")
        if not body:
            return  # it was counted; the next category may be answered
        page = json.loads(body)
        offset, total = offset + len(page["properties"]), page["total"]
        yield offset


async def ask(plain: int, secure: int, seconds: float, cookie: str) -> None:
    """Let all of them ask for so long, and print a line for each kind."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    tls.check_hostname, tls.verify_mode = False, ssl.CERT_NONE
    kinds: dict[str, list[Client]] = {
        "/v1/properties": [Client(plain) for _ in range(CONTROL)],
        "/api/prop, TLS": [Client(secure, tls, cookie) for _ in range(KEPT)],
        "anew each time": [Client(secure, tls, cookie, kept=False) for _ in range(ANEW)],
    }
    tasks = [
        asyncio.create_task((ask_compatible if client.tls else ask_control)(client))
        for clients in kinds.values()
        for client in clients
    ]
    done, waiting = await asyncio.wait(tasks, timeout=seconds, return_when=asyncio.FIRST_EXCEPTION)
    for task in waiting:
        task.cancel()
    for task in done:
        task.result()
    for name, clients in kinds.items():
        print(_told(name, clients, seconds))


def _told(name: str, clients: list[Client], seconds: float) -> str:
    counts = [client.answers for client in clients]
    odd = sum((client.odd for client in clients), Counter[str]())
    every = f"{len(clients):3} {sum(counts):9} {sum(counts) / seconds:8.1f} {min(counts):9}"
    return f"{name:16} {every} {odd.total():7} {dict(odd) if odd else ''}".rstrip()


if __name__ == "__main__":
    asyncio.run(ask(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), sys.argv[4]))
