"""When a transaction starts and ends, for every choice of start and stop points."""

from __future__ import annotations

import pytest

from laadpaal.properties import metering as meter_rows
from laadpaal.properties import transactions as rows
from laadpaal.properties.wiring import MAX_PHASES
from laadpaal.station import events as e
from laadpaal.station import requests as r
from laadpaal.station.answers import Accepted
from laadpaal.station.measurement import Measurement
from laadpaal.station.notices import TransactionEnded, TransactionStarted, TransactionUpdated
from laadpaal.station.words import (
    By,
    ChargingState,
    Pilot,
    Status,
    StopReason,
    Token,
    TokenStatus,
    Trigger,
    Verdict,
)
from tests.support.points import EQUIPPED, STARTS, STOPS, Points
from tests.support.world import CARD, World


def online(start: Points = ("PowerPathClosed",), stop: Points = ("PowerPathClosed",)) -> World:
    """Return a fully equipped station with these points, accepted by the CSMS."""
    world = World(EQUIPPED)
    world.online()
    world.measure()
    world.put(meter_rows.SIGN_SAMPLED, to=True)
    world.put(rows.START_POINT, to=start)
    world.put(rows.STOP_POINT, to=stop)
    return world


# The same day for everybody, and what each step makes true and untrue (2.0.1 E01, E06).
DAY = (
    "drive in",
    "plug",
    "card",
    "sign",
    "charge",
    "suspend",
    "card again",
    "unplug",
    "drive off",
)
COMES = {
    "ParkingBayOccupancy": "drive in",
    "EVConnected": "plug",
    "Authorized": "card",
    "PowerPathClosed": "card",
    "DataSigned": "sign",
    "EnergyTransfer": "charge",
}
CARD_FIRST = ("drive in", "card", "plug", "sign", "charge")
COMES_CARD_FIRST = COMES | {"PowerPathClosed": "plug"}
GOES = {
    "ParkingBayOccupancy": "drive off",
    "EVConnected": "unplug",
    "Authorized": "card again",
    "PowerPathClosed": "card again",
    "EnergyTransfer": "suspend",
}


def do(world: World, step: str) -> None:
    """Let one step of the day happen."""
    match step:
        case "drive in":
            world.tell(e.BayChanged(1, occupied=True))
        case "plug":
            world.tell(e.CablePlugged(1, 1, 32.0))
            world.tell(e.PilotChanged(1, Pilot.B))
        case "card" | "card again":
            world.swipe()
        case "sign":
            world.measure()
        case "charge":
            world.tell(e.PilotChanged(1, Pilot.C))
        case "suspend":
            world.tell(e.PilotChanged(1, Pilot.B))
        case "unplug":
            world.tell(e.PilotChanged(1, Pilot.A))
        case _:
            world.tell(e.BayChanged(1, occupied=False))


def step_of(
    world: World,
    kind: type[TransactionStarted | TransactionEnded],
    day: tuple[str, ...] = DAY,
) -> str:
    """Return the step of the day that brings such a notice."""
    for step in day:
        do(world, step)
        if world.told(kind):
            return step
    raise AssertionError(world.durable())


@pytest.mark.parametrize("start", STARTS, ids=",".join)
def test_every_choice_of_points(start: Points) -> None:
    """The first listed event starts it, the first listed condition that is lost ends it."""
    comes = min(DAY.index(COMES[point]) for point in start)
    for stop in STOPS:
        goes = min(DAY.index(GOES[point]) for point in stop)
        started = step_of(online(start, stop), TransactionStarted)
        world = online(start, stop)
        ended = step_of(world, TransactionEnded)

        assert (started, ended) == (DAY[comes], DAY[goes])
        assert len(world.told(TransactionStarted)) == len(world.told(TransactionEnded)) == 1
        assert [n.seq for n in world.durable()] == list(range(len(world.durable())))
        assert world.evse().transaction is None


