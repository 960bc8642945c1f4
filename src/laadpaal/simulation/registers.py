"""The registers of a simulated meter, filled the other way round from how a driver reads them."""

from __future__ import annotations

import math
from collections.abc import Mapping

from laadpaal.protocols.modbus.numbers import spelling
from laadpaal.protocols.modbus.registers import (
    CURRENTS,
    POWERS,
    VOLTAGES,
    Kind,
    Q,
    Quantity,
    Register,
    RegisterMap,
    WordOrder,
)
from laadpaal.station.measurement import Measurement

FLOATS = {Kind.F32, Kind.F64}
NO_FLOAT = math.nan


def quantities(measured: Measurement, it: RegisterMap) -> dict[Quantity, float]:
    """Return what the meter has to say of a measurement.

    A current has no sign, as in most meters: which way it flows is said by the power of its line.
    """
    lines = list(zip(measured.voltages_v, measured.currents_a, strict=True))
    two_ways = Q.POWER_BACK in it.registers
    said = {
        Q.POWER: max(measured.power_w, 0.0) if two_ways else measured.power_w,
        Q.POWER_BACK: max(-measured.power_w, 0.0),
        Q.REACTIVE_POWER: measured.reactive_var or 0.0,
        Q.POWER_FACTOR: 1.0 if measured.power_factor is None else measured.power_factor,
        Q.FREQUENCY: measured.frequency_hz or 0.0,
        Q.IMPORTED: measured.energy_wh,
        Q.EXPORTED: measured.exported_wh or 0.0,
    }
    for line, (voltage_v, current_a) in enumerate(lines):
        said[VOLTAGES[line]] = voltage_v
        said[CURRENTS[line]] = abs(current_a)
        said[POWERS[line]] = voltage_v * current_a
    return said


def filled(it: RegisterMap, said: Mapping[Quantity, float]) -> dict[int, int]:
    """Return every register of the map by its address, with these numbers in it."""
    memory: dict[int, int] = {}
    for quantity, place in it.registers.items():
        words = _words(place, said[quantity])
        if it.order is WordOrder.LOW_FIRST:
            words.reverse()
        memory.update(enumerate(words, place.address))
    return memory


def unknown(it: RegisterMap) -> dict[int, int]:
    """Return the registers of a meter that has not measured yet: no number in any of them."""
    return {
        place.address + i: word
        for place in it.registers.values()
        for i, word in enumerate(_unknown_words(it, place))
    }


def _words(place: Register, number: float) -> list[int]:
    return list(spelling(place.kind, number / 10**place.tens))


def _unknown_words(it: RegisterMap, place: Register) -> list[int]:
    if place.kind in FLOATS:
        return list(spelling(place.kind, NO_FLOAT))
    words = [0xFFFF] * place.kind.words
    if place.kind.value.startswith("s"):
        words[0] = 0x7FFF
    return words[::-1] if it.order is WordOrder.LOW_FIRST else words
