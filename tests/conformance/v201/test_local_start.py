"""A driver at the station: plug and token in either order, or not both."""

from __future__ import annotations

import pytest

from tests.conformance.v201.stage import LOCAL, Stage, card, event, status
from tests.conformance.v201.table import case
from tests.support.sought import said

HERE = {"id": 1, "connectorId": 1}
START, STOP = "TxCtrlr.TxStartPoint", "TxCtrlr.TxStopPoint"
TIMEOUT_S = 30
TIMEOUT = {"TxCtrlr.EVConnectionTimeOut": TIMEOUT_S}
CHARGES = event("Updated", "ChargingStateChanged", state="Charging")


@case("TC_E_03_CS")
async def test_tc_e_03_cable_first(stage: Stage) -> None:
    """Occupied, asked about, started, charging: in that order."""
    await stage.boot()
    stage.plug()
    await stage.csms.expect(status(1, "Occupied"))
    stage.swipe()
    await stage.csms.expect(said("Authorize", idToken=card()))
    await stage.csms.expect(
        event("Started", "Authorized", state="EVConnected", evse=HERE, idToken=card())
    )
    await stage.csms.expect(CHARGES)

    assert len(stage.events(stage.transaction())) == 2


@case("TC_E_04_CS")
@pytest.mark.parametrize("point", ["Authorized", "PowerPathClosed"])
async def test_tc_e_04_token_first(stage: Stage, point: str) -> None:
    """Whichever of the two starts it, the plug names the connector."""
    await stage.boot({START: point})
    stage.swipe()
    await stage.csms.expect(said("Authorize", idToken=card()))
    await stage.clock.sleep(1)
    early = point == "Authorized"
    if early:
        await stage.csms.expect(event("Started", "Authorized", idToken=card()))
    stage.plug()
    await stage.csms.expect_each(
        status(1, "Occupied"),
        event("Updated" if early else "Started", "CablePluggedIn", evse=HERE),
        CHARGES,
    )
    told = [one["idToken"] for one in stage.events(stage.transaction()) if one.get("idToken")]
    assert told == [card()]


@case("TC_E_05_CS")
async def test_tc_e_05_nobody_plugs_in(stage: Stage) -> None:
    """A transaction that only a token keeps ends with the timeout."""
    await stage.boot(TIMEOUT | {START: "Authorized", STOP: "Authorized"})
    stage.swipe()
    started = await stage.csms.skip_to(event("Started", "Authorized"))
    timeout = event("Ended", "EVConnectTimeout", reason="Timeout")
    ended = await stage.csms.expect(timeout, within_s=TIMEOUT_S + 5)

    assert ended.at - started.at == pytest.approx(TIMEOUT_S, abs=2)
    assert ended.get("idToken") is None


@case("TC_E_05_CS")
async def test_tc_e_05_nobody_plugs_in_at_the_bay(equipped_stage: Stage) -> None:
    """One that the bay keeps too goes on without the token."""
    stage = equipped_stage
    await stage.boot(TIMEOUT | {START: "ParkingBayOccupancy", STOP: "ParkingBayOccupancy"})
    stage.drive_in()
    await stage.csms.expect(event("Started", "EVDetected"))
    stage.swipe()
    await stage.csms.skip_to(event("Updated", "Authorized", idToken=card()))
    await stage.csms.expect(event("Updated", "EVConnectTimeout"), within_s=TIMEOUT_S + 5)
    assert stage.transaction()


@case("TC_E_06_CS")
async def test_tc_e_06_local_stop(stage: Stage) -> None:
    """The same token ends it without being asked about, and the plug is let go."""
    await stage.boot({START: "PowerPathClosed", STOP: "PowerPathClosed"})
    await stage.charge()
    stage.swipe()
    await stage.csms.expect(
        event("Ended", "StopAuthorized", state="EVConnected", reason=LOCAL, idToken=card())
    )
    await stage.csms.silence(5)
    stage.unplug()
    await stage.csms.expect(status(1, "Available"))

    assert len(stage.csms.all(said("Authorize"))) == 1


@case("TC_E_38_CS")
async def test_tc_e_38_vehicle_not_ready(stage: Stage) -> None:
    """A vehicle that does not take what it is offered has suspended."""
    await stage.boot()
    stage.plug(eager=False)
    await stage.csms.expect(status(1, "Occupied"))
    stage.swipe()
    await stage.csms.expect(said("Authorize"))
    await stage.csms.expect(event("Started", "Authorized", state="EVConnected"))
    await stage.csms.expect(event("Updated", "ChargingStateChanged", state="SuspendedEV"))
    stage.bench.sockets[1].pause(eager=True)
    await stage.csms.expect(CHARGES)


@case("TC_E_39_CS")
@pytest.mark.parametrize("point", ["Authorized", "PowerPathClosed"])
async def test_tc_e_39_too_late(stage: Stage, point: str) -> None:
    """After the timeout a plug makes the connector Occupied, and nothing charges."""
    await stage.boot(TIMEOUT | {START: point})
    stage.swipe()
    await stage.csms.expect(said("Authorize"))
    if point == "Authorized":
        await stage.csms.expect(event("Started", "Authorized"))
        await stage.csms.expect(
            event("Ended", "EVConnectTimeout", reason="Timeout"), within_s=TIMEOUT_S + 5
        )
    else:
        await stage.csms.silence(TIMEOUT_S + 5)
    stage.plug()
    await stage.csms.expect(status(1, "Occupied"))
    await stage.csms.silence(30)

    assert not stage.bench.sockets[1].closed


@case("TC_E_52_CS")
async def test_tc_e_52_nobody_is_asked(stage: Stage) -> None:
    """With remote authorization off, an unknown token is refused without a question."""
    await stage.boot({"AuthCtrlr.DisableRemoteAuthorization": True, START: "PowerPathClosed"})
    stage.plug()
    await stage.csms.expect(status(1, "Occupied"))
    stage.swipe()
    await stage.csms.silence(30)

    assert stage.csms.all(said("Authorize")) == []
    assert not stage.bench.sockets[1].closed
