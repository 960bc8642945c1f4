"""What the CSMS is told when it asks about a transaction."""

from __future__ import annotations

from typing import Any

from tests.conformance.v201.stage import Stage, event
from tests.conformance.v201.table import case

MANY = 1000


async def ask(stage: Stage, **fields: object) -> tuple[bool | None, bool]:
    """Return whether it is ongoing, None where that is not said, and whether messages wait."""
    answer: dict[str, Any] = await stage.csms.call("GetTransactionStatus", **fields)
    return answer.get("ongoingIndicator"), answer["messagesInQueue"]


async def charging(stage: Stage) -> str:
    """Charge, and let everything be told."""
    await stage.boot({"SampledDataCtrlr.TxUpdatedInterval": 0})
    number = await stage.charge()
    await stage.clock.sleep(2)
    return number


async def deaf(stage: Stage) -> None:
    """Let the CSMS take no transaction event any more, and one come up."""
    stage.csms.fail("TransactionEvent", MANY, "InternalError")
    stage.bench.sockets[1].pause(eager=False)
    await stage.csms.until(lambda: bool(stage.csms.failed), 30, "event")


@case("TC_E_28_CS")
async def test_tc_e_28_unknown(stage: Stage) -> None:
    """Nobody knows of it."""
    await stage.boot()
    assert await ask(stage, transactionId="nothing") == (False, False)


@case("TC_E_29_CS")
@case("TC_E_33_CS")
async def test_tc_e_29_33_ongoing_and_waiting(stage: Stage) -> None:
    """It runs, and something of it waits; without an id only the latter is said."""
    number = await charging(stage)
    await deaf(stage)

    assert await ask(stage, transactionId=number) == (True, True)
    assert await ask(stage) == (None, True)


@case("TC_E_30_CS")
@case("TC_E_34_CS")
async def test_tc_e_30_34_ongoing_and_told(stage: Stage) -> None:
    """It runs, and all of it was told."""
    number = await charging(stage)

    assert await ask(stage, transactionId=number) == (True, False)
    assert await ask(stage) == (None, False)


@case("TC_E_31_CS")
async def test_tc_e_31_ended_and_waiting(stage: Stage) -> None:
    """It has ended, and the CSMS has yet to hear that."""
    number = await charging(stage)
    await deaf(stage)
    stage.swipe()
    await stage.clock.sleep(5)

    assert await ask(stage, transactionId=number) == (False, True)


@case("TC_E_32_CS")
async def test_tc_e_32_ended_and_told(stage: Stage) -> None:
    """It has ended, and the CSMS knows."""
    number = await charging(stage)
    stage.swipe()
    await stage.csms.expect(event("Ended", "StopAuthorized"))
    await stage.clock.sleep(2)

    assert await ask(stage, transactionId=number) == (False, False)
