"""OCPP-J frames, sans-I/O: text to frames and back, and which answer belongs to which call."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any

import msgspec

from laadpaal.protocols.ocpp.errors import LocalProtocolError, RemoteProtocolError
from laadpaal.protocols.ocpp.version import Fault, Version

MAX_BYTES = 1 << 20
MAX_DEPTH = 32
MAX_ID = 36
MAX_DESCRIPTION = 255

_EMPTY = msgspec.Raw(b"{}")
_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_NOT_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))

Id = Annotated[str, msgspec.Meta(max_length=MAX_ID)]


class Call(
    msgspec.Struct, frozen=True, array_like=True, tag=2, forbid_unknown_fields=True, gc=False
):
    """A request: its id, the action, and the payload not yet read."""

    id: Id
    action: str
    payload: msgspec.Raw


class CallResult(
    msgspec.Struct, frozen=True, array_like=True, tag=3, forbid_unknown_fields=True, gc=False
):
    """An answer: the id of the call, and the payload not yet read."""

    id: Id
    payload: msgspec.Raw


class CallError(
    msgspec.Struct, frozen=True, array_like=True, tag=4, forbid_unknown_fields=True, gc=False
):
    """A refusal: the id of the call, one of the version's codes, and a sentence.

    Peers that leave the description or the details out are understood.
    """

    id: Id
    code: str
    description: str = ""
    details: msgspec.Raw = _EMPTY


Frame = Call | CallResult | CallError


def parse(text: str | bytes, version: Version, *, max_bytes: int = MAX_BYTES) -> Frame:
    """Return the frame that one websocket message holds; payloads stay unread.

    It must be UTF-8 JSON of at most `max_bytes` bytes, nested at most 32 deep, with a message id of
    at most 36 characters. Of a key given twice the last one counts.

    Raises:
        RemoteProtocolError: It is not. Answer with a CALLERROR when `message_id` is given
            (2.0.1 uses "-1" for an id that cannot be read, 1.6 stays silent); a broken answer and,
            in 1.6, an unknown message type are never answered.
    """
    raw = _utf8(text, version, max_bytes)
    try:
        frame = _frames().decode(raw)
    except msgspec.ValidationError as error:
        raise _not_a_frame(raw, version) from error
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise _unreadable(version, "no JSON") from error
    if _depth_exceeds(raw, MAX_DEPTH):
        code = version.codes[Fault.MALFORMED]
        answer_to = frame.id if isinstance(frame, Call) else None
        raise RemoteProtocolError(code, f"nested deeper than {MAX_DEPTH}", answer_to)
    return _with_payload(frame, version)


def render(frame: Frame) -> str:
    """Return the frame as the text of one websocket message.

    Raises:
        LocalProtocolError: The id or description is too long, or a text is no Unicode.
    """
    if len(frame.id) > MAX_ID:
        raise LocalProtocolError(f"Message id longer than {MAX_ID}: {frame.id}")
    if isinstance(frame, CallError) and len(frame.description) > MAX_DESCRIPTION:
        raise LocalProtocolError(f"Description longer than {MAX_DESCRIPTION}")
    try:
        return msgspec.json.encode(frame).decode()
    except (TypeError, ValueError) as error:
        raise LocalProtocolError(f"{type(frame).__name__} {frame.id!r}: {error}") from error


def refusal(error: RemoteProtocolError, message_id: str | None = None) -> CallError | None:
    """Return the CALLERROR for a peer's mistake, or None when nothing may be answered.

    `message_id` is the call's when the error came from its payload.
    """
    answer_to = error.message_id if message_id is None else message_id
    return None if answer_to is None else CallError(answer_to, error.code, error.detail)


@dataclass(frozen=True, slots=True)
class Answered:
    """Our open call has its answer."""

    call: Call
    answer: CallResult | CallError


@dataclass(frozen=True, slots=True)
class Stray:
    """An answer to no open call: late, doubled or never asked for. To be ignored."""

    answer: CallResult | CallError


class Conversation:
    """Which of our calls is open: one at a time, whatever the peer asks meanwhile.

    Instants are seconds of one monotonic clock.
    """

    __slots__ = ("_open", "_sent_at")

    def __init__(self) -> None:
        self._open: Call | None = None
        self._sent_at = 0.0

    @property
    def waiting_for(self) -> Call | None:
        """Our call that has no answer yet."""
        return self._open

    def send(self, call: Call, now: float) -> None:
        """Note that the call goes out.

        Raises:
            LocalProtocolError: Another one is still open.
        """
        if self._open is not None:
            raise LocalProtocolError(f"{call.action} while {self._open.action} is open")
        self._open, self._sent_at = call, now

    def receive(self, frame: Frame) -> Call | Answered | Stray:
        """Return the peer's call as it is, or what its answer answers."""
        if isinstance(frame, Call):
            return frame
        if self._open is None or self._open.id != frame.id:
            return Stray(frame)
        return Answered(self._closed(self._open), frame)

    def expires_at(self, timeout_s: float) -> float | None:
        """Return when the open call counts as failed, or None without one."""
        return None if self._open is None else self._sent_at + timeout_s

    def expire(self, now: float, timeout_s: float) -> Call | None:
        """Give the open call up when it is that old, and return it; its answer becomes stray."""
        if self._open is None or now - self._sent_at < timeout_s:
            return None
        return self._closed(self._open)

    def lose(self) -> Call | None:
        """Give the open call up, if any, because the connection is gone."""
        return None if self._open is None else self._closed(self._open)

    def _closed(self, call: Call) -> Call:
        self._open = None
        return call


