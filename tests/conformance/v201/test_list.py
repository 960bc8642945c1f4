"""The list of cards that the CSMS gives to the station."""

from __future__ import annotations

from tests.conformance.stage import OTHER_TAG, TAG
from tests.conformance.v201.stage import ACCEPTED, Stage, card
from tests.conformance.v201.table import case
from tests.conformance.v201.tokens import (
    LIST,
    asked,
    entry,
    hear_start,
    list_only,
    nothing_starts,
    plug,
    send,
)


async def version(stage: Stage) -> int:
    """Return the version of the list that the station has."""
    answer = await stage.csms.call("GetLocalListVersion")
    told: int = answer["versionNumber"]
    return told


async def listed(stage: Stage, word: str = "Accepted", now: str = "Accepted") -> None:
    """Boot with a list that says a word of the card, plug in, and show it."""
    await stage.boot(LIST)
    await list_only(stage, entry(TAG, word))
    stage.csms.judge(TAG, now)
    await plug(stage)
    stage.swipe()


# --- what it decides ---


@case("TC_C_27_CS")
async def test_tc_c_27_good(stage: Stage) -> None:
    """A card that is listed as good starts without a question."""
    await listed(stage)
    await hear_start(stage)


@case("TC_C_28_CS")
async def test_tc_c_28_still_invalid(stage: Stage) -> None:
    """One that is listed as not good is asked about."""
    await listed(stage, "Invalid", "Invalid")
    await stage.csms.expect(asked())
    await nothing_starts(stage)


@case("TC_C_31_CS")
async def test_tc_c_31_good_by_now(stage: Stage) -> None:
    """The new word of the CSMS counts."""
    await listed(stage, "Invalid", "Accepted")
    await stage.csms.expect(asked())
    await hear_start(stage)


@case("TC_C_29_CS")
async def test_tc_c_29_still_blocked(stage: Stage) -> None:
    """A blocked one is asked about."""
    await listed(stage, "Blocked", "Blocked")
    await stage.csms.expect(asked())
    await nothing_starts(stage)


@case("TC_C_30_CS")
async def test_tc_c_30_still_expired(stage: Stage) -> None:
    """So is one that has expired."""
    await listed(stage, "Expired", "Expired")
    await stage.csms.expect(asked())
    await nothing_starts(stage)


@case("TC_C_58_CS")
async def test_tc_c_58_final(stage: Stage) -> None:
    """Where the list has the last word, a card that is not good is not asked about."""
    await stage.boot(LIST | {"LocalAuthListCtrlr.DisablePostAuthorize": True})
    await list_only(stage, entry(TAG, "Invalid"))
    await plug(stage)
    stage.swipe()
    await nothing_starts(stage)


# --- how it is written ---


@case("TC_D_01_CS")
async def test_tc_d_01_full(stage: Stage) -> None:
    """A whole list replaces the one before, even one with a higher version."""
    await stage.boot(LIST)
    assert await send(stage, 5, entry(TAG)) == ACCEPTED
    assert await send(stage, 2, entry(OTHER_TAG)) == ACCEPTED
    assert await version(stage) == 2
    assert await stage.read("LocalAuthListCtrlr.Entries") == "1"
    await plug(stage)
    stage.swipe(OTHER_TAG)
    await hear_start(stage, OTHER_TAG)


@case("TC_D_02_CS")
async def test_tc_d_02_update(stage: Stage) -> None:
    """A change adds and replaces entries, and leaves the others."""
    await stage.boot(LIST)
    await list_only(stage, entry(TAG, "Blocked"), entry(OTHER_TAG))
    third = entry("04778899")
    assert await send(stage, 2, entry(TAG), third, kind="Differential") == ACCEPTED
    assert await version(stage) == 2
    assert await stage.read("LocalAuthListCtrlr.Entries") == "3"
    await plug(stage)
    stage.swipe()
    await hear_start(stage)


@case("TC_D_03_CS")
async def test_tc_d_03_remove(stage: Stage) -> None:
    """An entry without a word is taken off."""
    await stage.boot(LIST)
    await list_only(stage, entry(TAG), entry(OTHER_TAG))
    assert await send(stage, 2, {"idToken": card(TAG)}, kind="Differential") == ACCEPTED
    assert await version(stage) == 2
    assert await stage.read("LocalAuthListCtrlr.Entries") == "1"
    await plug(stage)
    stage.swipe()
    await stage.csms.expect(asked())
    await hear_start(stage)


@case("TC_D_04_CS")
async def test_tc_d_04_empty(stage: Stage) -> None:
    """An empty list takes everybody off, and has a version all the same."""
    await stage.boot(LIST)
    await list_only(stage, entry(TAG))
    assert await send(stage, 2) == ACCEPTED
    assert await version(stage) == 2
    assert await stage.read("LocalAuthListCtrlr.Entries") == "0"
    await plug(stage)
    stage.swipe()
    await stage.csms.expect(asked())
    await hear_start(stage)


@case("TC_D_05_CS")
async def test_tc_d_05_empty_change(stage: Stage) -> None:
    """An empty change is a new version of what there was."""
    await stage.boot(LIST)
    await list_only(stage, entry(TAG))
    assert await send(stage, 2, kind="Differential") == ACCEPTED
    assert await version(stage) == 2
    await plug(stage)
    stage.swipe()
    await hear_start(stage)


@case("TC_D_06_CS")
async def test_tc_d_06_too_old(stage: Stage) -> None:
    """A change to a version that is past is not taken."""
    await stage.boot(LIST)
    assert await send(stage, 5, entry(TAG)) == ACCEPTED
    for number in (4, 5):
        answer = await send(stage, number, entry(TAG, "Blocked"), kind="Differential")
        assert answer["status"] == "VersionMismatch"
    assert await version(stage) == 5
    await plug(stage)
    stage.swipe()
    await hear_start(stage)


@case("TC_D_07_CS")
async def test_tc_d_07_after_a_restart(stage: Stage) -> None:
    """The list outlasts a restart."""
    await stage.boot(LIST)
    await list_only(stage, entry(TAG))
    await stage.reset()
    await stage.hear_boot()
    assert await version(stage) == 1
    await plug(stage)
    stage.swipe()
    await hear_start(stage)


@case("TC_D_08_CS")
async def test_tc_d_08_version(stage: Stage) -> None:
    """There is no list before the first one, and then the version is told."""
    await stage.boot(LIST)
    assert await version(stage) == 0
    await send(stage, 7, entry(TAG))

    assert await version(stage) == 7


@case("TC_D_10_CS")
async def test_tc_d_10_off(stage: Stage) -> None:
    """Where the list is switched off it has no version, and none is taken."""
    await stage.boot(LIST)
    await list_only(stage, entry(TAG))
    await stage.configure({"LocalAuthListCtrlr.Enabled": False})
    assert await version(stage) == 0

    assert (await send(stage, 2, entry(TAG)))["status"] == "Failed"
