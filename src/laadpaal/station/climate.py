"""How warm it is inside: less current before it is too warm, and none in heat or cold."""

from __future__ import annotations

from laadpaal.properties.surroundings import COLDEST, HOTTEST
from laadpaal.station.claims import LEAST_A, TEMPERATURE, Claim
from laadpaal.station.evse import Evse
from laadpaal.station.facts import Facts
from laadpaal.station.faults import COLD_FAULT, FAULTS, HOT_FAULT

BACK_K = 5.0
"""How far it has to be back within a limit before charging goes on."""
DERATING_K = 10.0
"""How far below the upper limit less current is given than could be."""


class Climate:
    """Owns the temperature inside, and what follows from it for every EVSE."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self.celsius: float | None = None
        self._alarms: set[int] = set()

    def read(self, celsius: float | None) -> None:
        """Take a new temperature; while there is none, what the last one led to stays."""
        self.celsius = celsius

    def settle(self) -> None:
        """Pause every EVSE that it is too warm or too cold for, or give it less."""
        if self.celsius is None:
            return
        celsius, coldest, hottest = self.celsius, *self._limits()
        self._alarm(HOT_FAULT, celsius - hottest, hottest)
        self._alarm(COLD_FAULT, coldest - celsius, coldest)
        for evse in self._facts.evses.values():
            self._derate(evse, (hottest - celsius) / DERATING_K)

    def _limits(self) -> tuple[int, int]:
        values = self._facts.values
        return values[COLDEST], values[HOTTEST]

    def _alarm(self, code: int, beyond_k: float, limit: int) -> None:
        """Raise a fault beyond a limit, and clear it well within."""
        if beyond_k >= 0 and code not in self._alarms:
            self._alarms.add(code)
            for evse in self._facts.evses.values():
                evse.faults.add(code)
                info = f"{FAULTS[code].info}: limit {limit}, actual {self.celsius:g}"
                evse.remarks[code] = info
        elif beyond_k <= -BACK_K and code in self._alarms:
            self._alarms.discard(code)
            for evse in self._facts.evses.values():
                evse.faults.discard(code)
                del evse.remarks[code]

    @staticmethod
    def _derate(evse: Evse, room: float) -> None:
        """Give the less, the less room there is below the limit: all at 1, the least at 0."""
        if room >= 1:
            evse.caps.pop(TEMPERATURE, None)
            return
        most_a = max(LEAST_A, evse.outlet.rated_a)
        limit_a = LEAST_A + (most_a - LEAST_A) * max(0.0, room)
        evse.caps[TEMPERATURE] = Claim(TEMPERATURE, round(limit_a, 1))
