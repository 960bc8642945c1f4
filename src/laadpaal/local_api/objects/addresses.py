"""Where the station is in the network: by wire, and through the mobile network."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from laadpaal.local_api.objects.codes import Code
from laadpaal.local_api.objects.row import Category, Row, Seen
from laadpaal.ports.machine import Wire
from laadpaal.station.layout import Layout

_GENERIC = Category("generic")
_DYNAMIC = 0
_BY_SYSTEM = "Whether the station itself fixes that: 0, for its operating system decides."
_ADDRESS_CHARACTERS = 16


def rows(layout: Layout) -> Iterator[Row]:
    """Yield what the machine tells of its networks; the operating system sets all of it."""
    yield from _value("2052_1", "Ethernet address.", lambda wire: wire.mac, 21)
    yield _GENERIC.fixed("2052_2", Code.UNSIGNED8, _BY_SYSTEM, _DYNAMIC, 255)
    for index, help_, taken in _WIRED:
        yield from _value(f"{index}_1", help_, taken)
    for index in ("207D", "207E", "207F"):
        yield _GENERIC.fixed(f"{index}_2", Code.UNSIGNED8, _BY_SYSTEM, _DYNAMIC, 2)
    if layout.modem:
        help_ = "Address in the mobile network."
        yield _GENERIC.told("2075_1", Code.STRING, help_, _mobile, _ADDRESS_CHARACTERS)


def _server(place: int) -> Callable[[Wire], str]:
    return lambda wire: wire.servers[place] if place < len(wire.servers) else ""


_WIRED: tuple[tuple[str, str, Callable[[Wire], str]], ...] = (
    ("207B", "Netmask of the wired network.", lambda wire: wire.netmask),
    ("207C", "Gateway of the wired network.", lambda wire: wire.gateway),
    ("207D", "Address in the wired network.", lambda wire: wire.address),
    ("207E", "First server that names are asked of.", _server(0)),
    ("207F", "Second server that names are asked of.", _server(1)),
)


def _value(
    id_: str, help_: str, taken: Callable[[Wire], str], length: int = _ADDRESS_CHARACTERS
) -> Iterator[Row]:
    yield _GENERIC.told(id_, Code.STRING, help_, lambda it: taken(it.machine.wire()), length)


def _mobile(seen: Seen) -> str:
    return seen.view.mobile.address if seen.view.mobile else ""
