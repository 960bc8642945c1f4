"""The book: every property, and the look-ups by each of its names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from laadpaal.properties import (
    authorization,
    balancing,
    certificates,
    charging,
    clock,
    comms,
    connectivity,
    energy_manager,
    firmware,
    meter,
    metering,
    monitoring,
    networks,
    panel,
    parts,
    payment,
    pilot,
    prices,
    protection,
    readers,
    reservations,
    smart_meter,
    state,
    statuses,
    surroundings,
    transactions,
    wiring,
)
from laadpaal.properties.rows import Key, Property, Setting, Variable

BOOK: tuple[Property[Any], ...] = (
    *metering.ROWS,
    *authorization.ROWS,
    *transactions.ROWS,
    *reservations.ROWS,
    *charging.ROWS,
    *balancing.ROWS,
    *energy_manager.ROWS,
    *comms.ROWS,
    *clock.ROWS,
    *networks.ROWS,
    *connectivity.ROWS,
    *certificates.ROWS,
    *firmware.ROWS,
    *meter.ROWS,
    *smart_meter.ROWS,
    *state.ROWS,
    *statuses.ROWS,
    *monitoring.ROWS,
    *panel.ROWS,
    *prices.ROWS,
    *payment.ROWS,
    *protection.ROWS,
    *pilot.ROWS,
    *surroundings.ROWS,
    *readers.ROWS,
    *wiring.ROWS,
    *parts.ROWS,
)

BY_ID: Mapping[str, Property[Any]] = {row.id: row for row in BOOK}

BY_KEY: Mapping[str, tuple[Property[Any], Key]] = {
    key.name.lower(): (row, key) for row in BOOK for key in row.keys
}
"""By name of the OCPP 1.6 configuration key, in lower case."""

BY_VARIABLE: Mapping[tuple[str, str, str], tuple[Property[Any], Variable]] = {
    (v.component.lower(), v.name.lower(), v.instance.lower()): (row, v)
    for row in BOOK
    for v in row.variables
}
"""By component, variable and instance of OCPP 2.0.1, all in lower case."""


def setting(id_: str) -> Setting[Any] | None:
    """Return the setting of that id, or None."""
    row = BY_ID.get(id_)
    return row if isinstance(row, Setting) else None
