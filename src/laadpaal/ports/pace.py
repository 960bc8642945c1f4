"""How quickly station time passes, for who may change it."""

from __future__ import annotations

from typing import Protocol

SLOWEST, QUICKEST = 0.01, 100_000.0
"""Station seconds in one real second; at less nothing happens, and at more nothing else."""


class Pace(Protocol):
    """The pace of a station."""

    @property
    def speed(self) -> float:
        """How many station seconds pass in one real second."""
        ...

    @property
    def fixed(self) -> str:
        """Why it cannot be another, or nothing."""
        ...

    def go(self, speed: float) -> None:
        """Go on at another pace; raises BenchError where that cannot be."""
        ...
