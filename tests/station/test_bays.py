"""Parking bays: who drives in and out, and what that begins and ends."""

from __future__ import annotations

import pytest

from laadpaal.properties import transactions as rows
from laadpaal.station import events as e
from laadpaal.station import requests as r
from laadpaal.station.notices import TransactionEnded, TransactionStarted, TransactionUpdated
from laadpaal.station.words import ChargingState, Pilot, StopReason, Trigger
from tests.support.points import EQUIPPED
from tests.support.world import World

BAY = ("ParkingBayOccupancy",)


def in_the_bay(stop: tuple[str, ...] = BAY) -> World:
    """Return a station in whose first bay a vehicle stands, which began a transaction."""
    world = World(EQUIPPED)
    world.online()
    world.measure()
    world.put(rows.START_POINT, to=BAY)
    world.put(rows.STOP_POINT, to=stop)
    world.tell(e.BayChanged(1, occupied=True))
    return world


def test_a_bay_without_a_sensor_is_unknown() -> None:
    """What nothing sees is not shown as empty."""
    assert World().station.view().evses[0].parked is None
    assert in_the_bay().station.view().evses[0].parked
    assert in_the_bay().station.view().evses[1].parked is False


def test_the_same_again_is_no_news() -> None:
    """A sensor that repeats itself tells nothing."""
    world = in_the_bay()
    world.tell(e.BayChanged(1, occupied=True))

    assert len(world.durable()) == 1


def test_from_bay_to_bay() -> None:
    """Everything on the way is an update; the EVSE is named when the plug is known (E01, E06)."""
    world = in_the_bay()
    world.plug()
    world.swipe()
    world.swipe()
    world.tell(e.PilotChanged(1, Pilot.A))
    world.tell(e.CableUnplugged(1))
    world.tell(e.BayChanged(1, occupied=False))

    [started], [ended] = world.told(TransactionStarted), world.told(TransactionEnded)
    updates = world.told(TransactionUpdated)
    assert (started.connector, started.sample) == (None, None)
    assert [update.trigger for update in updates] == [
        Trigger.CABLE_PLUGGED_IN,
        Trigger.AUTHORIZED,
        Trigger.CHARGING_STATE_CHANGED,
        Trigger.STOP_AUTHORIZED,
        Trigger.EV_COMMUNICATION_LOST,
    ]
    assert [update.connector for update in updates if update.connector] == [1]
    assert [bool(update.sample) for update in updates] == [True, *[False] * (len(updates) - 1)]
    assert (ended.trigger, ended.reason) == (Trigger.EV_DEPARTED, StopReason.LOCAL)


@pytest.mark.parametrize("stop", [("EVConnected",), ("Authorized",), ("EnergyTransfer",)])
def test_who_only_drives_through_leaves_nothing_behind(stop: tuple[str, ...]) -> None:
    """A vehicle that never plugs in ends what it began when it drives off."""
    world = in_the_bay(stop)
    world.pass_time(3600.0)
    assert world.told(TransactionEnded) == []
    world.tell(e.BayChanged(1, occupied=False))

    [ended] = world.told(TransactionEnded)
    assert (ended.trigger, ended.state) == (Trigger.EV_DEPARTED, None)


def test_nobody_plugs_in() -> None:
    """With the bay as stop point the timeout is an update, without it an end (E03)."""
    world = in_the_bay()
    world.swipe()
    world.pass_time(121.0)
    timeout = world.told(TransactionUpdated)[-1]
    assert (timeout.trigger, timeout.state) == (Trigger.EV_CONNECT_TIMEOUT, None)
    assert world.evse().transaction is not None
    world.plug()
    assert not world.evse().closed_wanted

    world = in_the_bay(("Authorized",))
    world.swipe()
    world.pass_time(121.0)
    [ended] = world.told(TransactionEnded)
    assert (ended.trigger, ended.reason) == (Trigger.EV_CONNECT_TIMEOUT, StopReason.TIMEOUT)


def test_without_bay_as_stop_point_it_holds_nothing_once_somebody_could_charge() -> None:
    """The bay only keeps what it alone began."""
    world = in_the_bay(("EnergyTransfer",))
    world.swipe()
    world.swipe()

    assert len(world.told(TransactionEnded)) == 1


def test_nothing_begins_at_what_is_out_of_use() -> None:
    """A vehicle in the bay of an EVSE out of use begins nothing until it is in use again."""
    world = World(EQUIPPED)
    world.online()
    world.measure()
    world.put(rows.START_POINT, to=BAY)
    world.ask(r.ChangeAvailability(operative=False, evse=1))
    world.tell(e.BayChanged(1, occupied=True))
    assert world.durable() == []

    world.ask(r.ChangeAvailability(operative=True, evse=1))
    [started] = world.told(TransactionStarted)
    assert (started.trigger, started.state) == (Trigger.EV_DETECTED, ChargingState.IDLE)
