"""Lives a recording again: the same facts to a fresh core, and what it makes of them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import msgspec

from laadpaal.runtime.recorder import LINES, Drawn, FlightError, Head, Line, Turn, older
from laadpaal.station.answers import Answer
from laadpaal.station.events import Event
from laadpaal.station.moment import Moment
from laadpaal.station.requests import Request
from laadpaal.station.station import Station
from laadpaal.station.step import Step


@dataclass(frozen=True, slots=True)
class Replayed:
    """One turn: what came in (None is the agenda's alarm), and what went out.

    Args:
        life: From 1; 0 where the beginning of the life is lost, and nothing is known to go out.
    """

    life: int
    at: Moment
    item: Event | Request | None
    answer: Answer | None
    step: Step


@dataclass(frozen=True, slots=True)
class _Read:
    """A line that counts, where it stands, and the ids that were drawn in its turn."""

    where: str
    line: Head | Turn
    ids: list[str] = field(default_factory=list)


def replay(path: Path) -> Iterator[Replayed]:
    """Yield every turn of a recording, life after life.

    A recording that begins within a life is read after the older one beside it, if there is one.

    Raises:
        FlightError: A line is no recording; the text names it.
    """
    station: Station | None = None
    life = 0
    ids: deque[str] = deque()
    for read in _with_ids(_lines(path)):
        ids.clear()
        ids.extend(read.ids)
        try:
            if isinstance(read.line, Head):
                station, life = read.line.station(_drawn(ids)), life + 1
                continue
            item = read.line.item()
        except FlightError as wrong:
            raise FlightError(f"{read.where}: {wrong}") from wrong
        yield _turn(life, station, read.line.at, item)


def _drawn(ids: deque[str]) -> Iterator[str]:
    """Yield the ids of the turn that is taken; the last one may have been cut off."""
    for number in count(1):
        yield ids.popleft() if ids else f"unrecorded-{number}"


def _with_ids(lines: Iterator[tuple[str, Line]]) -> Iterator[_Read]:
    """Bring each turn together with what follows it: the ids must be known when it is taken."""
    last: _Read | None = None
    for where, line in lines:
        if isinstance(line, Drawn):
            if last:
                last.ids.append(line.id)
            continue
        if last:
            yield last
        last = _Read(where, line)
    if last:
        yield last


def _lines(path: Path) -> Iterator[tuple[str, Line]]:
    lines = _decoded(path)
    first = next(lines, None)
    if first is None:
        return
    if not isinstance(first[1], Head) and older(path).exists():
        yield from _decoded(older(path))
    yield first
    yield from lines


def _decoded(path: Path) -> Iterator[tuple[str, Line]]:
    try:
        with path.open("rb") as file:
            for number, text in enumerate(file, 1):
                where = f"{path}, line {number}"
                try:
                    yield where, LINES.decode(text)
                except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as wrong:
                    if not text.endswith(b"\n"):
                        return  # the power went while this line was written
                    raise FlightError(f"{where}: {wrong}") from wrong
    except OSError as wrong:
        raise FlightError(f"{path}: {wrong.strerror}") from wrong


def _turn(life: int, station: Station | None, at: Moment, item: Event | Request | None) -> Replayed:
    if station is None:
        return Replayed(life, at, item, None, Step())
    if item is None:
        return Replayed(life, at, None, None, station.tick(at))
    if isinstance(item, Event):
        return Replayed(life, at, item, None, station.handle(item, at))
    answer, step = station.ask(item, at)
    return Replayed(life, at, item, answer, step)
