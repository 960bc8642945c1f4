"""All objects that a station has, by category and by id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import msgspec

from laadpaal.local_api.objects import (
    accelero,
    back_office,
    comm,
    display,
    generic,
    generic2,
    leds,
    meters,
    modbus,
    scn,
    states,
    temp,
)
from laadpaal.local_api.objects.row import Row
from laadpaal.station.choices import absent
from laadpaal.station.layout import Layout


@dataclass(frozen=True, slots=True)
class Object:
    """A row with what never changes of its JSON, so that a page need not spell it again."""

    row: Row
    head: str


@dataclass(frozen=True, slots=True)
class Table:
    """The objects of one station, each list in the order of the ids."""

    everything: tuple[Object, ...]
    by_category: Mapping[str, tuple[Object, ...]]
    by_id: Mapping[str, Object]


def table(layout: Layout, fixed: frozenset[str] = frozenset()) -> Table:
    """Return the objects of a station; settings that are held `fixed` are only read."""
    rows = sorted((_held(row, fixed) for row in rows_of(layout)), key=lambda row: place(row.id))
    everything = tuple(Object(row, _head(row)) for row in rows)
    by_id = {one.row.id: one for one in everything}
    by_category: dict[str, tuple[Object, ...]] = {}
    for one in everything:
        name = one.row.category
        by_category[name] = (*by_category.get(name, ()), one)
    return Table(everything, by_category, by_id)


def rows_of(layout: Layout) -> Iterator[Row]:
    """Yield what a station has that is built so."""
    for row in _all(layout):
        if row.setting is None or not absent(row.setting.id, layout):
            yield row


def _all(layout: Layout) -> Iterator[Row]:
    yield from generic.rows(layout)
    yield from generic2.rows(layout)
    yield from states.rows(layout)
    yield from meters.rows(layout)
    yield from back_office.rows()
    yield from comm.rows(layout)
    yield from display.rows(layout)
    yield from temp.rows()
    yield from leds.rows()
    yield from scn.rows(layout)
    yield from modbus.rows(layout)
    yield from accelero.rows()


def place(id_: str) -> tuple[int, int]:
    """Return index and sub-index of an id; raises ValueError where it is none."""
    index, _, sub = id_.partition("_")
    return int(index, 16), int(sub, 16)


def _held(row: Row, fixed: frozenset[str]) -> Row:
    return replace(row, write=None) if row.setting and row.setting.id in fixed else row


def _head(row: Row) -> str:
    told = {
        "id": row.id,
        "access": 0 if row.write else 1,
        "type": int(row.code),
        "len": row.length,
        "cat": row.category,
    }
    return msgspec.json.encode(told).decode()[:-1] + ',"value":'
