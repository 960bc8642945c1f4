"""Random registers, as a broken line or a strange meter would bring them; no error but a loss."""

from __future__ import annotations

import argparse
import random
import sys

from laadpaal.drivers.modbus_grid import grid_measurement
from laadpaal.drivers.modbus_meter import measurement
from laadpaal.ports.errors import DeviceLost
from laadpaal.protocols.modbus.blocks import blocks
from laadpaal.protocols.modbus.models import MODELS
from laadpaal.protocols.modbus.numbers import numbers
from laadpaal.protocols.modbus.registers import RegisterMap
from laadpaal.simulation.registers import filled, quantities
from laadpaal.station.measurement import Measurement

COUNT = 1_000_000
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


def main() -> int:
    """Try so many readings; an error that nobody expects ends it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=COUNT)
    parser.add_argument("--seed", type=int, default=None)
    given = parser.parse_args()
    seed = random.SystemRandom().getrandbits(32) if given.seed is None else given.seed
    print(f"modbus: {given.count} readings, seed {seed}", flush=True)
    lots = random.Random(seed)
    models, lost = list(MODELS.values()), 0
    for _ in range(given.count):
        it = lots.choice(models).map
        try:
            told = numbers(it, words(it, lots))
            measurement(told)
            grid_measurement(told)
        except DeviceLost:
            lost += 1
    print(f"modbus: {lost} were refused, and nothing else went wrong")
    return 0


if __name__ == "__main__":
    sys.exit(main())
