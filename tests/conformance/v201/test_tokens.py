"""What the CSMS says of a card that is shown, and what follows."""

from __future__ import annotations

import pytest

from tests.conformance.stage import OTHER_TAG
from tests.conformance.v201.stage import Stage
from tests.conformance.v201.table import case
from tests.conformance.v201.tokens import asked, goes_on, nothing_starts, plug

ASKED = {"AuthCtrlr.LocalPreAuthorize": False}


async def refused(stage: Stage, word: str) -> None:
    """Plug in, and show a card of which the CSMS says that."""
    await stage.boot(ASKED)
    stage.csms.judge("04A1B2C3", word)
    await plug(stage)
    stage.swipe()
    await stage.csms.expect(asked())
    await nothing_starts(stage)


@case("TC_C_02_CS")
@pytest.mark.parametrize("word", ["Invalid", "Unknown"])
async def test_tc_c_02_invalid(stage: Stage, word: str) -> None:
    """A card that the CSMS does not know starts nothing."""
    await refused(stage, word)


@case("TC_C_06_CS")
async def test_tc_c_06_blocked(stage: Stage) -> None:
    """Nor does one that is blocked."""
    await refused(stage, "Blocked")


@case("TC_C_07_CS")
async def test_tc_c_07_expired(stage: Stage) -> None:
    """Nor does one that has expired."""
    await refused(stage, "Expired")


@case("TC_C_56_CS")
async def test_tc_c_56_unknown(stage: Stage) -> None:
    """Nor does an unknown one, shown before the plug; the plug that follows is told and no more."""
    await stage.boot(ASKED)
    stage.csms.judge("04A1B2C3", "Unknown")
    stage.swipe()
    await stage.csms.expect(asked())
    await plug(stage)
    await nothing_starts(stage)


@case("TC_C_04_CS")
async def test_tc_c_04_somebody_else(stage: Stage) -> None:
    """A good card of somebody else is asked about, and stops nothing."""
    await stage.boot(ASKED)
    await stage.charge()
    stage.swipe(OTHER_TAG)
    await stage.csms.expect(asked(OTHER_TAG))
    await goes_on(stage)
