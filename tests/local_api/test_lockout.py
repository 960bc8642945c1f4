"""Whoever is wrong again and again waits longer and longer, and everybody else does not."""

from __future__ import annotations

import pytest

from laadpaal.local_api.lockout import FIRST_S, FORGOTTEN_S, FREE, LONGEST_S, MOST, Lockout

KEYS = (("user", "admin"), ("address", "192.0.2.7"))


def wrong(times: int, lockout: Lockout, now: float = 0.0) -> None:
    """Be wrong so often."""
    for _ in range(times):
        lockout.mistake(KEYS, now)


def test_a_few_mistakes_are_free() -> None:
    """Anybody mistypes."""
    lockout = Lockout()

    wrong(FREE, lockout)

    assert lockout.wait_s(KEYS, 0.0) == 0


@pytest.mark.parametrize(
    ("mistakes", "wait_s"),
    [(1, FIRST_S), (2, 2 * FIRST_S), (3, 4 * FIRST_S), (30, LONGEST_S), (3000, LONGEST_S)],
)
def test_each_further_one_doubles_the_wait(mistakes: int, wait_s: float) -> None:
    """Up to a quarter of an hour."""
    lockout = Lockout()

    wrong(FREE + mistakes, lockout, now=100.0)

    assert lockout.wait_s(KEYS, 100.0) == wait_s
    assert lockout.wait_s(KEYS, 101.0) == wait_s - 1
    assert lockout.wait_s(KEYS, 100.0 + wait_s) == 0


def test_either_key_is_enough() -> None:
    """Another address does not help at the same account, nor another account from there."""
    lockout = Lockout()
    wrong(FREE + 1, lockout)

    assert lockout.wait_s([("user", "admin"), ("address", "192.0.2.8")], 0.0) == FIRST_S
    assert lockout.wait_s([("user", "service"), ("address", "192.0.2.7")], 0.0) == FIRST_S
    assert lockout.wait_s([("user", "service"), ("address", "192.0.2.8")], 0.0) == 0


def test_who_is_right_begins_anew() -> None:
    """The mistakes before are forgotten."""
    lockout = Lockout()
    wrong(FREE, lockout)

    lockout.right(KEYS)
    wrong(FREE, lockout)

    assert lockout.wait_s(KEYS, 0.0) == 0


def test_time_forgives() -> None:
    """After an hour without a mistake the next one is the first, and not a moment before."""
    late, later = Lockout(), Lockout()
    wrong(FREE, late)
    wrong(FREE, later)

    late.mistake(KEYS, FORGOTTEN_S)
    later.mistake(KEYS, FORGOTTEN_S + 1)

    assert late.wait_s(KEYS, FORGOTTEN_S) == FIRST_S
    assert later.wait_s(KEYS, FORGOTTEN_S + 1) == 0


def test_the_memory_is_bounded() -> None:
    """Who comes from a thousand addresses pushes out the oldest of them, and no more."""
    lockout = Lockout()
    for number in range(MOST):
        for _ in range(FREE + 1):
            lockout.mistake([("address", number)], 0.0)
    lockout.mistake([("address", "one more")], 0.0)

    assert lockout.wait_s([("address", 0)], 0.0) == 0
    assert lockout.wait_s([("address", 1)], 0.0) == FIRST_S
