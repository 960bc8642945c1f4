"""Begins and ends the troubles of the list, and knows which are on."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping

from laadpaal.ports.bench import BenchError
from laadpaal.ports.troubles import Given, Ongoing, Place, Trouble
from laadpaal.runtime.troubles import ROWS, Row, Undo, World


class Troublemaker:
    """Is `Troubles`, of one simulated station."""

    def __init__(self, world: World, log: logging.Logger, rows: Iterable[Row] = ROWS) -> None:
        self._world = world
        self._log = log
        self._rows = {row.trouble.name: row for row in rows}
        self._on: dict[tuple[str, int], tuple[Ongoing, Undo]] = {}

    @property
    def possible(self) -> tuple[Trouble, ...]:
        """All that there are, whatever this station is built of."""
        return tuple(row.trouble for row in self._rows.values())

    @property
    def ongoing(self) -> tuple[Ongoing, ...]:
        """Those that are on, oldest first."""
        return tuple(one for one, _ in self._on.values())

    async def begin(self, trouble: str, evse: int, given: Mapping[str, object]) -> None:
        """Let it go wrong; one that is on already begins anew."""
        row = self._row(trouble, evse)
        parameters = row.trouble.read(given)
        if lacking := row.lacks(self._world, evse):
            raise BenchError(lacking)
        if (trouble, evse) in self._on:
            self.end(trouble, evse)
        self._log.warning("Trouble begins: %s%s", trouble, _told(evse, parameters))
        undo = await row.begin(self._world, evse, parameters)
        if undo:
            self._on[trouble, evse] = Ongoing(trouble, evse, parameters), undo

    def end(self, trouble: str, evse: int) -> None:
        """Let it be well again; raises BenchError when it is not on."""
        self._row(trouble, evse)
        if (trouble, evse) not in self._on:
            raise BenchError(f"{trouble} is not on{_told(evse, {})}")
        _, undo = self._on.pop((trouble, evse))
        undo()
        self._log.warning("Trouble ends: %s%s", trouble, _told(evse, {}))

    def _row(self, trouble: str, evse: int) -> Row:
        """Return the row of that name, if it can be there."""
        row = self._rows.get(trouble)
        if row is None:
            raise ValueError(f"trouble: there is none called {trouble!r}")
        evses = len(self._world.config.evse)
        if row.trouble.place is Place.STATION and evse:
            raise BenchError(f"{trouble} is no trouble of one EVSE, but of the station (0)")
        if row.trouble.place is Place.EVSE and not 1 <= evse <= evses:
            raise BenchError(f"{trouble} is a trouble of one EVSE, and there is no EVSE {evse}")
        if row.trouble.place is Place.READER and not 0 <= evse <= evses:
            raise BenchError(f"{trouble} is a trouble of one reader; there is no reader {evse}")
        return row


def _told(evse: int, parameters: Given) -> str:
    where = f" at EVSE {evse}" if evse else ""
    return where + "".join(f", {name} {value}" for name, value in parameters.items())
