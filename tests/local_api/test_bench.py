"""`/v1/bench`: the world around the station, where there is one."""

from __future__ import annotations

import httpx
import pytest

from laadpaal.local_api.app import make_app
from laadpaal.local_api.events import EventStream
from laadpaal.station.events import FaultCleared, FaultRaised
from laadpaal.station.words import NOBODY, Token, TokenKind
from tests.local_api.conftest import NotedBench, NotedTroubles, TinyDesk, client

DEEDS = [
    ("evses/1/plug", None, ("plug", 1, 32.0)),
    ("evses/1/plug", {"cable_a": 20}, ("plug", 1, 20.0)),
    ("evses/1/unplug", None, ("unplug", 1, False)),
    ("evses/1/unplug", {"vehicle_side": True}, ("unplug", 1, True)),
    ("evses/2/vehicle", {"max_a": 10}, ("vehicle", 2, {"max_a": 10})),
    ("evses/2/vehicle", {}, ("vehicle", 2, {})),
    ("house", {"base_a": 4, "extra_a": [0, 9, 0]}, ("house", {"base_a": 4, "extra_a": [0, 9, 0]})),
    ("house", {}, ("house", {})),
    ("evses/2/appliance", {"current_a": 8.5}, ("appliance", 2, 8.5)),
    ("evses/2/appliance", {}, ("appliance", 2, None)),
    ("evses/1/bay", None, ("park", 1, True)),
    ("evses/2/bay", {"occupied": False}, ("park", 2, False)),
    ("cards", {"uid": "04A1B2C3"}, ("swipe", "04A1B2C3", 0)),
    ("payment-cards", {"card": "girocard", "reader": 2}, ("pay", "girocard", 2)),
    ("cards", {"uid": "04a1b2c3", "reader": 2}, ("swipe", "04a1b2c3", 2)),
    (
        "tokens",
        {"kind": "KeyCode", "token": "1234", "reader": 1},
        ("present", Token("1234", TokenKind.KEY_CODE), 1),
    ),
    ("tokens", {"kind": "NoAuthorization"}, ("present", NOBODY, 0)),
]


@pytest.mark.parametrize(("path", "body", "deed"), DEEDS)
async def test_the_bench_is_moved(
    api: httpx.AsyncClient, bench: NotedBench, path: str, body: object, deed: tuple[object, ...]
) -> None:
    """Each route does its one thing."""
    response = await api.post(f"/v1/bench/{path}", json=body)

    assert response.status_code == 200
    assert bench.deeds == [deed]


async def test_the_bench_is_shown(api: httpx.AsyncClient, bench: NotedBench) -> None:
    """Before and after something was done; a vehicle answers with its traits."""
    before = (await api.get("/v1/bench")).json()
    after = (await api.post("/v1/bench/evses/1/plug")).json()
    traits = (await api.post("/v1/bench/evses/1/vehicle", json={"soc": 0.5})).json()

    assert (before, after) == ({"deeds": 0}, {"deeds": 1})
    assert traits == {"max_a": 16.0, "soc": 0.5}
    assert len(bench.deeds) == 2


async def test_the_house_is_shown(api: httpx.AsyncClient, bench: NotedBench) -> None:
    """To look changes nothing."""
    assert (await api.get("/v1/bench/house")).json() == {"base_a": 1.0}
    assert bench.deeds == [("house", {})]


@pytest.mark.parametrize(
    ("body", "event"),
    [
        ({"evse": 1, "code": 201}, FaultRaised(1, 201)),
        ({"evse": 0, "code": 401, "active": True}, FaultRaised(0, 401)),
        ({"evse": 2, "code": 201, "active": False}, FaultCleared(2, 201)),
    ],
)
async def test_faults_are_told_to_the_station(
    api: httpx.AsyncClient, desk: TinyDesk, body: object, event: FaultRaised | FaultCleared
) -> None:
    """A row of the error table is a fact for the station's inbox."""
    response = await api.post("/v1/bench/faults", json=body)

    assert desk.happenings == [event]
    assert (response.status_code, response.json()["answer"]) == (202, "accepted")


