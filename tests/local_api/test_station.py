"""`/v1/station`, `/v1/health` and the stream's route."""

from __future__ import annotations

import httpx
import pytest

from laadpaal.local_api.app import make_app
from laadpaal.local_api.events import EventStream
from laadpaal.properties.meter import POWER
from laadpaal.properties.parts import EVSE_NAME
from laadpaal.properties.rows import Address
from laadpaal.station.answers import MonitorSet
from laadpaal.station.carriage import FirmwareOrder, LogKind
from laadpaal.station.events import CablePlugged, GridRead
from laadpaal.station.measurement import GridMeasurement
from laadpaal.station.monitors import MonitorKind
from laadpaal.station.requests import (
    InstallProfile,
    Reserve,
    Reset,
    SetMonitor,
    UpdateFirmware,
    UploadLog,
    WriteLocalList,
    WriteSetting,
)
from laadpaal.station.words import By, Reservation, ResetKind, Token, TokenStatus, Verdict
from tests.local_api.conftest import TinyDesk, client
from tests.support.profiles import profile


async def test_health_is_a_word(api: httpx.AsyncClient) -> None:
    """Health tells that the server answers."""
    response = await api.get("/v1/health")

    assert response.json() == {"ok": True}
    assert response.headers["cache-control"] == "no-store"


async def test_the_station_is_shown_whole(api: httpx.AsyncClient, desk: TinyDesk) -> None:
    """A running transaction shows with its current, display and light."""
    desk.world.online()
    desk.world.plug(1)
    desk.world.swipe()

    seen = (await api.get("/v1/station")).json()
    first, second = seen["evses"]

    assert seen["serial"] == "LP000001"
    assert seen["connection"]["online"] is True
    assert seen["connection"]["csms"]["wanted"] is True
    assert first["transaction"]["id"] == "tx-1"
    assert first["connectors"][0]["status"] == "Charging"
    assert first["current"] == {
        "limit_a": 16.0,
        "because": "connector",
        "offered_a": 16.0,
        "phases": 3,
        "claims": [
            {"by": "station", "limit_a": 32.0, "external": False},
            {"by": "installation", "limit_a": 32.0, "external": False},
            {"by": "connector", "limit_a": 16.0, "external": False},
            {"by": "cable", "limit_a": 32.0, "external": False},
        ],
        "why": "16 A of 32 A: the connector may carry 16 A",
    }
    assert (first["display"]["name"], first["display"]["number"]) == ("charging", 10)
    assert first["display"]["limit"] == "3 x 16 A"
    assert (first["light"]["name"], first["light"]["number"]) == ("charging", 11)
    assert first["light"]["glow"]["first"] == [0, 0, 255]
    assert seen["at"] == desk.world.now.utc
    assert second["transaction"] is None


async def test_what_the_house_takes_is_shown(api: httpx.AsyncClient, desk: TinyDesk) -> None:
    """What the meter said last where the house meets the grid; null before that."""
    before = (await api.get("/v1/station")).json()["grid"]
    said = GridMeasurement((9.5, -3.0, 0.0), version="50", told_at="2611W", imported_wh=12_345.0)
    desk.world.tell(GridRead(said))
    seen = (await api.get("/v1/station")).json()["grid"]

    assert before is None
    assert seen == {
        "currents_a": [9.5, -3.0, 0.0],
        "powers_w": None,
        "voltages_v": None,
        "version": "50",
        "told_at": "2611W",
        "imported_wh": 12_345.0,
        "exported_wh": None,
    }


async def test_what_is_reserved_and_listed_is_shown(api: httpx.AsyncClient, desk: TinyDesk) -> None:
    """Each reservation with its end, also at the socket's display; the list with its version."""
    until = desk.world.now.utc + 60.0
    desk.world.ask(Reserve(Reservation(7, 1, Token("A1", kind=None), until)))
    entries = ((Token("A1"), Verdict(TokenStatus.ACCEPTED)),)
    desk.world.ask(WriteLocalList(3, full=True, entries=entries))
    seen = (await api.get("/v1/station")).json()

    token = {"value": "A1", "kind": None}
    assert seen["reservations"] == [
        {"id": 7, "evse": 1, "token": token, "until": until, "group": None}
    ]
    assert seen["local_list"] == {"version": 3, "tokens": 1}
    assert seen["evses"][0]["display"]["name"] == "reserved"
    assert seen["evses"][0]["display"]["until"] == until
    assert seen["evses"][1]["display"]["until"] == 0.0


