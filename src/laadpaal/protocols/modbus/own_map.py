"""A register map that somebody wrote for a meter of theirs: TOML, checked before it is used."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Annotated, Literal

import msgspec

from laadpaal.protocols.modbus.registers import (
    CURRENTS,
    HIGHEST_ADDRESS,
    MOST_REGISTERS,
    POWERS,
    VOLTAGES,
    Kind,
    Model,
    Q,
    Quantity,
    Register,
    RegisterMap,
    WordOrder,
)


class MapError(ValueError):
    """A text is no register map; the reason names the key."""


class _Table(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of the file; a key it does not know is an error."""


class _Place(_Table, frozen=True, kw_only=True):
    """Where a quantity stands."""

    address: Annotated[int, msgspec.Meta(ge=0, le=HIGHEST_ADDRESS)]
    type: Kind
    scale: Annotated[int, msgspec.Meta(ge=-9, le=9)] = 0


class _File(_Table, frozen=True, kw_only=True):
    """The whole file; `not_available` is whether the highest integer says that there is none."""

    name: Annotated[str, msgspec.Meta(min_length=1)]
    maker: str = ""
    function: Literal[3, 4]
    word_order: WordOrder = WordOrder.HIGH_FIRST
    most: Annotated[int, msgspec.Meta(ge=4, le=MOST_REGISTERS)] = MOST_REGISTERS
    gap: Annotated[int, msgspec.Meta(ge=0, le=MOST_REGISTERS)] = 0
    not_available: bool = False
    baud: Annotated[int, msgspec.Meta(ge=1200, le=256_000)] = 9600
    parity: Literal["N", "E", "O"] = "N"
    unit: Annotated[int, msgspec.Meta(ge=1, le=247)] = 1
    registers: dict[Quantity, _Place]


def parse(text: str) -> Model:
    """Return the meter that a file describes; raises MapError."""
    try:
        file = msgspec.convert(tomllib.loads(text), _File)
    except tomllib.TOMLDecodeError as wrong:
        raise MapError(str(wrong)) from wrong
    except msgspec.ValidationError as wrong:
        raise MapError(_plain(str(wrong))) from wrong
    places = {quantity: _register(quantity, place) for quantity, place in file.registers.items()}
    _check(places)
    it = RegisterMap(
        file.function,
        places,
        file.word_order,
        file.most,
        file.gap,
        file.not_available,
    )
    lines = sum(voltage in places for voltage in VOLTAGES)
    return Model(file.name, file.maker, it, lines, file.baud, file.parity, file.unit)


def _plain(reason: str) -> str:
    return reason.replace("`$.", "`").replace("`$`", "the file").replace("`key` in ", "a key of ")


def _register(quantity: Quantity, place: _Place) -> Register:
    if place.address + place.type.words - 1 > HIGHEST_ADDRESS:
        raise MapError(f"registers.{quantity.value}: it goes on beyond {HIGHEST_ADDRESS}")
    return Register(place.address, place.type, place.scale)


def _check(places: Mapping[Quantity, Register]) -> None:
    """Raise MapError where what every reader needs is missing."""
    for quantity in (Q.VOLTAGE_L1, Q.CURRENT_L1):
        if quantity not in places:
            raise MapError(f"registers: {quantity.value} is missing")
    for voltage, current, power in zip(VOLTAGES, CURRENTS, POWERS, strict=True):
        if (voltage in places) != (current in places):
            raise MapError(f"registers: {voltage.value} and {current.value} belong together")
        if voltage in places and Q.POWER not in places and power not in places:
            raise MapError(f"registers: there is neither {Q.POWER.value} nor {power.value}")
