"""What the CSMS starts and stops from afar."""

from __future__ import annotations

import pytest

from tests.conformance.stage import OTHER_TAG, TAG
from tests.conformance.v16.cases import case
from tests.conformance.v16.stage import Stage
from tests.support.sought import said, status

ACCEPTED, REJECTED = {"status": "Accepted"}, {"status": "Rejected"}


@case("TC_010_CS")
@pytest.mark.parametrize("asks", [True, False])
async def test_tc_010_cable_first(stage: Stage, *, asks: bool) -> None:
    """A plugged vehicle is started from afar; the tag is asked about when the key says so."""
    await stage.boot()
    await stage.configure(AuthorizeRemoteTxRequests=asks)
    stage.plug()
    await stage.csms.expect(status(1, "Preparing"))
    answer = await stage.csms.call("RemoteStartTransaction", connectorId=1, idTag=TAG)
    if asks:
        await stage.csms.expect(said("Authorize", idTag=TAG))
    await stage.hear_start()

    assert answer == ACCEPTED


@case("TC_011_1_CS")
async def test_tc_011_1_remote_start_first(stage: Stage) -> None:
    """A remote start prepares the connector, and the cable starts charging."""
    await stage.boot()
    answer = await stage.csms.call("RemoteStartTransaction", connectorId=1, idTag=TAG)
    await stage.csms.expect_each(said("Authorize", idTag=TAG), status(1, "Preparing"))
    stage.plug()
    await stage.hear_start()

    assert answer == ACCEPTED


@case("TC_011_2_CS")
async def test_tc_011_2_connection_time_out(stage: Stage) -> None:
    """A remote start that nobody plugs in for is forgotten in time."""
    await stage.boot()
    await stage.configure(ConnectionTimeOut=30)
    answer = await stage.csms.call("RemoteStartTransaction", connectorId=1, idTag=TAG)
    _, ready = await stage.csms.expect_each(said("Authorize"), status(1, "Preparing"))
    given_up = await stage.csms.expect(status(1, "Available"), within_s=60)
    stage.plug()
    await stage.csms.expect(status(1, "Preparing"))
    await stage.csms.silence(60)

    assert answer == ACCEPTED
    assert given_up.at - ready.at == pytest.approx(30.0, abs=0.5)


@case("TC_012_CS")
async def test_tc_012_remote_stop(stage: Stage) -> None:
    """A transaction is stopped from afar, and the cable is let go."""
    await stage.boot()
    number = await stage.charge()
    answer = await stage.csms.call("RemoteStopTransaction", transactionId=number)
    await stage.hear_stop(transactionId=number, reason="Remote")
    stage.unplug()
    await stage.csms.expect(status(1, "Available"))

    assert answer == ACCEPTED


@case("TC_026_CS")
async def test_tc_026_a_transaction_runs(stage: Stage) -> None:
    """Nobody can start where a transaction runs, and it goes on."""
    await stage.boot()
    await stage.charge()
    answer = await stage.csms.call("RemoteStartTransaction", connectorId=1, idTag=OTHER_TAG)
    await stage.csms.silence(30)

    assert answer == REJECTED
    assert stage.bench.sockets[1].closed


@case("TC_027_CS")
async def test_tc_027_connector_0(stage: Stage) -> None:
    """Nobody can start at connector 0, which is the whole station."""
    await stage.boot()
    answer = await stage.csms.call("RemoteStartTransaction", connectorId=0, idTag=TAG)
    await stage.csms.silence(30)

    assert answer == REJECTED


@case("TC_028_CS")
async def test_tc_028_unknown_transaction(stage: Stage) -> None:
    """A number that belongs to no transaction stops nothing."""
    await stage.boot()
    number = await stage.charge()
    answer = await stage.csms.call("RemoteStopTransaction", transactionId=number + 1)
    await stage.csms.silence(30)

    assert answer == REJECTED
    assert stage.bench.sockets[1].closed
