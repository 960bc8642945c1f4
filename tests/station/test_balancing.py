"""How current is shared: never above a budget in sum, never above a wish, equal where it can be."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laadpaal.station.balancing import (
    LINES,
    Budget,
    Headroom,
    Taker,
    even,
    left_by,
    split,
)
from laadpaal.station.claims import LEAST_A, Claim
from laadpaal.station.measurement import Phases

AMPS = st.floats(-40, 80)
PHASES = st.tuples(AMPS, AMPS, AMPS)
SOME_LINES = st.sampled_from([(0,), (1,), (2,), (0, 1), (1, 2), LINES])


@st.composite
def crowds(draw: st.DrawFn) -> list[Taker]:
    """Return some takers, each with habits and claims of its own."""
    return [
        Taker(
            number,
            draw(SOME_LINES),
            least_a=draw(st.sampled_from([6.0, 14.0])),
            hopes_a=draw(st.sampled_from([0.0, 14.0])),
            wants_a=draw(st.sampled_from([8.0, 11.5, math.inf])),
            most_a=draw(st.sampled_from([6.0, 10.0, 16.0, 32.0, math.inf])),
            served=draw(st.booleans()),
        )
        for number in range(1, draw(st.integers(1, 5)) + 1)
    ]


def taken_a(limits_a: Phases, takers: list[Taker], spare_a: float = 0.0) -> dict[int, float]:
    """Return what each takes of its part, given the other claims on it."""
    parts = split(limits_a, takers, spare_a)
    return {t.number: min(parts[t.number].limit_a, max(t.most_a, t.least_a)) for t in takers}


@given(PHASES, crowds(), st.sampled_from([0.0, 1.0]))
def test_no_line_gives_more_than_it_has(
    limits_a: Phases, takers: list[Taker], spare_a: float
) -> None:
    """In sum, on each line; and each has nothing, or enough to charge with."""
    taken = taken_a(limits_a, takers, spare_a)

    for line in LINES:
        total_a = sum(taken[t.number] for t in takers if line in t.lines)
        assert total_a <= max(0.0, limits_a[line]) + 1e-9
    for taker in takers:
        assert not taken[taker.number] or taken[taker.number] >= taker.least_a - 1e-9


@given(PHASES, crowds())
def test_nothing_is_kept_from_who_could_have_it(limits_a: Phases, takers: list[Taker]) -> None:
    """Whoever is served has their most, or uses a line that has no more."""
    taken = taken_a(limits_a, takers)

    for taker in takers:
        if taken[taker.number] and taken[taker.number] < taker.most_a - 1e-9:
            left_a = [
                limits_a[line] - sum(taken[t.number] for t in takers if line in t.lines)
                for line in taker.lines
            ]
            assert min(left_a) == pytest.approx(0, abs=1e-6)


@given(st.floats(0, 80), st.floats(0, 10), st.integers(1, 5))
def test_more_for_all_is_less_for_nobody(limit_a: float, more_a: float, number: int) -> None:
    """A budget that grows takes nothing away, as long as it makes nobody new begin."""
    takers = [Taker(n, hopes_a=7.0 * n, wants_a=6.0 + n, most_a=20.0) for n in range(number)]
    less, more = (taken_a((a,) * 3, takers) for a in (limit_a, limit_a + more_a))

    assert sum(less.values()) <= sum(more.values()) + 1e-9
    assert {n for n, current_a in less.items() if current_a} <= {n for n in more if more[n]}


@given(st.floats(0, 200), st.lists(st.integers(1, 9), unique=True))
def test_equals_have_equal_parts(limit_a: float, numbers: list[int]) -> None:
    """All who can be served are, in their order, and have as much as each other."""
    parts = split((limit_a,) * 3, [Taker(number) for number in numbers])
    served = [number for number in numbers if parts[number].limit_a]

    assert served == numbers[: len(served)]
    assert len({round(parts[number].limit_a, 9) for number in served}) <= 1
    if len(served) < len(numbers):
        assert limit_a < LEAST_A * (len(served) + 1)


@pytest.mark.parametrize(
    ("limits_a", "takers", "expected"),
    [
        pytest.param((20, 20, 20), [Taker(1), Taker(2)], [10, 10], id="equal parts"),
        pytest.param((11.9, 20, 20), [Taker(1), Taker(2)], [11.9, 0], id="the last waits"),
        pytest.param((12, 20, 20), [Taker(1), Taker(2)], [6, 6], id="just enough"),
        pytest.param((20, 9, 15), [Taker(1, (0,)), Taker(2, (1,))], [20, 9], id="lines apart"),
        pytest.param((20, 9, 15), [Taker(1, (0,)), Taker(2)], [11, 9], id="what one line leaves"),
        pytest.param((5, 9, 9), [Taker(1), Taker(2, (1,))], [0, 9], id="another line has enough"),
        pytest.param((20,) * 3, [Taker(1, wants_a=8), Taker(2)], [8, 12], id="who wants less"),
        pytest.param(
            (20,) * 3, [Taker(1, wants_a=8), Taker(2, wants_a=7)], [10, 10], id="all want less"
        ),
        pytest.param((20,) * 3, [Taker(1, most_a=7), Taker(2)], [10, 13], id="who is not allowed"),
        pytest.param((20,) * 3, [Taker(1), Taker(2, hopes_a=14)], [6, 14], id="a hope"),
        pytest.param((19,) * 3, [Taker(1), Taker(2, hopes_a=14)], [9.5, 9.5], id="a vain hope"),
        pytest.param(
            (30,) * 3, [Taker(1), Taker(2, hopes_a=14, most_a=10)], [20, 15], id="a modest hope"
        ),
        pytest.param((20,) * 3, [Taker(1), Taker(2, least_a=14)], [6, 14], id="who needs more"),
        pytest.param((19,) * 3, [Taker(1), Taker(2, least_a=14)], [19, 0], id="and has it not"),
        pytest.param((16,) * 3, [Taker(1, idle=True), Taker(2)], [8, 16], id="who is idle"),
        pytest.param((9,) * 3, [Taker(1), Taker(2, idle=True)], [9, 6], id="idle, and little"),
        pytest.param((5,) * 3, [Taker(2, idle=True)], [0], id="too little for the idle, too"),
        pytest.param((-3, 20, 20), [Taker(1), Taker(2, (1, 2))], [0, 20], id="a line that is over"),
    ],
)
def test_who_has_what(limits_a: Phases, takers: list[Taker], expected: list[float]) -> None:
    """What each is offered, as far as this budget goes."""
    parts = split(limits_a, takers)

    assert [parts[t.number].limit_a for t in takers] == pytest.approx(expected)


def test_one_more_begins_only_with_something_to_spare() -> None:
    """Whoever charges goes on with the least, and whoever does not waits for more."""
    waiting = Taker(2, served=False)
    few, enough = (split((a,) * 3, [Taker(1), waiting], 1.0) for a in (12.9, 13.0))

    assert (few[2].limit_a, enough[2].limit_a) == (0.0, 6.5)


def test_a_budget_names_its_line() -> None:
    """The house's fuse tells which, also to who waits; what is the same everywhere does not."""
    house = Budget("house fuse", (20, 9, 5.5), of_house=True)
    one, other, last = Taker(1, (0,)), Taker(2, (0, 1)), Taker(3)

    assert house.claims([one, other, last]) == {
        1: Claim("house fuse L1", 11.0),
        2: Claim("house fuse L2", 9.0),
        3: Claim("house fuse L3", 0.0),
    }
    assert house.on_all() == Claim("house fuse L3", 5.5)
    fixed = even("station", 20, external=True)
    assert fixed.claims([one]) == {1: Claim("station", 20, external=True)}
    assert fixed.on_all() == Claim("station", 20, external=True)


