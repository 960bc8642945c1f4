"""What was heard and said: every frame, every call of a station, and what was wrong with them."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

from laadpaal.backoffice.errors import TimedOut
from laadpaal.protocols.ocpp.message import Message

T = TypeVar("T")

MOST_FRAMES = 10_000
MOST_CALLS = 2_000
MOST_PROBLEMS = 1_000
LONGEST_TEXT = 1 << 16


class Direction(Enum):
    """Who speaks."""

    RECEIVED = "<"
    """The station."""
    SENT = ">"
    """The back office."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One frame that went over the wire.

    Args:
        action: What is called or, in an answer, was; empty when the frame does not tell.
        message_id: Empty when the frame cannot be read.
        text: At most 65536 characters of it.
        at: UTC second of the back office's clock.
    """

    station: str
    direction: Direction
    action: str
    message_id: str
    text: str
    at: float


@dataclass(frozen=True, slots=True)
class Heard:
    """A valid call; `number` counts the calls of all stations from 0."""

    number: int
    action: str
    message: Message


class Bell:
    """Wakes everybody who waits for something to change."""

    __slots__ = ("_rung",)

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Let everybody who waits look again."""
        self._rung.set()
        self._rung = asyncio.Event()

    async def until(self, look: Callable[[], T | None], timeout_s: float, what: str) -> T:
        """Return what `look` finds as soon as it finds something; raises TimedOut, naming `what`.

        `timeout_s` is in real seconds.
        """
        try:
            async with asyncio.timeout(timeout_s):
                while (found := look()) is None:
                    await self._rung.wait()
        except TimeoutError:
            raise TimedOut(f"no {what} within {timeout_s:g} s") from None
        return found


class Record:
    """The newest frames of all stations and calls of each; older ones are forgotten.

    `problems` holds a text for each broken frame, payload or answer and each call that was not
    allowed, at most 1000; a good station leaves it empty. The counters count frames by station.
    """

    __slots__ = ("_calls", "bell", "frames", "mark", "problems", "received", "sent")

    def __init__(self) -> None:
        self.frames: deque[Exchange] = deque(maxlen=MOST_FRAMES)
        self.problems: list[str] = []
        self.received: Counter[str] = Counter()
        self.sent: Counter[str] = Counter()
        self.bell = Bell()
        self.mark = 0
        self._calls: defaultdict[str, deque[Heard]] = defaultdict(lambda: deque(maxlen=MOST_CALLS))

    def went(self, exchange: Exchange) -> None:
        """Note a frame that went over the wire."""
        self.frames.append(exchange)
        received = exchange.direction is Direction.RECEIVED
        (self.received if received else self.sent)[exchange.station] += 1

    def heard(self, station: str, action: str, message: Message) -> None:
        """Note a valid call, and wake who waits for it."""
        self._calls[station].append(Heard(self.mark, action, message))
        self.mark += 1
        self.bell.ring()

    def wrong(self, station: str, what: str) -> None:
        """Note what a station did wrong."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(f"{station}: {what}")

    def since(self, mark: int, station: str, action: str) -> Iterator[Message]:
        """Yield the calls of one station and action from `mark` on, oldest first."""
        for call in self._calls.get(station, ()):
            if call.number >= mark and call.action == action:
                yield call.message
