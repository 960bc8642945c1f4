"""An energy meter that is read over Modbus, by the register map of its model."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from laadpaal.drivers.modbus_line import ModbusLine, on_tcp
from laadpaal.ports.errors import DeviceLost
from laadpaal.protocols.modbus.blocks import blocks
from laadpaal.protocols.modbus.models import SDM630
from laadpaal.protocols.modbus.numbers import numbers
from laadpaal.protocols.modbus.registers import (
    CURRENTS,
    POWERS,
    VOLTAGES,
    Model,
    Q,
    Quantity,
    RegisterMap,
)
from laadpaal.station.measurement import Measurement, Phases

HIGHEST_V = 300.0
HIGHEST_A = 200.0
HIGHEST_W = 1e6
HIGHEST_HZ = 100.0
HIGHEST_WH = 1e12
"""No meter around a charging station says more."""
LEAP_WH = 100_000.0
"""A register that moves further between two readings is read again before it is believed."""
NOTHING_BUT_ONES = 0xFFFF

Told = Mapping[Quantity, float | None]


class ModbusMeter:
    """Is an `EnergyMeter`: one unit on a line, which it may share with others."""

    def __init__(self, line: ModbusLine, it: RegisterMap, unit: int) -> None:
        self._reader = RegisterReader(line, it, unit)
        self._last_wh: float | None = None

    async def read(self) -> Measurement:
        """Return one complete measurement; raises DeviceLost, which says what went wrong."""
        said = measurement(await self._reader.read())
        if self._last_wh is not None and abs(said.energy_wh - self._last_wh) > LEAP_WH:
            # One wrong register would be charged for, and every right one after it passed over.
            said = measurement(await self._reader.read())
        self._last_wh = said.energy_wh
        return said

    async def close(self) -> None:
        """Let the line go."""
        await self._reader.close()


class RegisterReader:
    """Reads all quantities of one unit, in as few requests as it allows."""

    def __init__(self, line: ModbusLine, it: RegisterMap, unit: int) -> None:
        self._line, self._map, self._unit = line, it, unit
        self._blocks = blocks(it)

    async def read(self) -> Told:
        """Return what the meter says of each quantity; raises DeviceLost."""
        words: dict[int, int] = {}
        for block in self._blocks:
            read = await self._line.read(self._unit, self._map.function, block.start, block.count)
            if block.count > 1 and all(word == NOTHING_BUT_ONES for word in read):
                raise DeviceLost(f"meter {self._unit} says nothing but ones")
            words.update(enumerate(read, block.start))
        return numbers(self._map, words)

    async def close(self) -> None:
        """Let the line go."""
        await self._line.close()


def over_tcp(host: str, port: int = 502, model: Model = SDM630) -> ModbusMeter:
    """Return a meter with a Modbus TCP port of its own; nothing is connected yet."""
    return ModbusMeter(on_tcp(host, port), model.map, model.unit)


def measurement(told: Told) -> Measurement:
    """Return what the meter has measured; raises DeviceLost for what cannot be."""
    energy_wh = vital(told.get(Q.IMPORTED), "energy", HIGHEST_WH)
    if energy_wh < 0:
        raise DeviceLost(f"meter says a negative energy: {energy_wh} Wh")
    return Measurement(
        energy_wh=energy_wh,
        voltages_v=voltages(told),
        currents_a=currents(told),
        power_w=power(told),
        frequency_hz=extra(told, Q.FREQUENCY, HIGHEST_HZ),
        power_factor=extra(told, Q.POWER_FACTOR, 1.0),
        reactive_var=extra(told, Q.REACTIVE_POWER, HIGHEST_W),
        exported_wh=extra(told, Q.EXPORTED, HIGHEST_WH),
    )


def voltages(told: Told) -> Phases:
    """Return line to neutral, 0 where there is no such line; raises DeviceLost."""
    found = lines(told, VOLTAGES, "voltage", HIGHEST_V)
    if min(found) < 0:
        raise DeviceLost(f"meter says impossible voltages: {found}")
    return found


def currents(told: Told) -> Phases:
    """Return the current of each line, with the sign the meter gives it; raises DeviceLost."""
    return lines(told, CURRENTS, "current", HIGHEST_A)


def power(told: Told) -> float:
    """Return the power of all lines together, negative when it flows back; raises DeviceLost."""
    if Q.POWER not in told:
        return sum(lines(told, POWERS, "power", HIGHEST_W))
    forth_w = vital(told[Q.POWER], "power", HIGHEST_W)
    # Some have two registers without a sign instead of one with it.
    back_w = vital(told[Q.POWER_BACK], "power", HIGHEST_W) if Q.POWER_BACK in told else 0.0
    return forth_w - back_w


def lines(told: Told, names: Sequence[Quantity], what: str, highest: float) -> Phases:
    """Return one number for each line: the first must be told, the others may not be there."""
    l1, l2, l3 = (
        0.0 if name is not names[0] and told.get(name) is None else vital(told[name], what, highest)
        for name in names
    )
    return l1, l2, l3


def vital(number: float | None, what: str, highest: float) -> float:
    """Return a number without which nothing can be told; raises DeviceLost where it is none."""
    if number is None or not math.isfinite(number):
        raise DeviceLost(f"meter says a {what} that is not a number")
    if abs(number) > highest:
        raise DeviceLost(f"meter says an impossible {what}: {number:g}")
    return number


def extra(told: Told, quantity: Quantity, highest: float) -> float | None:
    """Return a number that may be missing: many meters have no power factor without a load."""
    number = told.get(quantity)
    return number if number is not None and abs(number) <= highest else None
