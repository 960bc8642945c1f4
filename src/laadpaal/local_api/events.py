"""The stream of notices: each listener has a bounded buffer, and is dropped when it is too slow."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from laadpaal.local_api.render import to_json
from laadpaal.station.notices import Notice

BUFFER = 1000
"""Notices one listener may lag behind."""
HEARTBEAT_S = 15.0
"""Silence after which a comment shows that the stream is alive."""

Frames = asyncio.Queue[bytes | None]
"""What one listener has yet to be sent; None ends it."""


class EventStream:
    """Tells every listener every notice, as frames of server-sent events.

    Args:
        buffer: Frames a listener may lag behind before it is dropped.
        heartbeat_s: Seconds of silence between two comments.
    """

    def __init__(self, *, buffer: int = BUFFER, heartbeat_s: float = HEARTBEAT_S) -> None:
        self._buffer = buffer
        self._heartbeat_s = heartbeat_s
        self._listeners: set[Frames] = set()
        self._closed = False

    @property
    def listeners(self) -> int:
        """How many listen now."""
        return len(self._listeners)

    def tell(self, notice: Notice) -> None:
        """Hand a notice to all listeners; never waits."""
        if not self._listeners:
            return
        frame = b"event: %s\ndata: %s\n\n" % (type(notice).__name__.encode(), to_json(notice))
        for frames in tuple(self._listeners):
            if frames.qsize() >= self._buffer:
                self._end(frames)
            else:
                frames.put_nowait(frame)

    def close(self) -> None:
        """End every stream after what it has yet to send, and each later one at once."""
        self._closed = True
        for frames in tuple(self._listeners):
            self._end(frames)

    async def listen(self) -> AsyncIterator[bytes]:
        """Yield the frames of a new listener: the first says that it hears all from now on."""
        frames: Frames = asyncio.Queue()
        self._listeners.add(frames)
        if self._closed:
            self._end(frames)
        try:
            yield b": listening\n\n"
            while (frame := await self._next(frames)) is not None:
                yield frame
            yield b": closed, what follows is not told here\n\n"
        finally:
            self._listeners.discard(frames)

    async def _next(self, frames: Frames) -> bytes | None:
        try:
            async with asyncio.timeout(self._heartbeat_s):
                return await frames.get()
        except TimeoutError:
            return b": still here\n\n"

    def _end(self, frames: Frames) -> None:
        self._listeners.discard(frames)
        frames.put_nowait(None)
