"""How current is shared: pure functions from what each line has to ampere for each taker."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from laadpaal.station.claims import LEAST_A, Claim
from laadpaal.station.measurement import Phases

LINES = (0, 1, 2)

RESERVE_A = 0.5
"""What is never given away: a meter may count in whole ampere."""
RISE_EVERY_S = 5.0
"""The least time between two rises; a vehicle may take so long to follow (IEC 61851-1)."""
RISE_A = 0.5
"""A smaller rise is not worth telling the vehicle."""
LASTS_S = 10.0
"""What is left must have been left for so long before it is given."""
RESUMES_S = 30.0
"""Likewise where so little was left that vehicles had to pause: they dislike short pauses."""
LEAST_SEEN = 3
"""And so many measurements must have said so."""
ADMISSION_A = 1.0
"""What the house must leave beyond the least, for one more vehicle to begin."""


@dataclass(frozen=True, slots=True)
class Budget:
    """What somebody leaves for all EVSEs together, on each line of the grid.

    Args:
        by: Their name for people.
        external: Whether they are no part of us.
        of_house: Whether it follows what the house takes: it differs by line, and moves.
        unbalanced: Whether it counts only vehicles that use some lines and not others.
    """

    by: str
    limits_a: Phases
    external: bool = False
    of_house: bool = False
    unbalanced: bool = False

    def claims(self, takers: Sequence[Taker]) -> dict[int, Claim]:
        """Return the claim on each taker that it counts."""
        counted = tuple(t for t in takers if not (self.unbalanced and t.balanced))
        parts = _known(self.limits_a, counted, ADMISSION_A if self.of_house else 0.0)
        return {
            n: Claim(self._name(part.line), part.limit_a, self.external)
            for n, part in parts.items()
        }

    def on_all(self) -> Claim:
        """Return the claim on all together, which is what its tightest line has."""
        line = min(LINES, key=lambda it: self.limits_a[it])
        return Claim(self._name(line), self.limits_a[line], self.external)

    def _name(self, line: int | None) -> str:
        return f"{self.by} L{line + 1}" if self.of_house and line is not None else self.by


def tightest(budgets: Iterable[Budget]) -> Phases:
    """Return what all of them leave of each line together; there is at least one."""
    left = [it.limits_a for it in budgets if not it.unbalanced]
    l1, l2, l3 = (min(limits_a[line] for limits_a in left) for line in LINES)
    return l1, l2, l3


def even(by: str, limit_a: float, external: bool = False) -> Budget:  # noqa: FBT001, FBT002  as Claim
    """Return a budget that is the same on each line."""
    return Budget(by, (limit_a, limit_a, limit_a), external)


@dataclass(frozen=True, slots=True)
class Taker:
    """Who has a part of what the station has.

    Args:
        lines: Of the grid, from 0, that its vehicle uses.
        least_a: With less it does not charge.
        hopes_a: What it is to have at least, if nobody has to wait for that.
        wants_a: More than that it does not take, though it may later.
        most_a: More than that it is not allowed by claims on it alone.
        served: Whether it charges now, or could.
        balanced: Whether it is known to take the same from every line.
        idle: Whether its vehicle takes nothing, and asks before it does.
    """

    number: int
    lines: tuple[int, ...] = LINES
    least_a: float = LEAST_A
    hopes_a: float = 0.0
    wants_a: float = math.inf
    most_a: float = math.inf
    served: bool = True
    balanced: bool = True
    idle: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """What a taker has, and the line that left no more; None where they may have no more."""

    limit_a: float
    line: int | None = None


def split(limits_a: Phases, takers: Sequence[Taker], spare_a: float = 0.0) -> dict[int, Part]:
    """Return the part of each taker; who comes first is served first.

    Equal parts on each line, but nobody more than they want while others want it; what nobody
    wants is for all. Who comes last waits with nothing where there is not enough. The idle are
    offered what they would have, and keep nobody from anything. Whoever is not allowed to take
    more by claims on them alone sees what they could have besides.

    Args:
        limits_a: What each line has.
        takers: With different numbers.
        spare_a: What must be left beyond the least for one that does not charge yet.
    """
    active = [taker for taker in takers if not taker.idle]
    parts = _split(limits_a, active, spare_a)
    for taker in takers:
        if taker.idle or parts[taker.number].line is None:
            hopes_a = min(taker.hopes_a, taker.most_a)
            free = replace(taker, idle=False, hopes_a=hopes_a, most_a=math.inf)
            joined = [free if it is taker else it for it in takers if it is taker or not it.idle]
            parts[taker.number] = _split(limits_a, joined, spare_a)[taker.number]
        if taker.idle:
            parts[taker.number] = _promised(limits_a, taker, parts[taker.number])
    return parts


@lru_cache(maxsize=64)
def _known(limits_a: Phases, takers: tuple[Taker, ...], spare_a: float) -> Mapping[int, Part]:
    """Split as before: a turn asks twice, and the next one mostly asks the same again."""
    return split(limits_a, takers, spare_a)


def _split(limits_a: Phases, takers: Sequence[Taker], spare_a: float) -> dict[int, Part]:
    """Return the part of each taker; only one that is at its most has no line that decided."""
    served = _served(limits_a, takers, spare_a)
    floors = _floors(limits_a, served)
    wanted = {t.number: (floors[t.number], max(floors[t.number], t.wants_a)) for t in served}
    parts = _fill(limits_a, served, _capped(served, wanted))
    content = [t for t in served if parts[t.number].line is None]
    left = list(limits_a)
    for taker in served:
        for line in taker.lines if taker not in content else ():
            left[line] -= parts[taker.number].limit_a
    more = {t.number: (parts[t.number].limit_a, math.inf) for t in content}
    parts |= _fill(left, content, _capped(content, more))
    return {t.number: parts.get(t.number, Part(0.0, _tightest(limits_a, t))) for t in takers}


def _tightest(limits_a: Phases, taker: Taker) -> int:
    return min(taker.lines, key=lambda line: limits_a[line])


def _promised(limits_a: Phases, taker: Taker, part: Part) -> Part:
    """Return what an idle one is offered: its part, or else the least, for it takes nothing yet."""
    line = _tightest(limits_a, taker)
    fits = limits_a[line] >= taker.least_a > part.limit_a
    return Part(taker.least_a, line) if fits else part


def _served(limits_a: Phases, takers: Sequence[Taker], spare_a: float) -> list[Taker]:
    left, served = list(limits_a), []
    for taker in takers:
        needs_a = taker.least_a + (0.0 if taker.served else spare_a)
        if all(left[line] >= needs_a for line in taker.lines):
            served.append(taker)
            for line in taker.lines:
                left[line] -= taker.least_a
    return served


def _floors(limits_a: Phases, served: Sequence[Taker]) -> dict[int, float]:
    """Return what each has at least: what it hopes for, if that fits besides the others' least."""
    left, floors = list(limits_a), {taker.number: taker.least_a for taker in served}
    for taker in served:
        for line in taker.lines:
            left[line] -= taker.least_a
    for taker in served:
        more_a = min(taker.hopes_a, taker.most_a) - taker.least_a
        if more_a > 0 and all(left[line] >= more_a for line in taker.lines):
            floors[taker.number] += more_a
            for line in taker.lines:
                left[line] -= more_a
    return floors


