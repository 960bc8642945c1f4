"""Random requests at the whole guarded application, both APIs of it: no 5xx, no bug, one shape."""

from __future__ import annotations

import asyncio
import json
import logging
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote, unquote

from starlette.types import Message

from fuzz.running import run
from laadpaal.local_api.app import make_app
from laadpaal.local_api.compatible import guard
from laadpaal.local_api.compatible.app import make_compatible
from laadpaal.local_api.compatible.kit import Kit
from laadpaal.local_api.connections import Peer
from laadpaal.local_api.doors import Fork, KnownHosts
from laadpaal.local_api.events import EventStream
from laadpaal.local_api.gate import GUARDED, OPEN, Gate
from laadpaal.local_api.given import Entrance
from laadpaal.local_api.manners import Manners
from laadpaal.local_api.schema import document
from laadpaal.local_api.tls import Shown
from laadpaal.local_api.visitors import Logins
from laadpaal.ports.accounts import User
from laadpaal.protocols.pki import Names
from laadpaal.storage.server_certificate import OwnCertificate
from laadpaal.storage.vault import FileVault
from tests.local_api.conftest import NotedBench, NotedLink, NotedPace, NotedTroubles, TinyDesk
from tests.local_api.objects.conftest import NotedMachine
from tests.support.accounts import Door
from tests.support.past import MadeUpLog, MadeUpMessages, MadeUpPast
from tests.support.upload_slot import MemorySlot
from tests.support.world import NOON

