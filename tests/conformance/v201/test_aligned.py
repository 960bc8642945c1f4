"""Meter values on the grid of the clock."""

from __future__ import annotations

from base64 import b64decode
from itertools import pairwise

from laadpaal.protocols import ocmf
from laadpaal.protocols.ocpp import timestamp
from tests.conformance.v201.stage import Stage, contexts, event, measured
from tests.conformance.v201.table import case
from tests.support.sought import Heard, said

ENERGY = "Energy.Active.Import.Register"
MEASURANDS = f"{ENERGY},Voltage"
INTERVAL_S = 60
GRID: dict[str, object] = {
    "AlignedDataCtrlr.Interval": INTERVAL_S,
    "AlignedDataCtrlr.Measurands": MEASURANDS,
    "SampledDataCtrlr.TxUpdatedInterval": 0,
}
KEPT: dict[str, object] = {
    "AlignedDataCtrlr.TxEndedInterval": INTERVAL_S,
    "AlignedDataCtrlr.TxEndedMeasurands": MEASURANDS,
}


def on_the_grid(heard: Heard) -> bool:
    """Tell whether every value of a message was taken at an instant of the grid."""
    at = [timestamp.parse(value["timestamp"]) for value in heard["meterValue"]]
    return all(one % INTERVAL_S == 0 for one in at)


def words(heard: Heard) -> set[str]:
    """Return the measurands of a message."""
    return {value["measurand"] for value in measured(heard)}


@case("TC_J_01_CS")
async def test_tc_j_01_idle(stage: Stage) -> None:
    """Each EVSE at rest tells for itself, at the instants of the grid."""
    await stage.boot(GRID)
    told = [
        await stage.csms.skip_to(said("MeterValues", evseId=evse), within_s=INTERVAL_S + 5)
        for evse in (1, 2, 1, 2)
    ]

    assert all(on_the_grid(one) for one in told)
    assert all(contexts(one) == {"Sample.Clock"} for one in told)
    assert all(words(one) == set(MEASURANDS.split(",")) for one in told)


@case("TC_J_02_CS")
async def test_tc_j_02_during_a_transaction(stage: Stage) -> None:
    """What belongs to a transaction is told as part of it, and not twice."""
    await stage.boot(GRID)
    await stage.charge()
    place = len(stage.csms.heard)
    told = [
        await stage.csms.skip_to(event("Updated", "MeterValueClock"), within_s=INTERVAL_S + 5)
        for _ in range(3)
    ]

    assert all(on_the_grid(one) for one in told)
    assert all(contexts(one) == {"Sample.Clock"} for one in told)
    assert all(words(one) == set(MEASURANDS.split(",")) for one in told)
    since = stage.csms.heard[place:]
    assert [one for one in since if one.action == "MeterValues" and one["evseId"] == 1] == []


@case("TC_J_03_CS")
async def test_tc_j_03_end(stage: Stage) -> None:
    """The end has what was kept on the grid."""
    await stage.boot(KEPT)
    await stage.charge()
    await stage.clock.sleep(3 * INTERVAL_S)
    stage.swipe()
    ended = await stage.csms.skip_to(event("Ended", "StopAuthorized"))

    clock = [
        value
        for value in ended["meterValue"]
        if value["sampledValue"][0]["context"] == "Sample.Clock"
    ]
    at = [timestamp.parse(value["timestamp"]) for value in clock]
    assert len(at) == 3
    assert all(one % INTERVAL_S == 0 for one in at)
    assert [later - sooner for sooner, later in pairwise(at)] == [INTERVAL_S] * 2
    assert {one["measurand"] for value in clock for one in value["sampledValue"]} == set(
        MEASURANDS.split(",")
    )


@case("TC_J_04_CS")
async def test_tc_j_04_signed(equipped_stage: Stage) -> None:
    """Told at rest, on the way and at the end as the meter has signed it."""
    stage = equipped_stage
    await stage.boot(GRID | KEPT | {"AlignedDataCtrlr.SignReadings": True})
    idle = await stage.csms.skip_to(said("MeterValues", evseId=1), within_s=INTERVAL_S + 5)
    await stage.charge()
    clock = await stage.csms.skip_to(event("Updated", "MeterValueClock"), within_s=INTERVAL_S + 5)
    stage.swipe()
    ended = await stage.csms.skip_to(event("Ended", "StopAuthorized"))

    signer = stage.bench.sockets[1].signer
    assert signer
    for told in (idle, clock, ended):
        signed = [
            value["signedMeterValue"]
            for value in measured(told)
            if value["context"] == "Sample.Clock" and value["measurand"] == ENERGY
        ]
        assert signed
        for one in signed:
            ocmf.read(b64decode(one["signedMeterData"]).decode(), signer.public_key)


@case("TC_J_06_CS")
async def test_tc_j_06_idle_hours_only(stage: Stage) -> None:
    """None during a transaction, and again after it."""
    await stage.boot(GRID | {"AlignedDataCtrlr.SendDuringIdle": True})
    await stage.csms.skip_to(said("MeterValues", evseId=1), within_s=INTERVAL_S + 5)
    await stage.charge()
    place = len(stage.csms.heard)
    await stage.clock.sleep(3 * INTERVAL_S)
    during = [one for one in stage.csms.heard[place:] if one.get("meterValue")]
    stage.swipe()
    await stage.csms.skip_to(event("Ended", "StopAuthorized"))
    stage.unplug()
    told = await stage.csms.skip_to(said("MeterValues", evseId=1), within_s=INTERVAL_S + 5)

    assert during == []
    assert on_the_grid(told)
