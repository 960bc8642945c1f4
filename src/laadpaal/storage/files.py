"""Files that only the station's user can read, and that are there whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

HALF = ".new"
"""Ends the name of a file as long as it is not whole."""


def write_whole(path: Path, text: str) -> None:
    """Write a file so that a power cut leaves the old one or the new one. Raises OSError."""
    half = path.with_name(path.name + HALF)
    half.unlink(missing_ok=True)
    descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)
    sync(path.parent)


def sync(folder: Path) -> None:
    """Make names durable, which the files' own synchronisation does not. Raises OSError."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
