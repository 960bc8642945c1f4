"""The place where a configuration becomes devices: simulated ones, and drivers that read them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from laadpaal.drivers.display.framebuffer import Framebuffer
from laadpaal.drivers.leds import KernelLamp
from laadpaal.drivers.modbus_meter import over_tcp
from laadpaal.drivers.p1 import over_serial
from laadpaal.ports.clock import Clock
from laadpaal.ports.devices import UNBRANDED, Board, Brand, CardReader, Display, GridMeter, Lamp
from laadpaal.protocols.p1 import VARIANTS
from laadpaal.runtime.config import Config, EvseTable, SimulatedGridTable
from laadpaal.runtime.meters import Meters
from laadpaal.runtime.reader_tables import AnyReaderTable, Pn532ReaderTable, SimulatedReaderTable
from laadpaal.simulation.bench import SimulatedBench
from laadpaal.simulation.house import EMPTY
from laadpaal.simulation.p1_meter import on_pty

BALANCING_POLL_S = 2.0
"""Between two readings of an EVSE's meter: whoever balances must know what is the vehicles'."""


@asynccontextmanager
async def board_of(
    config: Config,
    bench: SimulatedBench,
    meters: Meters,
    brand: Brand = UNBRANDED,
    readers: Mapping[int, CardReader] = MappingProxyType({}),
) -> AsyncIterator[Board]:
    """Yield the devices, which live as long as the block lasts."""
    async with bench.board(over_tcp) as board, _grid_of(bench, meters) as grid:
        evses = tuple(
            replace(devices, meter=meters.evses.get(number, devices.meter), lamp=_lamp(part))
            for number, (devices, part) in enumerate(zip(board.evses, config.evse, strict=True), 1)
        )
        try:
            yield replace(
                board,
                evses=evses,
                readers={**board.readers, **readers},
                meter_poll_s=BALANCING_POLL_S if config.grid else board.meter_poll_s,
                grid=grid,
                grid_poll_s=meters.grid_poll_s,
                display=_display(config, bench),
                brand=brand,
            )
        finally:
            await meters.close()
            for reader in readers.values():
                await reader.close()


@asynccontextmanager
async def _grid_of(bench: SimulatedBench, meters: Meters) -> AsyncIterator[GridMeter | None]:
    """Yield what reads the meter of the grid; a simulated one speaks on a real line."""
    if bench.smart_meter is None:
        yield meters.grid
        return
    async with on_pty(bench.smart_meter) as device:
        meter = over_serial(device, VARIANTS[bench.smart_meter.version])
        try:
            yield meter
        finally:
            await meter.close()


def _lamp(table: EvseTable) -> Lamp | None:
    return KernelLamp(table.leds) if table.leds else None


def _display(config: Config, bench: SimulatedBench) -> Display | None:
    if config.station.display == "none":
        return None
    device = config.station.framebuffer
    return Framebuffer(Path(device)) if device else bench.display


def bench_of(config: Config, clock: Clock, meters: Meters) -> SimulatedBench:
    """Return the simulated world around the station."""
    grid = config.grid if isinstance(config.grid, SimulatedGridTable) else None
    return SimulatedBench(
        clock,
        len(config.evse),
        phases=max(part.phases for part in config.evse),
        fixed=_which(config, lambda part: part.connectors[0].outlet == "cable"),
        bays=_which(config, lambda part: part.bay_sensor),
        signing=_which(config, lambda part: part.signing_meter),
        readers=[it.evse for it in config.reader if isinstance(it, SimulatedReaderTable)],
        chips=[it.evse for it in config.reader if _is_simulated_chip(it)],
        models=meters.simulated,
        smart_meter=grid.version if grid else "",
        household=grid.house.household() if grid else EMPTY,
        domestic=_which(config, lambda part: any(one.domestic for one in part.connectors)),
    )


def _is_simulated_chip(table: AnyReaderTable) -> bool:
    return isinstance(table, Pn532ReaderTable) and table.simulated


def _which(config: Config, wanted: Callable[[EvseTable], bool]) -> list[int]:
    """Return the numbers of the EVSEs of which that is so."""
    return [number for number, part in enumerate(config.evse, 1) if wanted(part)]
