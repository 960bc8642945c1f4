"""What the station counts of its own life: how often it started, and when it was last changed."""

from __future__ import annotations

from laadpaal.properties.rows import Setting
from laadpaal.properties.state import LAST_CHANGE, STARTS
from laadpaal.station.facts import Facts
from laadpaal.station.records import SettingWritten


def started(facts: Facts) -> None:
    """Count a start."""
    _keep(facts, STARTS, facts.values[STARTS] + 1)


def changed(facts: Facts) -> None:
    """Remember that a setting was written now."""
    _keep(facts, LAST_CHANGE, max(0, int(facts.now.utc * 1000)))


def _keep(facts: Facts, row: Setting[int], value: int) -> None:
    """Write it down; nobody is told, for it follows from what others are told."""
    facts.values.put(row, value)
    facts.keep(SettingWritten(row.id, 0, row.kind.show(value)))
