"""How the station, or one EVSE, starts anew because the CSMS wants it."""

from __future__ import annotations

import pytest

from tests.conformance.stage import OTHER_TAG, TAG
from tests.conformance.v201.stage import ACCEPTED, Stage, card, event, status
from tests.conformance.v201.table import case
from tests.support.sought import said

SCHEDULED = {"status": "Scheduled"}


async def hear_restart(stage: Stage, reason: str, *words: str) -> None:
    """Hear that the station has started anew, and how its connectors are."""
    await stage.hear_boot(*words, reason=reason)


@case("TC_B_20_CS")
async def test_tc_b_20_idle(stage: Stage) -> None:
    """An idle station starts anew at once."""
    await stage.boot()
    assert await stage.csms.call("Reset", type="OnIdle") == ACCEPTED
    await hear_restart(stage, "RemoteReset")


@case("TC_B_21_CS")
async def test_tc_b_21_when_idle(stage: Stage) -> None:
    """It waits for its transaction, and then finds the cable where it was."""
    await stage.boot()
    await stage.charge()
    assert await stage.csms.call("Reset", type="OnIdle") == SCHEDULED
    await stage.csms.silence(60, "BootNotification")
    stage.swipe()
    await stage.hear_end("StopAuthorized", "Local")
    await hear_restart(stage, "ScheduledReset", "Occupied", "Available")


@case("TC_B_22_CS")
async def test_tc_b_22_at_once(stage: Stage) -> None:
    """It ends its transaction for the reset, without a token, and starts anew."""
    await stage.boot()
    number = await stage.charge()
    assert await stage.csms.call("Reset", type="Immediate") == ACCEPTED
    end = await stage.hear_end("ResetCommand", "ImmediateReset", id=number)
    await hear_restart(stage, "RemoteReset", "Occupied", "Available")

    assert end.get("idToken") is None
    assert end["transactionInfo"].get("chargingState") in {"EVConnected", None}


@case("TC_B_23_CS")
async def test_tc_b_23_unavailable(stage: Stage) -> None:
    """What was out of use before is so afterwards."""
    await stage.boot()
    answer = await stage.csms.call(
        "ChangeAvailability", operationalStatus="Inoperative", evse={"id": 1}
    )
    await stage.csms.expect(status(1, "Unavailable"))
    await stage.reset()
    await hear_restart(stage, "RemoteReset", "Unavailable", "Available")

    assert answer == ACCEPTED


@case("TC_B_24_CS")
async def test_tc_b_24_reserved(stage: Stage) -> None:
    """What was reserved before is so afterwards."""
    await stage.boot()
    answer = await stage.csms.call(
        "ReserveNow", id=1, evseId=1, idToken=card(), expiryDateTime=stage.csms.instant(3600)
    )
    await stage.csms.expect(status(1, "Reserved"))
    await stage.reset()
    await hear_restart(stage, "RemoteReset", "Reserved", "Available")

    assert answer == ACCEPTED


@case("TC_B_41_CS")
async def test_tc_b_41_two_transactions(stage: Stage) -> None:
    """It waits for the last one."""
    await stage.boot()
    await stage.charge(1)
    await stage.charge(2, OTHER_TAG)
    assert await stage.csms.call("Reset", type="OnIdle") == SCHEDULED
    stage.swipe(TAG, 1)
    await stage.hear_end("StopAuthorized", "Local")
    await stage.csms.silence(60, "BootNotification")
    stage.swipe(OTHER_TAG, 2)
    await stage.hear_end("StopAuthorized", "Local")
    await hear_restart(stage, "ScheduledReset", "Occupied", "Occupied")


@case("TC_B_25_CS")
@pytest.mark.parametrize("kind", ["Immediate", "OnIdle"])
async def test_tc_b_25_evse(stage: Stage, kind: str) -> None:
    """One EVSE is away for a moment; the station is not, and boots not."""
    await stage.boot()
    assert await stage.csms.call("Reset", type=kind, evseId=1) == ACCEPTED
    await stage.csms.expect(status(1, "Unavailable"))
    await stage.csms.expect(status(1, "Available"))
    await stage.csms.silence(60)


@case("TC_B_26_CS")
async def test_tc_b_26_evse_when_idle(stage: Stage) -> None:
    """It waits for the transaction of that EVSE, whatever the other does."""
    await stage.boot()
    await stage.charge(1)
    await stage.charge(2, OTHER_TAG)
    assert await stage.csms.call("Reset", type="OnIdle", evseId=1) == SCHEDULED
    await stage.csms.silence(60, "StatusNotification")
    stage.swipe(TAG, 1)
    await stage.hear_end("StopAuthorized", "Local")
    await stage.csms.expect(status(1, "Unavailable"))
    await stage.csms.skip_to(status(1, "Occupied"))
    await stage.csms.silence(60, "BootNotification")

    assert stage.transaction(2)


@case("TC_B_27_CS")
async def test_tc_b_27_evse_at_once(stage: Stage) -> None:
    """Its transaction ends for the reset, and the other one goes on."""
    await stage.boot()
    number = await stage.charge(1)
    await stage.charge(2, OTHER_TAG)
    assert await stage.csms.call("Reset", type="Immediate", evseId=1) == ACCEPTED
    end = await stage.csms.skip_to(
        event("Ended", "ResetCommand", id=number, reason="ImmediateReset")
    )
    await stage.csms.skip_to(status(1, "Occupied"))
    await stage.csms.silence(60, "BootNotification")

    assert end.get("idToken") is None
    assert stage.transaction(2)
    assert stage.csms.all(said("TransactionEvent", eventType="Ended")) == [end]
