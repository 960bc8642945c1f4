"""What the writer is asked to do: statements as values, so that a step can be done anew."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

Cell = str | int | float | bytes | None
"""What a column holds."""

Statement = tuple[str, tuple[Cell, ...]]
"""One SQL statement and its parameters."""


def run(cursor: sqlite3.Cursor, statements: Iterable[Statement]) -> None:
    """Execute them in order, inside the transaction that is open."""
    for sql, cells in statements:
        cursor.execute(sql, cells)
