"""Tokens as this version writes, judges and forgets them (block C)."""

from __future__ import annotations

from typing import Any

import pytest

from laadpaal.csms.dialect import Absorbed
from laadpaal.csms.v201.authorization import id_token, token
from laadpaal.protocols.ocpp import v201
from laadpaal.station.answers import Accepted, Reason, Refused
from laadpaal.station.events import TokenJudged
from laadpaal.station.notices import AuthorizationNeeded
from laadpaal.station.requests import ClearCache
from laadpaal.station.words import Token, TokenKind, TokenStatus, Verdict
from tests.csms.v201.scene import AT, AT_TEXT, World

CARD = Token("04A1B2C3")
NEEDED = AuthorizationNeeded(1, CARD)


def judged(world: World, info: dict[str, Any]) -> Verdict:
    """Return what the station hears when the CSMS says that of the card."""
    (event,) = world.absorb(NEEDED, "Authorize", {"idTokenInfo": info}).events
    assert isinstance(event, TokenJudged)
    assert event.token == CARD
    return event.verdict


def test_a_token_is_asked_about_with_its_type(world: World) -> None:
    """A token is its text and its type (C01)."""
    assert world.tell(NEEDED) == [
        ("Authorize", {"idToken": {"idToken": "04A1B2C3", "type": "ISO14443"}})
    ]


@pytest.mark.parametrize("kind", TokenKind)
def test_every_type_is_written_and_read(kind: TokenKind) -> None:
    """Both ways, no type is lost."""
    assert token(id_token(Token("04A1B2C3", kind))) == Token("04A1B2C3", kind)


def test_no_type_is_out_of_reach() -> None:
    """Our types are those of the standard."""
    assert {word.value for word in v201.IdTokenEnum} == {kind.value for kind in TokenKind}


def test_a_token_of_no_kind_is_written_as_a_card() -> None:
    """Whoever told it knew no kinds, and cards are what such tokens are."""
    assert id_token(Token("X", kind=None)) == v201.IdToken(
        idToken="X", type=v201.IdTokenEnum.ISO14443
    )


def test_a_start_button_has_an_empty_token(world: World) -> None:
    """Nobody presented anything: the text is empty, the type says why (C02)."""
    button = Token("", TokenKind.NO_AUTHORIZATION)

    ((_, payload),) = world.tell(AuthorizationNeeded(1, button))
    assert payload["idToken"] == {"idToken": "", "type": "NoAuthorization"}


def test_additional_information_plays_no_part() -> None:
    """Two tokens are the same when text and type are (errata to C)."""
    message = v201.IdToken(
        idToken="X",
        type=v201.IdTokenEnum.eMAID,
        additionalInfo=(v201.AdditionalInfo(additionalIdToken="Y", type="note"),),
    )

    assert token(message) == Token("X", TokenKind.EMAID)


@pytest.mark.parametrize("word", v201.AuthorizationStatus)
def test_every_word_of_the_csms_is_understood(world: World, word: v201.AuthorizationStatus) -> None:
    """Only Accepted is good; the others say why not (C01)."""
    verdict = judged(world, {"status": word.value})

    assert verdict == Verdict(TokenStatus(word.value))
    assert verdict.good == (word.value == "Accepted")


def test_group_expiry_and_evses_are_kept(world: World) -> None:
    """The group may stop too (C09), the cache forgets in time (C10), some EVSEs are not for it."""
    info = {
        "status": "Accepted",
        "groupIdToken": {"idToken": "FLEET", "type": "Central"},
        "cacheExpiryDateTime": AT_TEXT,
        "evseId": [1, 2],
    }

    assert judged(world, info) == Verdict(TokenStatus.ACCEPTED, "FLEET", AT, (1, 2))


def test_an_empty_group_is_none(world: World) -> None:
    """Else all tokens without a group could stop for each other (C09)."""
    info = {"status": "Accepted", "groupIdToken": {"idToken": "", "type": "NoAuthorization"}}

    assert judged(world, info) == Verdict(TokenStatus.ACCEPTED)


def test_an_expiry_that_is_no_instant(world: World) -> None:
    """The rest of what the CSMS said still counts."""
    info = {"status": "Accepted", "cacheExpiryDateTime": "tomorrow"}

    assert judged(world, info) == Verdict(TokenStatus.ACCEPTED)


def test_an_answer_about_nothing(world: World) -> None:
    """A call that was about no token tells the station nothing."""
    answer = {"idTokenInfo": {"status": "Accepted"}}

    assert Absorbed() == world.absorb(None, "Authorize", answer)


def test_the_cache_is_cleared(world: World) -> None:
    """Accepted when it is empty (C11)."""
    assert (ClearCache(),) == world.wished("ClearCache")
    assert world.answered("ClearCache", Accepted()) == {"status": "Accepted"}


def test_a_cache_that_is_off_is_not_cleared(world: World) -> None:
    """Rejected, with the standard's word for it (C11)."""
    assert world.answered("ClearCache", Refused(Reason.CACHE_OFF)) == {
        "status": "Rejected",
        "statusInfo": {"reasonCode": "NotEnabled"},
    }
