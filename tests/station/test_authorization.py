"""Who may charge: the order in which cache, CSMS and offline rules decide."""

from __future__ import annotations

import pytest

from laadpaal.properties import authorization as rows
from laadpaal.properties import transactions as tx_rows
from laadpaal.station import events as e
from laadpaal.station import requests as r
from laadpaal.station.display import ScreenState
from laadpaal.station.notices import (
    AuthorizationNeeded,
    TokenRefused,
    TransactionEnded,
    TransactionStarted,
    TransactionUpdated,
)
from laadpaal.station.words import (
    ChargingState,
    Pilot,
    Status,
    StopReason,
    Token,
    TokenStatus,
    Trigger,
    Verdict,
)
from tests.support.world import CARD, GOOD, NOON, World

OTHER = Token("OTHER")
BAD = Verdict(TokenStatus.BLOCKED)


def plugged() -> World:
    """Return an accepted station with a vehicle on EVSE 1."""
    world = World()
    world.online()
    world.plug()
    return world


@pytest.mark.parametrize(
    ("known", "pre", "asked"),
    [
        (GOOD, True, False),
        (GOOD, False, True),
        (BAD, True, True),
        (Verdict(TokenStatus.ACCEPTED, expires_at=NOON - 1), True, True),
        (Verdict(TokenStatus.ACCEPTED, expires_at=NOON + 1), True, False),
        (None, True, True),
    ],
)
def test_online_the_csms_is_asked_unless_the_cache_may_say(
    known: Verdict | None, *, pre: bool, asked: bool
) -> None:
    """Only a good, unexpired, remembered token starts unasked (1.6 section 4.2, 2.0.1 C12)."""
    world = plugged()
    world.put(rows.PRE_AUTHORIZE, to=pre)
    if known:
        world.tell(e.TokenJudged(CARD, known))
    world.swipe(verdict=None)

    assert bool(world.told(AuthorizationNeeded)) == asked
    assert bool(world.told(TransactionStarted)) == (not asked)


@pytest.mark.parametrize(
    ("known", "known_may", "unknown_may", "starts"),
    [
        (GOOD, True, False, True),
        (GOOD, False, True, False),
        (BAD, True, True, False),
        (Verdict(TokenStatus.ACCEPTED, expires_at=NOON - 1), True, True, False),
        (None, True, False, False),
        (None, False, True, True),
    ],
)
def test_offline_rules(
    known: Verdict | None, *, known_may: bool, unknown_may: bool, starts: bool
) -> None:
    """Remembered good ones and strangers each have their setting; bad ones never start (C15)."""
    world = plugged()
    if known:
        world.tell(e.TokenJudged(CARD, known))
    world.tell(e.CsmsOffline())
    world.put(rows.OFFLINE_KNOWN, to=known_may)
    world.put(rows.OFFLINE_UNKNOWN, to=unknown_may)
    world.records.clear()
    world.swipe()

    assert bool(world.told(TransactionStarted)) == starts
    assert bool(world.told(TokenRefused)) == (not starts)
    assert world.station.view().cached_tokens == (known is not None)


@pytest.mark.parametrize("happens", [e.CsmsOffline(), e.TokenUnanswered(CARD)])
def test_who_waits_is_not_forgotten(happens: e.Event) -> None:
    """When the CSMS is lost, or cannot answer, the offline rules decide about who waits."""
    world = plugged()
    world.tell(e.TokenJudged(CARD, GOOD))
    world.swipe(verdict=None)
    assert world.station.view().evses[0].waiting == CARD
    assert world.station.view().evses[0].screen.state is ScreenState.PLEASE_WAIT

    world.tell(happens)

    assert len(world.told(TransactionStarted)) == 1
    assert world.station.view().evses[0].waiting is None


def test_the_answer_about_another_token_is_not_ours() -> None:
    """Answers and their absence count for their own token only."""
    world = plugged()
    world.swipe(verdict=None)
    world.tell(e.TokenUnanswered(OTHER))
    world.tell(e.TokenJudged(OTHER, GOOD))

    assert world.station.view().evses[0].waiting == CARD


def test_without_a_cache_nothing_is_remembered() -> None:
    """Switched off, it neither keeps nor tells: everybody is a stranger."""
    world = plugged()
    world.tell(e.TokenJudged(CARD, GOOD))
    world.put(rows.CACHE_ENABLED, to=False)
    world.records.clear()
    world.tell(e.TokenJudged(OTHER, GOOD))
    world.tell(e.CsmsOffline())
    world.swipe()

    assert world.records == []
    assert len(world.told(TokenRefused)) == 1


def test_a_token_for_other_evses() -> None:
    """A good token may be good elsewhere only (2.0.1 C01)."""
    world = plugged()
    world.swipe(verdict=Verdict(TokenStatus.ACCEPTED, evses=(2,)))
    assert [n.why for n in world.told(TokenRefused)] == [
        "the CSMS says that it is not for this EVSE"
    ]

    world.swipe(verdict=Verdict(TokenStatus.ACCEPTED, evses=(1,)))
    assert len(world.told(TransactionStarted)) == 1


