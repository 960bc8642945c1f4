"""The registers of units 1, 2 and so on: each is an EVSE with its meter."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from laadpaal.modbus_slave.rows import RegisterTable, Row, Text
from laadpaal.modbus_slave.sight import EvseSight
from laadpaal.protocols.modbus.registers import Kind
from laadpaal.station.balancing import LINES
from laadpaal.station.faults import METER_FAULT
from laadpaal.station.measurement import Measurement
from laadpaal.station.phases import SetPhases
from laadpaal.station.requests import Request
from laadpaal.station.set_points import SetPoint

BY = "energy manager"
"""Who wishes for a number of lines, as people call them."""
EvseRow = Row[EvseSight]
Number = float | None
INITIALISED, UPDATED, FAILED = 1, 2, 8
"""Bits of the meter's state."""


def _number(
    address: int, kind: Kind, unit: str, what: str, show: Callable[[EvseSight], Number]
) -> EvseRow:
    return Row(address, kind, kind.words, unit, what, show)


def _measured(
    address: int, kind: Kind, unit: str, what: str, show: Callable[[Measurement], Number]
) -> EvseRow:
    def measured(it: EvseSight) -> Number:
        return show(it.seen.measurement) if it.seen.measurement else None

    return _number(address, kind, unit, what, measured)


def _nothing(_: Measurement) -> None:
    """No meter here tells that."""


def _lines(
    address: int, kind: Kind, unit: str, what: str, show: Callable[[Measurement, int], Number]
) -> Iterator[EvseRow]:
    """Yield a quantity of L1, L2, L3."""

    def on(line: int) -> Callable[[Measurement], Number]:
        return lambda it: show(it, line)

    for line in LINES:
        at = address + line * kind.words
        yield _measured(at, kind, unit, f"{what}, L{line + 1}", on(line))


def _unknown(
    address: int, kind: Kind, unit: str, what: str, names: tuple[str, ...]
) -> Iterator[EvseRow]:
    """Yield what no meter here tells."""
    for place, name in enumerate(names):
        at = address + place * kind.words
        yield _measured(at, kind, unit, f"{what}, {name}", _nothing)


_NAMES = ("L1", "L2", "L3")
_ALL = (*_NAMES, "sum")


def _meter() -> Iterator[EvseRow]:
    f32, f64 = Kind.F32, Kind.F64
    yield _number(300, Kind.U16, "bits", "meter: 1 set up, 2 heard, 8 failed", _state)
    yield _number(301, Kind.U64, "ms", "since the meter was heard", _age_ms)
    yield _number(305, Kind.U16, "", "meter: 0 on a serial line, 1 in the network", _way)
    yield from _lines(306, f32, "V", "voltage to neutral", lambda it, n: it.voltages_v[n])
    yield from _unknown(312, f32, "V", "voltage between lines", ("L1-L2", "L2-L3", "L3-L1"))
    yield _measured(318, f32, "A", "current, neutral", _nothing)
    yield from _lines(320, f32, "A", "current", lambda it, n: it.currents_a[n])
    yield _measured(326, f32, "A", "current, sum", lambda it: sum(it.currents_a))
    yield from _unknown(328, f32, "", "power factor", _NAMES)
    yield _measured(334, f32, "", "power factor, sum", lambda it: it.power_factor)
    yield _measured(336, f32, "Hz", "frequency", lambda it: it.frequency_hz)
    yield from _unknown(338, f32, "W", "power", _NAMES)
    yield _measured(344, f32, "W", "power, sum", lambda it: it.power_w)
    yield from _unknown(346, f32, "VA", "apparent power", _ALL)
    yield from _unknown(354, f32, "var", "reactive power", _NAMES)
    yield _measured(360, f32, "var", "reactive power, sum", lambda it: it.reactive_var)
    yield from _unknown(362, f64, "Wh", "energy to vehicles", _NAMES)
    yield _measured(374, f64, "Wh", "energy to vehicles, sum", lambda it: it.energy_wh)
    yield from _unknown(378, f64, "Wh", "energy from vehicles", _NAMES)
    yield _measured(390, f64, "Wh", "energy from vehicles, sum", lambda it: it.exported_wh)
    yield from _unknown(394, f64, "VAh", "apparent energy", _ALL)
    yield from _unknown(410, f64, "varh", "reactive energy", _ALL)


def _state(it: EvseSight) -> float:
    if it.seen.measurement is None:
        return 0
    return INITIALISED | (FAILED if METER_FAULT in it.seen.faults else UPDATED)


def _age_ms(it: EvseSight) -> Number:
    if it.seen.measurement is None:
        return None
    return max(0.0, it.station.now.utc - it.seen.measured_at) * 1000


def _way(it: EvseSight) -> float:
    return it.meter


def _control() -> Iterator[EvseRow]:
    f32, u16 = Kind.F32, Kind.U16
    yield _number(1200, u16, "", "1 if it is in use", _usable)
    yield Row(1201, Text.TEXT, 5, "", "state of the pilot: A, B1 to D2, E, F", _pilot)
    yield _number(1206, f32, "A", "what all limits come to", lambda it: it.seen.limit_a)
    yield _number(1208, Kind.U32, "s", "time left for the set point", _left)
    yield Row(1210, f32, f32.words, "A", "set point", _held, _limit)
    yield _number(1212, f32, "A", "safe current", lambda it: it.point.safe_a)
    yield _number(1214, u16, "", "1 if the set point counts", lambda it: it.point.counts)
    yield Row(1215, u16, u16.words, "", "lines to use: 1 or 3", _wanted, _phases)


def _usable(it: EvseSight) -> float:
    return it.seen.operative and it.station.view.operative


def _pilot(it: EvseSight) -> str:
    return it.pilot


def _left(it: EvseSight) -> float:
    return it.station.left_s(it.point)


def _held(it: EvseSight) -> float:
    return it.point.safe_a if it.point.limit_a is None else it.point.limit_a


def _limit(it: EvseSight, limit_a: float) -> Request:
    return SetPoint(it.seen.evse, limit_a)


def _wanted(it: EvseSight) -> float:
    return it.seen.lines.wanted


def _phases(it: EvseSight, lines: float) -> Request:
    return SetPhases(it.seen.evse, int(lines), BY)


EVSE = RegisterTable(*_meter(), *_control())
