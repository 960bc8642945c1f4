"""The plug is pulled at the vehicle: who ends, who waits, and who keeps the cable."""

from __future__ import annotations

import pytest

from tests.conformance.v201.stage import Stage, event, status
from tests.conformance.v201.table import case
from tests.support.sought import said

STOPS = "TxCtrlr.StopTxOnEVSideDisconnect"
UNLOCKS = "OCPPCommCtrlr.UnlockOnEVSideDisconnect"
AUTHORIZED = {"TxCtrlr.TxStopPoint": "Authorized"}
TIMEOUT_S = 30
LEFT = event("Updated", "EVCommunicationLost", state="Idle")
BACK = event("Updated", "CablePluggedIn", state="EVConnected")
CHARGES = event("Updated", "ChargingStateChanged", state="Charging")


@case("TC_E_24_CS")
async def test_tc_e_24_cable_let_go(stage: Stage) -> None:
    """It ends, and the station's end of the cable is free at once."""
    await stage.boot({STOPS: True, UNLOCKS: True})
    await stage.charge()
    stage.unplug_vehicle()
    await stage.hear_end("EVCommunicationLost", "EVDisconnected", state="Idle")
    await stage.clock.sleep(1)
    stage.unplug()
    await stage.csms.expect(status(1, "Available"))


@case("TC_E_25_CS")
async def test_tc_e_25_cable_kept(stage: Stage) -> None:
    """It ends, and the cable waits for whose it is."""
    await stage.boot({STOPS: True, UNLOCKS: False})
    await stage.charge()
    stage.unplug_vehicle()
    await stage.hear_end("EVCommunicationLost", "EVDisconnected", state="Idle")
    await stage.clock.sleep(60)
    assert stage.bench.sockets[1].locked
    stage.swipe()
    await stage.clock.sleep(1)
    stage.unplug()
    await stage.csms.skip_to(status(1, "Available"))

    assert len(stage.csms.all(said("TransactionEvent", eventType="Started"))) == 1


async def come_back(stage: Stage) -> None:
    """Leave while charging, and plug in again: it goes on, and nobody is asked anything."""
    await stage.boot(AUTHORIZED | {STOPS: False, UNLOCKS: False})
    number = await stage.charge()
    stage.unplug_vehicle()
    await stage.csms.skip_to(LEFT)
    assert not stage.bench.sockets[1].closed
    await stage.clock.sleep(10)
    assert stage.bench.sockets[1].fixed or stage.bench.sockets[1].locked
    stage.plug()
    await stage.csms.skip_to(BACK)
    await stage.csms.expect(CHARGES)

    assert stage.transaction() == number
    assert len(stage.csms.all(said("Authorize"))) == 1


@case("TC_E_26_CS")
async def test_tc_e_26_suspended(stage: Stage) -> None:
    """The lock keeps the cable for who comes back."""
    await come_back(stage)


@case("TC_E_26_CS")
async def test_tc_e_26_suspended_at_a_fixed_cable(cable_stage: Stage) -> None:
    """Where nothing can be locked it goes on as well."""
    await come_back(cable_stage)


@case("TC_E_27_CS")
async def test_tc_e_27_fixed_cable_timeout(cable_stage: Stage) -> None:
    """A fixed cable waits as long as for a first plug, and no longer."""
    stage = cable_stage
    timeout = {"TxCtrlr.EVConnectionTimeOut": TIMEOUT_S}
    await stage.boot(AUTHORIZED | timeout | {STOPS: False, UNLOCKS: False})
    await stage.charge()
    stage.unplug_vehicle()
    left = await stage.csms.skip_to(LEFT)
    too_late = event("Ended", "EVConnectTimeout", reason="Timeout")
    ended = await stage.csms.skip_to(too_late, within_s=TIMEOUT_S + 5)
    stage.plug()
    await stage.csms.expect(status(1, "Occupied"))
    await stage.csms.silence(30)

    assert ended.at - left.at == pytest.approx(TIMEOUT_S, abs=2)
    assert not stage.bench.sockets[1].closed
