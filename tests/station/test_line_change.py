"""Other lines for a vehicle that is connected: step by step, and never under load."""

from __future__ import annotations

import pytest

from laadpaal.properties import transactions as tx_rows
from laadpaal.properties.transactions import START_POINT, STOP_POINT
from laadpaal.properties.wiring import MAX_PHASES, PHASE_INTERVAL, PHASE_PAUSE, PHASE_SWITCHING
from laadpaal.station import actions as a
from laadpaal.station import events as e
from laadpaal.station import requests as r
from laadpaal.station.answers import Accepted, Answer
from laadpaal.station.faults import CONTACTOR_FAULT, RELEASE_FAULT
from laadpaal.station.layout import EvseLayout, Layout
from laadpaal.station.line_change import WAKE_AFTER_S, WAKE_S
from laadpaal.station.notices import StatusChanged, TransactionEnded, TransactionStarted
from laadpaal.station.phases import LineChange, SetPhases
from laadpaal.station.words import Pilot, ResetKind, Status, Token
from tests.support.world import World

OTHER = Token("OTHER")
SWITCHING = Layout(evses=(EvseLayout(), EvseLayout()), switches_phases=True)
RELEASE_S, PAUSE_S, INTERVAL_S = 6.0, 5.0, 60.0


def charging(layout: Layout = SWITCHING) -> World:
    """Return a station where a vehicle charges on three lines."""
    world = World(layout)
    world.obeys = False
    world.online()
    world.plug()
    world.swipe()
    assert deeds(world)[-2:] == ["offer 16", "close 3"]
    return world


def allow(world: World, lines: int) -> None:
    """Write how many lines may be used."""
    assert world.ask(r.WriteSetting(MAX_PHASES.id, str(lines))) == Accepted()


def use(world: World, lines: int) -> Answer:
    """Wish for so many lines."""
    return world.ask(SetPhases(1, lines, "energy manager"))


def pilot(world: World, state: Pilot) -> None:
    """Let the vehicle move the pilot."""
    world.tell(e.PilotChanged(1, state))


def deeds(world: World) -> list[str]:
    """Return what pilot and contactor of EVSE 1 were told, in order."""
    told: list[str] = []
    for action in world.actions:
        match action:
            case a.OfferCurrent(1, None):
                told.append("steady")
            case a.OfferCurrent(1, float() | int() as limit_a):
                told.append(f"offer {limit_a:g}")
            case a.CloseContactor(1, phases):
                told.append(f"close {phases}")
            case a.OpenContactor(1):
                told.append("open")
            case _:
                pass
    return told


def since(world: World, before: int) -> list[str]:
    """Return what they were told after so many deeds."""
    return deeds(world)[before:]


def test_s39_one_line_is_forced_in_a_running_transaction() -> None:
    """Steady pilot, open switch, open contactor, pause, and then one line; same transaction."""
    world = charging()
    before = len(deeds(world))
    allow(world, 1)
    assert since(world, before) == ["steady"]
    assert world.evse().contactor_closed

    world.pass_time(1)
    pilot(world, Pilot.B)
    assert since(world, before) == ["steady", "open"]
    world.pass_time(PAUSE_S - 0.1)
    assert since(world, before) == ["steady", "open"]
    world.pass_time(0.1)
    assert since(world, before) == ["steady", "open", "offer 16"]
    world.pass_time(1)
    pilot(world, Pilot.C)
    assert since(world, before) == ["steady", "open", "offer 16", "close 1"]

    assert len(world.told(TransactionStarted)) == 1
    assert not world.told(TransactionEnded)
    assert world.evse().change is None
    charges, pauses = Status.CHARGING, Status.SUSPENDED_EVSE
    assert world.statuses()[-3:] == [charges, pauses, charges]


def test_s39_the_contactor_opens_under_load_when_the_vehicle_takes_too_long() -> None:
    """After six seconds, and no sooner."""
    world = charging()
    before = len(deeds(world))
    allow(world, 1)
    world.pass_time(RELEASE_S - 0.1)
    assert since(world, before) == ["steady"]
    world.pass_time(0.1)
    assert since(world, before) == ["steady", "open"]
    pilot(world, Pilot.B)
    world.pass_time(PAUSE_S)
    pilot(world, Pilot.C)

    assert since(world, before) == ["steady", "open", "offer 16", "close 1"]


