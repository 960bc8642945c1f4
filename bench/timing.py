"""How long a piece of work takes, in CPU of this process, so that a busy machine matters less."""

from __future__ import annotations

import time
from collections.abc import Callable

ROUNDS = 5


def fastest(round_s: float, work: Callable[[], object]) -> float:
    """Return microseconds of CPU per call, the best of some rounds."""
    work()
    return min(one_round(round_s, work) for _ in range(ROUNDS))


def one_round(round_s: float, work: Callable[[], object]) -> float:
    """Return microseconds of CPU per call."""
    count, started = 0, time.process_time()
    while time.process_time() - started < round_s:
        for _ in range(10):
            work()
        count += 10
    return (time.process_time() - started) / count * 1e6
