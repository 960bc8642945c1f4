"""What the meter says where the house meets the grid, and what the house leaves for vehicles."""

from __future__ import annotations

import math
from collections.abc import Sequence

from laadpaal.properties import balancing as rows
from laadpaal.properties.charging import INSTALLATION_MAX
from laadpaal.station.agenda import Due, Timer
from laadpaal.station.balancing import LINES, Budget, Headroom, even, left_by
from laadpaal.station.claims import Claim
from laadpaal.station.evse import Evse
from laadpaal.station.facts import Facts
from laadpaal.station.layout import GridLink
from laadpaal.station.measurement import GridMeasurement, Phases
from laadpaal.station.notices import GridSilent
from laadpaal.station.usage import Usage
from laadpaal.station.view import GridView

SILENT_S = 120.0
"""After so long without a measurement the safe current holds (S52)."""
_SILENT = Timer(Due.GRID_SILENT)
_NAMES = {GridLink.P1: "P1 data", GridLink.MODBUS: "grid meter"}
_CODES = {GridLink.P1: 209, GridLink.MODBUS: 210}


class Grid:
    """Owns what is known of the house; one measurement is enough to trust the meter again."""

    def __init__(self, facts: Facts, usage: Usage) -> None:
        self._facts = facts
        self._usage = usage
        self._measurement: GridMeasurement | None = None
        self._heard = 0.0
        self._lost = False
        self._lines = tuple(Headroom() for _ in LINES)
        self.moved = False
        """Whether anything that is decided may follow from the last measurement."""

    def power_up(self) -> None:
        """Give the meter its time to say something."""
        self._heard = self._facts.now.mono

    def read(self, measurement: GridMeasurement) -> None:
        """Keep a measurement; one that is no number is none."""
        self.moved = False
        if not all(math.isfinite(current_a) for current_a in measurement.currents_a):
            return
        self._measurement, self._heard = measurement, self._facts.now.mono
        least, most = self._house(measurement.currents_a)
        most_a = self._facts.values[INSTALLATION_MAX]
        surely, perhaps = left_by(most, most_a), left_by(least, most_a)
        moved = [
            line.take(low, high, self._heard)
            for line, low, high in zip(self._lines, surely, perhaps, strict=True)
        ]
        self.moved = any(moved) or self._lost

    def _house(self, measured: Phases) -> tuple[Phases, Phases]:
        """Return the least and the most that the house itself takes from each line."""
        least, most = list(measured), list(measured)
        if self._facts.values[rows.GRID_SEES_STATION]:
            for evse in self._facts.evses.values():
                low, high = self._usage.drawn(evse)
                for line in LINES:
                    least[line] -= high[line]
                    most[line] -= low[line]
        return _phases(least), _phases(most)

    @property
    def _balances(self) -> bool:
        return self._facts.layout.grid is not None and self._facts.values[rows.BALANCES]

    def settle(self) -> None:
        """Find out whether the meter has been silent for too long, or is heard again."""
        silent_at, agenda = self._heard + SILENT_S, self._facts.agenda
        lost = self._balances and self._facts.now.mono >= silent_at
        if lost or not self._balances:
            agenda.cancel(_SILENT)
        elif agenda.planned(_SILENT) is None:
            agenda.set(_SILENT, silent_at)  # where it is heard meanwhile, it is planned again
        if lost:
            self._facts.remarks[self._code] = self._remark()
        if lost is not self._lost:
            self._changed(lost=lost)

    def _changed(self, *, lost: bool) -> None:
        self._lost = lost
        if lost:
            for line in self._lines:
                line.forget()
            self._facts.faults.add(self._code)
            self._facts.tell(GridSilent(lost, self._remark()))
            return
        self._facts.faults -= set(_CODES.values())
        self._facts.remarks.pop(self._code, None)
        self._facts.tell(GridSilent(lost, f"{_NAMES[self._link]} back"))

    @property
    def _code(self) -> int:
        return _CODES[self._link]

    @property
    def _link(self) -> GridLink:
        assert self._facts.layout.grid is not None  # noqa: S101  else nothing is balanced, or lost
        return self._facts.layout.grid

    def _remark(self) -> str:
        safe_a = self._facts.values[rows.SAFE_STATION]
        return f"{self._by}, safe current {safe_a:.1f} A"

    def whole(self) -> list[Budget]:
        """Return what the house leaves for all EVSEs together, as far as that is known."""
        values = self._facts.values
        fixed = even("installation", values[INSTALLATION_MAX])
        left = [line.limit_a for line in self._lines]
        if self._lost:
            return [fixed, even(self._by, values[rows.SAFE_STATION])]
        if not self._balances or None in left:
            return [fixed]
        return [Budget("house fuse", _phases(left), of_house=True)]

    def of_evse(self, evse: Evse) -> list[Claim]:
        """Return the claim on one EVSE alone, which there is while the meter is silent."""
        if not self._lost:
            return []
        return [Claim(self._by, self._facts.values.of(rows.SAFE_EVSE, evse.number))]

    @property
    def _by(self) -> str:
        return f"{_NAMES[self._link]} lost"

    def view(self) -> GridView:
        """Return what is known of the grid, for those who only look."""
        return GridView(self._measurement, lost=self._lost)


def _phases(numbers: Sequence[float | None]) -> Phases:
    l1, l2, l3 = (number or 0.0 for number in numbers)
    return l1, l2, l3
