"""Charging profiles in the station: installed, cleared, bound to transactions, and obeyed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laadpaal.properties import charging as rows
from laadpaal.properties.charging import MAX_INSTALLED
from laadpaal.station import events as e
from laadpaal.station import records as rec
from laadpaal.station import requests as r
from laadpaal.station.agenda import Due, Timer
from laadpaal.station.answers import Accepted, Composed, Reason, Refused
from laadpaal.station.charging_profiles import (
    Kind,
    Period,
    Profile,
    Purpose,
    Recurrency,
    Schedule,
    Unit,
)
from laadpaal.station.layout import EvseLayout, Layout
from laadpaal.station.measurement import Measurement
from laadpaal.station.notices import LimitChanged
from laadpaal.station.profile_rules import MAX_PERIODS
from laadpaal.station.saved import Saved
from laadpaal.station.words import By, Status, Token, TokenStatus, Verdict
from tests.support.disk import MemoryDisk
from tests.support.profiles import DAY_S, SPAN_S, profile, profiles
from tests.support.promises import assert_saved
from tests.support.world import CARD, NOON, World

OTHER = Token("OTHER")


def charging(layout: Layout | None = None) -> World:
    """Return a station that charges on EVSE 1."""
    world = World(layout)
    world.online()
    world.plug()
    world.swipe()
    return world


def yielding(world: World) -> World:
    """Let new profiles take the place of others, and the EVSE's own default lead (1.6)."""
    world.put(rows.PROFILES_GIVE_WAY, to=True)
    world.put(rows.OWN_DEFAULT_FIRST, to=True)
    return world


def install(world: World, *several: Profile) -> None:
    """Install profiles that are good."""
    for one in several:
        assert isinstance(world.ask(r.InstallProfile(one)), Accepted)


def station_max(limit: float, id_: int = 99) -> Profile:
    """Return a profile of the station that has begun."""
    return profile(
        id_, limit, evse=0, purpose=Purpose.STATION_MAX, kind=Kind.ABSOLUTE, starts_at=NOON - 5
    )


def refusal(world: World, one: Profile) -> Reason | None:
    """Return why a profile is not installed, and see that nothing was."""
    before = world.station.view().profiles
    answer = world.ask(r.InstallProfile(one))
    if isinstance(answer, Refused):
        assert answer.detail
        assert world.station.view().profiles == before
        return answer.reason
    return None


def ids(world: World) -> list[int]:
    """Return which profiles are installed."""
    return [one.id for one in world.station.view().profiles]


def offered(world: World, evse: int = 1) -> tuple[float, str]:
    """Return what is offered, and because of whom."""
    seen = world.station.view().evses[evse - 1]
    return seen.offered_a, seen.because


def disk(world: World) -> MemoryDisk:
    """Return a disk with all that the world was told to keep."""
    kept = MemoryDisk()
    kept.apply(world.records, world.durable())
    return kept


# --- what is refused ---

GOOD = profile()
ABSOLUTE = profile(kind=Kind.ABSOLUTE, starts_at=NOON)
DAILY = replace(ABSOLUTE, kind=Kind.RECURRING, recurrency=Recurrency.DAILY)


def with_periods(*periods: Period) -> Profile:
    """Return a profile with these periods."""
    return replace(GOOD, schedules=(Schedule(Unit.AMPERE, periods),))


