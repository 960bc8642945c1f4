"""The limits of the 1.6 schemas that a type cannot say; run when a message is made or decoded."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Protocol

import msgspec

from laadpaal.protocols.ocpp.errors import LocalProtocolError


class Sampled(Protocol):
    """A meter value."""

    @property
    def sampledValue(self) -> Iterable[Sample]:  # noqa: N802 -- as in the specification
        """Its samples."""


class Sample(Protocol):
    """One number of a meter value."""

    @property
    def unit(self) -> Enum | msgspec.UnsetType:
        """Its unit."""


def tenths(message: msgspec.Struct, field: str) -> None:
    """Refuse a number with more than one decimal.

    The schemas say `multipleOf 0.1`, which binary floats cannot answer by division; a number passes
    when its shortest decimal form has at most one decimal.

    Raises:
        LocalProtocolError: It has more.
    """
    number = getattr(message, field)
    if isinstance(number, float) and round(number, 1) != number:
        raise LocalProtocolError(f"Expected `float` that's a multiple of 0.1 in `{field}`")


def sampled(meter_values: Iterable[Sampled]) -> None:
    """Refuse a MeterValues with a meter value that holds no sample; StopTransaction may have one.

    Raises:
        LocalProtocolError: There is one.
    """
    if not all(value.sampledValue for value in meter_values):
        raise LocalProtocolError("Expected `array` of length >= 1 in `sampledValue`")


def only_units(
    meter_values: Iterable[Sampled] | msgspec.UnsetType, allowed: frozenset[Enum]
) -> None:
    """Refuse a sampled value whose unit StopTransaction does not know although MeterValues does.

    Raises:
        LocalProtocolError: There is one.
    """
    if isinstance(meter_values, msgspec.UnsetType):
        return
    units = {sample.unit for value in meter_values for sample in value.sampledValue}
    wrong = units - allowed - {msgspec.UNSET}
    if wrong:
        raise LocalProtocolError(f"Invalid enum value {wrong.pop()!r} in `transactionData`")
