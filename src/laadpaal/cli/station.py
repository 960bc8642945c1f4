"""`laadpaal run`: one station until somebody interrupts it."""

from __future__ import annotations

import asyncio
import gc
import logging
import signal

import typer

from laadpaal.runtime.assembly import assembled
from laadpaal.runtime.clock import RealClock
from laadpaal.runtime.config import Config

ENDS = (signal.SIGINT, signal.SIGTERM)


async def run(config: Config) -> None:
    """Run it, and say where it can be found."""
    log = logger(config.station.serial)
    async with assembled(config, RealClock(config.speed), log) as station:
        gc.freeze()
        names = config.station
        typer.echo(f"{names.vendor} {names.model} {names.serial}, data in {config.folder}")
        if station.api:
            typer.echo(f"control API  {station.api}/v1/station")
        if config.csms:
            typer.echo(f"CSMS         {config.csms.url} ({config.csms.ocpp})")
        await interrupted()


async def interrupted() -> None:
    """Return when the process is asked to end; who asks again is not kept waiting."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in ENDS:
        loop.add_signal_handler(number, stop.set)
    try:
        await stop.wait()
    finally:
        for number in ENDS:
            loop.remove_signal_handler(number)


def logger(name: str) -> logging.Logger:
    """Return a station's own logger; its lines go to its file only."""
    log = logging.getLogger(f"laadpaal.{name}")
    log.setLevel(logging.INFO)
    log.propagate = False
    return log
