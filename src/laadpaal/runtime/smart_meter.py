"""The place where a configuration becomes the smart meter of the house."""

from __future__ import annotations

from laadpaal.drivers.p1 import P1Meter, over_serial, over_tcp
from laadpaal.protocols.p1 import VARIANTS
from laadpaal.runtime.config import P1GridTable


def p1_meter_of(table: P1GridTable) -> P1Meter:
    """Return the driver that reads it; nothing is opened yet."""
    variant, key = VARIANTS[table.version], bytes.fromhex(table.key)
    if table.device:
        return over_serial(table.device, variant, key, phases=table.phases)
    return over_tcp(table.host, table.port, variant, key, phases=table.phases)
