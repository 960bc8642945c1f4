"""Who is let in, who is not, and what is told of it."""

from __future__ import annotations

import asyncio

import pytest

from laadpaal.local_api.doorman import Denial, Denied
from laadpaal.local_api.lockout import FIRST_S, FREE
from laadpaal.local_api.passwords import LONGEST
from laadpaal.ports.accounts import User
from laadpaal.station.security import SecurityKind
from tests.support.accounts import Door

SECRET = "correct horse"
HERE = "192.0.2.7"


@pytest.fixture
def door() -> Door:
    """Return the door of a station that has just been taken out of its box."""
    return Door()


async def admitted(
    door: Door, name: str = "admin", password: str = SECRET, now: float = 0.0
) -> User | Denied:
    """Return who is let in."""
    return await door.doorman.admit(name, password, HERE, now)


async def test_nobody_is_let_in_before_the_first_password(door: Door) -> None:
    """Not even with an empty one."""
    assert door.doorman.first
    assert await admitted(door, password="") == Denied(Denial.WRONG)
    assert await admitted(door) == Denied(Denial.WRONG)


async def test_the_password_lets_in(door: Door) -> None:
    """The user alone whose it is."""
    await door.doorman.give(User.ADMIN, SECRET)

    assert not door.doorman.first
    assert await admitted(door) is User.ADMIN
    assert await admitted(door, password="wrong horse") == Denied(Denial.WRONG)
    assert await admitted(door, name="temp") == Denied(Denial.WRONG)
    assert await admitted(door, name="Owner") == Denied(Denial.WRONG)
    assert await admitted(door, name="") == Denied(Denial.WRONG)


async def test_the_installer_is_let_in_by_the_owner_only(door: Door) -> None:
    """As long as they have no account it is told that they have none, not that they are wrong."""
    assert await admitted(door, name="service") == Denied(Denial.OFF)

    await door.doorman.give(User.SERVICE, SECRET)
    assert await admitted(door, name="service") is User.SERVICE
    assert await admitted(door, name="service", password="wrong") == Denied(Denial.WRONG)

    await door.doorman.take(User.SERVICE)
    assert await admitted(door, name="service") == Denied(Denial.OFF)


async def test_a_temporary_password_ends(door: Door) -> None:
    """To the second."""
    await door.doorman.give(User.GUEST, SECRET, hours=2)
    assert door.doorman.expires_at(User.GUEST) == door.utc + 7200

    door.utc += 7199
    assert await admitted(door, name="temp") is User.GUEST
    door.utc += 1
    assert await admitted(door, name="temp") == Denied(Denial.WRONG)
    assert not door.doorman.has(User.GUEST)


async def test_who_charges_may_need_no_pin(door: Door) -> None:
    """If the owner wants it so."""
    await door.doorman.give(User.DRIVER, "")

    assert await admitted(door, name="end user", password="") is User.DRIVER
    assert await admitted(door, name="end user", password="1234") == Denied(Denial.WRONG)


async def test_too_many_mistakes_lock_out(door: Door) -> None:
    """The right password does not help then, and does once the time is over."""
    await door.doorman.give(User.ADMIN, SECRET)
    for _ in range(FREE + 1):
        await admitted(door, password="wrong")

    assert await admitted(door, now=0.5) == Denied(Denial.LOCKED_OUT, 5)
    assert await admitted(door, now=FIRST_S - 0.5) == Denied(Denial.LOCKED_OUT, 1)
    assert await admitted(door, now=FIRST_S) is User.ADMIN


async def test_many_at_once_are_counted_one_after_the_other(door: Door) -> None:
    """Who tries a hundred passwords in one instant has tried five."""
    await door.doorman.give(User.ADMIN, SECRET)
    guesses = [*(f"guess number {number}" for number in range(99)), SECRET]

    answers = await asyncio.gather(*(admitted(door, password=guess) for guess in guesses))

    assert answers.count(Denied(Denial.WRONG)) == FREE + 1
    assert answers[FREE + 1 :] == [Denied(Denial.LOCKED_OUT, 5)] * (99 - FREE)


async def test_a_password_without_an_end_is_wrong(door: Door) -> None:
    """And is not even looked at."""
    await door.doorman.give(User.ADMIN, SECRET)

    assert await admitted(door, password="x" * (LONGEST + 1)) == Denied(Denial.WRONG)


async def test_failures_are_told_without_the_password(door: Door) -> None:
    """With the name that was tried, shortened, and where from."""
    await admitted(door, name="x" * 100, password="hunter22222")

    ((kind, info),) = door.told
    assert kind is SecurityKind.LOCAL_LOGIN_FAILED
    assert info == f"'{'x' * 40}' was not let in from {HERE}."


async def test_a_new_password_is_told(door: Door) -> None:
    """That it changed, and whose it is; the one who forgot it is locked out no longer."""
    await door.doorman.give(User.ADMIN, SECRET)
    for _ in range(FREE + 1):
        await door.doorman.admit("admin", "wrong", "192.0.2.8", 0.0)

    await door.doorman.give(User.ADMIN, "battery staple")

    assert door.told[-1] == (
        SecurityKind.PARAMETERS_CHANGED,
        "The password of admin was changed.",
    )
    assert await admitted(door, password="battery staple") is User.ADMIN
    assert door.doorman.opened.is_set()