@pytest.mark.parametrize(
    ("path", "body"),
    [("evses/2/unplug", None), ("faults", {"trouble": "no-modem"})],
)
async def test_what_the_bench_cannot_do_is_a_conflict(
    api: httpx.AsyncClient, path: str, body: object
) -> None:
    """The bench's own sentence."""
    response = await api.post(f"/v1/bench/{path}", json=body)

    assert (response.status_code, response.json()["reason"]) == (409, "BenchError")
    assert response.json()["detail"] in {"the plug of EVSE 2 is locked", "no modem in this station"}


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("evses/3/plug", None),
        ("evses/0/unplug", None),
        ("evses/3/vehicle", {}),
        ("faults", {"evse": 3, "code": 201}),
        ("faults", {"evse": -1, "trouble": "hiccups"}),
    ],
)
async def test_an_unknown_evse_is_not_found(
    api: httpx.AsyncClient, desk: TinyDesk, bench: NotedBench, path: str, body: object
) -> None:
    """Nothing is touched."""
    response = await api.post(f"/v1/bench/{path}", json=body)

    assert (response.status_code, response.json()["reason"]) == (404, "UnknownEvse")
    assert (desk.happenings, bench.deeds) == ([], [])


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("evses/1/plug", {"cable_a": 0}),
        ("evses/1/plug", {"cable_a": 81}),
        ("evses/1/plug", {"cable_a": "32"}),
        ("evses/1/plug", {"cable_a": True}),
        ("evses/1/plug", {"rating_a": 32}),
        ("evses/1/unplug", {"vehicle_side": "yes"}),
        ("evses/1/vehicle", None),
        ("evses/1/vehicle", []),
        ("house", None),
        ("house", [1]),
        ("cards", None),
        ("cards", {}),
        ("cards", {"uid": "04A"}),
        ("cards", {"uid": "no card"}),
        ("cards", {"uid": "04" * 11}),
        ("cards", {"uid": "04", "reader": "0"}),
        ("faults", {"evse": 1}),
        ("faults", {"code": 201}),
        ("faults", {"evse": 1, "code": "201"}),
        ("faults", {"evse": 1, "code": 201, "trouble": "hiccups"}),
        ("faults", {"evse": 1, "code": 201, "on": True}),
        ("faults", {"evse": 1, "trouble": "hiccups", "active": True}),
        ("faults", {"trouble": "hiccups", "parameters": {"times": None}}),
    ],
)
async def test_bad_bodies_are_told(
    api: httpx.AsyncClient, desk: TinyDesk, bench: NotedBench, path: str, body: object
) -> None:
    """Each place that is wrong; nothing is touched."""
    response = await api.post(f"/v1/bench/{path}", json=body)

    assert response.status_code == 422
    assert response.json()["errors"]
    assert (desk.happenings, bench.deeds) == ([], [])


async def test_an_unknown_code_is_a_bad_value(api: httpx.AsyncClient, desk: TinyDesk) -> None:
    """Only rows of the error table."""
    response = await api.post("/v1/bench/faults", json={"evse": 1, "code": 999})

    assert desk.happenings == []
    assert (response.status_code, response.json()["reason"]) == (422, "InvalidValue")


async def test_a_trouble_begins_and_ends(api: httpx.AsyncClient) -> None:
    """The answer is what can go wrong, and what does; the same can be asked for."""
    before = (await api.get("/v1/bench/faults")).json()
    wish = {"trouble": "hiccups", "evse": 2, "parameters": {"times": 5}}
    begun = (await api.post("/v1/bench/faults", json=wish)).json()
    seen = (await api.get("/v1/bench/faults")).json()
    ended = (
        await api.post("/v1/bench/faults", json={"trouble": "hiccups", "evse": 2, "on": False})
    ).json()

    assert [one["name"] for one in before["possible"]] == ["hiccups", "no-modem"]
    assert before["possible"][0]["parameters"][0]["highest"] == 9
    assert begun["on"] == [{"trouble": "hiccups", "evse": 2, "parameters": {"times": 5.0}}]
    assert (seen, ended) == (begun, before)


@pytest.mark.parametrize(
    ("wish", "detail"),
    [
        ({"trouble": "sneezes"}, "there is none called sneezes"),
        (
            {"trouble": "hiccups", "parameters": {"times": 10}},
            "times: it is a number from 1 to 9, not 10",
        ),
    ],
)
async def test_no_such_trouble_is_a_bad_value(
    api: httpx.AsyncClient, troubles: NotedTroubles, wish: object, detail: str
) -> None:
    """The sentence names what can be."""
    response = await api.post("/v1/bench/faults", json=wish)

    assert (response.status_code, response.json()["reason"]) == (422, "InvalidValue")
    assert response.json()["detail"] == detail
    assert troubles.ongoing == []


async def test_the_power_is_cut(api: httpx.AsyncClient, cuts: list[str]) -> None:
    """Awaited before the answer, which is empty."""
    response = await api.post("/v1/bench/power-cut")

    assert (response.status_code, response.content) == (204, b"")
    assert cuts == ["cut"]


async def test_without_a_power_cut_there_is_no_route(
    desk: TinyDesk, events: EventStream, bench: NotedBench
) -> None:
    """The rest of the bench is there all the same."""
    async with client(make_app(desk, events, bench=bench)) as api:
        cut = await api.post("/v1/bench/power-cut")
        seen = await api.get("/v1/bench")

    assert (cut.status_code, seen.status_code) == (404, 200)


@pytest.mark.parametrize("path", ["evses/1/plug", "evses/1/vehicle", "cards", "faults"])
async def test_without_a_bench_there_are_no_routes(
    desk: TinyDesk, events: EventStream, path: str
) -> None:
    """A real station has no world to move."""
    async with client(make_app(desk, events)) as api:
        moved = await api.post(f"/v1/bench/{path}", json={})
        seen = await api.get("/v1/bench")

    assert (moved.status_code, seen.status_code) == (404, 404)
