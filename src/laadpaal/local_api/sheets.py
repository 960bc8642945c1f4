"""Tables for a spreadsheet: comma separated, one line for a row, nothing that it would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from fastapi import Response

MEDIA_TYPE = "text/csv"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""With these a cell begins that a spreadsheet computes."""

Cell = str | int | float | None
"""What a cell holds; None leaves it empty."""


def sheet(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Return a table with a line of names above it."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return text.getvalue()


def instant(at: float | None) -> str | None:
    """Return an instant as spreadsheets read it, in UTC and to the second."""
    return None if at is None else f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d %H:%M:%S}"


def download(body: bytes | str, name: str, media: str = MEDIA_TYPE) -> Response:
    """Return an answer that a browser saves as a file of that name."""
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": f'attachment; filename="{name}"',
    }
    return Response(body, 200, headers, media)


def _safe(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
