"""Meter values of a transaction: at its beginning, on the way, and at its end."""

from __future__ import annotations

from base64 import b64decode

import pytest

from laadpaal.protocols import ocmf
from laadpaal.protocols.ocpp import timestamp
from tests.conformance.v201.stage import Stage, contexts, event, measured
from tests.conformance.v201.table import case
from tests.support.sought import Heard, said

ENERGY = "Energy.Active.Import.Register"
MEASURANDS = f"{ENERGY},Voltage,Current.Import"
LINES = {ENERGY: {None}, "Voltage": {"L1-N", "L2-N", "L3-N"}, "Current.Import": {"L1", "L2", "L3"}}
"""What the meter has of each."""
INTERVAL_S = 60
HERE = {"id": 1, "connectorId": 1}


def phases(heard: Heard) -> dict[str, set[str | None]]:
    """Return which phases a message tells of each measurand."""
    found: dict[str, set[str | None]] = {}
    for value in measured(heard):
        found.setdefault(value["measurand"], set()).add(value.get("phase"))
    return found


@case("TC_J_07_CS")
async def test_tc_j_07_beginning(stage: Stage) -> None:
    """The start has all that is wanted of it, of every line."""
    await stage.boot({"SampledDataCtrlr.TxStartedMeasurands": MEASURANDS})
    number = await stage.charge()
    started = stage.events(number)[0]

    assert contexts(started) == {"Transaction.Begin"}
    assert phases(started) == LINES


@case("TC_J_08_CS")
async def test_tc_j_08_beginning_at_no_place(stage: Stage) -> None:
    """Where the EVSE is not known yet, the beginning is told with it."""
    await stage.boot(
        {
            "TxCtrlr.TxStartPoint": "Authorized",
            "SampledDataCtrlr.TxStartedMeasurands": MEASURANDS,
        }
    )
    stage.swipe(reader=0)
    started = await stage.csms.skip_to(event("Started", "Authorized"))
    stage.plug()
    plugged = await stage.csms.skip_to(event("Updated", "CablePluggedIn", evse=HERE))

    assert (started.get("evse"), started.get("meterValue")) == (None, None)
    assert contexts(plugged) == {"Transaction.Begin"}
    assert phases(plugged) == LINES


@case("TC_J_09_CS")
async def test_tc_j_09_on_the_way(stage: Stage) -> None:
    """Every so many seconds from the start, and not by any other message."""
    await stage.boot(
        {
            "SampledDataCtrlr.TxUpdatedInterval": INTERVAL_S,
            "SampledDataCtrlr.TxUpdatedMeasurands": MEASURANDS,
        }
    )
    number = await stage.charge()
    told = [
        await stage.csms.skip_to(event("Updated", "MeterValuePeriodic"), within_s=INTERVAL_S + 5)
        for _ in range(3)
    ]
    began = timestamp.parse(stage.events(number)[0]["timestamp"])

    after_s = [timestamp.parse(one["timestamp"]) - began for one in told]
    assert after_s == pytest.approx([60, 120, 180], abs=0.5)
    assert all(contexts(one) == {"Sample.Periodic"} for one in told)
    assert all(phases(one) == LINES for one in told)
    assert stage.csms.all(said("MeterValues")) == []


@case("TC_J_10_CS")
async def test_tc_j_10_end(stage: Stage) -> None:
    """The end has the beginning, what was kept on the way, and the end itself, once each."""
    await stage.boot(
        {
            "SampledDataCtrlr.TxEndedInterval": INTERVAL_S,
            "SampledDataCtrlr.TxEndedMeasurands": MEASURANDS,
        }
    )
    number = await stage.charge()
    await stage.clock.sleep(3 * INTERVAL_S + 10)
    stage.swipe()
    ended = await stage.csms.skip_to(event("Ended", "StopAuthorized"))
    began = timestamp.parse(stage.events(number)[0]["timestamp"])

    values = ended["meterValue"]
    words = [one["sampledValue"][0]["context"] for one in values]
    assert words == ["Transaction.Begin", *["Sample.Periodic"] * 3, "Transaction.End"]
    kept_s = [timestamp.parse(one["timestamp"]) - began for one in values]
    assert kept_s[:4] == pytest.approx([0, 60, 120, 180], abs=0.5)
    assert values[-1]["timestamp"] == ended["timestamp"]
    assert phases(ended) == LINES


KEYS = "OCPPCommCtrlr.PublicKeyWithSignedMeterValue"


@case("TC_J_11_CS")
@pytest.mark.parametrize("rule", ["Never", "OncePerTransaction", "EveryMeterValue"])
async def test_tc_j_11_signed(equipped_stage: Stage, rule: str) -> None:
    """Each register is told as the meter has signed it; its key as often as is wanted."""
    stage = equipped_stage
    await stage.boot(
        {
            "SampledDataCtrlr.SignReadings": True,
            "SampledDataCtrlr.TxUpdatedInterval": INTERVAL_S,
            "SampledDataCtrlr.TxEndedInterval": INTERVAL_S,
            KEYS: rule,
        }
    )
    number = await stage.charge()
    await stage.clock.sleep(2 * INTERVAL_S + 10)
    stage.swipe()
    await stage.csms.skip_to(event("Ended", "StopAuthorized"))

    signed = [
        (value, value["signedMeterValue"])
        for told in stage.events(number)
        for value in measured(told)
    ]
    wanted = {"Never": 0, "OncePerTransaction": 1, "EveryMeterValue": len(signed)}
    signer = stage.bench.sockets[1].signer
    assert signer
    assert [bool(one["publicKey"]) for _, one in signed].count(True) == wanted[rule]
    assert bool(signed[0][1]["publicKey"]) == (rule != "Never")
    for value, one in signed:
        record = ocmf.read(b64decode(one["signedMeterData"]).decode(), signer.public_key)
        assert record.energy_wh == pytest.approx(value["value"], abs=0.01)
