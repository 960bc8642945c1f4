"""`laadpaal run`: one station until somebody interrupts it."""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from laadpaal.runtime.assembly import Station, assembled
from laadpaal.runtime.clock import machine_clock
from laadpaal.runtime.config import Config
from laadpaal.runtime.hardening import confine
from laadpaal.runtime.runs import traced
from laadpaal.runtime.supervisor import Supervisor

ENDS = (signal.SIGINT, signal.SIGTERM)


async def run(config: Config) -> None:
    """Run it, and say where it can be found."""
    confine(config.limits.memory_mb)
    log = logger(config.station.serial)
    clock = machine_clock(config.speed, kept=config.clock == "kept")
    with ending() as end:
        async with assembled(config, clock, log) as station:
            gc.freeze()
            _introduce(config, station)
            with traced(Path(config.folder)):
                await _stay(end, station.running.over, Supervisor())


def _introduce(config: Config, station: Station) -> None:
    names = config.station
    typer.echo(f"{names.vendor} {names.model} {names.serial}, data in {config.folder}")
    if station.api:
        typer.echo(f"page         {station.api}/")
        typer.echo(f"control API  {station.api}/v1/station")
    if station.web:
        typer.echo(f"HTTPS        {station.web.url}")
    if config.modbus_slave:
        typer.echo(f"Modbus       {config.modbus_slave.host} port {station.modbus}")
    if config.csms:
        typer.echo(f"CSMS         {config.csms.url} ({config.csms.ocpp})")


async def _stay(end: asyncio.Event, over: asyncio.Event, supervisor: Supervisor) -> None:
    """Return when somebody wants it, or when another version has to start."""
    supervisor.tell("READY=1")
    async with asyncio.TaskGroup() as tasks:
        alive = tasks.create_task(supervisor.run())
        either = [tasks.create_task(it.wait()) for it in (end, over)]
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        for task in (alive, *either):
            task.cancel()
    supervisor.tell("STOPPING=1")


@contextmanager
def ending() -> Iterator[asyncio.Event]:
    """Yield what is set when the process is asked to end; who asks again ends it at once."""
    end = asyncio.Event()
    loop = asyncio.get_running_loop()

    def leave_alone() -> None:
        for number in ENDS:
            loop.remove_signal_handler(number)

    def asked() -> None:
        end.set()
        leave_alone()

    for number in ENDS:
        loop.add_signal_handler(number, asked)
    try:
        yield end
    finally:
        leave_alone()


def logger(name: str) -> logging.Logger:
    """Return a station's own logger; its lines go to its file only."""
    log = logging.getLogger(f"laadpaal.{name}")
    log.setLevel(logging.INFO)
    log.propagate = False
    # What goes wrong with a meter stands in our own log; pymodbus would say it on the terminal.
    logging.getLogger("pymodbus").setLevel(logging.CRITICAL)
    return log
