"""`[[reader]]`: the card readers of the configuration file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, ClassVar, Literal

import msgspec

from laadpaal.protocols.tags import Form, Order
from laadpaal.runtime.tables import Table
from laadpaal.simulation.bench import PRESENTABLE
from laadpaal.station.words import TokenKind

Baud = Annotated[int, msgspec.Meta(ge=1200, le=4_000_000)]
Device = Annotated[str, msgspec.Meta(min_length=1)]
CARDS = (TokenKind.ISO14443, TokenKind.ISO15693)
_ORDERS = {"as-read": Order.AS_READ, "reversed": Order.REVERSED}


class ReaderTable(Table, frozen=True, kw_only=True):
    """What every reader has: the EVSE that it serves, 0 for all of them.

    `byte_order` is how the numbers of cards are written.
    """

    scans: ClassVar[bool] = False
    """Whether it has to be asked for cards."""
    repeats: ClassVar[bool] = True
    """Whether it tells of a card again and again while it is held."""
    presentable: ClassVar[tuple[TokenKind, ...]] = (TokenKind.ISO14443,)
    """Kinds of tokens that it gives."""

    evse: Annotated[int, msgspec.Meta(ge=0)] = 0
    byte_order: Literal["as-read", "reversed"] = "as-read"

    @property
    def order(self) -> Order:
        """The same, as the drivers have it."""
        return _ORDERS[self.byte_order]


class SimulatedReaderTable(Table, frozen=True, kw_only=True, tag_field="driver", tag="simulated"):
    """A simulated reader, which tells of each card once, and gives what keys and buttons do too."""

    scans: ClassVar[bool] = False
    repeats: ClassVar[bool] = False
    presentable: ClassVar[tuple[TokenKind, ...]] = PRESENTABLE

    evse: Annotated[int, msgspec.Meta(ge=0)] = 0


class Pn532ReaderTable(ReaderTable, frozen=True, kw_only=True, tag_field="driver", tag="pn532"):
    """A PN532 on a serial line; the device `simulated` is a simulated chip on a real line."""

    scans: ClassVar[bool] = True

    device: Device
    baud: Baud = 115_200

    @property
    def simulated(self) -> bool:
        """Whether the bench has the chip."""
        return self.device == SIMULATED


class TextReaderTable(ReaderTable, frozen=True, kw_only=True):
    """A reader that writes the numbers of cards as lines of text, in the form `format`."""

    presentable: ClassVar[tuple[TokenKind, ...]] = CARDS

    device: Device
    format: Literal["hex", "decimal"] = "hex"

    @property
    def form(self) -> Form:
        """The same, as the driver has it."""
        return Form(self.format)


class LineReaderTable(TextReaderTable, frozen=True, kw_only=True, tag_field="driver", tag="line"):
    """One that writes them on a serial line."""

    baud: Baud = 9600


class KeyboardReaderTable(
    TextReaderTable, frozen=True, kw_only=True, tag_field="driver", tag="keyboard"
):
    """One that types them, as a keyboard would; `device` is an input device of Linux."""


class PcscReaderTable(ReaderTable, frozen=True, kw_only=True, tag_field="driver", tag="pcsc"):
    """A reader behind PC/SC; `device` is a part of its name there."""

    scans: ClassVar[bool] = True
    presentable: ClassVar[tuple[TokenKind, ...]] = CARDS

    device: Device


SIMULATED = "simulated"
AnyReaderTable = (
    SimulatedReaderTable
    | Pn532ReaderTable
    | LineReaderTable
    | KeyboardReaderTable
    | PcscReaderTable
)


def flaws(tables: Sequence[AnyReaderTable], evses: int) -> Iterator[str]:
    """Yield what cannot be, with the key: a reader for nobody, or two where one can be."""
    served: dict[int, int] = {}
    devices: dict[str, int] = {}
    for number, table in enumerate(tables):
        place = f"reader[{number}]"
        if table.evse > evses:
            yield f"{place}.evse: there is no EVSE {table.evse}"
        if (other := served.setdefault(table.evse, number)) != number:
            yield f"{place}.evse: reader[{other}] serves {table.evse} already"
        device = "" if isinstance(table, SimulatedReaderTable) else table.device
        if device in {"", SIMULATED}:
            continue
        if (other := devices.setdefault(device, number)) != number:
            yield f"{place}.device: reader[{other}] is there already"