@cache
def _frames() -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(Call | CallResult | CallError)


@cache
def _pieces() -> msgspec.json.Decoder[list[msgspec.Raw]]:
    return msgspec.json.Decoder(list[msgspec.Raw])


def _utf8(text: str | bytes, version: Version, max_bytes: int) -> bytes:
    """Return the bytes of the text; msgspec skips payloads without looking at their UTF-8."""
    try:
        if isinstance(text, str):
            raw = text.encode()
        else:
            raw = bytes(text)
            raw.decode()
    except UnicodeError as error:
        raise _unreadable(version, "no UTF-8") from error
    if len(raw) > max_bytes:
        code = version.codes[Fault.TOO_LONG]
        raise RemoteProtocolError(code, f"longer than {max_bytes} bytes", version.unreadable_id)
    return raw


def _unreadable(version: Version, what: str) -> RemoteProtocolError:
    return RemoteProtocolError(version.codes[Fault.UNREADABLE], what, version.unreadable_id)


def _depth_exceeds(raw: bytes, limit: int) -> bool:
    """Tell whether valid JSON nests deeper; C speed, for this runs on every message."""
    if raw.count(b"[") + raw.count(b"{") <= limit:
        return False
    brackets = _STRING.sub(b"", raw).translate(None, _NOT_BRACKETS)
    for _ in range(limit):
        peeled = brackets.replace(b"[]", b"").replace(b"{}", b"")
        if not peeled:
            return False
        brackets = peeled
    return True


def _with_payload(frame: Frame, version: Version) -> Frame:
    """OCPP-J 1.6 section 4.2.1 lets an empty payload be null."""
    if isinstance(frame, CallError) or not version.null_is_empty or bytes(frame.payload) != b"null":
        return frame
    if isinstance(frame, Call):
        return Call(frame.id, frame.action, _EMPTY)
    return CallResult(frame.id, _EMPTY)


def _not_a_frame(raw: bytes, version: Version) -> RemoteProtocolError:
    """Return what is wrong with JSON that is no frame, and whether it can be answered."""
    try:
        pieces = [bytes(piece).strip() for piece in _pieces().decode(raw)]
    except (msgspec.DecodeError, ValueError, RecursionError):
        return _unreadable(version, "no array")
    if pieces[:1] in ([b"3"], [b"4"]):
        return RemoteProtocolError(version.codes[Fault.UNREADABLE], "no answer in this frame")
    message_id = _id_in(pieces)
    if message_id is None:
        return _unreadable(version, "no message id in this frame")
    if pieces[0] == b"2":
        return RemoteProtocolError(version.codes[Fault.UNREADABLE], "no call", message_id)
    answer_to = message_id if version.answers_unknown_type else None
    return RemoteProtocolError(version.codes[Fault.UNKNOWN_TYPE], "unknown message type", answer_to)


def _id_in(pieces: list[bytes]) -> str | None:
    try:
        return msgspec.json.decode(pieces[1], type=Id)
    except (IndexError, msgspec.DecodeError, ValueError):
        return None
