"""What people see on the socket from coming to going, screen by screen (ng9xx 2.4)."""

from __future__ import annotations

from laadpaal.properties import authorization as auth_rows
from laadpaal.properties import transactions as tx_rows
from laadpaal.station import actions as a
from laadpaal.station import events as e
from laadpaal.station import passing
from laadpaal.station import requests as r
from laadpaal.station.display import Popup, ScreenState
from laadpaal.station.notices import TransactionEnded
from laadpaal.station.records import TransactionSaved
from laadpaal.station.saved import Saved
from laadpaal.station.words import By, Pilot, StopReason, Token, TokenStatus, Verdict
from tests.support.world import CARD, World


def trace(world: World, evse: int = 1) -> list[int]:
    """Return the numbers of the states that a socket has shown, each when it came."""
    seen: list[int] = []
    for action in world.actions:
        if isinstance(action, a.ShowScreen) and action.evse == evse:
            number = int(action.screen.state)
            if seen[-1:] != [number]:
                seen.append(number)
    return seen


def ready() -> World:
    """Return a station that is online."""
    world = World()
    world.online()
    return world


def charge(world: World, evse: int = 1) -> None:
    """Let the vehicle ask for energy, and take some."""
    world.tell(e.PilotChanged(evse, Pilot.C))
    world.measure(evse, 1000.0)


def test_plug_and_card() -> None:
    """Plugged, checked, charging, stopped by the card, summed up, gone."""
    world = ready()
    world.measure()
    world.tell(e.CablePlugged(1, 1, 32.0))
    world.tell(e.PilotChanged(1, Pilot.B))
    world.swipe()
    charge(world)
    world.swipe()
    world.tell(e.CableUnplugged(1))

    assert trace(world) == [2, 3, 4, 17, 5, 7, 10, 14, 2]


def test_card_and_plug() -> None:
    """The card first, then the cable within the connect timeout, to which a countdown runs."""
    world = ready()
    world.measure()
    world.swipe()
    assert world.evse().screen.until == world.now.utc + 120.0
    world.pass_time(60)
    assert world.evse().screen.until == world.now.utc + 60.0
    world.tell(e.CablePlugged(1, 1, 32.0))
    world.tell(e.PilotChanged(1, Pilot.B))
    charge(world)

    assert trace(world) == [2, 17, 6, 5, 7, 10]


def test_card_and_nobody_plugs_in() -> None:
    """After the connect timeout the socket is free again."""
    world = ready()
    world.swipe()
    world.pass_time(120)

    assert trace(world) == [2, 17, 6, 2]


def test_from_afar() -> None:
    """The CSMS starts and stops it; nobody holds a card to anything."""
    world = ready()
    world.plug(ready=False)
    world.ask(r.StartCharging(1, CARD, check=False))
    charge(world)
    [running] = [v.transaction for v in world.station.view().evses if v.transaction]
    world.ask(r.StopCharging(running.id, By.LOCAL, StopReason.REMOTE))
    world.pass_time(10)
    world.tell(e.CableUnplugged(1))

    assert trace(world) == [2, 3, 4, 5, 7, 10, 14, 12, 2]


def test_plug_and_charge() -> None:
    """Where nobody is asked who it is, the plug alone begins it."""
    world = ready()
    world.put(auth_rows.AUTHORIZE, to=False)
    world.measure()
    world.tell(e.CablePlugged(1, 1, 32.0))
    world.tell(e.PilotChanged(1, Pilot.B))
    charge(world)
    world.tell(e.PilotChanged(1, Pilot.A))
    world.tell(e.CableUnplugged(1))

    assert trace(world) == [2, 3, 5, 7, 10, 14, 2]


def test_who_pays_sees_the_tariff_over_the_screen() -> None:
    """Payment shows that it waits, then a popup; a card that is not taken leaves no trace."""
    world = ready()
    world.plug(ready=False)
    facts, evse = world.station.parts.facts, world.evse()
    passing.show(facts, evse, ScreenState.PLEASE_WAIT, "payment", 20)
    world.measure()
    passing.take_back(facts, evse, "payment")
    evse.popup = Popup("payment", "Tariff", ("0.35 EUR/kWh",), world.now.utc + 30)
    world.measure()
    assert evse.screen.popup
    evse.popup = None
    world.measure()

    assert trace(world) == [2, 3, 4, 17, 4]
    assert evse.screen.popup is None


def test_s54_the_summary_follows_the_disconnect_at_once() -> None:
    """Unplugged at the vehicle: no wait for a reconnect, and the transaction ends that second."""
    world = ready()
    world.plug(ready=False)
    world.swipe()
    charge(world)
    at = world.now.utc
    world.tell(e.PilotChanged(1, Pilot.A))
    [ended] = world.told(TransactionEnded)
    assert (ended.reason, ended.at) == (StopReason.EV_DISCONNECTED, at)
    assert not world.evse().locked
    world.tell(e.CableUnplugged(1))

    assert trace(world)[-3:] == [10, 14, 2]
    assert ScreenState.WAIT_RECONNECT not in trace(world)


def test_s54_where_the_transaction_goes_on_the_vehicle_is_waited_for() -> None:
    """With the settings that keep it open no timer ends the wait (decision 16)."""
    world = ready()
    world.put(tx_rows.STOP_POINT, to=("Authorized",))
    world.put(tx_rows.STOP_ON_DISCONNECT, to=False)
    world.plug(ready=False)
    world.swipe()
    charge(world)
    world.tell(e.PilotChanged(1, Pilot.A))
    world.pass_time(86_400)
    assert world.told(TransactionEnded) == []
    world.tell(e.PilotChanged(1, Pilot.C))

    assert trace(world)[-3:] == [10, 13, 10]


def test_after_a_power_cut() -> None:
    """The transaction before it has ended, and the plug that is still there is new."""
    world = ready()
    world.plug(ready=False)
    world.swipe()
    charge(world)
    [kept] = [x.transaction for x in world.records if isinstance(x, TransactionSaved)][-1:]
    saved = Saved(transactions=(kept,))
    after = World(saved=saved)
    after.tell(e.CablePlugged(1, 1, 32.0))
    [ended] = after.told(TransactionEnded)
    assert ended.reason is StopReason.POWER_LOSS

    assert trace(after) == [2, 3]


def test_a_card_that_is_not_good() -> None:
    """It is refused for three seconds, and everything is as before."""
    world = ready()
    world.plug(ready=False)
    world.swipe(verdict=Verdict(TokenStatus.BLOCKED))
    world.pass_time(3)

    assert trace(world) == [2, 3, 4, 17, 15, 4]


def test_a_card_that_does_not_say_who_it_is() -> None:
    """A number drawn by chance, or none at all, is told as an invalid card; nobody is asked."""
    world = ready()
    for value in ("08A1B2C3", " "):
        world.swipe(Token(value))
        world.pass_time(3)

    assert trace(world) == [2, 25, 2, 25, 2]


def test_s63_each_screen_is_its_own_socket_s() -> None:
    """A card for the second socket leaves the screen of the first alone, and the other way."""
    for mine, other in ((1, 2), (2, 1)):
        world = ready()
        world.plug(mine, ready=False)
        world.swipe()
        charge(world, mine)
        world.swipe()
        world.pass_time(20)

        assert trace(world, other) == [2]
        assert 17 in trace(world, mine)
