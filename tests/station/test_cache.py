"""The authorization cache remembers what the CSMS said, and not more than it can hold."""

from __future__ import annotations

import pytest

from laadpaal.properties import authorization as rows
from laadpaal.properties.authorization import PLACE_B
from laadpaal.station import cache
from laadpaal.station import events as e
from laadpaal.station import requests as r
from laadpaal.station.answers import Accepted, Reason, Refused
from laadpaal.station.notices import AuthorizationNeeded, CacheCleared, TransactionStarted
from laadpaal.station.readings import read
from laadpaal.station.records import CacheEmptied, TokenCached, TokenForgotten
from laadpaal.station.saved import CachedToken, Saved
from laadpaal.station.words import Token, TokenKind, TokenStatus, Verdict
from tests.support.disk import MemoryDisk
from tests.support.promises import assert_saved
from tests.support.world import CARD, GOOD, NOON, World

BAD = Verdict(TokenStatus.INVALID)
HOUR_S = 3600


def filled(*bad: int, capacity: int) -> World:
    """Return a station whose cache is full; the numbers in `bad` are not good."""
    tokens = (Token(f"T{number}") for number in range(capacity))
    entries = tuple(
        CachedToken(token, BAD if number in bad else GOOD, NOON)
        for number, token in enumerate(tokens)
    )
    return World(saved=Saved(tokens=entries))


def forgotten(world: World) -> list[str]:
    """Return the tokens that had to go."""
    return [rec.token.value for rec in world.records if isinstance(rec, TokenForgotten)]


@pytest.mark.parametrize(("bad", "victim"), [((), "T0"), ((2,), "T2"), ((3, 1), "T1")])
def test_a_full_cache_drops_bad_ones_first(
    monkeypatch: pytest.MonkeyPatch, bad: tuple[int, ...], victim: str
) -> None:
    """Then the one it heard of longest ago (2.0.1 C10)."""
    monkeypatch.setattr(cache, "CAPACITY", 5)
    world = filled(*bad, capacity=5)
    world.tell(e.TokenJudged(CARD, GOOD))

    assert forgotten(world) == [victim]


@pytest.mark.parametrize(("policy", "victim"), [("LRU", "OFTEN"), ("LFU", "NEW"), ("FIFO", "OLD")])
def test_which_good_one_goes_is_a_matter_of_policy(
    monkeypatch: pytest.MonkeyPatch, policy: str, victim: str
) -> None:
    """Least recently used, least often used, or the first that came (AuthCacheCtrlr.Policy)."""
    monkeypatch.setattr(cache, "CAPACITY", 3)
    entries = (
        CachedToken(Token("OFTEN"), GOOD, at=NOON + 1, since=NOON + 1, uses=9),
        CachedToken(Token("NEW"), GOOD, at=NOON + 2, since=NOON + 2, uses=1),
        CachedToken(Token("OLD"), GOOD, at=NOON + 3, since=NOON, uses=2),
    )
    world = World(saved=Saved(tokens=entries))
    world.put(rows.CACHE_POLICY, to=policy)
    world.tell(e.TokenJudged(CARD, GOOD))

    assert forgotten(world) == [victim]


def test_the_outdated_go_with_the_bad_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    """What holds no longer is of no use."""
    monkeypatch.setattr(cache, "CAPACITY", 2)
    over = Verdict(TokenStatus.ACCEPTED, expires_at=NOON)
    entries = (CachedToken(Token("A"), GOOD, NOON - 9), CachedToken(Token("B"), over, NOON - 1))
    world = World(saved=Saved(tokens=entries))
    world.tell(e.TokenJudged(CARD, GOOD))

    assert forgotten(world) == ["B"]


def test_what_is_told_last_is_not_what_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A newcomer that is bad, or was used but once, takes the place of another."""
    monkeypatch.setattr(cache, "CAPACITY", 2)
    world = filled(capacity=2)
    world.put(rows.CACHE_POLICY, to="LFU")
    world.tell(e.TokenJudged(Token("T0"), GOOD))
    world.tell(e.TokenJudged(Token("T1"), GOOD))
    world.tell(e.TokenJudged(CARD, BAD))

    assert forgotten(world) == ["T0"]


def test_what_was_told_again_is_not_the_oldest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hearing of a token makes it young, and that outlasts a power cut."""
    monkeypatch.setattr(cache, "CAPACITY", 2)
    world = filled(capacity=2)
    world.pass_time(10.0)
    world.tell(e.TokenJudged(Token("T0"), GOOD))
    written = [rec for rec in world.records if isinstance(rec, TokenCached)]
    assert written == [TokenCached(Token("T0"), GOOD, NOON + 10.0, since=0.0, uses=2)]

    world.tell(e.TokenJudged(CARD, GOOD))

    assert forgotten(world) == ["T1"]


def test_the_last_word_counts_and_is_written() -> None:
    """A verdict that differs replaces what was known."""
    world = World()
    world.tell(e.TokenJudged(CARD, GOOD))
    world.tell(e.TokenJudged(CARD, BAD))

    written = [rec.verdict for rec in world.records if isinstance(rec, TokenCached)]
    assert written == [GOOD, BAD]


