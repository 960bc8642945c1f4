"""Random registers, as a broken line or a strange meter would bring them; no error but a loss."""

from __future__ import annotations

import random

from fuzz.running import run
from laadpaal.drivers.modbus_grid import grid_measurement
from laadpaal.drivers.modbus_meter import measurement
from laadpaal.ports.errors import DeviceLost
from laadpaal.protocols.modbus.blocks import blocks
from laadpaal.protocols.modbus.models import MODELS
from laadpaal.protocols.modbus.numbers import numbers
from laadpaal.protocols.modbus.registers import RegisterMap
from laadpaal.simulation.registers import filled, quantities
from laadpaal.station.measurement import Measurement

AWKWARD = (0, 1, 0x7F80, 0x7FC0, 0x7FFF, 0x8000, 0xFF80, 0xFFFF)
MOST_CHANGES = 3
REAL = Measurement(12_300.0, (230.0, 231.0, 229.0), (16.0, 8.5, 0.5), 5_758.0)


def words(it: RegisterMap, lots: random.Random) -> dict[int, int]:
    """Return a whole reading: anything, or one that is right but for a few registers."""
    read = {
        address: lots.getrandbits(16)
        for block in blocks(it)
        for address in range(block.start, block.start + block.count)
    }
    if lots.random() < 1 / 2:
        return read
    read |= filled(it, quantities(REAL, it))
    for _ in range(lots.randint(0, MOST_CHANGES)):
        read[lots.choice(list(read))] = lots.choice((*AWKWARD, lots.getrandbits(16)))
    return read


def fuzz(count: int, seed: int) -> int:
    """Try so many readings; return how many were refused."""
    lots, lost = random.Random(seed), 0
    models = list(MODELS.values())
    for _ in range(count):
        it = lots.choice(models).map
        try:
            told = numbers(it, words(it, lots))
            measurement(told)
            grid_measurement(told)
        except DeviceLost:
            lost += 1
    return lost


if __name__ == "__main__":
    run("modbus", __doc__, lambda *lots: f"{fuzz(*lots)} of them were refused")
