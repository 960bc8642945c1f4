"""What happens when the vehicle or its cable leaves, or never comes."""

from __future__ import annotations

import pytest

from laadpaal.properties import transactions as rows
from laadpaal.station import events as e
from laadpaal.station import requests as r
from laadpaal.station.answers import Unlocking
from laadpaal.station.display import ScreenState
from laadpaal.station.layout import ConnectorLayout, EvseLayout, Layout, Outlet
from laadpaal.station.notices import (
    TokenRefused,
    TransactionEnded,
    TransactionStarted,
    TransactionUpdated,
)
from laadpaal.station.words import (
    ChargingState,
    Pilot,
    Status,
    StopReason,
    Token,
    TokenStatus,
    Trigger,
    Verdict,
)
from tests.support.world import CARD, World

FAMILY = Verdict(TokenStatus.ACCEPTED, group="family")
FIXED = Layout(evses=(EvseLayout((ConnectorLayout(Outlet.CABLE),)),))


def charging(layout: Layout | None = None, verdict: Verdict = FAMILY) -> World:
    """Return a station that charges on EVSE 1 and ends with the authorization only."""
    world = World(layout)
    world.online()
    world.put(rows.STOP_POINT, to=("Authorized",))
    world.measure()
    if layout is None:
        world.tell(e.CablePlugged(1))
    world.tell(e.PilotChanged(1, Pilot.C))
    world.swipe(verdict=verdict)
    assert world.evse().closed_wanted
    return world


def leave(world: World) -> None:
    """Unplug at the vehicle."""
    world.tell(e.PilotChanged(1, Pilot.A))


@pytest.mark.parametrize("unlocks", [True, False])
@pytest.mark.parametrize("stops", [True, False])
def test_the_matrix_of_leaving(*, stops: bool, unlocks: bool) -> None:
    """The transaction ends when it is to; the plug goes free only when both say so (E09, E10)."""
    world = charging()
    world.put(rows.STOP_ON_DISCONNECT, to=stops)
    world.put(rows.UNLOCK_ON_DISCONNECT, to=unlocks)
    leave(world)

    assert len(world.told(TransactionEnded)) == stops
    assert world.evse().locked == (not (stops and unlocks))
    assert not world.evse().closed_wanted
    assert world.statuses()[-1] is (Status.FINISHING if stops else Status.SUSPENDED_EV)
    last = world.durable()[-1]
    assert last.trigger is Trigger.EV_COMMUNICATION_LOST
    assert getattr(last, "state", None) is ChargingState.IDLE


def test_a_stop_point_ends_it_but_keeps_the_plug() -> None:
    """With EVConnected as stop point too, the cable stays where its owner left it."""
    world = charging()
    world.put(rows.STOP_POINT, to=("EVConnected", "Authorized"))
    world.put(rows.STOP_ON_DISCONNECT, to=False)
    world.put(rows.UNLOCK_ON_DISCONNECT, to=False)
    leave(world)

    [ended] = world.told(TransactionEnded)
    assert ended.reason is StopReason.EV_DISCONNECTED
    assert world.evse().locked


def held() -> World:
    """Return a station that keeps the plug of CARD, whose transaction has ended."""
    world = charging()
    world.put(rows.UNLOCK_ON_DISCONNECT, to=False)
    leave(world)
    world.pass_time(11)
    assert world.evse().locked
    assert world.station.view().evses[0].screen.state is ScreenState.WAIT_RELEASE
    return world


@pytest.mark.parametrize(
    ("reader", "token", "verdict", "locked"),
    [
        (0, CARD, FAMILY, False),
        (1, CARD, FAMILY, False),
        (1, Token("AUNT"), FAMILY, False),
        (1, Token("AUNT"), Verdict(TokenStatus.BLOCKED, group="family"), True),
        (1, Token("STRANGER"), Verdict(TokenStatus.ACCEPTED), True),
        (1, Token("STRANGER"), Verdict(TokenStatus.ACCEPTED, group="others"), True),
    ],
)
def test_a_kept_plug_is_its_owner_s(
    reader: int, token: Token, verdict: Verdict, *, locked: bool
) -> None:
    """The owner's card, or a good one of the group, lets it go; it starts nothing."""
    world = held()
    world.swipe(token, verdict, reader)

    assert world.evse().locked == locked
    assert len(world.told(TransactionStarted)) == 1


def test_a_stranger_finds_the_other_socket() -> None:
    """A plug that is kept does not swallow the cards of others."""
    world = held()
    world.swipe(Token("STRANGER"))
    world.plug(2)

    assert [n.evse for n in world.told(TransactionStarted)] == [1, 2]
    assert world.told(TokenRefused) == []


@pytest.mark.parametrize("check", [True, False])
def test_the_csms_may_go_on_with_a_kept_plug(*, check: bool) -> None:
    """A remote start of the owner charges again when the vehicle is back."""
    world = held()
    world.tell(e.PilotChanged(1, Pilot.C))
    world.ask(r.StartCharging(1, CARD, check=check))
    world.tell(e.TokenJudged(CARD, FAMILY))

    assert len(world.told(TransactionStarted)) == 2
    world.swipe()
    assert not world.evse().locked


def test_a_kept_plug_may_be_unlocked_from_afar() -> None:
    """The CSMS, too, lets the plug go (1.6 section 4.4)."""
    world = held()

    assert world.ask(r.UnlockConnector(1)) == Unlocking(1, 1)
    assert not world.evse().locked


