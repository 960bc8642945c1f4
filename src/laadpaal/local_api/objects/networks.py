"""Where the CSMS is: what each network profile holds, and its URL by each way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from laadpaal.local_api.objects.codes import Code, Value
from laadpaal.local_api.objects.foreign import BACK_OFFICE, SPOKEN_NUMBERS
from laadpaal.local_api.objects.row import Category, Row, Seen, Wish
from laadpaal.properties import connectivity as ways
from laadpaal.properties.networks import NETWORK_PRIORITY, SLOTS
from laadpaal.properties.rows import Reading
from laadpaal.station.layout import Layout
from laadpaal.station.network_profile import WIRED, WIRELESS
from laadpaal.station.readings import BOUND
from laadpaal.station.requests import ChangeNetwork, WriteSetting
from laadpaal.station.view import SlotView
from laadpaal.station.words import By

_GENERIC = Category("generic")
_METHODS = {WIRED: 1, WIRELESS: 5}
_EITHER = 1
"""The number of a profile that goes whichever way works: by wire, as others have no word for it."""


def addresses(layout: Layout) -> Iterator[Row]:
    """Yield the URL of the CSMS in two pieces, for each way that leads there."""
    yield from _pieces("2071", ways.URL_BY_WIRE)
    if layout.modem:
        yield from _pieces("2078", ways.URL_BY_MODEM)


def _pieces(index: str, row: Reading[str]) -> Iterator[Row]:
    show = BOUND[row.id]

    def server(seen: Seen) -> str:
        url = urlsplit(show(seen.view, 0, 0))
        return f"{url.scheme}://{url.netloc}" if url.netloc else ""

    def path(seen: Seen) -> str:
        return urlsplit(show(seen.view, 0, 0)).path.removeprefix("/")

    help_ = row.help.removesuffix("; empty for none.")
    yield _GENERIC.told(f"{index}_1", Code.STRING, f"{help_}: scheme, server, port.", server, 64)
    yield _GENERIC.told(f"{index}_2", Code.STRING, f"{help_}: the path there.", path, 64)


def profiles() -> Iterator[Row]:
    """Yield what each slot holds; what is written there is dialled after a restart."""
    for place, slot in enumerate(SLOTS):
        index, number = f"{0x20F0 + place:X}", int(slot)
        for part in _PARTS:
            yield Row(
                f"{index}_{part.sub}",
                part.code,
                BACK_OFFICE.name,
                f"Network profile {slot}: {part.help}.",
                partial(_held, number, part),
                part.length,
                write=partial(_change, number, part),
            )
        yield Row(
            f"{index}_E",
            Code.UNSIGNED8,
            BACK_OFFICE.name,
            f"Network profile {slot}: when its turn is, from 1; 0 never.",
            partial(_turn, slot),
            write=partial(_rank, slot),
            setting=NETWORK_PRIORITY,
        )


@dataclass(frozen=True, slots=True)
class _Part:
    """A member of what a slot holds, and how an object has it.

    Args:
        wish: Returns that a slot has this value; raises ValueError for one that means nothing.
    """

    sub: str
    code: Code
    help: str
    shows: Callable[[SlotView], Value]
    wish: Callable[[int, Any], ChangeNetwork]
    length: int = 0


def _held(number: int, part: _Part, seen: Seen) -> Value:
    empty: Value = "" if part.code is Code.STRING else 0
    return next((part.shows(it) for it in seen.view.network.slots if it.slot == number), empty)


def _change(
    number: int,
    part: _Part,
    seen: Seen,  # noqa: ARG001  the shape of what writes
    value: Value,
) -> Iterable[Wish]:
    return (part.wish(number, value),)


def _speak(slot: int, value: int) -> ChangeNetwork:
    spoken = {number: generation for generation, number in SPOKEN_NUMBERS.items()}
    if value not in spoken:
        raise ValueError(f"{value} is no protocol that this station speaks: {_listed(spoken)}")
    return ChangeNetwork(slot, generation=spoken[value])


def _dial(slot: int, value: str) -> ChangeNetwork:
    if not value:
        raise ValueError("a slot without a URL means nothing; its priority 0 leaves it out")
    return ChangeNetwork(slot, url=value)


def _go(slot: int, value: int) -> ChangeNetwork:
    interfaces = {number: interface for interface, number in _METHODS.items()}
    if value not in interfaces:
        raise ValueError(f"{value} is no way that this station has: {_listed(interfaces)}")
    return ChangeNetwork(slot, interface=interfaces[value])


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, numbers))


_PARTS = (
    _Part(
        "1",
        Code.UNSIGNED8,
        "number of the protocol, 0 for an empty slot",
        lambda it: SPOKEN_NUMBERS[it.generation],
        _speak,
    ),
    _Part("3", Code.STRING, "URL of the CSMS", lambda it: it.url, _dial, 513),
    _Part(
        "4",
        Code.UNSIGNED32,
        "seconds that an answer may take, where it says so",
        lambda it: it.timeout_s or 0,
        lambda slot, value: ChangeNetwork(slot, timeout_s=value),
    ),
    _Part(
        "5",
        Code.UNSIGNED8,
        "security profile, where it asks for one",
        lambda it: it.security or 0,
        lambda slot, value: ChangeNetwork(slot, security=value),
    ),
    _Part(
        "6",
        Code.UNSIGNED8,
        "0 none, 1 by wire, 5 through the mobile network",
        lambda it: _METHODS.get(it.interface, _EITHER),
        _go,
    ),
)


def _turn(slot: str, seen: Seen) -> int:
    order = seen.values[NETWORK_PRIORITY]
    return order.index(slot) + 1 if slot in order else 0


def _rank(slot: str, seen: Seen, value: Value) -> Iterable[Wish]:
    """Give a slot its place among the others."""
    place = int(value)
    if not 0 <= place <= len(SLOTS):
        raise ValueError(f"{place} is not in 0..{len(SLOTS)}")
    order = [other for other in seen.values[NETWORK_PRIORITY] if other != slot]
    if place:
        order.insert(place - 1, slot)
    text = NETWORK_PRIORITY.kind.show(tuple(order))
    NETWORK_PRIORITY.kind.parse(text)
    return (WriteSetting(NETWORK_PRIORITY.id, text, By.LOCAL),)
