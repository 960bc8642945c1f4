"""Every requirement has its number, and a test that shows it or a reason."""

from __future__ import annotations

from collections import Counter

import pytest

from scripts import make_docs, traceability
from tests.conformance.v16.requirements.row import Requirement, shown, unmet
from tests.conformance.v16.requirements.table import REQUIREMENTS, SECTIONS


def test_they_are_numbered_in_order() -> None:
    """Section by section, each from 1 on, and no section is empty."""
    counts = Counter(row.section for row in REQUIREMENTS)

    assert [row.id for row in REQUIREMENTS] == [
        f"{section}-{number + 1}" for section in SECTIONS for number in range(counts[section])
    ]
    assert counts.keys() == SECTIONS.keys()


def test_each_is_a_sentence() -> None:
    """No two say the same within a section."""
    assert [row.id for row in REQUIREMENTS if not row.words.endswith(".")] == []
    assert len({(row.section, row.words) for row in REQUIREMENTS}) == len(REQUIREMENTS)


def test_each_is_shown_or_excused() -> None:
    """One of the two, and a reason is a sentence."""
    assert [row.id for row in REQUIREMENTS if bool(row.tests) == row.reason.endswith(".")] == []


@pytest.mark.parametrize(
    "test", sorted({test for row in REQUIREMENTS for test in row.tests}), ids=str
)
def test_what_shows_it_exists(test: str) -> None:
    """Whoever renames a test renames it here."""
    assert traceability.exists(test, traceability.ROOT)


def test_the_page_tells_each_and_counts() -> None:
    """Every row stands in the table of its section, and every section ends with its count."""
    lines = list(make_docs._requirements())

    assert [line.split(" | ")[0][2:] for line in lines if _is_row(line)] == [
        row.id for row in REQUIREMENTS
    ]
    counts = [line for line in lines if line.endswith(" not.")]
    assert len(counts) == 1 + len(SECTIONS)
    assert sum(int(line.split()[0]) for line in counts[1:]) == sum(
        bool(row.tests) for row in REQUIREMENTS
    )


def _is_row(line: str) -> bool:
    return line[:3].startswith("| ") and line[2:3].isdigit()


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        ([], "0 shown, 0 not."),
        ([shown("6-1", "It is.", "a", "b"), unmet("6-2", "It is not.", "Why.")], "1 shown, 1 not."),
    ],
)
def test_what_counts(rows: list[Requirement], count: str) -> None:
    """A requirement is shown when it names a test."""
    assert make_docs._count(rows) == count
