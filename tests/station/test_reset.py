"""Resets, and what a station finds when it starts again."""

from __future__ import annotations

import pytest

from laadpaal.properties import metering as meter_rows
from laadpaal.properties import transactions as tx_rows
from laadpaal.properties.values import Values
from laadpaal.station import actions as a
from laadpaal.station import events as e
from laadpaal.station import requests as r
from laadpaal.station.answers import Accepted, Scheduled
from laadpaal.station.display import ScreenState
from laadpaal.station.layout import Layout
from laadpaal.station.measurement import Measurand, Value
from laadpaal.station.moment import Moment
from laadpaal.station.notices import (
    AuthorizationNeeded,
    Restarting,
    TransactionEnded,
    TransactionStarted,
    TransactionUpdated,
)
from laadpaal.station.records import (
    EnergyCheckpoint,
    OpenTransaction,
    RestartPlanned,
    TransactionClosed,
    TransactionSaved,
)
from laadpaal.station.saved import Saved
from laadpaal.station.station import Station
from laadpaal.station.words import (
    BootReason,
    ChargingState,
    Context,
    ResetKind,
    StopReason,
    Token,
    Trigger,
)
from tests.support.disk import MemoryDisk
from tests.support.world import CARD, NOON, World, charging, numbered


def restarts(world: World) -> list[a.Restart]:
    """Return what hardware was told."""
    return [action for action in world.actions if isinstance(action, a.Restart)]


@pytest.mark.parametrize("kind", ResetKind)
def test_an_idle_station_resets_at_once(kind: ResetKind) -> None:
    """Every kind is accepted; the reason is written for the next start (B11)."""
    world = World()

    assert world.ask(r.Reset(kind)) == Accepted()
    assert restarts(world) == [a.Restart(BootReason.REMOTE_RESET, kind is ResetKind.SOFT)]
    assert RestartPlanned(BootReason.REMOTE_RESET) in world.records
    assert world.told(Restarting) == [Restarting(BootReason.REMOTE_RESET)]
    assert world.station.view().restarting
    assert {evse.screen.state for evse in world.station.view().evses} == {ScreenState.BOOTING}


def test_a_restart_that_failed_leaves_a_station_that_works() -> None:
    """What was ended stays ended, the next start is no restart, and cards are taken again."""
    world = charging()
    world.ask(r.Reset(ResetKind.SOFT))
    world.tell(e.RestartFailed())

    assert world.records[-1] == RestartPlanned(None)
    assert not world.station.view().restarting
    world.swipe()
    assert len(world.told(TransactionStarted)) == 2


@pytest.mark.parametrize("stop", tx_rows.POINTS)
@pytest.mark.parametrize(
    ("kind", "reason"),
    [(ResetKind.HARD, StopReason.HARD_RESET), (ResetKind.SOFT, StopReason.SOFT_RESET)],
)
def test_a_reset_ends_what_runs(kind: ResetKind, reason: StopReason, stop: str) -> None:
    """Whatever the stop point: ended, without token, before the restart (B12, 1.6 4.7)."""
    world = charging()
    world.put(tx_rows.STOP_POINT, to=(stop,))

    assert world.ask(r.Reset(kind)) == Accepted()
    [ended] = world.told(TransactionEnded)
    assert (ended.trigger, ended.reason) == (Trigger.RESET_COMMAND, reason)
    assert ended.token is None
    assert len(restarts(world)) == 1
    assert not world.evse().closed_wanted


def test_on_idle_waits_and_lets_nothing_new_begin() -> None:
    """The end of the last transaction starts it; other cards are refused meanwhile (B12)."""
    world = charging()
    world.plug(2)
    assert world.ask(r.Reset(ResetKind.ON_IDLE)) == Scheduled()
    world.swipe(Token("OTHER"), reader=2)
    assert len(world.told(TransactionStarted)) == 1
    assert restarts(world) == []

    world.swipe()

    assert restarts(world) == [a.Restart(BootReason.SCHEDULED_RESET, orderly=True)]
    assert world.told(TransactionEnded)[0].reason is StopReason.LOCAL


def test_a_hard_reset_overtakes_a_scheduled_one() -> None:
    """There is one restart, and its reason is the one that happened."""
    world = charging()
    world.ask(r.Reset(ResetKind.ON_IDLE))
    world.ask(r.Reset(ResetKind.HARD))

    assert [x.reason for x in restarts(world)] == [BootReason.REMOTE_RESET]
    planned = [record for record in world.records if isinstance(record, RestartPlanned)]
    assert planned == [RestartPlanned(BootReason.REMOTE_RESET)]


def test_nobody_is_served_while_it_goes_down() -> None:
    """Cards and plugs that come too late wait for the next life."""
    world = World()
    world.online()
    world.put(tx_rows.START_POINT, to=("EVConnected",))
    world.ask(r.Reset(ResetKind.HARD))
    world.plug()
    world.swipe()

    assert world.told(TransactionStarted) == []
    assert world.told(AuthorizationNeeded) == []


