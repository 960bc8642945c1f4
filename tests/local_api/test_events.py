"""The stream of notices: in order, bounded, alive, and ended."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from laadpaal.local_api.events import EventStream
from laadpaal.station.notices import CacheCleared, SettingChanged

HELLO = b": listening\n\n"
BYE = b": closed, what follows is not told here\n\n"
CLEARED = b"event: CacheCleared\ndata: {}\n\n"


async def all_of(frames: AsyncIterator[bytes]) -> list[bytes]:
    """Return every frame of a stream that ends."""
    return [frame async for frame in frames]


async def test_notices_are_told_in_order() -> None:
    """One frame each, named as the notice, to every listener."""
    events = EventStream()
    events.tell(CacheCleared())
    first, second = events.listen(), events.listen()
    assert await anext(first) == HELLO
    assert await anext(second) == HELLO
    events.tell(SettingChanged("2087_0", 0, "30"))
    events.tell(CacheCleared())
    events.close()

    told = [
        b'event: SettingChanged\ndata: {"id":"2087_0","evse":0,"text":"30"}\n\n',
        CLEARED,
        BYE,
    ]

    assert await all_of(first) == told
    assert await all_of(second) == told
    assert events.listeners == 0


async def test_who_is_too_slow_is_dropped() -> None:
    """The buffer is bounded: what fits is sent, then the stream ends; others go on."""
    events = EventStream(buffer=2)
    slow = events.listen()
    assert await anext(slow) == HELLO
    for _ in range(3):
        events.tell(CacheCleared())
    quick = events.listen()
    assert await anext(quick) == HELLO
    events.tell(CacheCleared())

    assert events.listeners == 1
    assert await all_of(slow) == [CLEARED, CLEARED, BYE]
    events.close()
    assert await all_of(quick) == [CLEARED, BYE]


async def test_silence_has_a_heartbeat() -> None:
    """A comment shows that the stream is alive, and loses nothing."""
    events = EventStream(heartbeat_s=0.001)
    frames = events.listen()

    assert await anext(frames) == HELLO
    assert await anext(frames) == b": still here\n\n"
    events.tell(CacheCleared())
    assert await anext(frames) == CLEARED
    events.close()
    assert (await all_of(frames))[-1] == BYE


async def test_who_leaves_is_forgotten() -> None:
    """A listener that is cancelled in the middle of silence is told no more."""
    events = EventStream()
    frames = events.listen()
    assert await anext(frames) == HELLO

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.001):
            await anext(frames)

    assert events.listeners == 0


def test_who_never_began_is_no_listener() -> None:
    """A client that has gone before its first frame leaves nothing behind."""
    events = EventStream()
    events.listen()

    assert events.listeners == 0


async def test_who_comes_too_late_is_told_so() -> None:
    """A closed stream ends at once for everybody."""
    events = EventStream()
    events.close()

    assert await all_of(events.listen()) == [HELLO, BYE]
    assert events.listeners == 0