BROKEN = [
    (replace(GOOD, id=2**31), Reason.BAD_PROFILE),
    (replace(GOOD, stack_level=-1), Reason.BAD_STACK_LEVEL),
    (replace(GOOD, stack_level=11), Reason.BAD_STACK_LEVEL),
    (replace(station_max(20), evse=1), Reason.BAD_PROFILE),
    (replace(GOOD, evse=0, purpose=Purpose.STATION_MAX), Reason.BAD_PROFILE),
    (replace(GOOD, transaction="tx-1"), Reason.BAD_PROFILE),
    (replace(DAILY, recurrency=None), Reason.BAD_PROFILE),
    (replace(GOOD, recurrency=Recurrency.DAILY), Reason.BAD_PROFILE),
    (replace(GOOD, valid_from=NOON, valid_to=NOON), Reason.BAD_PROFILE),
    (replace(GOOD, schedules=GOOD.schedules * 2), Reason.BAD_SCHEDULE),
    (replace(GOOD, schedules=()), Reason.BAD_SCHEDULE),
    (replace(GOOD, kind=Kind.ABSOLUTE), Reason.BAD_SCHEDULE),
    (replace(DAILY, schedules=GOOD.schedules), Reason.BAD_SCHEDULE),
    (replace(ABSOLUTE, kind=Kind.RELATIVE), Reason.BAD_SCHEDULE),
    (with_periods(), Reason.BAD_SCHEDULE),
    (with_periods(*(Period(n, 6) for n in range(MAX_PERIODS + 1))), Reason.BAD_SCHEDULE),
    (with_periods(Period(1, 6)), Reason.BAD_SCHEDULE),
    (with_periods(Period(0, 6), Period(60, 7), Period(60, 8)), Reason.BAD_SCHEDULE),
    (with_periods(Period(0, 6), Period(2**31, 7)), Reason.BAD_SCHEDULE),
    (profile(duration_s=0), Reason.BAD_SCHEDULE),
    (profile(duration_s=2**31), Reason.BAD_SCHEDULE),
    (profile(1, -0.1), Reason.BAD_SCHEDULE),
    (profile(1, 6.05), Reason.BAD_SCHEDULE),
    (profile(1, 1e300), Reason.BAD_SCHEDULE),
    (profile(1, float("inf")), Reason.BAD_SCHEDULE),
    (profile(1, float("nan")), Reason.BAD_SCHEDULE),
    (
        replace(GOOD, schedules=(replace(GOOD.schedules[0], least_rate=-1.0),)),
        Reason.BAD_SCHEDULE,
    ),
    (with_periods(Period(0, 6, 4)), Reason.BAD_SCHEDULE),
    (with_periods(Period(0, 6, 3, 1)), Reason.BAD_SCHEDULE),
    (with_periods(Period(0, 6, 1, 4)), Reason.BAD_SCHEDULE),
]


@pytest.mark.parametrize(("one", "reason"), BROKEN)
def test_a_profile_that_is_none_is_refused(one: Profile, reason: Reason) -> None:
    """Each rule has its reason, and what is refused leaves no trace (S12)."""
    world = charging()

    assert refusal(world, one) is reason
    assert world.evse().offer.because == "connector"


@pytest.mark.parametrize(
    "one",
    [
        GOOD,
        ABSOLUTE,
        DAILY,
        station_max(20),
        profile(evse=0),
        profile(purpose=Purpose.TX, transaction="tx-1"),
        profile(1, 0),
        replace(GOOD, stack_level=10, valid_from=NOON, valid_to=NOON + 1),
        replace(GOOD, schedules=(replace(GOOD.schedules[0], least_rate=6.5),)),
        with_periods(Period(0, 6, 3)),
        with_periods(*(Period(n, 6) for n in range(MAX_PERIODS))),
    ],
)
def test_a_good_profile_is_installed(one: Profile) -> None:
    """It is kept whole, and shown."""
    world = charging()

    assert refusal(world, one) is None
    assert world.station.view().profiles == (one,)
    assert rec.ProfileInstalled(one) in world.records


@pytest.mark.parametrize("purpose", [Purpose.TX_DEFAULT, Purpose.TX])
def test_an_evse_that_is_not_there_has_no_profiles(purpose: Purpose) -> None:
    """Whatever they are for."""
    assert refusal(charging(), profile(evse=3, purpose=purpose)) is Reason.UNKNOWN_EVSE


@pytest.mark.parametrize(
    ("evse", "transaction"), [(0, None), (0, "tx-1"), (2, None), (2, "tx-1"), (1, "tx-2")]
)
def test_a_profile_of_a_transaction_needs_it_there(evse: int, transaction: str | None) -> None:
    """One that runs, on that EVSE, and no other."""
    one = profile(evse=evse, purpose=Purpose.TX, transaction=transaction)

    assert refusal(charging(), one) is Reason.UNKNOWN_TRANSACTION


