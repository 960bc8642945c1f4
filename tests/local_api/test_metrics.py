"""`/metrics`: the station in numbers, as the library that writes them reads them."""

from __future__ import annotations

import httpx
import pytest
from fastapi import FastAPI
from prometheus_client import REGISTRY
from prometheus_client.parser import text_string_to_metric_families

from laadpaal.local_api.app import make_app
from laadpaal.local_api.events import EventStream
from laadpaal.local_api.given import Counts
from laadpaal.station import events as e
from laadpaal.station.measurement import Measurement
from laadpaal.station.surroundings import TemperatureRead
from tests.local_api.conftest import TinyDesk, client

Numbers = dict[tuple[str, tuple[tuple[str, str], ...]], float]
MEASURED = Measurement(5_250.0, (230.0, 231.0, 229.0), (16.0, 8.0, 0.5), 5_642.5)


class Link:
    """Has something to tell yet."""

    def connect(self) -> None:
        """Do nothing."""

    def disconnect(self) -> None:
        """Do nothing."""

    def state(self) -> dict[str, object]:
        return {"undelivered": 3}


@pytest.fixture
def counted(desk: TinyDesk, events: EventStream) -> FastAPI:
    """Return the API of a station with a link, in its second life."""
    return make_app(desk, events, Link(), counts=lambda: Counts(lives=2, turns=70))


async def numbers(app: FastAPI) -> Numbers:
    """Return every number by its name and labels, as the library's own parser reads them."""
    async with client(app) as api:
        response = await api.get("/metrics")
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/plain; version=0.0.4")
    return {
        (sample.name.removeprefix("laadpaal_"), tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(response.text)
        for sample in family.samples
    }


def of(evse: int, **more: str) -> tuple[tuple[str, str], ...]:
    """Return the labels of an EVSE's number."""
    return tuple(sorted({"evse": str(evse), **more}.items()))


async def test_a_station_in_numbers(counted: FastAPI, desk: TinyDesk) -> None:
    """Energy, power and currents, limits, states and faults, the CSMS, and what was done."""
    desk.world.online()
    desk.world.plug()
    desk.world.swipe()
    desk.happened(e.MeterRead(1, MEASURED))
    desk.happened(TemperatureRead(31.5))
    desk.happened(e.MeterLost(2))
    told = await numbers(counted)

    assert told["csms_connected", ()] == 1
    assert told["csms_undelivered_messages", ()] == 3
    assert told["temperature_celsius", ()] == 31.5
    assert told["restarts_total", ()] == 1
    assert told["turns_total", ()] == 70
    assert told["limit_amperes", (("line", "L1"),)] == 32
    assert told["evse_power_watts", of(1)] == 5_642.5
    assert told["evse_energy_watthours_total", of(1)] == 5_250
    assert told["evse_session_watthours", of(1)] == 250
    assert told["evse_current_amperes", of(1, line="L2")] == 8
    assert told["evse_voltage_volts", of(1, line="L3")] == 229
    assert told["evse_limit_amperes", of(1)] == told["evse_offered_amperes", of(1)] == 16
    assert told["evse_lines", of(1)] == 3
    state = {"laadpaal_connector_status": "Charging"}
    assert told["connector_status", of(1, connector="1", **state)] == 1
    [fault] = [labels for name, labels in told if name == "fault"]
    assert dict(fault)["evse"] == "2"
    info = dict(next(labels for name, labels in told if name == "station_info"))
    assert (info["model"], info["serial"]) == ("Duo", "LP000001")


async def test_what_there_is_not_has_no_number(events: EventStream, desk: TinyDesk) -> None:
    """A station without CSMS, thermometer and measurement tells nothing of them."""
    names = {name for name, _ in await numbers(make_app(desk, events))}

    assert "limit_amperes" in names
    assert not names & {"csms_connected", "temperature_celsius", "evse_power_watts", "turns_total"}


async def test_a_link_that_does_not_count_is_no_error(app: FastAPI) -> None:
    """Then there is no number of what it has to tell."""
    names = {name for name, _ in await numbers(app)}

    assert "csms_connected" in names
    assert "csms_undelivered_messages" not in names


async def test_nothing_is_kept_beside_the_station(
    counted: FastAPI, desk: TinyDesk, api: httpx.AsyncClient
) -> None:
    """Two stations of one process know nothing of each other, nor does the library of them."""
    first = await numbers(counted)
    desk.happened(e.MeterRead(1, MEASURED))
    second = (await api.get("/metrics")).text

    assert ("evse_power_watts", of(1)) not in first
    assert "laadpaal_evse_power_watts" in second
    assert "laadpaal" not in {name.partition("_")[0] for name in REGISTRY._names_to_collectors}
