"""Reads and writes objects: pages of them, and wishes that come of values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from laadpaal.local_api.objects.codes import Code, Value, held, spelled, taken
from laadpaal.local_api.objects.row import Row, Seen, SetClock, Wish
from laadpaal.local_api.objects.table import Object, Table, place, table
from laadpaal.ports.accounts import User
from laadpaal.ports.machine import Machine
from laadpaal.ports.station import StationDesk
from laadpaal.station.answers import AfterRestart, Answer, Refused, Scheduled
from laadpaal.station.layout import Layout
from laadpaal.station.requests import ChangeNetwork

PAGE = 32
"""Objects of a page where nobody says how many."""
MOST = 1_000
"""Objects of a page, and of a write, that nobody can exceed."""
WRITERS = frozenset(user.value for user in User if user is not User.DRIVER)
"""The users who may write; whoever else comes in may read."""
_VERSION = 2
_LONGEST_ID = 12


Slots = Mapping[int, ChangeNetwork]
"""All that one write wishes of a network profile, by its slot."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some objects with their values, from `offset` on out of `total`."""

    items: tuple[tuple[Object, Value], ...]
    offset: int
    total: int


@dataclass(frozen=True, slots=True)
class Written:
    """What came of writing one object; `why` says what was wrong, or when it counts."""

    id: str
    accepted: bool
    why: str = ""


class Objects:
    """The objects of the station behind a desk, which outlasts the lives of the station."""

    def __init__(self, desk: StationDesk, machine: Machine) -> None:
        self._desk = desk
        self._machine = machine
        self._made: tuple[Layout, frozenset[str], Table] | None = None

    @property
    def _table(self) -> Table:
        """Return the table for how the station is built and held now, made once for each."""
        layout, fixed = self._desk.layout, frozenset(id_ for id_, _ in self._desk.values.held())
        made = self._made
        if made is None or made[0] is not layout or made[1] != fixed:
            self._made = made = (layout, fixed, table(layout, fixed))
        return made[2]

    def _seen(self) -> Seen:
        return Seen(self._desk.view(), self._desk.values, self._machine)

    # --- reading ---

    def categories(self) -> tuple[str, ...]:
        """Return the names of the categories."""
        return tuple(self._table.by_category)

    def page(self, category: str, offset: int = 0, limit: int = PAGE) -> Page:
        """Return some objects of a category; one that does not exist has none."""
        return self._page(self._table.by_category.get(category, ()), offset, limit)

    def everything(self, offset: int = 0, limit: int = PAGE) -> Page:
        """Return some of all objects."""
        return self._page(self._table.everything, offset, limit)

    def named(self, ids: Iterable[str]) -> Page:
        """Return the objects of these ids, in their order; unknown ones are left out."""
        by_id = self._table.by_id
        wanted = dict.fromkeys(filter(None, map(canonical, ids)))
        known = [by_id[id_] for id_ in wanted if id_ in by_id]
        return self._page(known, 0, len(known))

    def _page(self, objects: Sequence[Object], offset: int, limit: int) -> Page:
        seen, some = self._seen(), objects[offset : offset + limit]
        items = tuple((one, held(one.row.code, one.row.read(seen))) for one in some)
        return Page(items, offset, len(objects))

    # --- writing ---

    async def write(self, items: Mapping[str, object], user: str) -> tuple[Written, ...]:
        """Write objects; nothing is written when one of them cannot be.

        What the station itself refuses is known only when it is asked, so that others of the
        same write may have been granted then.
        """
        looked = [self._look(id_, given, user) for id_, given in items.items()]
        if not all(written.accepted for written, _, _ in looked):
            return tuple(written for written, _, _ in looked)
        slots = self._slots((row, value) for _, row, value in looked if row)
        return tuple([await self._grant(row, value, slots) for _, row, value in looked if row])

    def _slots(self, items: Iterable[tuple[Row, Value]]) -> Slots:
        """Return all that one write wishes of a slot, whose parts may mean nothing alone."""
        found: dict[int, ChangeNetwork] = {}
        for row, value in items:
            assert row.write is not None  # noqa: S101  others are refused before
            for wish in row.write(self._seen(), value):
                if isinstance(wish, ChangeNetwork):
                    parts = {name: it for name, it in asdict(wish).items() if it is not None}
                    found[wish.slot] = replace(found.get(wish.slot, wish), **parts)
        return found

    def _look(self, id_: str, given: object, user: str) -> tuple[Written, Row | None, Value]:
        """Return whether an object can be written, without doing so."""
        found = self._table.by_id.get(canonical(id_) or "")
        if found is None:
            return (
                Written(id_, accepted=False, why=f"there is no object {id_[:_LONGEST_ID]}"),
                None,
                0,
            )
        row = found.row
        try:
            value = self._value(row, given, user)
        except ValueError as wrong:
            return Written(row.id, accepted=False, why=str(wrong)), None, 0
        return Written(row.id, accepted=True), row, value

    def _value(self, row: Row, given: object, user: str) -> Value:
        if row.write is None:
            raise ValueError(f"{row.id} is only read")
        if user not in WRITERS:
            raise ValueError(f"the user {user} may only read")
        value = taken(row.code, given, row.length if row.code is Code.STRING else 0)
        for _ in row.write(self._seen(), value):
            pass  # what it would wish for; a value that means nothing is found here
        return value

    async def _grant(self, row: Row, value: Value, slots: Slots) -> Written:
        assert row.write is not None  # noqa: S101  others are refused before
        why = ""
        try:
            for wish in row.write(self._seen(), value):
                answer = await self._ask(wish, slots)
                if isinstance(answer, Refused):
                    return Written(row.id, accepted=False, why=answer.detail or answer.reason.value)
                why = _LATER.get(type(answer), why)
        except ValueError as wrong:
            return Written(row.id, accepted=False, why=str(wrong))
        return Written(row.id, accepted=True, why=why)

    async def _ask(self, wish: Wish, slots: Slots) -> Answer | None:
        match wish:
            case SetClock(utc):
                self._machine.set_clock(utc)
                return None
            case ChangeNetwork(slot):
                return await self._desk.ask(slots[slot])
            case _:
                return await self._desk.ask(wish)


_LATER: Mapping[type, str] = {
    AfterRestart: "it counts after the next restart",
    Scheduled: "it counts when the running transaction has ended",
}


def canonical(id_: str) -> str | None:
    """Return an id in upper case and without padding, or None for what is none."""
    if len(id_) > _LONGEST_ID or id_.count("_") != 1:
        return None
    try:
        index, sub = place(id_)
    except ValueError:
        return None
    return f"{index:X}_{sub:X}"


def render(page: Page) -> dict[str, object]:
    """Return a page as it is sent, ready for JSON."""
    properties = [
        {
            "id": one.row.id,
            "access": 0 if one.row.write else 1,
            "type": int(one.row.code),
            "len": one.row.length,
            "cat": one.row.category,
            "value": value,
        }
        for one, value in page.items
    ]
    return {
        "version": _VERSION,
        "properties": properties,
        "offset": page.offset,
        "total": page.total,
    }


def encoded(page: Page) -> bytes:
    """Return the JSON of a page, as stations print it: numbers of 32 bits with their digits."""
    items = ",".join([f"{one.head}{spelled(value)}}}" for one, value in page.items])
    tail = f'"offset":{page.offset},"total":{page.total}}}'
    return f'{{"version":{_VERSION},"properties":[{items}],{tail}'.encode()
