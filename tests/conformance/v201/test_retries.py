"""A CSMS that does not answer, or with an error: how often it is told again, and when."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.conformance.v201.stage import Stage, event, status
from tests.conformance.v201.table import case
from tests.support.sought import said

ATTEMPTS, INTERVAL_S, TIMEOUT_S = 3, 10, 30
PATIENCE = {
    "OCPPCommCtrlr.MessageAttempts[TransactionEvent]": ATTEMPTS,
    "OCPPCommCtrlr.MessageAttemptInterval[TransactionEvent]": INTERVAL_S,
}
HOW = {"": TIMEOUT_S, "InternalError": 0}
"""How it fails, and how long the station waits until it knows."""


async def fail(stage: Stage, times: int, code: str) -> None:
    """Start to charge at a CSMS that does not take the start so many times."""
    await stage.boot(PATIENCE)
    stage.csms.fail("TransactionEvent", times, code)
    stage.plug()
    await stage.csms.expect(status(1, "Occupied"))
    stage.swipe()
    await stage.csms.expect(said("Authorize"))


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("", marks=case("TC_E_41_CS")),
        pytest.param("InternalError", marks=case("TC_E_50_CS")),
    ],
)
async def test_tc_e_41_50_given_up(stage: Stage, code: str) -> None:
    """After the last attempt it is given up, and the next message has its turn."""
    await fail(stage, ATTEMPTS, code)
    following = await stage.csms.expect(
        event("Updated", "ChargingStateChanged", state="Charging"), within_s=300
    )
    tries = [one for one in stage.csms.failed if one.action == "TransactionEvent"]

    assert [one["eventType"] for one in tries] == ["Started"] * ATTEMPTS
    assert {one["seqNo"] for one in tries} == {0}
    waits = [later.at - sooner.at for sooner, later in pairwise(tries)]
    assert waits == pytest.approx([INTERVAL_S + HOW[code], 2 * INTERVAL_S + HOW[code]], abs=2)
    assert following["seqNo"] == 1
    assert "Given up after 3 attempts" in stage.grave.lines.pop()


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("", marks=case("TC_E_42_CS")),
        pytest.param("InternalError", marks=case("TC_E_51_CS")),
    ],
)
async def test_tc_e_42_51_taken_at_last(stage: Stage, code: str) -> None:
    """What was taken is not told again."""
    await fail(stage, 1, code)
    started = await stage.csms.expect(event("Started", "Authorized"), within_s=120)
    await stage.csms.expect(event("Updated", "ChargingStateChanged", state="Charging"))
    await stage.clock.sleep(300)

    [failed] = stage.csms.failed
    assert started.at - failed.at == pytest.approx(INTERVAL_S + HOW[code], abs=2)
    assert len(stage.csms.all(said("TransactionEvent", eventType="Started"))) == 1
    assert stage.csms.repeated == []
