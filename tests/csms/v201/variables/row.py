"""One variable of the device model, as a CSMS must find it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

RW, RO, WO = "ReadWrite", "ReadOnly", "WriteOnly"
FLAG, WHOLE, DECIMAL, TEXT, TIME = "boolean", "integer", "decimal", "string", "dateTime"
OPTION, SEQUENCE, MEMBERS = "OptionList", "SequenceList", "MemberList"

Place = tuple[str, int, int]
Name = tuple[Place, str, str]
"""Component with EVSE and connector, variable, instance."""
Where = Sequence[tuple[int, int]]

STATION: Where = ((0, 0),)
EVSES: Where = ((1, 0), (2, 0))
CONNECTORS: Where = ((1, 1), (2, 1))
SOCKETS: Where = ((1, 1),)
"""EVSE 2 of these tests has a fixed cable, which no lock holds."""


@dataclass(frozen=True)
class Row:
    """A variable and its traits.

    Args:
        low: Smallest number or shortest text; None where no limit is told.
        words: All words that may occur, in order, for the list types.
        required: Whether the specification asks for it once its component is claimed.
    """

    name: Name
    data_type: str
    mutability: str
    unit: str
    low: float | None
    high: float | None
    words: tuple[str, ...]
    required: bool

    @property
    def traits(self) -> dict[str, object]:
        """What a report must say about it; supportsMonitoring is not judged here."""
        told = {
            "dataType": self.data_type,
            "unit": self.unit or None,
            "minLimit": self.low,
            "maxLimit": self.high,
            "valuesList": ",".join(self.words) or None,
        }
        return {name: value for name, value in told.items() if value is not None}


def required(
    name: str,
    data_type: str,
    mutability: str = RO,
    *,
    unit: str = "",
    low: float | None = None,
    high: float | None = None,
    words: tuple[str, ...] = (),
    at: Where = STATION,
) -> Iterator[Row]:
    """Yield the rows of `Component.Variable[instance]` that must be there, one for each place."""
    component, _, rest = name.partition(".")
    variable, _, instance = rest.removesuffix("]").partition("[")
    for evse, connector in at:
        full = (component, evse, connector), variable, instance
        yield Row(full, data_type, mutability, unit, low, high, words, required=True)


def optional(name: str, data_type: str, mutability: str = RO, **traits: Any) -> Iterator[Row]:
    """Yield the rows of a variable that we have besides."""
    for row in required(name, data_type, mutability, **traits):
        yield replace(row, required=False)


def available(*components: str, at: Where = STATION) -> Iterator[Row]:
    """Yield that components are there, which each of them says (3.1)."""
    for component in components:
        yield from required(f"{component}.Available", FLAG, at=at)