@pytest.mark.parametrize("start", STARTS, ids=",".join)
def test_every_start_with_the_card_first(start: Points) -> None:
    """Presented first, the token is what the plug completes."""
    first = step_of(online(start), TransactionStarted, CARD_FIRST)

    wanted = [COMES_CARD_FIRST[point] for point in start]
    assert first == next(step for step in CARD_FIRST if step in wanted)


@pytest.mark.parametrize("stop", STOPS, ids=",".join)
def test_every_stop_when_the_vehicle_leaves_first(stop: Points) -> None:
    """Without the vehicle all but authorization and bay are lost at once."""
    world = online(stop=stop)
    world.tell(e.BayChanged(1, occupied=True))
    world.put(rows.STOP_ON_DISCONNECT, to=False)
    world.plug()
    world.swipe()
    world.tell(e.PilotChanged(1, Pilot.A))
    ended = len(world.told(TransactionEnded))
    world.swipe()
    world.tell(e.BayChanged(1, occupied=False))

    assert ended == bool(set(stop) - {"Authorized", "ParkingBayOccupancy"})
    assert len(world.told(TransactionEnded)) == 1


@pytest.mark.parametrize(
    ("start", "steps", "trigger", "state"),
    [
        ("ParkingBayOccupancy", ("drive in",), Trigger.EV_DETECTED, ChargingState.IDLE),
        ("EVConnected", ("plug",), Trigger.CABLE_PLUGGED_IN, ChargingState.EV_CONNECTED),
        ("Authorized", ("card",), Trigger.AUTHORIZED, ChargingState.IDLE),
        ("PowerPathClosed", ("plug", "card"), Trigger.AUTHORIZED, ChargingState.EV_CONNECTED),
        ("PowerPathClosed", ("card", "plug"), Trigger.CABLE_PLUGGED_IN, ChargingState.EV_CONNECTED),
        (
            "DataSigned",
            ("plug", "card", "sign"),
            Trigger.SIGNED_DATA_RECEIVED,
            ChargingState.EV_CONNECTED,
        ),
        (
            "EnergyTransfer",
            ("plug", "card", "charge"),
            Trigger.CHARGING_STATE_CHANGED,
            ChargingState.CHARGING,
        ),
    ],
)
def test_the_start_says_why(
    start: str, steps: tuple[str, ...], trigger: Trigger, state: ChargingState
) -> None:
    """The trigger is what completed the start point (2.0.1 E01 to E03)."""
    world = online((start,))
    for step in steps:
        do(world, step)

    [started] = world.told(TransactionStarted)
    assert (started.trigger, started.state) == (trigger, state)
    assert (started.connector is None) == (start in {"Authorized", "ParkingBayOccupancy"})


@pytest.mark.parametrize(
    ("start", "steps"), [("Authorized", ("card", "plug")), ("EVConnected", ("plug", "card"))]
)
def test_a_plug_that_is_being_locked_is_not_suspended(start: str, steps: tuple[str, ...]) -> None:
    """Until the bolt holds nothing is offered, but nothing was stopped either."""
    world = online((start,))
    for step in steps:
        do(world, step)

    states = [notice.state for notice in world.told(TransactionUpdated)]
    assert states
    assert ChargingState.SUSPENDED_EVSE not in states


@pytest.mark.parametrize("start", rows.POINTS)
def test_a_remote_start_comes_before_what_completed_it(start: str) -> None:
    """The first notice after the request is RemoteStart, with its number, told once (F01, F02)."""
    world = online((start,))
    world.ask(r.StartCharging(1, CARD, remote_id=7, check=False))
    world.plug()
    world.measure()

    first = next(n for n in world.durable() if n.trigger is not Trigger.CABLE_PLUGGED_IN)
    numbered = [n for n in world.durable() if getattr(n, "remote_id", None) is not None]
    assert first.trigger is Trigger.REMOTE_START
    assert numbered == [first]


