"""The present values of the settings; a station holds only what differs from the default."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from laadpaal.properties.rows import Setting

T = TypeVar("T")

Slot = tuple[str, int]
"""A setting's id and the EVSE it belongs to; EVSE 0 is the station."""


class Values:
    """Typed look-up: `values[ROW]` for the station, `values.of(ROW, evse)` for one EVSE.

    Args:
        given: What differs from the defaults, by slot; already parsed.
        fixed: What is held fixed, whatever is stored; by row id.
    """

    __slots__ = ("_fixed", "_given")

    def __init__(
        self, given: Mapping[Slot, object] | None = None, fixed: Mapping[str, object] | None = None
    ) -> None:
        self._given: dict[Slot, Any] = dict(given or {})
        self._fixed: Mapping[str, Any] = fixed or {}

    def __getitem__(self, row: Setting[T]) -> T:
        return self.of(row, 0)

    def of(self, row: Setting[T], evse: int) -> T:
        """Return the value for one EVSE; what was set for the station serves all of them."""
        if row.id in self._fixed:
            fixed: T = self._fixed[row.id]
            return fixed
        station: T = self._given.get((row.id, 0), row.default)
        value: T = self._given.get((row.id, evse), station) if evse else station
        return value

    def put(self, row: Setting[T], value: T, evse: int = 0) -> None:
        """Set a value that the row's kind has parsed."""
        self._given[row.id, evse] = value

    def forget(self, row: Setting[T], evse: int = 0) -> None:
        """Go back to the default; it need not have been set."""
        self._given.pop((row.id, evse), None)

    def fixed(self, row: Setting[T]) -> bool:
        """Tell whether this setting is held fixed."""
        return row.id in self._fixed

    def hold(self, fixed: Mapping[str, object]) -> None:
        """Hold these settings fixed from now on, besides those that are; by row id.

        A dialect holds what its version does not let vary, and the configuration what it decides.
        """
        self._fixed = {**self._fixed, **fixed}

    def let_go(self, *ids: str) -> None:
        """Hold these settings fixed no longer; they need not have been."""
        self._fixed = {id_: value for id_, value in self._fixed.items() if id_ not in ids}

    def held(self) -> Iterator[tuple[str, object]]:
        """Yield every setting that is held fixed, by row id."""
        return iter(self._fixed.items())

    def items(self) -> Iterator[tuple[Slot, object]]:
        """Yield every value that was set, by slot."""
        return iter(self._given.items())
