"""How the station starts, and what it says before it is accepted."""

from __future__ import annotations

import pytest

from laadpaal.protocols.ocpp import rpc
from tests.conformance.v201.stage import Stage, status
from tests.conformance.v201.table import case
from tests.support.sought import either, said

STARTED = said("SecurityEventNotification", type=either("StartupOfTheDevice", "ResetOrReboot"))
INTERVAL_S = 60


@case("TC_B_01_CS")
async def test_tc_b_01_accepted(stage: Stage) -> None:
    """A start is told, then every connector, and that it was one."""
    await stage.power_up()
    boot = await stage.csms.expect(said("BootNotification", reason="PowerUp"))
    await stage.csms.expect_each(status(1, "Available"), status(2, "Available"), STARTED)

    assert boot["chargingStation"]["model"]
    assert boot["chargingStation"]["vendorName"]


@case("TC_G_01_CS")
@case("TC_G_02_CS")
async def test_tc_g_01_02_plug(stage: Stage) -> None:
    """A plug makes its connector Occupied, and taking it away makes it Available."""
    await stage.boot()
    stage.plug()
    await stage.csms.expect(status(1, "Occupied"))
    stage.unplug()
    await stage.csms.expect(status(1, "Available"))


@case("TC_F_08_CS")
async def test_tc_f_08_remote_stop(stage: Stage) -> None:
    """A transaction that is stopped from afar ends so."""
    await stage.boot()
    number = await stage.charge()
    answer = await stage.csms.call("RequestStopTransaction", transactionId=number)
    await stage.hear_end("RemoteStop", "Remote")

    assert answer == {"status": "Accepted"}


@case("TC_B_30_CS")
async def test_tc_b_30_rejected(stage: Stage) -> None:
    """Whoever asks a station that it has rejected gets a SecurityError."""
    stage.csms.reply("BootNotification", status="Rejected", interval=INTERVAL_S)
    await stage.power_up()
    await stage.csms.expect(said("BootNotification"))
    answer = await stage.csms.ask("GetBaseReport", requestId=1, reportBase="FullInventory")

    assert isinstance(answer, rpc.CallError)
    assert answer.code == "SecurityError"
    await stage.csms.silence(INTERVAL_S - 10)
    assert (
        pytest.approx(INTERVAL_S, abs=5)
        == (await stage.csms.expect(said("BootNotification"), within_s=INTERVAL_S)).at
        - stage.csms.heard[0].at
    )
