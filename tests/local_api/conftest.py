"""A real station core behind a small desk, and the API in front of it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from functools import cache
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from jsonschema import Draft202012Validator

from laadpaal.local_api.app import make_app
from laadpaal.local_api.events import EventStream
from laadpaal.local_api.given import Entrance
from laadpaal.local_api.schema import document
from laadpaal.local_api.visitors import Logins
from laadpaal.ports.bench import BenchError
from laadpaal.ports.certificate import ServerCertificate
from laadpaal.ports.troubles import Ongoing, Parameter, Trouble
from laadpaal.properties.book import BY_ID
from laadpaal.properties.rows import Reading
from laadpaal.properties.values import Values
from laadpaal.station import readings
from laadpaal.station.answers import Accepted, Answer, Unlocking
from laadpaal.station.events import Event
from laadpaal.station.layout import Layout
from laadpaal.station.moment import Moment
from laadpaal.station.notices import Notice
from laadpaal.station.requests import Request
from laadpaal.station.view import StationView
from laadpaal.station.why import Why
from laadpaal.station.words import Token
from tests.support.accounts import Door
from tests.support.past import MadeUpLog, MadeUpMessages, MadeUpPast
from tests.support.upload_slot import MemorySlot
from tests.support.world import World


class TinyDesk:
    """Takes every turn at once; locks always open."""

    def __init__(self, events: EventStream, layout: Layout | None = None) -> None:
        self.world = World(layout)
        self.asked: list[Request] = []
        self.happenings: list[Event] = []
        self._events = events

    @property
    def layout(self) -> Layout:
        return self.world.station.layout

    @property
    def values(self) -> Values:
        return self.world.values

    def now(self) -> Moment:
        return self.world.now

    def happened(self, event: Event) -> None:
        self.happenings.append(event)
        self.world.tell(event)

    async def ask(self, request: Request) -> Answer:
        self.asked.append(request)
        before = len(self.world.notices)
        answer = self.world.ask(request)
        self.tell(self.world.notices[before:])
        return Accepted() if isinstance(answer, Unlocking) else answer

    def tell(self, notices: list[Notice]) -> None:
        for notice in notices:
            self._events.tell(notice)

    def view(self) -> StationView:
        return self.world.station.view()

    def why(self, evse: int) -> Why:
        return self.world.station.why(evse)

    def read(self, row: Reading[Any], evse: int = 0, connector: int = 0) -> str:
        if row.id == "9999_0":
            return f"{evse + 230}"
        return readings.read(row, self.view(), evse, connector) if row.id in BY_ID else ""


class NotedLink:
    """Remembers what is wanted."""

    def __init__(self) -> None:
        self.wanted = True

    def connect(self) -> None:
        self.wanted = True

    def disconnect(self) -> None:
        self.wanted = False

    def state(self) -> Mapping[str, object]:
        return {"wanted": self.wanted, "url": "ws://127.0.0.1:9000/ocpp"}


class NotedBench:
    """Writes down what was done to it; EVSE 2's plug is stuck."""

    def __init__(self) -> None:
        self.deeds: list[tuple[object, ...]] = []

    def park(self, evse: int, *, occupied: bool) -> None:
        self.deeds.append(("park", evse, occupied))

    def plug(self, evse: int, cable_a: float) -> None:
        self.deeds.append(("plug", evse, cable_a))

    def unplug(self, evse: int, *, vehicle_side: bool) -> None:
        if evse == 2:
            raise BenchError("the plug of EVSE 2 is locked")
        self.deeds.append(("unplug", evse, vehicle_side))

    def appliance(self, evse: int, current_a: float | None) -> None:
        self.deeds.append(("appliance", evse, current_a))

    def vehicle(self, evse: int, wishes: Mapping[str, object]) -> Mapping[str, object]:
        self.deeds.append(("vehicle", evse, dict(wishes)))
        return {"max_a": 16.0, **wishes}

    def house(self, wishes: Mapping[str, object]) -> Mapping[str, object]:
        self.deeds.append(("house", dict(wishes)))
        return {"base_a": 1.0, **wishes}

    def swipe(self, uid: str, reader: int) -> None:
        self.deeds.append(("swipe", uid, reader))

    def pay(self, card: str, reader: int) -> None:
        self.deeds.append(("pay", card, reader))

    def present(self, token: Token, reader: int) -> None:
        self.deeds.append(("present", token, reader))

    def look(self) -> Mapping[str, object]:
        return {"deeds": len(self.deeds)}


