"""What each fault does, and what a socket shows meanwhile."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from laadpaal.properties import authorization as auth_rows
from laadpaal.properties import transactions as tx_rows
from laadpaal.station import events as e
from laadpaal.station import requests as r
from laadpaal.station.display import Screen, ScreenState
from laadpaal.station.faults import CABLE_FAULT, FAULTS, METER_FAULT, Fault, Stops
from laadpaal.station.lights import GLOWS, Light
from laadpaal.station.notices import (
    LockSettled,
    StatusChanged,
    TransactionEnded,
    TransactionStarted,
)
from laadpaal.station.words import Pilot, ResetKind, Status, StopReason, Trigger
from tests.support.world import World, charging, last

BY_STOPS = {
    what: [f for f in FAULTS.values() if f.stops is what and f.code != METER_FAULT]
    for what in Stops
}


# --- the table ---


@pytest.mark.parametrize("fault", BY_STOPS[Stops.EVERYTHING], ids=lambda f: f.code)
def test_grave_faults_end_the_transaction(fault: Fault) -> None:
    """Whatever the stop point: ended, faulted, then waiting for the plug to leave (E10)."""
    world = charging()
    world.put(tx_rows.STOP_POINT, to=("EVConnected",))
    world.tell(e.FaultRaised(1, fault.code))

    [ended] = world.told(TransactionEnded)
    assert (ended.trigger, ended.reason) == (Trigger.ABNORMAL_CONDITION, fault.reason)
    told = last(world)
    assert (told.status, told.error, told.code) == (Status.FAULTED, fault.error, fault.code)
    assert not world.evse().closed_wanted
    assert world.station.view().evses[0].screen.state is ScreenState.ERROR
    assert GLOWS[world.station.view().evses[0].light].first == (255, 0, 0)
    world.tell(e.FaultCleared(1, fault.code))
    assert (last(world).status, last(world).error) == (Status.FINISHING, "NoError")


@pytest.mark.parametrize("fault", BY_STOPS[Stops.ENERGY], ids=lambda f: f.code)
def test_lighter_faults_pause_it(fault: Fault) -> None:
    """The connector is not faulted; energy goes on when the fault clears."""
    world = charging()
    world.tell(e.FaultRaised(1, fault.code))
    assert not world.evse().closed_wanted
    assert (last(world).status, last(world).code) == (Status.SUSPENDED_EVSE, fault.code)
    assert world.station.view().evses[0].screen.state is ScreenState.SUSPENDED

    world.tell(e.FaultCleared(1, fault.code))

    assert world.evse().closed_wanted
    assert world.told(TransactionEnded) == []


@pytest.mark.parametrize("fault", BY_STOPS[Stops.NOTHING], ids=lambda f: f.code)
def test_warnings_are_told_once_and_stop_nothing(fault: Fault) -> None:
    """Only what is said about the status changes (S64, S65)."""
    world = charging()
    before = len(world.told(StatusChanged))
    for _ in range(2):
        world.tell(e.FaultRaised(1, fault.code))

    assert len(world.told(StatusChanged)) == before + 1
    told = last(world)
    assert (told.status, told.error, told.info) == (Status.CHARGING, fault.error, fault.info)
    assert world.evse().closed_wanted


@pytest.mark.parametrize("fault", FAULTS.values(), ids=lambda f: f.code)
def test_a_fault_of_the_station_is_the_station_s(fault: Fault) -> None:
    """Connector 0 says so; the EVSEs are independent of it (1.6 section 3)."""
    world = charging()
    world.tell(e.FaultRaised(0, fault.code))

    faulted = fault.stops is Stops.EVERYTHING
    told = last(world, 0)
    assert told.status is (Status.FAULTED if faulted else Status.AVAILABLE)
    assert told.error == fault.error
    assert world.evse().closed_wanted
    world.tell(e.FaultCleared(0, fault.code))
    world.pass_time(1)
    assert (last(world, 0).status, last(world, 0).error) == (Status.AVAILABLE, "NoError")


def test_the_gravest_fault_is_named() -> None:
    """A warning that came first does not hide what stops everything."""
    world = World()
    for code in (109, 101, 409, 201):
        world.tell(e.FaultRaised(1, code))
    world.pass_time(1)

    assert last(world).code == 201
    assert world.station.view().evses[0].connectors[0].code == 201


def test_a_faulty_evse_starts_when_it_is_well() -> None:
    """A plug that came during the fault starts afterwards, and its cause is not forgotten."""
    world = World()
    world.put(tx_rows.START_POINT, to=("EVConnected",))
    world.tell(e.FaultRaised(1, 201))
    world.plug()
    assert world.told(TransactionStarted) == []

    world.tell(e.FaultCleared(1, 201))

    assert [n.trigger for n in world.told(TransactionStarted)] == [Trigger.CABLE_PLUGGED_IN]


# --- contactor and lock ---


def test_a_stuck_contactor_is_a_grave_fault() -> None:
    """It ends the transaction at once."""
    world = charging()
    world.tell(e.ContactorFailed(1))

    assert (last(world).error, last(world).status) == ("PowerSwitchFailure", Status.FAULTED)
    assert world.told(TransactionEnded)[0].reason is StopReason.OTHER


def test_without_a_lock_there_is_no_charging() -> None:
    """Told and faulted until the plug is put in again (G05)."""
    world = charging()
    world.jammed = True
    world.tell(e.LockFailed(1, 1, locking=True))
    assert world.told(LockSettled)[-2] == LockSettled(1, 1, locked=False, failed=True)
    assert (last(world).error, last(world).status) == ("ConnectorLockFailure", Status.FAULTED)
    assert len(world.told(TransactionEnded)) == 1

    world.tell(e.CableUnplugged(1))

    assert last(world).status is Status.AVAILABLE


def test_a_plug_that_cannot_be_locked_begins_nothing() -> None:
    """It is a fault before there is a transaction, and the next plug charges."""
    world = World()
    world.online()
    world.jammed = True
    world.plug()
    world.swipe()
    assert (last(world).error, last(world).status) == ("ConnectorLockFailure", Status.FAULTED)
    assert world.told(TransactionStarted) == []

    world.jammed = False
    world.tell(e.CableUnplugged(1))
    world.plug()
    world.swipe()

    assert len(world.told(TransactionStarted)) == 1


def test_a_cable_that_is_not_supported_is_so_until_it_is_pulled() -> None:
    """Its resistor tells no rating; nothing is offered, and the next one is as good as new."""
    world = World()
    world.online()
    world.tell(e.FaultRaised(1, CABLE_FAULT))
    world.plug()
    world.swipe()
    seen = world.station.view().evses[0]
    assert (seen.offered_a, seen.light) == (0.0, Light.CABLE_NOT_SUPPORTED)
    assert (last(world).error, last(world).code) == ("OtherError", CABLE_FAULT)

    world.tell(e.CableUnplugged(1))
    world.plug()
    world.swipe()

    assert world.evse().closed_wanted


# --- screen and light ---


def authorized(world: World) -> None:
    world.swipe()


def cabled(world: World) -> None:
    world.tell(e.CablePlugged(1))


def cabled_and_authorized(world: World) -> None:
    world.tell(e.CablePlugged(1))
    world.swipe()


def connected(world: World) -> None:
    world.plug(ready=False)


def checked(world: World) -> None:
    world.plug()
    world.swipe(verdict=None)


def refused(world: World) -> None:
    world.put(auth_rows.ANSWER_TIMEOUT, to=1)
    world.plug()
    world.swipe(verdict=None)
    world.pass_time(2)


def offered(world: World) -> None:
    world.plug(ready=False)
    world.swipe()


def charged(world: World) -> None:
    world.plug()
    world.swipe()


def left(world: World) -> None:
    world.put(tx_rows.STOP_POINT, to=("Authorized",))
    world.put(tx_rows.STOP_ON_DISCONNECT, to=False)
    charged(world)
    world.tell(e.PilotChanged(1, Pilot.A))


def stopped(world: World) -> None:
    world.plug()
    world.swipe()
    world.swipe()


def finished(world: World) -> None:
    stopped(world)
    world.pass_time(11)


def out_of_use(world: World) -> None:
    world.ask(r.ChangeAvailability(operative=False, evse=1))


def going_down(world: World) -> None:
    world.ask(r.Reset(ResetKind.HARD))


@pytest.mark.parametrize(
    ("story", "state", "light"),
    [
        (lambda _: None, ScreenState.AVAILABLE, Light.AVAILABLE),
        (authorized, ScreenState.AUTHORIZED, Light.AUTHORIZED),
        (cabled, ScreenState.CABLE_CONNECTED, Light.CABLE_CONNECTED),
        (cabled_and_authorized, ScreenState.CABLE_AUTHORIZED, Light.PREPARING),
        (connected, ScreenState.EV_CONNECTED, Light.EV_CONNECTED),
        (checked, ScreenState.PLEASE_WAIT, Light.AUTHORIZING),
        (refused, ScreenState.CARD_REJECTED, Light.NOT_AUTHORIZED),
        (offered, ScreenState.COMMUNICATING, Light.WAIT_VEHICLE),
        (charged, ScreenState.CHARGING, Light.CHARGING),
        (left, ScreenState.WAIT_RECONNECT, Light.SUSPENDED_EV_GONE),
        (stopped, ScreenState.SUMMARY, Light.FINISH_WAIT_UNPLUG),
        (finished, ScreenState.FULL_UNLOCKED, Light.FINISH_WAIT_UNPLUG),
        (out_of_use, ScreenState.SUSPENDED, Light.INOPERATIVE),
        (going_down, ScreenState.BOOTING, Light.BOOTING),
    ],
)
def test_each_state_has_its_screen_and_light(
    story: Callable[[World], None], state: ScreenState, light: Light
) -> None:
    """What the socket shows follows from what is so; the other socket keeps its own (S63)."""
    world = World()
    world.online()
    story(world)
    first, second = world.station.view().evses

    assert (first.screen.state, first.light) == (state, light)
    assert second.screen.state in {ScreenState.AVAILABLE, ScreenState.BOOTING}


def test_the_screen_counts_and_sums_up() -> None:
    """Limit and lines while charging, whole watt-hours then and in the summary (S20)."""
    world = charging()
    world.measure(more_wh=1234.7)
    seen = world.station.view().evses[0].screen
    assert (seen.limit, seen.energy_wh) == ("3 x 16 A", 1234)
    assert Screen(ScreenState.AVAILABLE).limit == ""

    world.swipe()

    assert world.station.view().evses[0].screen.energy_wh == 1234


def test_a_restart_is_shown_as_booting_on_every_socket() -> None:
    """Nothing else is of interest by then."""
    world = charging()
    world.tell(e.FaultRaised(2, 201))
    world.ask(r.Reset(ResetKind.HARD))

    assert {x.screen.state for x in world.station.view().evses} == {ScreenState.BOOTING}


def test_the_contactor_s_own_word_is_seen() -> None:
    """The view shows what the mirror contact says, not what was wished."""
    world = charging()
    world.tell(e.ContactorMoved(1, closed=False))

    assert not world.station.view().evses[0].contactor_closed
    assert world.evse().closed_wanted
