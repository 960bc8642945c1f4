"""A master pass stops every transaction, and starts none (2.0.1 C16)."""

from __future__ import annotations

import pytest

from laadpaal.properties import authorization as rows
from laadpaal.properties import transactions as tx_rows
from laadpaal.station import events as e
from laadpaal.station.answers import Reason, Refused
from laadpaal.station.notices import (
    AuthorizationNeeded,
    TokenRefused,
    TransactionEnded,
    TransactionStarted,
)
from laadpaal.station.requests import Reserve, StartCharging
from laadpaal.station.words import Reservation, StopReason, Token, TokenStatus, Trigger, Verdict
from tests.support.world import CARD, GOOD, NOON, World

PASS = Token("MASTER")
MASTER = Verdict(TokenStatus.ACCEPTED, group="police")
STOLEN = Verdict(TokenStatus.BLOCKED, group="police")
STARTS_NOTHING = "a master pass starts nothing"


def accepted() -> World:
    """Return an accepted station that knows a master group."""
    world = World()
    world.online()
    world.put(rows.MASTER_GROUP, to="Police")
    return world


def busy() -> World:
    """Return one where both EVSEs charge."""
    world = accepted()
    for number, text in ((1, "A"), (2, "B")):
        world.plug(number)
        world.swipe(Token(text), reader=number)
    return world


@pytest.mark.parametrize("reader", [0, 1, 2])
def test_it_stops_every_transaction(reader: int) -> None:
    """Wherever it is shown, after the CSMS was asked; the plugs are let go."""
    world = busy()
    world.swipe(PASS, MASTER, reader)

    ended = world.told(TransactionEnded)
    assert {(n.evse, n.trigger, n.reason, n.token) for n in ended} == {
        (number, Trigger.STOP_AUTHORIZED, StopReason.MASTER_PASS, PASS) for number in (1, 2)
    }
    assert not any(world.evse(number).locked for number in (1, 2))
    assert world.told(TokenRefused) == []


def test_one_that_is_known_asks_nobody() -> None:
    """Known from cache or list it stops without a question (TC_C_14)."""
    world = busy()
    world.tell(e.TokenJudged(PASS, MASTER))
    before = len(world.told(AuthorizationNeeded))
    world.swipe(PASS, verdict=None)

    assert len(world.told(TransactionEnded)) == 2
    assert len(world.told(AuthorizationNeeded)) == before


def test_it_lets_go_what_is_held_for_others() -> None:
    """A plug that waits for its owner's card is free for whoever comes with the pass."""
    world = accepted()
    world.plug()
    world.swipe()
    world.tell(e.TransactionJudged("tx-1", CARD, Verdict(TokenStatus.BLOCKED)))
    assert world.evse().locked
    world.swipe(PASS, MASTER)

    assert not world.evse().locked


def test_it_starts_nothing() -> None:
    """With nothing to stop it is refused like any other card."""
    world = accepted()
    world.plug()
    world.swipe(PASS, MASTER)

    assert world.told(TransactionStarted) == []
    assert [n.why for n in world.told(TokenRefused)] == [STARTS_NOTHING]


def test_nor_does_it_from_afar() -> None:
    """A start that was asked for neither starts nor stops, whether its group is known or not."""
    world = busy()
    world.tell(e.CableUnplugged(1))
    world.plug()
    answers = [
        world.ask(StartCharging(1, PASS, group="police", check=False)),
        world.ask(StartCharging(1, PASS)),
    ]
    world.tell(e.TokenJudged(PASS, MASTER))
    answers.append(world.ask(StartCharging(1, PASS)))

    assert [a.reason if isinstance(a, Refused) else a for a in answers[::2]] == [
        Reason.BAD_TOKEN,
        Reason.BAD_TOKEN,
    ]
    assert [n.why for n in world.told(TokenRefused)] == [STARTS_NOTHING]
    assert world.evse(2).transaction
    assert not world.evse(1).transaction


def test_a_reservation_is_not_in_its_way() -> None:
    """It does not want the EVSE that is kept for somebody."""
    world = accepted()
    world.plug()
    world.swipe()
    world.tell(e.TokenJudged(PASS, MASTER))
    world.ask(Reserve(Reservation(1, 2, Token("X"), NOON + 3600)))
    world.swipe(PASS, reader=2)

    assert [n.evse for n in world.told(TransactionEnded)] == [1]


def test_a_blocked_one_stops_nothing() -> None:
    """The group alone does not do it."""
    world = busy()
    world.swipe(PASS, STOLEN)

    assert world.told(TransactionEnded) == []
    assert [n.why for n in world.told(TokenRefused)] == ["the CSMS says Blocked"]


def test_without_a_master_group_there_is_none() -> None:
    """An empty setting is no group, not the group of those without one."""
    world = busy()
    world.put(rows.MASTER_GROUP, to="")
    world.swipe(PASS, Verdict(TokenStatus.ACCEPTED, group=""))
    world.swipe(PASS, MASTER)
    world.swipe(PASS, GOOD)

    assert world.told(TransactionEnded) == []


def test_a_transaction_that_stays_open_ends_with_its_reason() -> None:
    """Where only the plug ends a transaction, its end still says who has stopped it."""
    world = accepted()
    world.put(tx_rows.STOP_POINT, to=("EVConnected",))
    world.plug()
    world.swipe()
    world.swipe(PASS, MASTER)
    assert world.told(TransactionEnded) == []
    world.tell(e.CableUnplugged(1))

    assert [n.reason for n in world.told(TransactionEnded)] == [StopReason.MASTER_PASS]
