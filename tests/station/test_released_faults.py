"""The error table is frozen: a code keeps its number and its meaning (S47)."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from laadpaal.station.faults import FAULTS

RELEASED = Path(__file__).with_name("released_faults.csv")
ROWS = list(csv.DictReader(RELEASED.read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["code"])
def test_s47_a_released_code_is_as_it_was(row: dict[str, str]) -> None:
    """Number, name in OCPP 1.6, what it stops, and how grave it is."""
    fault = FAULTS[int(row["code"])]

    was = row["error"], row["stops"], row["severity"]
    assert (fault.error, fault.stops.value, fault.severity.value) == was


def test_s47_a_new_code_is_told_in_the_news() -> None:
    """The changelog has a part for them, and so have the fragments."""
    root = Path(__file__).parents[2]
    news = [root / "CHANGELOG.md", *(root / "changes").glob("*.error-codes.md")]
    told = " ".join(path.read_text(encoding="utf-8") for path in news)
    new = FAULTS.keys() - {int(row["code"]) for row in ROWS}

    assert {code for code in new if str(code) not in told} == set()
