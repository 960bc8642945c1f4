"""Every case is played or excused, and the reference says so."""

from __future__ import annotations

import pytest

from scripts import conformance, make_docs
from tests.conformance.cases import CASES, EXCUSED, IDS

COUNTED = [case.id for case in CASES if case.counted]


def test_there_are_107_cases() -> None:
    """Each id of the list counts once."""
    assert len(COUNTED) == 107
    assert len(IDS) == len(CASES)


def test_every_case_is_played_or_excused() -> None:
    """Nothing is left out, and nothing that is played needs an excuse."""
    played = set(make_docs._played())

    assert played | set(EXCUSED) == IDS
    assert played & set(EXCUSED) == set()


def test_the_reference_is_true() -> None:
    """The page names each case with the test that shows it."""
    page = (make_docs.FOLDER / "ocpp16.md").read_text(encoding="utf-8")

    assert page == make_docs.text_of(make_docs.conformance)


@pytest.mark.parametrize(
    ("words", "line", "failing"),
    [
        ({"A": {"passed"}, "B": {"passed"}}, "3 cases: 2 shown, 1 excused, 0 failing", []),
        ({"A": {"passed"}}, "3 cases: 1 shown, 1 excused, 1 failing", ["B"]),
        (
            {"A": {"passed", "failed"}, "B": {"skipped"}},
            "0 shown, 1 excused, 2 failing",
            ["A", "B"],
        ),
        ({"A": {"passed"}, "B": {"passed"}, "C": {"failed"}}, "0 excused, 1 failing", ["C"]),
    ],
)
def test_what_counts(words: dict[str, set[str]], line: str, failing: list[str]) -> None:
    """A case is shown when all its tests pass, and fails without test and excuse."""
    said, found = conformance.summary(["A", "B", "C"], ["C"], words)

    assert line in said
    assert found == failing