@pytest.mark.parametrize("kind", [TokenKind.CENTRAL, TokenKind.NO_AUTHORIZATION])
def test_some_kinds_are_never_kept(kind: TokenKind) -> None:
    """The CSMS made those up itself (2.0.1 C10)."""
    world = World()
    world.tell(e.TokenJudged(Token("X", kind), GOOD))

    assert not any(isinstance(rec, TokenCached) for rec in world.records)


def asked(world: World) -> bool:
    """Present the card at a free EVSE, and tell whether the CSMS is asked about it."""
    before = len(world.told(AuthorizationNeeded))
    world.swipe(verdict=None)
    return len(world.told(AuthorizationNeeded)) > before


@pytest.mark.parametrize(("wait_s", "outdated"), [(HOUR_S - 1, False), (HOUR_S, True)])
def test_a_token_is_remembered_for_its_lifetime(wait_s: float, *, outdated: bool) -> None:
    """Counted from when it was last told about or used (AuthCacheCtrlr.LifeTime)."""
    world = World()
    world.online()
    world.put(rows.PRE_AUTHORIZE, to=True)
    world.put(rows.CACHE_LIFETIME, to=HOUR_S)
    world.tell(e.TokenJudged(CARD, GOOD))
    world.pass_time(HOUR_S / 2)
    assert not asked(world)
    world.swipe()
    world.pass_time(wait_s)

    assert asked(world) is outdated


def test_the_csms_s_own_date_comes_before_the_lifetime() -> None:
    """What the CSMS has dated does not live shorter, nor longer (C10)."""
    world = World()
    world.online()
    world.put(rows.PRE_AUTHORIZE, to=True)
    world.put(rows.CACHE_LIFETIME, to=HOUR_S)
    world.tell(e.TokenJudged(CARD, Verdict(TokenStatus.ACCEPTED, expires_at=NOON + 2 * HOUR_S)))
    world.pass_time(1.5 * HOUR_S)
    assert not asked(world)
    world.swipe()
    world.pass_time(HOUR_S)

    assert asked(world)


def test_an_outdated_word_against_a_token_is_not_final() -> None:
    """Else nobody would ever ask about it again (DisablePostAuthorize)."""
    world = World()
    world.online()
    world.put(rows.CACHE_FINAL, to=True)
    world.put(rows.CACHE_LIFETIME, to=HOUR_S)
    world.tell(e.TokenJudged(CARD, BAD))
    assert not asked(world)
    world.pass_time(HOUR_S)

    assert asked(world)


def test_who_was_let_in_as_a_stranger_is_not_remembered() -> None:
    """Nobody has said anything of them yet (C15)."""
    world = World()
    world.put(rows.OFFLINE_UNKNOWN, to=True)
    world.plug()
    world.swipe()

    assert len(world.told(TransactionStarted)) == 1
    assert world.station.view().cached_tokens == 0


def test_switching_it_off_forgets_nothing() -> None:
    """Switched on again it knows what it knew (AuthCacheCtrlr.Enabled)."""
    world = World()
    world.tell(e.TokenJudged(CARD, GOOD))
    for text in ("false", "true"):
        world.ask(r.WriteSetting(rows.CACHE_ENABLED.id, text))
    world.plug()
    world.swipe()

    assert len(world.told(TransactionStarted)) == 1


def test_it_tells_how_much_it_holds() -> None:
    """Every token has a place of the same size (AuthCacheCtrlr.Storage)."""
    world = World()
    world.tell(e.TokenJudged(CARD, GOOD))
    world.tell(e.TokenJudged(Token("OTHER"), BAD))

    assert world.station.view().cached_tokens == 2
    assert read(rows.CACHE_STORAGE, world.station.view()) == str(2 * PLACE_B)


def test_it_survives_a_power_cut() -> None:
    """What was saved starts offline; how often and how long ago it was used is kept as well."""
    world = World(saved=Saved(tokens=(CachedToken(CARD, GOOD, NOON),)))
    world.plug()
    world.swipe()
    assert len(world.told(TransactionStarted)) == 1

    disk = MemoryDisk()
    disk.apply(world.records)
    assert_saved(world.station, world.values, disk.saved())


def test_clearing() -> None:
    """Forgets everybody and says so; switched off there is nothing to clear (C11)."""
    world = World(saved=Saved(tokens=(CachedToken(CARD, GOOD, NOON),)))
    assert world.ask(r.ClearCache()) == Accepted()
    assert CacheEmptied() in world.records
    assert world.told(CacheCleared) == [CacheCleared()]
    world.plug()
    world.swipe()
    assert world.told(TransactionStarted) == []

    world.put(rows.CACHE_ENABLED, to=False)
    answer = world.ask(r.ClearCache())

    assert isinstance(answer, Refused)
    assert answer.reason is Reason.CACHE_OFF
