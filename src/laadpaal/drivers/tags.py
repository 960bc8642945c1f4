"""What a reader has read, as the token that the station knows."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

from laadpaal.protocols.tags import Order, Presence, spelled, vicinity
from laadpaal.station.words import Token, TokenKind

SCAN_S = 0.25
DELAY_S = 2.0


@dataclass(frozen=True, slots=True)
class Habits:
    """How a station wants its cards read.

    Args:
        order: Of the bytes of their numbers.
        scan_s: Real seconds from one look at the antenna to the next; asked anew each time.
        delay_s: A card that is seen again within so many is not presented anew; likewise.
    """

    order: Order = Order.AS_READ
    scan_s: Callable[[], float] = lambda: SCAN_S
    delay_s: Callable[[], float] = lambda: DELAY_S


def token_of(uid: bytes, order: Order) -> Token:
    """Return the token that a number is."""
    kind = TokenKind.ISO15693 if vicinity(uid) else TokenKind.ISO14443
    return Token(spelled(uid, order), kind)


async def scanning(
    look: Callable[[], Awaitable[bytes | None]], presence: Presence, habits: Habits
) -> AsyncIterator[Token]:
    """Look for a card again and again; yield each once for each time it is presented."""
    while True:
        uid = await look()
        if presence.scanned(uid, now()) and uid:
            yield token_of(uid, habits.order)
        await asyncio.sleep(habits.scan_s())


def now() -> float:
    """Return the seconds by which sights of cards are told apart."""
    return asyncio.get_running_loop().time()
