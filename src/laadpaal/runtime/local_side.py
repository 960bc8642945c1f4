"""The local side of a station: its API, for this machine and the network, and its registers."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from fastapi import FastAPI
from starlette.types import ASGIApp

from laadpaal.csms.holdings import holdings
from laadpaal.local_api.announcing import Announcement
from laadpaal.local_api.app import make_app
from laadpaal.local_api.compatible.app import make_compatible
from laadpaal.local_api.compatible.kit import Kit
from laadpaal.local_api.compatible.login import kind_of
from laadpaal.local_api.events import EventStream
from laadpaal.local_api.given import Counts, Entrance
from laadpaal.local_api.replies import CertificateReply
from laadpaal.local_api.server import serve
from laadpaal.ports.devices import Brand
from laadpaal.ports.updates import UploadSlot
from laadpaal.ports.vault import Vault
from laadpaal.runtime.addresses import addresses
from laadpaal.runtime.config import ApiTable, ConfigError
from laadpaal.runtime.expiry import Kept
from laadpaal.runtime.firmware import Firmware
from laadpaal.runtime.life import Body
from laadpaal.runtime.machine import StationMachine
from laadpaal.runtime.mqtt import mqtt_of
from laadpaal.runtime.pace import pace_of
from laadpaal.runtime.pictures import Pictures
from laadpaal.runtime.remembered import Remembered
from laadpaal.runtime.slave import slave_of
from laadpaal.runtime.troublemaker import Troublemaker
from laadpaal.runtime.troubles import World
from laadpaal.runtime.web import Front, Web, entrance_of, front_of, web_of
from laadpaal.station.layout import Layout


@dataclass(frozen=True, slots=True)
class Side:
    """What the local side shows and does."""

    world: World
    troubles: Troublemaker
    events: EventStream
    past: Remembered
    brand: Brand
    vault: Vault
    firmware: Firmware
    body: Body


@dataclass(frozen=True, slots=True)
class LocalSide:
    """Where it can be found.

    Args:
        api: The address for this machine.
        web: The server for the network.
        modbus: The port for energy managers.
    """

    api: str | None
    web: Web | None
    modbus: int | None


@asynccontextmanager
async def local_side(side: Side, log: logging.Logger) -> AsyncIterator[LocalSide]:
    """Serve it as long as the block lasts; raises ConfigError."""
    config, running = side.world.config, side.world.running
    accounts = side.world.store.accounts(config.station.serial)
    entrance = entrance_of(accounts, running.clock, running.happened)
    front = front_of(config, running.clock, log)
    app = _app(side, entrance, side.firmware.uploads(running, log), front)
    close = side.events.close
    side.past.told_to(side.events)
    machine = StationMachine(running, config.csms.identity if config.csms else "")

    def compatible(leave: Callable[[], None]) -> ASGIApp:
        kit = Kit(running, machine, entrance, side.past.history, side.vault, log, leave, held)
        return make_compatible(kit, app.state.given)

    def held() -> None:
        running.happened(holdings(side.vault))

    def about(host: str, port: int) -> Announcement:
        return announcement(running.layout, machine.identity, host, port)

    async with (
        _api(config.api, app, close) as api,
        web_of(app, compatible, entrance, front, about, close, log) as web,
        slave_of(config, running, log) as modbus,
        mqtt_of(config.mqtt, running, log),
    ):
        yield LocalSide(api, web, modbus)


def _app(side: Side, entrance: Entrance, slot: UploadSlot, front: Front | None) -> FastAPI:
    running, held = side.world.running, side.body.certificates or tuple
    return make_app(
        running,
        side.events,
        running if side.world.config.csms else None,
        side.world.bench,
        running.cut_power,
        troubles=side.troubles,
        security_log=side.past.history.security_log,
        pictures=Pictures(running.clock, side.brand).png,
        history=side.past.history,
        log_book=side.past.log,
        messages=side.past.messages,
        entrance=entrance,
        counts=lambda: Counts(running.lives, running.turns_taken),
        slot=slot,
        certificates=lambda: tuple(map(_told, held())),
        showcase=front.shown if front else None,
        pace=pace_of(side.world.config, running.clock),
    )


def _told(it: Kept) -> CertificateReply:
    seen = it.certificate
    life = (seen.not_before, seen.not_after)
    return CertificateReply(it.what, seen.subject, seen.issuer, *life, seen.key)


def announcement(layout: Layout, identity: str, host: str, port: int) -> Announcement:
    """Return what the network is told; a host that is no address stands for all of this machine."""
    everywhere = host in {"0.0.0.0", "::"}  # noqa: S104  it is looked for, not listened at
    return Announcement(
        identity or layout.serial,
        layout.model,
        layout.serial,
        layout.firmware,
        kind_of(layout),
        port,
        addresses() if everywhere else (host,),
    )


@asynccontextmanager
async def _api(
    table: ApiTable | None, app: FastAPI, close: Callable[[], None]
) -> AsyncIterator[str | None]:
    if table is None:
        yield None
        return
    host, wanted = table.host, table.port
    async with AsyncExitStack() as stack:
        try:
            port = await stack.enter_async_context(serve(app, host, wanted, close=[close]))
        except OSError as wrong:
            raise ConfigError(f"api: cannot listen on {host} port {wanted}: {wrong}") from wrong
        yield f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
