"""Statuses are told once, in order, as often as wanted, and with what explains them."""

from __future__ import annotations

import pytest

from laadpaal.properties import statuses as rows
from laadpaal.properties import transactions as tx_rows
from laadpaal.station import events as e
from laadpaal.station import requests as r
from laadpaal.station.answers import Accepted
from laadpaal.station.layout import ConnectorLayout, EvseLayout, Layout, Outlet
from laadpaal.station.moment import Moment
from laadpaal.station.notices import StatusChanged
from laadpaal.station.words import By, Pilot, Reservation, ResetKind, Status
from tests.support.world import CARD, World

LEFT = "unplugged at the vehicle"
FIXED = Layout(evses=(EvseLayout((ConnectorLayout(Outlet.CABLE),)),))


def charging(layout: Layout | None = None) -> World:
    """Return a station that charges on EVSE 1."""
    world = World(layout)
    world.online()
    if layout is FIXED:
        world.measure()
        world.tell(e.PilotChanged(1, Pilot.C))
    else:
        world.plug()
    world.swipe()
    return world


def of(world: World, evse: int = 1) -> list[StatusChanged]:
    """Return what was told of one EVSE."""
    return [notice for notice in world.told(StatusChanged) if notice.evse == evse]


def slow(world: World, seconds: int) -> None:
    """Let the CSMS write how long a status must last."""
    assert world.ask(r.WriteSetting(rows.LEAST_DURATION.id, str(seconds))) == Accepted()


# --- MinimumStatusDuration ---


def test_by_default_every_status_is_told_at_once() -> None:
    """Nothing hides the status that belongs to a start or a stop."""
    world = charging()
    world.swipe()

    assert world.statuses() == [
        Status.AVAILABLE,
        Status.PREPARING,
        Status.CHARGING,
        Status.FINISHING,
    ]


def test_a_status_is_told_when_it_has_lasted() -> None:
    """With the instant at which it began, and not before (1.6 section 9.1)."""
    world = World()
    slow(world, 10)
    began = world.now
    world.plug()
    world.pass_time(9.9)
    assert world.statuses() == [Status.AVAILABLE]

    world.pass_time(0.1)

    assert [(n.status, n.at) for n in of(world)] == [
        (Status.AVAILABLE, began.utc),
        (Status.PREPARING, began.utc),
    ]
    assert world.now.utc == pytest.approx(began.utc + 10)


def test_a_status_that_does_not_last_is_never_told() -> None:
    """Nor is the return to the one before it."""
    world = World()
    slow(world, 10)
    world.plug()
    world.pass_time(5)
    world.tell(e.CableUnplugged(1))
    world.pass_time(60)

    assert world.statuses() == [Status.AVAILABLE]


def test_each_new_status_counts_from_its_own_beginning() -> None:
    """The last one wins; those between, that were too short, are left out in order."""
    world = World()
    world.online()
    slow(world, 10)
    world.plug()
    world.pass_time(6)
    world.swipe()
    began = world.now.utc
    world.pass_time(6)
    world.measure(1, 5)
    assert world.statuses() == [Status.AVAILABLE]
    world.pass_time(4)

    assert [(n.status, n.at) for n in of(world)][1:] == [(Status.CHARGING, began)]


def test_a_remark_between_does_not_hurry_a_status() -> None:
    """What comes again counts anew, also when something was said of the status before it."""
    world = World()
    slow(world, 10)
    world.tell(e.FaultRaised(1, 208))
    world.plug()
    world.pass_time(0.2)
    world.tell(e.FaultCleared(1, 208))
    world.tell(e.CableUnplugged(1))
    world.pass_time(0.2)
    world.plug()
    world.pass_time(9.9)
    assert set(world.statuses()) == {Status.AVAILABLE}
    world.pass_time(0.1)

    assert world.statuses()[-1] is Status.PREPARING


def test_a_shorter_duration_is_in_force_at_once() -> None:
    """What has lasted long enough by the new value is told with the write."""
    world = World()
    slow(world, 3600)
    world.plug()
    world.pass_time(30)
    slow(world, 20)

    assert world.statuses() == [Status.AVAILABLE, Status.PREPARING]


def test_who_asks_hears_what_waits_and_hears_it_once() -> None:
    """The present status is told, and the one that waited has been told with it."""
    world = World()
    slow(world, 10)
    world.plug()
    world.ask(r.ReportStatus(1))
    world.pass_time(60)

    assert [(n.status, n.asked) for n in of(world)] == [
        (Status.AVAILABLE, False),
        (Status.PREPARING, True),
    ]


def test_connectors_wait_each_for_themselves() -> None:
    """One socket's impatience does not hurry the other."""
    world = World()
    slow(world, 10)
    world.plug(1)
    world.pass_time(5)
    world.plug(2)
    world.pass_time(5)
    assert (world.statuses(1)[-1], world.statuses(2)[-1]) == (Status.PREPARING, Status.AVAILABLE)
    world.pass_time(5)

    assert world.statuses(2)[-1] is Status.PREPARING


# --- what is said about a status (S64, S65) ---


def test_a_warning_goes_at_once_whatever_a_status_must_last() -> None:
    """Only statuses have to prove stable."""
    world = World()
    slow(world, 600)
    world.tell(e.FaultRaised(1, 203))

    assert [(n.status, n.error, n.code, n.info) for n in of(world)][1:] == [
        (Status.AVAILABLE, "HighTemperature", 203, "temperature high")
    ]


def test_remarks_come_once_a_second_and_the_last_one_wins() -> None:
    """A fault that comes and goes floods nobody."""
    world = World()
    for code in (203, 208, 209):
        world.tell(e.FaultRaised(1, code))
        world.tell(e.FaultCleared(1, code))
    world.tell(e.FaultRaised(1, 210))
    assert [n.code for n in of(world)] == [0, 203]
    world.pass_time(0.9)
    assert [n.code for n in of(world)] == [0, 203]
    world.pass_time(0.1)

    assert [n.code for n in of(world)] == [0, 203, 210]


