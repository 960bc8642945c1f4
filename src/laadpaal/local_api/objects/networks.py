"""Where the CSMS is: what each network profile holds, and its URL by each way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
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
from laadpaal.station.requests import WriteSetting
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
    """Yield what each slot holds, as the CSMS or the configuration has written it."""
    for place, slot in enumerate(SLOTS):
        index, number = f"{0x20F0 + place:X}", int(slot)
        told = BACK_OFFICE.told
        read = partial(_of_slot, number)
        help_ = f"Network profile {slot}: number of the protocol, 0 for an empty slot."
        yield told(
            f"{index}_1", Code.UNSIGNED8, help_, read(lambda it: SPOKEN_NUMBERS[it.generation])
        )
        help_ = f"Network profile {slot}: URL of the CSMS."
        yield told(f"{index}_3", Code.STRING, help_, read(lambda it: it.url, ""), 513)
        help_ = f"Network profile {slot}: security profile, where it asks for one."
        yield told(f"{index}_5", Code.UNSIGNED8, help_, read(lambda it: it.security or 0))
        help_ = f"Network profile {slot}: 0 none, 1 by wire, 5 through the mobile network."
        yield told(f"{index}_6", Code.UNSIGNED8, help_, read(_method))
        yield Row(
            f"{index}_E",
            Code.UNSIGNED8,
            BACK_OFFICE.name,
            f"Network profile {slot}: when its turn is, from 1; 0 never.",
            partial(_turn, slot),
            write=partial(_rank, slot),
            setting=NETWORK_PRIORITY,
        )


def _of_slot(
    number: int, taken: Callable[[SlotView], Value], empty: Value = 0
) -> Callable[[Seen], Value]:
    def read(seen: Seen) -> Value:
        slots = seen.view.network.slots
        return next((taken(it) for it in slots if it.slot == number), empty)

    return read


def _method(slot: SlotView) -> int:
    return _METHODS.get(slot.interface, _EITHER)


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
