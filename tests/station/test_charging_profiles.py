"""What charging profiles allow: pure functions, one test for each rule."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laadpaal.station.charging_profiles import (
    Kind,
    Limits,
    Period,
    Profile,
    Purpose,
    Recurrency,
    Schedule,
    Source,
    Unit,
    Word,
    composite,
    for_evse,
    for_station,
    from_outside,
    says,
)
from tests.support.profiles import DAY_S, SPAN_S, allowed_a, externals, profile, profiles
from tests.support.world import NOON

WEEK_S = 7 * DAY_S
EXTERNAL = Profile(
    -1,
    0,
    Purpose.EXTERNAL,
    Kind.ABSOLUTE,
    0,
    (Schedule(Unit.AMPERE, (Period(0, 12),), starts_at=NOON),),
    source=Source.EMS,
)
HARDWARE_A = 32.0


def said(word: Word, lines: int = 3) -> tuple[float | None, float]:
    """Return ampere on each line, None without any, and the seconds until that may change."""
    limit_a = word.limit_a(lines)
    return (None if limit_a == math.inf else limit_a), word.until - NOON


def alone(one: Profile, at_s: float, since_s: float | None = 0.0) -> tuple[float | None, float]:
    """Return what one profile says so many seconds after noon."""
    return said(says(one, NOON + at_s, None if since_s is None else NOON + since_s))


# --- one profile ---


@pytest.mark.parametrize(
    ("at_s", "expected"),
    [
        (-1, (None, 0)),
        (0, (10, 60)),
        (59, (10, 60)),
        (60, (12, 90)),
        (89, (12, 90)),
        (90, (7, math.inf)),
    ],
)
def test_periods_follow_each_other(at_s: float, expected: tuple[float | None, float]) -> None:
    """An absolute schedule begins at its start, and its last limit stays."""
    one = profile(1, 10, (60, 12), (90, 7), kind=Kind.ABSOLUTE, starts_at=NOON)

    assert alone(one, at_s) == expected


def test_a_hair_before_its_instant_counts_as_the_instant() -> None:
    """A timer that is a rounding error early finds what it came for, and never itself again."""
    one = profile(1, 10, (60, 12), kind=Kind.ABSOLUTE, starts_at=NOON)

    assert alone(one, 60 - 1e-4) == (12, math.inf)


@pytest.mark.parametrize(
    ("since_s", "expected"), [(0, (10, 60)), (-60, (12, math.inf)), (-59, (10, 1))]
)
def test_a_relative_schedule_counts_from_when_power_may_flow(
    since_s: float, expected: tuple[float, float]
) -> None:
    """Its seconds are those of the transaction."""
    assert alone(profile(1, 10, (60, 12)), 0, since_s) == expected


def test_a_relative_schedule_stands_at_its_beginning_without_a_transaction() -> None:
    """Nothing counts while nobody charges, and no instant is awaited."""
    assert alone(profile(1, 10, (60, 12), duration_s=90), 1000, None) == (10, math.inf)


@pytest.mark.parametrize(
    ("at_s", "expected"), [(0, (10, 60)), (60, (12, 90)), (89, (12, 90)), (90, (None, math.inf))]
)
def test_a_duration_ends_a_schedule(at_s: float, expected: tuple[float | None, float]) -> None:
    """Periods beyond it are ignored, and nothing is said any more."""
    one = profile(1, 10, (60, 12), (100, 7), duration_s=90, kind=Kind.ABSOLUTE, starts_at=NOON)

    assert alone(one, at_s) == expected


@pytest.mark.parametrize(
    ("recurrency", "length_s"), [(Recurrency.DAILY, DAY_S), (Recurrency.WEEKLY, WEEK_S)]
)
@pytest.mark.parametrize("runs", [0, 1, 9])
def test_a_recurring_schedule_begins_anew(recurrency: Recurrency, length_s: int, runs: int) -> None:
    """It restarts at the same second of each day or week, and is silent after its duration."""
    starts_at = NOON - runs * length_s
    one = profile(
        1,
        10,
        (60, 12),
        kind=Kind.RECURRING,
        recurrency=recurrency,
        starts_at=starts_at,
        duration_s=90,
    )

    assert alone(one, 0) == (10, 60)
    assert alone(one, 60) == (12, 90)
    assert alone(one, 90) == (None, length_s)
    assert alone(one, length_s - 1) == (None, length_s)
    assert alone(one, length_s) == (10, length_s + 60)


def test_a_recurring_schedule_has_a_first_day() -> None:
    """It works from its start, and not on the days before."""
    one = profile(
        kind=Kind.RECURRING, recurrency=Recurrency.DAILY, starts_at=NOON + DAY_S, duration_s=60
    )

    assert alone(one, 0) == (None, DAY_S)
    assert alone(one, DAY_S) == (10, DAY_S + 60)


def test_what_is_longer_than_its_recurrence_is_cut() -> None:
    """Each day begins with the first period, whatever the duration or the last start say."""
    one = profile(
        1,
        10,
        (DAY_S - 10, 12),
        (DAY_S + 10, 7),
        kind=Kind.RECURRING,
        recurrency=Recurrency.DAILY,
        starts_at=NOON,
        duration_s=2 * DAY_S,
    )

    assert alone(one, DAY_S - 1) == (12, DAY_S)
    assert alone(one, DAY_S + 10) == (10, 2 * DAY_S - 10)


@pytest.mark.parametrize(
    ("at_s", "expected"), [(-1, (None, 0)), (0, (10, 30)), (29, (10, 30)), (30, (None, math.inf))]
)
def test_validity_bounds_every_profile(at_s: float, expected: tuple[float | None, float]) -> None:
    """From validFrom on, up to and without validTo."""
    assert alone(profile(valid_from=NOON, valid_to=NOON + 30), at_s, -100) == expected


# --- units ---


@pytest.mark.parametrize(
    ("lines", "expected"), [(1, 16.0), (2, 8.0), (3, pytest.approx(5.333, 1e-3))]
)
def test_watts_are_spread_over_the_lines_in_use(lines: int, expected: float) -> None:
    """3680 W are 16 A on one line, and too little to charge with on three (S15)."""
    word = says(profile(1, 3680, unit=Unit.WATT), NOON, NOON)

    assert word.limit_a(lines) == expected


@pytest.mark.parametrize("phases", [None, 1, 3])
def test_what_was_meant_for_fewer_lines_does_not_flow_on_more(phases: int | None) -> None:
    """A number of phases changes nothing: ampere hold on each line, watts on all together."""
    schedule = Schedule(Unit.WATT, (Period(0, 6900, phases),))
    one = Profile(1, 1, Purpose.TX, Kind.RELATIVE, 0, (schedule,))

    assert says(one, NOON, NOON).limit_a(3) == 10


# --- several profiles ---


def test_the_highest_level_that_says_anything_leads() -> None:
    """When it falls silent the next one down takes over, and nobody after the last."""
    stack = [
        profile(1, 10, level=0, duration_s=100),
        profile(2, 14, level=2, duration_s=50),
        profile(3, 6, level=1, valid_from=NOON + 80),
    ]
    found = [said(for_evse(stack, 1, NOON + at, NOON))[0] for at in (0, 50, 80, 100)]

    assert found == [14, 10, 6, 6]
    assert for_evse(stack, 1, NOON, NOON).until == NOON + 50


def test_an_evse_has_its_own_profiles_and_those_of_all() -> None:
    """Its defaults and those of all are one stack; neighbours see theirs (2.0.1 K01)."""
    stack = [
        profile(1, 10, evse=0, level=1),
        profile(2, 14, evse=1, level=5, duration_s=60),
        profile(3, 8, evse=0, level=9, valid_from=NOON + 90),
    ]
    found = [said(for_evse(stack, 1, NOON + at, NOON))[0] for at in (0, 60, 90)]

    assert found == [14, 10, 8]
    assert said(for_evse(stack, 2, NOON, NOON))[0] == 10


def test_an_evse_s_own_default_may_come_first() -> None:
    """Before everybody's, whatever their levels (1.6 section 5.16)."""
    stack = [
        profile(1, 10, evse=0, level=5),
        profile(2, 14, evse=1, level=1, duration_s=60),
    ]
    found = [said(for_evse(stack, 1, NOON + at, NOON, own_first=True))[0] for at in (0, 60)]

    assert found == [14, 10]
    assert said(for_evse(stack, 1, NOON, NOON))[0] == 10
    assert said(for_evse(stack, 2, NOON, NOON, own_first=True))[0] == 10


