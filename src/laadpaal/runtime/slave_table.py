"""`[modbus_slave]`: where energy managers reach the station."""

from __future__ import annotations

from typing import Annotated

import msgspec

from laadpaal.runtime.tables import Table

MODBUS_PORT = 502


class ModbusSlaveTable(Table, frozen=True, kw_only=True):
    """Where the station listens; without the table nowhere. `port` 0 takes any free one.

    What a master may do there is a setting, 2530_1. The protocol knows no login, so everybody in
    reach of `host` may do it.
    """

    host: str = "127.0.0.1"
    port: Annotated[int, msgspec.Meta(ge=0, le=65_535)] = MODBUS_PORT
