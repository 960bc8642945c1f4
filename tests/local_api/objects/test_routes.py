"""`/api/prop` and `/api/categories` answer every way of asking that clients have."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable

import httpx
import pytest
from fastapi import FastAPI, HTTPException, Request
from hypothesis import given
from hypothesis import strategies as st

from laadpaal.local_api import problems
from laadpaal.local_api.objects import router
from laadpaal.local_api.objects.routes import _asked, _items
from laadpaal.local_api.problems import Problem
from laadpaal.local_api.server import serve
from tests.local_api.objects.conftest import PLAIN, Box

TYPE = "alfen/json; charset=utf-8"


async def who(request: Request) -> str:
    """Take the name that somebody gives; nobody is turned away."""
    name = request.headers.get("x-user", "admin")
    if name == "nobody":
        raise HTTPException(401)
    return name


def app_of(box: Box) -> FastAPI:
    """Return an application with nothing but the objects."""
    app = FastAPI()
    problems.install(app)
    app.include_router(router(box.objects, who))
    return app


@pytest.fixture
async def api(box: Box) -> AsyncIterator[httpx.AsyncClient]:
    """Return a client of the objects of a station that has everything."""
    transport = httpx.ASGITransport(app_of(box))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        yield client


def ids(reply: httpx.Response) -> list[str]:
    """Return the ids of a page."""
    assert reply.status_code == 200
    return [one["id"] for one in reply.json()["properties"]]


async def test_categories_have_a_version(api: httpx.AsyncClient) -> None:
    """Clients want one, and a list that is not empty."""
    reply = await api.get("/api/categories")

    assert reply.headers["content-type"] == TYPE
    told = reply.json()
    assert told["version"] == 2
    assert {"generic", "generic2", "meter1", "meter2", "states", "MbusTCP"} <= set(
        told["categories"]
    )


async def test_a_page_as_stations_send_it(api: httpx.AsyncClient) -> None:
    """All members are there, numbers are numbers, and it says how much there is."""
    reply = await api.get("/api/prop?cat=meter1&offset=32")

    told = reply.json()
    assert reply.headers["content-type"] == TYPE
    assert (told["version"], told["offset"], told["total"]) == (2, 32, 44)
    assert len(told["properties"]) == 12
    assert list(told["properties"][0]) == ["id", "access", "type", "len", "cat", "value"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("ids=2129_0,205E_0", ["2129_0", "205E_0"]),
        ("ids=2129_0%2C205E_0", ["2129_0", "205E_0"]),
        ("ids=2129_0&ids=205E_0", ["2129_0", "205E_0"]),
        ("id=2129_0", ["2129_0"]),
        ("ids=205e_0", ["205E_0"]),
        ("ids=205E_00", ["205E_0"]),
        ("ids=0205E_0", ["205E_0"]),
        ("ids=FFFF_0,2129_0", ["2129_0"]),
        ("ids=2129_0,,205E_0,", ["2129_0", "205E_0"]),
        ("ids=", []),
        ("ids=FFFF_0", []),
        ("cat=generic&ids=2129_0", ["2129_0"]),
        ("cat=nothing", []),
        ("cat=GENERIC", []),
        ("cat=", []),
        ("cat=temp", ["2200_0", "2201_0", "2202_0", "2203_0"]),
        ("offset=1&cat=temp&limit=2", ["2201_0", "2202_0"]),
        ("cat=temp&limit=500&offset=0", ["2200_0", "2201_0", "2202_0", "2203_0"]),
        ("cat=temp&offset=&limit=", ["2200_0", "2201_0", "2202_0", "2203_0"]),
        ("cat=temp&offset=4", []),
        ("cat=temp&offset=999999999", []),
        ("cat=temp&colour=red", ["2200_0", "2201_0", "2202_0", "2203_0"]),
        ("cat=leds&cat=temp", ["2200_0", "2201_0", "2202_0", "2203_0"]),
    ],
)
async def test_every_way_to_ask(api: httpx.AsyncClient, query: str, expected: list[str]) -> None:
    """In any order, with commas as they are or encoded, repeated, padded, in lower case."""
    assert ids(await api.get(f"/api/prop?{query}")) == expected


async def test_without_a_query_all_are_told(api: httpx.AsyncClient) -> None:
    """Page by page, and as many at once as somebody wants, up to a bound."""
    page = (await api.get("/api/prop")).json()
    assert (len(page["properties"]), page["offset"]) == (32, 0)

    whole = (await api.get("/api/prop?limit=999999999")).json()
    assert len(whole["properties"]) == whole["total"] == page["total"]


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("cat=temp&offset=-1", "offset: '-1' is not a whole number"),
        ("cat=temp&limit=many", "limit: 'many' is not a whole number"),
        ("cat=temp&limit=0", "limit: 0 is less than 1"),
        ("cat=temp&offset=12345678901", "offset: '12345678901' is not a whole number"),
        ("offset=%D9%A3", "offset: '٣' is not a whole number"),
    ],
)
async def test_what_cannot_be_asked(api: httpx.AsyncClient, query: str, why: str) -> None:
    """The answer names what was wrong."""
    reply = await api.get(f"/api/prop?{query}")

    assert reply.status_code == 400
    assert reply.headers["content-type"] == TYPE
    assert reply.json() == {"code": "bad_request", "message": "Bad Request", "detail": why}


@pytest.mark.parametrize(
    "body",
    [
        '{"2129_0":{"id":"2129_0","value":13}}',
        '{"2129_0":{"id":"2129_0","value":"13"}}',
        '{"anything":{"id":"2129_0","value":"13.0"}}',
        '{"OD_x":{"id":"02129_00","value":13.0,"more":null}}',
    ],
)
async def test_a_write_is_answered_by_nothing(api: httpx.AsyncClient, box: Box, body: str) -> None:
    """An empty body, which every client takes for a yes."""
    reply = await api.post("/api/prop", content=body)

    assert (reply.status_code, reply.content) == (200, b"")
    assert reply.headers["content-length"] == "0"
    assert box.value("2129_0") == 13


async def test_a_write_of_many(api: httpx.AsyncClient, box: Box) -> None:
    """More than fifteen at once are welcome too."""
    lines = {f"x{n}": {"id": f"2098_{n}", "value": 0} for n in range(1, 10)}
    more = {"a": {"id": "2129_0", "value": 10}, "b": {"id": "3129_0", "value": "11"}}
    reply = await api.post("/api/prop", json=lines | more)

    assert reply.status_code == 200
    assert (box.value("2129_0"), box.value("3129_0"), box.value("2098_1")) == (10, 11, 0)


async def test_a_refused_write_tells_each_item(api: httpx.AsyncClient, box: Box) -> None:
    """Which would have been written, which not, and why."""
    body = {"a": {"id": "2129_0", "value": 10}, "b": {"id": "2129_9", "value": 1}}
    reply = await api.post("/api/prop", json=body)

    assert reply.status_code == 400
    assert reply.json() == {
        "code": "bad_request",
        "message": "Bad Request",
        "detail": "2129_9: there is no object 2129_9",
        "items": [
            {"id": "2129_0", "accepted": True, "why": ""},
            {"id": "2129_9", "accepted": False, "why": "there is no object 2129_9"},
        ],
    }
    assert box.value("2129_0") == 16


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("", "the body is no JSON"),
        ("{", "the body is no JSON"),
        ('{"a":nan}', "the body is no JSON"),
        (b"\xff\xfe", "the body is no JSON"),
        ("[" * 100_000, "the body is no JSON"),
        ("[]", "the body is not an object of objects"),
        ("null", "the body is not an object of objects"),
        ("{}", "0 members are not in 1..1000"),
        ('{"a":1}', "a has no id"),
        ('{"a":{"value":1}}', "a has no id"),
        ('{"a":{"id":1,"value":1}}', "a has no id"),
        ('{"a":{"id":"2129_0"}}', "a has no value"),
        ('{"a":{"id":"2129_0","value":1},"b":{"id":"2129_0","value":2}}', "2129_0 is there twice"),
    ],
)
async def test_a_body_that_means_nothing(
    api: httpx.AsyncClient, box: Box, body: str | bytes, why: str
) -> None:
    """Nothing is written, and the answer names what was wrong."""
    reply = await api.post("/api/prop", content=body)

    assert reply.status_code == 400
    assert reply.json()["code"] == "bad_request"
    assert reply.json()["detail"].startswith(why)
    assert box.desk.asked == []


async def test_a_value_of_null_is_no_value(api: httpx.AsyncClient) -> None:
    """Neither a number nor a text."""
    for id_ in ("2129_0", "2063_0"):
        reply = await api.post("/api/prop", json={"a": {"id": id_, "value": None}})
        assert reply.status_code == 400


async def test_who_asks_is_known(api: httpx.AsyncClient) -> None:
    """Whoever is not, gets nothing; some may only read."""
    body = {"a": {"id": "2129_0", "value": 10}}
    for path in ("/api/prop", "/api/categories"):
        assert (await api.get(path, headers={"x-user": "nobody"})).status_code == 401
    assert (await api.post("/api/prop", json=body, headers={"x-user": "nobody"})).status_code == 401

    assert (await api.get("/api/prop", headers={"x-user": "end user"})).status_code == 200
    refused = await api.post("/api/prop", json=body, headers={"x-user": "end user"})
    assert refused.json()["detail"] == "2129_0: the user end user may only read"


async def test_over_a_socket() -> None:
    """The same over a real connection that is kept, with lengths and no chunks."""
    box = Box(PLAIN)
    async with (
        serve(app_of(box), "127.0.0.1", 0) as port,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client,
    ):
        first = await client.get("/api/prop?cat=generic&offset=0")
        received = ids(first)
        while len(received) < first.json()["total"]:
            received += ids(await client.get(f"/api/prop?cat=generic&offset={len(received)}"))
        written = await client.post("/api/prop", json={"x": {"id": "2063_0", "value": "04AA"}})

        assert len(received) == len(set(received)) == first.json()["total"]
        assert first.headers["content-length"] == str(len(first.content))
        assert written.headers["content-length"] == "0"
        assert ids(await client.get("/api/prop?ids=2063_0")) == ["2063_0"]


def said(asking: Callable[[], object]) -> object:
    """Return what comes of asking: something, or the sentence of a refusal."""
    try:
        return asking()
    except Problem as wrong:
        return str(wrong)


@given(st.binary(max_size=200) | st.recursive(st.none() | st.text(), st.lists).map(json.dumps))
def test_no_body_breaks_it(body: bytes | str) -> None:
    """It is items, or a sentence that says why not."""
    assert said(lambda: _items(body if isinstance(body, bytes) else body.encode()))


@given(st.lists(st.tuples(st.sampled_from(["cat", "ids", "id", "offset", "limit"]), st.text())))
def test_no_query_breaks_it(query: list[tuple[str, str]]) -> None:
    """It is a page, or a sentence that says why not."""
    assert said(lambda: _asked(OBJECTS, query))


OBJECTS = Box(PLAIN).objects