def test_of_equals_the_evse_s_own_leads() -> None:
    """Two of one level can only come from times when they were allowed."""
    stack = [profile(1, 10, evse=0), profile(2, 14, evse=1)]

    assert said(for_evse(stack, 1, NOON, NOON))[0] == 14


def test_every_external_limit_counts() -> None:
    """Each source on its own, and whatever the CSMS says besides."""
    stack = [
        replace(EXTERNAL, source=Source.SO),
        replace(EXTERNAL, id=-2, schedules=(Schedule(Unit.AMPERE, (Period(0, 6),), 60, NOON),)),
        replace(EXTERNAL, id=-3, evse=1),
        profile(1, 10),
    ]
    words = from_outside(stack, 0, NOON)

    assert [said(word) for word in words] == [(12, math.inf), (6, 60)]
    assert [said(word) for word in from_outside(stack, 0, NOON + 60)] == [
        (12, math.inf),
        (None, math.inf),
    ]
    assert len(from_outside(stack, 1, NOON)) == 1
    assert from_outside(stack, 2, NOON) == ()
    assert said(for_evse(stack, 1, NOON, NOON)) == (10, math.inf)
    assert said(for_station(stack, NOON)) == (None, math.inf)


def test_a_profile_of_the_transaction_replaces_the_default() -> None:
    """Also when it allows more, and only while it says anything."""
    stack = [
        profile(1, 10),
        profile(2, 16, purpose=Purpose.TX, duration_s=60),
    ]
    found = [said(for_evse(stack, 1, NOON + at, NOON))[0] for at in (0, 60)]

    assert found == [16, 10]


