"""A station with everything there is behind the objects, and one that is plain."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

from laadpaal.local_api.events import EventStream
from laadpaal.local_api.objects import Objects
from laadpaal.local_api.objects.codes import Value
from laadpaal.local_api.objects.table import Table, table
from laadpaal.ports.machine import Dealings, Wire
from laadpaal.station.layout import ConnectorLayout, EvseLayout, GridLink, Layout, Outlet
from laadpaal.station.network_profile import ANY, WIRED, WIRELESS
from tests.local_api.conftest import TinyDesk
from tests.support.world import NOON

FOLDER = Path(__file__).parent
DOMESTIC = ConnectorLayout(Outlet.DOMESTIC, 16.0, 1)
EVERYTHING = Layout(
    evses=(EvseLayout((ConnectorLayout(), DOMESTIC), signs=True),) * 2,
    firmware="1.2.3-4",
    interfaces=(WIRED, WIRELESS, ANY),
    grid=GridLink.P1,
    modem=True,
    switches_phases=True,
    payment=True,
    manager=True,
    scans=True,
    repeats=True,
)
PLAIN = Layout(evses=(EvseLayout(),), display="none", firmware="1.2.3-4")
BY_MODBUS = Layout(grid=GridLink.MODBUS)


@dataclass(slots=True)
class NotedMachine:
    """A machine that holds still, and remembers to what its clock was set."""

    identity: str = "GARAGE02"
    boot_reason: str = "PowerUp"
    board: str = "test board"
    dealt: Dealings = field(default_factory=Dealings)
    clock: list[float] = field(default_factory=list)

    def utc(self) -> float:
        return self.clock[-1] if self.clock else NOON

    def up_s(self) -> float:
        return 61.5

    def wire(self) -> Wire:
        servers = ("192.0.2.1", "192.0.2.2")
        mac, address, netmask = "02:00:00:00:00:01", "192.0.2.10", "255.255.255.0"
        return Wire("eth0", mac, address, netmask, "192.0.2.1", servers)

    def dealings(self) -> Dealings:
        return self.dealt

    def set_clock(self, utc: float) -> None:
        self.clock.append(utc)


class Box:
    """A station with its objects, for tests to turn over in their hands."""

    def __init__(self, layout: Layout) -> None:
        self.desk = TinyDesk(EventStream(), layout)
        self.world = self.desk.world
        self.machine = NotedMachine()
        self.objects = Objects(self.desk, self.machine)

    def value(self, id_: str) -> Value:
        """Return what one object holds."""
        ((_, value),) = self.objects.named([id_]).items
        return value

    async def write(self, user: str = "admin", **values: object) -> dict[str, str | None]:
        """Write objects, named without the underline of a number; return why not, or None."""
        items = {name.removeprefix("x"): value for name, value in values.items()}
        written = await self.objects.write(items, user)
        return {one.id: None if one.accepted else one.why for one in written}


@pytest.fixture
def box() -> Box:
    """Return a station that has everything."""
    return Box(EVERYTHING)


@pytest.fixture
def plain() -> Box:
    """Return a station that has one socket and little else."""
    return Box(PLAIN)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an object elsewhere; "" is what nobody has seen."""

    id: str
    type: str
    access: str
    length: str
    category: str


@cache
def reference() -> dict[str, Known]:
    """Return what is known of all objects."""
    with (FOLDER / "reference.csv").open(encoding="ascii") as lines:
        _, *rows = csv.reader(lines)
    return {row[0]: Known(*row) for row in rows}


@cache
def full_table() -> Table:
    """Return the objects of a station that has everything."""
    return table(EVERYTHING)