def test_imbalance_counts_only_who_is_unbalanced() -> None:
    """Whoever takes the same from every line cannot tilt anything."""
    budget = Budget("imbalance", (20.0,) * 3, unbalanced=True)
    tilting = [Taker(1, (0,), balanced=False), Taker(2, (0,), balanced=False)]

    assert budget.claims([*tilting, Taker(3)]) == {
        1: Claim("imbalance", 10.0),
        2: Claim("imbalance", 10.0),
    }


def test_what_a_house_leaves() -> None:
    """The fuse less what the house takes, and half an ampere; what the sun gives comes on top."""
    assert left_by((10.0, 0.0, -6.0), 25.0) == (14.5, 24.5, 30.5)


# --- what a line has left, as time goes by ---


def followed(*said: tuple[float, float]) -> list[float | None]:
    """Return the limits after measurements, each of which leaves so much for so many seconds."""
    headroom, mono, limits = Headroom(), 100.0, []
    for left_a, lasts_s in said:
        for _ in range(round(lasts_s)):
            headroom.take(left_a, left_a, mono)
            mono += 1.0
        limits.append(headroom.limit_a)
    return limits


def test_less_counts_at_once_and_more_once_it_has_lasted() -> None:
    """The first measurement counts as it is; what was left a moment ago is the least."""
    assert followed((20, 1), (12, 1), (20, 10), (20, 1)) == [20, 12, 12, 20]
    assert followed((12, 1), (20, 5), (15, 1), (20, 5), (20, 6)) == [12, 12, 12, 15, 20]


