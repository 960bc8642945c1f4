"""What stands in the body of an answer about the past: sessions, lines of the log, messages."""

from __future__ import annotations

from dataclasses import dataclass

from laadpaal.local_api.lines import LogLine
from laadpaal.ports.history import Measured, Session
from laadpaal.ports.messages import Message
from laadpaal.station.words import StopReason, Token, TokenKind


@dataclass(frozen=True, slots=True)
class SessionReply:
    """One transaction, past or running; instants are UTC seconds, registers those of its meter.

    Args:
        id: Our own id of it.
        ended_at: Null while it runs.
        meter_wh: At its end, or the last that is known.
        token: Who pays; null where nobody is named, or whoever was has been forgotten.
        csms_id: The number that the CSMS gave it, null where it gave none.
        reason: Why it ended; null while it runs.
        waiting: Whether the CSMS has yet to hear something of it.
        charged_s: How long energy has flowed; null while nobody has counted.
        offset: Its place in the history, by which one asks for the sessions before it.
    """

    id: str
    evse: int
    connector: int | None
    started_at: float
    ended_at: float | None
    energy_wh: float
    meter_start_wh: float
    meter_wh: float
    token: str | None
    csms_id: int | None
    reason: StopReason | None
    waiting: bool
    charged_s: float | None
    offset: int


@dataclass(frozen=True, slots=True)
class SessionsReply:
    """A page of sessions, newest first; `before` asks for the next page, null ends them."""

    sessions: tuple[SessionReply, ...]
    before: int | None


@dataclass(frozen=True, slots=True)
class SessionStoryReply:
    """One session, and what was measured in it in order of time."""

    session: SessionReply
    samples: tuple[Measured, ...]


@dataclass(frozen=True, slots=True)
class LogReply:
    """Lines of the log, newest first.

    Args:
        before: The id to go on from; null when there are no older lines. Where few lines match,
            it may come with none of them.
    """

    lines: tuple[LogLine, ...]
    before: int | None


@dataclass(frozen=True, slots=True)
class MessagesReply:
    """Messages, newest first; `before` asks for the next page, null ends them."""

    messages: tuple[Message, ...]
    before: int | None


def session(seen: Session) -> SessionReply:
    """Return a session as it is told."""
    return SessionReply(
        seen.id,
        seen.evse,
        seen.connector,
        seen.started_at,
        seen.ended_at,
        seen.energy_wh,
        seen.meter_start_wh,
        seen.meter_wh,
        shown(seen.token),
        seen.csms_id,
        seen.reason,
        seen.waiting,
        seen.charged_s,
        seen.offset,
    )


def shown(token: Token | None) -> str | None:
    """Return the text of a token as people may see it: no code that somebody keys in (C04)."""
    if token is None:
        return None
    return "***" if token.kind is TokenKind.KEY_CODE else token.value
