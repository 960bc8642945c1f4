"""Play the cases of the conformance tool against the station, and say how many it shows."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Generator, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = {"1.6": "tests/conformance/v16", "2.0.1": "tests/conformance/v201"}
"""Where the cases of each version of OCPP are played."""
TABLES = {"1.6": "tests.conformance.v16.cases", "2.0.1": "tests.conformance.v201.table"}
"""Where they are written down."""


class Tally:
    """Is a plugin of pytest: notes how the tests of each case end."""

    def __init__(self) -> None:
        self.words: dict[str, set[str]] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Note the outcome of one phase of a test."""
        report = yield
        if report.when == "call" or not report.passed:
            for mark in item.iter_markers("case"):
                self.words.setdefault(mark.args[0], set()).add(report.outcome)
        return report


def summary(
    counted: Sequence[str], excused: Iterable[str], words: Mapping[str, set[str]]
) -> tuple[str, list[str]]:
    """Return the line that says how the cases stand, and those that fail.

    A case is shown when each of its tests has passed; one without a test or an excuse fails.
    """
    shown = [id_ for id_ in counted if words.get(id_) == {"passed"}]
    pardoned = [id_ for id_ in counted if id_ in set(excused) and id_ not in words]
    failing = [id_ for id_ in counted if id_ not in {*shown, *pardoned}]
    numbers = f"{len(shown)} shown, {len(pardoned)} excused, {len(failing)} failing"
    return f"{len(counted)} cases: {numbers}", failing


def table(version: str) -> Any:  # noqa: ANN401  a module
    """Return the module that holds the cases of a version, and its excuses."""
    if str(ROOT) not in sys.path:
        sys.path.append(str(ROOT))  # where the tests lie, which are not installed
    return importlib.import_module(TABLES[version])


def main(arguments: Sequence[str] | None = None) -> int:
    """Play the cases of a version; return 1 when one fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("version", choices=FOLDERS)
    known, rest = parser.parse_known_args(arguments)
    folder, tally = FOLDERS[known.version], Tally()
    pytest.main([folder, "-q", "-p", "no:cacheprovider", *rest], [tally])
    cases = table(known.version)
    counted = [case.id for case in cases.CASES if case.counted]
    line, failing = summary(counted, cases.EXCUSED, tally.words)
    for id_ in failing:
        print(f"{id_} fails" if id_ in tally.words else f"{id_} has no test")
    print(line)
    return 1 if failing else 0


if __name__ == "__main__":
    raise SystemExit(main())
