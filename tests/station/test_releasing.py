"""A contactor does not open under load: the vehicle opens its switch first, or has had the time."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from laadpaal.properties import authorization as auth_rows
from laadpaal.properties import charging as rows
from laadpaal.properties import transactions as tx_rows
from laadpaal.properties.wiring import RELEASE_TIME
from laadpaal.station import actions as a
from laadpaal.station import events as e
from laadpaal.station import requests as r
from laadpaal.station.answers import Accepted, Reason, Refused, Scheduled
from laadpaal.station.charging_profiles import Period, Schedule, Source, Unit
from laadpaal.station.display import ScreenState
from laadpaal.station.faults import FAULTS, Stops
from laadpaal.station.layout import ConnectorLayout, EvseLayout, Layout, Outlet
from laadpaal.station.limits import ClearExternalLimit, SetExternalLimit
from laadpaal.station.notices import TokenRefused, TransactionEnded, TransactionUpdated
from laadpaal.station.payment import PaymentState
from laadpaal.station.restarts import REST_S
from laadpaal.station.surroundings import ResidualChanged
from laadpaal.station.words import (
    By,
    ChargingState,
    Pilot,
    ResetKind,
    Status,
    StopReason,
    Token,
    TokenStatus,
    Trigger,
    Verdict,
)
from tests.support.disk import MemoryDisk
from tests.support.paying import SOCKETS, Till
from tests.support.profiles import profile
from tests.support.world import CARD, World

RELEASE_S = 6.0
OTHER = Token("B2")
BAD = Verdict(TokenStatus.BLOCKED)
DOMESTIC = Layout(
    evses=(EvseLayout((ConnectorLayout(), ConnectorLayout(Outlet.DOMESTIC, 16.0, 1))),)
)
Deed = Callable[[World], object]


def charging(world: World | None = None) -> World:
    """Return a station whose vehicle charges, and opens its switch when the test says so."""
    world = world or World()
    world.obeys = False
    world.online()
    world.plug()
    world.swipe()
    world.pass_time(60)
    world.measure(more_wh=100.0)
    world.actions.clear()
    return world


def pilot(world: World, state: Pilot) -> None:
    """Let the vehicle move the pilot."""
    world.tell(e.PilotChanged(1, state))


def limit(world: World, limit_a: float) -> None:
    """Let an energy manager limit."""
    schedule = Schedule(Unit.AMPERE, (Period(0, limit_a),), None)
    assert world.ask(SetExternalLimit(Source.EMS, 0, schedule)) == Accepted()


def write(world: World, id_: str, text: str) -> None:
    """Write a setting at the station."""
    assert world.ask(r.WriteSetting(id_, text, By.LOCAL)) == Accepted()


def judge(world: World) -> None:
    """Let the CSMS find the token of the transaction bad."""
    world.tell(e.TransactionJudged("tx-1", CARD, BAD))


def tolerate(world: World) -> None:
    """Let a bad token have no energy, and stay."""
    world.put(tx_rows.STOP_ON_INVALID, to=False)
    judge(world)


def raising(code: int) -> Deed:
    """Return how to raise a fault."""
    return lambda world: world.tell(e.FaultRaised(1, code))


def run_out(world: World) -> None:
    """Let the energy be used up that a bad token may have."""
    world.put(tx_rows.ENERGY_BEFORE_STOP, to=True)
    world.put(tx_rows.ENERGY_ON_INVALID, to=500)
    judge(world)
    world.measure(more_wh=500.0)


def idle(world: World) -> None:
    """Let the vehicle take nothing for as long as it may."""
    write(world, tx_rows.AUTO_STOP.id, "300")
    world.measure(currents_a=(10.0, 10.0, 10.0))
    world.measure()
    world.pass_time(300)


def master(world: World) -> None:
    """Let somebody hold a master pass to the reader."""
    write(world, auth_rows.MASTER_GROUP.id, "police")
    world.swipe(OTHER, Verdict(TokenStatus.ACCEPTED, "police"))


def leave_bay(world: World) -> None:
    """Let the bay be all that keeps the transaction, and its sensor see nobody any more."""
    world.tell(e.BayChanged(1, occupied=True))
    world.put(tx_rows.STOP_POINT, to=("ParkingBayOccupancy",))
    world.tell(e.BayChanged(1, occupied=False))


def starve(world: World) -> None:
    """Let energy be all that keeps the transaction, and there be too little current for it."""
    world.put(tx_rows.STOP_POINT, to=("EnergyTransfer",))
    limit(world, 0)


ENDS: dict[str, tuple[Deed, Trigger, StopReason]] = {
    "card": (lambda w: w.swipe(), Trigger.STOP_AUTHORIZED, StopReason.LOCAL),
    "CSMS": (
        lambda w: w.ask(r.StopCharging("tx-1")),
        Trigger.REMOTE_STOP,
        StopReason.REMOTE,
    ),
    "soft reset": (
        lambda w: w.ask(r.Reset(ResetKind.SOFT)),
        Trigger.RESET_COMMAND,
        StopReason.SOFT_RESET,
    ),
    "hard reset": (
        lambda w: w.ask(r.Reset(ResetKind.HARD)),
        Trigger.RESET_COMMAND,
        StopReason.HARD_RESET,
    ),
    "reset of the EVSE": (
        lambda w: w.ask(r.Reset(ResetKind.HARD, evse=1)),
        Trigger.RESET_COMMAND,
        StopReason.HARD_RESET,
    ),
    "unlocking": (
        lambda w: w.ask(r.UnlockConnector(1, 1, stops=True)),
        Trigger.UNLOCK_COMMAND,
        StopReason.UNLOCK_COMMAND,
    ),
    "bad token": (judge, Trigger.DEAUTHORIZED, StopReason.DEAUTHORIZED),
    "limit of energy": (run_out, Trigger.DEAUTHORIZED, StopReason.DEAUTHORIZED),
    "limit of time": (idle, Trigger.TIME_LIMIT_REACHED, StopReason.OTHER),
    "master pass": (master, Trigger.STOP_AUTHORIZED, StopReason.MASTER_PASS),
    "bay": (leave_bay, Trigger.EV_DEPARTED, StopReason.STOPPED_BY_EV),
    "no energy": (starve, Trigger.CHARGING_RATE_CHANGED, StopReason.OTHER),
}
SUSPENSIONS: dict[str, Deed] = {
    "less than the least": lambda w: write(w, rows.STATION_MAX.id, "5"),
    "profile of 0 A": lambda w: w.ask(r.InstallProfile(profile(1, 0))),
    "limit from outside": lambda w: limit(w, 0),
    "bad token that may stay": tolerate,
}
WITHDRAWALS: dict[str, Deed] = {name: deed for name, (deed, _, _) in ENDS.items()} | SUSPENSIONS
GRAVE = [code for code, fault in FAULTS.items() if fault.stops is not Stops.NOTHING]
URGENT: dict[str, Deed] = {
    **{f"fault {code}": raising(code) for code in GRAVE},
    "vehicle gone": lambda w: pilot(w, Pilot.A),
    "disturbed": lambda w: pilot(w, Pilot.E),
    "pilot out": lambda w: pilot(w, Pilot.F),
    "plug pulled": lambda w: w.tell(e.CableUnplugged(1)),
    "leak": lambda w: w.tell(ResidualChanged(1, tripped=True)),
    "silent meter": lambda w: w.tell(e.MeterLost(1)),
}
every = pytest.mark.parametrize


def opened(world: World) -> bool:
    """Tell whether the contactor was told to open."""
    return a.OpenContactor(1) in world.actions


# --- whoever withdraws current ---


@every("deed", WITHDRAWALS.values(), ids=WITHDRAWALS)
def test_nothing_is_offered_at_once_and_the_contactor_waits(deed: Deed) -> None:
    """It opens with the vehicle's switch."""
    world = charging()
    deed(world)

    assert a.OfferCurrent(1, None) in world.actions
    assert not opened(world)
    world.pass_time(2)
    assert not opened(world)
    pilot(world, Pilot.B)
    assert opened(world)
    assert not world.evse().contactor_closed


