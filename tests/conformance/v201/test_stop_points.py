"""What ends a transaction: each stop point by itself."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conformance.v201.stage import ACCEPTED, LOCAL, Stage, card, event, status
from tests.conformance.v201.table import case
from tests.support.sought import either

START, STOP = "TxCtrlr.TxStartPoint", "TxCtrlr.TxStopPoint"
REMOTELY = pytest.mark.parametrize("remotely", [False, True], ids=["local", "remote"])
GONE = either("EVDisconnected", "StoppedByEV")


async def charging(stage: Stage, stop: str, **more: Any) -> str:
    """Charge with this stop point, and return the id of the transaction."""
    await stage.boot({STOP: stop, **more})
    return await stage.charge()


async def stopped_from_afar(stage: Stage, number: str) -> None:
    """Ask for the end of a transaction, which must be accepted."""
    answer = await stage.csms.call("RequestStopTransaction", transactionId=number)
    assert answer == ACCEPTED


@case("TC_E_07_CS")
@case("TC_E_08_CS")
@case("TC_E_15_CS")
@pytest.mark.parametrize("stop", ["PowerPathClosed", "EnergyTransfer", "Authorized"])
async def test_tc_e_07_08_15_card(stage: Stage, stop: str) -> None:
    """The card takes authorization, power path and energy away at once: that is the end."""
    await charging(stage, stop)
    stage.swipe()
    await stage.csms.expect(
        event("Ended", "StopAuthorized", state="EVConnected", reason=LOCAL, idToken=card())
    )
    await stage.csms.silence(5)
    assert not stage.bench.sockets[1].closed


@case("TC_E_21_CS")
@case("TC_E_35_CS")
@pytest.mark.parametrize("stop", ["Authorized", "PowerPathClosed"])
async def test_tc_e_21_35_remote_stop(stage: Stage, stop: str) -> None:
    """A stop from afar is the end, and nobody's token is told with it."""
    number = await charging(stage, stop)
    await stopped_from_afar(stage, number)
    await stage.csms.expect(
        event("Ended", "RemoteStop", state="EVConnected", reason="Remote", idToken=None)
    )
    assert not stage.bench.sockets[1].closed


@case("TC_E_14_CS")
@REMOTELY
async def test_tc_e_14_plug(stage: Stage, remotely: bool) -> None:  # noqa: FBT001  a row
    """Stopped is not ended: with EVConnected alone the plug has to go."""
    number = await charging(stage, "EVConnected")
    if remotely:
        await stopped_from_afar(stage, number)
        await stage.csms.expect(event("Updated", "RemoteStop", state="EVConnected"))
    else:
        stage.swipe()
        await stage.csms.expect(
            event("Updated", "StopAuthorized", state="EVConnected", idToken=card())
        )
    await stage.csms.silence(5)
    stage.unplug()
    reason = "Remote" if remotely else either("Local", "EVDisconnected", None)
    await stage.csms.expect_each(
        status(1, "Available"), event("Ended", "EVCommunicationLost", state="Idle", reason=reason)
    )


@case("TC_E_16_CS")
@pytest.mark.parametrize("stop", ["Authorized", "PowerPathClosed"])
async def test_tc_e_16_deauthorized(stage: Stage, stop: str) -> None:
    """A token that turns out not to be good ends it; the plug can be asked for."""
    await stage.boot({STOP: stop, "TxCtrlr.StopTxOnInvalidId": True})
    stage.csms.reply("TransactionEvent", idTokenInfo={"status": "Invalid"})
    stage.plug()
    stage.swipe()
    await stage.hear_end("Deauthorized", "DeAuthorized", idToken=None)
    answer = await stage.csms.call("UnlockConnector", evseId=1, connectorId=1)

    assert answer["status"] == "Unlocked"
    assert not stage.bench.sockets[1].closed


@case("TC_E_17_CS")
@case("TC_E_20_CS")
@case("TC_E_37_CS")
@pytest.mark.parametrize("stop", ["Authorized", "EVConnected", "PowerPathClosed"])
async def test_tc_e_17_20_37_vehicle_leaves(stage: Stage, stop: str) -> None:
    """Unplugged at the vehicle is lost to all three."""
    await charging(stage, stop, **{"TxCtrlr.StopTxOnEVSideDisconnect": True})
    stage.unplug_vehicle()
    await stage.csms.skip_to(event("Ended", "EVCommunicationLost", state="Idle", reason=GONE))
    assert not stage.bench.sockets[1].closed


@case("TC_E_19_CS")
@REMOTELY
async def test_tc_e_19_parking_bay(equipped_stage: Stage, remotely: bool) -> None:  # noqa: FBT001  a row
    """Only the empty bay ends it, and why energy ended before is remembered."""
    stage = equipped_stage
    await stage.boot({START: "ParkingBayOccupancy", STOP: "ParkingBayOccupancy"})
    stage.drive_in()
    number = await stage.charge()
    if remotely:
        await stopped_from_afar(stage, number)
        await stage.csms.expect(event("Updated", "RemoteStop", state="EVConnected"))
    else:
        stage.swipe()
        await stage.csms.expect(
            event("Updated", "StopAuthorized", state="EVConnected", idToken=card())
        )
    await stage.csms.silence(5)
    stage.unplug()
    await stage.csms.expect_each(
        status(1, "Available"), event("Updated", "EVCommunicationLost", state="Idle")
    )
    stage.drive_off()
    await stage.csms.expect(event("Ended", "EVDeparted", reason="Remote" if remotely else LOCAL))
    assert len(stage.events(number)) >= 6


@case("TC_E_22_CS")
async def test_tc_e_22_vehicle_suspends(stage: Stage) -> None:
    """A vehicle that takes no more has ended it."""
    await charging(stage, "EnergyTransfer")
    stage.bench.sockets[1].pause(eager=False)
    await stage.csms.skip_to(
        event(
            "Ended",
            "ChargingStateChanged",
            state=either("SuspendedEV", "EVConnected"),
            reason="StoppedByEV",
        )
    )
