"""Numbers are read as their makers write them; the registers here are written by hand."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laadpaal.protocols.modbus.models import MODELS
from laadpaal.protocols.modbus.numbers import numbers
from laadpaal.protocols.modbus.registers import (
    Kind,
    Q,
    Quantity,
    Register,
    RegisterMap,
    WordOrder,
)

HIGH, LOW = WordOrder


def said(
    kind: Kind, words: list[int], tens: int = 0, order: WordOrder = HIGH, *, marked: bool = False
) -> float | None:
    """Return the number in these registers."""
    it = RegisterMap(3, {Q.POWER: Register(7, kind, tens)}, order, marked=marked)
    return numbers(it, dict(enumerate(words, 7)))[Q.POWER]


@pytest.mark.parametrize(
    ("kind", "words", "tens", "order", "number"),
    [
        (Kind.U16, [2301], -1, HIGH, 230.1),
        (Kind.S16, [0xFC18], -3, HIGH, -1.0),
        (Kind.U32, [0x0001, 0x0002], 0, HIGH, 65_538.0),
        (Kind.U32, [0x0002, 0x0001], 0, LOW, 65_538.0),
        (Kind.S32, [0xFFFF, 0xFFFE], -1, HIGH, -0.2),
        (Kind.S32, [0xFFFE, 0xFFFF], -1, LOW, -0.2),
        (Kind.U64, [0, 0, 0, 1234], 1, HIGH, 12_340.0),
        (Kind.U64, [4, 3, 2, 1], 0, LOW, 281_483_566_841_860.0),
        (Kind.S64, [0xFFFF, 0xFFFF, 0xFFFF, 0xFFFF], 0, HIGH, -1.0),
        (Kind.F32, [0x4366, 0x8000], 0, HIGH, 230.5),
        (Kind.F32, [0x8000, 0x4366], 0, LOW, 230.5),
        (Kind.F32, [0x4148, 0x0000], 3, HIGH, 12_500.0),
        (Kind.F64, [0x40C8, 0x1CD6, 0xC8B4, 0x3958], 0, HIGH, 12_345.678),
    ],
)
def test_written_by_hand(
    kind: Kind, words: list[int], tens: int, order: WordOrder, number: float
) -> None:
    """Each kind, in both word orders, with its power of ten."""
    assert said(kind, words, tens, order) == number


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (Kind.F32, [0x7FC0, 0x0000]),
        (Kind.F32, [0x7F80, 0x0000]),
        (Kind.F64, [0xFFF0, 0, 0, 0]),
        (Kind.U16, [0xFFFF]),
        (Kind.U32, [0xFFFF, 0xFFFF]),
        (Kind.U64, [0xFFFF] * 4),
    ],
)
def test_no_number(kind: Kind, words: list[int]) -> None:
    """Infinities, and unsigned ones of nothing but ones, are as little a number as NaN."""
    number = said(kind, words)

    assert number is not None
    assert math.isnan(number)


@pytest.mark.parametrize(
    ("kind", "words"),
    [(Kind.U32, [0xFFFF, 0xFFFF]), (Kind.S32, [0x7FFF, 0xFFFF]), (Kind.S16, [0x7FFF])],
)
def test_marks(kind: Kind, words: list[int]) -> None:
    """A meter that marks what it cannot tell is understood."""
    assert said(kind, words, marked=True) is None


def test_the_highest_signed_number_may_be_meant() -> None:
    """Without marks it is a number."""
    assert said(Kind.S16, [0x7FFF]) == 32_767.0


PINNED = [
    ("SDM120", Q.VOLTAGE_L1, {0x00: 0x4366, 0x01: 0x8000}, 230.5),
    ("SDM630", Q.CURRENT_L3, {0x0A: 0x4184, 0x0B: 0x0000}, 16.5),
    ("SDM630", Q.IMPORTED, {0x48: 0x4148, 0x49: 0x0000}, 12_500.0),
    ("ABB B23", Q.VOLTAGE_L2, {0x5B02: 0, 0x5B03: 2301}, 230.1),
    ("ABB B23", Q.POWER, {0x5B14: 0xFFFE, 0x5B15: 0x7960}, -1_000.0),
    ("ABB B21", Q.IMPORTED, {0x5000: 0, 0x5001: 0, 0x5002: 1, 0x5003: 0}, 655_360.0),
    ("EM111", Q.CURRENT_L1, {0x02: 0x4074, 0x03: 0x0000}, 16.5),
    ("EM24", Q.IMPORTED, {0x42: 0x0001, 0x43: 0x0001}, 6_553_700.0),
    ("EM340", Q.POWER_L3, {0x16: 0xD8F0, 0x17: 0xFFFF}, -1_000.0),
    ("Countis E27", Q.POWER_L1, {50544: 0, 50545: 368}, 3_680.0),
    ("Countis E03", Q.VOLTAGE_L1, {50520: 0, 50521: 23_010}, 230.1),
    ("Klefr 6934", Q.POWER, {0x5012: 0x4130, 0x5013: 0x0000}, 11_000.0),
    ("Klefr 6924", Q.EXPORTED, {0x6018: 0x3F80, 0x6019: 0x0000}, 1_000.0),
    ("iEM3000", Q.IMPORTED, {0xC83: 0, 0xC84: 0, 0xC85: 1, 0xC86: 1}, 65_537.0),
    ("PAC2200", Q.IMPORTED, {801: 0x40C8, 802: 0x1CD6, 803: 0xC8B4, 804: 0x3958}, 12_345.678),
    ("Janitza B23", Q.FREQUENCY, {0x4A6A: 0x4248, 0x4A6B: 0x0000}, 50.0),
    ("DTSU666", Q.VOLTAGE_L1, {0x2006: 0x450F, 0x2007: 0xC000}, 230.0),
    ("DVH4013", Q.POWER_BACK, {0x02: 0, 0x03: 10_000}, 1_000.0),
    ("ALE3", Q.POWER_L2, {42: 368}, 3_680.0),
    ("WE516", Q.POWER_L1, {0x1E: 0x4060, 0x1F: 0x0000}, 3_500.0),
    ("WS100", Q.VOLTAGE_L1, {0x100: 0x0003, 0x101: 0x8270}, 230.0),
]


@pytest.mark.parametrize(("model", "quantity", "words", "number"), PINNED)
def test_places_of_the_models(
    model: str, quantity: Quantity, words: dict[int, int], number: float
) -> None:
    """What each make has where, written down by hand beside its table."""
    it = MODELS[model].map
    one = RegisterMap(it.function, {quantity: it.registers[quantity]}, it.order)

    assert numbers(one, words) == {quantity: number}


@given(st.sampled_from(list(MODELS.values())), st.data())
def test_any_registers_are_read(model: object, data: st.DataObject) -> None:
    """Whatever a line brings, reading it ends in numbers or in none."""
    it = MODELS[getattr(model, "name", "")].map
    word = st.sampled_from((0, 1, 0x7F80, 0x7FFF, 0x8000, 0xFFFF)) | st.integers(0, 0xFFFF)
    words = {
        place.address + i: data.draw(word)
        for place in it.registers.values()
        for i in range(place.kind.words)
    }

    found = numbers(it, words)

    assert found.keys() == it.registers.keys()
    assert all(number is None or isinstance(number, float) for number in found.values())