def test_the_station_has_its_own() -> None:
    """What limits all together is no EVSE's, and the other way round."""
    stack = [
        profile(1, 10),
        profile(2, 20, evse=0, purpose=Purpose.STATION_MAX, kind=Kind.ABSOLUTE, starts_at=NOON - 5),
    ]

    assert said(for_station(stack, NOON)) == (20, math.inf)
    assert said(for_evse(stack, 1, NOON, NOON)) == (10, math.inf)


def test_without_profiles_nothing_is_limited() -> None:
    """And no instant is awaited."""
    assert said(for_evse([], 1, NOON, None)) == (None, math.inf)
    assert said(for_station([], NOON)) == (None, math.inf)


@pytest.mark.parametrize(
    ("one", "name"),
    [
        (profile(12, purpose=Purpose.TX), "TxProfile 12"),
        (profile(7), "TxDefaultProfile 7"),
        (profile(3, purpose=Purpose.STATION_MAX), "station max profile 3"),
        (EXTERNAL, "EMS limit"),
    ],
)
def test_a_profile_has_a_name_for_people(one: Profile, name: str) -> None:
    """It is what they read when they ask why."""
    assert one.name == name


# --- the composite schedule ---


def test_neighbours_with_the_same_limit_are_one() -> None:
    """The first period starts at second 0, and limits have one decimal."""
    stack = [profile(1, 10, (30, 10.04), (60, 12), duration_s=90)]
    limits = _limits(stack, since=NOON, most_a=12)

    assert composite(limits, NOON, 200, lambda _: 3) == (Period(0, 10.0, 3), Period(60, 12.0, 3))


def test_a_composite_ends_before_what_comes_later() -> None:
    """What changes at its end or after is no part of it."""
    stack = [profile(1, 10, (60, 12))]

    assert composite(_limits(stack, since=NOON), NOON, 60, lambda _: 1) == (Period(0, 10.0, 1),)


