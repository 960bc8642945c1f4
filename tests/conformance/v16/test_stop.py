"""How charging ends at the station itself."""

from __future__ import annotations

from tests.conformance.stage import OTHER_TAG, TAG
from tests.conformance.v16.cases import case
from tests.conformance.v16.stage import Stage
from tests.support.sought import either, said, status

GROUP = "FLEET"


@case("TC_005_1_CS")
async def test_tc_005_1_stop_and_unlock(stage: Stage) -> None:
    """Unplugging at the vehicle ends everything, and the cable can be taken along."""
    await stage.boot()
    await stage.configure(
        StopTransactionOnEVSideDisconnect=True, UnlockConnectorOnEVSideDisconnect=True
    )
    number = await stage.charge()
    stage.unplug_vehicle()
    await stage.hear_stop(transactionId=number, reason="EVDisconnected", idTag=None)
    stage.unplug()
    await stage.csms.expect(status(1, "Available"))


@case("TC_005_2_CS")
async def test_tc_005_2_stop_and_stay_locked(stage: Stage) -> None:
    """Unplugging at the vehicle ends the transaction; the CSMS lets the cable go."""
    await stage.boot()
    await stage.configure(
        StopTransactionOnEVSideDisconnect=True, UnlockConnectorOnEVSideDisconnect=False
    )
    number = await stage.charge()
    stage.unplug_vehicle()
    await stage.hear_stop(transactionId=number, reason="EVDisconnected", idTag=None)
    held = stage.bench.sockets[1].locked
    answer = await stage.csms.call("UnlockConnector", connectorId=1)
    stage.unplug()
    await stage.csms.expect(status(1, "Available"))

    assert held
    assert answer == {"status": "Unlocked"}


@case("TC_005_2_CS")
async def test_tc_005_2_a_fixed_cable_has_no_lock(cable_stage: Stage) -> None:
    """Unplugging at the vehicle ends the transaction, and there is nothing to unlock."""
    await cable_stage.boot()
    await cable_stage.configure(StopTransactionOnEVSideDisconnect=True)
    number = await cable_stage.charge()
    cable_stage.unplug_vehicle()
    await cable_stage.hear_stop(word="Available", transactionId=number, reason="EVDisconnected")
    answer = await cable_stage.csms.call("UnlockConnector", connectorId=1)

    assert answer == {"status": "NotSupported"}


@case("TC_005_3_CS")
async def test_tc_005_3_go_on(stage: Stage) -> None:
    """Unplugging at the vehicle only suspends, and the CSMS stops the transaction."""
    await stage.boot()
    await stage.configure(StopTransactionOnEVSideDisconnect=False)
    number = await stage.charge()
    stage.unplug_vehicle()
    await stage.csms.expect(status(1, "SuspendedEV"))
    await stage.csms.silence(30)
    answer = await stage.csms.call("RemoteStopTransaction", transactionId=number)
    await stage.hear_stop(transactionId=number, reason="Remote")

    assert answer == {"status": "Accepted"}


@case("TC_068_CS")
async def test_tc_068_same_card(stage: Stage) -> None:
    """The card that started also stops, without a question, and frees the cable."""
    await stage.boot()
    number = await stage.charge()
    stage.swipe()
    await stage.hear_stop(transactionId=number, idTag=TAG, reason=either("Local", None))
    stage.unplug()
    await stage.csms.expect(status(1, "Available"))


@case("TC_069_CS")
async def test_tc_069_same_group(stage: Stage) -> None:
    """A card of the same group stops, once the CSMS has told of which group it is."""
    await stage.boot()
    for tag in (TAG, OTHER_TAG):
        stage.csms.judge(tag, "Accepted", parentIdTag=GROUP)
    number = await stage.charge()
    stage.swipe(OTHER_TAG)
    await stage.csms.expect(said("Authorize", idTag=OTHER_TAG))
    await stage.hear_stop(transactionId=number, idTag=OTHER_TAG, reason=either("Local", None))
