"""The place where a configuration becomes devices: simulated ones, and drivers that read them."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager

from laadpaal.drivers.eastron import over_tcp
from laadpaal.ports.clock import Clock
from laadpaal.ports.devices import Board
from laadpaal.runtime.config import Config
from laadpaal.simulation.bench import SimulatedBench


def board_of(bench: SimulatedBench) -> AbstractAsyncContextManager[Board]:
    """Return the devices, which live as long as its block lasts."""
    return bench.board(over_tcp)


def bench_of(config: Config, clock: Clock) -> SimulatedBench:
    """Return the simulated world around the station."""
    fixed = [
        number for number, part in enumerate(config.evse, 1) if part.connectors[0].outlet == "cable"
    ]
    bays = [number for number, part in enumerate(config.evse, 1) if part.bay_sensor]
    signing = [number for number, part in enumerate(config.evse, 1) if part.signing_meter]
    return SimulatedBench(
        clock,
        len(config.evse),
        phases=max(part.phases for part in config.evse),
        fixed=fixed,
        bays=bays,
        signing=signing,
    )
