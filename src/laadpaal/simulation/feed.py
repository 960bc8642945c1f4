"""A value that changes, and everybody who follows it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Feed(Generic[T]):
    """Holds the present value and hands each new one to every follower."""

    def __init__(self, value: T) -> None:
        self.value = value
        self._followers: set[asyncio.Queue[T]] = set()

    def put(self, value: T) -> None:
        """Make this the present value; the same value again is no change."""
        if value == self.value:
            return
        self.value = value
        for follower in self._followers:
            follower.put_nowait(value)

    async def follow(self) -> AsyncIterator[T]:
        """Yield the present value, then every change from then on."""
        changes: asyncio.Queue[T] = asyncio.Queue()
        changes.put_nowait(self.value)
        self._followers.add(changes)
        try:
            while True:
                yield await changes.get()
        finally:
            self._followers.discard(changes)
