"""Cards of one group stop for each other, and a master pass stops everything."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conformance.stage import OTHER_TAG, TAG, THIRD_TAG
from tests.conformance.v201.stage import LOCAL, Stage, card, event, status
from tests.conformance.v201.table import case
from tests.conformance.v201.tokens import (
    CACHE,
    LIST,
    asked,
    entry,
    goes_on,
    hear_start,
    list_only,
    nothing_starts,
    plug,
    remember,
)
from tests.support.sought import said

FAMILY: dict[str, Any] = {"groupIdToken": {"idToken": "FAMILY", "type": "Central"}}
POLICE: dict[str, Any] = {"groupIdToken": {"idToken": "POLICE", "type": "Central"}}
MASTER: dict[str, object] = {"AuthCtrlr.MasterPassGroupId": "POLICE"}
NO_CACHE = {"AuthCacheCtrlr.Enabled": False}


async def charge(stage: Stage, evse: int = 1, tag: str = TAG, **info: Any) -> None:
    """Let somebody of the family charge."""
    stage.csms.judge(tag, "Accepted", **(info or FAMILY))
    await plug(stage, evse)
    stage.swipe(tag, evse)
    await stage.csms.skip_to(event("Started", "Authorized", idToken=card(tag)))
    await stage.hear_charging(evse)


async def hear_stop(stage: Stage, tag: str = OTHER_TAG) -> None:
    """Hear next that the transaction has ended for a card."""
    await stage.csms.expect(event("Ended", "StopAuthorized", reason=LOCAL, idToken=card(tag)))


@case("TC_C_39_CS")
async def test_tc_c_39_one_of_the_group(stage: Stage) -> None:
    """Another card of the group is asked about, and stops."""
    await stage.boot(NO_CACHE)
    await charge(stage)
    stage.csms.judge(OTHER_TAG, "Accepted", **FAMILY)
    stage.swipe(OTHER_TAG)
    await stage.csms.expect(asked(OTHER_TAG))
    await hear_stop(stage)


@case("TC_C_42_CS")
async def test_tc_c_42_another_group(stage: Stage) -> None:
    """A good card of another group does not stop."""
    await stage.boot(NO_CACHE)
    await charge(stage)
    stage.csms.judge(OTHER_TAG, "Accepted", **POLICE)
    stage.swipe(OTHER_TAG)
    await stage.csms.expect(asked(OTHER_TAG))
    await goes_on(stage)


@case("TC_C_40_CS")
async def test_tc_c_40_listed(stage: Stage) -> None:
    """One of the group who is listed as good stops without a question."""
    await stage.boot(LIST)
    await list_only(stage, entry(TAG, **FAMILY), entry(OTHER_TAG, **FAMILY))
    stage.csms.judge(TAG, "Accepted", **FAMILY)
    await plug(stage)
    stage.swipe()
    await hear_start(stage)
    stage.swipe(OTHER_TAG)
    await hear_stop(stage)

    assert stage.csms.all(said("Authorize")) == []


@case("TC_C_43_CS")
async def test_tc_c_43_listed_as_invalid(stage: Stage) -> None:
    """One of the group who is listed as not good is asked about, and does not stop."""
    await stage.boot(LIST)
    await list_only(stage, entry(TAG, **FAMILY), entry(OTHER_TAG, "Invalid", **FAMILY))
    stage.csms.judge(TAG, "Accepted", **FAMILY)
    await plug(stage)
    stage.swipe()
    await hear_start(stage)
    stage.csms.judge(OTHER_TAG, "Invalid", **FAMILY)
    stage.swipe(OTHER_TAG)
    await stage.csms.expect(asked(OTHER_TAG))
    await goes_on(stage)


@case("TC_C_41_CS")
async def test_tc_c_41_remembered(stage: Stage) -> None:
    """One of the group who is remembered as good stops without a question."""
    await stage.boot(CACHE)
    await remember(stage, OTHER_TAG, **FAMILY)
    await charge(stage)
    stage.swipe(OTHER_TAG)
    await hear_stop(stage)

    assert len(stage.csms.all(asked(OTHER_TAG))) == 1


@case("TC_C_44_CS")
async def test_tc_c_44_remembered_as_invalid(stage: Stage) -> None:
    """One of the group who is remembered as not good is asked about, and does not stop."""
    await stage.boot(CACHE)
    await remember(stage, OTHER_TAG, "Invalid", **FAMILY)
    await charge(stage)
    stage.swipe(OTHER_TAG)
    await stage.csms.expect(asked(OTHER_TAG))
    await goes_on(stage)


@case("TC_C_45_CS")
@pytest.mark.parametrize("plugged", [True, False])
async def test_tc_c_45_a_master_pass_starts_nothing(stage: Stage, *, plugged: bool) -> None:
    """It is asked about, and that is all, before the plug as well as after."""
    await stage.boot(MASTER)
    stage.csms.judge(THIRD_TAG, "Accepted", **POLICE)
    if plugged:
        await plug(stage)
    stage.swipe(THIRD_TAG)
    await stage.csms.expect(asked(THIRD_TAG))
    if not plugged:
        await plug(stage)
    await nothing_starts(stage)


async def hear_all_stop(stage: Stage) -> None:
    """Hear that both transactions have ended for the master pass, and that the plugs are free."""
    await stage.csms.expect_each(
        *(
            event(
                "Ended",
                "StopAuthorized",
                id=stage.transaction(evse),
                reason="MasterPass",
                idToken=card(THIRD_TAG),
            )
            for evse in (1, 2)
        )
    )
    await stage.csms.silence(1)
    for evse in (1, 2):
        stage.unplug(evse)
    await stage.csms.expect_each(*(status(evse, "Available") for evse in (1, 2)))


@case("TC_C_49_CS")
async def test_tc_c_49_a_master_pass_stops_everything(stage: Stage) -> None:
    """Without a screen to choose from, it stops every transaction."""
    await stage.boot(MASTER)
    await charge(stage)
    await charge(stage, 2, OTHER_TAG)
    stage.csms.judge(THIRD_TAG, "Accepted", **POLICE)
    stage.swipe(THIRD_TAG)
    await stage.csms.expect(asked(THIRD_TAG))
    await hear_all_stop(stage)


@case("TC_C_14_CS")
async def test_tc_c_14_a_master_pass_that_is_known(stage: Stage) -> None:
    """One that is remembered stops them without a question."""
    await stage.boot(CACHE | MASTER)
    stage.csms.judge(THIRD_TAG, "Accepted", **POLICE)
    stage.swipe(THIRD_TAG)
    await stage.csms.expect(asked(THIRD_TAG))
    await charge(stage)
    await charge(stage, 2, OTHER_TAG)
    stage.swipe(THIRD_TAG)
    await hear_all_stop(stage)

    assert len(stage.csms.all(asked(THIRD_TAG))) == 1
