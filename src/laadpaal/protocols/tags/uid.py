"""The number of a tag (UID): which ones there are, and how they are written."""

from __future__ import annotations

from enum import Enum

SHORTEST, LONGEST = 4, 10
"""Bytes: a single size, and a triple one (ISO 14443-3)."""
_SINGLE = 4
_DRAWN = 0x08
_VICINITY_BYTES = 8
_VICINITY = 0xE0


class Order(Enum):
    """In which order the bytes of a number are written; makers of readers do not agree."""

    AS_READ = "as read"
    REVERSED = "reversed"


def drawn(uid: bytes) -> bool:
    """Tell whether the number was drawn by chance and is another the next time, as of a phone.

    Those have four bytes, and begin with 08 (ISO 14443-3).
    """
    return len(uid) == _SINGLE and uid[0] == _DRAWN


def vicinity(uid: bytes) -> bool:
    """Tell whether it is a number of ISO 15693, which begins with E0 and is sent from its end."""
    return len(uid) == _VICINITY_BYTES and _VICINITY in {uid[0], uid[-1]}


def spelled(uid: bytes, order: Order = Order.AS_READ) -> str:
    """Return the number in upper-case hexadecimal digits.

    One of ISO 15693 is as read when it begins with E0, whichever way it was sent. One that was
    drawn is never reversed, so that whoever sees it can tell that it is no name.
    """
    if vicinity(uid) and uid[0] != _VICINITY:
        uid = uid[::-1]
    if order is Order.REVERSED and not drawn(uid):
        uid = uid[::-1]
    return uid.hex().upper()