def test_a_vehicle_that_never_opens_its_switch_is_a_fault_until_it_does() -> None:
    """Code 007; then it has its pause, and goes on by itself."""
    world = charging()
    before = len(deeds(world))
    allow(world, 1)
    world.pass_time(RELEASE_S + PAUSE_S)
    assert world.evse().faults == {RELEASE_FAULT}
    assert world.evse().change is LineChange.STUCK
    world.pass_time(3600)
    assert since(world, before) == ["steady", "open"]
    codes = [n.code for n in world.told(StatusChanged) if n.evse == 1]
    assert codes[-1] == RELEASE_FAULT

    pilot(world, Pilot.B)
    assert world.evse().faults == set()
    world.pass_time(PAUSE_S)
    pilot(world, Pilot.C)
    assert since(world, before) == ["steady", "open", "offer 16", "close 1"]


def test_a_stuck_vehicle_takes_its_fault_along() -> None:
    """The next one finds nothing of it."""
    world = charging()
    allow(world, 1)
    world.pass_time(RELEASE_S + PAUSE_S)
    world.tell(e.CableUnplugged(1))

    assert world.evse().faults == set()
    assert (world.evse().change, world.evse().joined_phases) == (None, 0)


def test_a_vehicle_that_sleeps_on_is_woken_once() -> None:
    """Half a minute after the offer, by a steady pilot for three seconds."""
    world = charging()
    allow(world, 1)
    pilot(world, Pilot.B)
    world.pass_time(PAUSE_S)
    before = len(deeds(world))
    world.pass_time(WAKE_AFTER_S - 0.1)
    assert since(world, before) == []
    assert world.statuses()[-1] is Status.SUSPENDED_EV
    world.pass_time(0.1)
    assert since(world, before) == ["steady"]
    world.pass_time(WAKE_S)
    assert since(world, before) == ["steady", "offer 16"]
    world.pass_time(3600)
    assert since(world, before) == ["steady", "offer 16"]
    pilot(world, Pilot.C)

    assert since(world, before) == ["steady", "offer 16", "close 1"]
    assert world.evse().change is None


def test_nobody_is_woken_who_may_not_charge_any_more() -> None:
    """A card stops the transaction while the vehicle sleeps."""
    world = charging()
    allow(world, 1)
    pilot(world, Pilot.B)
    world.pass_time(PAUSE_S)
    world.swipe()
    before = len(deeds(world))
    world.pass_time(WAKE_AFTER_S)

    assert since(world, before) == []
    assert world.evse().change is None


def test_a_fault_cuts_off_at_once() -> None:
    """Nobody waits for the vehicle's switch then."""
    world = charging()
    before = len(deeds(world))
    allow(world, 1)
    world.tell(e.FaultRaised(1, 201))

    assert since(world, before) == ["steady", "open"]


@pytest.mark.parametrize("end", ["swipe", "restart"])
def test_whoever_loses_the_right_to_charge_gets_no_second_wait(end: str) -> None:
    """The vehicle has been offered nothing since the change began, and its time counts on."""
    world = charging()
    before = len(deeds(world))
    allow(world, 1)
    world.pass_time(4)
    if end == "swipe":
        world.swipe()
    else:
        world.ask(r.Reset(ResetKind.HARD))

    assert since(world, before) == ["steady"]
    world.pass_time(RELEASE_S - 4)
    assert since(world, before) == ["steady", "open"]
    assert world.told(TransactionEnded)


def test_a_contactor_that_does_not_open_stops_everything() -> None:
    """No other line is closed beside those that stick."""
    world = charging()
    before = len(deeds(world))
    allow(world, 1)
    world.welded = True
    pilot(world, Pilot.B)
    world.pass_time(3600)

    assert since(world, before) == ["steady", "open"]
    assert CONTACTOR_FAULT in world.evse().faults
    assert world.evse().change is LineChange.OPENING


def test_s39_both_sockets_are_switched() -> None:
    """What is allowed is allowed at each."""
    world = charging()
    world.plug(2)
    world.swipe(OTHER)
    allow(world, 1)

    changes = [world.evse(n).change for n in (1, 2)]
    assert changes == [LineChange.RELEASING, LineChange.RELEASING]


