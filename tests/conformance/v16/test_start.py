"""How charging starts at the station itself."""

from __future__ import annotations

import pytest

from tests.conformance.stage import TAG
from tests.conformance.v16.cases import case
from tests.conformance.v16.stage import Stage
from tests.support.sought import said, status


@case("TC_003_CS")
async def test_tc_003_plug_in_first(stage: Stage) -> None:
    """A plugged vehicle waits for a card, which is asked about, and then charges."""
    await stage.boot()
    stage.plug()
    await stage.csms.expect(status(1, "Preparing"))
    stage.swipe()
    await stage.csms.expect(said("Authorize", idTag=TAG))
    start = await stage.hear_start(meterStart=1000)

    assert stage.bench.sockets[1].closed
    assert start.get("reservationId") is None


@case("TC_004_1_CS")
async def test_tc_004_1_identification_first(stage: Stage) -> None:
    """A card prepares the connector at which it was shown, and the cable starts charging."""
    await stage.boot()
    stage.swipe()
    await stage.csms.expect_each(said("Authorize", idTag=TAG), status(1, "Preparing"))
    stage.plug()
    await stage.hear_start()


@case("TC_004_2_CS")
async def test_tc_004_2_connection_time_out(stage: Stage) -> None:
    """Who shows a card and does not plug in in time has to show it again."""
    await stage.boot()
    await stage.configure(ConnectionTimeOut=30)
    stage.swipe()
    _, ready = await stage.csms.expect_each(said("Authorize"), status(1, "Preparing"))
    given_up = await stage.csms.expect(status(1, "Available"), within_s=60)
    stage.plug()
    await stage.csms.expect(status(1, "Preparing"))
    await stage.csms.silence(60)

    assert given_up.at - ready.at == pytest.approx(30.0, abs=0.5)
