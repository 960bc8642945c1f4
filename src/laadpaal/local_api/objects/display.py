"""`display`: what the display is, and the money it shows."""

from __future__ import annotations

from collections.abc import Iterator

from laadpaal.local_api.objects.codes import Code
from laadpaal.local_api.objects.row import Category, Row
from laadpaal.properties import prices
from laadpaal.station.layout import Layout

_DISPLAY = Category("display")


def rows(layout: Layout) -> Iterator[Row]:
    """Yield the objects of this category; a logo is in the configuration, not uploaded."""
    if layout.display != "none":
        for sub, what in ((3, "Width"), (4, "Height")):
            help_ = f"{what} of a logo that can be uploaded: 0, for the configuration has it."
            yield _DISPLAY.fixed(f"3260_{sub}", Code.UNSIGNED16, help_, 0)
    yield _DISPLAY.stored("3262_1", Code.STRING, prices.CURRENCY, length=4)
