"""The shape of one row of a register map: a value, what it is, and how it is shown and wished."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

from laadpaal.protocols.modbus.numbers import spelled, spelling
from laadpaal.protocols.modbus.registers import WORD_B, Kind
from laadpaal.station.requests import Request

S = TypeVar("S")

NONE = 0xFFFF
"""A word of what is not available, or of no value at all."""


class Text(Enum):
    """How a row is spelled that is no number."""

    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Row(Generic[S]):
    """One value.

    Args:
        address: Of its first register, as it goes over the wire.
        kind: How it is spelled.
        count: Its registers.
        what: It is, for people.
        show: What it is now; None where that is not known.
        wish: What a master asks for that writes a number there; None where nobody can.
    """

    address: int
    kind: Kind | Text
    count: int
    unit: str
    what: str
    show: Callable[[S], float | str | None]
    wish: Callable[[S, float], Request] | None = None

    @property
    def end(self) -> int:
        """The address after it."""
        return self.address + self.count

    def words(self, sight: S) -> tuple[int, ...]:
        """Return what stands in its registers."""
        value = self.show(sight)
        match value, self.kind:
            case None, _:
                return (NONE,) * self.count
            case str(), _:
                return _letters(value, self.count)
            case float() | int(), Kind() as kind:
                return spelling(kind, value)
            case _:
                raise AssertionError(f"register {self.address} shows {value!r}")

    def number(self, words: Sequence[int]) -> float:
        """Return the number that somebody writes there."""
        assert isinstance(self.kind, Kind)  # noqa: S101  nobody writes texts
        return spelled(self.kind, words)


def _letters(text: str, count: int) -> tuple[int, ...]:
    """Return two letters a word, filled up with zeros, of which there is one at least."""
    size = count * WORD_B
    raw = text.encode("ascii", "replace")[: size - 1].ljust(size, b"\0")
    return tuple(int.from_bytes(raw[i : i + WORD_B], "big") for i in range(0, size, WORD_B))


class RegisterTable(Generic[S]):
    """All rows of a unit, by address."""

    def __init__(self, *rows: Row[S]) -> None:
        self.rows = tuple(sorted(rows, key=lambda row: row.address))
        self.span = range(self.rows[0].address, self.rows[-1].end)
        """From the first register to the last: what can be read, with gaps in it."""
        self._beginning = {row.address: row for row in rows}

    def has(self, address: int, count: int) -> bool:
        """Tell whether so many registers from there can be read."""
        return address in self.span and address + count - 1 in self.span

    def read(self, sight: S, address: int, count: int) -> tuple[int, ...]:
        """Return the words of registers that there are."""
        end, told = address + count, dict[int, int]()
        for row in self.rows:
            if row.address < end and address < row.end:
                told.update(enumerate(row.words(sight), row.address))
        return tuple(told.get(at, NONE) for at in range(address, end))

    def written(self, address: int, words: Sequence[int]) -> list[tuple[Row[S], float]] | None:
        """Return the numbers that are written where; None where not each is whole, and may be."""
        found, at, end = list[tuple[Row[S], float]](), address, address + len(words)
        while at < end:
            row = self._beginning.get(at)
            if row is None or row.wish is None or row.end > end:
                return None
            found.append((row, row.number(words[at - address : row.end - address])))
            at = row.end
        return found
