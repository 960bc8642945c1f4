"""When a remote start is accepted, and what follows (S53, 1.6 section 4.6)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from laadpaal.properties import authorization as auth_rows
from laadpaal.station import events as e
from laadpaal.station.answers import Accepted, Reason, Refused
from laadpaal.station.notices import AuthorizationNeeded, TransactionStarted
from laadpaal.station.requests import ChangeAvailability, Reserve, StartCharging
from laadpaal.station.words import Reservation, Status, Token, TokenStatus, Verdict
from tests.support.world import CARD, GOOD, NOON, World

OTHER = Token("OTHER")
BAD = Verdict(TokenStatus.BLOCKED)


def nothing(world: World) -> None:
    """Leave the station as it is."""
    assert world.station.view().online


def plug(world: World) -> None:
    """Plug in."""
    world.plug()


def finish(world: World) -> None:
    """Charge, stop, and leave the cable where it is."""
    charge(world)
    world.swipe(OTHER)


def charge(world: World) -> None:
    """Let somebody else charge."""
    world.plug()
    world.swipe(OTHER)


def authorize(world: World) -> None:
    """Let somebody else hold a card to the reader, and fetch the cable."""
    world.swipe(OTHER, reader=1)


def wait(world: World) -> None:
    """Let somebody else hold a card to the reader, and the CSMS think about it."""
    world.swipe(OTHER, verdict=None, reader=1)


def reserve(world: World) -> None:
    """Keep the EVSE for the card."""
    assert world.ask(Reserve(Reservation(1, 1, CARD, NOON + 60.0))) == Accepted()


def reserve_for_another(world: World) -> None:
    """Keep the EVSE for somebody else."""
    assert world.ask(Reserve(Reservation(1, 1, OTHER, NOON + 60.0))) == Accepted()


def fault(world: World) -> None:
    """Break the EVSE."""
    world.tell(e.FaultRaised(1, 201))


def take_out(world: World) -> None:
    """Take the EVSE out of use."""
    world.ask(ChangeAvailability(operative=False, evse=1))


def lose(world: World) -> None:
    """Have a CSMS that has not accepted the station."""
    world.tell(e.CsmsOffline())


def with_(before: Callable[[World], None]) -> World:
    """Return an accepted station where something has happened at EVSE 1."""
    world = World()
    world.online()
    world.measure()
    before(world)
    return world


def starts(world: World) -> list[tuple[int, Token | None, int | None]]:
    """Return where, for whom and by which reservation the last transactions began."""
    told = world.told(TransactionStarted)
    return [(n.evse, n.token, n.reservation) for n in told if CARD.same(n.token)]


@pytest.mark.parametrize("before", [nothing, plug, finish, reserve])
@pytest.mark.parametrize("check", [True, False])
def test_accepted(before: Callable[[World], None], *, check: bool) -> None:
    """A free connector, one with a cable, one that is finishing, and one kept for the token."""
    world = with_(before)
    assert isinstance(world.ask(StartCharging(1, CARD, check=check)), Accepted)
    if check:
        world.tell(e.TokenJudged(CARD, GOOD))
    world.plug()

    assert starts(world) == [(1, CARD, 1 if before is reserve else None)]


@pytest.mark.parametrize(
    ("before", "reason"),
    [
        (charge, Reason.OCCUPIED),
        (authorize, Reason.AUTHORIZING),
        (wait, Reason.AUTHORIZING),
        (reserve_for_another, Reason.RESERVED),
        (fault, Reason.FAULTED),
        (take_out, Reason.UNAVAILABLE),
        (lose, Reason.NOT_REGISTERED),
    ],
)
@pytest.mark.parametrize("check", [True, False])
def test_rejected(before: Callable[[World], None], reason: Reason, *, check: bool) -> None:
    """In use, being authorized, kept for another, faulty, out of use; and nothing follows."""
    world = with_(before)
    asked = len(world.told(AuthorizationNeeded))
    answer = world.ask(StartCharging(1, CARD, check=check))
    world.plug()

    assert isinstance(answer, Refused)
    assert answer.reason is reason
    assert len(world.told(AuthorizationNeeded)) == asked
    assert starts(world) == []


@pytest.mark.parametrize("before", [charge, authorize, wait, reserve_for_another, fault, take_out])
def test_without_an_evse_the_station_chooses_another(before: Callable[[World], None]) -> None:
    """What would be rejected is not chosen."""
    world = with_(before)
    assert isinstance(world.ask(StartCharging(0, CARD, check=False)), Accepted)
    world.plug(2)

    assert starts(world) == [(2, CARD, None)]


def test_an_unknown_evse_is_rejected() -> None:
    """There is nothing to start at."""
    answer = with_(nothing).ask(StartCharging(3, CARD))

    assert isinstance(answer, Refused)
    assert answer.reason is Reason.UNKNOWN_EVSE


@pytest.mark.parametrize(("cached", "pre", "asks"), [(GOOD, True, False), (GOOD, False, True)])
def test_who_is_remembered_may_start_unasked(cached: Verdict, *, pre: bool, asks: bool) -> None:
    """The cache counts as it does for a card."""
    world = with_(plug)
    world.put(auth_rows.PRE_AUTHORIZE, to=pre)
    world.tell(e.TokenJudged(CARD, cached))
    world.ask(StartCharging(1, CARD))

    assert bool(world.told(AuthorizationNeeded)) == asks
    assert bool(starts(world)) == (not asks)


def test_a_token_that_is_denied_starts_nothing() -> None:
    """Accepted was the answer, and the connector stays what it was."""
    world = with_(reserve)
    assert world.ask(StartCharging(1, CARD)) == Accepted()
    world.tell(e.TokenJudged(CARD, BAD))
    world.plug()

    assert starts(world) == []
    assert world.statuses()[-1] is Status.RESERVED


@pytest.mark.parametrize("check", [True, False])
def test_nobody_plugs_in(*, check: bool) -> None:
    """After the connect timeout it is over, and a plug that comes later starts nothing."""
    world = with_(nothing)
    world.ask(StartCharging(1, CARD, check=check))
    world.tell(e.TokenJudged(CARD, GOOD))
    assert world.statuses()[-1] is Status.PREPARING
    world.pass_time(121.0)
    assert world.statuses()[-1] is Status.AVAILABLE
    world.plug()

    assert starts(world) == []
