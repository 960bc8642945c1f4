"""Monitors: when they tell something, what, and to whom it matters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laadpaal.properties import authorization, comms, meter, metering, monitoring, parts
from laadpaal.properties.book import BOOK
from laadpaal.properties.kinds import Hidden
from laadpaal.properties.rows import Address, Reading
from laadpaal.station import events as e
from laadpaal.station import requests as r
from laadpaal.station.answers import Accepted, MonitorSet, Reason, Refused
from laadpaal.station.layout import EvseLayout, Layout
from laadpaal.station.measurement import Measurement
from laadpaal.station.monitoring import FIRST_NUMBER, METERED, MOST, PIECE
from laadpaal.station.monitors import (
    Firing,
    KeptMonitor,
    Monitor,
    MonitoringBase,
    MonitorKind,
    Origin,
)
from laadpaal.station.notices import MonitorsFired
from laadpaal.station.readings import places, shown
from laadpaal.station.records import FiringsQueued, NumbersReserved, SettingWritten
from laadpaal.station.saved import Saved
from laadpaal.station.words import By, Pilot, StopReason
from tests.support.disk import MemoryDisk
from tests.support.promises import assert_saved
from tests.support.world import NOON, World

UPPER, LOWER, DELTA = MonitorKind.UPPER, MonitorKind.LOWER, MonitorKind.DELTA
PERIODIC, ALIGNED = MonitorKind.PERIODIC, MonitorKind.ALIGNED
POWER = Address(meter.POWER.id, 1)
THRESHOLD = Address(comms.OFFLINE_THRESHOLD.id)
EVSE_STATE = Address(parts.EVSE_AVAILABILITY.id, 1)
ONE = Layout(evses=(EvseLayout(),))
LOCK_1, STATION, EVSE_1 = 211, 1, 110
"""Ids of monitors that are built in."""


def power(world: World, watts: float, evse: int = 1) -> None:
    """Let the meter tell so much power."""
    world.tell(e.MeterRead(evse, Measurement(world.energy_wh[evse], power_w=watts)))


def write(world: World, seconds: int) -> None:
    """Write the offline threshold, which is as good a number as any."""
    text = str(seconds)
    assert world.ask(r.WriteSetting(THRESHOLD.id, text, By.LOCAL)) == Accepted()


def monitor(
    world: World,
    at: Address,
    kind: MonitorKind,
    value: float = 0,
    *,
    severity: int = 8,
    in_transaction: bool = False,
    id_: int | None = None,
) -> int:
    """Set a monitor, and return its id."""
    wish = r.SetMonitor(at, kind, value, severity, in_transaction, id_)
    answer = world.ask(wish)
    assert isinstance(answer, MonitorSet), answer
    return answer.id


def firings(world: World, id_: int | None = None) -> list[Firing]:
    """Return what monitors have told so far, or what one of them has."""
    told = [firing for notice in world.told(MonitorsFired) for firing in notice.firings]
    return [firing for firing in told if id_ in {None, firing.monitor.id}]


def texts(world: World, id_: int | None = None) -> list[str]:
    """Return the values that were told; one that is back within its bound has a minus before it."""
    return [("-" if one.cleared else "") + one.text for one in firings(world, id_)]


def saved(world: World) -> Saved:
    """Return what the disk would hand back, which must be what lives."""
    disk = MemoryDisk()
    disk.apply(world.records, world.durable())
    kept = disk.saved()
    assert_saved(world.station, type(world.values)(), kept)
    return kept


@pytest.fixture
def world() -> World:
    """Return a station with a meter that has answered, and a CSMS that listens."""
    here = World(ONE)
    here.measure()
    here.measure()
    here.online()
    return here


# --- thresholds ---


def test_a_value_above_its_bound_alerts_once_and_is_told_to_be_back(world: World) -> None:
    """The bound itself is within it (N07)."""
    id_ = monitor(world, POWER, UPPER, 1000)

    for watts in (999, 1000, 1001, 5000, 1000, 0, 1000.5):
        power(world, watts)

    assert texts(world, id_) == ["1001", "-1000", "1000.5"]
    assert [one.at for one in firings(world)] == [world.now.utc] * 3


def test_a_value_below_its_bound_alerts_too(world: World) -> None:
    """Strictly, as above."""
    id_ = monitor(world, POWER, LOWER, -5)

    for watts in (0, -5, -5.5, -6, -5):
        power(world, watts)

    assert texts(world, id_) == ["-5.5", "--5"]


def test_a_bound_that_is_exceeded_when_it_is_set_alerts_at_once(world: World) -> None:
    """So does one that is moved below the value; and what is moved above it is back (N07)."""
    power(world, 2000)
    id_ = monitor(world, POWER, UPPER, 1000)
    assert texts(world, id_) == ["2000"]

    monitor(world, POWER, UPPER, 1500, id_=id_)
    assert texts(world, id_) == ["2000"]
    monitor(world, POWER, UPPER, 2500, id_=id_)
    assert texts(world, id_) == ["2000", "-2000"]
    monitor(world, POWER, UPPER, 1999, id_=id_)
    assert texts(world, id_) == ["2000", "-2000", "2000"]


def test_a_monitor_that_becomes_another_kind_begins_anew(world: World) -> None:
    """An alert of the kind before is not taken back by it."""
    power(world, 2000)
    id_ = monitor(world, POWER, UPPER, 1000)

    monitor(world, POWER, LOWER, 1000, id_=id_)

    assert texts(world) == ["2000"]
    assert saved(world).monitors == (
        KeptMonitor(id_, Monitor(id_, POWER, LOWER, 1000, 8), alerting=False),
    )


def test_removing_a_monitor_that_alerts_tells_nothing(world: World) -> None:
    """Nothing is back within anything (N06)."""
    power(world, 2000)
    id_ = monitor(world, POWER, UPPER, 1000)

    assert world.ask(r.ClearMonitor(id_)) == Accepted()
    power(world, 0)

    assert texts(world) == ["2000"]
    assert saved(world).monitors == ()


def test_nothing_is_known_before_the_meter_answers() -> None:
    """A bound waits for the first value, and a difference counts from it."""
    world = World()
    world.online()
    above, moved = monitor(world, POWER, UPPER, 10), monitor(world, POWER, DELTA, 10)
    assert firings(world) == []

    power(world, 100)
    assert texts(world, above) == ["100"]
    power(world, 120)
    assert texts(world, moved) == ["120"]


@settings(deadline=None)
@given(
    st.lists(st.integers(0, 60), max_size=40),
    st.lists(st.tuples(st.sampled_from([UPPER, LOWER]), st.integers(0, 60)), max_size=6),
)
def test_no_walk_misses_a_crossing(walk: list[int], bounds: list[tuple[MonitorKind, int]]) -> None:
    """Alert and all-clear alternate, and each stands where the value crosses the bound."""
    world = World()
    world.online()
    write(world, 30)
    ids = {
        monitor(world, THRESHOLD, kind, bound, severity=number): (kind, bound)
        for number, (kind, bound) in enumerate(bounds)
    }

    for seconds in walk:
        write(world, seconds)

    for id_, (kind, bound) in ids.items():
        beyond = [_beyond(kind, seconds, bound) for seconds in (30, *walk)]
        crossed = [new for old, new in pairwise((False, *beyond)) if old != new]
        assert [not one.cleared for one in firings(world, id_)] == crossed
        assert crossed == [True, False] * (len(crossed) // 2) + [True] * (len(crossed) % 2)
    numbers = [one.id for one in firings(world)]
    assert numbers == sorted(set(numbers))
    saved(world)


def _beyond(kind: MonitorKind, value: int, bound: int) -> bool:
    return value > bound if kind is UPPER else value < bound


def test_a_measurement_changes_what_is_metered_and_nothing_else(world: World) -> None:
    """So the short turn of a meter looks at all that it may have changed."""
    charge(world)
    at = [
        Address(row.id, *place)
        for row in BOOK
        if isinstance(row, Reading)
        for place in places(row, ONE)
    ]
    before = {one: shown(one, world.station.view(), world.values) for one in at}

    world._move(world.now.mono + 1)
    more = Measurement(9e6, (231.0, 232.0, 233.0), (1.0, 2.0, 3.0), 999.0, 49.0)
    world.tell(e.MeterRead(1, more))

    after = {one: shown(one, world.station.view(), world.values) for one in at}
    changed = {one.id for one in at if before[one] != after[one]}
    assert changed == METERED


# --- differences ---


def test_a_difference_counts_from_what_was_told_last(world: World) -> None:
    """Small steps add up; a difference that is exactly the value is none (N08)."""
    write(world, 100)
    id_ = monitor(world, THRESHOLD, DELTA, 10)

    for seconds in (104, 110, 111, 120, 101, 100):
        write(world, seconds)

    assert texts(world, id_) == ["111", "100"]


def test_decimals_that_differ_by_exactly_the_value_are_no_news(world: World) -> None:
    """However they are rounded."""
    power(world, 16.0)
    id_ = monitor(world, POWER, DELTA, 0.1)

    power(world, 16.1)
    assert texts(world, id_) == []
    power(world, 16.2)
    assert texts(world, id_) == ["16.2"]


def test_any_change_of_what_is_no_number_is_news(world: World) -> None:
    """Whatever the monitor's value is."""
    id_ = monitor(world, EVSE_STATE, DELTA, 99)

    world.tell(e.CablePlugged(1, 1, 32.0))
    world.measure()
    world.tell(e.CableUnplugged(1))

    assert texts(world, id_) == ["Occupied", "Available"]


