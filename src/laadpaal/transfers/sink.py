"""A file that is being received: counted as it grows, and whole or not there at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from laadpaal.ports.updater import Glance, blind
from laadpaal.transfers.outcome import TransferError, Trouble

PIECE = 64 * 1024
"""Bytes that are read and written at once."""
FIRST = 512
"""Bytes of the first piece, which is small so that whoever looks at it need not wait for more."""
RESERVE_BYTES = 16 * 1024 * 1024
"""What a transfer leaves free on the disk."""


def free_bytes(folder: Path) -> int:
    """Return how much room a file may take."""
    return max(0, shutil.disk_usage(folder).free - RESERVE_BYTES)


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many bytes a file may have, however many are announced."""

    least: int = 1
    most: int = 1 << 30


class Sink:
    """Takes the pieces of one file; leaving it without `finish` removes what has come.

    Args:
        free: Tells how many bytes a folder has room for.
        glance: Judges what has come, before anything of it is kept.
    """

    def __init__(
        self,
        path: Path,
        sizes: Sizes,
        free: Callable[[Path], int] = free_bytes,
        glance: Glance = blind,
    ) -> None:
        self._path = path
        self._part = path.with_name(f"{path.name}.part")
        self._sizes = sizes
        self._free = free
        self._glance = glance
        self._file: BinaryIO | None = None
        self._announced: int | None = None
        self.size = 0

    def __enter__(self) -> Self:
        """Make the file, which is its owner's alone."""
        try:
            self._path.unlink(missing_ok=True)
            number = os.open(self._part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        except OSError as wrong:
            raise TransferError(Trouble.DISK, wrong.strerror or "") from wrong
        self._file = os.fdopen(number, "wb", buffering=0)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Remove what is not whole."""
        if self._file:
            self._file.close()
        self._part.unlink(missing_ok=True)

    def announce(self, size: int | None) -> None:
        """Judge the size that the server announces, before any payload; None is not known."""
        room, least, most = self._free(self._path.parent), self._sizes.least, self._sizes.most
        self._announced = size
        if size is not None and not least <= size <= most:
            detail = f"rejected, size {size} not in [{least},{most}]"
            raise TransferError(Trouble.WRONG_SIZE, detail)
        if (least if size is None else size) > room:
            raise TransferError(Trouble.DISK, f"there is room for {room} bytes")
        self._sizes = Sizes(least, min(most, room))

    @property
    def wants(self) -> int:
        """How many bytes to read next: a piece, or just one more than may come."""
        most = self._sizes.most if self._announced is None else self._announced
        return min(PIECE if self.size else FIRST, most - self.size + 1)

    def take(self, piece: bytes) -> None:
        """Write a piece; the first byte too many ends it."""
        most = self._sizes.most if self._announced is None else self._announced
        if self.size + len(piece) > most:
            raise TransferError(Trouble.WRONG_SIZE, f"more than {most} bytes came")
        self._glance(piece)
        view = memoryview(piece)
        try:
            while view and self._file:
                view = view[self._file.write(view) :]
        except OSError as wrong:
            raise TransferError(Trouble.DISK, wrong.strerror or "") from wrong
        self.size += len(piece)

    def finish(self) -> None:
        """Keep the file for good, when it is whole."""
        expected = self.size if self._announced is None else self._announced
        if self.size != expected:
            raise TransferError(Trouble.LOST, f"{self.size} of {expected} bytes came")
        if self.size < self._sizes.least:
            raise TransferError(Trouble.WRONG_SIZE, f"only {self.size} bytes came")
        try:
            self._keep()
        except OSError as wrong:
            raise TransferError(Trouble.DISK, wrong.strerror or "") from wrong

    def _keep(self) -> None:
        if self._file:
            os.fsync(self._file.fileno())
            self._file.close()
            self._file = None
        self._part.replace(self._path)
        folder = os.open(self._path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