def test_only_so_many_fit() -> None:
    """One more is refused, but for one that takes another's place."""
    world = yielding(charging())
    install(world, *(profile(n, level=n % 10, evse=n // 10) for n in range(MAX_INSTALLED)))

    assert refusal(world, station_max(20)) is Reason.PROFILES_FULL
    assert refusal(world, profile(77, 8, level=3, evse=1)) is None
    assert 13 not in ids(world)
    assert len(ids(world)) == MAX_INSTALLED


# --- replacing and clearing ---


@pytest.mark.parametrize(
    ("later", "left"),
    [
        (profile(1, 8, evse=2, level=3), [2, 1]),
        (profile(9, 8, evse=1, level=0), [2, 9]),
        (profile(2, 8, evse=1, level=0), [2]),
        (profile(9, 8, evse=0, level=0), [1, 2, 9]),
        (profile(9, 8, valid_from=NOON + 60), [2, 9]),
    ],
    ids=["its id", "its place", "both", "the place of all", "not valid yet"],
)
def test_a_profile_replaces_what_has_its_id_or_its_place(later: Profile, left: list[int]) -> None:
    """Purpose, level and EVSE are its place; until it is valid there is none (1.6, 5.16)."""
    world = yielding(charging())
    install(world, profile(1, 10), profile(2, 12, level=1, evse=2), later)

    assert ids(world) == left
    assert [one.id for one in disk(world).saved().profiles] == left


def test_a_replacement_in_the_future_leaves_nothing_until_then() -> None:
    """The old one is gone at once, the new one comes at its second."""
    world = yielding(charging())
    install(world, profile(1, 10))
    assert offered(world) == (10, "TxDefaultProfile 1")
    install(world, profile(2, 8, valid_from=NOON + 60))
    assert offered(world) == (16, "connector")
    world.pass_time(59)
    assert offered(world) == (16, "connector")
    world.pass_time(1)
    assert offered(world) == (8, "TxDefaultProfile 2")


@pytest.mark.parametrize(
    ("wish", "left"),
    [
        (r.ClearProfiles(), []),
        (r.ClearProfiles(id=2), [1, 3, 4]),
        (r.ClearProfiles(id=2, evse=1, purpose=Purpose.TX, stack_level=9), [1, 3, 4]),
        (r.ClearProfiles(evse=0), [1, 2]),
        (r.ClearProfiles(evse=1), [2, 3, 4]),
        (r.ClearProfiles(purpose=Purpose.TX_DEFAULT), [4]),
        (r.ClearProfiles(stack_level=1), [1, 4]),
        (r.ClearProfiles(evse=0, purpose=Purpose.TX_DEFAULT, stack_level=1), [1, 2, 4]),
    ],
)
def test_what_fits_every_criterion_is_cleared(wish: r.ClearProfiles, left: list[int]) -> None:
    """An id alone decides; EVSE 0 is not every EVSE (K10)."""
    world = yielding(charging())
    install(
        world,
        profile(1),
        profile(2, evse=2, level=1),
        profile(3, evse=0, level=1),
        station_max(20, 4),
    )

    assert world.ask(wish) == Accepted()
    assert ids(world) == left
    assert [one.id for one in disk(world).saved().profiles] == left


@pytest.mark.parametrize(
    "wish", [r.ClearProfiles(id=9), r.ClearProfiles(evse=1, stack_level=3), r.ClearProfiles(evse=7)]
)
def test_clearing_nothing_is_told(wish: r.ClearProfiles) -> None:
    """Where no profile fits, nothing changes."""
    world = charging()
    install(world, profile())
    answer = world.ask(wish)

    assert isinstance(answer, Refused)
    assert answer.reason is Reason.UNKNOWN_PROFILE
    assert ids(world) == [1]


# --- obeying ---


def test_a_profile_becomes_an_offer_at_the_right_second() -> None:
    """At once, and then at each second its schedule names; it is named as the reason."""
    world = charging()
    install(world, profile(1, 10, (60, 12), duration_s=90, kind=Kind.ABSOLUTE, starts_at=NOON + 10))
    seen = []
    for _ in range(101):
        seen.append(offered(world)[0])
        world.pass_time(1)

    assert seen == [16] * 10 + [10] * 60 + [12] * 30 + [16]
    assert [n.limit_a for n in world.told(LimitChanged) if n.evse == 1][-3:] == [10, 12, 16]
    assert LimitChanged(1, 10, "TxDefaultProfile 1") in world.told(LimitChanged)


def test_too_little_suspends_and_does_not_stop() -> None:
    """Below six ampere nothing is offered, and the transaction waits for better times."""
    world = charging()
    install(world, profile(1, 5.9, (60, 6)))

    assert world.statuses()[-1] is Status.SUSPENDED_EVSE
    assert not world.evse().contactor_closed
    assert offered(world) == (0, "TxDefaultProfile 1")
    world.pass_time(60)
    assert world.statuses()[-1] is Status.CHARGING
    assert offered(world) == (6, "TxDefaultProfile 1")


def test_a_relative_profile_counts_from_when_power_may_flow() -> None:
    """Also when it comes later, and whatever happens to the clock; idle it stands still."""
    world = World()
    world.online()
    install(world, profile(1, 10, (60, 12)))
    world.pass_time(1000)
    world.plug()
    world.swipe()
    assert offered(world)[0] == 10
    world.pass_time(30)
    world.now = replace(world.now, utc=world.now.utc - DAY_S)
    world.tell(e.ClockCorrected())
    world.pass_time(29)
    assert offered(world)[0] == 10
    world.pass_time(1)
    assert offered(world)[0] == 12


def test_a_corrected_clock_moves_what_is_planned_in_utc() -> None:
    """What lies in the past by the new clock is done at once, and what does not waits longer."""
    world = charging()
    install(world, profile(1, 10, (3600, 12), kind=Kind.ABSOLUTE, starts_at=NOON))
    world.now = replace(world.now, utc=world.now.utc + 3000)
    world.tell(e.ClockCorrected())
    world.pass_time(599)
    assert offered(world)[0] == 10
    world.pass_time(1)
    assert offered(world)[0] == 12

    world.now = replace(world.now, utc=world.now.utc - 100)
    world.tell(e.ClockCorrected())
    assert offered(world)[0] == 10
    world.pass_time(100)
    assert offered(world)[0] == 12


def test_a_clock_that_nobody_vouches_for_is_obeyed() -> None:
    """A schedule in absolute time holds by the clock we have, for there is no other."""
    world = World()
    world.now = replace(world.now, trusted=False)
    world.online()
    install(world, profile(kind=Kind.ABSOLUTE, starts_at=NOON))
    world.plug()
    world.swipe()

    assert offered(world) == (10, "TxDefaultProfile 1")


def test_an_instant_is_planned_once() -> None:
    """Turns in which nothing changes leave the agenda alone; without profiles nothing is due."""
    world = charging()
    install(world, profile(1, 10, (3600, 12)))
    agenda = world.station.parts.facts.agenda
    entries = len(agenda._heap)
    for _ in range(50):
        world.now = replace(world.now, mono=world.now.mono + 0.1, utc=world.now.utc + 0.1)
        world.tell(e.CsmsOnline())

    assert len(agenda._heap) == entries
    assert agenda.planned(Timer(Due.PROFILE)) == pytest.approx(1000 + 3600)
    world.ask(r.ClearProfiles())
    assert agenda.planned(Timer(Due.PROFILE)) is None


def test_a_station_max_is_shared() -> None:
    """Two have equal parts of it, and who takes nothing leaves all to the other."""
    world = charging()
    install(world, station_max(14))
    assert offered(world) == (14, "station max profile 99")
    world.plug(2)
    world.swipe(OTHER)
    assert offered(world) == (7, "station max profile 99")
    assert offered(world, 2) == (7, "station max profile 99")

    install(world, station_max(11))
    assert (offered(world)[0], offered(world, 2)[0]) == (11, 0)
    assert world.statuses(2)[-1] is Status.SUSPENDED_EVSE


@pytest.mark.parametrize(("lines", "limit_a"), [(1, 16.0), (3, 0.0)])
def test_watts_count_for_the_lines_in_use(lines: int, limit_a: float) -> None:
    """3680 W are enough on one line, and too little on three (S15)."""
    world = World(Layout(evses=(EvseLayout(),)))
    world.online()
    volts = (230.0, 230.0, 230.0) if lines == 3 else (230.0, 0.0, 0.0)
    world.tell(e.MeterRead(1, Measurement(5000.0, volts)))
    world.plug()
    world.swipe()
    install(world, profile(1, 3680, unit=Unit.WATT))

    assert world.evse().phases == lines
    assert offered(world)[0] == limit_a


# --- profiles and transactions ---


def test_a_profile_of_a_transaction_dies_with_it() -> None:
    """The next one begins without it, and the default has its say again."""
    world = charging()
    install(world, profile(1, 8), profile(2, 12, purpose=Purpose.TX))
    assert offered(world) == (12, "TxProfile 2")
    before = len(world.notices)
    world.swipe()

    assert LimitChanged(1, 8, "TxDefaultProfile 1") in world.notices[before:]
    assert ids(world) == [1]
    assert rec.ProfileRemoved(2) in world.records
    assert world.station.view().evses[0].because == "TxDefaultProfile 1"
    world.swipe()
    assert offered(world) == (8, "TxDefaultProfile 1")


def test_a_profile_of_a_transaction_falls_back_after_its_duration() -> None:
    """It replaces the default only while it says anything."""
    world = charging()
    install(world, profile(1, 8), profile(2, 12, purpose=Purpose.TX, duration_s=150))
    world.pass_time(149)
    assert offered(world)[0] == 12
    world.pass_time(1)
    assert offered(world)[0] == 8
    assert ids(world) == [1, 2]


def test_a_default_acts_on_a_running_transaction_at_once() -> None:
    """Set, changed and cleared: each counts from that turn on."""
    world = charging()
    install(world, profile(1, 8, evse=0))
    assert offered(world)[0] == 8
    install(world, profile(1, 9, evse=0))
    assert offered(world)[0] == 9
    world.ask(r.ClearProfiles(id=1))
    assert offered(world)[0] == 16


START = profile(5, 12, (60, 8), evse=0, purpose=Purpose.TX)


@pytest.mark.parametrize("check", [True, False])
def test_a_remote_start_brings_its_profile(*, check: bool) -> None:
    """It limits from the first second on, and is installed once there is a transaction (K05)."""
    world = World()
    world.online()
    answer = world.ask(r.StartCharging(1, CARD, check=check, profile=START))
    world.tell(e.TokenJudged(CARD, Verdict(TokenStatus.ACCEPTED)))
    assert answer == Accepted()
    assert ids(world) == []
    assert world.evse().offer.because == "TxProfile 5"
    world.pass_time(20)
    world.plug()

    assert world.station.view().profiles == (replace(START, evse=1, transaction="tx-1"),)
    assert offered(world) == (12, "TxProfile 5")
    world.pass_time(60)
    assert offered(world) == (8, "TxProfile 5")
    world.swipe()
    assert ids(world) == []


def test_a_profile_that_a_start_brought_can_be_cleared() -> None:
    """Once its transaction has it, it is like any other, and does not come back."""
    world = World()
    world.online()
    world.plug()
    world.ask(r.StartCharging(1, CARD, check=False, profile=START))
    world.ask(r.ClearProfiles(id=5))
    world.measure()
    world.tell(e.CsmsOnline())

    assert ids(world) == []
    assert offered(world) == (16, "connector")


def test_a_profile_follows_its_start_to_another_evse() -> None:
    """Where the plug appears is where it counts (S63)."""
    world = World()
    world.online()
    world.ask(r.StartCharging(0, CARD, check=False, profile=START))
    world.plug(2)

    assert [one.evse for one in world.station.view().profiles] == [2]
    assert offered(world, 2) == (12, "TxProfile 5")
    assert world.station.view().evses[0].because == "connector"


@pytest.mark.parametrize("how", ["nobody plugs in", "the token is bad"])
def test_a_start_that_starts_nothing_leaves_no_profile(how: str) -> None:
    """It goes as its token goes."""
    world = World()
    world.online()
    world.ask(r.StartCharging(1, CARD, check=how == "the token is bad", profile=START))
    world.tell(e.TokenJudged(CARD, Verdict(TokenStatus.BLOCKED)))
    world.pass_time(3600)
    world.plug()
    world.swipe(OTHER)

    assert ids(world) == []
    assert offered(world) == (16, "connector")


def test_a_start_may_come_to_a_transaction_that_waits_for_it() -> None:
    """With a transaction from the plug on, the profile is bound at once."""
    world = charging()
    world.ask(r.StopCharging("tx-1"))
    world.tell(e.CableUnplugged(1))
    world.ask(r.WriteSetting("2131_1", "EVConnected", By.LOCAL))
    world.ask(r.WriteSetting("2131_2", "EVConnected", By.LOCAL))
    world.plug()
    world.ask(r.StartCharging(1, CARD, check=False, profile=START))

    assert [one.transaction for one in world.station.view().profiles] == ["tx-2"]


@pytest.mark.parametrize(
    ("one", "reason"),
    [
        (profile(5, purpose=Purpose.TX_DEFAULT), Reason.BAD_PROFILE),
        (station_max(10), Reason.BAD_PROFILE),
        (replace(START, transaction="tx-1"), Reason.BAD_PROFILE),
        (replace(START, stack_level=99), Reason.BAD_STACK_LEVEL),
    ],
)
def test_a_start_with_a_wrong_profile_is_refused(one: Profile, reason: Reason) -> None:
    """Nothing starts, and nothing is installed."""
    world = World()
    world.online()
    world.plug()
    answer = world.ask(r.StartCharging(1, CARD, check=False, profile=one))

    assert isinstance(answer, Refused)
    assert answer.reason is reason
    assert world.evse().authorization is None


def test_profiles_of_starts_under_way_take_room() -> None:
    """Whether their token is good yet or not."""
    world = yielding(World())
    world.online()
    install(world, *(profile(100 + n, level=n % 9, evse=n // 9) for n in range(MAX_INSTALLED - 2)))
    world.ask(r.StartCharging(1, CARD, check=False, profile=START))
    world.ask(r.StartCharging(2, OTHER, profile=replace(START, id=6)))

    assert refusal(world, station_max(20)) is Reason.PROFILES_FULL
    world.plug()
    assert len(ids(world)) == MAX_INSTALLED - 1


# --- power ---


def test_profiles_outlast_a_power_cut_but_those_of_transactions() -> None:
    """The transaction is over, and so is its profile; the others limit the next one."""
    world = charging()
    install(world, profile(1, 8, evse=0), profile(2, 12, purpose=Purpose.TX), station_max(20))
    kept = disk(world)
    assert_saved(world.station, world.values, kept.saved())

    after = World(saved=kept.saved())
    assert ids(after) == [1, 99]
    assert rec.ProfileRemoved(2) in after.records
    after.online()
    after.plug()
    after.swipe()
    assert offered(after) == (8, "TxDefaultProfile 1")


def test_a_restored_profile_is_waited_for() -> None:
    """The agenda knows its next instant from the first turn on."""
    later = profile(1, 10, kind=Kind.ABSOLUTE, starts_at=NOON + 500)
    world = World(saved=Saved(profiles=(later,)))

    assert world.station.parts.facts.agenda.planned(Timer(Due.PROFILE)) == pytest.approx(1500)


# --- the composite schedule ---


def composed(
    world: World, evse: int = 1, duration_s: int = 400, unit: Unit = Unit.AMPERE
) -> Composed:
    """Return the schedule that is composed."""
    answer = world.ask(r.ComposeSchedule(evse, duration_s, unit))
    assert isinstance(answer, Composed)
    return answer


def limits(told: Composed) -> list[tuple[int, float]]:
    """Return from which second on how much is told."""
    return [(period.start_s, period.limit) for period in told.schedule.periods]


def test_a_schedule_counts_from_now() -> None:
    """Without profiles it is what the station itself allows, for the whole span."""
    told = composed(charging())

    assert (told.evse, told.at) == (1, NOON)
    assert told.schedule == Schedule(Unit.AMPERE, (Period(0, 16.0, 3),), 400)


def test_the_lowest_of_all_is_composed() -> None:
    """Station, transaction and hardware: at each second the one that allows least."""
    world = charging()
    install(
        world,
        profile(1, 10, evse=0),
        profile(2, 8, (50, 14), (100, 30), purpose=Purpose.TX, duration_s=260),
        replace(
            station_max(20),
            schedules=(Schedule(Unit.AMPERE, (Period(0, 20), Period(85, 12)), 205, NOON - 5),),
        ),
    )
    world.pass_time(10)

    assert limits(composed(world)) == [(0, 8), (40, 14), (70, 12), (190, 16), (250, 10)]


@pytest.mark.parametrize(
    ("unit", "expected"),
    [(Unit.AMPERE, [(0, 10.0), (60, 16.0)]), (Unit.WATT, [(0, 6900.0), (60, 11040.0)])],
)
@pytest.mark.parametrize("set_in", Unit)
def test_it_is_told_in_the_unit_that_is_asked_for(
    unit: Unit, set_in: Unit, expected: list[tuple[int, float]]
) -> None:
    """Whatever unit the profile came in."""
    world = charging()
    install(
        world, profile(1, 10.0 if set_in is Unit.AMPERE else 6900.0, unit=set_in, duration_s=60)
    )

    assert limits(composed(world, unit=unit)) == expected


def test_one_line_is_told_as_one() -> None:
    """So that whoever reads it can turn ampere into watts."""
    world = charging(Layout(evses=(EvseLayout(phases=1), EvseLayout())))

    assert composed(world).schedule.periods == (Period(0, 16.0, 1),)
    assert composed(world, unit=Unit.WATT).schedule.periods == (Period(0, 3680.0, 1),)
    assert composed(world, 0, unit=Unit.WATT).schedule.periods == (Period(0, 14720.0, 3),)


def test_all_together_are_the_sum_and_no_more_than_the_station_may_take() -> None:
    """Six and six are twelve, and sixteen and sixteen no more than twenty."""
    world = charging()
    install(world, profile(1, 6, evse=0, duration_s=60), station_max(20))

    assert limits(composed(world, 0)) == [(0, 12), (60, 20)]
    assert limits(composed(world, 0, unit=Unit.WATT)) == [(0, 8280), (60, 13800)]


def test_an_idle_evse_is_seen_as_if_a_transaction_began_now() -> None:
    """A relative default counts from the asking."""
    world = charging()
    install(world, profile(1, 8, (60, 12), evse=0))
    world.pass_time(30)

    assert limits(composed(world, 1)) == [(0, 8), (30, 12)]
    assert limits(composed(world, 2)) == [(0, 8), (60, 12)]


def test_the_share_of_a_station_max_is_composed() -> None:
    """As it is split now, for nobody knows who will come."""
    world = charging()
    world.plug(2)
    world.swipe(OTHER)
    install(world, station_max(14))

    assert limits(composed(world)) == [(0, 7)]
    assert limits(composed(world, 0)) == [(0, 14)]


@pytest.mark.parametrize(
    ("wish", "reason"),
    [
        (r.ComposeSchedule(3, 60), Reason.UNKNOWN_EVSE),
        (r.ComposeSchedule(1, 0), Reason.BAD_VALUE),
    ],
)
def test_what_cannot_be_composed(wish: r.ComposeSchedule, reason: Reason) -> None:
    """An EVSE that is not there, and a span without a second."""
    answer = charging().ask(wish)

    assert isinstance(answer, Refused)
    assert answer.reason is reason


def test_nobody_looks_further_than_a_week() -> None:
    """A longer span is cut, and says so."""
    assert composed(charging(), duration_s=2**40).schedule.duration_s == 7 * DAY_S


@settings(max_examples=60, deadline=None)
@given(st.lists(profiles(), max_size=8))
def test_what_is_composed_comes_true(stack: list[Profile]) -> None:
    """Second for second the station offers what it said it would."""
    world = charging()
    world.put(rows.CONNECTOR_MAX, to=32.0)
    for one in stack:
        world.ask(r.InstallProfile(one))
    told = composed(world, duration_s=SPAN_S)
    seen = []
    for _ in range(SPAN_S):
        seen.append(round(world.station.view().evses[0].limit_a, 1))
        world.pass_time(1)

    assert seen == [[x for n, x in limits(told) if n <= second][-1] for second in range(SPAN_S)]
