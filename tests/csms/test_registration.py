from __future__ import annotations

import pytest

from laadpaal.csms.dialect import BootAnswer, Registration
from laadpaal.csms.registration import DAY_S, Errand, Standing
from laadpaal.station.words import BootReason


def judged(registration: Registration, interval_s: int, now: float = 100.0) -> Standing:
    standing = Standing(BootReason.POWER_UP, heartbeat_s=300.0, own_wait_s=60.0)
    standing.judged(BootAnswer(registration, interval_s, None), now)
    return standing


def test_boot_is_due_at_once_and_nothing_else_may_leave() -> None:
    """Before the first answer only the boot notification may be sent."""
    standing = Standing(BootReason.WATCHDOG)

    assert standing.boot_due(0.0)
    assert BootReason.WATCHDOG is standing.reason
    assert standing.may_send(Errand.BOOT)
    assert not standing.may_send(Errand.ASKED)
    assert not standing.may_send(Errand.ORDINARY)


@pytest.mark.parametrize(
    ("registration", "asked", "ordinary"),
    [
        (Registration.ACCEPTED, True, True),
        (Registration.PENDING, True, False),
        (Registration.REJECTED, False, False),
    ],
)
def test_what_may_leave(
    registration: Registration,
    asked: bool,  # noqa: FBT001  a parameter of the table
    ordinary: bool,  # noqa: FBT001  a parameter of the table
) -> None:
    """Accepted opens everything, Pending what the CSMS asked for, Rejected nothing."""
    standing = judged(registration, 10)

    assert asked is standing.may_send(Errand.ASKED)
    assert ordinary is standing.may_send(Errand.ORDINARY)
    assert (registration is Registration.REJECTED) is standing.rejected


@pytest.mark.parametrize("registration", [Registration.PENDING, Registration.REJECTED])
def test_boot_again_after_the_interval(registration: Registration) -> None:
    """The interval of an answer that does not accept is the wait before the next boot."""
    standing = judged(registration, 25)

    assert not standing.boot_due(124.9)
    assert standing.boot_due(125.0)
    assert standing.next_wake() == 125.0


def test_interval_zero_means_our_own_back_off() -> None:
    """Without an interval the wait doubles each time, up to 32 times, without flooding."""
    standing = Standing(BootReason.POWER_UP, own_wait_s=60.0)
    waits = []
    for _ in range(8):
        standing.judged(BootAnswer(Registration.PENDING, 0, None), 0.0)
        waits.append(standing.next_wake())

    assert waits == [60, 120, 240, 480, 960, 1920, 1920, 1920]


def test_own_back_off_starts_anew_after_a_named_interval() -> None:
    """An interval from the CSMS forgets earlier doublings."""
    standing = judged(Registration.PENDING, 0)
    standing.judged(BootAnswer(Registration.PENDING, 10, None), 200.0)
    standing.judged(BootAnswer(Registration.PENDING, 0, None), 300.0)

    assert standing.next_wake() == 360.0


def test_silence_is_waited_out_and_changes_nothing_for_an_accepted_station() -> None:
    """A boot without answer is tried again; a triggered one of an accepted station is not."""
    fresh = Standing(BootReason.POWER_UP, own_wait_s=60.0)
    fresh.unanswered(10.0)
    accepted = judged(Registration.ACCEPTED, 0)
    accepted.boot_asked(110.0)
    accepted.unanswered(140.0)

    assert fresh.next_wake() == 70.0
    assert accepted.accepted
    assert not accepted.boot_due(1e9)


def test_a_triggered_boot_says_so_once() -> None:
    """A trigger ends the wait and is the reason of that one boot notification."""
    standing = judged(Registration.PENDING, 1000)
    standing.boot_asked(150.0)

    assert standing.boot_due(150.0)
    assert standing.reason == BootReason.TRIGGERED

    standing.judged(BootAnswer(Registration.PENDING, 1000, None), 151.0)

    assert standing.reason.value == "PowerUp"


def test_heartbeat_counts_from_the_last_message() -> None:
    """Any message puts the heartbeat off by a whole interval."""
    standing = judged(Registration.ACCEPTED, 30)
    standing.sent(100.0)
    standing.sent(120.0)

    assert not standing.heartbeat_due(149.9)
    assert standing.heartbeat_due(150.0)
    assert standing.next_wake() == 150.0


def test_one_heartbeat_a_day_under_any_traffic() -> None:
    """Traffic cannot put the heartbeat off for more than a day, for the clock's sake."""
    standing = judged(Registration.ACCEPTED, 3600)
    standing.beaten(200.0)
    standing.sent(200.0 + DAY_S - 1)

    assert standing.next_wake() == 200.0 + DAY_S


def test_no_heartbeat_before_acceptance_or_with_interval_zero() -> None:
    """Only an accepted station with an interval beats."""
    silent = judged(Registration.ACCEPTED, 0)
    silent.heartbeat_s = 0.0

    assert not silent.heartbeat_due(1e9)
    assert silent.next_wake() is None
    assert not judged(Registration.PENDING, 10).heartbeat_due(1e9)


def test_interval_zero_of_an_acceptance_keeps_ours() -> None:
    """Accepted with 0 leaves the heartbeat as configured."""
    assert judged(Registration.ACCEPTED, 0).heartbeat_s == 300.0
    assert judged(Registration.ACCEPTED, 45).heartbeat_s == 45.0
