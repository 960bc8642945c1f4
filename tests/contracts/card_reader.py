"""What every `CardReader` must do, whatever line it hangs on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

import pytest

from laadpaal.ports.devices import CardReader
from laadpaal.ports.errors import DeviceLost
from laadpaal.station.words import Token, TokenKind


@dataclass(frozen=True, slots=True)
class Connected:
    """A driver, and the reader at the other end of its line.

    Args:
        hold: Holds a card of that number before the reader, and leaves it there.
        take: Takes it away.
        unplug: Takes the reader away.
        plug: Brings it back.
    """

    reader: CardReader
    hold: Callable[[bytes], None]
    take: Callable[[], None]
    unplug: Callable[[], None]
    plug: Callable[[], None]


Make = Callable[[], AbstractAsyncContextManager[Connected]]
"""Connects a driver to a simulated reader."""

CARDS = tuple(bytes.fromhex(uid) for uid in ("04A1B2C3", "04112233445566", "04112233445566778899"))
AWAY_S = 5.0
"""Longer than a card that comes back within is the same presentation."""
HELD_S = 10.0


async def check_card_reader(make: Make) -> None:
    """Check every promise of the port."""
    await _reads_cards_of_each_size(make)
    await _tells_a_held_card_once(make)
    await _tells_a_card_that_comes_back(make)
    await _is_lost_and_comes_back(make)
    await _starts_without_a_reader(make)
    await _lets_go(make)


class Listening:
    """Hears what a reader tells."""

    def __init__(self, found: Connected) -> None:
        self._found = found
        self.heard: list[Token] = []

    async def listen(self) -> None:
        """Take every card until the reader is lost; raises DeviceLost."""
        await self._found.reader.begin()
        async for token in self._found.reader.tokens():
            self.heard.append(token)

    async def hold(self, uid: bytes, held_s: float) -> None:
        """Hold a card there for so long."""
        self._found.hold(uid)
        await asyncio.sleep(held_s)
        self._found.take()
        await asyncio.sleep(AWAY_S)


async def _heard(make: Make, *uids: bytes, held_s: float = 1.0) -> list[str]:
    async with make() as found:
        listening = Listening(found)
        task = asyncio.ensure_future(listening.listen())
        await asyncio.sleep(1)
        for uid in uids:
            await listening.hold(uid, held_s)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert {token.kind for token in listening.heard} == {TokenKind.ISO14443}
    return [token.value for token in listening.heard]


async def _reads_cards_of_each_size(make: Make) -> None:
    assert await _heard(make, *CARDS) == [uid.hex().upper() for uid in CARDS]


async def _tells_a_held_card_once(make: Make) -> None:
    assert len(await _heard(make, CARDS[0], held_s=HELD_S)) == 1


async def _tells_a_card_that_comes_back(make: Make) -> None:
    assert len(await _heard(make, *CARDS[:1] * 3)) == 3


async def _is_lost_and_comes_back(make: Make) -> None:
    async with make() as found:
        listening = Listening(found)
        task = asyncio.ensure_future(listening.listen())
        await asyncio.sleep(1)
        await listening.hold(CARDS[0], 1)
        found.unplug()
        with pytest.raises(DeviceLost):
            await task
        with pytest.raises(DeviceLost):
            await found.reader.begin()
        found.plug()
        again = asyncio.ensure_future(listening.listen())
        await asyncio.sleep(1)
        await listening.hold(CARDS[1], 1)
        again.cancel()

    assert [token.value for token in listening.heard] == [uid.hex().upper() for uid in CARDS[:2]]


async def _starts_without_a_reader(make: Make) -> None:
    async with make() as found:
        found.unplug()
        with pytest.raises(DeviceLost):
            await found.reader.begin()


async def _lets_go(make: Make) -> None:
    async with make() as found:
        await found.reader.close()
        await found.reader.begin()
        await found.reader.close()
        await found.reader.close()