def test_the_cable_leaves_the_socket() -> None:
    """Pulled at the station everything ends, whatever the settings, and the summary is over."""
    world = charging()
    world.put(rows.STOP_ON_DISCONNECT, to=False)
    world.tell(e.CableUnplugged(1))
    [ended] = world.told(TransactionEnded)
    assert ended.reason is StopReason.EV_DISCONNECTED

    world = charging()
    world.swipe()
    assert world.station.view().evses[0].screen.state is ScreenState.SUMMARY
    world.tell(e.CableUnplugged(1))
    assert world.station.view().evses[0].screen.state is ScreenState.AVAILABLE


def test_a_vehicle_comes_back() -> None:
    """The same transaction goes on, and says so (E10)."""
    world = charging()
    world.put(rows.STOP_ON_DISCONNECT, to=False)
    leave(world)
    world.pass_time(3600)
    world.tell(e.PilotChanged(1, Pilot.B))
    world.tell(e.PilotChanged(1, Pilot.C))

    triggers = [n.trigger for n in world.told(TransactionUpdated)]
    assert triggers == [
        Trigger.CHARGING_STATE_CHANGED,
        Trigger.EV_COMMUNICATION_LOST,
        Trigger.CABLE_PLUGGED_IN,
        Trigger.CHARGING_STATE_CHANGED,
    ]
    assert world.told(TransactionEnded) == []


@pytest.mark.parametrize(("wait_s", "ends"), [(119, 0), (121, 1)])
def test_a_fixed_cable_waits_for_the_connect_timeout(wait_s: float, ends: int) -> None:
    """Nobody's plug keeps the place, so the transaction waits only so long (E10)."""
    world = charging(FIXED)
    world.put(rows.STOP_ON_DISCONNECT, to=False)
    leave(world)
    world.pass_time(wait_s)
    world.tell(e.PilotChanged(1, Pilot.C))

    ended = world.told(TransactionEnded)
    assert len(ended) == ends
    assert all(n.reason is StopReason.TIMEOUT for n in ended)
    assert world.evse().closed_wanted == (not ends)


def test_a_fixed_cable_has_no_lock() -> None:
    """Leaving ends it, the connector is free at once, and no card is needed."""
    world = charging(FIXED)
    world.put(rows.UNLOCK_ON_DISCONNECT, to=False)
    leave(world)

    assert world.evse().held is None
    assert world.statuses()[-1] is Status.AVAILABLE


def test_a_visit_without_a_card() -> None:
    """A vehicle that comes and goes unpaid leaves the connector free."""
    world = World(FIXED)
    world.measure()
    world.tell(e.PilotChanged(1, Pilot.B))
    leave(world)

    assert world.statuses() == [Status.AVAILABLE, Status.PREPARING, Status.AVAILABLE]
    assert world.told(TransactionStarted) == []


def test_a_visit_without_a_card_inside_a_transaction() -> None:
    """With EVConnected as start point the unplugging ends what nobody paid for."""
    world = World()
    world.put(rows.START_POINT, to=("EVConnected",))
    world.put(rows.STOP_POINT, to=("Authorized",))
    world.plug()
    world.tell(e.PilotChanged(1, Pilot.A))

    [ended] = world.told(TransactionEnded)
    assert (ended.reason, ended.token) == (StopReason.EV_DISCONNECTED, None)


@pytest.mark.parametrize("stop", rows.POINTS)
def test_nobody_comes_to_an_open_transaction(stop: str) -> None:
    """The connect timeout ends it, whatever the stop point (2.0.1 E03)."""
    world = World()
    world.online()
    world.put(rows.START_POINT, to=("Authorized",))
    world.put(rows.STOP_POINT, to=(stop,))
    world.measure()
    world.swipe()
    world.pass_time(121)

    [ended] = world.told(TransactionEnded)
    assert (ended.trigger, ended.reason) == (Trigger.EV_CONNECT_TIMEOUT, StopReason.TIMEOUT)
    assert world.statuses()[-1] is Status.AVAILABLE


@pytest.mark.parametrize(("wait_s", "starts"), [(119, 1), (121, 0)])
def test_the_timeout_follows_the_card_to_the_socket(wait_s: float, starts: int) -> None:
    """A cable in the socket is no vehicle yet: the time goes on where the card has landed."""
    world = World()
    world.online()
    world.measure(2)
    world.swipe()
    world.pass_time(60)
    world.tell(e.CablePlugged(2))
    assert world.evse(2).authorization

    world.pass_time(wait_s - 60)
    world.tell(e.PilotChanged(2, Pilot.C))

    assert len(world.told(TransactionStarted)) == starts


@pytest.mark.parametrize("answered", [True, False])
def test_a_plug_does_not_wait_for_the_answer(*, answered: bool) -> None:
    """A card that is being checked follows the plug as well, with its own timeout (S63)."""
    world = World()
    world.online()
    world.swipe(verdict=None)
    assert world.station.view().evses[0].screen.state is ScreenState.PLEASE_WAIT
    world.plug(2)
    assert world.station.view().evses[0].screen.state is ScreenState.AVAILABLE

    if answered:
        world.tell(e.TokenJudged(CARD, FAMILY))
    world.pass_time(31)

    assert len(world.told(TransactionStarted)) == answered
    assert len(world.told(TokenRefused)) == (not answered)


def test_a_card_lands_only_where_there_is_room() -> None:
    """A plug whose own reader was used first keeps its card; the other card waits on."""
    world = World()
    world.online()
    world.measure(1)
    world.swipe()
    world.swipe(Token("OTHER"), reader=2)
    world.plug(2)

    [started] = world.told(TransactionStarted)
    assert started.token == Token("OTHER")
    assert world.evse(1).authorization


def test_the_same_plug_twice_is_one() -> None:
    """A repeated report of the same plug changes nothing."""
    world = charging()
    before = len(world.notices)
    world.tell(e.CablePlugged(1))

    assert len(world.notices) == before
