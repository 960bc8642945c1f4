"""A certificate that ends is renewed in time, by itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from laadpaal.properties.certificates import SIGNING_REPEATS, SIGNING_WAIT
from laadpaal.station import events as e
from laadpaal.station.notices import CertificateWanted
from laadpaal.station.renewal import DAY_S, MONTH_S
from laadpaal.station.words import ShownTo
from tests.support.world import NOON, World


def asked(world: World) -> int:
    """Return how often a new certificate was asked for."""
    return len(world.told(CertificateWanted))


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


def promised(to: ShownTo = ShownTo.CSMS, repeats: int = 3, wait_s: int = 30) -> World:
    """Return a station that is online, and whose CSMS has said that it will bring a certificate."""
    world = World()
    world.put(SIGNING_WAIT, to=wait_s)
    world.put(SIGNING_REPEATS, to=repeats)
    world.tell(e.CsmsOnline())
    world.tell(e.SigningAnswered(to, accepted=True))
    return world


def answer(world: World, *, accepted: bool = True) -> None:
    """Let the CSMS answer to the newest request."""
    newest = world.told(CertificateWanted)[-1]
    world.tell(e.SigningAnswered(newest.to, accepted, newest.repeat))


@pytest.mark.parametrize("to", ShownTo)
def test_what_was_promised_and_does_not_come_is_asked_for_again(to: ShownTo) -> None:
    """After the wait, twice that and four times that, and then no more (A02)."""
    world = promised(to)
    for count, wait_s in enumerate((30, 60, 120)):
        world.pass_time(wait_s - 1)
        assert asked(world) == count
        world.pass_time(1)
        answer(world)
    world.pass_time(DAY_S)

    assert world.told(CertificateWanted) == [CertificateWanted(to, n) for n in (1, 2, 3)]


def test_each_certificate_is_waited_for_on_its_own() -> None:
    """The one for vehicles comes, and the one for the CSMS is still asked for."""
    world = promised()
    world.tell(e.SigningAnswered(ShownTo.VEHICLES, accepted=True))
    world.tell(e.SigningOver(ShownTo.VEHICLES))
    world.pass_time(30)

    assert world.told(CertificateWanted) == [CertificateWanted(ShownTo.CSMS, 1)]


def test_what_comes_ends_the_waiting() -> None:
    """Whether it is good or not, for a bad one is not asked for anew either (A02)."""
    world = promised()
    world.pass_time(30)
    answer(world)
    world.tell(e.SigningOver(ShownTo.CSMS))
    world.pass_time(DAY_S)

    assert asked(world) == 1


@pytest.mark.parametrize("first", [True, False])
def test_what_the_csms_refuses_is_not_asked_for_again(*, first: bool) -> None:
    """Neither at once nor after it has promised before (A02)."""
    world = promised()
    if not first:
        world.pass_time(30)
        answer(world, accepted=False)
    else:
        world.tell(e.SigningAnswered(ShownTo.CSMS, accepted=False))
    world.pass_time(DAY_S)

    assert asked(world) == (0 if first else 1)


def test_without_repetitions_it_is_asked_for_once() -> None:
    """Then only somebody who triggers it makes the station ask."""
    world = promised(repeats=0)
    world.pass_time(DAY_S)

    assert asked(world) == 0


def test_a_new_request_counts_anew() -> None:
    """Somebody has triggered it, so the waits begin with the shortest."""
    world = promised()
    world.pass_time(30)
    answer(world)
    world.tell(e.SigningAnswered(ShownTo.CSMS, accepted=True))
    world.pass_time(30)

    assert world.told(CertificateWanted)[-1] == CertificateWanted(ShownTo.CSMS, 1)


def test_offline_nobody_is_asked_again() -> None:
    """The wait begins anew, until the CSMS is there."""
    world = promised()
    world.tell(e.CsmsOffline())
    world.pass_time(100)
    assert asked(world) == 0

    world.tell(e.CsmsOnline())
    world.pass_time(30)
    assert world.told(CertificateWanted) == [CertificateWanted(ShownTo.CSMS, 1)]


def test_the_one_for_vehicles_is_renewed_too() -> None:
    """A month before it ends, whatever becomes of the other."""
    world = World()
    world.tell(e.CsmsOnline())
    world.tell(e.CredentialsHeld(v2g_ends=NOON + 40 * DAY_S))
    world.pass_time(40 * DAY_S - MONTH_S)

    assert world.told(CertificateWanted) == [CertificateWanted(ShownTo.VEHICLES)]


def test_a_clock_that_is_set_plans_anew() -> None:
    """The end is an instant in UTC, whatever the clock said before."""
    world = online(400)
    jump_s = 390 * DAY_S
    world.now = replace(world.now, utc=world.now.utc + jump_s)
    world.tell(e.ClockCorrected(jump_s))
    world.pass_time(0)

    assert asked(world) == 1