@pytest.mark.parametrize("barrier", ["contactors", "setting"])
def test_s39_lines_that_cannot_be_switched_are_those_of_the_next_closing(barrier: str) -> None:
    """What is offered counts one line at once, and what flows all that are closed."""
    world = charging(Layout() if barrier == "contactors" else SWITCHING)
    world.put(PHASE_SWITCHING, to=barrier == "contactors")
    before = len(deeds(world))
    allow(world, 1)
    assert since(world, before) == []
    assert world.evse().screen.limit == "1 x 16 A"
    assert world.evse().phases == 3
    pilot(world, Pilot.B)
    world.pass_time(PAUSE_S)
    pilot(world, Pilot.C)

    assert since(world, before) == ["open", "steady", "offer 16", "close 1"]


def test_s40_more_lines_are_not_restored() -> None:
    """Neither in the same transaction, nor in the next one; a restart begins anew."""
    world = charging()
    allow(world, 1)
    pilot(world, Pilot.B)
    world.pass_time(PAUSE_S)
    pilot(world, Pilot.C)
    before = len(deeds(world))
    allow(world, 3)
    world.pass_time(3600)
    assert since(world, before) == []
    assert world.evse().phases == 1

    world.tell(e.CableUnplugged(1))
    world.plug()
    world.swipe()
    assert since(world, before)[-1] == "close 1"
    assert charging().evse().phases == 3


def test_a_wish_is_not_granted_more_often_than_the_interval() -> None:
    """The second one waits until it is over; the last wish counts."""
    world = charging()
    assert use(world, 1) == Accepted()
    pilot(world, Pilot.B)
    world.pass_time(PAUSE_S)
    pilot(world, Pilot.C)
    before = len(deeds(world))
    assert use(world, 3) == Accepted()
    world.pass_time(INTERVAL_S - 0.1)
    assert since(world, before) == []
    world.pass_time(0.1)
    assert since(world, before) == ["steady"]
    assert world.values[PHASE_INTERVAL] == INTERVAL_S


def test_what_is_not_allowed_any_more_waits_for_no_interval() -> None:
    """More lines than are allowed are not borne for a minute (S39)."""
    world = charging()
    for lines in (1, 3):
        assert use(world, lines) == Accepted()
        world.pass_time(INTERVAL_S)
        pilot(world, Pilot.B)
        world.pass_time(PAUSE_S)
        pilot(world, Pilot.C)
    assert world.evse().closed_phases == 3
    before = len(deeds(world))
    allow(world, 1)

    assert since(world, before) == ["steady"]


def test_lines_that_are_asked_for_and_back_in_the_pause_are_closed_as_they_were() -> None:
    """What counts is what is wanted when the pause is over."""
    world = charging()
    before = len(deeds(world))
    use(world, 1)
    pilot(world, Pilot.B)
    use(world, 3)
    world.pass_time(PAUSE_S)
    pilot(world, Pilot.C)

    assert since(world, before) == ["steady", "open", "offer 16", "close 3"]


def test_a_vehicle_that_rests_has_its_pause_as_well() -> None:
    """The contactor is open already; it is not woken, as it was not interrupted."""
    world = charging()
    pilot(world, Pilot.B)
    before = len(deeds(world))
    use(world, 1)
    assert since(world, before) == ["steady"]
    world.pass_time(PAUSE_S)
    assert since(world, before) == ["steady", "offer 16"]
    world.pass_time(3600)
    assert since(world, before) == ["steady", "offer 16"]
    pilot(world, Pilot.C)

    assert since(world, before) == ["steady", "offer 16", "close 1"]


def test_a_transaction_that_ends_with_the_flow_of_energy_outlasts_a_change() -> None:
    """Where energy is a stop point, other lines are no stop (S39)."""
    world = World(SWITCHING)
    world.online()
    for row in (START_POINT, STOP_POINT):
        world.ask(r.WriteSetting(row.id, tx_rows.POINTS[4]))
    world.plug()
    world.swipe()
    allow(world, 1)
    pilot(world, Pilot.B)
    world.pass_time(PAUSE_S)
    pilot(world, Pilot.C)
    assert not world.told(TransactionEnded)
    assert world.evse().closed_phases == 1
    pilot(world, Pilot.B)

    assert len(world.told(TransactionEnded)) == 1


def test_the_pause_can_be_set() -> None:
    """Some vehicles need longer to notice."""
    world = charging()
    world.put(PHASE_PAUSE, to=20)
    allow(world, 1)
    pilot(world, Pilot.B)
    before = len(deeds(world))
    world.pass_time(19.9)
    assert since(world, before) == []
    world.pass_time(0.1)
    assert since(world, before) == ["offer 16"]
