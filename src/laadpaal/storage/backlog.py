"""What a station still has to tell, by number; in memory, for an index of it was half the price."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence


class Backlog:
    """The numbers of one station's unsettled entries, oldest first.

    The writer changes it when a commit is durable, and never the waiter: a waiter may be gone by
    then, and what it wanted to be written is written all the same.

    Args:
        last: A number below which, or at which, nothing is unsettled but what is added.
    """

    def __init__(self, last: int) -> None:
        self._seqs: deque[int] = deque()
        self._last = last

    def __len__(self) -> int:
        return len(self._seqs)

    def __iter__(self) -> Iterator[int]:
        return iter(self._seqs)

    @property
    def oldest(self) -> int:
        """A number below which nothing is unsettled, not even what is just being written."""
        return self._seqs[0] if self._seqs else self._last + 1

    def add(self, seqs: Sequence[int]) -> None:
        """Take up entries that have become durable; there may be none."""
        if seqs:
            self._seqs += seqs
            self._last = seqs[-1]

    def skip(self, seqs: Sequence[int]) -> None:
        """Know of entries that have become durable and are settled already; there may be none."""
        if seqs:
            self._last = seqs[-1]

    def remove(self, seq: int) -> None:
        """Let go of an entry that is durably settled; one that is not here changes nothing."""
        if self._seqs and self._seqs[0] == seq:
            self._seqs.popleft()
        elif seq in self._seqs:
            self._seqs.remove(seq)
