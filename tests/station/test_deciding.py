"""Who decides on a presented token: every combination of what is known and what is set."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import pytest

from laadpaal.properties import authorization as rows
from laadpaal.station import events as e
from laadpaal.station.notices import AuthorizationNeeded, TransactionStarted
from laadpaal.station.requests import WriteLocalList
from laadpaal.station.saved import CachedToken, Saved
from laadpaal.station.words import Token, TokenKind, TokenStatus, Verdict
from tests.support.world import CARD, GOOD, NOON, World

BAD = Verdict(TokenStatus.BLOCKED)
OVER = Verdict(TokenStatus.ACCEPTED, expires_at=NOON - 1)
WORDS = {"nothing": None, "good": GOOD, "bad": BAD, "over": OVER}
STARTS, ASKS, REFUSES = "starts", "asks", "refuses"


@dataclass(frozen=True)
class Case:
    """What list and cache say, whether there is a CSMS, and what is set."""

    listed: str
    cached: str
    online: bool
    pre: bool
    known_offline: bool
    unknown_offline: bool
    never_ask: bool
    list_final: bool
    cache_final: bool

    @property
    def expected(self) -> str:
        """What block C says, in the order in which it says it."""
        listed = self.listed != "nothing"
        word = self.listed if listed else self.cached
        if not self.online:
            may = self.unknown_offline if word == "nothing" else self.known_offline
            return STARTS if may and word in {"nothing", "good"} else REFUSES
        if self.never_ask:
            return STARTS if word == "good" else REFUSES
        if word == "good":
            return STARTS if self.pre else ASKS
        final = self.list_final and listed
        final |= self.cache_final and not listed and word == "bad"
        return REFUSES if final else ASKS


CASES = [
    Case(listed, cached, *settings)
    for listed, cached in product(WORDS, WORDS)
    for settings in product([False, True], repeat=7)
]


def world_of(case: Case, token: Token = CARD) -> World:
    """Return a station as the case has it, with a vehicle at EVSE 1."""
    cached = WORDS[case.cached]
    tokens = (CachedToken(token, cached, NOON),) if cached else ()
    world = World(saved=Saved(tokens=tokens))
    listed = WORDS[case.listed]
    if listed:
        world.ask(WriteLocalList(1, full=True, entries=((token, listed),)))
    for row, value in (
        (rows.PRE_AUTHORIZE, case.pre),
        (rows.OFFLINE_KNOWN, case.known_offline),
        (rows.OFFLINE_UNKNOWN, case.unknown_offline),
        (rows.NEVER_ASK, case.never_ask),
        (rows.LIST_FINAL, case.list_final),
        (rows.CACHE_FINAL, case.cache_final),
    ):
        world.put(row, to=value)
    if case.online:
        world.online()
    world.plug()
    return world


def outcome(world: World, token: Token = CARD) -> str:
    """Present the token, and return what happens before the CSMS has answered."""
    world.swipe(token, verdict=None)
    if world.told(AuthorizationNeeded):
        return ASKS
    return STARTS if world.told(TransactionStarted) else REFUSES


def test_every_combination() -> None:
    """The list comes before the cache, and who is known as bad is not unknown (C10 to C15)."""
    assert len(CASES) == 4 * 4 * 2**7
    wrong = [(case, told) for case in CASES if (told := outcome(world_of(case))) != case.expected]

    assert wrong == []


PLAIN = Case("nothing", "nothing", True, False, True, False, False, False, False)  # noqa: FBT003  as above


@pytest.mark.parametrize("word", ["good", "bad", "over"])
def test_a_token_of_the_station_s_own_is_always_asked_about(word: str) -> None:
    """What is known of it plays no part while the CSMS can be asked (C06)."""
    local = Token("LOCAL", TokenKind.LOCAL)
    case = Case(word, word, True, True, True, True, False, True, True)  # noqa: FBT003  as above

    assert outcome(world_of(case, local), local) == ASKS


@pytest.mark.parametrize("online", [True, False])
def test_the_start_button_asks_nobody(*, online: bool) -> None:
    """Nobody is named, so there is nobody to ask about, nor anything to remember (C02)."""
    button = Token("", TokenKind.NO_AUTHORIZATION)
    world = World()
    if online:
        world.online()
    world.plug()

    assert outcome(world, button) == STARTS
    [started] = world.told(TransactionStarted)
    assert started.token == button
    world.tell(e.TransactionJudged(started.transaction, button, GOOD))
    assert world.station.view().cached_tokens == 0
    assert outcome(world, button) == STARTS
    assert world.evse().transaction is None


def test_who_waits_is_judged_by_what_is_known_when_the_csms_is_silent() -> None:
    """The offline rules hold when no answer comes, though the CSMS is there."""
    world = world_of(Case("nothing", "good", True, False, True, False, False, False, False))  # noqa: FBT003  as above
    assert outcome(world) == ASKS
    world.tell(e.TokenUnanswered(CARD))

    assert len(world.told(TransactionStarted)) == 1


def test_what_is_known_is_used_once_for_each_start() -> None:
    """A use makes a token younger in the cache; a listed one is not in it."""
    world = world_of(Case("nothing", "good", False, False, True, False, False, False, False))  # noqa: FBT003  as above
    world.pass_time(100.0)
    outcome(world)
    [entry] = world.station.parts.cache._tokens.values()
    assert (entry.uses, entry.at) == (2, NOON + 100.0)

    listed = world_of(Case("good", "good", False, False, True, False, False, False, False))  # noqa: FBT003  as above
    outcome(listed)
    [entry] = listed.station.parts.cache._tokens.values()
    assert entry.uses == 1


def test_who_is_refused_by_what_is_known_does_not_use_it() -> None:
    """Else trying again and again would keep a bad word alive for ever."""
    world = world_of(Case("nothing", "bad", True, False, True, False, False, False, True))  # noqa: FBT003  as above
    world.pass_time(100.0)
    assert outcome(world) == REFUSES

    [entry] = world.station.parts.cache._tokens.values()
    assert (entry.uses, entry.at) == (1, NOON)
