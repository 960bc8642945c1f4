"""How a cable is let go from afar."""

from __future__ import annotations

from tests.conformance.v16.cases import case
from tests.conformance.v16.stage import Stage
from tests.support.sought import status


@case("TC_017_1_CS")
async def test_tc_017_1_free_socket(stage: Stage) -> None:
    """A lock that holds nothing can be opened."""
    await stage.boot()
    answer = await stage.csms.call("UnlockConnector", connectorId=1)

    assert answer == {"status": "Unlocked"}


@case("TC_017_2_CS")
async def test_tc_017_2_free_fixed_cable(cable_stage: Stage) -> None:
    """A fixed cable has no lock."""
    await cable_stage.boot()
    answer = await cable_stage.csms.call("UnlockConnector", connectorId=1)

    assert answer == {"status": "NotSupported"}


@case("TC_018_1_CS")
async def test_tc_018_1_charging_socket(stage: Stage) -> None:
    """Unlocking ends the transaction and lets the cable go."""
    await stage.boot()
    number = await stage.charge()
    answer = await stage.csms.call("UnlockConnector", connectorId=1)
    await stage.hear_stop(transactionId=number, reason="UnlockCommand")
    stage.unplug()
    await stage.csms.expect(status(1, "Available"))

    assert answer == {"status": "Unlocked"}


@case("TC_018_2_CS")
async def test_tc_018_2_charging_fixed_cable(cable_stage: Stage) -> None:
    """What cannot be unlocked goes on charging."""
    await cable_stage.boot()
    await cable_stage.charge()
    answer = await cable_stage.csms.call("UnlockConnector", connectorId=1)
    await cable_stage.csms.silence(30)

    assert answer == {"status": "NotSupported"}
    assert cable_stage.bench.sockets[1].closed


@case("TC_030_CS")
async def test_tc_030_jammed_lock(stage: Stage) -> None:
    """A lock that does not move is told."""
    await stage.boot()
    stage.bench.sockets[1].lock_broken = True
    answer = await stage.csms.call("UnlockConnector", connectorId=1)

    assert answer == {"status": "UnlockFailed"}


@case("TC_031_CS")
async def test_tc_031_unknown_connector(stage: Stage) -> None:
    """A connector that is not there cannot be unlocked."""
    await stage.boot()
    answer = await stage.csms.call("UnlockConnector", connectorId=3)

    assert answer == {"status": "NotSupported"}
