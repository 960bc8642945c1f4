"""The table has what clients ask for, as they know it; and what is missing is missed on purpose."""

from __future__ import annotations

import csv

import pytest

from laadpaal.local_api.objects.table import place, table
from laadpaal.station.layout import Layout
from tests.local_api.objects.conftest import (
    BY_MODBUS,
    EVERYTHING,
    FOLDER,
    PLAIN,
    full_table,
    reference,
)

OURS_TO_SAY: dict[str, str] = {
    "2065_1": "whether charging profiles are obeyed is a setting here",
    "2077_0": "the way to the CSMS is a setting here",
    "212A_0": "clients limit a socket by it, though it was seen read-only",
    "312A_0": "as that of the first socket",
}
"""What is read-only elsewhere, and can be written here."""


def asked() -> dict[str, list[str]]:
    """Return what each client asks for, by what it does."""
    with (FOLDER / "clients.csv").open(encoding="ascii") as lines:
        rows = csv.DictReader(lines)
        return {f"{row['client']} {row['what']}": row["ids"].split() for row in rows}


def lacking() -> dict[str, str]:
    """Return what no station of ours has, and why."""
    with (FOLDER / "lacking.csv").open(encoding="ascii") as lines:
        return {id_: row["why"] for row in csv.DictReader(lines) for id_ in row["ids"].split()}


@pytest.mark.parametrize("doing", asked())
def test_what_a_client_asks_for_is_answered(doing: str) -> None:
    """Or it is written down why it cannot be."""
    ids = set(asked()[doing])

    assert ids - set(full_table().by_id) == ids & set(lacking())


def test_what_is_lacking_is_known_elsewhere() -> None:
    """Nobody misses what does not exist, and each has its reason."""
    assert set(lacking()) <= set(reference())
    assert all(lacking().values())


@pytest.mark.parametrize("layout", [EVERYTHING, PLAIN, BY_MODBUS])
def test_objects_are_as_they_are_known(layout: Layout) -> None:
    """Each has the type, the category and the length that clients know of it."""
    for id_, one in table(layout).by_id.items():
        known, row = reference()[id_], one.row
        assert known.type in {"", str(int(row.code))}, id_
        assert known.length in {"", str(row.length)}, id_
        assert known.category.removeprefix("~") in {"", row.category}, id_


def test_what_is_only_read_elsewhere_is_so_here() -> None:
    """With few exceptions; what can be written elsewhere may be read-only here."""
    writable = {one.row.id for one in full_table().everything if one.row.write}
    closed = {id_ for id_, known in reference().items() if known.access == "1"}

    assert writable & closed == set(OURS_TO_SAY)


def test_every_id_is_there_once_and_in_order() -> None:
    """By index and sub-index, in all lists."""
    whole = full_table()
    ids = [one.row.id for one in whole.everything]

    assert ids == sorted(set(ids), key=place)
    for name, some in whole.by_category.items():
        assert [one.row.id for one in some] == [
            one.row.id for one in whole.everything if one.row.category == name
        ]


def test_hundreds_of_objects_are_served() -> None:
    """By a station that has everything; even a plain one has more than two hundred."""
    assert len(full_table().everything) >= 390
    assert len(table(PLAIN).everything) >= 250


def test_categories_are_those_that_clients_know() -> None:
    """The second socket's meter has one only where there is a second socket."""
    known = {known.category.removeprefix("~") for known in reference().values()}

    assert set(full_table().by_category) == known - {""}
    assert "meter2" not in table(PLAIN).by_category


def test_help_is_a_sentence() -> None:
    """As in the book of properties."""
    helps = [one.row.help for one in full_table().everything]

    assert [text for text in helps if not (text.endswith(".") and text[0].isupper())] == []
