"""Set points of an energy manager: obeyed, counted down, and followed by the safe current."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laadpaal.properties import energy_manager as rows
from laadpaal.properties.balancing import PROBING, SAFE_EVSE, SAFE_STATION
from laadpaal.properties.charging import EXTERNAL_LIMITS_USED, INSTALLATION_MAX, STATION_MAX
from laadpaal.properties.rows import Setting
from laadpaal.properties.wiring import PHASE_ROTATION
from laadpaal.station import requests as r
from laadpaal.station.answers import Accepted, Answer, Reason, Refused
from laadpaal.station.charging_profiles import Period, Schedule, Source, Unit
from laadpaal.station.claims import Claim
from laadpaal.station.layout import GridLink, Layout
from laadpaal.station.limits import SetExternalLimit
from laadpaal.station.notices import LimitChanged, TransactionUpdated
from laadpaal.station.set_points import NO_SET_POINTS, SetPoint, SetPointChanged, SetPointView
from laadpaal.station.words import By, Token, Trigger
from tests.station.test_profiles import disk
from tests.support.profiles import profile
from tests.support.world import World

MANAGED = Layout(manager=True)
SAFE_A = 8.0


def steered(layout: Layout = MANAGED, evses: int = 1, *, station: bool = False) -> World:
    """Return a station that charges, and whose currents an energy manager may set."""
    world = World(layout)
    world.online()
    world.put(rows.ALLOWED, to=rows.STEERS)
    world.put(rows.OF_STATION, to=station)
    world.put(SAFE_EVSE, to=SAFE_A)
    for evse in range(1, evses + 1):
        world.plug(evse)
        world.swipe(Token(f"CARD{evse}"), reader=evse)
    return world


def want(world: World, limit_a: float, evse: int = 1, line: int = 0) -> Answer:
    """Let the energy manager set a current."""
    return world.ask(SetPoint(evse, limit_a, line))


def offered(world: World, evse: int = 1) -> tuple[float, str]:
    """Return what is offered, and because of whom."""
    seen = world.station.view().evses[evse - 1]
    return seen.offered_a, seen.because


def seen(world: World, evse: int = 1) -> SetPointView:
    """Return the set point of an EVSE as it stands."""
    return world.station.view().set_points.evses[evse - 1]


# --- of an EVSE ---


def test_a_set_point_is_obeyed_and_counted_down() -> None:
    """It reads back as it was written, and what it leaves of the time is told by its end."""
    world = steered()
    assert want(world, 10.123) == Accepted()

    assert offered(world) == (10.123, "set point")
    assert seen(world) == SetPointView(
        counts=True, safe_a=SAFE_A, limit_a=10.123, until=world.now.mono + 60
    )
    assert Claim("set point", 10.123, external=True) in world.station.view().evses[0].claims
    assert "the energy manager allows 10.123 A" in world.station.why(1).current


def test_after_the_validity_time_the_safe_current_holds() -> None:
    """Until then nothing changes, and what was written stays to be read."""
    world = steered()
    want(world, 12)

    world.pass_time(59.9)
    assert offered(world) == (12, "set point")
    world.pass_time(0.1)
    assert offered(world) == (SAFE_A, "no set point")
    assert seen(world) == SetPointView(counts=True, safe_a=SAFE_A, limit_a=12)
    assert "is silent, and the safe current is 8 A" in world.station.why(1).current


def test_the_same_value_written_anew_holds_for_the_whole_time_again() -> None:
    """So a manager keeps it alive, and only what changes is told."""
    world = steered()
    want(world, 12)
    world.pass_time(50)
    want(world, 12)
    world.pass_time(50)
    assert offered(world) == (12, "set point")
    want(world, 9)
    world.pass_time(60)
    want(world, 9)

    assert world.told(SetPointChanged) == [
        SetPointChanged(1, 0, 12),
        SetPointChanged(1, 0, 9),
        SetPointChanged(1, 0, None),
        SetPointChanged(1, 0, 9),
    ]


def test_the_validity_time_is_a_setting() -> None:
    """It counts for what is written from now on."""
    world = steered()
    world.put(rows.VALIDITY, to=300)
    want(world, 12)
    world.put(rows.VALIDITY, to=1)

    world.pass_time(299)
    assert offered(world) == (12, "set point")
    world.pass_time(1)
    assert offered(world) == (SAFE_A, "no set point")


def test_each_set_point_has_its_own_countdown() -> None:
    """That one is renewed does not keep another alive."""
    world = steered(evses=2)
    want(world, 12, 1)
    want(world, 13, 2)
    world.pass_time(40)
    want(world, 12, 1)
    world.pass_time(20)

    assert offered(world, 1) == (12, "set point")
    assert offered(world, 2) == (SAFE_A, "no set point")


@pytest.mark.parametrize("limit_a", [0.0, 5.9])
def test_too_little_to_charge_with_pauses(limit_a: float) -> None:
    """As 0 does, by which energy managers mean: off."""
    world = steered()
    want(world, limit_a)

    assert offered(world) == (0.0, "set point")
    assert world.station.view().evses[0].limit_a == limit_a
    want(world, 6)
    assert offered(world) == (6, "set point")


def test_a_set_point_above_everything_raises_nothing() -> None:
    """It is kept as it was written, and others decide."""
    world = steered()
    assert want(world, 500) == Accepted()

    assert offered(world) == (16, "connector")
    assert seen(world).limit_a == 500


@pytest.mark.parametrize("limit_a", [-0.1, -math.inf, math.inf, math.nan])
def test_what_is_no_current_is_refused(limit_a: float) -> None:
    """And what was set before goes on, with no more time than before."""
    world = steered()
    want(world, 10)
    world.pass_time(10)
    before = seen(world)

    answer = want(world, limit_a)
    assert isinstance(answer, Refused)
    assert answer.reason is Reason.BAD_VALUE
    assert seen(world) == before


@pytest.mark.parametrize(("evse", "line"), [(3, 0), (1, 1), (0, 0), (0, 4), (-1, 0)])
def test_a_place_that_there_is_not_is_refused(evse: int, line: int) -> None:
    """An EVSE has no lines of its own here, and the station three."""
    answer = want(steered(station=True), 10, evse, line)

    assert isinstance(answer, Refused)
    assert answer.reason is Reason.UNKNOWN_EVSE


# --- of the station ---


def lines(world: World, *limits_a: float) -> None:
    """Let the energy manager set a current for each line of the grid."""
    for line, limit_a in enumerate(limits_a, 1):
        assert want(world, limit_a, 0, line) == Accepted()


def test_the_station_s_is_shared_line_by_line() -> None:
    """The tightest line decides for a vehicle that uses all of them."""
    world = steered(evses=2, station=True)
    world.put(rows.OF_EVSES, to=False)
    world.put(STATION_MAX, to=60.0)
    world.put(INSTALLATION_MAX, to=60.0)
    world.put(PROBING, to=6.0)
    lines(world, 30, 20, 24)

    assert offered(world, 1) == offered(world, 2) == (10, "set point")
    assert world.station.view().limits_a == (30, 20, 24)
    assert Claim("set point", 20, external=True) in world.station.why(0).claims


def test_a_line_that_is_not_renewed_falls_to_the_safe_current() -> None:
    """Each line of the station has its own countdown."""
    world = steered(station=True)
    world.put(rows.OF_EVSES, to=False)
    world.put(SAFE_STATION, to=7.0)
    lines(world, 12, 12, 12)
    world.pass_time(30)
    lines(world, 12, 12)
    world.pass_time(30)

    assert offered(world) == (7, "no set point")
    assert world.station.view().limits_a == (12, 12, 7)
    until = [it.until for it in world.station.view().set_points.lines]
    assert until == [world.now.mono + 30, world.now.mono + 30, None]
    assert world.told(SetPointChanged)[-1] == SetPointChanged(0, 3, None)


def test_what_flows_is_told_by_the_lines_of_the_grid() -> None:
    """Of all EVSEs together, whichever line is the first at each."""
    world = steered(evses=2)
    world.put(PHASE_ROTATION, to=((0, "RST"), (2, "STR")))
    world.measure(1, currents_a=(10.0, 2.0, 3.0))
    world.measure(2, currents_a=(5.0, 0.0, 1.0))

    assert world.station.view().currents_a == (11.0, 7.0, 3.0)


# --- who may ---


@pytest.mark.parametrize(
    ("row", "value", "evse", "line"),
    [
        (rows.ALLOWED, rows.READS, 1, 0),
        (rows.ALLOWED, rows.NOTHING, 1, 0),
        (rows.OF_EVSES, False, 1, 0),
        (rows.OF_STATION, False, 0, 1),
        (EXTERNAL_LIMITS_USED, False, 1, 0),
    ],
)
def test_what_is_not_allowed_is_refused_and_claims_nothing(
    row: Setting[Any], value: object, evse: int, line: int
) -> None:
    """Neither a set point of before nor the safe current counts then."""
    world = steered(station=True)
    lines(world, 7, 7, 7)
    want(world, 6.5)
    assert world.ask(r.WriteSetting(row.id, row.kind.show(value), By.LOCAL)) == Accepted()

    answer = want(world, 9, evse, line)
    assert isinstance(answer, Refused)
    assert answer.reason is Reason.EXTERNAL_LIMITS_OFF
    assert "may set the current of" in answer.detail
    counted = world.station.view().set_points
    mine = counted.evses[0] if evse else counted.lines[0]
    assert not mine.counts
    claims = world.station.view().evses[0].claims
    mine_a = 6.5 if evse else 7.0
    assert mine_a not in [claim.limit_a for claim in claims]


def test_without_an_energy_manager_nothing_is_claimed() -> None:
    """Whatever the settings say."""
    world = steered(Layout())

    assert offered(world) == (16, "connector")
    assert world.station.view().set_points == NO_SET_POINTS
    assert isinstance(want(world, 9), Refused)


# --- a new life ---


def test_after_a_restart_the_safe_current_holds_until_somebody_sets_one() -> None:
    """A set point is not kept: nobody knows what has become of who wrote it."""
    world = steered()
    want(world, 12)
    saved = disk(world).saved()
    again = World(MANAGED, saved)
    again.put(rows.ALLOWED, to=rows.STEERS)
    again.put(SAFE_EVSE, to=SAFE_A)
    again.online()

    assert seen(again) == SetPointView(counts=True, safe_a=SAFE_A)
    assert again.station.view().evses[0].because == "no set point"


# --- beside all others ---


def test_whoever_limits_most_is_obeyed_and_named() -> None:
    """Set point, house, charging profile and external limit at once: the lowest of them counts."""
    world = steered(Layout(manager=True, grid=GridLink.P1), station=True)
    world.put(INSTALLATION_MAX, to=25.0)
    world.house(0.0)
    lines(world, 20, 20, 20)
    want(world, 13)
    world.pass_time(6)  # what a vehicle may take to follow its offer
    world.measure()
    assert offered(world) == (13, "set point")
    world.house(13.0)
    assert offered(world) == (11.5, "house fuse L1")
    assert world.ask(r.InstallProfile(profile(1, 10))) == Accepted()
    assert offered(world) == (10, "TxDefaultProfile 1")
    schedule = Schedule(Unit.AMPERE, (Period(0, 9),))
    assert world.ask(SetExternalLimit(Source.OTHER, 1, schedule)) == Accepted()
    assert offered(world) == (9, "Other limit")
    lines(world, 20, 8, 20)
    assert offered(world) == (8, "set point")
    want(world, 7)
    assert offered(world) == (7, "set point")
    names = [claim.by for claim in world.station.why(1).claims]
    assert {"set point", "house fuse L1", "TxDefaultProfile 1", "Other limit"} <= set(names)
    assert names.count("set point") == 2


def test_a_transaction_tells_that_somebody_outside_changed_its_current() -> None:
    """As it does for any other limit from outside (2.0.1 K11)."""
    world = steered()
    want(world, 15)
    want(world, 10)

    told = [n.trigger for n in world.told(TransactionUpdated)]
    assert told.count(Trigger.CHARGING_RATE_CHANGED) == 2
    assert [n.because for n in world.told(LimitChanged) if n.evse == 1][-1] == "set point"


LIMITS_A = st.floats(0, 40)
PLACES = st.sampled_from([(1, 0), (2, 0), (0, 1), (0, 2), (0, 3)])


@settings(deadline=None, max_examples=50)
@given(steps=st.lists(st.tuples(PLACES, LIMITS_A, st.floats(0, 90)), max_size=25))
def test_nothing_is_ever_offered_above_what_holds(
    steps: list[tuple[tuple[int, int], float, float]],
) -> None:
    """Whoever sets what and when: each EVSE and each line stays under its own."""
    world = steered(evses=2, station=True)
    world.put(STATION_MAX, to=126.0)
    for (evse, line), limit_a, wait_s in steps:
        assert want(world, limit_a, evse, line) == Accepted()
        world.pass_time(wait_s)
        now = world.station.view()
        holds = [_holds(it) for it in now.set_points.evses]
        station_a = min(_holds(it) for it in now.set_points.lines)
        given_a = [evse.offered_a for evse in now.evses]
        assert all(a <= most_a for a, most_a in zip(given_a, holds, strict=True))
        assert sum(given_a) <= station_a + 1e-9


def _holds(point: SetPointView) -> float:
    """Return what a set point comes to now."""
    return point.safe_a if point.until is None else point.limit_a or 0.0
