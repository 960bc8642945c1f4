"""Payloads to typed messages and back, validated in the same pass, strictly in both directions.

A payload is parsed once, straight into its class. Only when that fails does a second look find the
OCPP error code and the JSON path. What is accepted equals the official JSON schemas (without their
`format`, which JSON schema itself treats as a remark), with four differences that no honest peer
meets: a number beyond the range of a double and a whole number of more than 4 300 digits are
refused; of a field given twice the last one counts, but all of them must be valid; half a surrogate
pair is refused; and `multipleOf 0.1` looks at the number as a double prints it.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from functools import cache
from typing import TypeVar

import msgspec

from laadpaal.protocols.ocpp.errors import LocalProtocolError, RemoteProtocolError
from laadpaal.protocols.ocpp.message import CustomData, Message, custom_data
from laadpaal.protocols.ocpp.version import Action, Fault, Language

Payload = bytes | memoryview | msgspec.Raw
M = TypeVar("M", bound=Message)

# What msgspec raises for bad bytes; a bad UTF-8 sequence and a too long number are ValueErrors.
_UNREADABLE = (msgspec.DecodeError, ValueError, RecursionError)

_WHERE = re.compile(r"^(?P<what>.*?)(?: - at `(?P<path>\$.*)`)?$", re.DOTALL)
_NOT_WHOLE = "Expected `int`, got `float`"
# Text of msgspec's complaint -> what is wrong. The first that matches decides.
_FAULTS = (
    (re.compile(r"Expected `object`, got `\w+`$"), Fault.WRONG_TYPE),
    (re.compile(r"Object missing required field"), Fault.MISSING),
    (re.compile(r"Object contains unknown field"), Fault.UNKNOWN_FIELD),
    (re.compile(r"Expected `array` of length"), Fault.WRONG_COUNT),
    (re.compile(r"Expected `\w+`, got"), Fault.WRONG_TYPE),
    (re.compile(r""), Fault.WRONG_VALUE),
)


class Direction(Enum):
    """Which message of an action a payload is."""

    CALL = auto()
    RESPONSE = auto()


def decode_payload(
    language: Language, action: str, payload: Payload, direction: Direction
) -> Message:
    """Return the typed message.

    Raises:
        RemoteProtocolError: Unknown action, or the payload breaks the schema; without message id.
    """
    return decode_type(language, kind_of(language, action, direction), payload)


def decode_call(language: Language, action: str, payload: Payload) -> Message:
    """Return the typed call; errors as `decode_payload`."""
    return decode_payload(language, action, payload, Direction.CALL)


def decode_response(language: Language, action: str, payload: Payload) -> Message:
    """Return the typed response; errors as `decode_payload`."""
    return decode_payload(language, action, payload, Direction.RESPONSE)


def decode_type(language: Language, kind: type[M], payload: Payload) -> M:
    """Return the payload as that message class; errors as `decode_payload`."""
    try:
        message: M = _decoder(kind).decode(payload)
    except _UNREADABLE as error:
        return _second_look(language, kind, payload, error)
    return message


def encode(message: Message) -> msgspec.Raw:
    """Return the message as JSON, proven to be what the schema allows.

    The proof is to read the bytes again, the cheapest way measured. NaN has no JSON: it fails where
    a number is due, and becomes null inside `customData` and `data`, which are open.

    Raises:
        LocalProtocolError: A field has a wrong value.
    """
    try:
        text = _encoder().encode(message)
        _decoder(type(message)).decode(text)
    except (*_UNREADABLE, TypeError, OverflowError) as error:
        raise LocalProtocolError(f"{type(message).__name__}: {error}") from error
    return msgspec.Raw(text)


def action_of(message: Message) -> str:
    """Return the action a call or response belongs to."""
    return type(message).__name__.removesuffix("Response")


def kind_of(language: Language, action: str, direction: Direction) -> type[Message]:
    """Return the message class of an action.

    Raises:
        RemoteProtocolError: The version does not know the action.
    """
    known = language.actions.get(action)
    if known is None:
        code = language.version.codes[Fault.UNKNOWN_ACTION]
        raise RemoteProtocolError(code, f"{action[:50]!r} is no action of OCPP")
    return known.call if direction is Direction.CALL else known.response


@cache
def _decoder(kind: type[M]) -> msgspec.json.Decoder[M]:
    return msgspec.json.Decoder(kind, dec_hook=_from_json)


@cache
def _encoder() -> msgspec.json.Encoder:
    return msgspec.json.Encoder(enc_hook=_to_json)


def _from_json(_kind: type, value: object) -> CustomData:
    """Return the only kind that msgspec does not know itself."""
    return custom_data(value)


def _to_json(value: object) -> object:
    if not isinstance(value, CustomData):
        raise TypeError(f"{type(value).__name__} has no JSON")
    return value.fields


def _second_look(language: Language, kind: type[M], payload: Payload, error: Exception) -> M:
    """Return the message when a `1.0` for 1 was all its fault, else say why not."""
    if not isinstance(error, msgspec.ValidationError):
        raise _complaint(language, Fault.MALFORMED, "no JSON") from error
    if str(error).startswith(_NOT_WHOLE) and _takes_whole_floats(language, kind):
        try:
            return _with_whole_numbers(kind, payload)
        except _UNREADABLE as second:
            error = second
    raise _named(language, error) from error


def _takes_whole_floats(language: Language, kind: type[Message]) -> bool:
    action: Action | None = language.actions.get(kind.__name__.removesuffix("Response"))
    return action is not None and action.whole_floats


def _with_whole_numbers(kind: type[M], payload: Payload) -> M:
    return msgspec.convert(_whole(msgspec.json.decode(payload)), kind, dec_hook=_from_json)


def _whole(value: object) -> object:
    match value:
        case float() if value.is_integer():
            return int(value)
        case dict():
            return {name: _whole(one) for name, one in value.items()}
        case list():
            return [_whole(one) for one in value]
        case _:
            return value


def _named(language: Language, error: Exception) -> RemoteProtocolError:
    found = _WHERE.match(str(error))
    what, path = (found["what"], found["path"] or "$") if found else (str(error), "$")
    fault = next(fault for pattern, fault in _FAULTS if pattern.match(what))
    if fault is Fault.WRONG_TYPE and path == "$":
        fault = Fault.MALFORMED
    return _complaint(language, fault, what, path)


def _complaint(language: Language, fault: Fault, what: str, path: str = "$") -> RemoteProtocolError:
    detail = what if path == "$" else f"{what} at {path}"
    return RemoteProtocolError(language.version.codes[fault], detail, path=path)
