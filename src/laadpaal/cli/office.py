"""`laadpaal backoffice`: a small CSMS until somebody interrupts it."""

from __future__ import annotations

import logging
import sys
from contextlib import AsyncExitStack

import typer

from laadpaal.backoffice.server import BackOffice
from laadpaal.cli.station import ending
from laadpaal.runtime.clock import RealClock
from laadpaal.runtime.config import ConfigError


async def run(host: str, port: int) -> None:
    """Run it, say where, and print what it hears; raises ConfigError when it cannot listen."""
    log = logging.getLogger("laadpaal.backoffice")
    log.setLevel(logging.INFO)
    log.addHandler(logging.StreamHandler(sys.stdout))
    office = BackOffice(RealClock(trusted=True), host=host, port=port, log=log)
    with ending() as end:
        async with AsyncExitStack() as stack:
            try:
                await stack.enter_async_context(office)
            except OSError as wrong:
                raise ConfigError(f"cannot listen on {host} port {port}: {wrong}") from wrong
            typer.echo(f"back office  {office.url}/<identity>  (ocpp1.6, ocpp2.0.1)")
            await end.wait()
