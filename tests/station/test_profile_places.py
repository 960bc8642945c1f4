"""Two profiles in one place, lines that are not switched, and smart charging switched off."""

from __future__ import annotations

from dataclasses import replace

import pytest

from laadpaal.properties import charging as rows
from laadpaal.properties import transactions as tx_rows
from laadpaal.station import events as e
from laadpaal.station import requests as r
from laadpaal.station.answers import Accepted, Reason, Refused
from laadpaal.station.charging_profiles import Kind, Period, Profile, Purpose, Schedule, Unit
from laadpaal.station.layout import EvseLayout, Layout
from laadpaal.station.words import By, Token
from tests.station.test_profiles import (
    START,
    charging,
    composed,
    ids,
    install,
    limits,
    offered,
    refusal,
    station_max,
    yielding,
)
from tests.support.profiles import profile
from tests.support.world import CARD, GOOD, NOON, World

OTHER = Token("OTHER")


# --- one place ---


@pytest.mark.parametrize(
    "later",
    [
        profile(9, 8),
        profile(9, 8, valid_from=NOON + 60),
        profile(9, 8, evse=0),
        profile(9, 8, evse=0, valid_from=NOON + 60),
        station_max(8, 9),
        profile(9, 8, purpose=Purpose.TX),
    ],
    ids=["its place", "later", "the default of all", "that one later", "station", "transaction"],
)
def test_two_in_one_place_cannot_be_told_apart(later: Profile) -> None:
    """The second is refused, and the first stays (2.0.1 K01)."""
    world = charging()
    install(world, profile(1), station_max(20, 2), profile(3, 12, purpose=Purpose.TX))

    assert refusal(world, later) is Reason.DUPLICATE_PROFILE
    assert offered(world) == (12, "TxProfile 3")


@pytest.mark.parametrize(
    "later",
    [
        profile(1, 8, evse=0),
        profile(1, 8),
        profile(9, 8, level=1),
        profile(9, 8, evse=0, level=1),
        profile(9, 8, evse=2),
        profile(9, 8, purpose=Purpose.TX),
        profile(9, 8, valid_from=NOON + 60),
    ],
    ids=["its id", "its id here", "above", "above for all", "next door", "purpose", "afterwards"],
)
def test_what_can_be_told_apart_is_installed(later: Profile) -> None:
    """The same id goes anywhere; another needs another place, or another time."""
    world = charging()
    install(world, profile(1, 10, valid_to=NOON + 60))

    assert refusal(world, later) is None
    assert later.id in ids(world)


def test_defaults_of_all_and_of_one_are_one_stack() -> None:
    """The higher level leads, whosever it is; where it is silent the other does."""
    world = charging()
    install(world, profile(1, 10, level=1), profile(2, 8, evse=0, level=2, duration_s=60))

    assert limits(composed(world)) == [(0, 8), (60, 10)]
    assert limits(composed(world, 2)) == [(0, 8), (60, 16)]
    assert offered(world) == (8, "TxDefaultProfile 2")
    yielding(world)
    assert limits(composed(world)) == [(0, 10)]


def test_what_was_allowed_once_stays_in_force() -> None:
    """Equals from times when they were allowed: that of the EVSE leads, and both can be seen."""
    world = yielding(charging())
    install(world, profile(1, 10, evse=0), profile(2, 8))
    world.put(rows.PROFILES_GIVE_WAY, to=False)
    world.put(rows.OWN_DEFAULT_FIRST, to=False)

    assert ids(world) == [1, 2]
    assert offered(world) == (8, "TxDefaultProfile 2")
    assert world.ask(r.ClearProfiles(id=2)) == Accepted()
    assert offered(world) == (10, "TxDefaultProfile 1")


# --- lines ---


def _phases(*phases: int | None, phase: int | None = None, evse: int = 1) -> Profile:
    periods = tuple(Period(n, 10, one, phase) for n, one in enumerate(phases))
    return replace(profile(evse=evse), schedules=(Schedule(Unit.AMPERE, periods),))


@pytest.mark.parametrize(
    ("one", "reason"),
    [
        (_phases(None), None),
        (_phases(3), None),
        (_phases(1), Reason.BAD_SCHEDULE),
        (_phases(3, 2), Reason.BAD_SCHEDULE),
        (_phases(1, evse=0), Reason.BAD_SCHEDULE),
        (_phases(1, evse=2), None),
        (_phases(3, evse=2), None),
        (_phases(1, phase=1, evse=2), Reason.BAD_SCHEDULE),
    ],
)
def test_fewer_lines_than_are_used_cannot_be_promised(one: Profile, reason: Reason | None) -> None:
    """No line is switched off, and none is chosen; more than there are do no harm."""
    world = charging(Layout(evses=(EvseLayout(), EvseLayout(phases=1))))

    assert refusal(world, one) is reason