def test_a_setting_that_is_a_list_or_a_flag_is_watched_as_text(world: World) -> None:
    """Any other text is news, and the same text is none."""
    flag = Address(authorization.PRE_AUTHORIZE.id)
    words = Address(metering.SAMPLED_MEASURANDS.id)
    ids = [monitor(world, at, DELTA) for at in (flag, words)]
    value = world.values[authorization.PRE_AUTHORIZE]
    for text in (str(not value), str(not value)):
        world.ask(r.WriteSetting(flag.id, text.lower(), By.LOCAL))
    world.ask(r.WriteSetting(words.id, "", By.LOCAL))

    assert [texts(world, id_) for id_ in ids] == [[str(not value).lower()], [""]]


def test_a_secret_is_never_told(world: World) -> None:
    """That it has changed is, and its text stands nowhere."""
    at = Address(comms.PASSWORD.id)
    id_ = monitor(world, at, DELTA)

    world.ask(r.WriteSetting(at.id, "0123456789abcdef", By.LOCAL))

    assert texts(world, id_) == [""]
    assert world.values[comms.PASSWORD] == Hidden("0123456789abcdef")
    assert "0123456789" not in repr(world.notices)


# --- periods ---


def test_a_period_counts_from_when_it_was_set(world: World) -> None:
    """It does not drift, whatever else keeps the station busy."""
    world.pass_time(3)
    id_ = monitor(world, POWER, PERIODIC, 30)
    start = world.now.utc

    world.pass_time(45)
    power(world, 77)
    world.pass_time(60)

    assert [one.at - start for one in firings(world, id_)] == [30, 60, 90]
    assert texts(world, id_) == ["0", "77", "77"]


