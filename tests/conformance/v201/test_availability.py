"""How connectors are told, and how parts of the station are taken in and out of use."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conformance.v201.stage import ACCEPTED, Stage, status
from tests.conformance.v201.table import case

SCHEDULED = {"status": "Scheduled"}
STATION: dict[str, Any] = {}
EVSE: dict[str, Any] = {"evse": {"id": 1}}
CONNECTOR: dict[str, Any] = {"evse": {"id": 1, "connectorId": 1}}
HERE, EVERYWHERE = (1,), (1, 2)


async def put(stage: Stage, part: dict[str, Any], *, operative: bool) -> dict[str, Any]:
    """Take a part in or out of use, and return the answer."""
    word = "Operative" if operative else "Inoperative"
    return await stage.csms.call("ChangeAvailability", operationalStatus=word, **part)


@case("TC_G_01_CS")
@case("TC_G_02_CS")
async def test_tc_g_01_02_plug(stage: Stage) -> None:
    """A plug makes its connector Occupied, and taking it away makes it Available."""
    await stage.boot()
    stage.plug()
    await stage.csms.expect(status(1, "Occupied"))
    stage.unplug()
    await stage.csms.expect(status(1, "Available"))


@pytest.mark.parametrize(
    ("part", "evses"),
    [
        pytest.param(EVSE, HERE, marks=[case("TC_G_03_CS"), case("TC_G_04_CS")]),
        pytest.param(STATION, EVERYWHERE, marks=[case("TC_G_05_CS"), case("TC_G_06_CS")]),
        pytest.param(CONNECTOR, HERE, marks=[case("TC_G_07_CS"), case("TC_G_08_CS")]),
    ],
)
async def test_tc_g_03_to_08_out_and_in(
    stage: Stage, part: dict[str, Any], evses: tuple[int, ...]
) -> None:
    """What is taken out of use is Unavailable, and what is back is Available."""
    await stage.boot()
    for operative, word in ((False, "Unavailable"), (True, "Available")):
        assert await put(stage, part, operative=operative) == ACCEPTED
        await stage.csms.expect_each(*(status(evse, word) for evse in evses))
    await stage.csms.silence(30)


@pytest.mark.parametrize(
    ("part", "operative"),
    [
        pytest.param(EVSE, True, marks=case("TC_G_09_CS")),
        pytest.param(EVSE, False, marks=case("TC_G_10_CS")),
        pytest.param(STATION, True, marks=case("TC_G_12_CS")),
        pytest.param(STATION, False, marks=case("TC_G_13_CS")),
        pytest.param(CONNECTOR, True, marks=case("TC_G_15_CS")),
        pytest.param(CONNECTOR, False, marks=case("TC_G_16_CS")),
    ],
)
async def test_tc_g_09_to_16_twice(stage: Stage, part: dict[str, Any], operative: bool) -> None:  # noqa: FBT001  a row
    """What is so already is accepted, and nothing is told."""
    await stage.boot()
    assert await put(stage, part, operative=operative) == ACCEPTED
    await stage.clock.sleep(5)
    before = len(stage.csms.heard)
    assert await put(stage, part, operative=operative) == ACCEPTED
    await stage.clock.sleep(30)

    assert [h for h in stage.csms.heard[before:] if h.action == "StatusNotification"] == []


@pytest.mark.parametrize(
    ("part", "others"),
    [
        pytest.param(EVSE, (), marks=case("TC_G_11_CS")),
        pytest.param(STATION, (2,), marks=case("TC_G_14_CS")),
        pytest.param(CONNECTOR, (), marks=case("TC_G_17_CS")),
    ],
)
async def test_tc_g_11_14_17_in_a_transaction(
    stage: Stage, part: dict[str, Any], others: tuple[int, ...]
) -> None:
    """What charges goes out of use when it has ended, and the rest at once."""
    await stage.boot()
    await stage.charge()
    assert await put(stage, part, operative=False) == SCHEDULED
    for other in others:
        await stage.csms.expect(status(other, "Unavailable"))
    await stage.csms.silence(30, "StatusNotification")
    stage.swipe()
    await stage.hear_end("StopAuthorized", "Local")
    await stage.csms.expect(status(1, "Unavailable"))
    stage.unplug()
    await stage.csms.silence(30)


@pytest.mark.parametrize(
    ("part", "words"),
    [
        pytest.param(EVSE, ("Unavailable", "Available"), marks=case("TC_G_18_CS")),
        pytest.param(STATION, ("Unavailable", "Unavailable"), marks=case("TC_G_21_CS")),
        pytest.param(CONNECTOR, ("Unavailable", "Available"), marks=case("TC_G_19_CS")),
    ],
)
async def test_tc_g_18_19_21_kept(
    stage: Stage, part: dict[str, Any], words: tuple[str, ...]
) -> None:
    """What is out of use is so after a restart."""
    await stage.boot()
    assert await put(stage, part, operative=False) == ACCEPTED
    await stage.clock.sleep(5)
    await stage.reset()
    await stage.hear_boot(*words)