class NotedTroubles:
    """Knows two, one of which this station cannot have."""

    possible = (
        Trouble("hiccups", "it hiccups", parameters=(Parameter("times", "how often", 3.0, 1, 9),)),
        Trouble("no-modem", "it has no modem"),
    )

    def __init__(self) -> None:
        self.ongoing: list[Ongoing] = []

    async def begin(self, trouble: str, evse: int, given: Mapping[str, object]) -> None:
        found = {one.name: one for one in self.possible}.get(trouble)
        if found is None:
            raise ValueError(f"there is none called {trouble}")
        if trouble == "no-modem":
            raise BenchError("no modem in this station")
        self.ongoing.append(Ongoing(trouble, evse, found.read(given)))

    def end(self, trouble: str, evse: int) -> None:
        self.ongoing = [one for one in self.ongoing if (one.trouble, one.evse) != (trouble, evse)]


class NotedPace:
    """Goes as quickly as is wished, unless it is fixed."""

    def __init__(self, fixed: str = "") -> None:
        self.speed = 1.0
        self.fixed = fixed

    def go(self, speed: float) -> None:
        if self.fixed:
            raise BenchError(self.fixed)
        self.speed = speed


class NoShowcase:
    """Stands for one in the document; nobody asks it anything."""

    @property
    def certificate(self) -> ServerCertificate:
        raise NotImplementedError

    def replace(self, chain: str, key: str, utc: float) -> None: ...


@pytest.fixture
def events() -> EventStream:
    """Return a stream nobody listens to yet."""
    return EventStream()


@pytest.fixture
def desk(events: EventStream) -> TinyDesk:
    """Return the desk of a station that has just started."""
    return TinyDesk(events)


@pytest.fixture
def link() -> NotedLink:
    """Return a link that is wanted."""
    return NotedLink()


@pytest.fixture
def bench() -> NotedBench:
    """Return a bench nothing was done to."""
    return NotedBench()


@pytest.fixture
def troubles() -> NotedTroubles:
    """Return a station where all is well."""
    return NotedTroubles()


@pytest.fixture
def cuts() -> list[str]:
    """Return the power cuts so far: none."""
    return []


@pytest.fixture
def cut(cuts: list[str]) -> Callable[[], Awaitable[None]]:
    """Return what cuts the power."""

    async def note() -> None:
        cuts.append("cut")

    return note


@pytest.fixture
def door() -> Door:
    """Return the door of a station whose owner has no password yet."""
    return Door()


@pytest.fixture
def entrance(door: Door) -> Entrance:
    """Return where people log in; nobody has."""
    return Entrance(door.doorman, Logins())


@pytest.fixture
def app(
    desk: TinyDesk,
    events: EventStream,
    link: NotedLink,
    bench: NotedBench,
    troubles: NotedTroubles,
    cut: Callable[[], Awaitable[None]],
    entrance: Entrance,
) -> FastAPI:
    """Return the whole API."""
    return make_app(desk, events, link, bench, cut, troubles=troubles, entrance=entrance)


@pytest.fixture
async def api(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """Return a client of the whole API."""
    async with client(app) as connected:
        yield connected


def client(app: FastAPI, *, raises: bool = True) -> httpx.AsyncClient:
    """Return a client that calls `app` in this process and checks each reply's shape."""
    described = whole_document()

    async def check(response: httpx.Response) -> None:
        await response.aread()
        shape = promised(described, response)
        if shape is not None:
            whole = {"components": described["components"], **shape}
            Draft202012Validator(whole).validate(response.json())

    transport = httpx.ASGITransport(app, raise_app_exceptions=raises)
    hooks = {"response": [check]}
    return httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1", event_hooks=hooks)


@cache
def whole_document() -> dict[str, Any]:
    """Return the document of a station that has everything, made once."""

    async def cut() -> None:
        """Do nothing."""

    events = EventStream()
    desk, link, bench = TinyDesk(events), NotedLink(), NotedBench()
    troubles = NotedTroubles()
    whole = make_app(
        desk,
        events,
        link,
        bench,
        cut,
        troubles=troubles,
        security_log=lambda *_: (),
        certificates=tuple,
        showcase=NoShowcase(),
        pace=NotedPace(),
        history=MadeUpPast(),
        entrance=Entrance(Door().doorman, Logins()),
        log_book=MadeUpLog(),
        messages=MadeUpMessages(),
        slot=MemorySlot(),
    )
    return document(whole)


def promised(described: dict[str, Any], response: httpx.Response) -> dict[str, Any] | None:
    """Return the schema that the document promises for this response; None for no JSON."""
    request, status = response.request, response.status_code
    if status >= 400:
        return {"$ref": "#/components/schemas/ProblemReply"}
    for path, operations in described["paths"].items():
        if re.fullmatch(re.sub(r"{\w+}", "[^/]+", path), request.url.path):
            told = operations[request.method.lower()]["responses"][str(status)]
            shape: dict[str, Any] | None = (
                told.get("content", {}).get("application/json", {}).get("schema")
            )
            return shape
    assert request.url.path == "/v1/openapi.json"
    return None
