"""What a driver reads of prices."""

from __future__ import annotations

from typing import Any

from tests.conformance.stage import TAG
from tests.conformance.v201.stage import Stage, event
from tests.conformance.v201.table import case
from tests.support.sought import said


def text(words: str) -> dict[str, Any]:
    """Return a message for a driver."""
    return {"format": "UTF8", "content": words}


@case("TC_I_01_CS")
async def test_tc_i_01_running_cost(stage: Stage) -> None:
    """The tariff is shown with the card, and the cost when the CSMS tells it."""
    stage.csms.judge(TAG, "Accepted", personalMessage=text("0.30 a kWh"))
    await stage.boot()
    number = await stage.charge()
    screens = stage.bench.panel.screens
    assert screens[1].tariff == "0.30 a kWh"
    for cost in (0.0, 1.25):
        answer = await stage.csms.call("CostUpdated", totalCost=cost, transactionId=number)
        await stage.clock.sleep(1)
        assert answer == {}
        assert screens[1].cost == f"{cost:.2f} EUR"

    assert screens[2].cost == ""


@case("TC_I_02_CS")
async def test_tc_i_02_final_cost(stage: Stage) -> None:
    """What it cost in all is on the summary."""
    await stage.boot()
    await stage.charge()
    stage.csms.reply("TransactionEvent", totalCost=7.5)
    stage.swipe()
    await stage.hear_end("StopAuthorized", "Local")
    await stage.clock.sleep(1)

    assert stage.bench.panel.screens[1].cost == "7.50 EUR"


@case("TC_I_07_CS")
async def test_tc_i_07_running_cost_in_answers(stage: Stage) -> None:
    """The answers to what is told of a transaction tell cost and tariff as well."""
    stage.csms.judge(TAG, "Accepted", personalMessage=text("0.30 a kWh"))
    await stage.boot({"SampledDataCtrlr.TxUpdatedInterval": 60})
    await stage.charge()
    stage.csms.reply("TransactionEvent", totalCost=2.0, updatedPersonalMessage=text("0.40 a kWh"))
    await stage.csms.skip_to(event("Updated", "MeterValuePeriodic"), within_s=90)
    await stage.clock.sleep(1)

    assert stage.bench.panel.screens[1].cost == "2.00 EUR"
    assert stage.bench.panel.screens[1].tariff == "0.40 a kWh"
    assert stage.csms.all(said("CostUpdated")) == []