Bounds = Mapping[int, tuple[float, float]]
"""The least and the most that each taker may have, by number."""


def _capped(takers: Sequence[Taker], bounds: Bounds) -> Bounds:
    """Return the bounds with nobody above what they are allowed, but for the least."""
    most = {taker.number: taker.most_a for taker in takers}
    return {n: (low, max(low, min(high, most[n]))) for n, (low, high) in bounds.items()}


def _fill(limits_a: Sequence[float], takers: Sequence[Taker], bounds: Bounds) -> dict[int, Part]:
    """Raise all alike within their bounds, until each is at its most or a line has no more.

    The least of all must fit. The line that is full first is done first: it has the last word on
    who uses it, and what they leave on other lines is for the others there.
    """
    left, parts, rest = list(limits_a), dict[int, Part](), list(takers)
    while rest:
        full, line = min(
            (_level(left[line], [bounds[t.number] for t in rest if line in t.lines]), line)
            for line in sorted({line for taker in rest for line in taker.lines})
        )
        done = [t for t in rest if full == math.inf or line in t.lines]
        for taker in done:
            low, high = bounds[taker.number]
            limit_a = min(max(full, low), high)
            parts[taker.number] = Part(limit_a, None if limit_a == high else line)
            for used in taker.lines:
                left[used] -= limit_a
        rest = [t for t in rest if t not in done]
    return parts


