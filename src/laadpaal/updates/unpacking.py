"""The payload of a package becomes the files of a release, and nothing outside its folder."""

from __future__ import annotations

import io
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from laadpaal.protocols.firmware.errors import Fault, PackageError
from laadpaal.updates.journal import sync_folder
from laadpaal.updates.slots import PROGRAM

PIECE = 64 * 1024
_ENCRYPTED = 0x1
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    LookupError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
)
"""Whatever the library raises for an archive that is damaged or strange."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much a release may be, whatever its archive says."""

    files: int = 20_000
    whole_bytes: int = 512 * 1024 * 1024


class Part(io.RawIOBase):
    """A part of a file, which can be read like a file of its own."""

    def __init__(self, file: BinaryIO, start: int, size: int) -> None:
        super().__init__()
        self._file, self._start, self._size, self._at = file, start, size, 0

    def readable(self) -> bool:
        """Say so."""
        return True

    def seekable(self) -> bool:
        """Say so."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go somewhere, but not before the start."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def read(self, size: int = -1) -> bytes:
        """Return what comes next, up to the end of the part."""
        left = max(0, self._size - self._at)
        self._file.seek(self._start + self._at)
        found = self._file.read(left if size is None or size < 0 else min(size, left))
        self._at += len(found)
        return found


def unpack(archive: BinaryIO | Part, folder: Path, bounds: Bounds = Bounds()) -> None:
    """Write the files of a release into an empty folder, and see them safely to the disk.

    Raises:
        PackageError: It is no archive, a name leads elsewhere, or something in it is no file.
        OSError: The disk failed.
    """
    try:
        with zipfile.ZipFile(cast(BinaryIO, archive)) as opened:
            entries = list(_judged(opened.infolist(), bounds))
            for entry, name in entries:
                _write(opened, entry, folder / name)
    except _BROKEN as wrong:
        if isinstance(wrong, PackageError):
            raise
        raise PackageError(Fault.CONTENT, f"the release cannot be unpacked: {wrong}") from wrong
    if not os.access(folder / PROGRAM, os.X_OK):
        raise PackageError(Fault.CONTENT, f"the release has no program {PROGRAM}")
    for path in (folder, *(it for it in folder.rglob("*") if it.is_dir())):
        sync_folder(path)


def _judged(
    entries: list[zipfile.ZipInfo], bounds: Bounds
) -> Iterator[tuple[zipfile.ZipInfo, PurePosixPath]]:
    """Yield the files with their names, once all of them are found harmless."""
    whole = sum(entry.file_size for entry in entries)
    if len(entries) > bounds.files or whole > bounds.whole_bytes:
        why = f"the release has {len(entries)} files of {whole} bytes, which is too much"
        raise PackageError(Fault.CONTENT, why)
    names = [_name(entry) for entry in entries]
    if len(set(names)) != len(names):
        raise PackageError(Fault.CONTENT, "the release has two files of one name")
    return ((entry, name) for entry, name in zip(entries, names, strict=True) if not entry.is_dir())


def _name(entry: zipfile.ZipInfo) -> PurePosixPath:
    """Return where a file goes, or a folder; raises PackageError for what is neither."""
    # The library cuts a name at its first NUL and turns backslashes; the name that came counts.
    name = entry.orig_filename
    path = PurePosixPath(name)
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if entry.flag_bits & _ENCRYPTED or kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
        raise PackageError(Fault.CONTENT, f"{name!r} is no plain file")
    # One spelling for each name: no doubled or leading parts, and a slash only after a folder.
    odd = any(it in name for it in "\\\0:") or name != str(path) + "/" * name.endswith("/")
    if odd or path.is_absolute() or ".." in path.parts or not path.parts:
        raise PackageError(Fault.CONTENT, f"{name!r} is no name for a file of a release")
    return path


def _write(opened: zipfile.ZipFile, entry: zipfile.ZipInfo, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    runs = entry.external_attr >> 16 & stat.S_IXUSR
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o755 if runs else 0o644)
    with opened.open(entry) as source, os.fdopen(number, "wb") as target:
        while piece := source.read(PIECE):
            target.write(piece)
        target.flush()
        os.fsync(number)
