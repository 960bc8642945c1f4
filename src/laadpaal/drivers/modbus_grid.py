"""A meter where the house meets the grid, read over Modbus; it tells which way each line flows."""

from __future__ import annotations

import math

from laadpaal.drivers.modbus_line import ModbusLine
from laadpaal.drivers.modbus_meter import (
    HIGHEST_W,
    HIGHEST_WH,
    RegisterReader,
    Told,
    currents,
    extra,
    lines,
    power,
    voltages,
)
from laadpaal.protocols.modbus.registers import POWERS, VOLTAGES, Q, RegisterMap
from laadpaal.station.measurement import GridMeasurement, Phases


class ModbusGridMeter:
    """Is a `GridMeter`: one unit on a line, which it may share with others."""

    def __init__(self, line: ModbusLine, it: RegisterMap, unit: int) -> None:
        self._reader = RegisterReader(line, it, unit)

    async def read(self) -> GridMeasurement:
        """Ask the meter; raises DeviceLost, which says what went wrong."""
        return grid_measurement(await self._reader.read())

    async def close(self) -> None:
        """Let the line go."""
        await self._reader.close()


def grid_measurement(told: Told) -> GridMeasurement:
    """Return what the meter has measured; raises DeviceLost for what cannot be."""
    currents_a, powers_w = currents(told), _powers(told)
    if powers_w:
        currents_a = _directed(currents_a, powers_w)
    return GridMeasurement(
        currents_a,
        powers_w,
        voltages(told),
        imported_wh=extra(told, Q.IMPORTED, HIGHEST_WH),
        exported_wh=extra(told, Q.EXPORTED, HIGHEST_WH),
    )


def _powers(told: Told) -> Phases | None:
    """Return the power of each line, which a meter of one line may tell as the sum."""
    if POWERS[0] in told:
        return lines(told, POWERS, "power", HIGHEST_W)
    return None if VOLTAGES[1] in told else (power(told), 0.0, 0.0)


def _directed(currents_a: Phases, powers_w: Phases) -> Phases:
    """Give each current the sign of its power: hardly a meter has signs of its own."""
    l1, l2, l3 = (
        math.copysign(current_a, power_w)
        for current_a, power_w in zip(currents_a, powers_w, strict=True)
    )
    return l1, l2, l3