@every("deed", WITHDRAWALS.values(), ids=WITHDRAWALS)
def test_a_vehicle_that_holds_its_switch_is_cut_off_when_its_time_is_over(deed: Deed) -> None:
    """After six seconds and no sooner, and it is no fault: only other lines cannot be closed."""
    world = charging()
    deed(world)
    world.pass_time(RELEASE_S - 0.1)
    assert not opened(world)
    world.pass_time(0.1)
    assert opened(world)
    assert not world.evse().contactor_closed
    world.pass_time(60)
    assert world.evse().faults == set()


def test_how_long_it_may_take_is_a_setting() -> None:
    """In milliseconds."""
    world = charging()
    write(world, RELEASE_TIME.id, "8000")
    world.swipe()
    world.pass_time(7.9)
    assert not opened(world)
    world.pass_time(0.1)
    assert opened(world)


@every(("deed", "trigger", "reason"), ENDS.values(), ids=ENDS)
def test_a_transaction_ends_when_its_energy_does(
    deed: Deed, trigger: Trigger, reason: StopReason
) -> None:
    """With what ended it, and what flowed until then; nothing is told of it in between."""
    world = charging()
    deed(world)
    told = len(world.durable())
    assert not world.told(TransactionEnded)
    world.pass_time(1)
    assert len(world.durable()) == told
    assert world.evse().transaction is not None
    world.measure(more_wh=2.0)
    pilot(world, Pilot.B)

    [ended] = world.told(TransactionEnded)
    assert (ended.trigger, ended.reason) == (trigger, reason)
    assert ended.meter_wh == world.energy_wh[1]
    assert len(world.durable()) == told + 1
    assert opened(world)
    assert world.evse().transaction is None


