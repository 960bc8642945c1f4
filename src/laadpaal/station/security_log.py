"""Writes security events into the log, and keeps a flood of one kind out of it."""

from __future__ import annotations

from laadpaal.station.agenda import Due, Timer
from laadpaal.station.facts import Facts
from laadpaal.station.notices import SecurityEvent
from laadpaal.station.records import SecurityLogged
from laadpaal.station.security import PUSHED, SecurityKind

LULL_S = 60.0
"""For so long after an event, others of its kind are only counted."""
_TIMER = Timer(Due.LEFT_OUT)


class SecurityLog:
    """Keeps and tells each security event; of a flood only the first, and later how many more."""

    __slots__ = ("_facts", "_left_out", "_written_at")

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._written_at: dict[SecurityKind, float] = {}
        self._left_out: dict[SecurityKind, int] = {}

    def saw(self, kind: SecurityKind, info: str = "") -> None:
        """Write down what happened, unless the same kind has just been."""
        last = self._written_at.get(kind)
        if last is None or self._facts.now.mono >= last + LULL_S:
            self._write(kind, info)
            return
        self._left_out[kind] = self._left_out.get(kind, 0) + 1
        self._plan()

    def lull_over(self) -> None:
        """Tell how many events were left out, of each kind whose time it is."""
        now = self._facts.now.mono
        for kind in [kind for kind in self._left_out if now >= self._written_at[kind] + LULL_S]:
            self._write(kind, "")
        self._plan()

    def _write(self, kind: SecurityKind, info: str) -> None:
        self._written_at[kind] = self._facts.now.mono
        missing = self._left_out.pop(kind, 0)
        more = f"{missing} more of this kind before were left out." if missing else ""
        event = SecurityEvent(kind, self._facts.now.utc, f"{info} {more}".strip())
        self._facts.keep(SecurityLogged(event, pushed=kind in PUSHED))
        self._facts.tell(event)

    def _plan(self) -> None:
        if self._left_out:
            first = min(self._written_at[kind] for kind in self._left_out)
            self._facts.agenda.set(_TIMER, first + LULL_S)