def test_a_period_that_is_changed_counts_anew(world: World) -> None:
    """From the change on; one that becomes a bound is no period any more."""
    id_ = monitor(world, POWER, PERIODIC, 30)
    world.pass_time(20)
    monitor(world, POWER, PERIODIC, 15, id_=id_)
    start = world.now.utc

    world.pass_time(40)
    assert [one.at - start for one in firings(world, id_)] == [15, 30]
    monitor(world, POWER, UPPER, 15, id_=id_)
    world.pass_time(100)
    assert len(firings(world, id_)) == 2


def test_a_period_that_was_slept_through_is_told_once(world: World) -> None:
    """And the next one counts from then."""
    id_ = monitor(world, POWER, PERIODIC, 10)
    world._move(world.now.mono + 95)
    world.pass_step(world.station.tick(world.now))
    late = world.now.utc

    world.pass_time(10)

    assert [one.at - late for one in firings(world, id_)] == [0, 10]


def test_a_grid_counts_from_midnight(world: World) -> None:
    """Whenever it was set, and again after the clock was corrected."""
    world.pass_time(7)
    id_ = monitor(world, POWER, ALIGNED, 900)

    world.pass_time(1000)
    assert [one.at for one in firings(world, id_)] == [NOON + 900]
    world.now = replace(world.now, utc=NOON + 3000)
    world.tell(e.ClockCorrected(1993))
    world.pass_time(700)
    assert [one.at for one in firings(world, id_)] == [NOON + 900, NOON + 3600]


