"""Transactions while the CSMS is away: told later, in order, and as what they are."""

from __future__ import annotations

import pytest

from laadpaal.protocols.ocpp import timestamp
from tests.conformance.stage import OTHER_TAG, TAG
from tests.conformance.v201.stage import LOCAL, Stage, card, contexts, event
from tests.conformance.v201.table import case
from tests.support.sought import said

INTERVAL_S = 60
SAMPLED = {"SampledDataCtrlr.TxUpdatedInterval": INTERVAL_S}
FAMILY = {"groupIdToken": {"idToken": "FAMILY", "type": "Central"}}


@case("TC_E_40_CS")
async def test_tc_e_40_connection_lost(stage: Stage) -> None:
    """Values of that time come late, say when they were, and that nobody could be told."""
    await stage.boot(SAMPLED)
    number = await stage.charge()
    began = timestamp.parse(stage.events(number)[0]["timestamp"])
    async with stage.csms.away():
        await stage.clock.sleep(200)
    late = [
        await stage.csms.skip_to(event("Updated", "MeterValuePeriodic", offline=True))
        for _ in range(3)
    ]
    await stage.clock.sleep(INTERVAL_S)
    then = stage.events(number)[-1]

    told_s = [timestamp.parse(one["timestamp"]) - began for one in late]
    assert told_s == pytest.approx([60, 120, 180], abs=0.5)
    assert {word for one in late for word in contexts(one)} == {"Sample.Periodic"}
    assert then.get("offline") in {None, False}


@case("TC_E_43_CS")
async def test_tc_e_43_all_of_it_offline(stage: Stage) -> None:
    """From the start to the end, in order and without a gap."""
    await stage.boot(SAMPLED | {"AuthCtrlr.OfflineTxForUnknownIdEnabled": True})
    async with stage.csms.away():
        stage.plug()
        await stage.clock.sleep(5)
        stage.swipe()
        await stage.clock.sleep(130)
        number = stage.transaction()
        stage.swipe()
        await stage.clock.sleep(5)
        stage.unplug()
    await stage.hear_end("StopAuthorized", LOCAL, idToken=card())
    told = stage.events(number)

    assert told[0]["eventType"] == "Started"
    assert told[-1]["eventType"] == "Ended"
    assert {one["offline"] for one in told} == {True}
    assert [one["timestamp"] for one in told] == sorted(one["timestamp"] for one in told)
    assert len([one for one in told if one["triggerReason"] == "MeterValuePeriodic"]) == 2


@case("TC_E_44_CS")
async def test_tc_e_44_stopped_offline(stage: Stage) -> None:
    """The token that began it ends it, whoever is away."""
    await stage.boot()
    await stage.charge()
    async with stage.csms.away():
        stage.swipe()
        await stage.clock.sleep(30)
        assert not stage.bench.sockets[1].closed
    await stage.hear_end("StopAuthorized", LOCAL, idToken=card(), offline=True)


@case("TC_E_45_CS")
async def test_tc_e_45_stopped_offline_by_the_group(stage: Stage) -> None:
    """So does one that is known to belong to it."""
    await stage.boot({"AuthCacheCtrlr.Enabled": True, "AuthCtrlr.LocalAuthorizeOffline": True})
    for tag in (TAG, OTHER_TAG):
        stage.csms.judge(tag, "Accepted", **FAMILY)
    stage.swipe(OTHER_TAG, 2)
    await stage.csms.expect(said("Authorize", idToken=card(OTHER_TAG)))
    await stage.clock.sleep(5)
    stage.swipe(OTHER_TAG, 2)
    await stage.charge()
    async with stage.csms.away():
        stage.swipe(OTHER_TAG)
        await stage.clock.sleep(30)
        assert not stage.bench.sockets[1].closed
    await stage.hear_end("StopAuthorized", LOCAL, idToken=card(OTHER_TAG), offline=True)
