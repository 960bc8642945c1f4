"""What a transaction keeps for its end: both ends, and so much of what lies between."""

from __future__ import annotations

from collections.abc import Iterator

from laadpaal.station.measurement import Sample
from laadpaal.station.words import Context

_ENDS = (Context.BEGIN, Context.END)


class Kept:
    """Samples by their number, oldest first; numbers only grow, and a dropped one stays unused."""

    __slots__ = ("_next", "_samples")

    def __init__(self) -> None:
        self._samples: dict[int, Sample] = {}
        self._next = 0

    def __iter__(self) -> Iterator[Sample]:
        return iter(self._samples.values())

    def add(self, sample: Sample, most: int) -> tuple[int, tuple[int, ...]]:
        """Keep one more; return its number and those of the samples dropped for it.

        When there are more than `most`, every other one between the ends goes: what is left
        still spans the whole transaction.
        """
        number, self._next = self._next, self._next + 1
        self._samples[number] = sample
        dropped = tuple(self._between(number)[::2]) if len(self._samples) > most else ()
        for gone in dropped:
            del self._samples[gone]
        return number, dropped

    def _between(self, newest: int) -> list[int]:
        return [
            number
            for number, sample in self._samples.items()
            if sample.context not in _ENDS and number != newest
        ]