def test_seconds_are_whole() -> None:
    """Between two seconds the nearer one is told, and the later of two limits within one stays."""
    one = profile(1, 10, (1, 12), (60, 14))
    limits = _limits([one], since=NOON)

    assert composite(limits, NOON + 0.7, 100, lambda _: 3) == (
        Period(0, 12.0, 3),
        Period(59, 14.0, 3),
    )


STACKS = st.lists(profiles() | profiles() | externals(), max_size=8)


def _limits(
    stack: list[Profile],
    since: float,
    most_a: float = HARDWARE_A,
    lines: int = 3,
    *,
    own_first: bool = False,
) -> Limits:
    def limits(at: float) -> tuple[float, float]:
        words = [
            for_evse(stack, 1, at, since, own_first=own_first),
            for_station(stack, at),
            *from_outside(stack, 0, at),
            *from_outside(stack, 1, at),
        ]
        lowest = min(most_a, *(word.limit_a(lines) for word in words))
        return lowest, min(word.until for word in words)

    return limits


def _each_second(periods: tuple[Period, ...]) -> list[float]:
    return [[it.limit for it in periods if it.start_s <= second][-1] for second in range(SPAN_S)]


def _plainly(
    stack: list[Profile], at_s: int, since_s: int, lines: int, *, own_first: bool
) -> list[float]:
    found: list[float] = []
    for second in range(SPAN_S):
        at = int(NOON) + at_s + second
        said = allowed_a(stack, 1, at, int(NOON) + since_s, lines, own_first=own_first)
        found.append(round(min([HARDWARE_A, *(it for it in said if it is not None)]), 1))
    return found


def _tidy(stack: list[Profile]) -> list[Profile]:
    """Return them as a station would have them: one in each place."""
    return list({one.place: one for one in stack}.values())


@settings(max_examples=400, deadline=None)
@given(
    stack=STACKS,
    at_s=st.integers(-20, 60),
    ago_s=st.integers(-60, 0),
    lines=st.integers(1, 3),
    own_first=st.booleans(),
)
def test_any_stack_comes_to_what_it_plainly_says(
    stack: list[Profile], at_s: int, ago_s: int, lines: int, *, own_first: bool
) -> None:
    """The composite schedule is, second for second, what the rules say in plain words."""
    stack, since_s = _tidy(stack), at_s + ago_s
    limits = _limits(stack, NOON + since_s, lines=lines, own_first=own_first)
    periods = composite(limits, NOON + at_s, SPAN_S, lambda _: lines)

    assert periods[0].start_s == 0
    assert all(one.limit != next_.limit for one, next_ in pairwise(periods))
    assert _each_second(periods) == _plainly(stack, at_s, since_s, lines, own_first=own_first)


@settings(max_examples=200, deadline=None)
@given(STACKS, st.integers(-20, 60), st.integers(0, 400).map(lambda tenths: tenths / 10))
def test_a_station_max_never_raises_anything(
    stack: list[Profile], at_s: int, limit_a: float
) -> None:
    """Whatever else is installed, no second allows more than it, nor more than without it."""
    stack = [one for one in _tidy(stack) if one.purpose is not Purpose.STATION_MAX]
    cap = profile(
        99, limit_a, evse=0, purpose=Purpose.STATION_MAX, kind=Kind.ABSOLUTE, starts_at=NOON - 100
    )
    free, capped = (
        _each_second(composite(_limits(it, NOON), NOON + at_s, SPAN_S, lambda _: 3))
        for it in (stack, [*stack, cap])
    )

    assert capped == [min(one, limit_a) for one in free]


@settings(max_examples=200, deadline=None)
@given(STACKS, st.integers(-20, 60), st.integers(0, 3))
def test_what_is_said_stays_until_it_says(stack: list[Profile], at_s: int, parts: int) -> None:
    """Anywhere before the announced instant, the same profile says the same."""
    stack, at = _tidy(stack), NOON + at_s
    word = for_evse(stack, 1, at, NOON)
    until = min(word.until, at + 1000.0)
    between = for_evse(stack, 1, at + (until - at) * parts / 4, NOON)

    assert word.until > at
    assert (between.profile, between.period) == (word.profile, word.period)
