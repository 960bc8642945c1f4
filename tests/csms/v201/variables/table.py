"""Every variable that our device model has, and nothing more; one module for each subject.

Who builds a functional block adds its rows there, or a module of its own and its name here.
"""

from __future__ import annotations

from tests.csms.v201.variables import (
    authorization,
    charging,
    display,
    files,
    monitoring,
    networks,
    parts,
    provisioning,
    reservation,
    security,
    transactions,
)

TABLE = {
    row.name: row
    for rows in (
        parts.ROWS,
        provisioning.ROWS,
        networks.ROWS,
        files.ROWS,
        security.ROWS,
        authorization.ROWS,
        charging.ROWS,
        transactions.ROWS,
        display.ROWS,
        reservation.ROWS,
        monitoring.ROWS,
    )
    for row in rows
}
