"""Charging profiles as installers' tools read, clear and add them."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from laadpaal.station.charging_profiles import Period, Schedule, Source, Unit
from laadpaal.station.limits import SetExternalLimit
from laadpaal.station.requests import InstallProfile
from tests.local_api.compatible.conftest import Compatible
from tests.support.profiles import profile

PATH = "/api/chargingprofiles"
SCHEDULE = {
    "startSchedule": "2026-01-05T00:00:00Z",
    "chargingRateUnit": "A",
    "chargingSchedulePeriod": [
        {"startPeriod": 0, "limit": 16.0},
        {"startPeriod": 3600, "limit": 8.0, "numberPhases": 3},
    ],
}
PROFILE = {
    "chargingProfileId": 12,
    "transactionId": 0,
    "stackLevel": 1,
    "chargingProfilePurpose": "TxDefaultProfile",
    "chargingProfileKind": "Recurring",
    "recurrencyKind": "Weekly",
    "useLocalTime": False,
    "useRandomisedDelay": False,
    "chargingSchedule": SCHEDULE,
}


def adding(**changes: Any) -> dict[str, Any]:
    """Return the document of a profile with these changes."""
    return {"connectorId": 0, "csChargingProfiles": {**PROFILE, **changes}}


async def ids(owner: httpx.AsyncClient) -> list[int]:
    """Return the ids of all profiles."""
    found: list[int] = (await owner.get(f"{PATH}?id_list")).json()["ChargingProfileIDs"]
    return found


async def test_what_is_added_is_told_as_it_came(owner: httpx.AsyncClient) -> None:
    """By its id, in a list of one."""
    response = await owner.post(f"{PATH}?add=", json=adding())
    seen = (await owner.get(f"{PATH}?cpid=12")).json()

    assert (response.status_code, response.content) == (200, b"")
    assert await ids(owner) == [12]
    entry = {"connectorId": 0, "csChargingProfiles": [PROFILE]}
    assert seen == {"version": 2, "Profile": [entry]}


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"useLocalTime": True}, "useLocalTime: all times of this station are UTC"),
        ({"useRandomisedDelay": True}, "useRandomisedDelay: "),
        ({"transactionId": 7}, "transactionId: "),
        ({"chargingProfilePurpose": "ChargingStationExternalConstraints"}, "object 212A_0"),
        ({"chargingProfileKind": "Often"}, "chargingProfileKind: it is one of Absolute"),
        ({"chargingProfileId": 1.5}, "chargingProfileId: a whole number"),
        ({"chargingProfileId": 2**40}, "chargingProfileId: a whole number"),
        ({"validFrom": "soon"}, "validFrom: no instant"),
        ({"validFrom": "0001-01-01T00:00:00+14:00"}, "validFrom: no instant"),
        ({"chargingSchedule": 1}, "chargingSchedule: an object"),
        ({"chargingSchedule": {**SCHEDULE, "chargingSchedulePeriod": [1]}}, "a list is wanted"),
    ],
)
async def test_what_is_no_profile_here_is_refused(
    owner: httpx.AsyncClient, changes: dict[str, Any], why: str
) -> None:
    """With what is wrong, and nothing is installed."""
    response = await owner.post(f"{PATH}?add=", json=adding(**changes))

    assert response.status_code == 400
    assert why in response.json()["detail"]
    assert await ids(owner) == []


async def test_the_station_judges_it_like_one_of_the_csms(owner: httpx.AsyncClient) -> None:
    """A profile of a transaction needs one, and the reason is told."""
    body = adding(chargingProfilePurpose="TxProfile", chargingProfileKind="Relative")

    response = await owner.post(f"{PATH}?add=", json=body)

    assert response.status_code == 409
    assert response.json()["detail"] == "a TxProfile needs a transaction there"


@pytest.mark.parametrize(("which", "left"), [("1", [2]), ("all", [])])
async def test_they_are_cleared(
    box: Compatible, owner: httpx.AsyncClient, which: str, left: list[int]
) -> None:
    """One, or all of them."""
    for id_ in (1, 2):
        await box.desk.ask(InstallProfile(profile(id_, evse=id_)))

    response = await owner.post(f"{PATH}?clear={which}")

    assert response.status_code == 200
    assert await ids(owner) == left


async def test_what_there_is_not(owner: httpx.AsyncClient) -> None:
    """404 for one, and all of none are none."""
    assert (await owner.get(f"{PATH}?cpid=5")).status_code == 404
    assert (await owner.post(f"{PATH}?clear=5")).status_code == 404
    assert (await owner.post(f"{PATH}?clear=x")).status_code == 400
    assert (await owner.post(f"{PATH}?clear=all")).status_code == 200


async def test_a_limit_from_outside_is_told_and_stays(
    box: Compatible, owner: httpx.AsyncClient
) -> None:
    """Whoever set it takes it back."""
    schedule = Schedule(Unit.AMPERE, (Period(0, 10.0),), None)
    await box.desk.ask(SetExternalLimit(Source.EMS, 1, schedule))
    [id_] = await ids(owner)

    response = await owner.post(f"{PATH}?clear={id_}")
    seen = (await owner.get(f"{PATH}?cpid={id_}")).json()

    assert response.status_code == 404
    [told] = seen["Profile"][0]["csChargingProfiles"]
    assert told["chargingProfilePurpose"] == "ExternalConstraints"


@pytest.mark.parametrize(("at", "shown"), [(-7e10, None), (-62135596800.0, "0001-01-01T00:00:00Z")])
async def test_instants_outside_of_the_calendar_are_not_told(
    box: Compatible, owner: httpx.AsyncClient, at: float, shown: str | None
) -> None:
    """A CSMS may send them with an offset, and they bound nothing."""
    await box.desk.ask(InstallProfile(profile(1, valid_from=at, valid_to=4e9)))

    seen = (await owner.get(f"{PATH}?cpid=1")).json()

    [told] = seen["Profile"][0]["csChargingProfiles"]
    assert told.get("validFrom") == shown
    assert told["validTo"] == "2096-10-02T07:06:40Z"
