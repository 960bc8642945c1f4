"""The table of statements is complete, and what it claims is true."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from scripts import traceability

TEST = "tests/test_it.py::test_good"
BAD_TEST = "tests/test_it.py::test_bad"
TESTS = """
import pytest

def test_good():
    assert True

@pytest.mark.parametrize("right", [True, False])
def test_bad(right):
    assert right

def test_skipped():
    pytest.skip("not here")
"""


def rows(changed: dict[int, str] | None = None) -> list[str]:
    """Return a good table, all planned, but for the changed rows."""
    plain = {n: f"| S{n} | something holds | planned | station | |" for n in range(1, 74)}
    return list((plain | (changed or {})).values())


def tree(root: Path, lines: Iterable[str]) -> Path:
    """Make a tree with one room, three tests and the table."""
    (root / "src/laadpaal/station").mkdir(parents=True)
    (root / "tests").mkdir()
    (root / "docs").mkdir()
    (root / "tests/test_it.py").write_text(TESTS, encoding="utf-8")
    (root / traceability.TABLE).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return root


def test_the_table_of_this_tree_is_sound() -> None:
    """Every statement has its row, and every built row an existing room and test."""
    found, flaws = traceability.checked(traceability.ROOT)

    assert flaws == []
    assert len(found) == 73


@pytest.mark.parametrize(
    ("number", "row", "reason"),
    [
        (3, "| S3 | x | planned | station |", "4 columns, not 5"),
        (3, "| S4 | x | planned | station | |", "S4 stands where S3 belongs"),
        (3, "| S03 | x | planned | station | |", "S03 stands where S3 belongs"),
        (3, "| S3 | x | done | station | |", "S3 is 'done', not one of planned, built"),
        (3, "| S3 | | planned | station | |", "S3 has no statement"),
        (3, "| S3 | x | planned | ../station | |", "S3 names no room"),
        (3, "| S3 | x | planned | | |", "S3 names no room"),
        (3, f"| S3 | x | built | moon | {TEST} |", "S3 is built in moon, which does not exist"),
        (3, "| S3 | x | built | station | |", "S3 is built without a test"),
        (3, "| S3 | x | built | station | tests/no.py::test_x |", "does not exist"),
        (3, "| S3 | x | built | station | tests/test_it.py::test_no |", "does not exist"),
        (3, "| S3 | x | built | station | tests/test_it.py |", "does not exist"),
        (73, "| S73 | x | planned | station | |\n| S74 | x | planned | station | |", "too many"),
        (73, "the end", "72 rows, not 73"),
    ],
)
def test_a_bad_row_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], number: int, row: str, reason: str
) -> None:
    """The message names the file, the line and the reason, and no count is given."""
    root = tree(tmp_path, rows({number: row}))

    assert traceability.main(["--check"], root) == 1
    said = capsys.readouterr().out
    line = 74 if "too many" in reason else number
    assert f"docs/traceability.md:{line}: " in said
    assert reason in said
    assert "statements:" not in said


def test_the_tests_of_built_rows_are_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A row fails when any of its tests fails or is skipped; planned rows are not run."""
    changed = {
        1: f"| S1 | x | built | station | `{TEST}` |",
        2: f"| S2 | x | built | station | `{TEST}`, `{BAD_TEST}` |",
        3: "| S3 | x | built | station | `tests/test_it.py::test_skipped` |",
        4: f"| S4 | x | planned | station | `{BAD_TEST}` |",
    }
    root = tree(tmp_path, rows(changed))

    assert traceability.main(["--check"], root) == 0
    assert capsys.readouterr().out == "73 statements: 3 built, 70 planned, 0 failing\n"
    assert traceability.main([], root) == 1
    assert capsys.readouterr().out.splitlines()[-3:] == [
        "docs/traceability.md:2: S2 fails",
        "docs/traceability.md:3: S3 fails",
        "73 statements: 3 built, 70 planned, 2 failing",
    ]


def test_all_good_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With passing tests only the count is printed."""
    root = tree(tmp_path, rows({1: f"| S1 | x | built | station | {TEST} |"}))

    assert traceability.main([], root) == 0
    assert capsys.readouterr().out == "73 statements: 1 built, 72 planned, 0 failing\n"


def test_nothing_built_runs_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A table of plans alone cannot fail."""
    assert traceability.main([], tree(tmp_path, rows())) == 0
    assert capsys.readouterr().out == "73 statements: 0 built, 73 planned, 0 failing\n"


def test_a_release_wants_every_statement_built(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """S2: each number without a test is named, and no release comes of it."""
    root = tree(tmp_path, rows({1: f"| S1 | x | built | station | {TEST} |"}))

    assert traceability.main(["--check", "--release"], root) == 1
    said = capsys.readouterr().out.splitlines()
    assert len(said) == 72
    assert said[0] == "docs/traceability.md:2: S2 is planned"
