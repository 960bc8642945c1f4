"""The OpenAPI document names each route, and describes what really goes in and out."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from jsonschema import Draft202012Validator

from laadpaal.local_api.app import make_app
from laadpaal.local_api.events import EventStream
from laadpaal.local_api.render import to_json
from laadpaal.local_api.schema import NOTICES, document
from tests.local_api.conftest import NotedBench, NotedLink, NotedTroubles, TinyDesk, promised

ALWAYS = {
    "GET /metrics",
    "GET /v1/health",
    "GET /v1/station",
    "POST /v1/station/reset",
    "GET /v1/events",
    "GET /v1/properties",
    "GET /v1/why/{n}",
    "GET /v1/properties/{id}",
    "PUT /v1/properties/{id}",
    "PUT /v1/limits/external/{source}",
    "GET /v1/cards",
    "DELETE /v1/cards",
    "PUT /v1/enrolling",
    "PUT /v1/cards/{number}",
    "DELETE /v1/cards/{number}",
    "DELETE /v1/limits/external/{source}",
    "POST /v1/evses/{n}/start",
    "POST /v1/evses/{n}/stop",
    "POST /v1/evses/{n}/unlock",
    "PUT /v1/evses/{n}/phases",
}
LINK = {"GET /v1/csms", "POST /v1/csms/connect", "POST /v1/csms/disconnect"}
BENCH = {
    "GET /v1/bench",
    "POST /v1/bench/evses/{n}/appliance",
    "POST /v1/bench/evses/{n}/bay",
    "POST /v1/bench/evses/{n}/plug",
    "POST /v1/bench/evses/{n}/unplug",
    "POST /v1/bench/evses/{n}/vehicle",
    "GET /v1/bench/house",
    "POST /v1/bench/house",
    "POST /v1/bench/cards",
    "POST /v1/bench/payment-cards",
    "POST /v1/bench/tokens",
}
TROUBLES = {"GET /v1/bench/faults", "POST /v1/bench/faults"}
ENTRANCE = {
    "GET /v1/session",
    "POST /v1/session",
    "DELETE /v1/session",
    "PUT /v1/password",
    "GET /v1/accounts",
    "PUT /v1/accounts/{user}",
    "DELETE /v1/accounts/{user}",
    "DELETE /v1/accounts/{user}/sessions",
    "DELETE /v1/accounts/{user}/lockout",
    "DELETE /v1/lockouts/{address}",
}
CUT = {"POST /v1/bench/power-cut"}
BODIES = [
    ("/v1/session", "post", {"user": "admin", "password": "x"}, {"user": "admin"}),
    ("/v1/password", "put", {"password": "x", "old": "y"}, {"password": 1}),
    ("/v1/accounts/{user}", "put", {"password": "x", "hours": 72}, {"password": "x", "hours": 73}),
    ("/v1/station/reset", "post", {"kind": "on idle"}, {"kind": "warm"}),
    ("/v1/evses/{n}/start", "post", {"token": "04A1"}, {"token": ""}),
    ("/v1/evses/{n}/phases", "put", {"phases": 1, "source": "ems"}, {"phases": "1"}),
    ("/v1/evses/{n}/unlock", "post", {"connector": 1, "stops": True}, {"connector": "1"}),
    ("/v1/limits/external/{source}", "put", {"limit": 10.0}, {"limit": "10"}),
    ("/v1/properties/{id}", "put", {"value": 1.5}, {"value": None}),
    ("/v1/bench/evses/{n}/plug", "post", {"cable_a": 20}, {"cable_a": 0}),
    ("/v1/bench/evses/{n}/unplug", "post", {"vehicle_side": True}, {"vehicle_side": 1}),
    ("/v1/bench/evses/{n}/vehicle", "post", {"soc": 0.5}, []),
    ("/v1/bench/house", "post", {"base_a": 4.5}, []),
    ("/v1/bench/cards", "post", {"uid": "04A1", "reader": 1}, {"uid": "4A1"}),
    ("/v1/bench/tokens", "post", {"kind": "KeyCode", "token": "1234"}, {"kind": "Rfid"}),
    ("/v1/bench/faults", "post", {"evse": 1, "code": 201}, {"evse": 1}),
    ("/v1/bench/faults", "post", {"evse": 1, "trouble": "hiccups"}, {"evse": 1, "trouble": 1}),
]


def operations(app: FastAPI) -> set[str]:
    """Return every method and path of the document."""
    paths = document(app)["paths"].items()
    return {f"{method.upper()} {path}" for path, verbs in paths for method in verbs}


def schemas(described: dict[str, Any], schema: dict[str, Any]) -> Draft202012Validator:
    """Return what checks values against a schema of the document."""
    return Draft202012Validator({"components": described["components"], **schema})


def test_each_route_is_there(app: FastAPI) -> None:
    """Exactly these."""
    assert operations(app) == ALWAYS | LINK | BENCH | TROUBLES | CUT | ENTRANCE


def test_what_the_station_lacks_has_no_routes(desk: TinyDesk, events: EventStream) -> None:
    """No link, no bench, no power cut."""
    assert operations(make_app(desk, events)) == ALWAYS
    assert operations(make_app(desk, events, NotedLink())) == ALWAYS | LINK
    assert operations(make_app(desk, events, bench=NotedBench())) == ALWAYS | BENCH
    made = make_app(desk, events, bench=NotedBench(), troubles=NotedTroubles())
    assert operations(made) == ALWAYS | BENCH | TROUBLES


async def test_the_document_is_served(api: httpx.AsyncClient, app: FastAPI) -> None:
    """As OpenAPI 3.1, twice the same."""
    first = (await api.get("/v1/openapi.json")).json()
    second = (await api.get("/v1/openapi.json")).json()

    assert first["openapi"].startswith("3.1")
    assert first == second == json.loads(to_json(document(app)))


def test_all_schemas_are_schemas_and_all_references_lead_somewhere(app: FastAPI) -> None:
    """Each component is JSON Schema, and what refers to one finds it."""
    described = document(app)
    names = described["components"]["schemas"]

    assert len(names) > 40
    for schema in names.values():
        Draft202012Validator.check_schema(schema)
    assert {reference.rpartition("/")[2] for reference in references(described)} <= set(names)


def references(part: object) -> set[str]:
    """Return every reference in a part of the document."""
    match part:
        case {"$ref": str(reference)}:
            return {reference}
        case dict():
            return set().union(*(references(value) for value in part.values()))
        case list():
            return set().union(*(references(value) for value in part))
        case _:
            return set()


@pytest.mark.parametrize(("path", "method", "good", "bad"), BODIES)
def test_bodies_are_described(
    app: FastAPI, path: str, method: str, good: object, bad: object
) -> None:
    """What the route takes is valid, what it refuses is not, and no member is unknown."""
    described = document(app)
    body = described["paths"][path][method]["requestBody"]
    check = schemas(described, body["content"]["application/json"]["schema"])

    assert check.is_valid(good)
    assert not check.is_valid(bad)
    if not path.endswith(("vehicle", "house")):
        assert not check.is_valid({"colour": 1, "evse": 1, "code": 1})


def test_every_reply_is_described(app: FastAPI) -> None:
    """Each success has a schema or no body at all, and each may be a problem instead."""
    for path, verbs in document(app)["paths"].items():
        for verb in verbs.values():
            told = verb["responses"]
            assert "ProblemReply" in str(told["4XX"]), path
            assert all("schema" in str(told[status]) for status in told if status != "204"), path


def test_notices_are_as_described(desk: TinyDesk, app: FastAPI) -> None:
    """What the stream sends of a day at the station fits the schema of the notice's name."""
    described = document(app)
    world = desk.world
    world.online()
    world.plug(1)
    world.swipe()
    world.pass_time(130)

    assert {notice.__name__ for notice in NOTICES} <= set(described["components"]["schemas"])
    assert len({type(notice) for notice in world.notices}) > 3
    for notice in world.notices:
        name = type(notice).__name__
        check = schemas(described, {"$ref": f"#/components/schemas/{name}"})
        check.validate(json.loads(to_json(notice)))


def test_the_check_of_every_reply_has_teeth(app: FastAPI) -> None:
    """What these tests hold each reply against does refuse a reply of another shape."""
    described = document(app)
    request = httpx.Request("GET", "http://localhost/v1/properties/2087_0")
    shape = promised(described, httpx.Response(200, request=request))

    assert shape is not None
    assert not schemas(described, shape).is_valid({"id": "2087_0", "value": 60})
