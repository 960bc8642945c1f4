"""Every case is played or excused, and the reference says so."""

from __future__ import annotations

import pytest

from scripts import conformance, make_docs

COUNTS = {"1.6": 107, "2.0.1": 409}
BOTH = pytest.mark.parametrize("version", COUNTS)


@BOTH
def test_all_are_there(version: str) -> None:
    """Each id of the list counts once."""
    table = conformance.table(version)

    assert sum(case.counted for case in table.CASES) == COUNTS[version]
    assert len(table.IDS) == len(table.CASES)


@BOTH
def test_each_is_played_or_excused(version: str) -> None:
    """Nothing is left out, and nothing that is played needs an excuse."""
    table = conformance.table(version)
    played = set(make_docs._played(version))

    assert played | set(table.EXCUSED) == table.IDS
    assert played & set(table.EXCUSED) == set()


@BOTH
def test_demands_and_excuses_are_sentences(version: str) -> None:
    """Whoever reads the page reads sentences."""
    table = conformance.table(version)

    assert [case.id for case in table.CASES if not case.demand.endswith(".")] == []
    assert [id_ for id_, reason in table.EXCUSED.items() if not reason.endswith(".")] == []


@pytest.mark.parametrize("page", ["ocpp16.md", "ocpp201.md"])
def test_the_reference_is_true(page: str) -> None:
    """The page names each case with the test that shows it."""
    text = (make_docs.FOLDER / page).read_text(encoding="utf-8")

    assert text == make_docs.text_of(make_docs.PAGES[page])


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
