"""The log as people read it: numbered lines, back from the newest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Written:
    """One line of the log; numbers grow by one, over restarts and whatever has been let go."""

    number: int
    text: str


class LogBook(Protocol):
    """What there is of the log."""

    def span(self) -> range:
        """Return the numbers of all lines that are there, oldest first."""
        ...

    def read(self, first: int, limit: int) -> tuple[Written, ...]:
        """Return the lines from number `first` on, oldest first and at most `limit`."""
        ...
