"""Feeds broken telegrams to the P1 parser: nothing but what it documents may come of them."""

from __future__ import annotations

import random
from collections.abc import Callable

from fuzz.running import run
from laadpaal.protocols.p1 import VARIANTS, TelegramError, TelegramReader, lines_of, parse
from laadpaal.protocols.p1.reader import LONGEST
from laadpaal.simulation.p1_telegrams import Registers, sealed, telegram
from laadpaal.station.measurement import GridMeasurement

KEY = bytes(range(16))
HOUSE = GridMeasurement((16.2, -8.1, 0.4), None, (229.8, 231.0, 230.4))
BITS = (
    b"/LPX5",
    b"!",
    b"\r\n",
    b"\n",
    b"(",
    b")",
    b"*",
    b"\xdb\x08",
    b"1-0:1.7.0(1*kW)\r\n",
    b"9" * 99,
)

Lots = random.Random
Mutation = Callable[[bytes, Lots], bytes]


def fuzz(count: int, seed: int) -> int:
    """Feed inputs to readers that live on; return the most bytes that one has held."""
    lots = Lots(seed)
    readers = {name: TelegramReader(variant, KEY) for name, variant in VARIANTS.items()}
    good = {name: frame_of(name) for name in VARIANTS}
    most = 0
    for _ in range(count):
        name = lots.choice(sorted(VARIANTS))
        data = mutated(good[name], lots)
        most = max(most, fed(readers[name], data, lots))
        try:
            lines_of(parse(data, VARIANTS[name]), phases=lots.choice((1, 3)))
        except TelegramError:
            continue
    return most


def fed(reader: TelegramReader, data: bytes, lots: Lots) -> int:
    """Feed the data in two pieces; return how much was held in between."""
    cut = lots.randrange(len(data) + 1)
    reader.feed(data[:cut])
    held = reader.held
    reader.feed(data[cut:])
    assert max(held, reader.held) <= LONGEST, f"{reader.held} bytes are held"  # noqa: S101  our own bound
    return max(held, reader.held)


def frame_of(name: str) -> bytes:
    """Return a good telegram of a variant."""
    plain = telegram(name, HOUSE, Registers(1234.0, 56.0), 1_700_000_000.0)
    return sealed(plain, KEY, 1) if VARIANTS[name].encrypted else plain


def mutated(data: bytes, lots: Lots) -> bytes:
    """Return the data after a few accidents."""
    for _ in range(lots.randrange(4)):
        data = lots.choice(MUTATIONS)(data, lots)
    return data


def _flip(data: bytes, lots: Lots) -> bytes:
    at = lots.randrange(len(data) + 1)
    return data[:at] + bytes([lots.randrange(256)]) + data[at + 1 :]


def _cut(data: bytes, lots: Lots) -> bytes:
    return data[lots.randrange(len(data) + 1) :]


def _break_off(data: bytes, lots: Lots) -> bytes:
    return data[: lots.randrange(len(data) + 1)]


def _insert(data: bytes, lots: Lots) -> bytes:
    at = lots.randrange(len(data) + 1)
    return data[:at] + lots.choice(BITS) * lots.choice((1, 1, 2, 100)) + data[at:]


def _repeat(data: bytes, lots: Lots) -> bytes:
    return data * lots.choice((2, 3))


def _noise(data: bytes, lots: Lots) -> bytes:
    return lots.randbytes(lots.randrange(200)) + data


MUTATIONS: tuple[Mutation, ...] = (_flip, _cut, _break_off, _insert, _repeat, _noise)

if __name__ == "__main__":
    run("p1", __doc__, lambda *lots: f"at most {fuzz(*lots)} bytes were held of {LONGEST}")
