"""What can be made to go wrong around a simulated station, and what does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

Value = float | str
Given = Mapping[str, Value]
"""Every parameter of a trouble, by name."""


class Place(Enum):
    """Where a trouble can be."""

    STATION = "station"
    EVSE = "evse"
    READER = "reader"
    """One card reader, which has the number of the EVSE that it serves, 0 for all of them."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """How bad it is: one of `words`, or a number where there are none.

    Args:
        default: What it is unless told.
        lowest: The least of a number.
        highest: The most of it.
    """

    name: str
    says: str
    default: Value
    lowest: float = 0.0
    highest: float = 0.0
    words: tuple[str, ...] = ()

    def read(self, value: object) -> Value:
        """Return the value, if it can be one; raises ValueError that says what can."""
        if self.words:
            if isinstance(value, str) and value in self.words:
                return value
            raise ValueError(f"{self.name}: it is one of {', '.join(self.words)}, not {value!r}")
        number = isinstance(value, (int, float)) and not isinstance(value, bool)
        if number and self.lowest <= value <= self.highest:  # type: ignore[operator]  # a number
            return float(value)  # type: ignore[arg-type]  # likewise
        span = f"from {self.lowest:g} to {self.highest:g}"
        raise ValueError(f"{self.name}: it is a number {span}, not {value!r}")


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that can go wrong.

    Args:
        does: What it does, for people.
        ends: How it ends, for people.
        place: Whether the whole station has it, one EVSE, or one reader.
    """

    name: str
    does: str
    ends: str = "when it is told to"
    place: Place = Place.STATION
    parameters: tuple[Parameter, ...] = ()

    def read(self, given: Mapping[str, object]) -> Given:
        """Return every parameter, those that are not given by default; raises ValueError."""
        names = [one.name for one in self.parameters]
        for name in given:
            if name not in names:
                has = f"but {', '.join(names)}" if names else "and needs none"
                raise ValueError(f"{name}: {self.name} has no such parameter, {has}")
        return {one.name: one.read(given.get(one.name, one.default)) for one in self.parameters}


@dataclass(frozen=True, slots=True)
class Ongoing:
    """A trouble that is on; `evse` is its number, 0 where the whole station has it."""

    trouble: str
    evse: int
    parameters: Given


class Troubles(Protocol):
    """Begins and ends troubles."""

    @property
    def possible(self) -> Sequence[Trouble]:
        """All that there are, whatever this station is built of."""
        ...

    @property
    def ongoing(self) -> Sequence[Ongoing]:
        """Those that are on, oldest first."""
        ...

    async def begin(self, trouble: str, evse: int, given: Mapping[str, object]) -> None:
        """Let it go wrong; one that is on already begins anew.

        Raises:
            ValueError: There is no such trouble, or it has no such parameter.
            BenchError: The station has nothing that could go wrong so.
        """
        ...

    def end(self, trouble: str, evse: int) -> None:
        """Let it be well again; raises as `begin` does, BenchError too when it is not on."""
        ...