@every("deed", SUSPENSIONS.values(), ids=SUSPENSIONS)
def test_a_suspension_is_told_at_once(deed: Deed) -> None:
    """Nothing is offered any more, whatever the vehicle makes of it; the transaction goes on."""
    world = charging()
    deed(world)

    assert world.told(TransactionUpdated)[-1].state is ChargingState.SUSPENDED_EVSE
    assert world.statuses()[-1] is Status.SUSPENDED_EVSE
    world.pass_time(RELEASE_S)
    assert not world.told(TransactionEnded)


# --- what cannot wait ---


@every("deed", URGENT.values(), ids=URGENT)
def test_what_is_urgent_waits_for_nothing(deed: Deed) -> None:
    """The contactor opens in the same turn, whatever the pilot says."""
    world = charging()
    deed(world)

    assert opened(world)


@every("deed", URGENT.values(), ids=URGENT)
def test_what_is_urgent_ends_the_waiting_too(deed: Deed) -> None:
    """The transaction ends at once then, and for the reason it was to end for."""
    world = charging()
    world.swipe()
    deed(world)

    assert opened(world)
    [ended] = world.told(TransactionEnded)
    assert (ended.trigger, ended.reason) == (Trigger.STOP_AUTHORIZED, StopReason.LOCAL)
    assert ended.token == CARD
    assert world.station.next_wake() != world.now.mono + RELEASE_S


def test_too_much_current_pauses_at_once() -> None:
    """A vehicle that does not hear its limit does not hear a steady pilot either."""
    world = charging()
    world.measure(currents_a=(30.0, 30.0, 30.0))
    world.pass_time(300)

    assert opened(world)


def test_who_has_no_pilot_is_not_waited_for() -> None:
    """An appliance in a domestic outlet hears nothing."""
    world = World(DOMESTIC)
    world.online()
    world.measure()
    world.tell(e.CablePlugged(1, 2))
    world.swipe()
    world.actions.clear()
    world.swipe()

    assert a.OpenContactor(1, 2) in world.actions
    assert world.told(TransactionEnded)


def test_a_simplified_vehicle_is_not_waited_for() -> None:
    """It has no switch, and came ready."""
    world = World()
    world.online()
    world.measure()
    world.tell(e.CablePlugged(1, 1, 32.0))
    pilot(world, Pilot.A)
    pilot(world, Pilot.C)
    world.swipe()
    world.actions.clear()
    world.swipe()

    assert opened(world)
    assert world.told(TransactionEnded)


def test_a_vehicle_that_asks_for_air_is_waited_for_only_when_nothing_is_offered() -> None:
    """There is no air here: it is cut off; but who is to open its switch may do so from D."""
    world = charging()
    pilot(world, Pilot.D)
    assert opened(world)

    world = charging()
    world.swipe()
    pilot(world, Pilot.D)
    assert not opened(world)
    pilot(world, Pilot.B)
    assert opened(world)


# --- what happens meanwhile ---


def test_current_that_comes_back_finds_the_contactor_closed() -> None:
    """A suspension that was short is not felt, and the next one has its whole time again."""
    world = charging()
    limit(world, 0)
    world.pass_time(4)
    world.ask(ClearExternalLimit(Source.EMS, 0))
    assert world.told(TransactionUpdated)[-1].state is ChargingState.CHARGING
    world.pass_time(4)
    assert not opened(world)
    limit(world, 0)
    world.pass_time(RELEASE_S - 0.1)
    assert not opened(world)
    world.pass_time(0.1)
    assert opened(world)


def test_what_is_to_end_does_not_go_on_with_current_that_comes_back() -> None:
    """It has lost its stop point, and nothing is offered to it any more."""
    world = charging()
    starve(world)
    world.ask(ClearExternalLimit(Source.EMS, 0))
    assert world.evse().offered_a is None
    world.pass_time(RELEASE_S)

    [ended] = world.told(TransactionEnded)
    assert ended.reason is StopReason.OTHER
    assert world.evse().authorization is None


