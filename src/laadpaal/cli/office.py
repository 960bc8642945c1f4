"""`laadpaal backoffice`: a small CSMS until somebody interrupts it."""

from __future__ import annotations

import logging
import sys

import typer

from laadpaal.backoffice.server import BackOffice
from laadpaal.cli.station import interrupted
from laadpaal.runtime.clock import RealClock


async def run(host: str, port: int) -> None:
    """Run it, say where, and print what it hears."""
    log = logging.getLogger("laadpaal.backoffice")
    log.setLevel(logging.INFO)
    log.addHandler(logging.StreamHandler(sys.stdout))
    async with BackOffice(RealClock(trusted=True), host=host, port=port, log=log) as office:
        typer.echo(f"back office  {office.url}/<identity>  (ocpp1.6, ocpp2.0.1)")
        await interrupted()