def test_a_remark_that_is_taken_back_in_time_is_not_told() -> None:
    """The same words are never told twice running."""
    world = World()
    world.tell(e.FaultRaised(1, 203))
    world.tell(e.FaultRaised(1, 109))
    world.tell(e.FaultCleared(1, 109))
    world.pass_time(10)

    assert [n.code for n in of(world)] == [0, 203]


def test_a_status_does_not_wait_for_remarks() -> None:
    """What changes the status is told at once, with the words of the hour."""
    world = World()
    world.tell(e.FaultRaised(1, 203))
    world.tell(e.FaultRaised(1, 201))

    assert [(n.status, n.code) for n in of(world)] == [
        (Status.AVAILABLE, 0),
        (Status.AVAILABLE, 203),
        (Status.FAULTED, 201),
    ]


def test_warnings_can_be_switched_off() -> None:
    """Then only faults that stop the connector are told with a status (S65)."""
    world = World()
    off = r.WriteSetting(rows.INFORMATIONAL.id, "false", By.LOCAL)
    world.tell(e.FaultRaised(1, 203))
    assert world.ask(off) == Accepted()
    world.pass_time(1)
    for evse, code in ((1, 109), (0, 407)):
        world.tell(e.FaultRaised(evse, code))
    world.tell(e.FaultRaised(1, 201))
    world.pass_time(10)

    assert [(n.status, n.code) for n in of(world)] == [
        (Status.AVAILABLE, 0),
        (Status.AVAILABLE, 203),
        (Status.AVAILABLE, 0),
        (Status.FAULTED, 201),
    ]
    assert [n.code for n in of(world, 0)] == [0]


# --- a vehicle that leaves at its own end ---


def test_a_cable_pulled_at_the_vehicle_is_told_with_the_end() -> None:
    """The plug at the station stays, and the text says why the transaction has ended (4.4)."""
    world = charging()
    world.tell(e.PilotChanged(1, Pilot.A))
    assert (of(world)[-1].status, of(world)[-1].info) == (Status.FINISHING, LEFT)
    world.tell(e.CableUnplugged(1))

    assert (of(world)[-1].status, of(world)[-1].info) == (Status.AVAILABLE, "")


def test_a_vehicle_that_may_come_back_is_told_as_its_own_pause() -> None:
    """The transaction goes on as SuspendedEV, and the text goes when the vehicle is back."""
    world = charging()
    world.put(tx_rows.STOP_POINT, to=("Authorized",))
    world.put(tx_rows.STOP_ON_DISCONNECT, to=False)
    world.tell(e.PilotChanged(1, Pilot.A))
    assert (of(world)[-1].status, of(world)[-1].info) == (Status.SUSPENDED_EV, LEFT)
    world.tell(e.PilotChanged(1, Pilot.C))
    world.swipe()

    assert [(n.status, n.info) for n in of(world)][-2:] == [
        (Status.CHARGING, ""),
        (Status.FINISHING, ""),
    ]


def test_nothing_is_left_of_a_fixed_cable() -> None:
    """It hangs at the station, and the connector is free (1.6 section 4.9, C1)."""
    world = charging(FIXED)
    world.tell(e.PilotChanged(1, Pilot.A))

    assert (of(world)[-1].status, of(world)[-1].info) == (Status.AVAILABLE, "")


def test_who_unplugs_after_the_end_is_not_told_about() -> None:
    """The text belongs to an end that came of it."""
    world = charging()
    world.swipe()
    before = len(of(world))
    world.tell(e.PilotChanged(1, Pilot.A))
    world.pass_time(10)

    assert len(of(world)) == before


# --- legal ways ---


def test_beginning_again_on_the_same_plug_is_preparing_first() -> None:
    """From Finishing there is no arc to Charging (1.6 section 4.9)."""
    world = charging()
    world.swipe()
    world.swipe(CARD)

    assert world.statuses()[-4:] == [
        Status.FINISHING,
        Status.PREPARING,
        Status.SUSPENDED_EV,
        Status.CHARGING,
    ]


def test_a_restart_that_fails_is_told() -> None:
    """The station goes on, and says so until the next restart is tried (1.6 section 5.14)."""
    world = World()
    world.ask(r.Reset(ResetKind.SOFT))
    world.tell(e.RestartFailed())
    failed = of(world, 0)[-1]
    assert (failed.status, failed.error, failed.code) == (Status.AVAILABLE, "ResetFailure", 0)
    assert failed.info == "the restart has failed"

    world.now = Moment(world.now.mono + 60, world.now.utc + 60)
    world.ask(r.Reset(ResetKind.HARD))

    assert of(world, 0)[-1].error == "NoError"


# --- occupied ---


def test_a_cable_after_a_token_is_told() -> None:
    """The status is the same, and the connector is occupied now (2.0.1 G01)."""
    world = World()
    world.online()
    world.swipe(reader=1)
    world.tell(e.CablePlugged(1))

    assert [(n.status, n.occupied) for n in of(world)] == [
        (Status.AVAILABLE, False),
        (Status.PREPARING, False),
        (Status.PREPARING, True),
    ]


def test_a_plug_in_a_reserved_socket_is_not_told() -> None:
    """It stays reserved until somebody comes whom it is kept for."""
    world = World()
    world.online()
    world.ask(r.Reserve(Reservation(1, 1, CARD, world.now.utc + 60)))
    world.tell(e.CablePlugged(1))

    assert [n.status for n in of(world)] == [Status.AVAILABLE, Status.RESERVED]
