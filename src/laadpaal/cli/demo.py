"""`laadpaal demo`: a back office, a station, and vehicles that come and go."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Literal

import msgspec
import typer

from laadpaal.backoffice.server import BackOffice
from laadpaal.cli import live as pictures
from laadpaal.cli.driver import CARDS, Driver
from laadpaal.cli.station import ending, logger
from laadpaal.properties.charging import INSTALLATION_MAX
from laadpaal.runtime.assembly import Station, assembled
from laadpaal.runtime.clock import RealClock
from laadpaal.runtime.config import ApiTable, Config, CsmsTable, HouseTable, SimulatedGridTable

IDENTITY = "LP000001"
CHARGING_S = 900.0
"""Station seconds that the one session of `--once` charges."""
FUSE_A = 25.0
HOUSE = SimulatedGridTable(
    house=HouseTable(base_a=3.0, appliances=8, sun_a=5.0, seed=4, fuse_a=FUSE_A)
)
"""A house with people and a roof in the sun, which leaves less than two vehicles would take."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Everything a demo plays with."""

    office: BackOffice
    station: Station
    driver: Driver
    clock: RealClock
    ocpp: str


async def once(ocpp: Literal["1.6", "2.0.1"], speed: float, *, json: bool) -> None:
    """Play one charging session, and print what the back office has of it."""
    async with staged(ocpp, speed) as stage:
        await stage.driver.visit(1, CARDS[0], CHARGING_S)
        await stage.station.running.drained()
        told = _told(stage)
    if json:
        typer.echo(msgspec.json.encode(told).decode())
    else:
        for name, value in told.items():
            typer.echo(f"{name:18} {value}")


async def live(ocpp: Literal["1.6", "2.0.1"], speed: float) -> None:
    """Let vehicles come and go, and show it, until interrupted."""
    with ending() as end:
        async with staged(ocpp, speed, HOUSE) as stage:
            typer.echo(f"page         {stage.station.api}/")
            typer.echo(f"back office  {stage.office.url} ({ocpp})")
            typer.echo(f"control API  {stage.station.api}/v1/station")
            async with asyncio.TaskGroup() as tasks:
                acts = [
                    tasks.create_task(stage.driver.days()),
                    tasks.create_task(pictures.show(stage.station, stage.office, stage.clock)),
                ]
                await end.wait()
                for act in acts:
                    act.cancel()


@asynccontextmanager
async def staged(
    ocpp: Literal["1.6", "2.0.1"], speed: float, house: SimulatedGridTable | None = None
) -> AsyncIterator[Stage]:
    """Run back office and station in a folder of their own, on free ports; perhaps at a house."""
    clock = RealClock(speed)
    driver = Driver(clock)
    with tempfile.TemporaryDirectory(prefix="laadpaal-") as folder:
        async with BackOffice(clock) as office:
            config = Config(
                csms=CsmsTable(url=office.url, ocpp=ocpp, identity=IDENTITY),
                api=ApiTable(port=0),
                speed=speed,
                folder=folder,
                grid=house,
                settings={INSTALLATION_MAX.id: FUSE_A} if house else {},
            )
            async with assembled(config, clock, logger(IDENTITY), driver.hear) as station:
                driver.at(station.bench)
                await office.wait_for(IDENTITY, "StatusNotification")
                yield Stage(office, station, driver, clock, ocpp)


def _told(stage: Stage) -> dict[str, object]:
    ledger, link = stage.office.ledger, stage.station.running.state()
    charged = [t for t in ledger.transactions if t.starts and t.stops]
    energy_wh = sum((t.meter_stop_wh or 0.0) - (t.meter_start_wh or 0.0) for t in charged)
    return {
        "ocpp": stage.ocpp,
        "transactions": len(charged),
        "energy_wh": round(energy_wh, 1),
        "meter_values": sum(len(t.readings) for t in charged),
        "messages_sent": link["messages_sent"],
        "messages_received": link["messages_received"],
        "undelivered": link["undelivered"],
        "problems": [*map(str, ledger.problems()), *stage.office.problems],
    }
