"""A register map of somebody's own is taken as it is written, or refused by name."""

from __future__ import annotations

import pytest

from laadpaal.protocols.modbus.own_map import MapError, parse
from laadpaal.protocols.modbus.registers import (
    Kind,
    Model,
    Q,
    Register,
    RegisterMap,
    WordOrder,
)

GOOD = """
name = "Sub meter"
maker = "Somebody"
function = 3
word_order = "low"
most = 50
gap = 8
not_available = true
baud = 19200
parity = "E"
unit = 7

[registers]
voltage_l1 = {address = 0x10, type = "u16", scale = -1}
current_l1 = {address = 0x11, type = "s32", scale = -3}
power = {address = 0x13, type = "f32"}
energy_import = {address = 0x20, type = "u64", scale = 1}
"""


def test_everything_is_taken() -> None:
    """Each key means what the tables of the known models have."""
    places = {
        Q.VOLTAGE_L1: Register(0x10, Kind.U16, -1),
        Q.CURRENT_L1: Register(0x11, Kind.S32, -3),
        Q.POWER: Register(0x13, Kind.F32),
        Q.IMPORTED: Register(0x20, Kind.U64, 1),
    }
    it = RegisterMap(3, places, WordOrder.LOW_FIRST, most=50, gap=8, marked=True)

    assert parse(GOOD) == Model("Sub meter", "Somebody", it, 1, 19200, "E", 7)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('name = "Sub meter"', "", "missing required field `name`"),
        ("function = 3", "function = 6", "Invalid enum value 6 - at `function`"),
        ('"u16"', '"u8"', "Invalid enum value 'u8' - at `registers[...].type`"),
        ("voltage_l1", "voltage", "Invalid enum value 'voltage'"),
        ("address = 0x10", "address = 70000", "<= 65535 - at `registers[...].address`"),
        ("address = 0x20", "address = 0xFFFE", "registers.energy_import: it goes on beyond 65535"),
        ("scale = -1", "scale = -10", ">= -9 - at `registers[...].scale`"),
        ("scale = -1", "factor = 2", "unknown field `factor`"),
        ("parity =", "stop =", "unknown field `stop`"),
        ("most = 50", "most = 126", "<= 125 - at `most`"),
        ("unit = 7", "unit = 248", "<= 247 - at `unit`"),
        ("[registers]", "[registers", "Expected ']'"),
        ("voltage_l1 =", "voltage_l2 =", "registers: voltage_l1 is missing"),
        ("current_l1 =", "current_l2 =", "registers: current_l1 is missing"),
        ("power =", "power_l2 =", "registers: there is neither power nor power_l1"),
        (
            "[registers]",
            '[registers]\nvoltage_l3 = {address = 1, type = "u16"}',
            "registers: voltage_l3 and current_l3 belong together",
        ),
    ],
)
def test_a_mistake_is_named(old: str, new: str, reason: str) -> None:
    """The key and what is wrong with it."""
    with pytest.raises(MapError) as wrong:
        parse(GOOD.replace(old, new, 1))

    assert reason in str(wrong.value)
