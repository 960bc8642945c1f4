"""The local authorization list: how it is written, and what it decides."""

from __future__ import annotations

from dataclasses import replace

import pytest

from laadpaal.properties import authorization as rows
from laadpaal.station import events as e
from laadpaal.station.answers import Accepted, Answer, Reason, Refused
from laadpaal.station.layout import Layout
from laadpaal.station.notices import (
    AuthorizationNeeded,
    StatusChanged,
    TokenRefused,
    TransactionStarted,
)
from laadpaal.station.records import (
    ListEmptied,
    ListVersionWritten,
    TokenCached,
    TokenListed,
    TokenUnlisted,
)
from laadpaal.station.requests import StartCharging, WriteLocalList
from laadpaal.station.saved import ListedToken, Saved
from laadpaal.station.view import ListView
from laadpaal.station.words import LARGEST, Status, Token, TokenKind, TokenStatus, Verdict
from tests.support.world import CARD, GOOD, NOON, World

ANY_KIND = Token(CARD.value.lower(), kind=None)
OTHER = Token("OTHER", kind=None)
BAD = Verdict(TokenStatus.BLOCKED)
BUSY = Verdict(TokenStatus.CONCURRENT)
OVER = Verdict(TokenStatus.ACCEPTED, expires_at=NOON - 1)
LATER = Verdict(TokenStatus.ACCEPTED, expires_at=NOON + 1)
CONFLICT = "LocalListConflict"


def listing(*entries: tuple[Token, Verdict | None], version: int = 1) -> WriteLocalList:
    """Return the wish for a whole list."""
    return WriteLocalList(version, full=True, entries=entries)


def changing(*entries: tuple[Token, Verdict | None], version: int = 2) -> WriteLocalList:
    """Return the wish for a change of the list."""
    return WriteLocalList(version, full=False, entries=entries)


def plugged(*entries: tuple[Token, Verdict | None]) -> World:
    """Return an accepted station with a vehicle on EVSE 1 and a list."""
    world = World()
    world.online()
    if entries:
        assert world.ask(listing(*entries)) == Accepted()
    world.plug()
    return world


def why(answer: Answer) -> Reason:
    """Return why something was refused."""
    assert isinstance(answer, Refused)
    assert answer.detail
    return answer.reason


# --- writing it ---


def test_a_whole_list_replaces_the_one_before() -> None:
    """Also with a lower version; every entry is kept, and the version last."""
    world = World()
    assert world.station.view().local_list == ListView(0, 0)
    world.ask(listing((CARD, GOOD), (OTHER, BAD), version=7))
    world.records.clear()
    world.ask(listing((OTHER, GOOD), version=3))

    assert world.station.view().local_list == ListView(3, 1)
    assert world.records == [ListEmptied(), TokenListed(OTHER, GOOD), ListVersionWritten(3)]


def test_an_empty_list_has_a_version_all_the_same() -> None:
    """It clears what there was."""
    world = World()
    world.ask(listing((CARD, GOOD)))
    world.ask(listing(version=2))

    assert world.station.view().local_list == ListView(2, 0)


def test_a_change_adds_updates_and_removes() -> None:
    """A token without verdict leaves the list; one that was never there changes nothing."""
    world = World()
    world.ask(listing((CARD, GOOD), (OTHER, GOOD)))
    world.records.clear()
    third, stranger = Token("THIRD"), Token("STRANGER")
    answer = world.ask(changing((CARD, None), (OTHER, BAD), (third, GOOD), (stranger, None)))

    assert answer == Accepted()
    assert world.station.view().local_list == ListView(2, 2)
    assert world.records == [
        TokenUnlisted(CARD),
        TokenListed(OTHER, BAD),
        TokenListed(third, GOOD),
        ListVersionWritten(2),
    ]


def test_an_empty_change_is_a_new_version() -> None:
    """Nothing else changes."""
    world = World()
    world.ask(listing((CARD, GOOD)))
    world.ask(changing())

    assert world.station.view().local_list == ListView(2, 1)


def many(count: int) -> tuple[tuple[Token, Verdict], ...]:
    """Return that many entries."""
    return tuple((Token(f"T{number}"), GOOD) for number in range(count))


FULL = rows.LONGEST_LIST


