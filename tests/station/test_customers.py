"""The station tells what it knows of a customer, and forgets what nobody needs any more."""

from __future__ import annotations

import pytest

from laadpaal.station.answers import Recalled
from laadpaal.station.charging_profiles import Purpose
from laadpaal.station.notices import TransactionEnded
from laadpaal.station.records import CustomerForgotten, TokenForgotten
from laadpaal.station.requests import InstallProfile, RecallCustomer, Reserve, WriteLocalList
from laadpaal.station.words import Reservation, Token, TokenKind, TokenStatus, Verdict
from tests.support.profiles import profile
from tests.support.world import CARD, GOOD, NOON, World

STRANGER = Token("04D4E5F6")
LISTED = Verdict(TokenStatus.BLOCKED, "family")


@pytest.fixture
def world() -> World:
    """Return a station that the CSMS has accepted."""
    world = World()
    world.online()
    world.measure(2)
    return world


def known(world: World, token: Token = CARD, *, forget: bool = False) -> Recalled:
    """Return what is known of somebody."""
    answer = world.ask(RecallCustomer(token, forget))
    assert isinstance(answer, Recalled)
    return answer


def test_nothing_is_known_of_a_stranger(world: World) -> None:
    """Nor of anybody who is named by what is never kept (2.0.1 N09)."""
    world.plug()
    world.swipe(STRANGER)

    assert known(world) == Recalled(world.now.utc)
    assert world.ask(RecallCustomer(None, forget=True)) == Recalled(world.now.utc)
    assert not any(isinstance(one, CustomerForgotten) for one in world.records)


def test_all_that_is_known_is_told(world: World) -> None:
    """Cache, list, what runs and its profile, and what is reserved (2.0.1 N09)."""
    reserved = Reservation(5, 2, CARD.kindless, NOON + 3600.0)
    world.plug()
    world.swipe()
    world.ask(InstallProfile(profile(3, evse=1, purpose=Purpose.TX)))
    world.ask(WriteLocalList(1, full=True, entries=((CARD.kindless, LISTED),)))
    world.ask(Reserve(reserved))

    assert known(world) == Recalled(
        world.now.utc, (GOOD,), LISTED, (1,), ("tx-1",), (reserved,), (3,)
    )


def test_who_waits_or_left_the_plug_is_known(world: World) -> None:
    """Also somebody who may charge and has not come yet."""
    world.swipe(verdict=None, reader=2)
    assert known(world).evses == (2,)
    world.swipe(STRANGER, reader=1)

    assert known(world, STRANGER).evses == (1,)
    assert known(world, STRANGER).running == ()


def test_the_cache_forgets_whatever_the_kind(world: World) -> None:
    """The answer tells it as it was, and the next one tells nothing (2.0.1 N10)."""
    world.plug()
    world.swipe()
    world.swipe()
    assert world.told(TransactionEnded)
    assert known(world, forget=True).cached == (GOOD,)

    assert [one.token for one in world.records if isinstance(one, TokenForgotten)] == [CARD]
    assert [one.token for one in world.records if isinstance(one, CustomerForgotten)] == [CARD]
    assert known(world).cached == ()


def test_another_kind_is_another_customer(world: World) -> None:
    """Two tokens are equal when value and kind are (2.0.1 erratum to C)."""
    world.plug()
    world.swipe()

    assert known(world, Token(CARD.value, TokenKind.KEY_CODE)) == Recalled(world.now.utc)
    assert known(world, Token(CARD.value.lower())).cached == (GOOD,)


def test_what_is_still_needed_stays(world: World) -> None:
    """What runs goes on, what is reserved is kept, and the list is not ours to change (N10)."""
    world.plug()
    world.swipe()
    world.ask(WriteLocalList(1, full=True, entries=((CARD, LISTED),)))
    world.ask(Reserve(Reservation(5, 2, CARD, NOON + 3600.0)))
    before = known(world, forget=True)
    after = known(world)

    assert before.cached
    assert after == Recalled(
        world.now.utc, (), LISTED, before.evses, before.running, before.reserved
    )
    assert world.evse().contactor_closed
