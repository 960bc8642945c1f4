"""How a station starts anew because the CSMS wants it."""

from __future__ import annotations

from tests.conformance.v16.cases import case
from tests.conformance.v16.stage import Stage
from tests.support.sought import either, said, status

ACCEPTED = {"status": "Accepted"}
CABLE_IN = either("Preparing", "Finishing")


async def reset_out_of_use(stage: Stage, kind: str) -> None:
    """Take a connector out of use, reset, and find it still out of use."""
    await stage.boot()
    out = await stage.csms.call("ChangeAvailability", connectorId=1, type="Inoperative")
    await stage.csms.expect(status(1, "Unavailable"))
    reset = await stage.csms.call("Reset", type=kind)
    await stage.hear_boot("Available", "Unavailable", "Available")
    back = await stage.csms.call("ChangeAvailability", connectorId=1, type="Operative")
    await stage.csms.expect(status(1, "Available"))

    assert (out, reset, back) == (ACCEPTED,) * 3
    assert len(stage.csms.visits) == 2


@case("TC_013_CS")
async def test_tc_013_hard_reset(stage: Stage) -> None:
    """A hard reset boots, and leaves out of use what was."""
    await reset_out_of_use(stage, "Hard")


@case("TC_014_CS")
async def test_tc_014_soft_reset(stage: Stage) -> None:
    """A soft reset boots, and leaves out of use what was."""
    await reset_out_of_use(stage, "Soft")


@case("TC_015_CS")
async def test_tc_015_hard_reset_in_a_transaction(stage: Stage) -> None:
    """A hard reset stops the transaction, which is told at the latest after the boot."""
    await stage.boot()
    number = await stage.charge()
    stop = said("StopTransaction", transactionId=number, reason="HardReset")
    answer = await stage.csms.call("Reset", type="Hard")
    await stage.csms.skip_to(said("BootNotification"), 120)
    statuses = [status(0, "Available"), status(1, CABLE_IN), status(2, "Available")]
    await stage.csms.expect_each(*statuses, also=[stop])
    await stage.csms.until(lambda: bool(stage.csms.all(stop)), 60, stop)

    assert answer == ACCEPTED
    assert len(stage.csms.all(said("StopTransaction"))) == 1


@case("TC_016_CS")
async def test_tc_016_soft_reset_in_a_transaction(stage: Stage) -> None:
    """A soft reset stops the transaction in order before it boots."""
    await stage.boot()
    number = await stage.charge()
    answer = await stage.csms.call("Reset", type="Soft")
    await stage.hear_stop(transactionId=number, reason="SoftReset")
    await stage.hear_boot("Available", CABLE_IN, "Available")

    assert answer == ACCEPTED