@pytest.mark.parametrize(
    ("restart", "boot", "reason"),
    [
        (None, BootReason.POWER_UP, StopReason.POWER_LOSS),
        (BootReason.SCHEDULED_RESET, BootReason.SCHEDULED_RESET, StopReason.REBOOT),
    ],
)
def test_why_it_started(restart: BootReason | None, boot: BootReason, reason: StopReason) -> None:
    """A planned restart is told once; an open transaction ends accordingly (1.6 4.8)."""
    open_ = OpenTransaction("old", 2, 0.0, 5, ChargingState.CHARGING, 100.0, 250.0, 60.0, 1, CARD)
    world = World(saved=Saved(transactions=(open_,), restart=restart))

    assert world.station.boot_reason is boot
    [ended] = world.told(TransactionEnded)
    assert (ended.evse, ended.reason, ended.at, ended.meter_wh) == (2, reason, 60.0, 250.0)
    assert ended.offline
    assert TransactionClosed("old") in world.records
    assert (RestartPlanned(None) in world.records) == (restart is not None)


def restarted(world: World) -> World:
    """Return what comes up after a power cut."""
    disk = MemoryDisk()
    disk.apply(world.records, world.durable())
    return World(saved=disk.saved())


def test_a_power_cut_keeps_the_last_checkpoint() -> None:
    """Once a minute the register is saved; the samples of the end are there too."""
    world = charging()
    world.put(meter_rows.SAMPLE_INTERVAL, to=0)
    world.measure(more_wh=700)
    world.pass_time(61)
    world.measure(more_wh=300)
    checkpoints = [x for x in world.records if isinstance(x, EnergyCheckpoint)]
    [ended] = restarted(world).told(TransactionEnded)

    assert [x.meter_wh for x in checkpoints] == [5700]
    assert ended.meter_wh == 5700
    assert ended.at == checkpoints[0].at
    begin, end = ended.samples
    register = Value(Measurand.ENERGY, 5700.0, "Wh")
    assert begin.context is Context.BEGIN
    assert (end.context, end.at, end.values) == (Context.END, ended.at, (register,))
    assert ended.reason is StopReason.POWER_LOSS


def test_a_power_cut_tells_no_register_that_nobody_wants() -> None:
    """What is not told at another end is not told at this one."""
    open_ = OpenTransaction("old", 2, 0.0, 5, ChargingState.CHARGING, 100.0, 250.0, 60.0, 1, CARD)
    values = Values()
    values.put(meter_rows.ENDED_MEASURANDS, ("Voltage",))
    station = Station(Layout(), values, numbered(), Saved(transactions=(open_,)))
    step = station.handle(e.PoweredUp(), Moment(1000.0, NOON))
    [ended] = [notice for notice in step.notices if isinstance(notice, TransactionEnded)]

    assert ended.samples == ()


def test_checkpoints_go_on_and_end() -> None:
    """As long as the transaction is open, and no longer."""
    world = charging()
    world.pass_time(185)
    world.swipe()
    world.pass_time(300)

    assert len([x for x in world.records if isinstance(x, EnergyCheckpoint)]) == 3


def test_a_power_cut_remembers_who_stopped() -> None:
    """A stop that waited for the unplugging keeps its reason over the cut."""
    world = charging()
    world.put(tx_rows.STOP_POINT, to=("EVConnected",))
    world.swipe()
    saved = [x for x in world.records if isinstance(x, TransactionSaved)][-1].transaction
    [ended] = restarted(world).told(TransactionEnded)

    assert (saved.ending, saved.authorized) == (StopReason.LOCAL, False)
    assert (ended.trigger, ended.reason) == (Trigger.ABNORMAL_CONDITION, StopReason.LOCAL)
    assert ended.seq == saved.next_seq


def test_the_register_never_ends_below_its_beginning() -> None:
    """A meter that answers with less is not believed."""
    world = charging()
    world.energy_wh[1] = 10.0
    world.measure()
    world.swipe()

    [ended] = world.told(TransactionEnded)
    assert ended.meter_wh == 5000


def test_durable_notices_are_those_of_transactions() -> None:
    """The step names what must be committed with its records."""
    world = World()
    world.online()
    world.plug()
    step = world.station.handle(e.CardPresented(0, CARD), world.now)
    assert step.durable == ()

    step = world.station.handle(e.TokenUnanswered(CARD), world.now)
    assert step.durable == ()
    _, step = world.station.ask(r.StartCharging(1, CARD, check=False), world.now)
    assert step.durable == ()
    step = world.station.handle(e.LockMoved(1, 1, locked=True), world.now)
    kinds = [type(notice) for notice in step.durable]
    assert kinds == [TransactionStarted, TransactionUpdated]
