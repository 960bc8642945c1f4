"""What is kept while the power, or the connection, is gone."""

from __future__ import annotations

import pytest

from laadpaal.protocols.ocpp import timestamp
from tests.conformance.stage import TAG
from tests.conformance.v16.cases import case
from tests.conformance.v16.stage import Stage
from tests.support.sought import Heard, either, only, said, status

CABLE_IN = either("Preparing", "Finishing")
LOCAL = either("Local", None)


def measured(heard: Heard) -> float:
    """Return when that meter value was taken."""
    text: str = only(heard["meterValue"])["timestamp"]
    return timestamp.parse(text)


async def start_offline(stage: Stage, word: str = "Accepted", *, stops: bool = True) -> float:
    """Start offline with a card that may, of which the CSMS will say `word`; return when."""
    await stage.boot()
    await stage.configure(AllowOfflineTxForUnknownId=True, StopTransactionOnInvalidId=stops)
    async with stage.csms.away():
        stage.csms.judge(TAG, word)
        stage.plug()
        stage.swipe()
        began = stage.clock.now().utc
        await stage.clock.sleep(130)
        assert stage.bench.sockets[1].closed
    return began


@case("TC_032_2_CS")
async def test_tc_032_2_power_failure(stage: Stage) -> None:
    """A transaction that a power cut ended is stopped once the power is back."""
    await stage.boot()
    number = await stage.charge()
    await stage.clock.sleep(200)
    await stage.cut_power()
    await stage.hear_boot("Available", CABLE_IN, "Available")
    stop = await stage.csms.expect(said("StopTransaction", transactionId=number))

    assert stop["reason"] == "PowerLoss"
    assert stop["meterStop"] > 1000


@case("TC_034_CS")
async def test_tc_034_power_failure_out_of_use(stage: Stage) -> None:
    """A station that is out of use still is after a power cut."""
    await stage.boot()
    answer = await stage.csms.call("ChangeAvailability", connectorId=0, type="Inoperative")
    await stage.csms.expect_each(*(status(place, "Unavailable") for place in range(3)))
    await stage.cut_power()
    await stage.hear_boot(*["Unavailable"] * 3)

    assert answer == {"status": "Accepted"}


@case("TC_036_CS")
async def test_tc_036_connection_lost(stage: Stage) -> None:
    """Meter values of the time without connection come late, in order, and say when they were."""
    await stage.boot()
    await stage.configure(MeterValueSampleInterval=60)
    number = await stage.charge()
    began = timestamp.parse(only(stage.csms.all(said("StartTransaction")))["timestamp"])
    async with stage.csms.away():
        await stage.clock.sleep(200)
        back_at = stage.clock.now().utc
    sought = said("MeterValues", connectorId=1, transactionId=number)
    late = [await stage.csms.expect(sought) for _ in range(3)]
    await stage.csms.silence(30)

    assert [measured(one) - began for one in late] == pytest.approx([60, 120, 180], abs=0.5)
    assert all(measured(one) < back_at for one in late)


@case("TC_037_1_CS")
async def test_tc_037_1_offline_start(stage: Stage) -> None:
    """What started offline is told with its time when the connection is back."""
    began = await start_offline(stage)
    start = await stage.hear_start()
    await stage.csms.silence(60)

    assert timestamp.parse(start["timestamp"]) == pytest.approx(began, abs=1.0)
    assert stage.bench.sockets[1].closed


@case("TC_037_2_CS")
async def test_tc_037_2_bad_card_may_stay(stage: Stage) -> None:
    """A bad card keeps its transaction, but gets no more energy."""
    await start_offline(stage, "Invalid", stops=False)
    await stage.hear_start()
    await stage.csms.expect(status(1, "SuspendedEVSE"))
    await stage.csms.silence(60)

    assert not stage.bench.sockets[1].closed


@case("TC_037_3_CS")
async def test_tc_037_3_bad_card_is_stopped(stage: Stage) -> None:
    """A bad card loses its transaction."""
    await start_offline(stage, "Invalid", stops=True)
    await stage.hear_start()
    await stage.hear_stop(transactionId=stage.csms.transaction, reason="DeAuthorized")

    assert not stage.bench.sockets[1].closed


@case("TC_038_CS")
async def test_tc_038_offline_stop(stage: Stage) -> None:
    """A card stops without connection, and the stop is told later."""
    await stage.boot()
    number = await stage.charge()
    async with stage.csms.away():
        stage.swipe()
        ended = stage.clock.now().utc
        await stage.clock.sleep(130)
    stop = await stage.hear_stop(transactionId=number, idTag=TAG, reason=LOCAL)

    assert timestamp.parse(stop["timestamp"]) == pytest.approx(ended, abs=1.0)


@case("TC_039_CS")
async def test_tc_039_offline_transaction(stage: Stage) -> None:
    """A whole transaction is told in order, and nobody is asked before."""
    await stage.boot()
    await stage.configure(AllowOfflineTxForUnknownId=True, MeterValueSampleInterval=0)
    async with stage.csms.away():
        stage.plug()
        stage.swipe()
        await stage.clock.sleep(60)
        stage.swipe()
        await stage.clock.sleep(60)
    finishing = status(1, "Finishing")
    start = await stage.csms.expect_each(
        said("StartTransaction", connectorId=1, idTag=TAG), also=[finishing]
    )
    stop = await stage.csms.expect_each(
        said("StopTransaction", idTag=TAG, reason=LOCAL), also=[finishing]
    )

    assert only(stop)["transactionId"] == stage.csms.transaction
    assert only(stop)["meterStop"] > only(start)["meterStart"]
    assert len(stage.csms.all(finishing)) == 1
