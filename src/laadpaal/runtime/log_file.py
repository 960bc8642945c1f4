"""The log on the disk: a file that is written, older ones beside it, and a number for each line."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from laadpaal.ports.log import Written

STRIDE = 64
"""Of every so many lines it is remembered where the first stands."""


@dataclass(slots=True)
class Volume:
    """One file of the log.

    Args:
        first: Number of its first line.
        lines: How many it has.
        size: Its bytes.
        marks: Where every 64th of its lines begins.
    """

    path: Path
    first: int
    lines: int = 0
    size: int = 0
    marks: list[int] = field(default_factory=list)

    @property
    def end(self) -> int:
        """The number after that of its last line."""
        return self.first + self.lines

    def grow(self, data: bytes) -> None:
        """Know of whole lines that were written at its end."""
        for line in data.split(b"\n")[:-1]:
            if self.lines % STRIDE == 0:
                self.marks.append(self.size)
            self.lines += 1
            self.size += len(line) + 1

    def read(self, first: int, limit: int) -> Iterator[Written]:
        """Yield its lines from number `first` on, at most `limit`."""
        if not self.first <= first < self.end:
            return
        mark = (first - self.first) // STRIDE
        last = min(first + limit, self.end)
        with self.path.open("rb") as file:
            file.seek(self.marks[mark])
            for number in range(self.first + mark * STRIDE, last):
                line = file.readline()
                if number >= first:
                    yield Written(number, line.decode("utf-8", "replace").rstrip("\n"))


class LogFile(logging.Handler):
    """Writes lines to `path` and keeps `keep` older files; is the `LogBook` of all of them.

    An older file has the number of its first line in its name, and is never written again: to
    rename it is all it takes to number every line for ever, wherever the power is cut.

    Args:
        max_bytes: Returns how large a file may become; looked at before each record.
    """

    def __init__(self, path: Path, max_bytes: Callable[[], int], keep: int) -> None:
        super().__init__()
        self._path, self._keep = path, keep
        self.max_bytes = max_bytes
        self._lock = Lock()
        self.followers: list[Callable[[Written], None]] = []
        """Told each line as it is written, by whichever thread writes it; they never wait."""
        _renamed(path)
        self._volumes = list(_volumes(path))
        self._file = path.open("ab")

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record, and tell who follows."""
        try:
            data = self.format(record).encode("utf-8", "replace") + b"\n"
            with self._lock:
                written = self._write(data)
            for line in written:
                for follow in self.followers:
                    follow(line)
        except Exception:  # noqa: BLE001  what a handler of the library does with what fails
            self.handleError(record)

    def _write(self, data: bytes) -> list[Written]:
        if self._volumes[-1].size and self._volumes[-1].size + len(data) > self.max_bytes():
            self._turn_over()
        newest = self._volumes[-1]
        first = newest.end
        self._file.write(data)
        self._file.flush()
        newest.grow(data)
        texts = data.decode().split("\n")[:-1]
        return [Written(number, text) for number, text in enumerate(texts, first)]

    def _turn_over(self) -> None:
        """Begin a new file, and let the oldest go."""
        self._file.close()
        full = self._volumes[-1]
        full.path = full.path.replace(_older(self._path, full.first))
        make_private(self._path)
        self._volumes.append(Volume(self._path, full.end))
        self._file = self._path.open("ab")
        while len(self._volumes) > self._keep + 1:
            self._volumes.pop(0).path.unlink(missing_ok=True)

    def span(self) -> range:
        """Return the numbers of all lines that are there."""
        with self._lock:
            return range(self._volumes[0].first, self._volumes[-1].end)

    def read(self, first: int, limit: int) -> tuple[Written, ...]:
        """Return the lines from number `first` on, oldest first and at most `limit`."""
        found: list[Written] = []
        with self._lock:
            first = max(first, self._volumes[0].first)
            for volume in self._volumes:
                found += volume.read(first + len(found), limit - len(found))
        return tuple(found)

    def close(self) -> None:
        """Close the file; nothing is written any more."""
        self._file.close()
        super().close()


def older(path: Path) -> list[Path]:
    """Return the files beside `path` that hold what was written before it, oldest first."""
    return sorted(path.parent.glob(f"{path.name}-*"))


def make_private(path: Path) -> None:
    """Make a file that is its owner's alone, or make it so."""
    path.touch(0o600)
    path.chmod(0o600)


def _older(path: Path, first: int) -> Path:
    return path.with_name(f"{path.name}-{first:012}")


def _volumes(path: Path) -> Iterator[Volume]:
    """Yield what is there, oldest first; the last is the one that is written."""
    first = 0
    for file in older(path):
        volume = _scanned(file, int(file.name.rpartition("-")[2]))
        first = volume.end
        yield volume
    yield _scanned(path, first)


def _scanned(path: Path, first: int) -> Volume:
    volume = Volume(path, first)
    data = path.read_bytes()
    if data and not data.endswith(b"\n"):
        # A power cut has torn the last line.
        with path.open("ab") as file:
            file.write(b"\n")
        data += b"\n"
    volume.grow(data)
    return volume


def _renamed(path: Path) -> None:
    """Rename what an earlier release left, which called its files .1 to .3, the newest .1."""
    first = 0
    for number in (3, 2, 1):
        file = path.with_name(f"{path.name}.{number}")
        if file.exists():
            lines = file.read_bytes().count(b"\n")
            file.replace(_older(path, first))
            first += lines