def test_a_remote_start_finds_the_transaction_of_the_plug() -> None:
    """An open transaction nobody paid for yet is named in the answer, and told of the token."""
    world = online(("EVConnected",))
    world.plug()
    answer = world.ask(r.StartCharging(1, CARD, remote_id=7, check=False))

    [started] = world.told(TransactionStarted)
    assert answer == Accepted(started.transaction)
    update = world.told(TransactionUpdated)[0]
    assert (update.trigger, update.token, update.remote_id) == (Trigger.REMOTE_START, CARD, 7)


@pytest.mark.parametrize("stop", STOPS, ids=",".join)
def test_nothing_stays_open_without_token_and_vehicle(stop: Points) -> None:
    """A token that leaves before any vehicle came leaves no transaction behind (E06)."""
    world = online(("Authorized",), stop)
    world.swipe()
    world.swipe()

    [ended] = world.told(TransactionEnded)
    assert (ended.trigger, ended.reason) == (Trigger.STOP_AUTHORIZED, StopReason.LOCAL)


def test_a_stopped_transaction_waits_for_the_unplugging() -> None:
    """With only EVConnected the stop is an update; the end keeps who stopped it (E07)."""
    world = online(("EVConnected",), ("EVConnected",))
    world.plug()
    world.swipe()
    world.swipe()
    assert world.told(TransactionEnded) == []
    stopped = world.told(TransactionUpdated)[-1]
    assert (stopped.trigger, stopped.state) == (Trigger.STOP_AUTHORIZED, ChargingState.EV_CONNECTED)
    assert stopped.token == CARD

    world.tell(e.PilotChanged(1, Pilot.A))

    [ended] = world.told(TransactionEnded)
    assert (ended.trigger, ended.reason) == (Trigger.EV_COMMUNICATION_LOST, StopReason.LOCAL)
    assert ended.state is ChargingState.IDLE


def test_only_the_owner_goes_on_with_a_stopped_transaction() -> None:
    """A stranger may not take it over; the same token may, and the end forgets the first stop."""
    world = online(("EVConnected",), ("EVConnected",))
    world.plug()
    world.swipe()
    world.swipe()
    world.swipe(Token("STRANGER"), reader=1)
    assert not world.evse().closed_wanted

    world.swipe()
    assert world.evse().closed_wanted
    world.tell(e.PilotChanged(1, Pilot.A))

    assert world.told(TransactionEnded)[0].reason is StopReason.EV_DISCONNECTED


def test_the_family_goes_on_with_a_stopped_transaction() -> None:
    """A token of the group is as good as the owner's (C09)."""
    world = online(("EVConnected",), ("EVConnected",))
    family = Verdict(TokenStatus.ACCEPTED, group="family")
    world.plug()
    world.swipe(verdict=family)
    world.swipe()
    world.swipe(Token("AUNT"), family, reader=1)

    assert world.evse().closed_wanted
    assert world.told(TransactionEnded) == []


@pytest.mark.parametrize(
    ("lose", "reason"),
    [
        (e.PilotChanged(1, Pilot.B), StopReason.STOPPED_BY_EV),
        (e.FaultRaised(1, 401), StopReason.OTHER),
    ],
    ids=["the vehicle", "the station"],
)
def test_who_stopped_the_energy_is_told(lose: e.Event, reason: StopReason) -> None:
    """With EnergyTransfer as stop point it matters who paused."""
    world = online(stop=("EnergyTransfer",))
    world.plug()
    world.swipe()
    world.tell(lose)

    [ended] = world.told(TransactionEnded)
    assert (ended.trigger, ended.reason) == (Trigger.CHARGING_STATE_CHANGED, reason)


def test_energy_alone_starts_what_no_start_point_did() -> None:
    """A second token on the same plug starts anew, though the plug came long ago."""
    world = online(("EVConnected",), ("Authorized",))
    world.plug()
    world.swipe()
    world.swipe()
    world.swipe()

    assert len(world.told(TransactionStarted)) == 2
    assert world.statuses()[-1] is Status.CHARGING


