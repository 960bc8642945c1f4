"""A history, a log and messages in memory, made up by a test."""

from __future__ import annotations

from dataclasses import dataclass, field

from laadpaal.ports.history import Happening, Measured, Session, Sought
from laadpaal.ports.log import Written
from laadpaal.ports.messages import Message


@dataclass
class MadeUpPast:
    """Is a `History` of these entries and sessions, newest session last."""

    entries: list[Happening] = field(default_factory=list)
    stories: dict[str, tuple[Session, tuple[Measured, ...]]] = field(default_factory=dict)

    def happenings(self, after: int, limit: int) -> tuple[Happening, ...]:
        """Return entries after an offset."""
        return tuple([it for it in self.entries if it.offset > after][:limit])

    def sessions(self, sought: Sought, limit: int) -> tuple[Session, ...]:
        """Return sessions of an EVSE, newest first."""
        found = [it for it, _ in self.stories.values() if sought.evse in {None, it.evse}]
        return tuple(found[::-1][:limit])

    def session(self, transaction: str) -> tuple[Session, tuple[Measured, ...]] | None:
        """Return one of them."""
        return self.stories.get(transaction)

    async def erase(self) -> None:
        """Forget all."""
        self.entries.clear()
        self.stories.clear()


@dataclass
class MadeUpLog:
    """Is a `LogBook` of these lines; those before `oldest` have been let go."""

    lines: list[str] = field(default_factory=list)
    oldest: int = 0

    def span(self) -> range:
        """Return the numbers of what is left."""
        return range(self.oldest, len(self.lines))

    def read(self, first: int, limit: int) -> tuple[Written, ...]:
        """Return lines from a number on."""
        first = max(first, self.oldest)
        found = enumerate(self.lines[first : first + limit], first)
        return tuple(Written(number, text) for number, text in found)


@dataclass
class MadeUpMessages:
    """Is a `Messages` of these, oldest first."""

    messages: list[Message] = field(default_factory=list)

    def last(self, before: int | None = None) -> tuple[Message, ...]:
        """Return those of lower numbers, newest first."""
        found = [it for it in self.messages if before is None or it.number < before]
        return tuple(found[::-1])
