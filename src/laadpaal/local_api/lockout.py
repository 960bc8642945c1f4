"""Who has been wrong too often has to wait, each time longer."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Hashable, Iterator
from dataclasses import dataclass

FREE = 4
"""How often one may be wrong without waiting."""
FIRST_S = 5.0
"""How long the next one waits; each further one twice as long."""
LONGEST_S = 900.0
FORGOTTEN_S = 3600.0
"""After so long without a mistake the count begins anew."""
MOST = 1000
"""Of all who were wrong, only so many are remembered: the last ones."""


@dataclass(slots=True)
class _Mistakes:
    number: int
    last: float
    until: float


class Lockout:
    """Counts mistakes for each of the keys that a try has: the account, the address it came from.

    Every `now` is in seconds that only grow.
    """

    def __init__(self) -> None:
        self._mistakes: OrderedDict[Hashable, _Mistakes] = OrderedDict()

    def wait_s(self, keys: Collection[Hashable], now: float) -> float:
        """Return how long nobody with one of these keys may try; 0 is at once."""
        waits = [self._mistakes[key].until - now for key in keys if key in self._mistakes]
        return max(0.0, *waits, 0.0)

    def mistake(self, keys: Collection[Hashable], now: float) -> None:
        """Count one more for each key."""
        for key in keys:
            before = self._mistakes.pop(key, None)
            fresh = before is None or now - before.last > FORGOTTEN_S
            number = 1 if fresh or before is None else before.number + 1
            self._mistakes[key] = _Mistakes(number, now, now + _wait_s(number))
            if len(self._mistakes) > MOST:
                self._mistakes.popitem(last=False)

    def waiting(self, now: float) -> Iterator[tuple[Hashable, float]]:
        """Yield every key that nobody may try with now, and for how long, the last mistake last."""
        for key, mistakes in self._mistakes.items():
            if mistakes.until > now:
                yield key, mistakes.until - now

    def right(self, keys: Collection[Hashable]) -> None:
        """Forget the mistakes of somebody who was right."""
        for key in keys:
            self._mistakes.pop(key, None)


def _wait_s(number: int) -> float:
    over = number - FREE
    return min(LONGEST_S, FIRST_S * 2.0 ** min(over - 1, 20)) if over > 0 else 0.0
