"""A payment provider without money: it speaks the open interface over HTTPS, and misbehaves."""

from __future__ import annotations

import asyncio
import json
import re
import ssl
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Final

import h11

from laadpaal.simulation.authority import HOST

TARIFF: Final = {
    "text": "Simulated tariff",
    "pricePerKwh": "0.49",
    "perMinute": "0.00",
    "sessionFee": 50,
    "currency": "EUR",
}
_PATH = re.compile(r"/preauthorizations(?:/([^/]+)/(confirm|cancel|capture))?")
_PIECE = 65_536
Body = dict[str, Any]


class Mischief(Enum):
    """What it may do instead of its duty."""

    NONE = "behaves"
    BLACK_HOLE = "takes requests and never answers"
    SLOW = "answers after `slow_s`"
    UNKNOWN_STATION = "404: the station is in no book"
    FORBIDDEN = "403"
    PAYMENT_REQUIRED = "402: the card has no money"
    FAILING = "500 each time"
    FAILING_ONCE = "500 the first time"
    GARBAGE = "200 and no JSON"
    ERROR_BODY = "200 and an error in it"
    HUGE = "200 and more than anybody wants"
    REDIRECT = "307 to elsewhere"
    OTHER_SESSION = "answers about somebody else's session"
    NO_HTTP = "speaks something else"
    DECLINED = "201, and the card is declined"
    UNREACHABLE = "hangs up before TLS"


_STATUSES = {
    Mischief.UNKNOWN_STATION: 404,
    Mischief.FORBIDDEN: 403,
    Mischief.PAYMENT_REQUIRED: 402,
    Mischief.FAILING: 500,
    Mischief.FAILING_ONCE: 500,
}


@dataclass(slots=True)
class Session:
    """What it knows of one pre-authorization.

    Args:
        debits: How often money was taken; more than once is what must never be.
    """

    id: str
    request: str
    confirmed: bool = False
    cancelled: bool = False
    debits: int = 0
    bill: Body = field(default_factory=dict)


