"""Puts the talk with an MQTT broker beside a station, where the configuration has one."""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.util import find_spec

from laadpaal.ports.station import StationDesk
from laadpaal.runtime.config import ConfigError
from laadpaal.runtime.mqtt_table import MqttTable

PLAIN, WITH_TLS = 1883, 8883
AGAIN_S = 2.0
"""How long a farewell may take, until it is told once more to end."""


@asynccontextmanager
async def mqtt_of(
    table: MqttTable | None, desk: StationDesk, log: logging.Logger
) -> AsyncIterator[None]:
    """Talk with the broker as long as the block lasts; raises ConfigError."""
    if table is None:
        yield
        return
    if find_spec("aiomqtt") is None:
        raise ConfigError("mqtt: it needs the extra mqtt of this package, which is not installed")
    from laadpaal.mqtt.broker import At, Broker  # noqa: PLC0415  only with the extra

    at = At(
        table.host,
        table.port or (WITH_TLS if table.tls else PLAIN),
        table.topic,
        table.discovery,
        table.username or None,
        table.password or None,
        _tls(table),
    )
    talking = asyncio.create_task(Broker(desk, at, log).run())
    try:
        yield
    finally:
        # Once is not enough: a wait of the library that ends just then forgets that it was told.
        while not talking.done():
            talking.cancel()
            await asyncio.wait({talking}, timeout=AGAIN_S)


def _tls(table: MqttTable) -> ssl.SSLContext | None:
    if not table.tls:
        return None
    try:
        return ssl.create_default_context(cafile=table.ca_file or None)
    except OSError as wrong:
        raise ConfigError(f"mqtt.ca_file: {table.ca_file}: {wrong}") from wrong
