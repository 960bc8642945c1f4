"""The registers of unit 200: the station itself, and all its EVSEs together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from laadpaal.modbus_slave.rows import RegisterTable, Row, Text
from laadpaal.modbus_slave.sight import Sight
from laadpaal.protocols.modbus.registers import Kind
from laadpaal.station.balancing import LINES
from laadpaal.station.set_points import SetPoint

UNIT = 200
VERSION = 1
"""Of this map."""
StationRow = Row[Sight]


def _text(address: int, count: int, what: str, show: Callable[[Sight], str]) -> StationRow:
    return Row(address, Text.TEXT, count, "", what, show)


def _number(
    address: int, kind: Kind, unit: str, what: str, show: Callable[[Sight], float | None]
) -> StationRow:
    return Row(address, kind, kind.words, unit, what, show)


def _utc(part: str) -> Callable[[Sight], float | None]:
    """Show a part of date and time, once somebody vouches for the clock."""

    def show(sight: Sight) -> float | None:
        if not sight.now.trusted:
            return None
        return float(getattr(datetime.fromtimestamp(sight.now.utc, UTC), part))

    return show


def _product() -> Iterator[StationRow]:
    yield _text(100, 17, "name", lambda it: f"{it.view.layout.vendor} {it.view.layout.model}")
    yield _text(117, 5, "manufacturer", lambda it: it.view.layout.vendor)
    yield _number(122, Kind.S16, "", "version of these registers", lambda _: VERSION)
    yield _text(123, 17, "firmware version", lambda it: it.view.layout.firmware)
    yield _text(140, 17, "platform", lambda it: it.view.layout.model)
    yield _text(157, 11, "serial number", lambda it: it.view.layout.serial)
    for at, part in enumerate(("year", "month", "day", "hour", "minute", "second"), 168):
        yield _number(at, Kind.S16, part, f"clock: {part}, in UTC", _utc(part))
    yield _number(174, Kind.U64, "ms", "time since the start", lambda it: it.up_s * 1000)
    yield _number(178, Kind.S16, "min", "offset of the clock from UTC", lambda _: 0)


def _status() -> Iterator[StationRow]:
    least = "current for all EVSEs together, on the line with the least"
    yield _number(1100, Kind.F32, "A", least, lambda it: min(it.view.limits_a))
    yield _number(1102, Kind.F32, "°C", "temperature inside", lambda it: it.view.celsius)
    yield _number(1104, Kind.U16, "", "1 if the CSMS is connected", lambda it: it.view.online)
    yield _number(1105, Kind.U16, "", "EVSEs", lambda it: len(it.view.evses))


def _network() -> Iterator[StationRow]:
    """Yield the registers of a network of stations, which is this one alone."""
    yield _text(1400, 4, "name of the network", lambda _: "")
    yield _number(1404, Kind.U16, "", "EVSEs in the network", lambda it: len(it.view.evses))
    for line in LINES:
        yield from _of_line(line)
    safe = "safe current for all EVSEs together"
    yield _number(1429, Kind.F32, "A", safe, lambda it: it.view.set_points.lines[0].safe_a)
    may = "1 if the currents of the network can be set"
    yield _number(1431, Kind.U16, "", may, lambda it: it.view.set_points.lines[0].counts)


def _of_line(line: int) -> Iterator[StationRow]:
    name, two = f"L{line + 1}", 2 * line

    def held(it: Sight) -> float:
        point = it.view.set_points.lines[line]
        return point.safe_a if point.limit_a is None else point.limit_a

    def left(it: Sight) -> float:
        return it.left_s(it.view.set_points.lines[line])

    yield _number(
        1405 + two, Kind.F32, "A", f"all EVSEs take, {name}", lambda it: it.view.currents_a[line]
    )
    yield _number(
        1411 + two, Kind.F32, "A", f"they may take, {name}", lambda it: it.view.limits_a[line]
    )
    yield Row(
        1417 + two,
        Kind.F32,
        2,
        "A",
        f"set point for all EVSEs together, {name}",
        held,
        lambda _, limit_a: SetPoint(0, limit_a, line + 1),
    )
    yield _number(1423 + two, Kind.U32, "s", f"time left for that set point, {name}", left)


STATION = RegisterTable(*_product(), *_status(), *_network())