def test_a_cleared_period_is_never_due_again(world: World) -> None:
    """Its timer goes with it."""
    id_ = monitor(world, POWER, PERIODIC, 10)
    world.ask(r.ClearMonitor(id_))

    world.pass_time(100)

    assert firings(world) == []


def test_periods_go_on_in_the_next_life(world: World) -> None:
    """Counted from its beginning."""
    id_ = monitor(world, POWER, PERIODIC, 10)
    later = World(ONE, saved(world))
    later.online()

    later.pass_time(25)

    assert [one.at - NOON for one in firings(later, id_)] == [10, 20]


# --- transactions ---


def charge(world: World) -> str:
    """Begin a transaction, and return its id."""
    world.swipe(reader=1)
    world.tell(e.CablePlugged(1, 1, 32.0))
    world.tell(e.PilotChanged(1, Pilot.C))
    transaction = world.evse().transaction
    assert transaction is not None
    return transaction.id


def test_a_monitor_of_transactions_sleeps_between_them(world: World) -> None:
    """It names the one that runs, and says nothing when that one ends."""
    above = monitor(world, POWER, UPPER, 1000, in_transaction=True)
    moved = monitor(world, POWER, DELTA, 500, in_transaction=True)
    often = monitor(world, POWER, PERIODIC, 600, in_transaction=True)
    power(world, 3000)
    world.pass_time(600)
    assert firings(world) == []

    id_ = charge(world)
    assert [(one.monitor.id, one.transaction) for one in firings(world)] == [(above, id_)]
    power(world, 3600)
    world.pass_time(600)
    assert texts(world, moved) == ["3600"]
    assert texts(world, often) == ["3600"]
    world.ask(r.StopCharging(id_, By.LOCAL, StopReason.LOCAL))
    world.tell(e.CableUnplugged(1))
    power(world, 0)
    world.pass_time(600)
    assert len(firings(world)) == 3
    assert saved(world).monitors[0].alerting is False


def test_a_monitor_of_the_station_knows_any_transaction(world: World) -> None:
    """For it belongs to all of them."""
    id_ = monitor(world, THRESHOLD, DELTA, in_transaction=True)
    write(world, 61)
    transaction = charge(world)
    write(world, 62)

    assert [(one.text, one.transaction) for one in firings(world, id_)] == [("62", transaction)]


def test_a_monitor_of_another_evse_names_no_transaction() -> None:
    """Though one runs next door."""
    world = World(Layout(evses=(EvseLayout(), EvseLayout())))
    for evse in (1, 1, 2, 2):
        world.measure(evse)
    world.online()
    charge(world)
    id_ = monitor(world, Address(meter.POWER.id, 2), UPPER, 10)

    power(world, 20, evse=2)

    assert [one.transaction for one in firings(world, id_)] == [None]


# --- severity, level and being out of reach ---


def test_only_what_is_grave_enough_is_told(world: World) -> None:
    """The level is a number that every severity up to it passes (N05)."""
    five, six = (monitor(world, THRESHOLD, DELTA, severity=number) for number in (5, 6))

    assert world.ask(r.SetMonitoringLevel(5)) == Accepted()
    write(world, 100)
    assert world.ask(r.SetMonitoringLevel(9)) == Accepted()
    write(world, 200)

    assert texts(world, five) == ["100", "200"]
    assert texts(world, six) == ["200"]
    assert saved(world).settings[monitoring.MONITORING_LEVEL.id, 0] == "9"


@pytest.mark.parametrize("severity", [-1, 10, 2**40])
def test_there_are_ten_levels(world: World, severity: int) -> None:
    """Any other is refused."""
    answer = world.ask(r.SetMonitoringLevel(severity))

    assert isinstance(answer, Refused)
    assert answer.reason is Reason.OUT_OF_RANGE
    assert world.values[monitoring.MONITORING_LEVEL] == 9


def test_out_of_reach_only_what_may_wait_is_told_and_it_is_queued(world: World) -> None:
    """What else happens meanwhile is lost (N07)."""
    three, four = (monitor(world, THRESHOLD, DELTA, severity=number) for number in (3, 4))
    world.put(monitoring.OFFLINE_SEVERITY, to=3)
    world.tell(e.CsmsOffline())

    write(world, 100)
    assert texts(world, three) == ["100"]
    assert texts(world, four) == []
    world.online()
    write(world, 200)
    assert texts(world, four) == ["200"]
    queued = [one.notice for one in world.records if isinstance(one, FiringsQueued)]
    assert queued == world.told(MonitorsFired)
    assert [one.queued for one in queued] == [True, True]


