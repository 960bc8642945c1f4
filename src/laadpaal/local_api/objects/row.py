"""The shape of one object: its type, its place, how it is read, and what writing it wishes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from laadpaal.local_api.objects.codes import Code, Value
from laadpaal.ports.machine import Machine
from laadpaal.properties.rows import Access, Reading, Setting
from laadpaal.properties.values import Values
from laadpaal.station.readings import BOUND
from laadpaal.station.requests import Request, WriteSetting
from laadpaal.station.view import EvseView, StationView
from laadpaal.station.words import By

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Seen:
    """What objects are read from: the station, its settings and its machine at one instant."""

    view: StationView
    values: Values
    machine: Machine

    def evse(self, number: int) -> EvseView:
        """Return an EVSE."""
        return self.view.evses[number - 1]


@dataclass(frozen=True, slots=True)
class SetClock:
    """The wish that the clock tells that UTC second; the machine grants it, not the station."""

    utc: float


Wish = Request | SetClock
Reads = Callable[[Seen], Value]
Writes = Callable[[Seen, Value], Iterable[Wish]]
"""Returns what is wished for by writing a value; raises ValueError for one that means nothing."""


@dataclass(frozen=True, slots=True)
class Row:
    """One object.

    Args:
        id: Index and sub-index in hexadecimal, upper case and not padded.
        help: Says in one sentence what it is.
        length: Of a text with its end mark, of a list, or the highest number; 0 where none is told.
        write: None for an object that is only read.
        setting: Which setting it shows, if it does.
    """

    id: str
    code: Code
    category: str
    help: str
    read: Reads
    length: int = 0
    write: Writes | None = None
    setting: Setting[Any] | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """How an object has a setting.

    Args:
        shows: Returns what the object holds for a value of the setting.
        spells: Returns the text that is written for what the object is given.
    """

    shows: Callable[[Any], Value]
    spells: Callable[[Any], str]


def _plain(value: Value) -> str:
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    return str(value)


def _flag(value: Value) -> str:
    if value not in {0, 1}:
        raise ValueError(f"{value} is neither 0 nor 1")
    return "true" if value else "false"


PLAIN = Form(lambda value: value, _plain)
FLAG = Form(int, _flag)
NOT = Form(lambda value: int(not value), lambda value: _flag({0: 1, 1: 0}.get(value, value)))
NUMERAL = Form(int, _plain)
"""A choice whose words are numbers."""
SEALED = Form(lambda _: "", _plain)
"""A secret, which reads as nothing."""


def choice(*words: str) -> Form:
    """Return the form of a choice whose words are numbered from 0."""

    def spell(value: int) -> str:
        if not 0 <= value < len(words):
            raise ValueError(f"{value} is not in 0..{len(words) - 1}")
        return words[value]

    return Form(words.index, spell)


@dataclass(frozen=True, slots=True)
class Category:
    """Makes the objects of one category."""

    name: str

    def told(self, id_: str, code: Code, help_: str, read: Reads, length: int = 0) -> Row:
        """Return an object that is only read."""
        return Row(id_, code, self.name, help_, read, length)

    def fixed(self, id_: str, code: Code, help_: str, value: Value, length: int = 0) -> Row:
        """Return an object that holds the same for ever."""
        return Row(id_, code, self.name, help_, lambda _: value, length)

    def reading(
        self, id_: str, code: Code, row: Reading[Any], evse: int = 0, length: int = 0
    ) -> Row:
        """Return an object that shows a reading of the book; 0 or "" while there is none."""
        show, read = BOUND[row.id], str if code is Code.STRING else _counted
        return Row(id_, code, self.name, row.help, lambda it: read(show(it.view, evse, 0)), length)

    def stored(
        self,
        id_: str,
        code: Code,
        row: Setting[T],
        form: Form = PLAIN,
        *,
        evse: int = 0,
        length: int = 0,
        shown_only: bool = False,
    ) -> Row:
        """Return an object that is a setting, for one EVSE or the whole station."""
        closed = shown_only or row.access is Access.STATION
        write = None if closed else partial(_written, row, form, evse)
        shows = form.shows
        return Row(
            id_,
            code,
            self.name,
            row.help,
            lambda it: shows(it.values.of(row, evse)),
            length,
            write,
            row,
        )


_WORDS = {"": 0, "true": 1, "false": 0}


def _counted(text: str) -> Value:
    """Return the number that a reading shows; a flag is 1 or 0."""
    return _WORDS[text] if text in _WORDS else float(text)


def _written(
    row: Setting[Any],
    form: Form,
    evse: int,
    seen: Seen,  # noqa: ARG001  the shape of what writes
    value: Value,
) -> Iterable[Wish]:
    text = form.spells(value)
    if not row.reverts:
        # Where a bad value puts the default in force, the station has to hear of it.
        row.kind.parse(text)
    return (WriteSetting(row.id, text, By.LOCAL, evse),)
