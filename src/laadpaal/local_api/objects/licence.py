"""What is built in, as the bits by which other stations tell what was paid for."""

from __future__ import annotations

from enum import IntFlag

from laadpaal.station.layout import Layout
from laadpaal.station.words import TokenKind

_STANDARD_A = 16.0


class Feature(IntFlag):
    """The bits of what a station may have, as far as this software knows of them."""

    BALANCING = 0x2
    """Sharing what the station has as a whole."""
    HOUSE = 0x4
    """Keeping the house under its fuse."""
    HIGH_POWER = 0x10
    READER = 0x100
    DISPLAY = 0x1000
    MODEM = 0x10000
    PAYMENT = 0x100000
    NUMBERED = 0x80000000
    """The station has a number of its own."""


def features(layout: Layout) -> Feature:
    """Return what is built in."""
    outlets = [one for evse in layout.evses for one in evse.connectors]
    had = {
        Feature.BALANCING: True,
        Feature.HOUSE: layout.grid is not None,
        Feature.HIGH_POWER: any(one.rated_a > _STANDARD_A for one in outlets),
        Feature.READER: TokenKind.ISO14443 in layout.presentable,
        Feature.DISPLAY: layout.display != "none",
        Feature.MODEM: layout.modem,
        Feature.PAYMENT: layout.payment,
        Feature.NUMBERED: bool(layout.serial),
    }
    return Feature(sum(feature for feature, here in had.items() if here))
