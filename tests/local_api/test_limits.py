"""`/v1/limits`: what others than the CSMS allow."""

from __future__ import annotations

import httpx
import pytest

from laadpaal.properties import charging as rows
from laadpaal.station.charging_profiles import Period, Schedule, Source, Unit
from laadpaal.station.limits import ClearExternalLimit, SetExternalLimit
from tests.local_api.conftest import TinyDesk


async def test_an_energy_manager_limits_the_station(api: httpx.AsyncClient, desk: TinyDesk) -> None:
    """From now on, until it says otherwise; the station shows because of whom."""
    response = await api.put("/v1/limits/external/ems", json={"limit": 10})
    seen = (await api.get("/v1/station")).json()

    schedule = Schedule(Unit.AMPERE, (Period(0, 10.0),))
    assert (response.status_code, response.json()["answer"]) == (200, "accepted")
    assert desk.asked == [SetExternalLimit(Source.EMS, 0, schedule)]
    assert seen["evses"][0]["current"]["because"] == "EMS limit"
    assert [one["source"] for one in seen["profiles"]] == ["EMS"]


async def test_one_evse_may_be_limited_for_a_while(api: httpx.AsyncClient, desk: TinyDesk) -> None:
    """In watts as well."""
    body = {"limit": 6900.0, "unit": "W", "duration_s": 60}
    await api.put("/v1/limits/external/SO", params={"evse": 2}, json=body)

    schedule = Schedule(Unit.WATT, (Period(0, 6900.0),), 60)
    assert desk.asked == [SetExternalLimit(Source.SO, 2, schedule)]
    assert [evse.because for evse in desk.view().evses] == ["connector", "SO limit"]


async def test_a_limit_is_released(api: httpx.AsyncClient, desk: TinyDesk) -> None:
    """Once; then there is none."""
    await api.put("/v1/limits/external/other", json={"limit": 10.0})
    first = await api.delete("/v1/limits/external/other")
    second = await api.delete("/v1/limits/external/other")

    assert desk.asked[1:] == [ClearExternalLimit(Source.OTHER, 0)] * 2
    assert (first.status_code, first.json()["answer"]) == (200, "accepted")
    assert (second.status_code, second.json()["reason"]) == (404, "UnknownLimit")
    assert desk.view().profiles == ()


@pytest.mark.parametrize(
    ("path", "body", "status", "reason"),
    [
        ("ems?evse=3", {"limit": 10.0}, 404, "UnknownEvse"),
        ("cso", {"limit": 10.0}, 404, "UnknownLimit"),
        ("neighbour", {"limit": 10.0}, 404, "UnknownLimit"),
        ("ems", {"limit": -1.0}, 422, "InvalidSchedule"),
        ("ems", {"limit": 10.0, "duration_s": 0}, 422, "InvalidSchedule"),
        ("ems", {"limit": 10.0, "unit": "kW"}, 422, None),
        ("ems", {"unit": "A"}, 422, None),
    ],
)
async def test_what_is_no_limit(
    api: httpx.AsyncClient,
    desk: TinyDesk,
    path: str,
    body: dict[str, object],
    status: int,
    reason: str | None,
) -> None:
    """Nothing is limited by it."""
    response = await api.put(f"/v1/limits/external/{path}", json=body)

    assert response.status_code == status
    assert response.json().get("reason") == reason
    assert desk.view().profiles == ()


async def test_others_may_be_shut_out(api: httpx.AsyncClient, desk: TinyDesk) -> None:
    """Whoever runs the station decides (ExternalControlSignalsEnabled)."""
    desk.world.put(rows.EXTERNAL_LIMITS_USED, to=False)
    response = await api.put("/v1/limits/external/ems", json={"limit": 10.0})

    assert (response.status_code, response.json()["reason"]) == (409, "ExternalLimitsOff")


async def test_what_came_by_another_way_is_released_by_its_name(
    api: httpx.AsyncClient, desk: TinyDesk
) -> None:
    """The slider's button leaves it as it is."""
    schedule = Schedule(Unit.AMPERE, (Period(0, 9.0),))
    desk.world.ask(SetExternalLimit(Source.OTHER, 1, schedule, "MQTT"))
    own = await api.delete("/v1/limits/external/other?evse=1")
    assert (own.status_code, own.json()["reason"]) == (404, "UnknownLimit")
    assert desk.view().evses[0].because == "MQTT limit"
    named = await api.delete("/v1/limits/external/other?evse=1&by=MQTT")
    assert named.status_code == 200
    assert desk.view().evses[0].because == "connector"
