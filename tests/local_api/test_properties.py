"""`/v1/properties`: read by everybody, written by id, secrets never shown."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import httpx
import pytest

from laadpaal.local_api.app import make_app
from laadpaal.local_api.events import EventStream
from laadpaal.properties import comms
from laadpaal.properties.book import BOOK
from laadpaal.properties.kinds import Hidden, Secret, Text, Whole
from laadpaal.properties.rows import Key, Property, Reading, Scope, Setting, Variable
from laadpaal.station import readings
from laadpaal.station.layout import Layout
from laadpaal.station.requests import WriteSetting
from laadpaal.station.words import By
from tests.local_api.conftest import TinyDesk, client

VOLTAGE = Reading(id="9999_0", kind=Whole(0, 500, "V"), help="Voltage.", scope=Scope.EVSE)
PASSWORD = Setting(
    id="9998_0",
    kind=Secret(40),
    default=Hidden("swordfish"),
    help="Password.",
    restart=True,
    variables=(Variable("SecurityCtrlr", "BasicAuthPassword"), Variable("X", "Y", "Z")),
)
PIN = Setting(id="9998_1", kind=Text(8), default="1234", help="Pin.", secret=True)
SEALED = Reading(id="9999_1", kind=Secret(40), help="Key.", keys=(Key("Sealed"),))
ROWS: tuple[Property[Any], ...] = (*BOOK, VOLTAGE, PASSWORD, PIN, SEALED)


@pytest.fixture
async def api(desk: TinyDesk, events: EventStream) -> AsyncIterator[httpx.AsyncClient]:
    """Return a client of an API whose book has readings and secrets too."""
    app = make_app(desk, events, book={row.id: row for row in ROWS})
    async with client(app) as connected:
        yield connected


async def test_all_properties_are_listed(api: httpx.AsyncClient) -> None:
    """Each row of the book that the station has something of, in its order."""
    listed = (await api.get("/v1/properties")).json()

    there = [row.id for row in ROWS if readings.places(row, Layout())]
    assert list(dict.fromkeys(entry["id"] for entry in listed)) == there


async def test_a_prefix_chooses(api: httpx.AsyncClient) -> None:
    """Only ids that begin so; a setting of each EVSE has the station's value too."""
    listed = (await api.get("/v1/properties", params={"prefix": "2129"})).json()

    assert [(e["id"], e["evse"]) for e in listed] == [("2129_0", 0), ("2129_0", 1), ("2129_0", 2)]
    assert (await api.get("/v1/properties", params={"prefix": "nothing"})).json() == []


async def test_a_setting_is_shown_whole(api: httpx.AsyncClient) -> None:
    """Value, bounds, rights and names."""
    assert (await api.get("/v1/properties/2087_0")).json() == {
        "id": "2087_0",
        "evse": 0,
        "connector": 0,
        "help": "Seconds between meter values inside a transaction; 0 is off.",
        "type": "integer",
        "unit": "s",
        "low": 0,
        "high": 86400,
        "choices": [],
        "value": "60",
        "default": "60",
        "secret": False,
        "scope": "station",
        "access": "operator",
        "fixed": False,
        "restart": False,
        "pending": False,
        "keys": ["MeterValueSampleInterval"],
        "variables": ["SampledDataCtrlr.TxUpdatedInterval"],
    }


async def test_a_connector_has_its_own_value(api: httpx.AsyncClient) -> None:
    """A property of connectors is listed for each, and asked for with both numbers."""
    listed = (await api.get("/v1/properties", params={"prefix": "2A02_2"})).json()
    one = await api.get("/v1/properties/2A02_2", params={"evse": 2, "connector": 1})

    assert [(e["evse"], e["connector"], e["value"]) for e in listed] == [
        (1, 1, "sType2"),
        (2, 1, "sType2"),
    ]
    assert one.json() == listed[1]
    assert one.json()["scope"] == "connector"


async def test_a_reading_is_live(api: httpx.AsyncClient) -> None:
    """Its value comes from the station, for each EVSE."""
    seen = (await api.get("/v1/properties/9999_0", params={"evse": 2})).json()

    assert (seen["value"], seen["default"], seen["access"]) == ("232", None, None)


@pytest.mark.parametrize("name", ["9998_0", "9998_1", "9999_1", "2711_0"])
async def test_secrets_are_never_shown(api: httpx.AsyncClient, name: str) -> None:
    """Neither value nor default, alone or in the list."""
    one = await api.get(f"/v1/properties/{name}")
    listed = await api.get("/v1/properties", params={"prefix": name})

    assert tuple(one.json()[n] for n in ("secret", "value", "default")) == (True, None, None)
    assert [one.json()] == listed.json()


async def test_names_of_an_instance_have_it(api: httpx.AsyncClient) -> None:
    """Component, variable, instance."""
    seen = (await api.get("/v1/properties/9998_0")).json()

    assert seen["variables"] == ["SecurityCtrlr.BasicAuthPassword", "X.Y.Z"]
    assert seen["restart"] is True


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("2087_0", 30, "30"),
        ("2087_0", "31", "31"),
        ("2087_0", 30.0, "30"),
        ("2062_0", 20.5, "20.5"),
        ("213B_0", False, "false"),
        ("213B_0", True, "true"),
        ("2131_1", "Authorized,EVConnected", "Authorized,EVConnected"),
    ],
)
async def test_a_setting_is_written(
    api: httpx.AsyncClient, desk: TinyDesk, name: str, value: object, text: str
) -> None:
    """As JSON spells it or as text; it shows at once."""
    response = await api.put(f"/v1/properties/{name}", json={"value": value})
    seen = (await api.get(f"/v1/properties/{name}")).json()

    assert desk.asked == [WriteSetting(name, text, By.LOCAL)]
    assert (response.status_code, response.json()["answer"]) == (200, "accepted")
    assert seen["value"] == text


