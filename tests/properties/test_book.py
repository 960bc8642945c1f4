"""The book says everything once, and every row is whole."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from laadpaal.properties.book import BOOK, BY_ID, BY_KEY, BY_VARIABLE, setting
from laadpaal.properties.kinds import Decimal, Whole
from laadpaal.properties.rows import Property, Setting

SRC = Path(__file__).parents[2] / "src" / "laadpaal"


def test_no_name_stands_twice() -> None:
    """Ids, keys and variables each name one row."""
    names = [row.id for row in BOOK]
    names += [key.name.lower() for row in BOOK for key in row.keys]
    names += [f"{v.component}.{v.name}[{v.instance}]".lower() for r in BOOK for v in r.variables]

    assert [name for name, often in Counter(names).items() if often > 1] == []


@pytest.mark.parametrize("row", BOOK, ids=lambda row: row.id)
def test_a_row_is_whole(row: Property[Any]) -> None:
    """Help is a sentence, durations and currents have units, the default reads back."""
    assert row.help.endswith(".")
    assert row.kind.unit or not isinstance(row.kind, Whole | Decimal)
    if isinstance(row, Setting):
        assert row.kind.parse(row.kind.show(row.default)) == row.default


def test_look_ups_find_every_row() -> None:
    """Each of a row's names leads back to it, whatever its case."""
    for row in BOOK:
        assert BY_ID[row.id] is row
        assert setting(row.id) is (row if isinstance(row, Setting) else None)
        assert all(BY_KEY[key.name.lower()] == (row, key) for key in row.keys)
        for v in row.variables:
            found = BY_VARIABLE[v.component.lower(), v.name.lower(), v.instance.lower()]
            assert found == (row, v)
    assert setting("FFFF_0") is None


def test_every_setting_is_read_somewhere() -> None:
    """A setting that nothing reads does not exist."""
    modules = [p for p in SRC.rglob("*.py") if p.parent.name != "properties"]
    code = "\n".join(p.read_text() for p in modules)
    names = {
        name
        for path in (SRC / "properties").glob("*.py")
        for name, equals, _ in (
            line.partition(" = Setting(") for line in path.read_text().splitlines()
        )
        if equals
    }

    assert sorted(name for name in names if f".{name}" not in code) == []
