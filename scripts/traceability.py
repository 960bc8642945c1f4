"""Check that every statement of the release notes has a row, and that its tests exist and pass."""

from __future__ import annotations

import argparse
import ast
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TABLE = "docs/traceability.md"
STATEMENTS = 73
STATES = ("planned", "built")
ROOM = re.compile(r"[a-z][a-z0-9_]*")
OUTCOME = re.compile(r"(PASSED|FAILED|ERROR|XFAIL|XPASS) (.+)")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    line: int
    number: str
    words: str
    state: str
    room: str
    tests: tuple[str, ...]

    @property
    def built(self) -> bool:
        """Whether the tests are claimed to prove the statement."""
        return self.state == "built"


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with the table, and where."""

    line: int
    reason: str


def parsed(text: str) -> tuple[list[Row], list[Flaw]]:
    """Return the rows whose first column looks like a number of a statement, and bad lines."""
    rows: list[Row] = []
    flaws: list[Flaw] = []
    for line, content in enumerate(text.splitlines(), 1):
        if not re.match(r"\|\s*S\d", content):
            continue
        cells = [cell.strip().strip("`") for cell in content.strip().strip("|").split("|")]
        if len(cells) == len(("S", "statement", "state", "room", "test")):
            number, words, state, room, tests = cells
            named = tuple(one.strip().strip("`") for one in tests.split(",") if one.strip())
            rows.append(Row(line, number, words, state, room, named))
        else:
            flaws.append(Flaw(line, f"{len(cells)} columns, not 5"))
    return rows, flaws


def gaps(rows: Sequence[Row], last_line: int) -> Iterator[Flaw]:
    """Yield a flaw for each number out of order, twice, unknown or missing."""
    expected = [f"S{number}" for number in range(1, STATEMENTS + 1)]
    for row, number in zip(rows, expected, strict=False):
        if row.number != number:
            yield Flaw(row.line, f"{row.number} stands where {number} belongs")
            return
    for row in rows[STATEMENTS:]:
        yield Flaw(row.line, f"{row.number} is one too many")
    if len(rows) < STATEMENTS:
        yield Flaw(last_line, f"{len(rows)} rows, not {STATEMENTS}")


def flaws_of(row: Row, root: Path) -> Iterator[Flaw]:
    """Yield what is wrong with one row."""
    if not row.words:
        yield Flaw(row.line, f"{row.number} has no statement")
    if row.state not in STATES:
        yield Flaw(row.line, f"{row.number} is {row.state!r}, not one of {', '.join(STATES)}")
    if not ROOM.fullmatch(row.room):
        yield Flaw(row.line, f"{row.number} names no room")
    elif row.built and not (root / "src/laadpaal" / row.room).is_dir():
        yield Flaw(row.line, f"{row.number} is built in {row.room}, which does not exist")
    if row.built and not row.tests:
        yield Flaw(row.line, f"{row.number} is built without a test")
    for test in row.tests:
        if not exists(test, root):
            yield Flaw(row.line, f"{row.number} names {test}, which does not exist")


def exists(test: str, root: Path) -> bool:
    """Tell whether `path::function` is a test function in the tree."""
    path, _, name = test.partition("::")
    file = root / path
    if not path.startswith("tests/") or not file.is_file():
        return False
    tree = ast.parse(file.read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return name.startswith("test_") and any(
        isinstance(node, kinds) and node.name == name for node in tree.body
    )


def checked(root: Path) -> tuple[list[Row], list[Flaw]]:
    """Return the rows of the table under `root`, and every flaw in it."""
    text = (root / TABLE).read_text(encoding="utf-8")
    rows, flaws = parsed(text)
    flaws.extend(gaps(rows, len(text.splitlines())))
    for row in rows:
        flaws.extend(flaws_of(row, root))
    return rows, flaws


def failing(rows: Sequence[Row], root: Path) -> list[Row]:
    """Run the tests of the built rows; return the rows with a test that did not pass."""
    built = [row for row in rows if row.built]
    tests = sorted({test for row in built for test in row.tests})
    if not tests:
        return []
    command = [sys.executable, "-m", "pytest", "-q", "-rA", "--color=no", "-p", "no:cacheprovider"]
    done = subprocess.run(  # noqa: S603 -- our own interpreter; the names were checked to be tests
        [*command, *tests], cwd=root, capture_output=True, text=True, check=False
    )
    good = passed(tests, done.stdout)
    failed = [row for row in built if not good.issuperset(row.tests)]
    if failed:
        print(done.stdout, end="")
    return failed


def passed(tests: Sequence[str], output: str) -> set[str]:
    """Return the tests that pytest's summary says passed, in every parametrisation."""
    outcomes: dict[str, set[str]] = {test: set() for test in tests}
    for line in output.splitlines():
        match = OUTCOME.match(line)
        test = re.split(r"[\[ ]", match[2], maxsplit=1)[0] if match else ""
        if match and test in outcomes:
            outcomes[test].add(match[1])
    return {test for test, words in outcomes.items() if words == {"PASSED"}}


def main(arguments: Sequence[str] | None = None, root: Path = ROOT) -> int:
    """Say how the statements stand; return 1 when the table is wrong or a test fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="run no tests")
    parser.add_argument("--release", action="store_true", help="a planned statement is a flaw")
    given = parser.parse_args(arguments)
    rows, flaws = checked(root)
    if given.release:
        flaws += [Flaw(row.line, f"{row.number} is planned") for row in rows if not row.built]
    for flaw in flaws:
        print(f"{TABLE}:{flaw.line}: {flaw.reason}")
    if flaws:
        return 1
    failed = [] if given.check else failing(rows, root)
    for row in failed:
        print(f"{TABLE}:{row.line}: {row.number} fails")
    built = sum(row.built for row in rows)
    print(
        f"{len(rows)} statements: {built} built, {len(rows) - built} planned, {len(failed)} failing"
    )
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
