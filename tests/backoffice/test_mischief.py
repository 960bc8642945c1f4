from __future__ import annotations

import asyncio

import pytest

from laadpaal.backoffice.policy import Deed, Policy, Trick
from laadpaal.backoffice.record import Direction
from laadpaal.backoffice.server import BackOffice
from tests.backoffice.guest import PATIENCE_S, START_16, stop_16, visit
from tests.simulation.clock import HandClock

BOOTS = frozenset({"BootNotification"})


async def test_a_refused_call_is_not_recorded(office: BackOffice) -> None:
    """It hears a CALLERROR once; the same message then counts as new."""
    office.policy = Policy(tricks=(Trick(Deed.REFUSE),))
    async with visit(office) as guest:
        await guest.boot()

        assert await guest.refused("StartTransaction", START_16) == "InternalError"
        assert office.ledger.transactions == ()
        assert (await guest.call("StartTransaction", START_16))["transactionId"] == 1
    assert (office.ledger.problems(), office.problems) == ((), [])


async def test_a_lost_call_is_not_recorded(office: BackOffice) -> None:
    """The connection is cut without a closing handshake, and the ledger knows nothing."""
    office.policy = Policy(tricks=(Trick(Deed.LOSE),))
    async with visit(office) as guest:
        await guest.boot()
        await guest.send(2, "m9", "StartTransaction", START_16)
        end = await guest.cut_off()

    assert end.rcvd is None
    assert office.ledger.transactions == ()


async def test_a_silenced_call_is_recorded_and_answered_when_it_comes_again(
    office: BackOffice,
) -> None:
    """Nothing is said to the first; its repetition hears what the first should have."""
    office.policy = Policy(tricks=(Trick(Deed.SILENCE),))
    async with visit(office) as guest:
        await guest.boot()
        await guest.send(2, "m9", "StartTransaction", START_16)
        await office.wait_for("CP1", "StartTransaction", timeout_s=PATIENCE_S)
        assert len(office.ledger.of("CP1")) == 1
        answer = await guest.call("StartTransaction", START_16, "m9")
    (told,) = office.ledger.of("CP1")

    assert (answer["transactionId"], told.starts) == (1, 1)
    sent = [one.action for one in office.frames if one.direction is Direction.SENT]
    assert sent == ["BootNotification", "StartTransaction"]


async def test_a_cut_before_the_answer_leaves_the_record(office: BackOffice) -> None:
    """The station hears nothing, and the ledger knows the transaction."""
    office.policy = Policy(tricks=(Trick(Deed.CUT_BEFORE),))
    async with visit(office) as guest:
        await guest.boot()
        await guest.send(2, "m9", "StartTransaction", START_16)
        end = await guest.cut_off()

    assert end.rcvd is None
    assert len(office.ledger.of("CP1")) == 1


async def test_a_cut_after_the_answer_lets_it_be_heard(office: BackOffice) -> None:
    """The station has its answer, then loses the connection."""
    office.policy = Policy(tricks=(Trick(Deed.CUT_AFTER),))
    async with visit(office) as guest:
        await guest.boot()
        answer = await guest.call("StartTransaction", START_16)
        end = await guest.cut_off()

    assert answer["transactionId"] == 1
    assert end.rcvd is None


@pytest.mark.parametrize("deed", [Deed.SILENCE, Deed.CUT_BEFORE])
async def test_a_station_that_heard_no_acceptance_is_not_accepted(
    office: BackOffice, deed: Deed
) -> None:
    """Registration counts from the moment the station can know of it."""
    office.policy = Policy(tricks=(Trick(deed, BOOTS),))
    async with visit(office) as guest:
        await guest.send(2, "m9", "BootNotification", {"chargePointVendor": "M"})
        await guest.receive()
        await guest.send(
            2, "m10", "BootNotification", {"chargePointVendor": "M", "chargePointModel": "P"}
        )
        await office.wait_for("CP1", "BootNotification", timeout_s=PATIENCE_S)
        with pytest.raises(TimeoutError, match="acceptance of CP1"):
            await office.connected("CP1", 0.0)


async def test_a_trick_is_done_at_its_turns_and_a_new_policy_counts_anew(
    office: BackOffice,
) -> None:
    """The second and third stop are refused; with the policy set again the second is again."""
    policy = Policy(tricks=(Trick(Deed.REFUSE, frozenset({"StopTransaction"}), 2, 2),))
    office.policy = policy
    async with visit(office) as guest:
        await guest.boot()
        await guest.call("StartTransaction", START_16)
        kinds = [(await guest.ask("StopTransaction", stop_16(1)))[0] for _ in range(4)]
        office.policy = policy
        again = [(await guest.ask("StopTransaction", stop_16(1)))[0] for _ in range(2)]

    assert (kinds, again) == ([3, 4, 4, 3], [3, 4])


async def test_an_answer_takes_as_long_as_the_policy_says(
    office: BackOffice, clock: HandClock
) -> None:
    """Until then the station hears nothing, though its call is recorded."""
    async with visit(office) as guest:
        await guest.boot()
        office.policy = Policy(delay_s=5.0)
        await guest.send(2, "m9", "Heartbeat", {})
        await office.wait_for("CP1", "Heartbeat", timeout_s=PATIENCE_S)
        await clock.pass_time(4.9)
        assert office.sent["CP1"] == 1
        await clock.pass_time(0.1)

        assert (await guest.receive())[:2] == [3, "m9"]


async def test_a_cut_ends_all_that_waits_for_its_turn(office: BackOffice) -> None:
    """Of many calls sent at once only the first is served; the rest is lost with the line."""
    office.policy = Policy(tricks=(Trick(Deed.LOSE, frozenset({"Heartbeat"})),))
    async with visit(office) as guest:
        await guest.boot()
        for number in range(300):
            await guest.send(2, f"h{number}", "Heartbeat", {})
        await guest.cut_off()
        async with asyncio.timeout(PATIENCE_S):
            await office.pause()

    assert office.sent["CP1"] == 1
