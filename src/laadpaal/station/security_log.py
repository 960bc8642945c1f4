"""Writes security events into the log, and keeps a flood of one kind out of it."""

from __future__ import annotations

import math
from dataclasses import replace

from laadpaal.station.agenda import Due, Timer
from laadpaal.station.facts import Facts
from laadpaal.station.notices import SecurityEvent
from laadpaal.station.records import SecurityLogged
from laadpaal.station.security import PUSHED, SecurityKind

LULL_S = 60.0
"""For so long after an event, others of its kind are counted, and the last of them remembered."""
_TIMER = Timer(Due.LEFT_OUT)


class SecurityLog:
    """Keeps and tells each security event; of a flood the first and the last of each minute."""

    __slots__ = ("_facts", "_left_out", "_written_at")

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._written_at: dict[SecurityKind, float] = {}
        self._left_out: dict[SecurityKind, tuple[int, SecurityEvent]] = {}

    def saw(self, kind: SecurityKind, info: str = "") -> None:
        """Write down what happened, or remember it when the same kind has just been written."""
        event = SecurityEvent(kind, self._facts.now.utc, info)
        missing, _ = self._left_out.get(kind, (0, event))
        if self._lull_ends(kind) <= self._facts.now.mono:
            self._write(event, missing)
        else:
            self._left_out[kind] = missing + 1, event
        self._plan()

    def lull_over(self) -> None:
        """Write the last event that was left out, of each kind whose time it is."""
        now = self._facts.now.mono
        for missing, event in tuple(self._left_out.values()):
            if self._lull_ends(event.kind) <= now:
                self._write(event, missing - 1)
        self._plan()

    def _write(self, event: SecurityEvent, missing: int) -> None:
        self._written_at[event.kind] = self._facts.now.mono
        self._left_out.pop(event.kind, None)
        if missing:
            event = replace(event, info=f"{event.info} ({missing} more before it)".strip())
        self._facts.keep(SecurityLogged(event, pushed=event.kind in PUSHED))
        self._facts.tell(event)

    def _lull_ends(self, kind: SecurityKind) -> float:
        return self._written_at.get(kind, -math.inf) + LULL_S

    def _plan(self) -> None:
        if self._left_out:
            first = min(self._lull_ends(kind) for kind in self._left_out)
            self._facts.agenda.set(_TIMER, first)
