"""Cards that the station itself knows: what is kept of them, and who may change that."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from laadpaal.station.words import Token, TokenKind

_DRAWN = re.compile("08[0-9A-Fa-f]{6}")


def drawn(token: Token) -> bool:
    """Tell whether a card has drawn its number by chance, and so does not say who it is.

    Numbers of four bytes that begin with 08 are another each time (ISO 14443-3).
    """
    return token.kind is TokenKind.ISO14443 and _DRAWN.fullmatch(token.value) is not None


class Rank(Enum):
    """What a card of the white list may do."""

    ACTIVE = "active"
    """Charge."""
    BLOCKED = "blocked"
    """Nothing."""
    MASTER = "master"
    """Add cards and remove them, and nothing else."""


@dataclass(frozen=True, slots=True)
class Card:
    """One entry of the white list."""

    token: Token
    rank: Rank = Rank.ACTIVE


@dataclass(frozen=True, slots=True)
class WriteCard:
    """Put a card on the white list, in place of what stands there of it."""

    card: Card


@dataclass(frozen=True, slots=True)
class DropCard:
    """Take a card off the white list."""

    token: Token


@dataclass(frozen=True, slots=True)
class ClearCards:
    """Empty the white list, but for master cards."""


@dataclass(frozen=True, slots=True)
class Enrol:
    """Begin or end what a master card begins and ends: each card that is held to a reader is added.

    One that is on the list already is removed.
    """

    on: bool


CardWish = WriteCard | DropCard | ClearCards | Enrol
"""What is asked of the white list, by somebody at the station."""


@dataclass(frozen=True, slots=True)
class CardKept:
    """A card of the white list; replaces what was kept of it."""

    card: Card


@dataclass(frozen=True, slots=True)
class CardDropped:
    """Nothing is kept of that card any more."""

    token: Token


CardRecord = CardKept | CardDropped
"""What of the white list must survive a power cut."""