@every("token", [CARD, OTHER])
def test_no_card_restarts_what_is_about_to_end(token: Token) -> None:
    """It is refused, like any other wish to begin there; afterwards it may."""
    world = charging()
    world.swipe()
    world.swipe(token, reader=1)

    assert [n.token for n in world.told(TokenRefused)] == [token]
    answer = world.ask(r.StartCharging(1, OTHER))
    assert isinstance(answer, Refused)
    assert answer.reason is Reason.OCCUPIED
    assert world.evse().authorization is None
    pilot(world, Pilot.B)
    [ended] = world.told(TransactionEnded)
    assert ended.reason is StopReason.LOCAL
    world.swipe(token, reader=1)
    assert world.evse().authorization is not None


def test_what_ends_is_not_ended_again() -> None:
    """The first wish counts; the plug that was to stay with its owner does."""
    world = charging()
    judge(world)
    assert world.ask(r.StopCharging("tx-1")) == Accepted("tx-1")
    pilot(world, Pilot.B)

    [ended] = world.told(TransactionEnded)
    assert ended.reason is StopReason.DEAUTHORIZED
    assert world.evse().held is not None


def test_one_that_is_put_out_of_use_waits_for_the_end() -> None:
    """The transaction is still there, so the change is put off."""
    world = charging()
    world.swipe()
    assert world.ask(r.ChangeAvailability(operative=False, evse=1)) == Scheduled()
    assert world.statuses()[-1] is Status.CHARGING
    pilot(world, Pilot.B)
    assert world.statuses()[-1] is Status.UNAVAILABLE


@every("saved_by", ["swipe", "starve"])
def test_a_power_cut_meanwhile_keeps_the_reason(saved_by: str) -> None:
    """The next life ends it, as it does with every transaction that it finds."""
    world = charging()
    disk = MemoryDisk()
    disk.apply(world.records, world.durable())
    known = len(world.records), len(world.durable())
    if saved_by == "swipe":
        world.swipe()
    else:
        starve(world)
    disk.apply(world.records[known[0] :], world.durable()[known[1] :])
    after = World(saved=disk.saved())

    [ended] = after.told(TransactionEnded)
    wanted = {"swipe": StopReason.LOCAL, "starve": StopReason.OTHER}
    assert ended.reason is wanted[saved_by]
    assert ended.trigger is Trigger.ABNORMAL_CONDITION


def test_the_lock_opens_after_the_end() -> None:
    """As long as the contactor is closed the plug is held."""
    world = charging()
    world.swipe()
    assert world.evse().locked
    pilot(world, Pilot.B)
    opening = world.actions.index(a.OpenContactor(1))
    assert world.actions.index(a.UnlockPlug(1, 1)) > opening


@every(("kind", "orderly"), [(ResetKind.SOFT, True), (ResetKind.HARD, False)])
def test_a_restart_waits_for_the_switch(kind: ResetKind, *, orderly: bool) -> None:
    """It is answered at once, and comes when the transaction has ended."""
    world = charging()
    assert world.ask(r.Reset(kind)) == Accepted()
    assert not any(isinstance(action, a.Restart) for action in world.actions)
    pilot(world, Pilot.B)
    restarts = [action for action in world.actions if isinstance(action, a.Restart)]
    assert [action.orderly for action in restarts] == [orderly]


def test_an_evse_rests_from_the_end_on() -> None:
    """Its reset begins with an open contactor, and it lasts as long as ever."""
    world = charging()
    world.ask(r.Reset(ResetKind.HARD, evse=1))
    world.pass_time(RELEASE_S)
    assert opened(world)
    world.pass_time(REST_S - 0.1)
    assert world.evse().resetting
    world.pass_time(0.1)
    assert not world.evse().resetting


def test_people_see_that_something_is_waited_for() -> None:
    """The display and the status stay until the end, and the trace says why."""
    world = charging()
    world.swipe()

    seen = world.station.view().evses[0]
    assert seen.screen.state is ScreenState.CHARGING
    assert seen.connectors[0].status is Status.CHARGING
    waits = "the contactor waits for the vehicle to open its switch"
    about = "the transaction is about to end"
    assert world.station.why(1).energy == f"no energy is to flow: {about}; {waits}"


def test_a_payment_is_captured_after_the_last_energy() -> None:
    """The bill is of what has flowed when the contactor opens."""
    till = Till(SOCKETS)
    till.online()
    till.plug()
    till.obeys = False
    till.agree()
    till.measure(more_wh=1000.0)
    till.tap()
    assert till.state() is PaymentState.AUTHORIZED
    till.measure(more_wh=10.0)
    till.tell(e.PilotChanged(1, Pilot.B))

    assert till.state() is PaymentState.CAPTURING
    assert [job.delivery.energy_wh for job in till.captures] == [1010.0]
