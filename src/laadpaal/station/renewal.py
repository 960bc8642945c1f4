"""When the station asks for a new certificate of its own: a month before the old one ends."""

from __future__ import annotations

import math

from laadpaal.station.agenda import Due, Timer
from laadpaal.station.facts import Facts
from laadpaal.station.notices import RenewalDue

MONTH_S, DAY_S = 30 * 86_400.0, 86_400.0
_TIMER = Timer(Due.RENEWAL)


class Renewal:
    """Asks once a day until there is a newer certificate (white paper, A03)."""

    __slots__ = ("_asked_at", "_ends", "_facts")

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._ends: float | None = None
        self._asked_at = -math.inf

    def ends(self, utc: float | None) -> None:
        """Learn the last second of the newest certificate, or that there is none."""
        if utc != self._ends:
            self._asked_at = -math.inf
        self._ends = utc
        self.plan()

    def plan(self) -> None:
        """Plan anew: the clock was set, or the CSMS can be asked again."""
        if self._ends is None:
            self._facts.agenda.cancel(_TIMER)
            return
        now = self._facts.now
        at = now.mono + max(0.0, self._ends - MONTH_S - now.utc)
        self._facts.agenda.set(_TIMER, max(at, self._asked_at + DAY_S))

    def due(self) -> None:
        """Ask for a new one; offline, that waits for the CSMS."""
        if self._facts.online:
            self._asked_at = self._facts.now.mono
            self._facts.tell(RenewalDue())
            self.plan()
