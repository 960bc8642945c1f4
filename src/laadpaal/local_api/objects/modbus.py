"""`MbusTCP`: meters and energy managers that are reached by Modbus."""

from __future__ import annotations

from collections.abc import Iterator

from laadpaal.local_api.objects.codes import Code
from laadpaal.local_api.objects.row import FLAG, NUMERAL, Category, Row
from laadpaal.properties import energy_manager
from laadpaal.station.layout import GridLink, Layout

_MODBUS = Category("MbusTCP")
_CUSTOM = 2


def rows(layout: Layout) -> Iterator[Row]:
    """Yield the objects of this category; addresses and registers are in the configuration."""
    used = int(layout.grid is GridLink.MODBUS)
    help_ = "Whether a meter for all sockets is read by Modbus: 0, for there is none."
    yield _MODBUS.fixed("2522_1", Code.UNSIGNED8, help_, 0, 2)
    help_ = "Whether the meter at the grid is read by Modbus."
    yield _MODBUS.fixed("2523_1", Code.UNSIGNED8, help_, used, 2)
    help_ = "Where its registers are: 2, in a map of the configuration."
    yield _MODBUS.fixed("2523_2", Code.UNSIGNED8, help_, _CUSTOM, 2)
    if layout.manager:
        yield from _manager()


def _manager() -> Iterator[Row]:
    """Yield what an energy manager may do."""
    stored = _MODBUS.stored
    yield stored("2530_1", Code.UNSIGNED8, energy_manager.ALLOWED, NUMERAL, length=3)
    yield stored("2530_2", Code.UNSIGNED8, energy_manager.OF_EVSES, FLAG, length=1)
    yield stored("2530_3", Code.UNSIGNED8, energy_manager.OF_STATION, FLAG, length=1)
    yield stored("2530_4", Code.UNSIGNED16, energy_manager.VALIDITY, length=65_535)
