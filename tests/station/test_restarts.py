"""A station whose CSMS stays silent starts anew, but not while somebody charges (S34)."""

from __future__ import annotations

from laadpaal.station import actions as a
from laadpaal.station import events as e
from laadpaal.station.answers import Scheduled
from laadpaal.station.notices import Restarting, TransactionEnded
from laadpaal.station.requests import Reset
from laadpaal.station.words import BootReason, ResetKind, StopReason
from tests.support.world import World

DAY_S = 86_400.0
SILENT = e.CsmsSilent(86_700.0)


def charging() -> World:
    """Return a station that charges offline, because the token is known."""
    world = World()
    world.online()
    world.plug()
    world.swipe()
    world.tell(e.CsmsOffline())
    return world


def test_an_idle_station_starts_anew_at_once() -> None:
    """Nobody charges, so nobody minds, and nothing can prevent it; the next boot says why."""
    world = World()

    world.tell(SILENT)

    assert world.told(Restarting) == [Restarting(BootReason.WATCHDOG)]
    assert a.Restart(BootReason.WATCHDOG, orderly=False) in world.actions


def test_a_restart_waits_for_who_charges() -> None:
    """It happens when the last transaction has ended."""
    world = charging()
    world.tell(SILENT)
    world.pass_time(3600)

    assert world.told(Restarting) == []

    world.swipe()

    assert [n.reason for n in world.told(TransactionEnded)] == [StopReason.LOCAL]
    assert world.told(Restarting) == [Restarting(BootReason.WATCHDOG)]


def test_a_restart_waits_for_a_day_at_most() -> None:
    """Then the transaction is ended, and says why."""
    world = charging()
    world.tell(SILENT)
    world.pass_time(DAY_S - 1)

    assert world.told(Restarting) == []

    world.pass_time(1)

    assert [n.reason for n in world.told(TransactionEnded)] == [StopReason.REBOOT]
    assert world.told(Restarting) == [Restarting(BootReason.WATCHDOG)]


def test_a_csms_that_comes_back_makes_it_needless() -> None:
    """Whoever charged goes on charging, and nothing starts anew."""
    world = charging()
    world.tell(SILENT)
    world.online()
    world.pass_time(2 * DAY_S)
    world.swipe()

    assert world.told(Restarting) == []


def test_a_restart_that_was_asked_for_stays_wanted() -> None:
    """The watchdog neither replaces the wish of the CSMS nor takes it back."""
    world = charging()
    world.online()

    assert world.ask(Reset(ResetKind.ON_IDLE)) == Scheduled()

    world.tell(e.CsmsOffline())
    world.tell(SILENT)
    world.online()
    world.swipe()

    assert world.told(Restarting) == [Restarting(BootReason.SCHEDULED_RESET)]


def test_a_wish_to_wait_outlasts_the_patience_of_the_watchdog() -> None:
    """Whoever asked for a restart when idle meant that, however long somebody charges."""
    world = charging()
    world.tell(SILENT)
    assert world.ask(Reset(ResetKind.ON_IDLE)) == Scheduled()
    world.pass_time(2 * DAY_S)

    assert world.told(Restarting) == []


def test_a_station_that_starts_anew_does_so_once() -> None:
    """Another silence changes nothing."""
    world = World()
    world.tell(SILENT)

    world.tell(SILENT)

    assert world.told(Restarting) == [Restarting(BootReason.WATCHDOG)]
