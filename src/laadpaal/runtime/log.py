"""The log: one line format, and the files that it goes to."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from laadpaal.runtime.log_file import LogFile, make_private

PIECE = 80
"""Long texts are cut into lines of this many characters, all with the same head (2.9)."""
_FACILITIES = {logging.WARNING: "WARNING", logging.ERROR: "ERROR", logging.CRITICAL: "ERROR"}


class LineFormatter(logging.Formatter):
    """Writes `<UTC ISO ms>Z:<FACILITY>:<source>:<line>:<text>`.

    A record may carry `facility` (COM, USER, RESET, CONSOLE, SECURITY) and `tag`
    (`source:line` in place of its own) in `extra`.

    Args:
        utc: The station's clock in UTC seconds, which may run faster than the machine's.
    """

    def __init__(self, utc: Callable[[], float]) -> None:
        super().__init__()
        self._utc = utc

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, or several for a text longer than one."""
        at = datetime.fromtimestamp(self._utc(), UTC)
        facility = getattr(record, "facility", _FACILITIES.get(record.levelno, "INFO"))
        tag = getattr(record, "tag", f"{record.filename}:{record.lineno}")
        head = f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03}Z:{facility}:{tag}:"
        text = " ".join(record.getMessage().splitlines())
        if record.exc_info:
            text += " " + self.formatException(record.exc_info).replace("\n", " | ")
        pieces = [text[i : i + PIECE] for i in range(0, len(text), PIECE)] or [""]
        return "\n".join(head + piece for piece in pieces)


def to_file(
    path: Path, utc: Callable[[], float], max_bytes: Callable[[], int], keep: int = 3
) -> LogFile:
    """Return a handler that writes lines to `path` and keeps `keep` older files.

    A folder that is not there is made; folder and files are their owner's alone.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    make_private(path)
    handler = LogFile(path, max_bytes, keep)
    handler.setFormatter(LineFormatter(utc))
    return handler