def test_what_may_not_wait_is_not_queued_at_all(world: World) -> None:
    """Nothing is written for it, though it is told."""
    monitor(world, THRESHOLD, DELTA)
    before = len(world.records)

    write(world, 100)
    write(world, 200)

    assert not any(isinstance(one, FiringsQueued) for one in world.records)
    assert {type(one) for one in world.records[before:]} == {SettingWritten}


def test_firings_of_one_turn_are_told_together_by_id(world: World) -> None:
    """And in pieces when they are too many for one message."""
    ids = (
        [monitor(world, THRESHOLD, DELTA, severity=severity) for severity in range(10)]
        + [
            monitor(world, THRESHOLD, UPPER, 60 + number, severity=8 - number)
            for number in range(9)
        ]
        + [
            monitor(world, THRESHOLD, LOWER, 700, severity=9),
            monitor(world, THRESHOLD, LOWER, 800, severity=8),
        ]
    )
    del world.notices[:]

    write(world, 900)

    first, second = world.told(MonitorsFired)
    assert len(first.firings) == PIECE
    assert (first.seq, first.more, second.seq, second.more) == (0, True, 1, False)
    assert [one.monitor.id for one in firings(world)] == ids


def test_a_station_that_does_not_monitor_says_nothing(world: World) -> None:
    """And what has changed meanwhile is told when it does again."""
    id_ = monitor(world, THRESHOLD, DELTA)
    world.put(monitoring.MONITORING_ENABLED, to=False)
    write(world, 100)
    assert firings(world) == []

    world.put(monitoring.MONITORING_ENABLED, to=True)
    write(world, 100)

    assert texts(world, id_) == ["100"]


# --- power cuts ---


def test_an_alert_that_ended_while_the_power_was_off_is_taken_back(world: World) -> None:
    """Once there is a CSMS to hear it, whatever its severity (N07)."""
    id_ = monitor(world, POWER, UPPER, 1000)
    power(world, 2000)
    later = World(ONE, saved(world))
    later.measure()
    later.measure()
    power(later, 500)
    assert firings(later) == []

    later.online()
    power(later, 600)

    assert texts(later, id_) == ["-500"]
    assert saved_after(later, saved(world)).monitors[0].alerting is False


def saved_after(world: World, before: Saved) -> Saved:
    """Return what the disk holds after another life."""
    disk = MemoryDisk(
        settings=dict(before.settings),
        monitors={one.id: one for one in before.monitors},
        numbers=before.numbers,
    )
    disk.apply(world.records, world.durable())
    return disk.saved()


def test_an_alert_that_lasts_is_not_told_again(world: World) -> None:
    """The CSMS knows it from the life before; the end of it is told when it comes."""
    id_ = monitor(world, POWER, UPPER, 1000)
    power(world, 2000)
    later = World(ONE, saved(world))
    later.online()
    power(later, 3000)
    assert firings(later) == []

    power(later, 900)
    assert texts(later, id_) == ["-900"]


def test_no_number_is_given_twice(world: World) -> None:
    """Neither to a monitor nor to what it tells, in this life or the next."""
    first = monitor(world, POWER, UPPER, 10)
    power(world, 20)
    world.ask(r.ClearMonitor(first))
    second = monitor(world, POWER, UPPER, 10)
    later = World(ONE, saved(world))
    later.online()
    third = monitor(later, POWER, LOWER, 10)

    told = [one.id for one in firings(world)]
    assert first == FIRST_NUMBER
    assert len({first, second, third, *told}) == 3 + len(told)
    assert min(third, *told) > first
    (reserved,) = (one for one in world.records if isinstance(one, NumbersReserved))
    assert third == reserved.below