@dataclass(slots=True)
class ProviderDouble:
    """A provider on the loopback; its books are open.

    Args:
        mischief: What it does now; `only` restricts that to one path's last word.
        heard: How often each request came, by its idempotency key.
        paths: Every request in order, by its path.
    """

    mischief: Mischief = Mischief.NONE
    only: str = ""
    slow_s: float = 20.1
    sessions: dict[str, Session] = field(default_factory=dict)
    heard: Counter[str] = field(default_factory=Counter)
    paths: list[str] = field(default_factory=list)
    _answers: dict[str, tuple[int, Body]] = field(default_factory=dict)
    _refused: set[str] = field(default_factory=set)
    """Requests that were cancelled before they came, or while they were thought about."""

    @property
    def debits(self) -> int:
        """How often money was taken, of all sessions together."""
        return sum(session.debits for session in self.sessions.values())

    @property
    def amount_cents(self) -> int:
        """How much was taken."""
        return sum(one.bill["amountCents"] for one in self.sessions.values() if one.debits)

    @asynccontextmanager
    async def serve(self, tls: ssl.SSLContext, port: int = 0) -> AsyncIterator[str]:
        """Answer as long as the block lasts; yield the URL where the interface begins."""
        visits: set[asyncio.Task[None]] = set()

        async def visited(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            assert task is not None  # noqa: S101  the server makes one
            visits.add(task)
            try:
                await self._visit(reader, writer)
            finally:
                visits.discard(task)
                writer.transport.abort()

        server = await asyncio.start_server(visited, HOST, port, ssl=tls)
        try:
            yield f"https://{HOST}:{server.sockets[0].getsockname()[1]}/v1"
        finally:
            server.close()
            for visit in tuple(visits):
                visit.cancel()
            await asyncio.gather(*visits, return_exceptions=True)

    async def _visit(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.mischief is Mischief.UNREACHABLE:
            return
        http = h11.Connection(h11.SERVER)
        with suppress(ConnectionError, h11.ProtocolError, asyncio.CancelledError):
            path, body = await _request(http, reader)
            if self._misbehaves(path) is Mischief.NO_HTTP:
                writer.write(b"SSH-2.0-what\r\n\r\n")
            else:
                writer.write(_response(http, *await self._answer(path, body)))
            await writer.drain()

    def _misbehaves(self, path: str) -> Mischief:
        here = not self.only or path.endswith(self.only)
        return self.mischief if here else Mischief.NONE

    async def _answer(self, path: str, body: bytes) -> tuple[int, bytes]:
        wish: Body = json.loads(body)
        self.paths.append(path)
        key = str(wish["requestId"])
        self.heard[key] += 1
        how = self._misbehaves(path)
        if how is Mischief.BLACK_HOLE:
            await asyncio.Event().wait()
        if how is Mischief.SLOW:
            await asyncio.sleep(self.slow_s)
        if how is Mischief.FAILING_ONCE:
            self.mischief = Mischief.NONE
        if how in _STATUSES:
            return _STATUSES[how], b'{"error":"no"}'
        if how is Mischief.REDIRECT:
            return 307, b""
        if how is Mischief.GARBAGE:
            return 200 + path.endswith("zations"), b"<html>\xff"
        if how is Mischief.ERROR_BODY:
            return 200 + path.endswith("zations"), b'{"error":"internal"}'
        if how is Mischief.HUGE:
            return 200 + path.endswith("zations"), b" " * 100_000
        status, told = self._done(path, key, wish)
        if how is Mischief.OTHER_SESSION:
            told = told | {"sessionId": "somebody-else"}
        return status, json.dumps(told).encode()

    def _done(self, path: str, key: str, wish: Body) -> tuple[int, Body]:
        """Do what is asked for once, however often it is asked for."""
        if key not in self._answers:
            self._answers[key] = self._decided(path, key, wish)
        return self._answers[key]

    def _decided(self, path: str, key: str, wish: Body) -> tuple[int, Body]:
        found = _PATH.fullmatch(path.removeprefix("/v1"))
        if not found:
            return 404, {"error": "no such path"}
        id_, what = found.groups()
        if what is None:
            return self._approve(key)
        session = self.sessions.get(id_) or self._by_request(id_)
        if what == "cancel":
            return self._cancel(id_, session)
        if session is None or session.cancelled:
            return 409, {"error": "no such session"}
        if what == "confirm":
            session.confirmed = True
            return 200, {"sessionId": session.id}
        return self._capture(session, wish)

    def _approve(self, key: str) -> tuple[int, Body]:
        id_ = f"session-{len(self.sessions) + 1}"
        approved = self.mischief is not Mischief.DECLINED and key not in self._refused
        if approved:
            self.sessions[id_] = Session(id_, key)
        return 201, {"sessionId": id_, "approved": approved, "tariff": TARIFF}

    def _cancel(self, id_: str, session: Session | None) -> tuple[int, Body]:
        if session is None:
            self._refused.add(id_)
        else:
            session.cancelled = True
        return 200, {"sessionId": id_}

    @staticmethod
    def _capture(session: Session, wish: Body) -> tuple[int, Body]:
        if not session.confirmed:
            return 409, {"error": "nobody has agreed"}
        session.debits += 1
        session.bill = wish
        receipt = f"R-{session.id}"
        url = f"https://pay.example/{receipt}"
        return 200, {"sessionId": session.id, "receiptId": receipt, "receiptUrl": url}

    def _by_request(self, request: str) -> Session | None:
        return next((one for one in self.sessions.values() if one.request == request), None)


async def _request(http: h11.Connection, reader: asyncio.StreamReader) -> tuple[str, bytes]:
    path, body = "", b""
    while True:
        match http.next_event():
            case h11.NEED_DATA:
                http.receive_data(await reader.read(_PIECE))
            case h11.Request(target=target):
                path = target.decode()
            case h11.Data(data=data):
                body += data
            case h11.EndOfMessage():
                return path, body
            case _:
                raise ConnectionError("nobody asks for anything")


def _response(http: h11.Connection, status: int, body: bytes) -> bytes:
    headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
    if status == 307:  # noqa: PLR2004  Temporary Redirect
        headers.append(("Location", "https://127.0.0.1:1/v1/preauthorizations"))
    events = (
        h11.Response(status_code=status, headers=headers),
        h11.Data(data=body),
        h11.EndOfMessage(),
    )
    return b"".join(http.send(event) or b"" for event in events)