@pytest.mark.parametrize(
    ("wish", "reason"),
    [
        (changing(version=5), Reason.OLD_VERSION),
        (changing(version=4), Reason.OLD_VERSION),
        (listing(version=0), Reason.BAD_VALUE),
        (listing(version=-1), Reason.BAD_VALUE),
        (listing(version=LARGEST + 1), Reason.BAD_VALUE),
        (listing((CARD, None)), Reason.BAD_VALUE),
        (listing((CARD, GOOD), (Token("", kind=None), GOOD)), Reason.BAD_TOKEN),
        (changing((Token("A\n1", kind=None), None), version=9), Reason.BAD_TOKEN),
        (listing((CARD, GOOD), (Token(CARD.value.lower()), BAD)), Reason.BAD_VALUE),
        (changing((OTHER, GOOD), (OTHER, None), version=9), Reason.BAD_VALUE),
        (listing(*many(FULL + 1)), Reason.TOO_MANY),
        (changing(*many(FULL), version=9), Reason.TOO_MANY),
    ],
)
def test_a_wish_that_cannot_be_fulfilled_changes_nothing(
    wish: WriteLocalList, reason: Reason
) -> None:
    """All of it or nothing: wrong version, a token twice, nothing said, too long."""
    world = World()
    world.ask(listing((OTHER, BAD), version=5))
    world.records.clear()

    assert why(world.ask(wish)) is reason
    assert world.records == []
    assert world.station.view().local_list == ListView(5, 1)


def test_a_list_may_be_as_long_as_it_says() -> None:
    """And be changed while it is full, as long as it does not grow."""
    world = World()
    assert world.ask(listing(*many(FULL))) == Accepted()
    assert world.ask(changing((Token("T0"), None), (OTHER, GOOD))) == Accepted()

    assert world.station.view().local_list.tokens == FULL


def test_a_list_that_is_switched_off_is_not_written() -> None:
    """What it held stays, and counts again when it is switched on."""
    world = plugged((CARD, BAD))
    world.put(rows.LOCAL_LIST_ENABLED, to=False)
    assert why(world.ask(listing())) is Reason.LIST_OFF
    world.tell(e.CsmsOffline())
    world.put(rows.OFFLINE_UNKNOWN, to=True)
    world.swipe()

    assert len(world.told(TransactionStarted)) == 1


def test_the_list_survives() -> None:
    """Version and entries are there after a power cut."""
    saved = Saved(list_version=4, listed=(ListedToken(ANY_KIND, GOOD),))
    world = World(Layout(), saved)
    world.put(rows.PRE_AUTHORIZE, to=True)
    world.online()
    world.plug()
    world.swipe(verdict=None)

    assert world.station.view().local_list == ListView(4, 1)
    assert len(world.told(TransactionStarted)) == 1


# --- what it decides ---


@pytest.mark.parametrize(
    ("listed", "cached", "pre", "asked"),
    [
        (GOOD, None, True, False),
        (GOOD, BAD, True, False),
        (BUSY, None, True, False),
        (LATER, None, True, False),
        (GOOD, None, False, True),
        (BAD, GOOD, True, True),
        (OVER, GOOD, True, True),
        (None, GOOD, True, False),
    ],
)
def test_online_the_list_outranks_the_cache(
    listed: Verdict | None, cached: Verdict | None, *, pre: bool, asked: bool
) -> None:
    """A good entry starts unasked if it may; about any other the CSMS is asked again (4.2)."""
    world = World()
    world.online()
    world.put(rows.PRE_AUTHORIZE, to=pre)
    if cached:
        world.tell(e.TokenJudged(CARD, cached))
    if listed:
        world.ask(listing((ANY_KIND, listed)))
    world.plug()
    world.swipe(verdict=None)

    assert bool(world.told(AuthorizationNeeded)) == asked
    assert bool(world.told(TransactionStarted)) == (not asked)


@pytest.mark.parametrize(
    ("listed", "cached", "known_may", "starts"),
    [
        (GOOD, BAD, True, True),
        (BUSY, None, True, True),
        (GOOD, GOOD, False, False),
        (BAD, GOOD, True, False),
        (OVER, GOOD, True, False),
    ],
)
def test_offline_the_list_outranks_the_cache(
    listed: Verdict, cached: Verdict | None, *, known_may: bool, starts: bool
) -> None:
    """Who is listed as bad does not start, though even strangers may."""
    world = World()
    world.online()
    if cached:
        world.tell(e.TokenJudged(CARD, cached))
    world.ask(listing((ANY_KIND, listed)))
    world.tell(e.CsmsOffline())
    world.put(rows.OFFLINE_KNOWN, to=known_may)
    world.put(rows.OFFLINE_UNKNOWN, to=True)
    world.plug()
    world.swipe()

    assert bool(world.told(TransactionStarted)) == starts
    assert bool(world.told(TokenRefused)) == (not starts)


@pytest.mark.parametrize("kind", [TokenKind.ISO14443, TokenKind.ISO15693])
def test_an_entry_without_kind_is_for_every_kind(kind: TokenKind) -> None:
    """A CSMS that knows no kinds means whatever is presented with that value, in any case."""
    world = plugged((ANY_KIND, GOOD))
    world.put(rows.PRE_AUTHORIZE, to=True)
    world.swipe(Token(CARD.value, kind), verdict=None)

    assert len(world.told(TransactionStarted)) == 1


