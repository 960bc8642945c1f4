"""Codes that are keyed in stay secret, and guessing them takes longer and longer (2.0.1 C04)."""

from __future__ import annotations

import pytest

from laadpaal.station import events as e
from laadpaal.station.key_codes import FIRST_WAIT_S, FREE, LONGEST_WAIT_S
from laadpaal.station.notices import AuthorizationNeeded, TokenRefused, TransactionStarted
from laadpaal.station.words import Token, TokenKind, TokenStatus, Verdict
from tests.support.world import CARD, GOOD, World

BAD = Verdict(TokenStatus.INVALID)
TOO_MANY = "too many wrong codes"


def code(number: int) -> Token:
    """Return a code."""
    return Token(f"{number:04}", TokenKind.KEY_CODE)


def guessed(times: int = FREE) -> World:
    """Return a station with a vehicle, where somebody has guessed wrong."""
    world = World()
    world.online()
    world.plug()
    for number in range(times):
        world.swipe(code(number), BAD)
    return world


def looked_at(world: World) -> bool:
    """Key a code in, and tell whether the CSMS is asked about it."""
    before = len(world.told(AuthorizationNeeded))
    world.swipe(code(7777), BAD)
    return len(world.told(AuthorizationNeeded)) > before


def test_no_code_is_shown() -> None:
    """What is told of it can be told apart by its kind only."""
    assert "1234" not in repr(Token("1234", TokenKind.KEY_CODE))
    assert "1234" in repr(Token("1234"))


def test_a_few_wrong_ones_are_forgiven() -> None:
    """Anybody may mistype."""
    assert looked_at(guessed(FREE - 1))


def test_then_no_code_is_looked_at_for_a_while() -> None:
    """A card is."""
    world = guessed()
    assert not looked_at(world)
    assert world.told(TokenRefused)[-1].why == TOO_MANY
    world.swipe(CARD, GOOD)

    assert len(world.told(TransactionStarted)) == 1


@pytest.mark.parametrize("more", range(8))
def test_each_further_one_doubles_the_wait(more: int) -> None:
    """Up to a bound, so that nobody is shut out for ever."""
    world = guessed()
    wait_s = FIRST_WAIT_S
    for _ in range(more):
        world.pass_time(wait_s)
        assert looked_at(world)
        wait_s = min(2 * wait_s, LONGEST_WAIT_S)
    world.pass_time(wait_s - 1.0)
    assert not looked_at(world)
    world.pass_time(1.0)

    assert looked_at(world)


def test_a_right_one_begins_anew() -> None:
    """Whoever knows the code is no guesser."""
    world = guessed(FREE - 1)
    world.swipe(code(1234), GOOD)
    world.swipe(code(1234))
    world.tell(e.CableUnplugged(1))
    world.plug()
    world.swipe(code(1), BAD)

    assert looked_at(world)


def test_nobody_can_be_asked() -> None:
    """What is refused without the CSMS counts as well."""
    world = World()
    world.plug()
    for number in range(FREE):
        world.swipe(code(number))
    world.online()

    assert not looked_at(world)
