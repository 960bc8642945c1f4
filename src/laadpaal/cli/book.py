"""`laadpaal properties`: the book as a table or as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from laadpaal.properties.book import BOOK
from laadpaal.properties.rows import Property, Reading, Variable


def rows() -> list[dict[str, object]]:
    """Return every property as plain values, by id."""
    return [_row(row) for row in sorted(BOOK, key=lambda row: row.id)]


def as_json() -> str:
    """Return the book as JSON."""
    return msgspec.json.format(msgspec.json.encode(rows()), indent=2).decode()


def as_table() -> str:
    """Return the book as columns of text."""
    lines = [("id", "type", "default", "1.6", "2.0.1", ""), *map(_cells, rows())]
    widths = [max(len(line[column]) for line in lines) for column in range(5)] + [0]
    return "\n".join(_padded(line, widths) for line in lines)


def _padded(line: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(t.ljust(width) for t, width in zip(line, widths, strict=True)).rstrip()


def _cells(row: Mapping[str, Any]) -> tuple[str, ...]:
    keys, variables = ", ".join(row["keys"]), ", ".join(row["variables"])
    return row["id"], row["type"], row["default"], keys, variables, row["help"]


def _row(row: Property[Any]) -> dict[str, object]:
    return {
        "id": row.id,
        "type": row.kind.data_type.value,
        "unit": row.kind.unit,
        "default": _default(row),
        "live": isinstance(row, Reading),
        "scope": row.scope.value,
        "keys": [key.name for key in row.keys],
        "variables": [_name(variable) for variable in row.variables],
        "help": row.help,
    }


def _default(row: Property[Any]) -> str:
    return "" if isinstance(row, Reading) or row.secret else row.kind.show(row.default)


def _name(variable: Variable) -> str:
    instance = f"[{variable.instance}]" if variable.instance else ""
    return f"{variable.component}.{variable.name}{instance}"
