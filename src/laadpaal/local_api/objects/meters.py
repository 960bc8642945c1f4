"""`meter1`, `meter2`, `meter3`, `meter4`: what each meter measures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from laadpaal.local_api.objects.codes import Code, Value
from laadpaal.local_api.objects.figures import (
    QUANTITIES,
    Figures,
    Quantity,
    of_grid,
    of_socket,
)
from laadpaal.local_api.objects.row import Category, Row, Seen
from laadpaal.station.layout import GridLink, Layout

T = TypeVar("T")
Source = Callable[[Seen], Figures]

_NONE = -1
_LINKS = {None: _NONE, GridLink.MODBUS: 4, GridLink.P1: 5}
"""Numbers of the ways in which a meter at the grid is heard."""
_SOCKETS = ("2221", "3221")
"""The blocks of the sockets' meters."""
_CENTRAL, _SMART = Category("meter3"), Category("meter4")


class Remembered(Generic[T]):
    """Works the figures out once for each thing a meter says, for a page shows many of them."""

    def __init__(self, work_out: Callable[[T], Figures]) -> None:
        self._work_out = work_out
        self._last: tuple[T, Figures] | None = None

    def of(self, said: T) -> Figures:
        """Return the figures of what a meter has said."""
        if self._last is None or self._last[0] is not said:
            self._last = (said, self._work_out(said))
        return self._last[1]


def rows(layout: Layout) -> Iterator[Row]:
    """Yield the objects of these categories."""
    for place, _ in enumerate(layout.evses[: len(_SOCKETS)]):
        category = Category(f"meter{place + 1}")
        yield from _block(category, _SOCKETS[place], _of_socket(place + 1))
    yield _CENTRAL.fixed("4217_0", Code.INTEGER8, "A meter for all sockets: -1 is none.", _NONE)
    link = _LINKS[layout.grid]
    help_ = "How the meter at the grid is heard: -1 not at all, 4 by Modbus, 5 by its P1 port."
    yield _SMART.fixed("5217_0", Code.INTEGER8, help_, link, 7)
    yield from _port(layout)
    if layout.grid:
        yield from _block(_SMART, "5221", _of_grid())


def _port(layout: Layout) -> Iterator[Row]:
    """Yield where the telegrams of a smart meter come from; its place is in the configuration."""
    if layout.grid is GridLink.P1:
        help_ = "Where the smart meter's telegrams come from: 0, where the configuration says."
        yield _SMART.fixed("2191_1", Code.UNSIGNED8, help_, 0, 3)
        help_ = "Address that they come from: empty, for the configuration has it."
        yield _SMART.fixed("2191_2", Code.STRING, help_, "", 16)
        yield _SMART.fixed("2191_3", Code.UNSIGNED16, "Port there.", 0)


def _of_socket(evse: int) -> Source:
    figures = Remembered(of_socket)
    return lambda seen: figures.of(seen.evse(evse).measurement)


def _of_grid() -> Source:
    figures = Remembered(of_grid)
    return lambda seen: figures.of(seen.view.grid.measurement)


def _block(category: Category, index: str, source: Source) -> Iterator[Row]:
    for quantity in QUANTITIES:
        id_ = f"{index}_{quantity.sub:X}"
        yield category.told(id_, Code.REAL32, quantity.help, _read(quantity, source))


def _read(quantity: Quantity, source: Source) -> Callable[[Seen], Value]:
    taken = quantity.taken
    return lambda seen: taken(source(seen))
