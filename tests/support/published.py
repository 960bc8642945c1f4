"""The published schemas of OCPP, and a validator that shares nothing with our own messages."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import cache
from importlib import resources
from typing import Any

from jsonschema import Draft4Validator, Draft6Validator
from jsonschema.protocols import Validator

_CALL, _RESULT = 2, 3
_FOLDERS = {
    "1.6": ("ocpp.v16", "", Draft4Validator),
    "2.0.1": ("ocpp.v201", "Request", Draft6Validator),
}
"""Where the schemas of a version lie, what a request is called besides its action, their draft."""


class Sender(Enum):
    """Who put a frame on the wire."""

    STATION = "station"
    CSMS = "csms"


@dataclass(frozen=True, slots=True)
class Frame:
    """One text frame, as it was on the wire."""

    sender: Sender
    text: str


def broken(frames: Iterable[Frame], ocpp: str) -> Iterator[str]:
    """Yield what the published schemas find wrong with recorded frames, both ways.

    Frames that are no JSON, and errors, have no schema.
    """
    asked: dict[tuple[Sender, str], str] = {}
    for frame in frames:
        match _decoded(frame.text):
            case [2, str(id_), str(action), dict(payload)]:
                asked[frame.sender, id_] = action
                yield from _faults(frame, ocpp, action, payload, answer=False)
            case [3, str(id_), dict(payload)]:
                asker = Sender.CSMS if frame.sender is Sender.STATION else Sender.STATION
                action = asked.get((asker, id_), "")
                yield from _faults(frame, ocpp, action, payload, answer=True)
            case _:
                pass


def _decoded(text: str) -> Any:
    try:
        # A schema's 0.1 has to stay 0.1, or 16.1 would be no multiple of it.
        return json.loads(text, parse_float=Decimal)
    except ValueError:
        return None


def _faults(
    frame: Frame, ocpp: str, action: str, payload: dict[str, Any], *, answer: bool
) -> Iterator[str]:
    validator = _validator(ocpp, action, answer=answer)
    if validator is None:
        yield f"no such message: {frame}"
        return
    for error in validator.iter_errors(payload):
        yield f"{error.json_path} {error.message}: {frame}"


@cache
def _validator(ocpp: str, action: str, *, answer: bool) -> Validator | None:
    package, request, draft = _FOLDERS[ocpp]
    name = f"{action}{'Response' if answer else request}.json"
    file = resources.files(package) / "schemas" / name
    if not file.is_file():
        return None
    return draft(json.loads(file.read_text(encoding="utf-8-sig"), parse_float=Decimal))