def test_a_refused_card_is_shown_for_a_moment() -> None:
    """Three seconds, then the screen says again what is true."""
    world = plugged()
    world.swipe(verdict=BAD)
    assert world.station.view().evses[0].screen.state is ScreenState.CARD_REJECTED

    world.pass_time(3.5)
    assert world.station.view().evses[0].screen.state is ScreenState.EV_CONNECTED


def test_a_second_card_waits_its_turn() -> None:
    """While one card is being checked another is not looked at."""
    world = plugged()
    world.swipe(verdict=None, reader=1)
    world.swipe(OTHER, verdict=None, reader=1)

    assert [n.token for n in world.told(AuthorizationNeeded)] == [CARD]


def test_a_reader_of_an_evse_serves_that_one() -> None:
    """Reader 2 is for EVSE 2, though a vehicle waits at EVSE 1; there is no reader 9."""
    world = plugged()
    world.swipe(reader=2)
    world.swipe(OTHER, reader=9)

    assert world.evse(2).authorization
    assert world.evse(1).authorization is None
    assert [n.token for n in world.told(AuthorizationNeeded)] == [CARD]


def test_the_last_plug_gets_the_card() -> None:
    """A reader for all serves the vehicle that came last (S63)."""
    world = plugged()
    world.plug(2)
    world.swipe()

    assert [n.evse for n in world.told(TransactionStarted)] == [2]


def test_the_own_card_stops_wherever_and_whatever_the_csms_thinks_now() -> None:
    """The token that started ends it unasked, even when it is blocked by now."""
    world = plugged()
    world.swipe()
    world.plug(2)
    world.tell(e.TokenJudged(CARD, BAD))
    asked = len(world.told(AuthorizationNeeded))
    world.swipe(Token(CARD.value.lower()))

    [ended] = world.told(TransactionEnded)
    assert (ended.evse, ended.trigger) == (1, Trigger.STOP_AUTHORIZED)
    assert len(world.told(AuthorizationNeeded)) == asked


def test_a_full_station_refuses_the_stranger() -> None:
    """With every EVSE in use a good card of somebody else is told so."""
    world = plugged()
    world.swipe()
    world.plug(2)
    world.swipe(OTHER)
    world.swipe(Token("THIRD"))

    assert [n.why for n in world.told(TokenRefused)] == ["the EVSE is in use"]


def test_a_card_nobody_can_serve_is_not_asked_about() -> None:
    """Out of use or faulty, an EVSE is for nobody; without another the card goes unheard."""
    world = World()
    world.online()
    world.ask(r.ChangeAvailability(operative=False, evse=1))
    world.tell(e.FaultRaised(2, 201))
    world.swipe(verdict=None)

    assert world.told(AuthorizationNeeded) == []


def test_use_that_ends_while_the_answer_is_awaited() -> None:
    """What was free when the card came, and is not when the answer does, is refused."""
    world = plugged()
    world.swipe(verdict=None)
    world.tell(e.FaultRaised(1, 201))
    world.tell(e.TokenJudged(CARD, GOOD))

    assert [n.why for n in world.told(TokenRefused)] == ["the EVSE is in use"]
    assert world.told(TransactionStarted) == []


@pytest.mark.parametrize("stops", [True, False])
def test_a_token_found_bad_offline_start(*, stops: bool) -> None:
    """Started offline, judged later: ended with its plug kept, or left open without energy."""
    world = plugged()
    world.put(tx_rows.STOP_ON_INVALID, to=stops)
    world.tell(e.CsmsOffline())
    world.put(rows.OFFLINE_UNKNOWN, to=True)
    world.swipe()
    [started] = world.told(TransactionStarted)
    world.online()
    world.tell(e.TransactionJudged(started.transaction, CARD, BAD))

    assert not world.evse().closed_wanted
    assert world.evse().locked
    if stops:
        [ended] = world.told(TransactionEnded)
        assert (ended.trigger, ended.reason) == (Trigger.DEAUTHORIZED, StopReason.DEAUTHORIZED)
        assert world.statuses()[-1] is Status.FINISHING
    else:
        update = world.told(TransactionUpdated)[-1]
        assert update.trigger is Trigger.CHARGING_STATE_CHANGED
        assert update.state is ChargingState.SUSPENDED_EVSE
        assert world.statuses()[-1] is Status.SUSPENDED_EVSE
    world.swipe()
    assert not world.evse().locked


def test_a_bad_token_may_be_found_good_again() -> None:
    """With EVConnected alone as stop point, a newly accepted card revives the transaction."""
    world = plugged()
    world.put(tx_rows.STOP_POINT, to=("EVConnected",))
    world.put(tx_rows.STOP_ON_INVALID, to=False)
    world.swipe()
    [started] = world.told(TransactionStarted)
    world.tell(e.TransactionJudged(started.transaction, CARD, BAD))
    world.swipe()
    update = world.told(TransactionUpdated)[-1]
    assert (update.trigger, update.state) == (
        Trigger.STOP_AUTHORIZED,
        ChargingState.EV_CONNECTED,
    )

    world.swipe()

    assert world.evse().closed_wanted
    assert world.told(TransactionEnded) == []


