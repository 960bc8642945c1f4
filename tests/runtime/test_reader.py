"""A card reader is lost and comes back, and nobody but the reader is the worse for it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from itertools import pairwise

import pytest

from laadpaal.runtime.reader import LONGEST_WAIT_S, ReaderTask
from laadpaal.simulation.reader import SimulatedReader
from laadpaal.station.events import CardPresented, Event, FaultCleared, FaultRaised
from laadpaal.station.words import Token
from tests.support.jumping import LoopClock, jump

CARD, OTHER = Token("04A1B2C3"), Token("04112233445566")
LOST, BACK = FaultRaised(2, 109), FaultCleared(2, 109)


class Tended:
    """The reader of EVSE 2 and who looks after it; `told` is each event with its second."""

    def __init__(self, reader: SimulatedReader) -> None:
        self.reader = reader
        self.told: list[tuple[Event, float]] = []
        log = logging.getLogger("test.reader")
        self._task = ReaderTask(2, reader, LoopClock(), self._hear, log)

    def _hear(self, event: Event) -> None:
        self.told.append((event, asyncio.get_running_loop().time()))

    @property
    def events(self) -> list[Event]:
        """What was told, without the seconds."""
        return [event for event, _ in self.told]

    def live(self, story: Callable[[], Coroutine[None, None, None]]) -> None:
        """Look after the reader as long as the story lasts."""

        async def both() -> None:
            running = asyncio.ensure_future(self._task.run())
            await story()
            running.cancel()

        jump(both())


def test_cards_are_told_while_it_is_there() -> None:
    """Each one, with the number of the reader."""
    it = Tended(SimulatedReader())

    async def story() -> None:
        it.reader.present(CARD)
        it.reader.present(OTHER)
        await asyncio.sleep(1)

    it.live(story)
    assert it.events == [CardPresented(2, CARD), CardPresented(2, OTHER)]


def test_it_is_lost_once_and_comes_back_by_itself(caplog: pytest.LogCaptureFixture) -> None:
    """With its fault, and one line in the log that says why; cards held meanwhile are nobody's."""
    it = Tended(SimulatedReader())

    async def story() -> None:
        await asyncio.sleep(1)
        it.reader.unplug()
        it.reader.present(CARD)
        await asyncio.sleep(300)
        assert it.events == [LOST]
        it.reader.plug()
        await asyncio.sleep(LONGEST_WAIT_S)
        it.reader.present(OTHER)
        await asyncio.sleep(1)

    it.live(story)
    assert it.events == [LOST, BACK, CardPresented(2, OTHER)]
    assert caplog.messages == ["Card reader 2 is lost: the card reader does not answer"]


def test_one_that_was_never_there_is_lost_at_the_start() -> None:
    """A station starts without it, and its reader has its fault."""
    it = Tended(SimulatedReader())
    it.reader.unplug()

    async def story() -> None:
        await asyncio.sleep(1)

    it.live(story)
    assert it.events == [LOST]


class Restless(SimulatedReader):
    """Is gone again as soon as it is there, unless it is asked to stay; `begun` are the seconds."""

    def __init__(self) -> None:
        super().__init__()
        self.begun: list[float] = []
        self.stays_s = 0.0

    async def begin(self) -> None:
        self.begun.append(asyncio.get_running_loop().time())
        self.plug()
        await super().begin()
        asyncio.get_running_loop().call_later(self.stays_s, self.unplug)


def test_one_that_comes_and_goes_is_tried_ever_more_seldom() -> None:
    """After 1, 2, 4 and so on seconds, then each minute; soon again when it had stayed."""
    reader = Restless()
    it = Tended(reader)

    async def story() -> None:
        await asyncio.sleep(200)
        reader.stays_s = 2 * LONGEST_WAIT_S
        await asyncio.sleep(2 * LONGEST_WAIT_S)
        reader.stays_s = 0.0
        await asyncio.sleep(2 * LONGEST_WAIT_S)

    it.live(story)
    waits = [later - sooner for sooner, later in pairwise(reader.begun)]
    assert waits[:9] == pytest.approx([1, 2, 4, 8, 16, 32, 60, 60, 60])
    assert waits[9:] == pytest.approx([2 * LONGEST_WAIT_S + 1, 2, 4, 8, 16, 32])
