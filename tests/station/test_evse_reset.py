"""One EVSE is reset alone, and the other goes on (2.0.1 B11, B12)."""

from __future__ import annotations

import pytest

from laadpaal.properties import transactions as tx_rows
from laadpaal.station import actions as a
from laadpaal.station import events as e
from laadpaal.station import requests as r
from laadpaal.station.answers import Accepted, Reason, Refused, Scheduled
from laadpaal.station.display import ScreenState
from laadpaal.station.faults import CONTACTOR_FAULT
from laadpaal.station.notices import TransactionEnded, TransactionStarted
from laadpaal.station.restarts import REST_S
from laadpaal.station.words import By, ResetKind, Status, StopReason, Trigger
from tests.support.world import CARD, World, charging

NOW, IDLE = r.Reset(ResetKind.HARD, evse=1), r.Reset(ResetKind.ON_IDLE, evse=1)


@pytest.mark.parametrize("wish", [NOW, IDLE])
def test_an_idle_one_rests_and_is_back(wish: r.Reset) -> None:
    """It is unavailable for a moment, its hardware at rest, and the other notices nothing."""
    world = World()
    world.online()

    assert world.ask(wish) == Accepted()
    assert world.statuses()[-1] is Status.UNAVAILABLE
    assert world.evse().screen.state is ScreenState.BOOTING
    moves = (a.OfferCurrent, a.OpenContactor, a.UnlockPlug)
    assert [action for action in world.actions if isinstance(action, moves)][-3:] == [
        a.OfferCurrent(1, None),
        a.OpenContactor(1),
        a.UnlockPlug(1, 1),
    ]
    assert not any(isinstance(action, a.Restart) for action in world.actions)
    world.pass_time(REST_S)
    assert world.statuses() == [Status.AVAILABLE, Status.UNAVAILABLE, Status.AVAILABLE]
    assert world.statuses(2) == [Status.AVAILABLE]


@pytest.mark.parametrize("stop", tx_rows.POINTS)
def test_at_once_ends_its_transaction(stop: str) -> None:
    """The reason is the reset, whatever the stop points, and no card is named (B12)."""
    world = World()
    world.put(tx_rows.STOP_POINT, to=(stop,))
    world.online()
    world.plug()
    world.swipe()

    assert world.ask(NOW) == Accepted()
    (ended,) = world.told(TransactionEnded)
    assert (ended.trigger, ended.reason) == (Trigger.RESET_COMMAND, StopReason.HARD_RESET)
    assert ended.token is None
    world.pass_time(REST_S)
    assert world.statuses()[-1] is Status.FINISHING


def test_when_idle_waits_for_its_transaction() -> None:
    """Nobody new may begin there meanwhile, and the other may (B12)."""
    world = charging()

    assert world.ask(IDLE) == Scheduled()
    assert world.told(TransactionEnded) == []
    world.swipe()
    assert world.told(TransactionEnded)[-1].reason is StopReason.LOCAL
    assert world.statuses()[-1] is Status.UNAVAILABLE
    world.pass_time(REST_S)
    assert world.statuses()[-1] is Status.FINISHING


def test_nobody_new_comes_to_one_that_is_to_be_reset() -> None:
    """A remote start there is refused until it has been."""
    world = charging()
    world.ask(IDLE)
    start = r.StartCharging(1, CARD, By.REMOTE, check=False)
    world.evse().authorization = None
    world.evse().transaction = None
    world.evse().reset_wanted = True

    refused = world.ask(start)
    assert isinstance(refused, Refused)
    assert refused.reason is Reason.UNAVAILABLE


def test_what_is_plugged_in_meanwhile_begins_afterwards() -> None:
    """A plug that starts a transaction does so when the EVSE is back."""
    world = World()
    world.put(tx_rows.START_POINT, to=("EVConnected",))
    world.online()
    world.ask(NOW)
    world.plug()
    assert world.told(TransactionStarted) == []
    world.pass_time(REST_S)

    assert len(world.told(TransactionStarted)) == 1


def test_it_forgets_what_had_failed_to_move() -> None:
    """A contactor that was stuck is told to open once more."""
    world = World()
    world.online()
    world.tell(e.ContactorFailed(1))
    assert world.statuses()[-1] is Status.FAULTED
    world.ask(NOW)
    world.pass_time(REST_S)

    assert CONTACTOR_FAULT not in world.evse().faults
    assert world.statuses()[-1] is Status.AVAILABLE


def test_an_authorization_without_a_plug_is_gone() -> None:
    """Who had shown a card shows it again."""
    world = World()
    world.online()
    world.swipe(reader=1)
    world.ask(NOW)
    world.pass_time(REST_S)
    world.plug()

    assert world.told(TransactionStarted) == []


def test_there_has_to_be_one() -> None:
    """An EVSE that is not there cannot be reset."""
    answer = World().ask(r.Reset(ResetKind.HARD, evse=3))

    assert isinstance(answer, Refused)
    assert answer.reason is Reason.UNKNOWN_EVSE
