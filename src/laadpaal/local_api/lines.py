"""Lines of the log taken apart, and found again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from laadpaal.ports.log import LogBook, Written

STEP = 128
"""Ids grow by so much from line to line, as tools that know them expect."""
LOOKED_AT = 4096
"""Lines that are looked at for one answer, however few of them match."""
_FIELDS = 7
_STAMP = 24
"""Characters of the instant at the beginning of a line."""


@dataclass(frozen=True, slots=True)
class Sought:
    """Which lines are wanted: of one kind, with that text in any case."""

    kind: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class LogLine:
    """A line taken apart.

    Args:
        id: Grows with time.
        at: UTC with milliseconds (ISO 8601).
        kind: INFO, WARNING, ERROR, USER, COM, SECURITY, RESET or CONSOLE.
        source: File and line of whoever wrote it.
    """

    id: int
    at: str
    kind: str
    source: str
    text: str


def parts(line: Written) -> LogLine:
    """Take a line apart; one that was torn is all text."""
    fields = line.text.split(":", _FIELDS - 1)
    at = ":".join(fields[:3])
    if len(fields) < _FIELDS or len(at) != _STAMP:
        return LogLine(line.number * STEP, "", "INFO", "", line.text)
    return LogLine(line.number * STEP, at, fields[3], f"{fields[4]}:{fields[5]}", fields[6])


def back(book: LogBook, before: int, sought: Sought) -> Iterator[LogLine]:
    """Yield the lines that are sought from number `before` back, newest first."""
    first = max(before - LOOKED_AT, book.span().start)
    for line in reversed(book.read(first, before - first)):
        found = parts(line)
        if _wanted(found, sought):
            yield found


def _wanted(found: LogLine, sought: Sought) -> bool:
    kind = sought.kind is None or found.kind == sought.kind.upper()
    return kind and (sought.text is None or sought.text.casefold() in found.text.casefold())
