"""The book says everything once, and every row is whole."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from laadpaal.properties.book import BOOK, BY_ID, BY_KEY, BY_VARIABLE, setting
from laadpaal.properties.kinds import Decimal, Hidden, Secret, Whole
from laadpaal.properties.rows import Property, Scope, Setting

SRC = Path(__file__).parents[2] / "src" / "laadpaal"
BARE_NUMBERS = {
    "2911_0": "a code",
    "2720_0": "a count of characters",
    "2721_0": "a count of roots",
    "2721_1": "a count of roots",
    "2070_0": "a count of tries",
    "2131_4": "a count of transactions",
    "2155_0": "a count of restarts",
    "2728_0": "a count of repetitions",
    "2096_0": "a count of attempts",
    "20F6_3": "a count of doublings",
    "20F7_0": "a count of attempts",
    "20F0_2": "a count of attempts",
    "20F0_3": "the number of a slot",
    "20F0_4": "the number of a slot",
    "2077_0": "the number of a way",
    "3550_0": "the number of a way",
    "3550_1": "the number of a way",
    "2107_0": "a count of attempts",
    "2108_0": "the number of a manner",
    "2723_0": "the number of a profile",
    "2723_1": "the number of a profile",
    "20FA_2": "a severity",
    "20FA_3": "a severity",
    "205E_0": "a count of EVSEs",
    "2056_0": "a count of starts",
    "2098_E": "a count of samples",
    "213D_1": "a count of tokens",
    "2A41_2": "a count of messages",
    "2064_1": "a count of profiles",
    "2A00_3": "a count of lines",
    "2A01_3": "a count of lines",
    "2A02_3": "a count of lines",
    "213D_4": "a count of tokens",
    "2530_5": "a count of connections",
    "2501_1": "the number of a state",
    "2501_3": "the number of a state",
    "2501_4": "the number of a state",
    "2188_0": "the number of a state",
    "2A50_5": "the number of a state",
    "2A50_7": "a count of payments",
}
"""Numbers that measure nothing, by row id."""


def test_no_name_stands_twice() -> None:
    """Ids, keys and variables each name one row."""
    names = [row.id for row in BOOK]
    names += [key.name.lower() for row in BOOK for key in row.keys]
    names += [f"{v.component}.{v.name}[{v.instance}]".lower() for r in BOOK for v in r.variables]

    assert [name for name, often in Counter(names).items() if often > 1] == []


@pytest.mark.parametrize("row", BOOK, ids=lambda row: row.id)
def test_a_row_is_whole(row: Property[Any]) -> None:
    """Help is a sentence, what measures has a unit, the default reads back."""
    assert row.help.endswith(".")
    measures = isinstance(row.kind, Whole | Decimal) and row.id not in BARE_NUMBERS
    assert measures == bool(row.kind.unit)
    # A secret is empty until somebody chooses one, and nobody can choose the empty one.
    if isinstance(row, Setting) and not row.secret:
        assert row.kind.parse(row.kind.show(row.default)) == row.default


@pytest.mark.parametrize("row", BOOK, ids=lambda row: row.id)
def test_secrets_are_secrets_throughout(row: Property[Any]) -> None:
    """A row is secret when its kind is, starts empty, and is not of a single EVSE."""
    secret = isinstance(row, Setting) and row.secret

    assert secret == isinstance(row.kind, Secret)
    if isinstance(row, Setting) and row.secret:
        assert row.default == Hidden("")
        assert row.scope is Scope.STATION


def test_only_readings_are_of_a_connector() -> None:
    """A setting has one value for the station, or for each EVSE."""
    scopes = {row.scope for row in BOOK if isinstance(row, Setting)}

    assert scopes <= {Scope.STATION, Scope.EVSE}


def test_every_number_has_bounds() -> None:
    """No face lets an absurd number in."""
    for row in BOOK:
        if isinstance(row.kind, Whole | Decimal):
            assert row.kind.low < row.kind.high, row.id


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

    assert sorted(name for name in names if not re.search(rf"\b{name}\b", code)) == []
