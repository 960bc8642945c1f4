"""Runs the tests of the clients that others wrote, and tells of each client how it went."""

from __future__ import annotations

import sys

import pytest

CLIENTS = {
    "alfen-cli": "alfen_cli",
    "alfeneve": "alfeneve",
    "alfen-eve-modbus-tcp": "alfen_eve_modbus_tcp",
    "AlfenCharger": "alfencharger",
}
"""Each client, and what the names of its tests begin with."""


class Outcomes:
    """Notes which tests of each client were run, and which of them failed or were skipped."""

    def __init__(self) -> None:
        self.run: set[str] = set()
        self.wrong: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take the outcome of one part of a test."""
        name = report.nodeid.rpartition("::")[2]
        self.run.add(name)
        if report.outcome != "passed":
            self.wrong.append(f"{name} {report.outcome}")


def main() -> int:
    """Return 0 when every client works."""
    outcomes = Outcomes()
    status = int(pytest.main(["tests/clients", "-q", *sys.argv[1:]], plugins=[outcomes]))
    for client, word in CLIENTS.items():
        begins = f"test_{word}"
        wrong = [it for it in outcomes.wrong if it.startswith(begins)]
        if not any(it.startswith(begins) for it in outcomes.run):
            wrong = ["no test of it was run"]
        print(f"{client}: {'; '.join(wrong) or 'ok'}")
        status = status or bool(wrong)
    return status


if __name__ == "__main__":
    sys.exit(main())
