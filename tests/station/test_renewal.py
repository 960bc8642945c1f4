"""A certificate that ends is renewed in time, by itself."""

from __future__ import annotations

from dataclasses import replace

from laadpaal.station import events as e
from laadpaal.station.notices import RenewalDue
from laadpaal.station.renewal import DAY_S, MONTH_S
from tests.support.world import NOON, World


def asked(world: World) -> int:
    """Return how often a new certificate was asked for."""
    return len(world.told(RenewalDue))


def online(days_left: float) -> World:
    """Return a station that is online, with a certificate that ends in so many days."""
    world = World()
    world.tell(e.CsmsOnline())
    world.tell(e.CredentialsHeld(1, "ours", NOON + days_left * DAY_S))
    return world


def test_a_month_before_the_end_a_new_one_is_asked_for() -> None:
    """Not earlier; and then once a day, for the CSMS may have refused."""
    world = online(40)
    world.pass_time(40 * DAY_S - MONTH_S - 1)
    assert asked(world) == 0

    world.pass_time(1)
    assert asked(world) == 1
    world.pass_time(2 * DAY_S)
    assert asked(world) == 3


def test_the_new_one_ends_it() -> None:
    """It is asked for again a month before that one ends."""
    world = online(20)
    world.pass_time(0)
    assert asked(world) == 1

    world.tell(e.CredentialsHeld(1, "newer", NOON + 365 * DAY_S))
    world.pass_time(300 * DAY_S)
    assert asked(world) == 1
    world.pass_time(36 * DAY_S)
    assert asked(world) > 1


def test_without_a_certificate_none_is_renewed() -> None:
    """Nor one that is there no more."""
    world = online(20)
    world.tell(e.CredentialsHeld())
    world.pass_time(100 * DAY_S)

    assert asked(world) == 0


def test_offline_it_waits_for_the_csms() -> None:
    """And is asked for as soon as the CSMS is there again."""
    world = online(20)
    world.tell(e.CsmsOffline())
    world.pass_time(3 * DAY_S)
    assert asked(world) == 0

    world.tell(e.CsmsOnline())
    world.pass_time(0)
    assert asked(world) == 1


def test_a_clock_that_is_set_plans_anew() -> None:
    """The end is an instant in UTC, whatever the clock said before."""
    world = online(400)
    jump_s = 390 * DAY_S
    world.now = replace(world.now, utc=world.now.utc + jump_s)
    world.tell(e.ClockCorrected(jump_s))
    world.pass_time(0)

    assert asked(world) == 1
