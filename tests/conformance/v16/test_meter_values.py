"""What is told of the meters, and when."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import pytest

from laadpaal.protocols.ocpp import timestamp
from tests.conformance.v16.cases import case
from tests.conformance.v16.stage import Stage
from tests.support.sought import Heard, only, said

MEASURANDS = ["Energy.Active.Import.Register", "Power.Active.Import", "Current.Import", "Voltage"]
EVERYTHING = ",".join(MEASURANDS)


def samples(values: Iterable[Heard]) -> list[tuple[float, list[dict[str, Any]]]]:
    """Return when each message was measured, and what."""
    metered = [only(heard["meterValue"]) for heard in values]
    return [(timestamp.parse(one["timestamp"]), one["sampledValue"]) for one in metered]


def complete(values: list[dict[str, Any]], context: str) -> bool:
    """Tell whether every measurand is there, for the right reason, and none of the vehicle's."""
    reasons = {value.get("context", "Sample.Periodic") for value in values}
    places = {value.get("location", "Outlet") for value in values}
    told = {value.get("measurand", MEASURANDS[0]) for value in values}
    return (told, reasons) == (set(MEASURANDS), {context}) and "EV" not in places


@case("TC_070_CS")
async def test_tc_070_sampled(stage: Stage) -> None:
    """Each interval of a transaction brings one sample of everything that is configured."""
    await stage.boot()
    await stage.configure(MeterValueSampleInterval=20, MeterValuesSampledData=EVERYTHING)
    number = await stage.charge()
    start = only(stage.csms.all(said("StartTransaction")))
    sought = said("MeterValues", connectorId=1, transactionId=number)
    told = samples([await stage.csms.expect(sought) for _ in range(3)])

    began = timestamp.parse(start["timestamp"])
    assert [at - began for at, _ in told] == pytest.approx([20, 40, 60], abs=0.5)
    assert all(complete(values, "Sample.Periodic") for _, values in told)


@case("TC_071_CS")
async def test_tc_071_clock_aligned(stage: Stage) -> None:
    """Each instant of the grid brings a sample of everything, with the transaction there is."""
    await stage.boot()
    await stage.configure(
        MeterValueSampleInterval=0, ClockAlignedDataInterval=60, MeterValuesAlignedData=EVERYTHING
    )
    number = await stage.charge()
    await stage.clock.sleep(190)
    busy = stage.csms.all(said("MeterValues", connectorId=1))
    free = stage.csms.all(said("MeterValues", connectorId=2))

    assert [heard.get("transactionId") for heard in busy] == [number] * 3
    assert [heard.get("transactionId") for heard in free] == [None] * 3
    told = samples([*busy, *free])
    assert [at % 60 for at, _ in told] == [0] * 6
    assert [b - a for a, b in pairwise(at for at, _ in told[:3])] == [60, 60]
    assert all(complete(values, "Sample.Clock") for _, values in told)
