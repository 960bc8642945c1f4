"""Cards that are shown while the CSMS is away, and what it says of them when it is back."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import pytest

from tests.conformance.stage import TAG
from tests.conformance.v201.stage import Stage, card, event, status
from tests.conformance.v201.table import case
from tests.conformance.v201.tokens import (
    A_WHILE_S,
    CACHE,
    LIST,
    entry,
    list_only,
    nothing_starts,
    plug,
    remember,
)
from tests.support.sought import said

STRANGERS = {"AuthCtrlr.OfflineTxForUnknownIdEnabled": True}
ALLOWED_WH = 1000


@asynccontextmanager
async def away(stage: Stage) -> AsyncIterator[None]:
    """Plug in and show the card while the CSMS is away."""
    async with stage.csms.away():
        await stage.clock.sleep(5)
        stage.plug()
        await stage.clock.sleep(5)
        stage.swipe()
        await stage.clock.sleep(20)
        yield


async def hear_offline_start(stage: Stage) -> str:
    """Hear a start that nobody heard when it happened, and return the transaction."""
    started = await stage.csms.skip_to(
        event("Started", "Authorized", idToken=card(), offline=True, seqNo=0)
    )
    await stage.csms.skip_to(
        event("Updated", "ChargingStateChanged", state="Charging", offline=True)
    )
    told: str = started["transactionInfo"]["transactionId"]
    return told


async def refused(stage: Stage) -> None:
    """Come while the CSMS is away, and hear nothing of it later but the plug."""
    async with away(stage):
        pass
    await stage.csms.skip_to(status(1, "Occupied"))
    await nothing_starts(stage)

    assert stage.csms.all(said("Authorize", idToken=card())) == []


async def listed(stage: Stage, word: str) -> None:
    """Boot with a list that says that of the card; strangers may start offline."""
    await stage.boot(LIST | STRANGERS)
    await list_only(stage, entry(TAG, word))


@case("TC_C_21_CS")
async def test_tc_c_21_listed(stage: Stage) -> None:
    """A card that is listed as good starts."""
    await stage.boot(LIST)
    await list_only(stage, entry(TAG))
    async with away(stage):
        pass
    await hear_offline_start(stage)


@case("TC_C_22_CS")
async def test_tc_c_22_invalid(stage: Stage) -> None:
    """One that is listed as not good does not, though a stranger would."""
    await listed(stage, "Invalid")
    await refused(stage)


@case("TC_C_23_CS")
async def test_tc_c_23_blocked(stage: Stage) -> None:
    """Nor does a blocked one."""
    await listed(stage, "Blocked")
    await refused(stage)


@case("TC_C_24_CS")
@pytest.mark.parametrize("dated", [True, False])
async def test_tc_c_24_expired(stage: Stage, *, dated: bool) -> None:
    """Nor one that has expired, be it by its word or by its date."""
    await stage.boot(LIST | STRANGERS)
    past = entry(TAG, cacheExpiryDateTime=stage.csms.instant(-1))
    await list_only(stage, past if dated else entry(TAG, "Expired"))
    await refused(stage)


@case("TC_C_25_CS")
async def test_tc_c_25_the_list_comes_first(stage: Stage) -> None:
    """What the list says counts, though the cache says otherwise."""
    await stage.boot(CACHE | STRANGERS | {"LocalAuthListCtrlr.Enabled": True})
    await remember(stage)
    await list_only(stage, entry(TAG, "Invalid"))
    async with away(stage):
        pass
    await stage.csms.skip_to(status(1, "Occupied"))
    await nothing_starts(stage)


@case("TC_C_26_CS")
async def test_tc_c_26_stranger(stage: Stage) -> None:
    """A stranger starts, and without energy goes on when the CSMS does not want them."""
    await stage.boot(CACHE | STRANGERS | {"TxCtrlr.StopTxOnInvalidId": False})
    stage.csms.judge(TAG, "Invalid")
    async with away(stage):
        pass
    transaction = await hear_offline_start(stage)
    held = event("Updated", "ChargingStateChanged", state="SuspendedEVSE", offline=None)
    await stage.csms.skip_to(held)
    await stage.clock.sleep(A_WHILE_S)

    told = stage.events(transaction)
    back = next(place for place, one in enumerate(told) if not one.get("offline"))
    assert held.fits(told[back])
    assert {one["triggerReason"] for one in told[back + 1 :]} <= {"MeterValuePeriodic"}
    assert {one["eventType"] for one in told} == {"Started", "Updated"}
    assert not stage.running.view().evses[0].contactor_closed


async def known_start(stage: Stage, values: Mapping[str, object], *, online: bool) -> str:
    """Start with a card that is remembered as good, of which the CSMS thinks otherwise by now."""
    await stage.boot({**CACHE, **values})
    await remember(stage)
    stage.csms.judge(TAG, "Invalid")
    if not online:
        async with away(stage):
            pass
        return await hear_offline_start(stage)
    await plug(stage)
    stage.swipe()
    started = await stage.csms.expect(event("Started", "Authorized", idToken=card()))
    told: str = started["transactionInfo"]["transactionId"]
    return told


ONLINE_OR_NOT = pytest.mark.parametrize("online", [True, False])


@case("TC_C_15_CS")
@ONLINE_OR_NOT
async def test_tc_c_15_some_energy(stage: Stage, *, online: bool) -> None:
    """Where the transaction goes on, so much energy flows, and then none."""
    values = {"TxCtrlr.StopTxOnInvalidId": False, "TxCtrlr.MaxEnergyOnInvalidId": ALLOWED_WH}
    transaction = await known_start(stage, values, online=online)
    await stage.clock.sleep(2 * A_WHILE_S)
    told = {one["triggerReason"] for one in stage.events(transaction)}
    states = {one["transactionInfo"].get("chargingState") for one in stage.events(transaction)}
    assert stage.running.view().evses[0].contactor_closed
    assert "Deauthorized" not in told
    assert states <= {None, "EVConnected", "SuspendedEV", "Charging"}
    held = event("Updated", "ChargingStateChanged", state="SuspendedEVSE")
    await stage.csms.skip_to(held, within_s=3600)
    running = stage.running.view().evses[0].transaction

    assert running
    assert ALLOWED_WH <= running.energy_wh < 2 * ALLOWED_WH


@case("TC_C_16_CS")
@ONLINE_OR_NOT
async def test_tc_c_16_ended(stage: Stage, *, online: bool) -> None:
    """Where the transaction is to end, it ends for the token."""
    await known_start(stage, {"TxCtrlr.StopTxOnInvalidId": True}, online=online)
    await stage.hear_end("Deauthorized", "DeAuthorized", state="EVConnected")


@case("TC_C_17_CS")
@ONLINE_OR_NOT
async def test_tc_c_17_held_up(stage: Stage, *, online: bool) -> None:
    """Where it goes on and nothing is allowed, no energy flows any more."""
    values = {"TxCtrlr.StopTxOnInvalidId": False, "TxCtrlr.MaxEnergyOnInvalidId": 0}
    transaction = await known_start(stage, values, online=online)
    await stage.csms.skip_to(event("Updated", "ChargingStateChanged", state="SuspendedEVSE"))
    await stage.clock.sleep(A_WHILE_S)

    told = stage.events(transaction)
    assert "Deauthorized" not in {one["triggerReason"] for one in told}
    assert {one["eventType"] for one in told} == {"Started", "Updated"}


@case("TC_C_18_CS")
@ONLINE_OR_NOT
async def test_tc_c_18_ended_whatever_is_allowed(stage: Stage, *, online: bool) -> None:
    """Where the transaction is to end, what is allowed plays no part."""
    values = {"TxCtrlr.StopTxOnInvalidId": True, "TxCtrlr.MaxEnergyOnInvalidId": ALLOWED_WH}
    await known_start(stage, values, online=online)
    await stage.hear_end("Deauthorized", "DeAuthorized", state="EVConnected")
