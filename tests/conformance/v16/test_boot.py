"""How a station makes itself known."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.conformance.stage import CONNECTORS
from tests.conformance.v16.cases import case
from tests.conformance.v16.stage import Stage
from tests.support.sought import said, status


@case("TC_001_CS")
async def test_tc_001_boot_statuses_heartbeats(stage: Stage) -> None:
    """Before it is accepted there is nothing but the boot; then come statuses and heartbeats."""
    stage.csms.reply("BootNotification", interval=20)
    await stage.power_up()
    await stage.csms.expect(said("BootNotification"))
    statuses = [status(place, "Available", errorCode="NoError") for place in (0, *CONNECTORS)]
    told = await stage.csms.expect_each(*statuses)
    beats = [await stage.csms.expect(said("Heartbeat")) for _ in range(3)]

    assert stage.csms.heard[0].action == "BootNotification"
    instants = [told[-1].at, *(beat.at for beat in beats)]
    assert [b - a for a, b in pairwise(instants)] == pytest.approx([20.0] * 3, abs=0.1)


@case("TC_002_CS")
async def test_tc_002_pending(stage: Stage) -> None:
    """A pending station is configured, keeps silent, and boots again after the interval."""
    stage.csms.reply("BootNotification", status="Pending", interval=20)
    await stage.power_up()
    first = await stage.csms.expect(said("BootNotification"))
    before = await stage.configuration("MeterValueSampleInterval")
    await stage.configure(MeterValueSampleInterval=37)
    after = await stage.configuration("MeterValueSampleInterval")
    stage.csms.reply("BootNotification", status="Accepted", interval=300)
    second = await stage.hear_boot()

    assert (before, after) == (
        {"MeterValueSampleInterval": "60"},
        {"MeterValueSampleInterval": "37"},
    )
    assert second.at - first.at == pytest.approx(20.0, abs=0.1)
    assert [heard.action for heard in stage.csms.heard[:2]] == ["BootNotification"] * 2
