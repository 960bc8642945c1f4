"""What the station says because the CSMS wants to hear it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conformance.stage import OTHER_TAG
from tests.conformance.v201.stage import ACCEPTED, Stage, contexts, event, measured, status
from tests.conformance.v201.table import case
from tests.support.sought import said

MEASURANDS = "Energy.Active.Import.Register,Power.Active.Import"


async def trigger(stage: Stage, message: str, **fields: Any) -> dict[str, Any]:
    """Ask for a message, and return the answer."""
    return await stage.csms.call("TriggerMessage", requestedMessage=message, **fields)


@pytest.mark.parametrize(
    ("fields", "evses"),
    [
        pytest.param({"evse": {"id": 1}}, {1}, marks=case("TC_F_11_CS")),
        pytest.param({}, {1, 2}, marks=case("TC_F_12_CS")),
    ],
)
async def test_tc_f_11_12_meter_values(
    stage: Stage, fields: dict[str, Any], evses: set[int]
) -> None:
    """Every EVSE that was asked about tells its aligned measurands."""
    await stage.boot({"AlignedDataCtrlr.Measurands": MEASURANDS})
    assert await trigger(stage, "MeterValues", **fields) == ACCEPTED
    told = [await stage.csms.skip_to(said("MeterValues")) for _ in evses]

    assert {one["evseId"] for one in told} == evses
    for one in told:
        assert contexts(one) == {"Trigger"}
        assert {value["measurand"] for value in measured(one)} == set(MEASURANDS.split(","))


@pytest.mark.parametrize(
    ("fields", "evses"),
    [
        pytest.param({"evse": {"id": 1}}, {1}, marks=case("TC_F_13_CS")),
        pytest.param({}, {1, 2}, marks=case("TC_F_14_CS")),
    ],
)
async def test_tc_f_13_14_transaction(
    stage: Stage, fields: dict[str, Any], evses: set[int]
) -> None:
    """Every transaction that was asked about tells its state and its measurands."""
    await stage.boot({"SampledDataCtrlr.TxUpdatedMeasurands": MEASURANDS})
    await stage.charge(1)
    await stage.charge(2, OTHER_TAG)
    assert await trigger(stage, "TransactionEvent", **fields) == ACCEPTED
    told = [await stage.csms.skip_to(event("Updated", "Trigger", state="Charging")) for _ in evses]

    assert {one["evse"]["id"] for one in told} == evses
    for one in told:
        assert contexts(one) == {"Trigger"}
        assert {value["measurand"] for value in measured(one)} == set(MEASURANDS.split(","))


@case("TC_F_20_CS")
async def test_tc_f_20_heartbeat(stage: Stage) -> None:
    """It beats at once."""
    await stage.boot()
    assert await trigger(stage, "Heartbeat") == ACCEPTED
    await stage.csms.expect(said("Heartbeat"), within_s=2)


@pytest.mark.parametrize(
    "word",
    [
        pytest.param("Available", marks=case("TC_F_23_CS")),
        pytest.param("Occupied", marks=case("TC_F_24_CS")),
    ],
)
async def test_tc_f_23_24_status(stage: Stage, word: str) -> None:
    """One connector tells how it is."""
    await stage.boot()
    if word == "Occupied":
        stage.plug()
        await stage.csms.expect(status(1, word))
    answer = await trigger(stage, "StatusNotification", evse={"id": 1, "connectorId": 1})
    await stage.csms.expect(status(1, word), within_s=2)
    await stage.csms.silence(30)

    assert answer == ACCEPTED


@case("TC_F_26_CS")
async def test_tc_f_26_boot(stage: Stage) -> None:
    """Who has been accepted does not boot again."""
    await stage.boot()
    await stage.clock.sleep(1)
    answer = await trigger(stage, "BootNotification")
    await stage.csms.silence(30)

    assert answer["status"] == "Rejected"


@case("TC_F_27_CS")
async def test_tc_f_27_not_implemented(stage: Stage) -> None:
    """There is no combined certificate to be asked for."""
    await stage.boot()
    answer = await trigger(stage, "SignCombinedCertificate")
    await stage.csms.silence(30)

    assert answer["status"] == "NotImplemented"
