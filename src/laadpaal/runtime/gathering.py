"""What is sent as a log: the log files, the flights, the settings without secrets, the state."""

from __future__ import annotations

import asyncio
import os
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import msgspec

from laadpaal.ports.station import StationDesk
from laadpaal.properties.book import BOOK
from laadpaal.properties.rows import Reading
from laadpaal.properties.values import Values
from laadpaal.runtime.hardening import guards, missing
from laadpaal.runtime.log_file import older as older_logs
from laadpaal.runtime.recorder import older
from laadpaal.station.actions import UploadFile
from laadpaal.station.carriage import LogKind
from laadpaal.station.notices import SecurityEvent

MOST_BYTES = 16 * 1024 * 1024
"""What is packed of each kind of file at most, the newest of it; ten times less when packed."""
_STAMP = "%Y-%m-%dT%H:%M:%S.%f"
_STAMP_CHARACTERS = 23


@dataclass(frozen=True, slots=True)
class Gathering:
    """Reads what a station has written in its folder.

    Args:
        folder: Where files wait until they are sent.
        log: The newest log file; the older ones are beside it.
        flight: The newest recording.
        security: Returns the security events of a time, both ends included.
    """

    folder: Path
    log: Path
    flight: Path
    security: Callable[[float | None, float | None], Sequence[SecurityEvent]]

    async def gather(self, wish: UploadFile, desk: StationDesk) -> Path:
        """Return a file of that name, which belongs to who asked; raises OSError."""
        if wish.kind is LogKind.SECURITY:
            events = self.security(wish.oldest_at, wish.newest_at)
            return await asyncio.to_thread(self._write_security, wish, events)
        texts = {"version.txt": desk.layout.firmware.encode() + b"\n"}
        texts["state.json"] = msgspec.json.format(msgspec.json.encode(desk.view()))
        texts["settings.txt"] = "".join(_settings(desk.values)).encode()
        texts["hardening.json"] = await asyncio.to_thread(_guards)
        return await asyncio.to_thread(self._pack, wish, texts)

    def _write_security(self, wish: UploadFile, events: Sequence[SecurityEvent]) -> Path:
        with self._opened(wish) as file:
            file.writelines(_line(event) for event in events)
        return self.folder / wish.file_name

    def _opened(self, wish: UploadFile) -> BinaryIO:
        self.folder.mkdir(mode=0o700, exist_ok=True)
        path = self.folder / wish.file_name
        return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b")

    def _pack(self, wish: UploadFile, texts: dict[str, bytes]) -> Path:
        with self._opened(wish) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, text in texts.items():
                packed.writestr(name, text)
            packed.writestr(self.log.name, b"".join(_newest(list(self._lines(wish)))))
            for flight in (older(self.flight), self.flight):
                if flight.exists():
                    packed.writestr(flight.name, _tail(flight, MOST_BYTES // 2))
        return self.folder / wish.file_name

    def _lines(self, wish: UploadFile) -> Iterator[bytes]:
        """Yield the lines of all log files that are within the instants wished, oldest first."""
        oldest, newest = _stamp(wish.oldest_at), _stamp(wish.newest_at)
        for path in (*older_logs(self.log), self.log):
            for line in path.read_bytes().splitlines(keepends=True):
                at = line[:_STAMP_CHARACTERS]
                if (not oldest or at >= oldest) and (not newest or at <= newest):
                    yield line


def _stamp(at: float | None) -> bytes:
    """Return an instant as lines begin with it; texts of this form are in the order of time."""
    if at is None:
        return b""
    return f"{datetime.fromtimestamp(at, UTC):{_STAMP}}".encode()[:_STAMP_CHARACTERS]


def _guards() -> bytes:
    return msgspec.json.format(msgspec.json.encode(missing(guards())))


def _line(event: SecurityEvent) -> bytes:
    return _stamp(event.at) + f"Z:SECURITY:{event.kind.value}:{event.info}\n".encode()


def _newest(lines: list[bytes]) -> list[bytes]:
    """Return as many of the last lines as may be sent."""
    size = 0
    for number, line in enumerate(reversed(lines)):
        size += len(line)
        if size > MOST_BYTES:
            return lines[len(lines) - number :]
    return lines


def _tail(path: Path, most_bytes: int) -> bytes:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - most_bytes))
        return file.read(most_bytes)


def _settings(values: Values) -> Iterator[str]:
    """Yield a line for each setting whose value may be shown."""
    for row in BOOK:
        if not isinstance(row, Reading) and not row.secret:
            yield f"{row.id} = {row.kind.show(values[row])}\n"
