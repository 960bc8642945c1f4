"""Puts the Modbus slave before a station, where the configuration has one."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from laadpaal.modbus_slave.server import serve
from laadpaal.modbus_slave.slave import Slave
from laadpaal.runtime.config import Config, ConfigError, RtuMeterTable
from laadpaal.runtime.running import Running

SERIAL, NETWORK = 0, 1
"""How the slave numbers the ways to a meter."""


@asynccontextmanager
async def slave_of(
    config: Config, running: Running, log: logging.Logger
) -> AsyncIterator[int | None]:
    """Serve energy managers as long as the block lasts; yield the port, None without a slave.

    Raises ConfigError for an address that cannot be listened on.
    """
    table = config.modbus_slave
    if table is None:
        yield None
        return
    clock, meters = running.clock, [_way(part.meter) for part in config.evse]
    slave = Slave(running, clock, lambda: clock.now().mono - running.began_at, meters)
    async with AsyncExitStack() as stack:
        serving = serve(slave, running, table.host, table.port, log)
        try:
            port = await stack.enter_async_context(serving)
        except OSError as wrong:
            where = f"{table.host} port {table.port}"
            raise ConfigError(f"modbus_slave: cannot listen on {where}: {wrong}") from wrong
        log.info("Modbus: energy managers are heard on %s port %d", table.host, port)
        yield port


def _way(meter: object) -> int:
    return SERIAL if isinstance(meter, RtuMeterTable) else NETWORK
