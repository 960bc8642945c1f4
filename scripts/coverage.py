"""Check that every branch of each core room is covered by the room's own test folder."""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
ROOMS = (
    "properties",
    "station",
    "protocols/at",
    "protocols/modbus",
    "protocols/ocpp",
    "protocols/p1",
    "protocols/pki",
    "protocols/pn532",
    "protocols/tags",
)


@dataclass(frozen=True, slots=True)
class Measured:
    """How much of one room its tests cover.

    Args:
        percent: Of its lines and branches together.
        gaps: How many lines and branches no test reaches.
        report: The files with gaps, line by line; or what the tests said when they failed.
    """

    percent: float
    gaps: int
    report: str


def measured(room: str, root: Path = ROOT) -> Measured:
    """Run the tests of one room and of nothing else, and see what of its package they reach."""
    with TemporaryDirectory() as folder:
        kept = f"--data-file={folder}/coverage"
        tests = ("-m", "pytest", f"tests/{room}", "-q", "-p", "no:cacheprovider")
        ran = _coverage(root, "run", "--branch", kept, *tests)
        if ran.returncode:
            return Measured(0.0, 1, ran.stdout + ran.stderr)
        mine = (kept, f"--include=src/laadpaal/{room}/*")
        totals = json.loads(_coverage(root, "json", *mine, "-q", "-o", "-").stdout)["totals"]
        report = _coverage(root, "report", *mine, "--show-missing", "--skip-covered").stdout
    gaps = totals["missing_lines"] + totals["missing_branches"]
    return Measured(totals["percent_covered"], gaps, report)


def _coverage(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 -- our own interpreter; rooms are chosen from the list
        [sys.executable, "-m", "coverage", *arguments],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print one line for each room; return 1 when a room has gaps."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rooms", nargs="*", metavar="room", help=f"of {', '.join(ROOMS)}")
    rooms = parser.parse_args(arguments).rooms or ROOMS
    unknown = [room for room in rooms if room not in ROOMS]
    if unknown:
        parser.error(f"{', '.join(unknown)} is no core room ({', '.join(ROOMS)})")
    failed = False
    for room in rooms:
        found = measured(room)
        # Rounded down, so that 99.96 does not read as 100.
        print(f"{room} {math.floor(found.percent * 10) / 10:.1f} %", flush=True)
        if found.gaps:
            failed = True
            print(found.report)
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