@pytest.mark.parametrize("start", STARTS, ids=",".join)
def test_without_a_meter_nothing_starts_until_it_speaks(start: Points) -> None:
    """Where a transaction begins is what the meter says; the start is not forgotten."""
    world = World()
    world.online()
    world.put(rows.START_POINT, to=start)
    world.tell(e.CablePlugged(1))
    world.tell(e.PilotChanged(1, Pilot.B))
    world.swipe()
    world.tell(e.PilotChanged(1, Pilot.C))
    assert world.told(TransactionStarted) == []

    world.tell(e.MeterRead(1, Measurement(4000.0, (230.0, 230.0, 230.0))))

    [started] = world.told(TransactionStarted)
    assert started.meter_wh == 4000


# --- what is told besides ---


def test_a_vehicle_has_its_time_to_answer() -> None:
    """It counts as suspended only when it does not take what it has been offered for a while."""
    world = online()
    do(world, "plug")
    do(world, "card")
    [started] = world.told(TransactionStarted)
    assert started.state is ChargingState.EV_CONNECTED
    assert world.told(TransactionUpdated) == []

    world.pass_time(5.0)
    [update] = world.told(TransactionUpdated)
    assert update.trigger is Trigger.CHARGING_STATE_CHANGED
    assert update.state is ChargingState.SUSPENDED_EV


def test_energy_that_begins_is_told_by_itself() -> None:
    """A vehicle that is ready before anybody may charge: two events are two messages (4.5)."""
    world = online()
    world.plug()
    world.swipe()

    [started], [update] = world.told(TransactionStarted), world.told(TransactionUpdated)
    assert (started.trigger, started.state) == (Trigger.AUTHORIZED, ChargingState.EV_CONNECTED)
    assert (update.trigger, update.state) == (
        Trigger.CHARGING_STATE_CHANGED,
        ChargingState.CHARGING,
    )


def test_a_vehicle_that_pauses_at_once_is_suspended() -> None:
    """Who has charged has answered."""
    world = online()
    world.plug()
    world.swipe()
    do(world, "suspend")

    assert world.told(TransactionUpdated)[-1].state is ChargingState.SUSPENDED_EV


def test_the_cable_is_told_with_the_connector() -> None:
    """What it is made for is known when it is in, and told once."""
    world = online(("Authorized",))
    for step in ("card", "plug", "charge"):
        do(world, step)

    [started] = world.told(TransactionStarted)
    assert started.cable_a is None
    assert [update.cable_a for update in world.told(TransactionUpdated)] == [32.0, None]


@pytest.mark.parametrize("start", ["EnergyTransfer", "PowerPathClosed"])
def test_the_lines_are_told_when_energy_starts(start: str) -> None:
    """By whichever notice tells that; again only when they are others."""
    world = online((start,))
    world.plug()
    world.swipe()
    do(world, "suspend")
    do(world, "charge")
    world.ask(r.WriteSetting(MAX_PHASES.id, "1", By.REMOTE))
    do(world, "suspend")
    world.pass_time(10)  # the rest between two numbers of lines
    do(world, "charge")

    told = [getattr(notice, "phases", None) for notice in world.durable()]
    assert [phases for phases in told if phases] == [3, 1]


def test_the_time_of_charging_is_counted() -> None:
    """Only that in which energy flows; told when it starts and stops, and at the end."""
    world = online()
    do(world, "plug")
    do(world, "card")
    for waits_s, step in ((3.0, "charge"), (100.0, "suspend"), (50.0, "charge"), (20.0, "card")):
        world.pass_time(waits_s)
        do(world, step)

    [ended] = world.told(TransactionEnded)
    counted = [update.charged_s for update in world.told(TransactionUpdated)]
    assert [s for s in counted if s is not None] == [0.0, 100.0, 100.0]
    assert ended.charged_s == 120.0
