"""Properties as the control API tells them; what never changes of each is spelled once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from laadpaal.local_api.replies import PropertyReply
from laadpaal.ports.station import StationDesk
from laadpaal.properties.kinds import Secret
from laadpaal.properties.rows import Property, Reading, Scope, Setting
from laadpaal.station import readings
from laadpaal.station.layout import Layout

Book = Mapping[str, Property[Any]]
"""The properties by id."""


@dataclass(frozen=True, slots=True)
class Place:
    """A property, and whose value of it is meant; EVSE 0 is the station, connector 0 none."""

    row: Property[Any]
    evse: int
    connector: int


@dataclass(frozen=True, slots=True)
class Live:
    """The members of a `PropertyReply` that may change, which are its last."""

    value: str | None
    fixed: bool
    pending: bool


_REST = msgspec.json.encode(Live(None, fixed=False, pending=False)).decode()[1:]


@dataclass(frozen=True, slots=True)
class Listed:
    """A property at its place; `head` is its JSON up to what may change."""

    place: Place
    head: str
    secret: bool

    def told(self, desk: StationDesk, pending: Collection[str]) -> str:
        """Return its JSON as it is now: what is secret stays so.

        `pending` are the ids of the settings that wait for the next restart.
        """
        row = self.place.row
        live = Live(
            value=None if self.secret else _value(self.place, desk),
            fixed=isinstance(row, Setting) and desk.values.fixed(row),
            pending=row.id in pending,
        )
        return self.head + msgspec.json.encode(live).decode()[1:]


def listed(place: Place) -> Listed:
    """Return a property with all that is known of it before its value is."""
    row, kind = place.row, place.row.kind
    setting = row if isinstance(row, Setting) else None
    secret = isinstance(kind, Secret) or bool(setting and setting.secret)
    whole = PropertyReply(
        id=row.id,
        evse=place.evse,
        connector=place.connector,
        help=row.help,
        type=kind.data_type,
        unit=kind.unit,
        low=kind.low,
        high=kind.high,
        choices=kind.choices,
        default=None if secret or not setting else kind.show(setting.default),
        secret=secret,
        scope=row.scope,
        access=setting.access if setting else None,
        restart=bool(setting and setting.restart),
        keys=tuple(key.name for key in row.keys),
        variables=tuple(
            ".".join(filter(None, (variable.component, variable.name, variable.instance)))
            for variable in row.variables
        ),
        value=None,
        fixed=False,
        pending=False,
    )
    return Listed(place, msgspec.json.encode(whole).decode().removesuffix(_REST), secret)


class Listing:
    """All properties at all their places, which are looked for once for each way of building."""

    def __init__(self) -> None:
        self._made: tuple[Layout, tuple[Listed, ...]] | None = None

    def of(self, book: Book, layout: Layout) -> tuple[Listed, ...]:
        """Return them for a station that is built so, in the order of the book."""
        if self._made is None or self._made[0] is not layout:
            self._made = (layout, tuple(map(listed, _places(book, layout))))
        return self._made[1]


def owners(row: Property[Any], layout: Layout) -> Sequence[tuple[int, int]]:
    """Return whose values there are: a setting's station value serves every EVSE."""
    every = readings.places(row, layout)
    if every and row.scope is Scope.EVSE and isinstance(row, Setting):
        return ((0, 0), *every)
    return every


def _places(book: Book, layout: Layout) -> Iterator[Place]:
    for row in book.values():
        yield from (Place(row, *whose) for whose in owners(row, layout))


def _value(place: Place, desk: StationDesk) -> str:
    row = place.row
    if isinstance(row, Reading):
        return desk.read(row, place.evse, place.connector)
    return str(row.kind.show(desk.values.of(row, place.evse)))
