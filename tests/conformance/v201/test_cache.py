"""What the station remembers of cards."""

from __future__ import annotations

import pytest

from tests.conformance.stage import TAG
from tests.conformance.v201.stage import ACCEPTED, LOCAL, Stage, card, event, status
from tests.conformance.v201.table import case
from tests.conformance.v201.tokens import (
    CACHE,
    CHARGING,
    asked,
    hear_start,
    nothing_starts,
    plug,
    remember,
)
from tests.support.sought import either, said


async def known(stage: Stage, word: str = "Accepted") -> None:
    """Boot, let the cache know the card, and plug in."""
    await stage.boot(CACHE)
    await remember(stage, word=word)
    await plug(stage)


async def ask_again(stage: Stage, was: str, now: str) -> None:
    """Show a card that is remembered as not good; the CSMS is asked, and says something."""
    await known(stage, was)
    stage.csms.judge(TAG, now)
    stage.swipe()
    await stage.csms.expect(asked())


async def leave(stage: Stage) -> None:
    """Stop with the card, and unplug."""
    stage.swipe()
    await stage.csms.expect(event("Ended", "StopAuthorized", reason=LOCAL, idToken=card()))
    await stage.csms.silence(1)
    stage.unplug()
    await stage.csms.expect(status(1, "Available"))


@case("TC_C_08_CS")
async def test_tc_c_08_good(stage: Stage) -> None:
    """A card that is remembered as good starts without a question."""
    await known(stage)
    stage.swipe()
    await hear_start(stage)


@case("TC_C_09_CS")
async def test_tc_c_09_still_invalid(stage: Stage) -> None:
    """One that is remembered as not good is asked about."""
    await ask_again(stage, "Invalid", "Invalid")
    await nothing_starts(stage)


@case("TC_C_10_CS")
async def test_tc_c_10_still_blocked(stage: Stage) -> None:
    """So is one that is blocked."""
    await ask_again(stage, "Blocked", "Blocked")
    await nothing_starts(stage)


@case("TC_C_11_CS")
async def test_tc_c_11_still_expired(stage: Stage) -> None:
    """And one that has expired."""
    await ask_again(stage, "Expired", "Expired")
    await nothing_starts(stage)


@case("TC_C_12_CS")
async def test_tc_c_12_good_by_now(stage: Stage) -> None:
    """The new word of the CSMS counts."""
    await ask_again(stage, "Invalid", "Accepted")
    await hear_start(stage)


@case("TC_C_13_CS")
async def test_tc_c_13_card_first(stage: Stage) -> None:
    """Shown before the plug the card is not asked about either, and the plug starts for it."""
    await stage.boot(CACHE)
    await remember(stage)
    stage.swipe()
    await stage.csms.silence(5)
    stage.plug()
    await stage.csms.expect_each(
        status(1, "Occupied"),
        event("Started", either("CablePluggedIn", "Authorized"), idToken=card()),
        CHARGING,
    )

    assert len(stage.csms.all(said("Authorize"))) == 1


@case("TC_C_32_CS")
async def test_tc_c_32_after_a_restart(stage: Stage) -> None:
    """What is remembered outlasts a restart."""
    await stage.boot(CACHE)
    await remember(stage)
    await stage.reset()
    await stage.hear_boot()
    await plug(stage)
    stage.swipe()
    await hear_start(stage)


@case("TC_C_33_CS")
async def test_tc_c_33_what_authorize_says(stage: Stage) -> None:
    """The answer about a card replaces what was remembered, and so does what follows it."""
    await ask_again(stage, "Invalid", "Accepted")
    await hear_start(stage)
    await leave(stage)
    await plug(stage)
    stage.csms.judge(TAG, "Invalid")
    stage.swipe()
    await stage.csms.expect(event("Started", "Authorized", idToken=card()))
    await stage.hear_end("Deauthorized", "DeAuthorized")
    stage.swipe()  # frees the plug
    await stage.csms.silence(1)
    stage.unplug()
    await stage.csms.skip_to(status(1, "Available"))
    stage.swipe()
    await stage.csms.expect(asked())


@case("TC_C_34_CS")
async def test_tc_c_34_what_a_transaction_event_is_told(stage: Stage) -> None:
    """What the CSMS says of a card while it charges counts the next time."""
    await known(stage)
    stage.csms.judge(TAG, "Invalid")
    stage.swipe()
    await stage.csms.expect(event("Started", "Authorized", idToken=card()))
    await stage.hear_end("Deauthorized", "DeAuthorized")
    stage.swipe()
    await stage.csms.silence(1)
    stage.unplug()
    await stage.csms.skip_to(status(1, "Available"))
    await plug(stage)
    stage.swipe()
    await stage.csms.expect(asked())
    await stage.csms.silence(30)


@case("TC_C_36_CS")
async def test_tc_c_36_no_pre_authorization(stage: Stage) -> None:
    """Where nobody starts unasked, a good card is asked about as well."""
    await stage.boot(CACHE | {"AuthCtrlr.LocalPreAuthorize": False})
    await remember(stage)
    await plug(stage)
    stage.swipe()
    await stage.csms.expect(asked())
    await hear_start(stage)


@case("TC_C_37_CS")
async def test_tc_c_37_cleared(stage: Stage) -> None:
    """A cache that was cleared knows nobody."""
    await known(stage)
    answer = await stage.csms.call("ClearCache")
    stage.swipe()
    await stage.csms.expect(asked())
    await hear_start(stage)

    assert answer == ACCEPTED


@case("TC_C_38_CS")
async def test_tc_c_38_off(stage: Stage) -> None:
    """A cache that is switched off is not cleared."""
    await stage.boot({"AuthCacheCtrlr.Enabled": False})
    answer = await stage.csms.call("ClearCache")

    assert answer["status"] == "Rejected"


@case("TC_C_46_CS")
@pytest.mark.parametrize(("wait_s", "outdated"), [(30.0, False), (70.0, True)])
async def test_tc_c_46_lifetime(stage: Stage, wait_s: float, *, outdated: bool) -> None:
    """After its lifetime a card is asked about again, and not before."""
    await stage.boot(CACHE | {"AuthCacheCtrlr.LifeTime": 60})
    await remember(stage)
    await stage.csms.silence(wait_s)
    await plug(stage)
    stage.swipe()
    if outdated:
        await stage.csms.expect(asked())
    await hear_start(stage)


@case("TC_C_57_CS")
async def test_tc_c_57_final(stage: Stage) -> None:
    """Where the cache has the last word, a card that is not good is not asked about."""
    await stage.boot(CACHE | {"AuthCacheCtrlr.DisablePostAuthorize": True})
    await remember(stage, word="Invalid")
    stage.csms.judge(TAG, "Accepted")
    await plug(stage)
    stage.swipe()
    await nothing_starts(stage)

    assert len(stage.csms.all(said("Authorize"))) == 1
