"""The most that each socket can show: kept, so that a start tells where it is another (S67)."""

from __future__ import annotations

from laadpaal.properties import charging as rows
from laadpaal.properties.panel import AS_BUILT, SHOWN_MAX
from laadpaal.properties.wiring import MAX_PHASES
from laadpaal.station.evse import Evse
from laadpaal.station.facts import Facts
from laadpaal.station.notices import MaximumLooksDifferent
from laadpaal.station.records import SettingWritten


class ShownMaximum:
    """Owns what was kept of each socket's maximum; others than its own outlet play no part."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._compared: set[int] = set()
        """The EVSEs of which this life knows how it differs from the one before."""

    def settle(self, evse: Evse) -> None:
        """Keep the maximum from the first reading of the meter on, and compare it there once."""
        if not evse.installation_phases:
            return
        now, was = self._limit(evse, evse.installation_phases), self._kept(evse)
        if was and was != now and evse.number not in self._compared:
            self._facts.tell(MaximumLooksDifferent(evse.number, was, now))
        self._compared.add(evse.number)
        if self._facts.values.of(SHOWN_MAX, evse.number) != now:
            self._facts.values.put(SHOWN_MAX, now, evse.number)
            self._facts.keep(SettingWritten(SHOWN_MAX.id, evse.number, now))

    def _kept(self, evse: Evse) -> str:
        kept = self._facts.values.of(SHOWN_MAX, evse.number)
        return self._limit(evse, evse.layout.phases) if kept == AS_BUILT else kept

    def _limit(self, evse: Evse, wired: int) -> str:
        """Return the maximum as people read it, where so many lines are wired."""
        values, outlet = self._facts.values, evse.layout.connectors[0]
        lines = min(evse.layout.phases, outlet.phases, wired, int(values[MAX_PHASES]))
        own_a = min(outlet.rated_a, values.of(rows.CONNECTOR_MAX, evse.number))
        limit_a = min(own_a, values[rows.STATION_MAX], values[rows.INSTALLATION_MAX])
        return f"{lines} x {limit_a:g} A"
