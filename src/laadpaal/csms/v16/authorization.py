"""Tokens: 1.6 knows a text of at most 20 characters, and what the CSMS says of it."""

from __future__ import annotations

from msgspec import UNSET, UnsetType

from laadpaal.csms.dialect import Absorbed, Call, Calls, Reply, Scene, Wish
from laadpaal.csms.v16.provisioning import instant
from laadpaal.protocols.ocpp import v16
from laadpaal.station.answers import Accepted, Answer
from laadpaal.station.events import TokenJudged
from laadpaal.station.notices import AuthorizationNeeded
from laadpaal.station.requests import ClearCache
from laadpaal.station.words import Token, TokenStatus, Verdict

_LONGEST = 20


def id_tag(token: Token | None) -> str:
    """Return the token as 1.6 writes it; nobody is the empty text."""
    return token.value[:_LONGEST] if token else ""


def group(parent: str | UnsetType) -> str | None:
    """Return the parent as our group; an empty one is nobody's, or all would be of one family."""
    return None if parent is UNSET else parent or None


def verdict(info: v16.IdTagInfo) -> Verdict:
    """Return what the CSMS said; an expiry that is no instant is as good as none."""
    return Verdict(
        TokenStatus(info.status.value),
        group(info.parentIdTag),
        None if info.expiryDate is UNSET else instant(info.expiryDate),
    )


def needed(notice: AuthorizationNeeded, scene: Scene) -> Calls:  # noqa: ARG001  a teller
    """Ask about a token."""
    return (Call("Authorize", v16.Authorize(idTag=id_tag(notice.token)), notice),)


def answered(call: Call, answer: v16.AuthorizeResponse, scene: Scene) -> Absorbed:  # noqa: ARG001  an absorber
    """Tell the station what the CSMS said of the token we asked about."""
    if not isinstance(call.about, AuthorizationNeeded):
        return Absorbed()
    return Absorbed((TokenJudged(call.about.token, verdict(answer.idTagInfo)),))


def clear_cache(call: v16.ClearCache, scene: Scene) -> Wish:  # noqa: ARG001  a hearer
    """Forget every token."""
    return Wish((ClearCache(),), _cleared)


def _cleared(answers: tuple[Answer, ...]) -> Reply:
    done = isinstance(answers[0], Accepted)
    status = v16.ClearCacheStatus.Accepted if done else v16.ClearCacheStatus.Rejected
    return Reply(v16.ClearCacheResponse(status=status))