async def test_installers_settings_may_be_written(api: httpx.AsyncClient) -> None:
    """Who is at the station may do what an installer may."""
    response = await api.put("/v1/properties/2067_0", json={"value": 25})
    seen = (await api.get("/v1/properties/2067_0")).json()

    assert response.status_code == 200
    assert (seen["access"], seen["value"]) == ("installer", "25")


async def test_one_evse_has_its_own_value(api: httpx.AsyncClient) -> None:
    """The others keep the station's."""
    await api.put("/v1/properties/2129_0", params={"evse": 2}, json={"value": 10})

    listed = (await api.get("/v1/properties", params={"prefix": "2129"})).json()

    assert [entry["value"] for entry in listed] == ["16", "16", "10"]


@pytest.mark.parametrize("value", ["many", -1, 30.5, True, 86_401, "1" * 50])
async def test_a_bad_value_tells_why(api: httpx.AsyncClient, value: object) -> None:
    """The kind's own sentence, and the old value stays."""
    response = await api.put("/v1/properties/2087_0", json={"value": value})
    seen = (await api.get("/v1/properties/2087_0")).json()

    assert (response.status_code, response.json()["reason"]) == (422, "InvalidValue")
    assert response.json()["detail"]
    assert seen["value"] == "60"


@pytest.mark.parametrize(
    "body", [{}, {"value": None}, {"value": [1]}, {"value": 1, "evse": 1}, 60, "61"]
)
async def test_bodies_that_are_no_value(
    api: httpx.AsyncClient, desk: TinyDesk, body: object
) -> None:
    """The station is not even asked."""
    response = await api.put("/v1/properties/2087_0", json=body)

    assert desk.asked == []
    assert response.status_code == 422
    assert response.json()["errors"][0]["where"].startswith("body")


async def test_a_secret_is_not_told_in_errors(api: httpx.AsyncClient) -> None:
    """What was sent in a wrong body is not repeated."""
    response = await api.put("/v1/properties/9998_0", json={"value": ["swordfish"]})

    assert response.status_code == 422
    assert "swordfish" not in response.text


async def test_a_new_secret_is_told_to_nobody(
    api: httpx.AsyncClient, desk: TinyDesk, events: EventStream
) -> None:
    """Neither the answer nor the stream repeats it."""
    frames = events.listen()
    await anext(frames)

    response = await api.put("/v1/properties/2711_0", json={"value": "swordfish-swordfish"})
    events.close()
    told = b"".join([frame async for frame in frames])

    assert desk.values[comms.PASSWORD] == Hidden("swordfish-swordfish")
    assert response.json()["answer"] == "accepted"
    assert b"SettingChanged" in told
    assert b"swordfish" not in told


async def test_a_setting_may_wait_for_the_restart(
    api: httpx.AsyncClient, desk: TinyDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until then it shows as pending."""
    waiting = replace(desk.view(), pending_settings=("2087_0",))
    monkeypatch.setattr(desk, "view", lambda: waiting)

    listed = (await api.get("/v1/properties")).json()

    assert [entry["id"] for entry in listed if entry["pending"]] == ["2087_0"]


async def test_a_fixed_setting_is_read_only(api: httpx.AsyncClient, desk: TinyDesk) -> None:
    """What the dialect holds, nobody writes."""
    desk.values.hold({"2087_0": 900})

    response = await api.put("/v1/properties/2087_0", json={"value": 30})
    seen = (await api.get("/v1/properties/2087_0")).json()

    assert (response.status_code, response.json()["reason"]) == (409, "ReadOnly")
    assert (seen["fixed"], seen["value"]) == (True, "900")


async def test_a_reading_is_read_only(api: httpx.AsyncClient, desk: TinyDesk) -> None:
    """Nobody writes what the station measures."""
    response = await api.put("/v1/properties/9999_0", params={"evse": 1}, json={"value": 1})

    assert desk.asked == []
    assert (response.status_code, response.json()["reason"]) == (409, "ReadOnly")


@pytest.mark.parametrize("method", ["GET", "PUT"])
@pytest.mark.parametrize(
    ("name", "evse", "reason"),
    [
        ("0000_0", 0, "UnknownSetting"),
        ("2087", 0, "UnknownSetting"),
        ("2087_0", 1, "UnknownEvse"),
        ("2129_0", 3, "UnknownEvse"),
        ("2129_0", -1, "UnknownEvse"),
        ("9999_0", 0, "UnknownEvse"),
        ("2A02_2", 1, "UnknownEvse"),
    ],
)
async def test_what_does_not_exist_is_not_found(
    api: httpx.AsyncClient, desk: TinyDesk, method: str, name: str, evse: int, reason: str
) -> None:
    """An unknown id, or an EVSE that has no value of it."""
    response = await api.request(
        method, f"/v1/properties/{name}", params={"evse": evse}, json={"value": 1}
    )

    assert desk.asked == []
    assert (404, reason) == (response.status_code, response.json()["reason"])
