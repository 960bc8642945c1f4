"""How fuzzing is run: how often, with which lots, and what is said of it."""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable
from time import process_time

MILLION = 1_000_000


def run(name: str, says: str | None, fuzz: Callable[[int, int], str]) -> None:
    """Feed as many inputs as the command line says; what is not documented ends it.

    Args:
        name: Of what is fuzzed.
        says: What the command is for.
        fuzz: Takes how many inputs, and the seed of the lots; returns what to say of them.
    """
    parser = argparse.ArgumentParser(description=says)
    parser.add_argument("count", nargs="?", type=int, default=MILLION)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(MILLION))
    given = parser.parse_args()
    started = process_time()
    print(f"{name}: {given.count} inputs with seed {given.seed}", flush=True)
    told = fuzz(given.count, given.seed)
    print(f"{name}: {process_time() - started:.0f} s; {told}")
