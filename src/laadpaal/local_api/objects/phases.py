"""The order of the lines, as other stations write it."""

from __future__ import annotations

from collections.abc import Iterable

from laadpaal.local_api.objects.codes import Code, Value
from laadpaal.local_api.objects.row import Category, Row, Seen, Wish
from laadpaal.properties.wiring import PHASE_ROTATION
from laadpaal.station.requests import WriteSetting
from laadpaal.station.words import By

_GENERIC = Category("generic")
_AT_GRID = 0
_USUAL = "L1L2L3"
_ORDERS = {
    "RST": _USUAL,
    "RTS": "L1L3L2",
    "SRT": "L2L1L3",
    "STR": "L2L3L1",
    "TRS": "L3L1L2",
    "TSR": "L3L2L1",
}
"""How we spell an order, and how they do; what is not known counts as the usual one."""
_SPELLED = {theirs: ours for ours, theirs in _ORDERS.items()}
_MAPS = {order: number for number, order in enumerate(_ORDERS, 4)}
_ONE_LINE = 1


def order_at_grid() -> Row:
    """Return the order in which the lines reach the station."""
    return Row(
        "2069_0",
        Code.STRING,
        _GENERIC.name,
        "Order in which the lines of the grid reach the station, such as L1L2L3.",
        lambda it: _ORDERS.get(it.view.order, _USUAL),
        7,
        _write,
        PHASE_ROTATION,
    )


def _write(seen: Seen, value: Value) -> Iterable[Wish]:
    """Write the order at the grid, and keep those of the outlets."""
    ours = _SPELLED.get(str(value).upper())
    if ours is None:
        raise ValueError(f"{str(value)[:20]!r} is not one of {', '.join(_SPELLED)}")
    others = [item for item in seen.values[PHASE_ROTATION] if item[0] != _AT_GRID]
    text = PHASE_ROTATION.kind.show(((_AT_GRID, ours), *others))
    return (WriteSetting(PHASE_ROTATION.id, text, By.LOCAL),)


def map_of(evse: int, seen: Seen) -> int:
    """Return the number of how an EVSE is wired: 1 for L1 alone, 4 to 9 for three lines."""
    it = seen.evse(evse)
    if (it.installation_phases or it.phases) == 1:
        return _ONE_LINE
    return _MAPS.get(it.order, _MAPS["RST"])
