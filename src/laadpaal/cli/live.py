"""The live view of the demo: sockets, their faces, and the messages that go by."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime

from rich.console import Console, Group
from rich.live import Live
from rich.table import Table
from rich.text import Text

from laadpaal.backoffice.server import BackOffice
from laadpaal.ports.clock import Clock
from laadpaal.runtime.assembly import Station
from laadpaal.station.view import EvseView

FRAME_S = 0.25
MESSAGES = 12
WIDTH = 110


async def show(station: Station, office: BackOffice, clock: Clock) -> None:
    """Draw four times a second until cancelled; without a terminal, once in ten seconds."""
    console = Console()
    if not console.is_terminal:
        await _print(console, station, clock)
    with Live(console=console, auto_refresh=False) as screen:
        while True:
            screen.update(picture(station, office, clock), refresh=True)
            await asyncio.sleep(FRAME_S)


async def _print(console: Console, station: Station, clock: Clock) -> None:
    while True:
        console.print(_table(station, clock))
        await asyncio.sleep(40 * FRAME_S)


def picture(station: Station, office: BackOffice, clock: Clock) -> Group:
    """Return one frame."""
    frames = list(office.frames)[-MESSAGES:]
    lines = [f"{frame.direction} {frame.action:24} {frame.text}" for frame in frames]
    return Group(_table(station, clock), *_short(lines))


def _short(lines: Iterable[str]) -> list[Text]:
    return [Text(line[:WIDTH], style="dim", no_wrap=True) for line in lines]


def _table(station: Station, clock: Clock) -> Table:
    view = station.running.view()
    at = datetime.fromtimestamp(clock.now().utc, UTC)
    link = "online" if view.online else "offline"
    table = Table(title=f"{at:%Y-%m-%d %H:%M:%S} UTC, {link}", title_justify="left")
    for name in ("EVSE", "status", "display", "light", "pilot", "offered", "because", "meter"):
        table.add_column(name)
    for evse in view.evses:
        table.add_row(*_cells(evse))
    return table


def _cells(evse: EvseView) -> tuple[str, ...]:
    meter = evse.measurement
    return (
        str(evse.evse),
        evse.connectors[0].status.value,
        evse.screen.state.name.lower().replace("_", " "),
        evse.light.name.lower().replace("_", " "),
        evse.pilot.value,
        f"{evse.offered_a:.0f} A",
        evse.because,
        f"{meter.power_w:.0f} W, {meter.energy_wh / 1000:.2f} kWh" if meter else "",
    )