def test_the_group_may_come_with_the_start() -> None:
    """What the answer to the start says of the group counts for the next card (1.6 parentIdTag)."""
    world = plugged()
    world.swipe()
    [started] = world.told(TransactionStarted)
    family = Verdict(TokenStatus.ACCEPTED, group="family")
    world.tell(e.TransactionJudged("another", None, BAD))
    world.tell(e.TransactionJudged(started.transaction, None, family))
    world.tell(e.TransactionJudged(started.transaction, None, GOOD))
    world.swipe(OTHER, family, reader=1)

    [ended] = world.told(TransactionEnded)
    assert ended.token == OTHER


def test_the_good_word_about_a_stopped_token_changes_nothing() -> None:
    """With the authorization over, a late verdict does not bring it back."""
    world = plugged()
    world.put(tx_rows.STOP_POINT, to=("EVConnected",))
    world.swipe()
    world.swipe()
    [started] = world.told(TransactionStarted)
    world.tell(e.TransactionJudged(started.transaction, CARD, GOOD))

    assert world.evse().authorization is None
    assert not world.evse().closed_wanted


def test_a_card_in_a_waiting_socket_is_taken_back() -> None:
    """Presented twice without a vehicle, the card leaves the connector free."""
    world = World()
    world.online()
    world.swipe()
    world.swipe()
    world.plug()

    assert world.told(TransactionStarted) == []
    assert world.statuses() == [
        Status.AVAILABLE,
        Status.PREPARING,
        Status.AVAILABLE,
        Status.PREPARING,
    ]
    assert world.evse().pilot is Pilot.C


# --- groups ---

FAMILY = Verdict(TokenStatus.ACCEPTED, group="Family")
LOST = Verdict(TokenStatus.BLOCKED, group="Family")


def with_family() -> World:
    """Return a station where one of a group charges at EVSE 1."""
    world = plugged()
    world.swipe(verdict=FAMILY, reader=1)
    return world


def test_one_of_the_group_stops_when_the_csms_says_so() -> None:
    """A stranger is asked about first; case plays no part in the name of a group (2.0.1 C09)."""
    world = with_family()
    world.swipe(OTHER, Verdict(TokenStatus.ACCEPTED, group="FAMILY"), reader=1)

    [ended] = world.told(TransactionEnded)
    assert (ended.trigger, ended.token) == (Trigger.STOP_AUTHORIZED, OTHER)


@pytest.mark.parametrize("online", [True, False])
@pytest.mark.parametrize("listed", [True, False])
def test_one_of_the_group_who_is_known_stops_unasked(*, online: bool, listed: bool) -> None:
    """From the list or the cache, whatever is set for starts (2.0.1 C09)."""
    world = with_family()
    world.put(rows.OFFLINE_KNOWN, to=False)
    if listed:
        world.ask(r.WriteLocalList(1, full=True, entries=((OTHER, FAMILY),)))
    else:
        world.tell(e.TokenJudged(OTHER, FAMILY))
    if not online:
        world.tell(e.CsmsOffline())
    asked = len(world.told(AuthorizationNeeded))
    world.swipe(OTHER, verdict=None, reader=1)

    assert [n.token for n in world.told(TransactionEnded)] == [OTHER]
    assert len(world.told(AuthorizationNeeded)) == asked


@pytest.mark.parametrize("verdict", [LOST, BAD, GOOD, FAMILY])
def test_one_who_is_known_as_bad_is_asked_about(verdict: Verdict) -> None:
    """Only a good word of the CSMS lets them stop."""
    world = with_family()
    world.tell(e.TokenJudged(OTHER, LOST))
    asked = len(world.told(AuthorizationNeeded))
    world.swipe(OTHER, verdict, reader=1)

    assert len(world.told(AuthorizationNeeded)) == asked + 1
    assert bool(world.told(TransactionEnded)) == (verdict is FAMILY)
    assert len(world.told(TokenRefused)) == (verdict is not FAMILY)


def test_one_of_the_group_who_is_known_frees_the_plug() -> None:
    """What is held for its owner is held for the group as well."""
    world = with_family()
    world.tell(e.TransactionJudged("tx-1", CARD, LOST))
    assert world.evse().locked
    world.tell(e.TokenJudged(OTHER, FAMILY))
    world.swipe(OTHER, verdict=None, reader=1)

    assert not world.evse().locked


def test_an_authorization_that_has_ended_is_for_its_group_only() -> None:
    """In the transaction that stays open, nobody else takes over what was stopped."""
    world = plugged()
    world.put(tx_rows.STOP_POINT, to=("EVConnected",))
    world.swipe(verdict=FAMILY)
    world.swipe()
    world.swipe(OTHER, GOOD, reader=1)
    assert [n.why for n in world.told(TokenRefused)] == ["the EVSE is in use"]
    assert not world.evse().closed_wanted
    world.swipe(OTHER, FAMILY, reader=1)

    assert world.evse().closed_wanted