LIFE = 500
"""Requests that one station sees."""
PATIENCE_S = 60.0
SECRET = "correct horse"  # noqa: S105  of a station that lives for a moment
METHODS = ("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "BREW")
WORDS = (
    *("", "0", "1", "2", "-1", "4294967295", "9" * 30, "9" * 5000, "NaN", "1e999", "1.5", "true"),
    *("admin", "service", "end user", SECRET, "soft", "hard", "A", "W", "active", "eMAID", "other"),
    *("2129_0", "2087_0", "205F_0", "9999_9", "generic", "04A1B2C3", "2026-01-01T00:00:00Z"),
    *("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59Z", "add", "wlerase", "reboot"),
    *("date 2026-01-01 00:00:00", "date 9999-99-99 99:99:99", "date 0001-01-01 00:00:00"),
    *(
        "..",
        "../../etc/passwd",
        "\0",
        "é",
        "\U0001f4a5",
        "\ud800",
        "x" * 300,
        "a,b",
        "%",
        "٣",
        "[(",
    ),
)
NUMBERS = (0, 1, 2, 3, 6, 16, 17, 48, 255, -1, 1.5, 1e308, 10**30, -(2**63), float("nan"))
TYPES = (
    *("application/json", "application/octet-stream", "text/plain", "", "/", "é"),
    *("multipart/form-data", "multipart/form-data; boundary=x", "alfen/json; charset=utf-8"),
)
HEADERS = (
    *(("origin", "https://elsewhere"), ("origin", "null"), ("origin", "https://localhost")),
    *(("host", "elsewhere"), ("expect", "100-continue"), ("range", "bytes=0-"), ("accept", "")),
    *(("cookie", "session"), ("cookie", "session=é; ;;="), ("if-none-match", "*")),
    *(("transfer-encoding", "chunked"), ("accept-encoding", "gzip"), ("x", "x" * 9000)),
)
Lots = random.Random


@dataclass(frozen=True, slots=True)
class Way:
    """What can be asked: a path, and the names that its query and body may have."""

    path: str
    methods: tuple[str, ...] = ("GET",)
    query: tuple[str, ...] = ()
    members: tuple[str, ...] = ()


COMPATIBLE = (
    *(Way("/api/info"), Way("/api/categories"), Way("/api/firmware", ("GET", "POST"))),
    Way("/api/login", ("POST",), (), ("username", "password", "displayname")),
    *(Way("/api/logout", ("POST",)), Way("/api/clearpersonaldata", ("POST",))),
    Way("/api/prop", ("GET",), ("ids", "id", "cat", "offset", "limit")),
    Way("/api/prop", ("POST",), (), ("2129_0", "205F_0", "2063_0", "x", "id", "value")),
    *(Way("/api/log", ("GET",), ("offset",)), Way("/api/transactions", ("GET",), ("offset",))),
    Way("/api/whitelist", ("GET",), ("index", "add", "remove", "clear", "starttagaddmode")),
    Way("/api/addtag", ("POST",), (), ("tagid", "status", "expire", "parent")),
    Way("/api/password", ("POST",), (), ("username", "password", "reset")),
    Way("/api/temporarypassword", ("POST",), (), ("password", "expiration")),
    *(Way("/api/prc", ("POST",), (), ("code",)), Way("/api/cmd", ("POST",), (), ("command",))),
    Way("/api/domain", ("POST",), (), ("cmd", "type", "data")),
    Way("/api/chargingprofiles", ("GET",), ("id_list", "cpid")),
    Way("/api/chargingprofiles", ("POST",), ("add", "clear"), ("csChargingProfiles",)),
    Way("/api/diagtool", ("GET", "POST"), ("result",), ("command", "sequenceID")),
)
ANY = ("max_a", "soc", "charges", "phases")
"""Members of those bodies that may have any."""
PAGE = (Way("/"), Way("/main.js"), Way("/nothing"))


@dataclass(frozen=True, slots=True)
class Ask:
    """One request; of a body that is cut the client has gone before its end."""

    method: str
    path: str
    query: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    known: bool
    cut: bool

    def scope(self) -> dict[str, Any]:
        """Return it as a server tells it to an application."""
        headers = [(name.encode(), value.encode("latin-1")) for name, value in self.headers]
        return {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": self.method,
            "scheme": "https",
            "path": unquote(self.path),
            "raw_path": self.path.encode(),
            "root_path": "",
            "query_string": self.query.encode(),
            "headers": headers,
            "client": ("127.0.0.1", 4000),
            "server": ("127.0.0.1", 443),
            "state": {"peer": Peer(crowded=False)},
        }

    def body_messages(self) -> Iterator[Message]:
        """Yield the body in two pieces, unless the client goes between them."""
        half = len(self.body) // 2
        yield {"type": "http.request", "body": self.body[:half], "more_body": True}
        if not self.cut:
            yield {"type": "http.request", "body": self.body[half:], "more_body": False}
        while True:
            yield {"type": "http.disconnect"}


@dataclass(slots=True)
class Told:
    """What came back."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    ended: bool = False

    async def take(self, message: Message) -> None:
        """Take a message of the response."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {key.decode(): value.decode() for key, value in message["headers"]}
            return
        self.body += message.get("body", b"")
        self.ended = not message.get("more_body", False)


class Box:
    """A station with everything, behind all its guards."""

    def __init__(self, folder: Path) -> None:
        log = logging.getLogger("laadpaal.fuzz")
        log.disabled = True
        vault, events, door = FileVault(folder, log), EventStream(), Door()
        vault.prepare()
        self.logins, self.door, desk = Logins(), door, TinyDesk(events)
        entrance = Entrance(door.doorman, self.logins)
        self.seat = entrance.seat
        past = MadeUpPast()
        control = make_app(
            desk,
            events,
            NotedLink(),
            NotedBench(),
            _cut,
            troubles=NotedTroubles(),
            pace=NotedPace(),
            security_log=lambda *_: (),
            history=past,
            entrance=entrance,
            log_book=MadeUpLog(),
            messages=MadeUpMessages(),
            slot=MemorySlot(),
            certificates=tuple,
            showcase=_shown(folder),
        )
        self.ways = (*_ways(document(control)), *COMPATIBLE, *PAGE)
        kit = Kit(desk, NotedMachine(), entrance, past, vault, log, _leave, _leave)
        gate = Gate(control, self.logins, lambda: 0.0)
        self.app = Manners(KnownHosts(Fork(gate, make_compatible(kit, control.state.given))))

    def cookie(self, lots: Lots) -> str:
        """Return the cookie of somebody who has just logged in at both APIs."""
        user, now = lots.choice(tuple(User)), asyncio.get_running_loop().time()
        holder = self.seat.take(user, "fuzz", Peer(crowded=False), now)
        return f"session={self.logins.begin(user, 0.0)}; session={holder.token}"

    async def answer(self, ask: Ask) -> Told:
        """Return the response; whatever comes out of the application comes out of here."""
        told, messages = Told(), ask.body_messages()

        async def receive() -> Message:
            return next(messages)

        async with asyncio.timeout(PATIENCE_S):
            await self.app(ask.scope(), receive, told.take)
        return told


def _shown(folder: Path) -> Shown:
    own = OwnCertificate(folder / "web.pem")
    own.prepare("fuzz", Names(("localhost",)), NOON)
    return Shown(own)


async def _cut() -> None:
    """Do nothing."""


def _leave() -> None:
    """Do nothing."""


def _ways(described: Mapping[str, Any]) -> Iterator[Way]:
    shapes = described["components"]["schemas"]
    for path, operations in described["paths"].items():
        for method, it in operations.items():
            query = tuple(one["name"] for one in it.get("parameters", ()) if one["in"] == "query")
            content = it.get("requestBody", {}).get("content", {})
            shape = content.get("application/json", {}).get("schema", {})
            yield Way(path, (method.upper(),), query, tuple(_members(shape, shapes)))


def _members(shape: Mapping[str, Any], shapes: Mapping[str, Any]) -> Iterator[str]:
    if "$ref" in shape:
        shape = shapes[shape["$ref"].rpartition("/")[2]]
    yield from shape.get("properties", ANY if shape.get("additionalProperties") else ())
    for each in shape.get("anyOf", ()):
        yield from _members(each, shapes)


def asked(box: Box, lots: Lots) -> Ask:
    """Return a request that is nearly right, and sometimes quite."""
    way = lots.choice(box.ways)
    method = lots.choice(way.methods if lots.random() < 0.9 else METHODS)
    path = "".join(_filled(way.path, lots))
    if lots.random() < 0.1:
        path = _scratched(path, lots)
    keys = (*way.query, lots.choice(way.query or ("x",)))
    query = "&".join(f"{key}={_quoted(lots)}" for key in keys if lots.random() < 0.5)
    body = b"" if method in {"GET", "HEAD"} else _body(way, lots)
    known = lots.random() < 0.8
    headers = [("host", "localhost"), ("content-length", str(len(body)))]
    headers += [("content-type", lots.choice((*TYPES, *(TYPES[0],) * 20)))]
    headers += [("cookie", box.cookie(lots))] if known else []
    headers += [lots.choice(HEADERS)] if lots.random() < 0.1 else []
    cut = bool(body) and lots.random() < 0.05
    return Ask(method, path, query, tuple(headers), body, known, cut)


def _filled(path: str, lots: Lots) -> Iterator[str]:
    for piece in path.replace("{", "}").split("}")[::2]:
        yield piece
        if f"{piece}{{" in path:
            yield lots.choice(("1", "2", "2129_0", "service", _quoted(lots)))


def _quoted(lots: Lots) -> str:
    word = lots.choice(WORDS).encode("utf-8", "surrogatepass")
    return lots.choice((quote(word, safe=""), quote(word, safe="/,[(%")))


def _scratched(path: str, lots: Lots) -> str:
    at = lots.randrange(len(path) + 1)
    new = lots.choice(("", "/", "//", "..", "%2e%2e/", "%00", "%ff", "%", "X", "?", "~" * 4200))
    return path[:at] + new + path[at + lots.randint(0, 1) :]


def _body(way: Way, lots: Lots) -> bytes:
    if lots.random() < 0.1:
        return lots.choice((b"", b"[" * 9000, b"\xff\xfe", b"nul", b'{"a":', b" " * 70_000))
    given = {name: _value(lots) for name in way.members if lots.random() < 0.8}
    if lots.random() < 0.1:
        given[lots.choice(WORDS)] = _value(lots)
    raw = json.dumps(given if lots.random() < 0.95 else _value(lots)).encode()
    return raw if lots.random() < 0.95 else raw[: lots.randint(0, len(raw))]


def _value(lots: Lots) -> object:
    odd: object = lots.choice((None, True, False, [], {}, [[]], {"id": 1, "value": "x"}, ["1"]))
    return lots.choice((lots.choice(WORDS), lots.choice(NUMBERS), odd))


def flaw(ask: Ask, told: Told) -> str:
    """Return what is wrong with a response, or ""."""
    path = unquote(ask.path)
    if told.status >= HTTPStatus.BAD_REQUEST:
        return _flaw_of_error(ask, told, compatible=path.startswith("/api"))
    inside = GUARDED.fullmatch(path) or path.startswith("/api")
    if inside and not (ask.known or path in OPEN | guard.OPEN or ask.method == "OPTIONS"):
        return "a stranger was served"
    # The client has gone before the end of the one that never ends.
    endless = told.headers["content-type"].startswith("text/event-stream") if told.body else False
    return "" if told.ended or endless else "it has no end"


def _flaw_of_error(ask: Ask, told: Told, *, compatible: bool) -> str:
    if told.status >= HTTPStatus.INTERNAL_SERVER_ERROR and "retry-after" not in told.headers:
        return "it is our fault"
    if told.status == HTTPStatus.METHOD_NOT_ALLOWED and "allow" not in told.headers:
        return "the methods are not told"
    if ask.method == "HEAD":
        return "HEAD has a body" if told.body else ""
    shape = {"code", "message", "detail"} if compatible else {"type", "title", "status", "detail"}
    if not shape <= set(json.loads(told.body)):
        return "the error has another shape"
    return "" if int(told.headers["content-length"]) == len(told.body) else "its length is wrong"


def fuzz(count: int, seed: int) -> int:
    """Ask so many times; return how many were served."""
    lots, served = Lots(seed), 0
    for first in range(0, count, LIFE):
        served += asyncio.run(_life(min(LIFE, count - first), lots))
    return served


async def _life(count: int, lots: Lots) -> int:
    served = 0
    with TemporaryDirectory() as folder:
        box = Box(Path(folder))
        await box.door.doorman.give(User.ADMIN, SECRET)
        for _ in range(count):
            ask = asked(box, lots)
            told = await box.answer(ask)
            wrong = flaw(ask, told)
            assert not wrong, f"{wrong}: {ask} {told}"  # noqa: S101  what is sought
            served += told.status < HTTPStatus.BAD_REQUEST
    return served


if __name__ == "__main__":
    run("web", __doc__, lambda *lots: f"{fuzz(*lots)} of them were served")
