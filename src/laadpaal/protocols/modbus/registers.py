"""A register map: which quantity a meter keeps where, and how it writes the number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

WORD_B = 2
MOST_REGISTERS = 125
"""What one reply can carry (Modbus application protocol 6.3 and 6.4)."""
HIGHEST_ADDRESS = 0xFFFF


class Quantity(Enum):
    """What a meter can say, in V, A, W, var, Hz and Wh; the value is its name in a file."""

    VOLTAGE_L1 = "voltage_l1"
    VOLTAGE_L2 = "voltage_l2"
    VOLTAGE_L3 = "voltage_l3"
    CURRENT_L1 = "current_l1"
    CURRENT_L2 = "current_l2"
    CURRENT_L3 = "current_l3"
    POWER_L1 = "power_l1"
    POWER_L2 = "power_l2"
    POWER_L3 = "power_l3"
    POWER = "power"
    POWER_BACK = "power_export"
    REACTIVE_POWER = "reactive_power"
    POWER_FACTOR = "power_factor"
    FREQUENCY = "frequency"
    IMPORTED = "energy_import"
    EXPORTED = "energy_export"


Q = Quantity
VOLTAGES = (Q.VOLTAGE_L1, Q.VOLTAGE_L2, Q.VOLTAGE_L3)
CURRENTS = (Q.CURRENT_L1, Q.CURRENT_L2, Q.CURRENT_L3)
POWERS = (Q.POWER_L1, Q.POWER_L2, Q.POWER_L3)


class Kind(Enum):
    """How a number is written; the high byte of each register always comes first."""

    S16 = "s16"
    U16 = "u16"
    S32 = "s32"
    U32 = "u32"
    S64 = "s64"
    U64 = "u64"
    F32 = "f32"
    F64 = "f64"

    @property
    def words(self) -> int:
        """The registers it takes."""
        return int(self.value[1:]) // 16


class WordOrder(Enum):
    """Which register of a number comes first."""

    HIGH_FIRST = "high"
    LOW_FIRST = "low"


@dataclass(frozen=True, slots=True)
class Register:
    """Where a number stands, and how.

    Args:
        address: Of its first register, as it goes over the line.
        tens: The number is so many powers of ten of its unit: -1 for tenths, 3 for thousands.
    """

    address: int
    kind: Kind
    tens: int = 0


@dataclass(frozen=True, slots=True)
class RegisterMap:
    """What one model keeps where.

    Args:
        function: The Modbus function that reads it, 3 or 4.
        most: Registers it allows in one request.
        gap: Registers that nobody wants, and that may be read along to save a request.
        marked: Whether the highest number of an integer kind says that there is none to tell.
    """

    function: int
    registers: Mapping[Quantity, Register]
    order: WordOrder = WordOrder.HIGH_FIRST
    most: int = MOST_REGISTERS
    gap: int = 16
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Model:
    """A kind of meter, as it comes out of its box.

    Args:
        lines: How many lines of the supply it measures.
        baud, parity, unit: What its makers have set; parity is N, E or O.
    """

    name: str
    maker: str
    map: RegisterMap
    lines: int = 3
    baud: int = 9600
    parity: str = "N"
    unit: int = 1
