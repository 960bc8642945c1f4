"""What is told of the limits that others set: what signifies, once, and to whom could hear it."""

from __future__ import annotations

from laadpaal.properties import charging as rows
from laadpaal.properties import energy_manager as manager_rows
from laadpaal.station import events as e
from laadpaal.station.charging_profiles import (
    Kind,
    Period,
    Profile,
    Purpose,
    Schedule,
    Source,
    Unit,
)
from laadpaal.station.limits import ClearExternalLimit, SetExternalLimit
from laadpaal.station.notices import ExternalLimitCleared, ExternalLimitSet, TransactionUpdated
from laadpaal.station.set_points import SetPoint
from laadpaal.station.words import Trigger
from tests.station.test_profiles import disk
from tests.station.test_steering import MANAGED, steered, want
from tests.support.world import NOON, World

News = tuple[str, int, float | None]


def news(world: World) -> list[News]:
    """Return what was told: whose limit, of which EVSE, and how much; None for its end."""
    found = list[News]()
    for notice in world.notices:
        match notice:
            case ExternalLimitSet(source, evse, schedule):
                found.append((source.value, evse, schedule.periods[0].limit))
            case ExternalLimitCleared(source, evse):
                found.append((source.value, evse, None))
            case _:
                pass
    return found


def limit(world: World, *limits: float, evse: int = 1, unit: Unit = Unit.AMPERE) -> None:
    """Let an energy manager limit an EVSE, a minute for each."""
    periods = tuple(Period(60 * n, it) for n, it in enumerate(limits))
    world.ask(SetExternalLimit(Source.EMS, evse, Schedule(unit, periods)))


def rates(world: World) -> int:
    """Return how often transactions told that somebody else changed their current."""
    told = [n.trigger for n in world.told(TransactionUpdated)]
    return told.count(Trigger.CHARGING_RATE_CHANGED)


def test_a_set_point_is_an_external_limit_to_the_csms() -> None:
    """It is told once, however often it is renewed, and its end when nobody renews it."""
    world = steered()
    for _ in range(100):
        want(world, 10)
        world.pass_time(1)
    world.pass_time(60)
    want(world, 12)

    assert news(world) == [("EMS", 1, 10), ("EMS", 1, None), ("EMS", 1, 12)]
    assert rates(world) == 3


def test_a_set_point_that_trembles_floods_nobody() -> None:
    """A master that writes each second tells as much as the threshold lets through."""
    world = steered()
    for n in range(100):
        want(world, 10 + n % 2 * 0.09)
        world.pass_time(1)

    assert news(world) == [("EMS", 1, 10)]
    assert rates(world) == 1


def test_a_set_point_that_creeps_is_told_now_and_then() -> None:
    """Changes too small to tell come to one that is not."""
    world = steered()
    for n in range(100):
        want(world, 12 - n * 0.05)
        world.pass_time(1)

    told = news(world)
    assert len(told) == rates(world)
    assert 20 < len(told) < 50
    assert [a for _, _, a in told if a] == sorted((a for _, _, a in told if a), reverse=True)


def test_the_threshold_is_a_setting() -> None:
    """With 0 % every change is told (LimitChangeSignificance)."""
    world = steered()
    world.put(rows.SIGNIFICANT_CHANGE, to=0.0)
    want(world, 10)
    want(world, 10.01)
    want(world, 10.01)
    world.put(rows.SIGNIFICANT_CHANGE, to=50.0)
    want(world, 14)

    assert news(world) == [("EMS", 1, 10), ("EMS", 1, 10.01)]


def test_the_station_is_told_by_its_tightest_line() -> None:
    """Three lines are one limit; one that lapses alone leaves the others."""
    world = steered(station=True)
    for line, limit_a in ((1, 20.0), (2, 12.0), (3, 20.0), (1, 12.0), (1, 20.0)):
        want(world, limit_a, 0, line)
    world.pass_time(59)
    want(world, 20, 0, 1)
    world.pass_time(1)
    world.pass_time(60)

    assert news(world) == [("EMS", 0, 20), ("EMS", 0, 12), ("EMS", 0, 20), ("EMS", 0, None)]


def test_whoever_may_steer_no_more_limits_no_more() -> None:
    """The set point is not over, and counts for nothing."""
    world = steered()
    want(world, 10)
    world.put(manager_rows.ALLOWED, to=manager_rows.READS)
    world.pass_time(1)
    world.tell(e.CsmsOnline(300))

    assert news(world) == [("EMS", 1, 10), ("EMS", 1, None)]


def test_of_two_at_one_place_the_lower_is_told() -> None:
    """A set point beside a limit of the same energy manager: one name, and what holds."""
    world = steered()
    limit(world, 12)
    want(world, 14)
    want(world, 9)
    limit(world, 8)
    world.ask(ClearExternalLimit(Source.EMS, 1))
    limit(world, 690 * 7, unit=Unit.WATT)

    assert news(world) == [
        ("EMS", 1, 12), ("EMS", 1, 9), ("EMS", 1, 8), ("EMS", 1, 9), ("EMS", 1, 4830),
    ]  # fmt: skip


def test_another_plan_is_told_whatever_it_begins_with() -> None:
    """The same limits again are no news, however late they begin."""
    world = steered()
    limit(world, 12, 10)
    world.pass_time(30)
    limit(world, 12, 10)
    limit(world, 12, 9)
    limit(world, 12)

    told = [n.schedule for n in world.told(ExternalLimitSet)]
    assert [[it.limit for it in schedule.periods] for schedule in told] == [[12, 10], [12, 9], [12]]


def test_the_csms_hears_what_it_has_missed() -> None:
    """Once it is back: what holds now, what holds no longer, and nothing that it knows."""
    world = steered()
    limit(world, 12, evse=0)
    limit(world, 10)
    limit(world, 9, evse=2)
    world.tell(e.CsmsOffline())
    limit(world, 8)
    world.ask(SetExternalLimit(Source.SO, 0, Schedule(Unit.AMPERE, (Period(0, 7.0),))))
    world.ask(ClearExternalLimit(Source.SO, 0))
    world.ask(ClearExternalLimit(Source.EMS, 2))
    before = len(news(world))
    world.online()

    assert news(world)[before:] == [("EMS", 2, None), ("EMS", 1, 8)]
    world.online()
    assert len(news(world)) == before + 2


def test_a_set_point_looks_like_a_profile_that_is_nobody_s() -> None:
    """As the CSMS may see it: since when it is what it is, and not how often it was renewed."""
    world = steered()
    want(world, 10)
    world.pass_time(30)
    world.ask(SetPoint(1, 10))

    schedule = Schedule(Unit.AMPERE, (Period(0, 10),), starts_at=NOON)
    kept = Profile(
        -1_000_001, 1, Purpose.EXTERNAL, Kind.ABSOLUTE, 0, (schedule,), source=Source.EMS
    )
    assert world.station.view().set_points.profiles == (kept,)
    world.pass_time(60)
    assert world.station.view().set_points.profiles == ()


def test_the_csms_hears_the_end_of_what_a_restart_has_ended() -> None:
    """A set point does not outlast a restart, and what the CSMS knows of it does."""
    world = steered(evses=2)
    limit(world, 12, evse=2)
    want(world, 10)
    kept = disk(world)
    again = World(MANAGED, kept.saved())
    again.online()

    assert news(again) == [("EMS", 2, 12), ("EMS", 1, None), ("EMS", 2, 12)]
    kept.apply(again.records)
    assert kept.saved().limits_heard == ((Source.EMS, 2),)