def _level(limit_a: float, bounds: Sequence[tuple[float, float]]) -> float:
    """Return the height to which all can be raised within their bounds; infinite if to the top."""
    if _filled(math.inf, bounds) <= limit_a:
        return math.inf
    points = {bound for pair in bounds for bound in pair}
    height = max((p for p in points if _filled(p, bounds) <= limit_a), default=0.0)
    rising = sum(low <= height < high for low, high in bounds)
    return height + (limit_a - _filled(height, bounds)) / rising if rising else height


def _filled(height: float, bounds: Sequence[tuple[float, float]]) -> float:
    """Return what all have together when they are raised to a height within their bounds."""
    return sum(min(max(height, low), high) for low, high in bounds)


def left_by(house_a: Phases, most_a: float) -> Phases:
    """Return what a house leaves of its fuse, given what it takes itself from each line."""
    l1, l2, l3 = (most_a - RESERVE_A - taken_a for taken_a in house_a)
    return l1, l2, l3


class Headroom:
    """What one line of the house leaves: less counts at once, more when it has lasted.

    What is left is only known within bounds, as house and vehicles are measured at different
    instants: it surely is the lower one, and perhaps the higher. It falls only to what it perhaps
    is at best, and rises only to what it surely is.
    """

    def __init__(self) -> None:
        self.limit_a: float | None = None
        self._changed = -math.inf
        self._seen: deque[tuple[float, float]] = deque()

    def forget(self) -> None:
        """Begin anew, as nothing was heard for too long."""
        self.limit_a = None
        self._seen.clear()

    def take(self, surely_a: float, perhaps_a: float, mono: float) -> bool:
        """Take what a measurement says at a monotonic second; tell whether the limit has moved."""
        surely_a, perhaps_a = _tenths(surely_a), _tenths(perhaps_a)
        self._seen.append((mono, surely_a))
        while len(self._seen) > LEAST_SEEN and mono - self._seen[0][0] > RESUMES_S:
            self._seen.popleft()
        was, self.limit_a = self.limit_a, self._moved(surely_a, perhaps_a, mono)
        if self.limit_a != was:
            self._changed = mono
        return self.limit_a != was

    def _moved(self, surely_a: float, perhaps_a: float, mono: float) -> float:
        if self.limit_a is None:
            return surely_a
        if perhaps_a < self.limit_a:
            return perhaps_a
        lasting_a = self._lasting(RESUMES_S if self.limit_a < LEAST_A else LASTS_S, mono)
        rises = lasting_a >= self.limit_a + RISE_A and mono - self._changed >= RISE_EVERY_S
        return lasting_a if rises else self.limit_a

    def _lasting(self, lasts_s: float, mono: float) -> float:
        """Return the least that was left in so many seconds, and in the newest measurements."""
        if len(self._seen) < LEAST_SEEN:
            return -math.inf
        newest = len(self._seen) - LEAST_SEEN
        return min(
            left_a
            for number, (at, left_a) in enumerate(self._seen)
            if number >= newest or mono - at <= lasts_s
        )


def _tenths(current_a: float) -> float:
    """Return the current in whole tenths, rounded down: no pilot says it more finely."""
    return math.floor(current_a * 10 + 1e-6) / 10
