"""The numbers that registers hold, and the registers that hold a number."""

from __future__ import annotations

import math
import struct
from collections.abc import Mapping, Sequence

from laadpaal.protocols.modbus.registers import (
    WORD_B,
    Kind,
    Quantity,
    Register,
    RegisterMap,
    WordOrder,
)

Words = Mapping[int, int]
"""What was read: one register each, by its address."""

_LETTERS = {
    Kind.S16: "h",
    Kind.U16: "H",
    Kind.S32: "i",
    Kind.U32: "I",
    Kind.S64: "q",
    Kind.U64: "Q",
    Kind.F32: "f",
    Kind.F64: "d",
}
_FLOATS = {Kind.F32, Kind.F64}
_SIGNED = {Kind.S16, Kind.S32, Kind.S64}


def numbers(it: RegisterMap, words: Words) -> dict[Quantity, float | None]:
    """Return what each quantity of the map says, in its unit.

    None is a quantity that the meter marks as one it cannot tell; a number that is none, which
    includes an unsigned one of nothing but ones, is not a number here either (NaN).
    """
    return {quantity: _number(it, place, words) for quantity, place in it.registers.items()}


def spelled(kind: Kind, words: Sequence[int]) -> float:
    """Return the number that words spell, the high one first; an integer stays one."""
    raw = struct.pack(f">{len(words)}H", *words)
    number: int | float = struct.unpack(f">{_LETTERS[kind]}", raw)[0]
    return number


def spelling(kind: Kind, number: float) -> tuple[int, ...]:
    """Return the words that spell a number, the high one first.

    An integer that does not fit becomes the nearest that does; the highest is none.
    """
    if kind not in _FLOATS:
        top = _highest(kind) - 1
        number = min(max(round(number), -top if kind in _SIGNED else 0), top)
    raw = struct.pack(f">{_LETTERS[kind]}", number)
    return struct.unpack(f">{kind.words}H", raw)


def _number(it: RegisterMap, place: Register, words: Words) -> float | None:
    there = [words[place.address + i] for i in range(place.kind.words)]
    if it.order is WordOrder.LOW_FIRST:
        there.reverse()
    number = spelled(place.kind, there)
    if place.kind in _FLOATS:
        return _scaled(number, place.tens) if math.isfinite(number) else math.nan
    if number == _highest(place.kind):
        if it.marked:
            return None
        if place.kind not in _SIGNED:
            return math.nan
    return _scaled(number, place.tens)


def _highest(kind: Kind) -> int:
    bits = 8 * WORD_B * kind.words
    return (1 << bits - (kind in _SIGNED)) - 1


def _scaled(number: float, tens: int) -> float:
    """Return it in its unit; a division keeps decimals such as 230.1 as they are written."""
    return float(number * 10**tens) if tens >= 0 else number / 10**-tens
