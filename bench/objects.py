"""Pages of objects as many clients poll them, beside a dump of the same by the JSON library."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from itertools import count
from typing import Any, TypeVar

from laadpaal.local_api.objects import Objects, encoded, render
from laadpaal.ports.machine import NO_WIRE, Dealings, Wire
from laadpaal.properties.rows import Reading
from laadpaal.properties.values import Values
from laadpaal.station import readings
from laadpaal.station.answers import Answer
from laadpaal.station.events import Event, MeterRead, PoweredUp
from laadpaal.station.layout import Layout
from laadpaal.station.measurement import Measurement
from laadpaal.station.moment import Moment
from laadpaal.station.requests import Request
from laadpaal.station.station import Station
from laadpaal.station.view import StationView

T = TypeVar("T")

NOON = 1_700_049_600.0
VOLTS = (230.1, 231.2, 229.3)
AMPS = (15.9, 15.8, 15.7)
ROUNDS, TAKES = 200, 5
PAGES = ("generic", "states", "meter1", "leds")


class Desk:
    """A station core that answers at once."""

    def __init__(self) -> None:
        self.values = Values()
        self._now = Moment(0.0, NOON)
        self._station = Station(Layout(), self.values, (f"tx-{n}" for n in count(1)))
        self.layout = self._station.layout
        self.happened(PoweredUp())

    def happened(self, event: Event) -> None:
        """Take a fact."""
        self._station.handle(event, self._now)

    async def ask(self, request: Request) -> Answer:
        """Answer a wish."""
        return self._station.ask(request, self._now)[0]

    def view(self) -> StationView:
        """Return the station as it is."""
        return self._station.view()

    def read(self, row: Reading[Any], evse: int = 0, connector: int = 0) -> str:
        """Return the text of a live property."""
        return readings.read(row, self.view(), evse, connector)


class StillMachine:
    """A machine on which nothing happens."""

    identity, boot_reason, board = "LP1", "PowerUp", "bench"

    def utc(self) -> float:
        """Return the same instant for ever."""
        return NOON

    def up_s(self) -> float:
        """Return how long it has run."""
        return 1.0

    def wire(self) -> Wire:
        """Return that there is no network."""
        return NO_WIRE

    def dealings(self) -> Dealings:
        """Return that there is no CSMS."""
        return Dealings()

    def set_clock(self, utc: float) -> None:
        """Stay as it is."""


def per_second(work: Callable[[T], object], given: T) -> float:
    """Return how often it is done in a second of CPU; the best of some takes."""
    times = []
    for _ in range(TAKES):
        before = time.process_time()
        for _ in range(ROUNDS):
            work(given)
        times.append(time.process_time() - before)
    return ROUNDS / min(times)


def main() -> None:
    """Print pages a second, and what part of that the spelling alone would be."""
    desk = Desk()
    desk.happened(MeterRead(1, Measurement(5123.0, VOLTS, AMPS, 10_900.0)))
    objects = Objects(desk, StillMachine())
    for category in PAGES:
        page = render(objects.page(category))
        ours = per_second(lambda name: encoded(objects.page(name)), category)
        dump = per_second(json.dumps, page)
        size = len(encoded(objects.page(category)))
        print(f"{category}: {ours:.0f} pages/s of {size} B; json.dumps of it {dump:.0f}/s")
    looked = per_second(lambda it: it.view(), desk)
    print(f"the view that each page is made of: {looked:.0f}/s")


if __name__ == "__main__":
    main()