@pytest.mark.parametrize(
    ("entries", "starts"),
    [
        (((Token(CARD.value, TokenKind.EMAID), GOOD),), False),
        (((ANY_KIND, BAD), (CARD, GOOD)), True),
        (((ANY_KIND, GOOD), (CARD, BAD)), False),
    ],
)
def test_an_entry_of_the_very_kind_comes_first(
    entries: tuple[tuple[Token, Verdict], ...], *, starts: bool
) -> None:
    """One of another kind is somebody else's."""
    world = plugged(*entries)
    world.tell(e.CsmsOffline())
    world.swipe()

    assert bool(world.told(TransactionStarted)) == starts


def test_the_group_of_an_entry_counts() -> None:
    """Somebody of the family, known by the list alone, may stop."""
    family = Verdict(TokenStatus.ACCEPTED, group="family")
    world = plugged((ANY_KIND, family), (OTHER, family))
    world.put(rows.PRE_AUTHORIZE, to=True)
    world.swipe(verdict=None)
    world.swipe(replace(OTHER, kind=TokenKind.LOCAL), verdict=None, reader=1)

    assert world.told(AuthorizationNeeded) == []
    assert world.evse().authorization is None


def test_who_is_listed_is_not_cached() -> None:
    """The list says what is known of them (1.6 section 4.2)."""
    world = plugged((ANY_KIND, GOOD))
    world.records.clear()
    world.swipe()
    world.tell(e.TokenJudged(Token("STRANGER"), GOOD))

    kept = [record.token.value for record in world.records if isinstance(record, TokenCached)]
    assert kept == ["STRANGER"]


@pytest.mark.parametrize(("listed", "asked"), [(GOOD, False), (BAD, True), (OVER, True)])
def test_a_remote_start_is_checked_like_a_card(listed: Verdict, *, asked: bool) -> None:
    """First the list, then the cache, then the CSMS."""
    world = plugged((ANY_KIND, listed))
    world.put(rows.PRE_AUTHORIZE, to=True)

    assert world.ask(StartCharging(1, CARD)) == Accepted()
    assert bool(world.told(AuthorizationNeeded)) == asked
    assert bool(world.told(TransactionStarted)) == (not asked)


# --- when the CSMS contradicts itself ---


def started(world: World) -> str:
    """Start offline with the card; return the transaction."""
    world.tell(e.CsmsOffline())
    world.swipe()
    world.online()
    return world.told(TransactionStarted)[0].transaction


def conflicts(world: World) -> list[StatusChanged]:
    """Return what the station told of itself."""
    return [notice for notice in world.told(StatusChanged) if notice.evse == 0][1:]


def test_a_contradiction_is_told_once() -> None:
    """It is no fault: the station stays available; a new list settles it (1.6 section 4.2)."""
    world = plugged((ANY_KIND, GOOD))
    tx = started(world)
    world.tell(e.TransactionJudged(tx, CARD, BAD))
    world.tell(e.TransactionJudged(tx, CARD, BAD))
    [told] = conflicts(world)
    assert (told.status, told.error, told.code) == (Status.AVAILABLE, CONFLICT, 0)

    world.pass_time(1)
    world.ask(listing((ANY_KIND, BAD), version=2))

    assert [notice.error for notice in conflicts(world)] == [CONFLICT, "NoError"]


def test_a_fault_is_told_before_a_contradiction() -> None:
    """And the contradiction again when the fault has gone."""
    world = plugged((ANY_KIND, GOOD))
    tx = started(world)
    world.tell(e.FaultRaised(0, 203))
    world.tell(e.TransactionJudged(tx, CARD, BAD))
    world.pass_time(1)
    world.tell(e.FaultCleared(0, 203))

    assert [notice.error for notice in conflicts(world)] == ["HighTemperature", CONFLICT]


@pytest.mark.parametrize(
    ("listed", "judged", "conflict"),
    [
        (GOOD, GOOD, False),
        (GOOD, BUSY, False),
        (BAD, BAD, False),
        (None, BAD, False),
        (BAD, GOOD, True),
        (OVER, GOOD, True),
    ],
)
def test_what_is_a_contradiction(
    listed: Verdict | None, judged: Verdict, *, conflict: bool
) -> None:
    """Good here and bad there, or the other way; to be charging elsewhere is neither."""
    world = plugged(*([(ANY_KIND, listed)] if listed else []))
    world.swipe()
    world.tell(e.TransactionJudged("tx-1", CARD, judged))

    assert bool(conflicts(world)) == conflict


def test_a_list_that_is_switched_off_contradicts_nobody() -> None:
    """Neither before nor after."""
    world = plugged((ANY_KIND, GOOD))
    tx = started(world)
    world.tell(e.TransactionJudged(tx, CARD, BAD))
    world.pass_time(1)
    world.put(rows.LOCAL_LIST_ENABLED, to=False)
    world.tell(e.TransactionJudged(tx, CARD, BAD))

    assert [notice.error for notice in conflicts(world)] == [CONFLICT, "NoError"]
