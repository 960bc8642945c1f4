"""Tokens: how they are written, asked about and judged (block C)."""

from __future__ import annotations

from msgspec import UNSET, UnsetType

from laadpaal.csms.dialect import Absorbed, Call, Calls, Reply, Scene, Wish
from laadpaal.csms.v201.refusals import why
from laadpaal.csms.v201.tariff import greeting
from laadpaal.protocols.ocpp import timestamp, v201
from laadpaal.station import requests
from laadpaal.station.answers import Answer, Refused
from laadpaal.station.events import TokenJudged
from laadpaal.station.notices import AuthorizationNeeded
from laadpaal.station.words import Token, TokenKind, TokenStatus, Verdict


def id_token(token: Token) -> v201.IdToken:
    """Write a token; one whose kind nobody told is most likely a card."""
    kind = token.kind or TokenKind.ISO14443
    return v201.IdToken(idToken=token.value, type=v201.IdTokenEnum(kind.value))


def token(message: v201.IdToken) -> Token:
    """Read a token; its additional information plays no part (erratum to C)."""
    return Token(message.idToken, TokenKind(message.type.value))


def group(message: v201.IdToken | UnsetType) -> str | None:
    """Read a group; an empty one is nobody's, or all would be of one group."""
    return None if message is UNSET else message.idToken or None


def verdict(info: v201.IdTokenInfo) -> Verdict:
    """Read what the CSMS says of a token; an expiry that cannot be read counts as none."""
    return Verdict(
        TokenStatus(info.status.value),
        group=group(info.groupIdToken),
        expires_at=utc(info.cacheExpiryDateTime) if info.cacheExpiryDateTime is not UNSET else None,
        evses=info.evseId if info.evseId is not UNSET else (),
    )


def utc(text: str) -> float | None:
    """Return the UTC second that a timestamp of the CSMS names, or None when it names none."""
    try:
        return timestamp.parse(text)
    except timestamp.TimestampError:
        return None


def needed(notice: AuthorizationNeeded, scene: Scene) -> Calls:  # noqa: ARG001  the shape of a teller
    """Ask about a presented token."""
    return (Call("Authorize", v201.Authorize(idToken=id_token(notice.token)), notice),)


def judged(call: Call, answer: v201.AuthorizeResponse, scene: Scene) -> Absorbed:  # noqa: ARG001  the shape of an absorber
    """Hand the CSMS's word on a token to the station."""
    if not isinstance(call.about, AuthorizationNeeded):
        return Absorbed()
    asked, info = call.about.token, answer.idTokenInfo
    return Absorbed((TokenJudged(asked, verdict(info)), *greeting(asked, info)))


def clear_cache(call: v201.ClearCache, scene: Scene) -> Wish:  # noqa: ARG001  the shape of a hearer
    """Empty the authorization cache (C11)."""
    return Wish((requests.ClearCache(),), _cleared)


def _cleared(answers: tuple[Answer, ...]) -> Reply:
    (answer,) = answers
    status = v201.ClearCacheStatus
    return Reply(
        v201.ClearCacheResponse(
            status=status.Rejected if isinstance(answer, Refused) else status.Accepted,
            statusInfo=why(answer),
        )
    )
