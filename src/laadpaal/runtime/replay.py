"""Lives a recording again: the same facts to a fresh core, and what it makes of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from laadpaal.runtime.recorder import LINES, Drawn, FlightError, Head, Line, Turn
from laadpaal.station.events import Event
from laadpaal.station.moment import Moment
from laadpaal.station.requests import Answer, Request
from laadpaal.station.station import Station
from laadpaal.station.step import Step


@dataclass(frozen=True, slots=True)
class Replayed:
    """One turn: what came in (None is the agenda's alarm), and what went out."""

    life: int
    at: Moment
    item: Event | Request | None
    answer: Answer | None
    step: Step


def replay(path: Path) -> Iterator[Replayed]:
    """Yield every turn of a recording, life after life.

    Raises:
        FlightError: A line is no recording; the text names it.
    """
    lines = list(_lines(path))
    # The ids are known before the turn that draws them.
    ids = iter([line.id for line in lines if isinstance(line, Drawn)])
    station: Station | None = None
    life = 0
    for line in lines:
        match line:
            case Head():
                station, life = line.station(ids), life + 1
            case Turn() if station:
                yield _turn(life, station, line)
            case Turn():
                raise FlightError(f"{path}: a turn stands before the first life")
            case Drawn():
                pass


def _lines(path: Path) -> Iterator[Line]:
    try:
        raw = path.read_bytes().splitlines()
    except OSError as wrong:
        raise FlightError(f"{path}: {wrong.strerror}") from wrong
    for number, text in enumerate(raw, 1):
        try:
            yield LINES.decode(text)
        except msgspec.MsgspecError as wrong:
            if number == len(raw):
                return  # the power went while this line was written
            raise FlightError(f"{path}, line {number}: {wrong}") from wrong


def _turn(life: int, station: Station, turn: Turn) -> Replayed:
    item = turn.item()
    if item is None:
        return Replayed(life, turn.at, None, None, station.tick(turn.at))
    if isinstance(item, Event):
        return Replayed(life, turn.at, item, None, station.handle(item, turn.at))
    answer, step = station.ask(item, turn.at)
    return Replayed(life, turn.at, item, answer, step)