async def test_an_evse_is_shown_by_the_name_it_was_given(
    api: httpx.AsyncClient, desk: TinyDesk
) -> None:
    """Drivers and roaming networks know it by that; the other has none."""
    desk.world.ask(WriteSetting(EVSE_NAME.id, "NL*ABC*E1*2", By.LOCAL, 2))

    seen = (await api.get("/v1/station")).json()

    assert [evse["name"] for evse in seen["evses"]] == ["", "NL*ABC*E1*2"]


async def test_charging_profiles_are_shown(api: httpx.AsyncClient, desk: TinyDesk) -> None:
    """Whoever asks why there is so little current finds the profile that says so."""
    desk.world.ask(InstallProfile(profile(7, 9.5)))

    seen = (await api.get("/v1/station")).json()
    [shown] = seen["profiles"]

    assert seen["evses"][0]["current"]["because"] == "TxDefaultProfile 7"
    assert (shown["id"], shown["purpose"]) == (7, "TxDefaultProfile")
    assert shown["schedules"][0]["periods"][0]["limit"] == 9.5


async def test_monitors_are_shown(api: httpx.AsyncClient, desk: TinyDesk) -> None:
    """Whoever wonders what the CSMS hears of finds each with what it watches."""
    wish = SetMonitor(Address(POWER.id, 1), MonitorKind.UPPER, 10_000, 5)
    assert desk.world.ask(wish) == MonitorSet(1000)

    seen = (await api.get("/v1/station")).json()
    shown = seen["monitors"][-1]

    assert shown["at"] == {"id": POWER.id, "evse": 1, "connector": 0}
    assert (shown["kind"], shown["value"]) == ("above its value", 10_000)
    assert shown["origin"] == "somebody who asked for it"


async def test_what_becomes_of_files_is_shown(api: httpx.AsyncClient, desk: TinyDesk) -> None:
    """The last update and the logs on their way, but not where they go, which may be a secret."""
    seen = (await api.get("/v1/station")).json()
    assert (seen["firmware_update"], seen["uploads"]) == (None, [])
    url = "https://anna:secret@example.com/"
    desk.world.ask(UpdateFirmware(FirmwareOrder(url, 0.0, id=7)))
    desk.world.ask(UploadLog(LogKind.SECURITY, url, 8))

    answer = await api.get("/v1/station")
    seen = answer.json()
    assert seen["firmware_update"] == {"status": "Downloading", "id": 7, "version": ""}
    [upload] = seen["uploads"]
    assert (upload["kind"], upload["id"]) == ("security", 8)
    assert "secret@" not in answer.text


async def test_without_a_link_there_is_no_state(desk: TinyDesk, events: EventStream) -> None:
    """A station without a CSMS says so."""
    async with client(make_app(desk, events)) as api:
        seen = (await api.get("/v1/station")).json()

    assert seen["connection"] == {"online": False, "csms": None}


@pytest.mark.parametrize(
    ("body", "kind"),
    [(None, ResetKind.SOFT), ({}, ResetKind.SOFT), ({"kind": "hard"}, ResetKind.HARD)],
)
async def test_reset_asks_the_station(
    api: httpx.AsyncClient, desk: TinyDesk, body: object, kind: ResetKind
) -> None:
    """The kind goes on as asked; soft is the default."""
    response = await api.post("/v1/station/reset", json=body)

    assert desk.asked == [Reset(kind)]
    assert (response.status_code, response.json()["answer"]) == (200, "accepted")


async def test_a_reset_on_idle_waits(api: httpx.AsyncClient, desk: TinyDesk) -> None:
    """What is put off is answered with 202."""
    desk.world.online()
    desk.world.plug(1)
    desk.world.swipe()

    response = await api.post("/v1/station/reset", json={"kind": "on idle"})

    assert (response.status_code, response.json()["answer"]) == (202, "scheduled")


async def test_the_stream_is_served(api: httpx.AsyncClient, events: EventStream) -> None:
    """The route hands the stream out, as server-sent events that nobody keeps."""
    events.close()

    response = await api.get("/v1/events")

    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["cache-control"] == "no-store"
    assert response.text.startswith(": listening\n\n")


async def test_the_station_says_why(api: httpx.AsyncClient, desk: TinyDesk) -> None:
    """Each EVSE and the station explain themselves, and no other does."""
    desk.world.tell(CablePlugged(1, 1, 13.0))

    said = (await api.get("/v1/why/1")).json()
    assert said["current"] == "13 A of 32 A: the cable is rated 13 A"
    assert said["statuses"][0]["why"]
    assert (await api.get("/v1/why/0")).json()["energy"] == "energy flows nowhere"
    assert (await api.get("/v1/why/3")).status_code == 404
