"""Tokens as texts of at most twenty characters, and what the CSMS says of them."""

from __future__ import annotations

import pytest

from laadpaal.csms.dialect import Absorbed, Call
from laadpaal.protocols.ocpp import v16
from laadpaal.station.answers import Accepted, Reason, Refused
from laadpaal.station.events import TokenJudged
from laadpaal.station.notices import AuthorizationNeeded
from laadpaal.station.requests import ClearCache
from laadpaal.station.words import Token, TokenKind, TokenStatus, Verdict
from tests.csms.v16.stage import AT, CARD, NOON, Stage, settled

NEEDED = AuthorizationNeeded(1, CARD)


@pytest.fixture
def stage() -> Stage:
    return Stage()


def asked(stage: Stage) -> Call:
    """Return the call that asks about the card."""
    return stage.dialect.tables.tells[AuthorizationNeeded](NEEDED, stage.scene)[0]


def test_a_token_is_asked_about(stage: Stage) -> None:
    """The kind of a token is forgotten."""
    assert stage.tell(NEEDED) == [("Authorize", {"idTag": "04A1B2C3"})]


def test_a_long_token_is_cut(stage: Stage) -> None:
    """An idTag has at most 20 characters."""
    token = Token("DE*ABC*C12345678*9*0*1*2", TokenKind.EMAID)

    assert stage.tell(AuthorizationNeeded(2, token)) == [
        ("Authorize", {"idTag": "DE*ABC*C12345678*9*0"})
    ]


@pytest.mark.parametrize("word", v16.AuthorizationStatus)
def test_every_word_of_the_csms_is_understood(stage: Stage, word: v16.AuthorizationStatus) -> None:
    """The station hears of the token it asked about, in its own words."""
    absorbed = stage.absorb(asked(stage), idTagInfo={"status": word.value})

    assert Absorbed((TokenJudged(CARD, Verdict(TokenStatus(word.value))),)) == absorbed


def test_parent_and_expiry(stage: Stage) -> None:
    """A parent is a group; an expiry is an instant."""
    info = {"status": "Accepted", "parentIdTag": "FLEET", "expiryDate": NOON}
    verdict = Verdict(TokenStatus.ACCEPTED, "FLEET", AT)

    assert (TokenJudged(CARD, verdict),) == stage.absorb(asked(stage), idTagInfo=info).events


def test_an_empty_parent_is_none(stage: Stage) -> None:
    """Else everybody without a parent could stop for everybody else."""
    info = {"status": "Accepted", "parentIdTag": ""}
    verdict = Verdict(TokenStatus.ACCEPTED)

    assert (TokenJudged(CARD, verdict),) == stage.absorb(asked(stage), idTagInfo=info).events


def test_an_expiry_that_is_no_instant(stage: Stage) -> None:
    """The rest of what the CSMS said still counts."""
    info = {"status": "Blocked", "expiryDate": "tomorrow"}
    verdict = Verdict(TokenStatus.BLOCKED)

    assert (TokenJudged(CARD, verdict),) == stage.absorb(asked(stage), idTagInfo=info).events


def test_an_answer_about_nothing(stage: Stage) -> None:
    """A call that was about no token tells the station nothing."""
    call = Call("Authorize", v16.Authorize(idTag="X"))

    assert Absorbed() == stage.absorb(call, idTagInfo={"status": "Accepted"})


def test_clear_cache(stage: Stage) -> None:
    """The cache is cleared, or there is none."""
    wish = stage.wish("ClearCache")

    assert (ClearCache(),) == wish.requests
    assert settled(wish, Accepted()) == {"status": "Accepted"}
    assert settled(wish, Refused(Reason.CACHE_OFF)) == {"status": "Rejected"}
