"""What the CSMS wants to be told at once."""

from __future__ import annotations

import pytest

from tests.conformance.v16.cases import case
from tests.conformance.v16.stage import Stage
from tests.support.sought import Sought, said, status

ASKED = [
    said("MeterValues", connectorId=1),
    said("Heartbeat"),
    status(1, "Available"),
    said("DiagnosticsStatusNotification", status="Idle"),
    said("FirmwareStatusNotification", status="Idle"),
]


@case("TC_054_CS")
@pytest.mark.parametrize("sought", ASKED, ids=lambda sought: sought.action)
async def test_tc_054_trigger(stage: Stage, sought: Sought) -> None:
    """A message that is asked for is promised, and then sent."""
    await stage.boot()
    await stage.clock.sleep(60)
    answer = await stage.csms.call("TriggerMessage", requestedMessage=sought.action, connectorId=1)
    await stage.csms.expect(sought, within_s=5)

    assert answer == {"status": "Accepted"}


@case("TC_055_CS")
async def test_tc_055_unknown_connector(stage: Stage) -> None:
    """Of a connector that is not there nothing can be told."""
    await stage.boot()
    answer = await stage.csms.call("TriggerMessage", requestedMessage="MeterValues", connectorId=3)
    await stage.csms.silence(30, "MeterValues")

    assert answer == {"status": "Rejected"}