def test_a_monitor_of_what_is_no_longer_there_is_let_go() -> None:
    """A station that lost an EVSE, or a release that knows no such row, starts all the same."""
    kept = [
        KeptMonitor(1000, Monitor(1000, Address(meter.POWER.id, 2), UPPER, 10, 5)),
        KeptMonitor(1001, Monitor(1001, Address("FFFF_0"), UPPER, 10, 5)),
        KeptMonitor(1002, Monitor(1002, THRESHOLD, UPPER, 10, 5)),
    ]
    world = World(ONE, Saved(monitors=tuple(kept), numbers=2000))

    assert [one.id for one in world.station.view().monitors if one.id >= FIRST_NUMBER] == [1002]


# --- what is built in, and the base ---


def test_a_lock_that_fails_is_told_and_nobody_can_silence_it() -> None:
    """By a monitor that is hard-wired (G05)."""
    world = World()
    world.online()
    world.jammed = True
    world.swipe()
    world.tell(e.CablePlugged(1, 1, 32.0))

    lock, evse = firings(world, LOCK_1), firings(world, EVSE_1)
    assert [(one.text, one.monitor.origin) for one in lock] == [("true", Origin.HARD_WIRED)]
    assert [(one.text, one.monitor.origin) for one in evse] == [("true", Origin.PRECONFIGURED)]
    assert lock[0].monitor.at == Address(parts.LOCK_PROBLEM.id, 1, 1)
    answer = world.ask(r.ClearMonitor(LOCK_1))
    assert isinstance(answer, Refused)
    assert answer.reason is Reason.HARD_WIRED


def test_a_fault_is_told_and_that_it_is_over(world: World) -> None:
    """Of an EVSE, and of the station as a whole; out of reach it waits for the CSMS."""
    world.tell(e.CsmsOffline())
    for number in (1, 0):
        world.tell(e.FaultRaised(number, 203))
        world.tell(e.FaultCleared(number, 203))

    assert texts(world, EVSE_1) == ["true", "false"]
    assert texts(world, STATION) == ["true", "false"]
    assert all(notice.queued for notice in world.told(MonitorsFired))


def ids(world: World) -> list[int]:
    """Return the ids of the monitors that watch."""
    return [one.id for one in world.station.view().monitors]


def test_what_is_preconfigured_can_be_changed_cleared_and_had_back(world: World) -> None:
    """A changed one is custom, until the factory's are wanted again (N03, N04)."""
    factory = world.station.view().monitors
    assert ids(world) == [STATION, EVSE_1, LOCK_1]
    at = Address(parts.EVSE_PROBLEM.id, 1)

    monitor(world, at, DELTA, severity=7, id_=EVSE_1)
    changed = next(one for one in world.station.view().monitors if one.id == EVSE_1)
    assert (changed.severity, changed.origin) == (7, Origin.CUSTOM)
    assert world.ask(r.SetMonitoringBase(MonitoringBase.ALL)) == Accepted()
    assert changed in world.station.view().monitors
    saved(world)
    assert world.ask(r.ClearMonitor(EVSE_1)) == Accepted()
    assert ids(world) == [STATION, LOCK_1]
    saved(world)
    assert world.ask(r.SetMonitoringBase(MonitoringBase.FACTORY_DEFAULT)) == Accepted()
    assert world.station.view().monitors == factory
    assert saved(world).monitors == ()


def test_all_brings_back_what_was_cleared_and_keeps_what_was_added(world: World) -> None:
    """It adds, and takes nothing away (N03)."""
    mine = monitor(world, POWER, UPPER, 10)
    world.ask(r.ClearMonitor(STATION))
    assert ids(world) == [EVSE_1, LOCK_1, mine]

    world.ask(r.SetMonitoringBase(MonitoringBase.ALL))

    assert ids(world) == [STATION, EVSE_1, LOCK_1, mine]
    saved(world)


def test_hard_wired_only_leaves_those_and_lets_new_ones_come(world: World) -> None:
    """What was added before is gone, and what is preconfigured sleeps (N03)."""
    monitor(world, POWER, PERIODIC, 10)

    world.ask(r.SetMonitoringBase(MonitoringBase.HARD_WIRED_ONLY))
    assert ids(world) == [LOCK_1]
    world.pass_time(30)
    world.tell(e.FaultRaised(1, 203))
    assert firings(world) == []
    mine = monitor(world, POWER, PERIODIC, 10)
    assert ids(world) == [LOCK_1, mine]
    kept = saved(world)
    assert kept.settings[monitoring.MONITORING_BASE.id, 0] == "HardWiredOnly"
    world.ask(r.SetMonitoringBase(MonitoringBase.ALL))
    assert ids(world) == [STATION, EVSE_1, LOCK_1, mine]
    assert firings(world) == []