def test_after_a_pause_more_must_last_longer() -> None:
    """Vehicles dislike short pauses, so half a minute of enough comes first."""
    assert followed((5, 1), (20, 30), (20, 1)) == [5, 5, 20]


def test_small_rises_and_quick_ones_are_none() -> None:
    """A rise is worth telling from half an ampere on, and comes five seconds after another."""
    assert followed((12, 1), (12.4, 30), (12.5, 11)) == [12, 12, 12.5]
    rising = followed((12, 11), *((12 + second, 1) for second in range(30)))
    changes = [n for n, (a, b) in enumerate(pairwise(rising)) if a != b]
    assert min(b - a for a, b in pairwise(changes)) >= 5


def test_few_measurements_are_no_proof() -> None:
    """However long ago the first was, three of them must say so."""
    headroom = Headroom()
    limits = []
    for at, left_a in ((0.0, 10.0), (90.0, 20.0), (180.0, 20.0), (270.0, 20.0)):
        headroom.take(left_a, left_a, at)
        limits.append(headroom.limit_a)

    assert limits == [10, 10, 10, 20]


def test_what_is_not_sure_moves_nothing() -> None:
    """Between what surely is left and what perhaps is, the limit stays."""
    headroom = Headroom()
    moved = [headroom.take(10, 10, 0.0)]
    moved += [headroom.take(4, 16, float(second)) for second in range(1, 60)]

    assert moved == [True] + [False] * 59
    assert headroom.limit_a == 10
    headroom.take(4, 9.99, 60.0)
    assert headroom.limit_a == 9.9


def test_what_was_heard_before_a_loss_is_forgotten() -> None:
    """The first measurement after it counts as it is."""
    headroom = Headroom()
    headroom.take(5, 5, 0.0)
    headroom.forget()
    assert headroom.limit_a is None
    headroom.take(20, 20, 200.0)
    assert headroom.limit_a == 20


@given(st.lists(st.tuples(st.floats(-50, 50), st.floats(0, 20)), min_size=1, max_size=80))
def test_a_limit_is_never_above_what_perhaps_is_left(said: list[tuple[float, float]]) -> None:
    """Nor above what surely was left when it rose."""
    headroom = Headroom()
    for second, (surely_a, doubt_a) in enumerate(said):
        before = headroom.limit_a
        headroom.take(surely_a, surely_a + doubt_a, float(second))
        assert headroom.limit_a is not None
        assert headroom.limit_a <= surely_a + doubt_a + 1e-5
        if before is None or headroom.limit_a > before:
            assert headroom.limit_a <= surely_a + 1e-5
