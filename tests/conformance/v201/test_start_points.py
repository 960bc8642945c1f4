"""What starts a transaction: each start point by itself."""

from __future__ import annotations

from base64 import b64decode

from laadpaal.protocols import ocmf
from tests.conformance.v201.stage import Stage, card, contexts, event, measured, status
from tests.conformance.v201.table import case
from tests.support.sought import either, only, said

HERE = {"id": 1, "connectorId": 1}
POINT = "TxCtrlr.TxStartPoint"
CHARGES = event("Updated", "ChargingStateChanged", state="Charging")


@case("TC_E_01_CS")
async def test_tc_e_01_power_path_closed(stage: Stage) -> None:
    """A token alone starts nothing; the plug that completes it does."""
    await stage.boot({POINT: "PowerPathClosed"})
    stage.swipe()
    await stage.csms.expect(said("Authorize", idToken=card()))
    await stage.csms.silence(10)
    stage.plug()
    trigger = either("CablePluggedIn", "ChargingStateChanged")
    _, started = await stage.csms.expect_each(
        status(1, "Occupied"),
        event("Started", trigger, state="EVConnected", evse=HERE, idToken=card()),
    )
    await stage.csms.expect(CHARGES)

    assert started["seqNo"] == 0


@case("TC_E_02_CS")
async def test_tc_e_02_energy_transfer(stage: Stage) -> None:
    """Neither plug nor token starts it, but the energy."""
    await stage.boot({POINT: "EnergyTransfer"})
    stage.plug()
    await stage.csms.expect(status(1, "Occupied"))
    stage.swipe()
    await stage.csms.expect(said("Authorize", idToken=card()))
    await stage.csms.expect(
        event("Started", "ChargingStateChanged", state="Charging", evse=HERE, idToken=card())
    )
    assert stage.bench.sockets[1].closed


@case("TC_E_09_CS")
async def test_tc_e_09_ev_connected(stage: Stage) -> None:
    """The plug starts it, names its connector, and somebody comes to pay for it."""
    await stage.boot({POINT: "EVConnected"})
    stage.plug()
    await stage.csms.expect_each(
        status(1, "Occupied"),
        event("Started", "CablePluggedIn", state="EVConnected", evse=HERE, idToken=None),
    )
    stage.swipe()
    await stage.csms.expect(said("Authorize", idToken=card()))
    await stage.csms.expect(event("Updated", "Authorized", idToken=card(), evse=None))
    await stage.csms.expect(CHARGES)


@case("TC_E_10_CS")
async def test_tc_e_10_authorized(stage: Stage) -> None:
    """The token starts it, before anybody has plugged in."""
    await stage.boot({POINT: "Authorized"})
    stage.swipe()
    await stage.csms.expect(said("Authorize", idToken=card()))
    await stage.csms.expect(
        event("Started", "Authorized", state=either("Idle", None), idToken=card(), evse=None)
    )
    stage.plug()
    await stage.csms.expect_each(
        status(1, "Occupied"),
        event("Updated", "CablePluggedIn", state="EVConnected", evse=HERE, idToken=None),
        CHARGES,
    )


@case("TC_E_13_CS")
async def test_tc_e_13_authorized_from_afar(stage: Stage) -> None:
    """A remote start starts it, and its number comes back with the token."""
    await stage.boot({POINT: "Authorized", "AuthCtrlr.AuthorizeRemoteStart": False})
    answer = await stage.csms.call(
        "RequestStartTransaction", evseId=1, idToken=card(), remoteStartId=7
    )
    await stage.csms.expect(event("Started", "RemoteStart", remote=7, idToken=card()))

    assert answer["status"] == "Accepted"


@case("TC_E_11_CS")
async def test_tc_e_11_data_signed(equipped_stage: Stage) -> None:
    """The first value that the meter has signed starts it, and energy waits for that."""
    stage = equipped_stage
    await stage.boot({"SampledDataCtrlr.SignReadings": True})
    await stage.configure({POINT: "DataSigned"})
    stage.plug()
    await stage.csms.expect(status(1, "Occupied"))
    stage.swipe()
    await stage.csms.expect(said("Authorize", idToken=card()))
    started = await stage.csms.expect(
        event("Started", "SignedDataReceived", state="EVConnected", evse=HERE, idToken=card()),
        within_s=60,
    )
    await stage.csms.expect(CHARGES)

    signed = only(list(measured(started)))["signedMeterValue"]
    document = b64decode(signed["signedMeterData"]).decode()
    assert contexts(started) == {"Transaction.Begin"}
    assert ocmf.read(document, signed["publicKey"]).energy_wh == 1000
    assert (signed["encodingMethod"], signed["signingMethod"]) == (ocmf.ENCODING, ocmf.METHOD)


@case("TC_E_12_CS")
async def test_tc_e_12_parking_bay(equipped_stage: Stage) -> None:
    """A vehicle that drives in starts it; plug and token come in whatever order."""
    stage = equipped_stage
    await stage.boot({POINT: "ParkingBayOccupancy"})
    stage.drive_in()
    await stage.csms.expect(event("Started", "EVDetected", idToken=None))
    stage.plug()
    await stage.csms.expect_each(
        status(1, "Occupied"), event("Updated", "CablePluggedIn", state="EVConnected", evse=HERE)
    )
    stage.swipe()
    await stage.csms.expect(said("Authorize", idToken=card()))
    await stage.csms.expect(event("Updated", "Authorized", idToken=card()))
    await stage.csms.expect(CHARGES)