# --- refusals ---

Change = Callable[[r.SetMonitor], r.SetMonitor]


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"at": Address("FFFF_0")}, Reason.UNKNOWN_SETTING),
        ({"at": Address(meter.POWER.id)}, Reason.UNKNOWN_SETTING),
        ({"at": Address(meter.POWER.id, 1, 1)}, Reason.UNKNOWN_SETTING),
        ({"at": Address(meter.POWER.id, 2)}, Reason.UNKNOWN_SETTING),
        ({"at": Address(parts.MODEL.id), "kind": DELTA}, Reason.UNSUPPORTED),
        ({"severity": 10}, Reason.OUT_OF_RANGE),
        ({"severity": -1}, Reason.OUT_OF_RANGE),
        ({"at": EVSE_STATE}, Reason.BAD_MONITOR),
        ({"at": EVSE_STATE, "kind": LOWER}, Reason.BAD_MONITOR),
        ({"at": THRESHOLD, "value": -1}, Reason.OUT_OF_RANGE),
        ({"at": THRESHOLD, "value": 86_401}, Reason.OUT_OF_RANGE),
        ({"kind": DELTA, "value": -1}, Reason.OUT_OF_RANGE),
        ({"kind": DELTA, "value": 1e300}, Reason.OUT_OF_RANGE),
        ({"kind": PERIODIC, "value": 0}, Reason.OUT_OF_RANGE),
        ({"kind": ALIGNED, "value": 0.9}, Reason.OUT_OF_RANGE),
        ({"kind": PERIODIC, "value": float("inf")}, Reason.OUT_OF_RANGE),
        ({"id": 999}, Reason.UNKNOWN_MONITOR),
        ({"id": LOCK_1}, Reason.HARD_WIRED),
        ({"id": STATION}, Reason.OTHER_MONITOR),
    ],
)
def test_what_cannot_be_monitored(world: World, wrong: dict[str, object], reason: Reason) -> None:
    """Each flaw has its own reason, and changes nothing (N04)."""
    good = r.SetMonitor(POWER, UPPER, 10, 5)
    before = world.station.view().monitors

    answer = world.ask(replace(good, **wrong))  # type: ignore[arg-type]  # a row of the table

    assert isinstance(answer, Refused)
    assert answer.reason is reason
    assert world.station.view().monitors == before
    assert isinstance(world.ask(good), MonitorSet)


def test_the_same_monitor_twice_is_a_duplicate(world: World) -> None:
    """Variable, kind and severity make it so; the value plays no part (N04)."""
    first = monitor(world, POWER, UPPER, 10, severity=5)
    other = monitor(world, POWER, UPPER, 10, severity=6)
    monitor(world, POWER, LOWER, 10, severity=5)

    for id_ in (None, other):
        answer = world.ask(r.SetMonitor(POWER, UPPER, 99, 5, id=id_))
        assert isinstance(answer, Refused)
        assert answer.reason is Reason.DUPLICATE_MONITOR
    assert monitor(world, POWER, UPPER, 99, severity=5, id_=first) == first


def test_there_are_only_so_many(world: World) -> None:
    """Each costs a look in every turn."""
    for number in range(MOST - 3):
        at = Address(meter.ROWS[number // 40].id, 1)
        kind = (UPPER, LOWER, DELTA, PERIODIC)[number % 40 // 10]
        monitor(world, at, kind, 999, severity=number % 10)

    answer = world.ask(r.SetMonitor(THRESHOLD, UPPER, 10, 5))
    assert isinstance(answer, Refused)
    assert answer.reason is Reason.TOO_MANY
    world.ask(r.ClearMonitor(STATION))
    assert isinstance(world.ask(r.SetMonitor(THRESHOLD, UPPER, 10, 5)), MonitorSet)


def test_an_unknown_monitor_cannot_be_cleared(world: World) -> None:
    """Nor one that is cleared already."""
    assert world.ask(r.ClearMonitor(STATION)) == Accepted()

    for id_ in (999, STATION):
        answer = world.ask(r.ClearMonitor(id_))
        assert isinstance(answer, Refused)
        assert answer.reason is Reason.UNKNOWN_MONITOR
