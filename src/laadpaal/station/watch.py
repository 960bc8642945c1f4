"""One monitor at work: what it has seen of its variable, and whether that is worth telling."""

from __future__ import annotations

from dataclasses import dataclass

from laadpaal.properties.kinds import Hidden
from laadpaal.station.monitors import PERIODS, Monitor, MonitorKind

Seen = float | str | Hidden
"""A number where the variable is one, else its text; a secret stays hidden."""
ROUNDING = 1e-9
"""Decimals that differ by exactly so much must not seem to differ by more."""


@dataclass(slots=True)
class Watch:
    """A monitor and its memory.

    Args:
        alerting: Whether the value was beyond its bound when last seen.
        inherited: Whether an earlier life saw it there, and the CSMS has yet to hear how it is.
        counted: What a difference counts from; None while no value is known.
        due_at: Monotonic second of the next period.
        due: Whether it has just come.
    """

    monitor: Monitor
    alerting: bool = False
    inherited: bool = False
    counted: Seen | None = None
    due_at: float = 0.0
    due: bool = False

    def look(self, seen: Seen | None) -> bool:
        """Tell whether this value is news; None is none, and only a period asks for none."""
        if self.monitor.kind in PERIODS:
            was, self.due = self.due, False
            return was
        if seen is None:
            return False
        self.inherited = False
        return self._moved(seen) if self.monitor.kind is MonitorKind.DELTA else self._crossed(seen)

    def sleep(self) -> None:
        """Forget what was seen, while there is nothing to watch."""
        self.alerting, self.inherited, self.counted, self.due = False, False, None, False

    def _crossed(self, seen: Seen) -> bool:
        was = self.alerting
        self.alerting = isinstance(seen, float) and beyond(self.monitor, seen)
        return self.alerting is not was

    def _moved(self, seen: Seen) -> bool:
        """Count from the value at the last news, and at first from whatever there is (N08)."""
        moved = self.counted is not None and differs(seen, self.counted, self.monitor.value)
        if moved or self.counted is None:
            self.counted = seen
        return moved


def beyond(monitor: Monitor, seen: float) -> bool:
    """Tell whether a number is strictly on the wrong side of the bound."""
    if monitor.kind is MonitorKind.UPPER:
        return seen > monitor.value
    return seen < monitor.value


def differs(seen: Seen, counted: Seen, most: float) -> bool:
    """Tell whether numbers are further apart than `most`, or whether anything else has changed."""
    if isinstance(seen, float) and isinstance(counted, float):
        return abs(seen - counted) > most + ROUNDING
    return seen != counted
