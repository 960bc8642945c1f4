"""What a station said, and what it is expected to say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

Fields = Mapping[str, Any]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Heard:
    """A call of the station.

    Args:
        fields: Its payload.
        at: The station's monotonic second in which it came.
        id: Of the message; a repetition has the same.
    """

    action: str
    fields: Fields
    at: float
    id: str

    def __getitem__(self, name: str) -> Any:
        return self.fields[name]

    def get(self, name: str) -> Any:
        """Return a field, or None where it is absent."""
        return self.fields.get(name)


@dataclass(frozen=True, slots=True)
class Sought:
    """A call that is expected, with the fields that matter, at any depth; None is an absent one."""

    action: str
    fields: Fields

    def fits(self, heard: Heard) -> bool:
        """Tell whether this is it."""
        return heard.action == self.action and _holds(heard.fields, self.fields)

    def __repr__(self) -> str:
        return f"{self.action} {dict(self.fields)}"


def _holds(found: Any, wanted: Any) -> bool:
    match wanted:
        case frozenset():
            return found in wanted
        case Mapping():
            return isinstance(found, Mapping) and all(
                _holds(found.get(name), value) for name, value in wanted.items()
            )
        case _:
            return bool(found == wanted)


def either(*words: object) -> frozenset[object]:
    """Return a value of which any of these fits."""
    return frozenset(words)


def said(action: str, **fields: object) -> Sought:
    """Return a call to expect."""
    return Sought(action, fields)


def status(connector: int, word: str | frozenset[object], **fields: object) -> Sought:
    """Return a status notification to expect."""
    return said("StatusNotification", connectorId=connector, status=word, **fields)


def only(several: Sequence[T]) -> T:
    """Return the one there is."""
    (one,) = several
    return one
