"""The authorization cache remembers what the CSMS said, and not more than it can hold."""

from __future__ import annotations

import pytest

from laadpaal.properties import authorization as rows
from laadpaal.station import cache
from laadpaal.station import events as e
from laadpaal.station import requests as r
from laadpaal.station.notices import CacheCleared, TransactionStarted
from laadpaal.station.records import CacheEmptied, TokenCached, TokenForgotten
from laadpaal.station.saved import CachedToken, Saved
from laadpaal.station.words import Token, TokenKind, TokenStatus, Verdict
from tests.support.world import CARD, GOOD, NOON, World

BAD = Verdict(TokenStatus.INVALID)


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


def test_what_was_told_again_is_not_the_oldest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hearing of a token makes it young; the same word is not written twice."""
    monkeypatch.setattr(cache, "CAPACITY", 2)
    world = filled(capacity=2)
    world.tell(e.TokenJudged(Token("T0"), GOOD))
    assert not any(isinstance(rec, TokenCached) for rec in world.records)

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


def test_it_survives_a_power_cut() -> None:
    """What was saved starts offline."""
    world = World(saved=Saved(tokens=(CachedToken(CARD, GOOD, NOON),)))
    world.plug()
    world.swipe()

    assert len(world.told(TransactionStarted)) == 1


def test_clearing() -> None:
    """Forgets everybody and says so; switched off there is nothing to clear (C11)."""
    world = World(saved=Saved(tokens=(CachedToken(CARD, GOOD, NOON),)))
    assert world.ask(r.ClearCache()) == r.Accepted()
    assert CacheEmptied() in world.records
    assert world.told(CacheCleared) == [CacheCleared()]
    world.plug()
    world.swipe()
    assert world.told(TransactionStarted) == []

    world.put(rows.CACHE_ENABLED, to=False)
    answer = world.ask(r.ClearCache())

    assert isinstance(answer, r.Refused)
    assert answer.reason is r.Reason.CACHE_OFF
