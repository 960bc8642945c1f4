"""Who must not charge, and what keeps everybody from it."""

from __future__ import annotations

import pytest

from tests.conformance.stage import TAG
from tests.conformance.v16.cases import case
from tests.conformance.v16.stage import Stage
from tests.support.sought import said, status


@case("TC_023_4_CS")
@pytest.mark.parametrize("word", ["Invalid", "Blocked", "Expired"])
async def test_tc_023_4_a_bad_card(stage: Stage, word: str) -> None:
    """A card of which the CSMS says no good starts nothing."""
    await stage.boot()
    stage.csms.judge(TAG, word)
    stage.plug()
    await stage.csms.expect(status(1, "Preparing"))
    stage.swipe()
    await stage.csms.expect(said("Authorize", idTag=TAG))
    await stage.csms.silence(60)

    assert not stage.bench.sockets[1].closed


@case("TC_023_5_CS")
async def test_tc_023_5_a_bad_remote_start(stage: Stage) -> None:
    """A remote start is taken, but its tag is asked about and starts nothing."""
    await stage.boot()
    await stage.configure(AuthorizeRemoteTxRequests=True)
    stage.csms.judge(TAG, "Invalid")
    stage.plug()
    await stage.csms.expect(status(1, "Preparing"))
    answer = await stage.csms.call("RemoteStartTransaction", connectorId=1, idTag=TAG)
    await stage.csms.expect(said("Authorize", idTag=TAG))
    await stage.csms.silence(60)

    assert answer == {"status": "Accepted"}
    assert not stage.bench.sockets[1].closed


@case("TC_024_CS")
async def test_tc_024_the_lock_fails(stage: Stage) -> None:
    """A cable that cannot be locked is a fault, and nothing starts."""
    await stage.boot()
    stage.bench.sockets[1].lock_broken = True
    stage.plug()
    await stage.csms.expect(status(1, "Preparing"))
    stage.swipe()
    faulted = status(1, "Faulted", errorCode="ConnectorLockFailure")
    await stage.csms.expect_each(faulted, also=[said("Authorize", idTag=TAG)])
    await stage.csms.silence(60)

    assert not stage.bench.sockets[1].closed


@case("TC_041_CS")
async def test_tc_041_a_fault(stage: Stage) -> None:
    """At a connector with a fault neither a card nor a remote start does anything."""
    await stage.boot()
    stage.bench.sockets[1].meter_broken = True
    await stage.csms.expect(status(1, "Faulted", errorCode="PowerMeterFailure"), within_s=60)
    stage.plug()
    stage.swipe()
    await stage.csms.silence(60, "StartTransaction", "StatusNotification")
    answer = await stage.csms.call("RemoteStartTransaction", connectorId=1, idTag=TAG)
    await stage.csms.silence(60, "StartTransaction", "StatusNotification")

    assert answer == {"status": "Rejected"}
    assert not stage.bench.sockets[1].closed
