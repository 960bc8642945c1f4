"""How the station starts, and what it says before it is accepted."""

from __future__ import annotations

import pytest

from laadpaal.protocols.ocpp import rpc
from tests.conformance.stage import TAG
from tests.conformance.v201.stage import ACCEPTED, Stage, card, status
from tests.conformance.v201.table import case
from tests.support.sought import either, said

STARTED = said("SecurityEventNotification", type=either("StartupOfTheDevice", "ResetOrReboot"))
INTERVAL_S = 60
START = {"idToken": card(), "remoteStartId": 1, "evseId": 1}


@case("TC_B_01_CS")
async def test_tc_b_01_accepted(stage: Stage) -> None:
    """A start is told, then every connector, and that it was one."""
    await stage.power_up()
    boot = await stage.csms.expect(said("BootNotification", reason="PowerUp"))
    await stage.csms.expect_each(status(1, "Available"), status(2, "Available"), STARTED)

    assert boot["chargingStation"]["model"]
    assert boot["chargingStation"]["vendorName"]


@case("TC_B_02_CS")
async def test_tc_b_02_pending(stage: Stage) -> None:
    """While it is pending it lets itself be looked at and set, and says nothing by itself."""
    stage.csms.reply("BootNotification", status="Pending", interval=INTERVAL_S)
    await stage.power_up()
    first = await stage.csms.expect(said("BootNotification", reason="PowerUp"))
    await stage.configure({"OCPPCommCtrlr.OfflineThreshold": 77})
    assert await stage.read("OCPPCommCtrlr.OfflineThreshold") == "77"
    answer = await stage.csms.call("GetBaseReport", requestId=5, reportBase="FullInventory")
    assert answer == ACCEPTED
    assert (await stage.pieces("NotifyReport", 5))[0]["reportData"]
    start = await stage.csms.call("RequestStartTransaction", **START)
    stop = await stage.csms.call("RequestStopTransaction", transactionId="none")
    assert (start["status"], stop["status"]) == ("Rejected", "Rejected")
    await stage.csms.silence(INTERVAL_S / 2)
    answer = await stage.csms.call("TriggerMessage", requestedMessage="BootNotification")
    assert answer == ACCEPTED
    again = await stage.csms.expect(said("BootNotification", reason="Triggered"), within_s=5)
    stage.csms.reply("BootNotification", status="Accepted", interval=300)
    await stage.hear_boot()

    assert again.at - first.at < INTERVAL_S


@case("TC_B_03_CS")
async def test_tc_b_03_rejected(stage: Stage) -> None:
    """Who is rejected is silent until the interval has passed, and then tries once more."""
    stage.csms.reply("BootNotification", status="Rejected", interval=INTERVAL_S)
    await stage.power_up()
    first = await stage.csms.expect(said("BootNotification"))
    stage.plug()
    stage.csms.reply("BootNotification", status="Accepted", interval=300)
    again = await stage.csms.expect(said("BootNotification"), within_s=2 * INTERVAL_S)
    await stage.csms.expect_each(status(1, "Occupied"), status(2, "Available"))

    assert again.at - first.at >= INTERVAL_S


@case("TC_B_30_CS")
@pytest.mark.parametrize(
    ("action", "fields"),
    [
        ("GetBaseReport", {"requestId": 1, "reportBase": "FullInventory"}),
        ("TriggerMessage", {"requestedMessage": "Heartbeat"}),
        ("RequestStartTransaction", START),
    ],
)
async def test_tc_b_30_security_error(stage: Stage, action: str, fields: dict[str, object]) -> None:
    """A CSMS that has rejected the station has nothing to ask of it."""
    stage.csms.reply("BootNotification", status="Rejected", interval=INTERVAL_S)
    await stage.power_up()
    await stage.csms.expect(said("BootNotification"))
    answer = await stage.csms.ask(action, **fields)

    assert isinstance(answer, rpc.CallError)
    assert answer.code == "SecurityError"


@pytest.mark.parametrize(
    ("offline_s", "told"),
    [
        pytest.param(300, {1, 2}, marks=case("TC_B_51_CS")),
        pytest.param(30, {1}, marks=case("TC_B_52_CS")),
    ],
)
async def test_tc_b_51_52_offline(stage: Stage, offline_s: float, told: set[int]) -> None:
    """Back from a long absence it tells every status, from a short one what has changed."""
    await stage.boot({"OCPPCommCtrlr.OfflineThreshold": 120})
    heard = len(stage.csms.heard)
    async with stage.csms.away():
        stage.plug()
        await stage.clock.sleep(offline_s)
    await stage.csms.skip_to(status(1, "Occupied"))
    await stage.csms.silence(30, "BootNotification", "TransactionEvent")
    statuses = [one for one in stage.csms.heard[heard:] if one.action == "StatusNotification"]

    assert {(one["evseId"], one["connectorStatus"]) for one in statuses} == {
        (evse, "Occupied" if evse == 1 else "Available") for evse in told
    }
    assert TAG not in str(stage.csms.heard[heard:])
