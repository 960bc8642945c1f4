"""Whoever keys in one wrong code after the other waits longer and longer (2.0.1 C04)."""

from __future__ import annotations

from laadpaal.station.facts import Facts

FREE = 3
"""Wrong codes in a row that cost nothing."""
FIRST_WAIT_S = 10.0
LONGEST_WAIT_S = 600.0


class KeyCodes:
    """Counts the wrong codes since the last right one; forgotten with the power."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._wrong = 0
        self._shut_until = 0.0

    @property
    def shut(self) -> bool:
        """Whether no code is looked at for now."""
        return self._wrong >= FREE and self._facts.now.mono < self._shut_until

    def wrong(self) -> None:
        """Take note of a wrong one: each from the third on doubles the wait."""
        self._wrong += 1
        doublings = max(0, min(self._wrong - FREE, 10))
        wait_s = min(FIRST_WAIT_S * 2**doublings, LONGEST_WAIT_S)
        self._shut_until = self._facts.now.mono + wait_s

    def right(self) -> None:
        """Begin anew."""
        self._wrong = 0
