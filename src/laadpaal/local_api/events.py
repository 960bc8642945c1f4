"""The stream of notices: each listener has a bounded buffer, and is dropped when it is too slow."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection
from enum import Enum

from laadpaal.local_api.render import to_json
from laadpaal.station.notices import Notice

BUFFER = 1000
"""Notices one listener may lag behind."""
HEARTBEAT_S = 15.0
"""Silence after which a comment shows that the stream is alive."""

Frames = asyncio.Queue[bytes | None]
"""What one listener has yet to be sent; None ends it."""


class Aside(Enum):
    """What the stream tells besides notices, to listeners that want it."""

    LOG = "log"
    MESSAGES = "messages"


class EventStream:
    """Tells every listener every notice, as frames of server-sent events.

    Args:
        buffer: Frames a listener may lag behind before it is dropped.
        heartbeat_s: Seconds of silence between two comments.
    """

    def __init__(self, *, buffer: int = BUFFER, heartbeat_s: float = HEARTBEAT_S) -> None:
        self._buffer = buffer
        self._heartbeat_s = heartbeat_s
        self._listeners: dict[Frames, Collection[Aside]] = {}
        self._closed = False

    @property
    def listeners(self) -> int:
        """How many listen now."""
        return len(self._listeners)

    def tell(self, notice: Notice) -> None:
        """Hand a notice to all listeners; never waits."""
        self._hand(notice, tuple(self._listeners))

    def tell_aside(self, aside: Aside, thing: object) -> None:
        """Hand something else to those who want it; never waits."""
        wanting = [frames for frames, asides in self._listeners.items() if aside in asides]
        self._hand(thing, wanting)

    def _hand(self, thing: object, listeners: Collection[Frames]) -> None:
        if not listeners:
            return
        frame = b"event: %s\ndata: %s\n\n" % (type(thing).__name__.encode(), to_json(thing))
        for frames in listeners:
            if frames.qsize() >= self._buffer:
                self._end(frames)
            else:
                frames.put_nowait(frame)

    def close(self) -> None:
        """End every stream after what it has yet to send, and each later one at once."""
        self._closed = True
        for frames in tuple(self._listeners):
            self._end(frames)

    async def listen(self, asides: Collection[Aside] = ()) -> AsyncIterator[bytes]:
        """Yield the frames of a new listener: the first says that it hears all from now on."""
        frames: Frames = asyncio.Queue()
        self._listeners[frames] = asides
        if self._closed:
            self._end(frames)
        try:
            yield b": listening\n\n"
            while (frame := await self._next(frames)) is not None:
                yield frame
            yield b": closed, what follows is not told here\n\n"
        finally:
            self._listeners.pop(frames, None)

    async def _next(self, frames: Frames) -> bytes | None:
        try:
            async with asyncio.timeout(self._heartbeat_s):
                return await frames.get()
        except TimeoutError:
            return b": still here\n\n"

    def _end(self, frames: Frames) -> None:
        self._listeners.pop(frames, None)
        frames.put_nowait(None)
