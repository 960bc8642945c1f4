"""The log line is the one the release notes show."""

from __future__ import annotations

import logging
import re
from pathlib import Path

from laadpaal.runtime.log import LineFormatter, to_file

AT = 1603789502.621


def _record(text: str, level: int = logging.INFO, **extra: object) -> logging.LogRecord:
    record = logging.LogRecord("s", level, "/x/station.py", 12, text, None, None)
    record.__dict__.update(extra)
    return record


def test_a_tagged_line_has_exactly_the_shape() -> None:
    """UTC with milliseconds, facility, source and line, text (S18)."""
    record = _record(
        "Meter #2: first meter update, Multiple phase installation",
        facility="USER",
        tag="taskModbus.c:802",
    )

    assert LineFormatter(lambda: AT).format(record) == (
        "2020-10-27T09:05:02.621Z:USER:taskModbus.c:802:"
        "Meter #2: first meter update, Multiple phase installation"
    )


def test_levels_become_facilities() -> None:
    """Without a facility of its own a record is filed by its level."""
    lines = [
        LineFormatter(lambda: AT).format(_record("x", level))
        for level in (logging.INFO, logging.WARNING, logging.ERROR)
    ]

    assert [re.split(":", line)[3] for line in lines] == ["INFO", "WARNING", "ERROR"]


def test_long_texts_are_cut_and_stay_one_line_each() -> None:
    """No text breaks the format, however long or many-lined."""
    lines = LineFormatter(lambda: AT).format(_record("a\nb" * 60)).split("\n")

    assert all(
        re.match(r"^\d{4}-\d\d-\d\dT[\d:.]{12}Z:INFO:station\.py:12:.{1,80}$", x) for x in lines
    )
    assert len(lines) == 3


def test_the_file_is_rotated(tmp_path: Path) -> None:
    """Old lines move to numbered files, and no more than asked are kept."""
    handler = to_file(tmp_path / "logs" / "station.log", lambda: AT, lambda: 300, keep=2)
    for number in range(30):
        handler.handle(_record(f"line {number}"))
    handler.close()

    assert sorted(p.name for p in (tmp_path / "logs").iterdir()) == [
        "station.log",
        "station.log-000000000015",
        "station.log-000000000020",
    ]