def test_where_profiles_give_way_lines_are_only_counted() -> None:
    """What was meant for one line is kept, and holds on each that is used."""
    world = yielding(charging())

    assert refusal(world, _phases(1)) is None
    assert offered(world)[0] == 10


# --- with a start ---


def test_a_start_may_not_bring_what_has_a_place_already() -> None:
    """A transaction that waits for its card may have a profile before it."""
    world = World()
    world.online()
    world.ask(r.WriteSetting(tx_rows.START_POINT.id, "EVConnected", By.LOCAL))
    world.plug()
    install(world, profile(1, 12, purpose=Purpose.TX))

    answer = world.ask(r.StartCharging(1, CARD, check=False, profile=replace(START, evse=1)))
    assert isinstance(answer, Refused)
    assert answer.reason is Reason.DUPLICATE_PROFILE
    same = replace(START, id=1, evse=1)
    assert world.ask(r.StartCharging(1, CARD, check=False, profile=same)) == Accepted("tx-1")
    assert ids(world) == [1]
    assert offered(world) == (12, "TxProfile 1")


def test_what_comes_with_a_start_takes_the_place_it_finds() -> None:
    """It was promised before the place was known, so it is the later word."""
    world = World()
    world.online()
    world.ask(r.WriteSetting(tx_rows.START_POINT.id, "EVConnected", By.LOCAL))
    world.ask(r.StartCharging(1, CARD, profile=replace(START, evse=1)))
    world.plug()
    install(world, profile(1, 10, purpose=Purpose.TX))
    world.tell(e.TokenJudged(CARD, GOOD))

    assert ids(world) == [5]
    assert offered(world) == (12, "TxProfile 5")


# --- when power may flow ---


def test_seconds_count_from_when_power_may_flow() -> None:
    """Not from a transaction that begins with the plug, nor from when the profile came."""
    world = World()
    world.online()
    world.ask(r.WriteSetting(tx_rows.START_POINT.id, "EVConnected", By.LOCAL))
    world.plug()
    install(world, profile(1, 10, (60, 12)))
    world.pass_time(100)
    assert world.station.view().evses[0].transaction is not None
    world.swipe()
    assert offered(world)[0] == 10
    world.pass_time(30)
    install(world, profile(1, 9, (60, 11)))
    world.pass_time(29)
    assert offered(world)[0] == 9
    assert limits(composed(world)) == [(0, 9), (1, 11)]
    world.pass_time(1)
    assert offered(world)[0] == 11


# --- switched off ---


def test_switched_off_nothing_of_the_csms_counts() -> None:
    """Profiles stay where they are, and count again when it is switched on."""
    world = charging()
    install(world, profile(1, 8), station_max(7))
    row = rows.PROFILES_USED.id
    world.ask(r.WriteSetting(row, "false"))

    assert offered(world) == (16, "connector")
    assert ids(world) == [1, 99]
    for wish in (r.InstallProfile(profile(2)), r.ClearProfiles(), r.ComposeSchedule(1, 60)):
        answer = world.ask(wish)
        assert isinstance(answer, Refused)
        assert answer.reason is Reason.PROFILES_OFF
    world.ask(r.WriteSetting(row, "true"))
    assert offered(world) == (7, "station max profile 99")


def test_switched_off_a_start_comes_without_its_profile() -> None:
    """It starts, and what came along is ignored, however wrong (2.0.1 F01)."""
    world = World()
    world.online()
    world.put(rows.PROFILES_USED, to=False)
    world.plug()
    wrong = replace(START, stack_level=99)

    assert world.ask(r.StartCharging(1, CARD, check=False, profile=wrong)) == Accepted()
    assert ids(world) == []
    assert offered(world)[0] == 16


# --- instants ---


def test_a_default_of_all_counts_for_everybody_at_once() -> None:
    """An absolute one, for whoever charges."""
    world = charging()
    world.plug(2)
    world.swipe(OTHER)
    install(world, profile(1, 8, evse=0, kind=Kind.ABSOLUTE, starts_at=NOON))

    assert (offered(world)[0], offered(world, 2)[0]) == (8, 8)
