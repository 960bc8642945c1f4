"""A lock holds in time, lets go in time, and is forced open where the plug stays (S50, S51)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest

from laadpaal.station import actions as a
from laadpaal.station import events as e
from laadpaal.station import requests as r
from laadpaal.station.answers import Refused
from laadpaal.station.display import ScreenState
from laadpaal.station.layout import ConnectorLayout, EvseLayout, Layout, Outlet
from laadpaal.station.notices import StatusChanged, TransactionStarted, UnlockForced
from laadpaal.station.words import Pilot, Reservation, ResetKind, Status, Token
from tests.support.world import CARD, World

TWO_HOURS_S = 7200.0


def stopped() -> World:
    """Return a station where somebody has charged, and has left the plug in the socket."""
    world = World()
    world.online()
    world.plug()
    world.swipe()
    world.swipe()
    return world


def forced(world: World) -> list[a.ForceUnlock]:
    """Return how often a lock was forced."""
    return [action for action in world.actions if isinstance(action, a.ForceUnlock)]


def attempts(world: World, for_s: float) -> list[float]:
    """Let time pass; return the seconds after now at which a lock was forced."""
    since, seen = world.now.mono, []
    while (wake := world.station.next_wake()) is not None and wake - since <= for_s:
        before = len(forced(world))
        world.pass_time(wake - world.now.mono)
        seen += [world.now.mono - since] * (len(forced(world)) - before)
    world.pass_time(since + for_s - world.now.mono)
    return seen


def moves(world: World) -> Sequence[a.Action]:
    """Return what pilot, contactor and lock of EVSE 1 were told since power-up."""
    kinds = (a.OfferCurrent, a.CloseContactor, a.OpenContactor, a.LockPlug, a.UnlockPlug)
    return [one for one in world.actions if isinstance(one, kinds) and one.evse == 1][3:]


# --- S50 ---


def test_s50_a_plug_that_stays_is_forced_free_after_30_s() -> None:
    """Not at 29.9 s, and once at 30 s; the display asks for the cable."""
    world = stopped()

    world.pass_time(29.9)
    assert forced(world) == []
    world.pass_time(0.1)

    assert forced(world) == [a.ForceUnlock(1, 1)]
    assert world.told(UnlockForced) == [UnlockForced(1, 1, 1)]
    assert world.evse().screen.state is ScreenState.REMOVE_CABLE


def test_s50_a_fixed_cable_is_left_alone() -> None:
    """There is no lock."""
    world = World(Layout(evses=(EvseLayout((ConnectorLayout(Outlet.CABLE),)),)))
    world.online()
    world.measure()
    world.tell(e.PilotChanged(1, Pilot.C))
    world.swipe()
    world.swipe()

    assert attempts(world, TWO_HOURS_S) == []


def test_s50_a_plug_that_nobody_has_let_go_is_left_alone() -> None:
    """It sits in a socket that was never locked."""
    world = World()
    world.online()
    world.pass_time(60)
    world.plug()

    assert attempts(world, TWO_HOURS_S) == []


def test_s50_whoever_charges_again_keeps_the_plug_locked() -> None:
    """And when they stop, the 30 s begin anew."""
    world = stopped()
    world.pass_time(100)
    world.swipe()
    assert attempts(world, 1000) == []

    world.swipe()

    assert attempts(world, 100) == [30, 90]


def test_s50_a_plug_keeps_reservations_away() -> None:
    """So none of them can end the attempts: the socket is first to be empty."""
    world = stopped()
    wish = r.Reserve(Reservation(1, 1, Token("B2"), world.now.utc + 7200))

    assert isinstance(world.ask(wish), Refused)
    assert attempts(world, 100) == [30, 90]


def test_s50_what_is_out_of_use_is_forced_all_the_same() -> None:
    """Someone may still want their cable back."""
    world = stopped()
    world.ask(r.ChangeAvailability(operative=False, evse=1))

    assert attempts(world, 100) == [30, 90]


# --- S51 ---


def test_s51_the_waits_double_up_to_240_s() -> None:
    """There is no last attempt."""
    at = attempts(stopped(), TWO_HOURS_S)

    assert at[:5] == [30, 90, 210, 450, 690]
    assert {later - one for one, later in pairwise(at[3:])} == {240}
    assert at[-1] > TWO_HOURS_S - 240


def test_s51_a_plug_that_is_taken_ends_it() -> None:
    """The next one has 30 s of its own."""
    world = stopped()
    assert attempts(world, 211) == [30, 90, 210]

    world.tell(e.CableUnplugged(1))
    assert attempts(world, TWO_HOURS_S) == []
    world.plug()
    world.swipe()
    world.swipe()

    assert attempts(world, 100) == [30, 90]
    assert [told.attempt for told in world.told(UnlockForced)] == [1, 2, 3, 1, 2]


def test_s51_a_restart_begins_with_30_s() -> None:
    """A plug that sits there at power-up was let go at power-up."""
    world = World()
    world.tell(e.CablePlugged(1, 1, 32.0))

    assert attempts(world, 500) == [30, 90, 210, 450]


def test_s51_an_empty_socket_at_power_up_is_left_alone() -> None:
    """Even when a plug comes before the 30 s are over."""
    world = World()
    world.tell(e.CableUnplugged(1))
    world.pass_time(10)
    world.tell(e.CablePlugged(1, 1, 32.0))

    assert attempts(world, 500) == []


def test_s51_a_lock_that_stays_shut_is_told_as_a_warning() -> None:
    """The feedback says so; it takes nothing out of use, and ends when the bolt moves."""
    world = stopped()
    world.tell(e.LockFailed(1, 1, locking=False))
    told = [one for one in world.told(StatusChanged) if one.evse == 1][-1]
    assert (told.status, told.error) == (Status.FINISHING, "ConnectorLockFailure")
    assert told.info == "the lock did not let the plug go"

    world.pass_time(31)

    told = [one for one in world.told(StatusChanged) if one.evse == 1][-1]
    assert (told.status, told.error) == (Status.FINISHING, "NoError")


# --- in what order ---


def test_a_plug_is_locked_before_current_is_offered_and_let_go_after_the_contactor_opened() -> None:
    """Each step waits for the feedback of the one before."""
    world = stopped()

    assert moves(world) == [
        a.LockPlug(1, 1),
        a.OfferCurrent(1, 16.0),
        a.CloseContactor(1, 3),
        a.OfferCurrent(1, None),
        a.OpenContactor(1),
        a.UnlockPlug(1, 1),
    ]


def test_nothing_is_offered_while_the_plug_is_not_locked() -> None:
    """Not even on the pilot."""
    world = World()
    world.online()
    world.jammed = True
    world.plug()
    world.swipe()

    assert not any(isinstance(one, a.OfferCurrent) for one in moves(world))


@pytest.mark.parametrize("welded", [True, False])
def test_a_plug_is_let_go_only_where_no_current_can_flow(*, welded: bool) -> None:
    """A welded contactor keeps it; one that did not close does not."""
    world = World()
    world.online()
    world.plug()
    world.swipe()
    world.welded = welded
    world.tell(e.ContactorFailed(1, closing=not welded))

    assert world.evse().locked is welded
    assert world.evse().contactor_closed is welded
    world.swipe()
    world.ask(r.UnlockConnector(1, 1, stops=True))
    world.pass_time(600)
    assert world.evse().locked is welded
    assert forced(world) == [] if welded else forced(world)


# --- locking that fails ---


def locks(world: World) -> int:
    """Return how often the bolt was driven out."""
    return sum(isinstance(action, a.LockPlug) for action in world.actions)


def test_locking_is_tried_three_times() -> None:
    """Then the plug is to be put in again."""
    world = World()
    world.online()
    world.jammed = True
    world.plug()
    world.swipe()

    assert locks(world) == 3
    assert world.evse().faults == {404}
    world.tell(e.CableUnplugged(1))
    assert world.evse().faults == set()


def test_three_plugs_that_cannot_be_locked_are_a_broken_motor() -> None:
    """Which stays so until the EVSE begins anew."""
    world = World()
    world.online()
    world.jammed = True
    for _ in range(3):
        world.plug()
        world.swipe()
        world.pass_time(130)
        world.tell(e.CableUnplugged(1))
    assert world.evse().faults == {107}

    world.jammed = False
    world.ask(r.Reset(ResetKind.HARD, 1))
    world.pass_time(10)
    assert world.evse().faults == set()
    world.plug()
    world.swipe()

    assert len(world.told(TransactionStarted)) == 1


def test_a_plug_that_was_locked_clears_the_count() -> None:
    """Two bad plugs before it, and two after, are no broken motor."""
    world = World()
    world.online()
    for jammed in (True, True, False, True, True):
        world.jammed = jammed
        world.plug()
        world.swipe(CARD)
        world.swipe(CARD)
        world.pass_time(130)
        world.tell(e.CableUnplugged(1))

    assert 107 not in world.evse().faults


def test_a_lock_that_nobody_wants_shut_any_more_is_not_tried_again() -> None:
    """The feedback comes when the plug was let go already."""
    world = stopped()
    before = locks(world)
    world.tell(e.LockFailed(1, 1, locking=True))

    assert locks(world) == before
    assert world.evse().faults == set()


def test_the_lock_of_the_outlet_beside_says_nothing_of_this_one() -> None:
    """A failure there takes nothing here out of use."""
    world = World(Layout(evses=(EvseLayout((ConnectorLayout(), ConnectorLayout())),)))
    world.online()
    world.plug()
    world.swipe()
    world.tell(e.LockFailed(1, 2, locking=True))

    assert world.evse().locked
    assert world.evse().faults == set()
