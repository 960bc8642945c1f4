"""OCPP's instants: RFC 3339 text to seconds of Unix time and back."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from laadpaal.protocols.ocpp.errors import LocalProtocolError, ProtocolError

_PATTERN = re.compile(
    r"(?P<seconds>\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2})"
    r"(?:[.,](?P<fraction>\d+))?"
    r"(?:(?P<zulu>[Zz])|(?P<sign>[+-])(?P<hours>\d{2}):?(?P<minutes>\d{2})?)?",
    re.ASCII,
)
_LONGEST = 64
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class TimestampError(ProtocolError, ValueError):
    """The text is no instant."""


def parse(text: str) -> float:
    """Return the instant in seconds of Unix time.

    Any offset and any number of fraction digits is understood; without an offset it is UTC; a leap
    second is the second after.

    Raises:
        TimestampError: It is no instant.
    """
    found = _PATTERN.fullmatch(text) if len(text) <= _LONGEST else None
    if found is None:
        raise TimestampError(f"{text[:_LONGEST]!r} is not like 2020-10-27T09:05:02.621Z")
    try:
        at = _seconds(found["seconds"]) - _offset_s(found)
    except ValueError as error:
        raise TimestampError(f"{text!r}: {error}") from error
    return at + float(f"0.{found['fraction'] or 0}")


def render(at: float) -> str:
    """Return seconds of Unix time as `2020-10-27T09:05:02.621Z`, to the nearest millisecond.

    Raises:
        LocalProtocolError: It is not a year from 1 to 9999.
    """
    try:
        moment = _EPOCH + timedelta(milliseconds=round(at * 1000))
    except (OverflowError, ValueError) as error:
        raise LocalProtocolError(f"{at} has no timestamp") from error
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03}Z".rjust(24, "0")


def _seconds(text: str) -> int:
    """Return whole seconds; 23:59:60 is a leap second and one more than 59."""
    leap = text.endswith(":60")
    plain = text[:-2] + "59" if leap else text
    moment = datetime.fromisoformat(plain.upper()).replace(tzinfo=UTC)
    return round((moment - _EPOCH).total_seconds()) + leap


def _offset_s(found: re.Match[str]) -> int:
    if found["sign"] is None:
        return 0
    hours, minutes = int(found["hours"]), int(found["minutes"] or 0)
    if hours > 23 or minutes > 59:  # noqa: PLR2004 -- a clock face
        raise ValueError("no such offset")
    return (hours * 3600 + minutes * 60) * (-1 if found["sign"] == "-" else 1)
