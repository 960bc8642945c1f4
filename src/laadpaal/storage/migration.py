"""A file of an older release becomes one of this release; a copy of the old one stays."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from laadpaal.storage.errors import StorageFailed


def scripts() -> tuple[str, ...]:
    """Return the SQL of every migration, oldest first; the nth leads to version n."""
    folder = files("laadpaal.storage") / "migrations"
    found = sorted(
        (it for it in folder.iterdir() if it.name.endswith(".sql")), key=lambda it: it.name
    )
    return tuple(it.read_text(encoding="utf-8") for it in found)


def migrate(connection: sqlite3.Connection, path: Path, steps: Sequence[str]) -> None:
    """Bring the file up to date, each step in one transaction with its version number.

    A file that holds an older version is copied to `<file>.v<N>.bak` before (S27).

    Raises:
        StorageFailed: A newer release wrote the file.
        sqlite3.Error: A step or the copy failed; the file has the version it had before it.
    """
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > len(steps):
        raise StorageFailed(f"The file has version {version}; this release knows {len(steps)}.")
    if 0 < version < len(steps):
        _copy(connection, path.with_name(f"{path.name}.v{version}.bak"))
    for number, step in enumerate(steps[version:], version + 1):
        _apply(connection, step, number)


def _copy(connection: sqlite3.Connection, target: Path) -> None:
    part = target.with_name(f"{target.name}.part")
    # What an interrupted copy left is worth nothing.
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    copy = sqlite3.connect(part)
    try:
        connection.backup(copy)
    finally:
        copy.close()
    part.replace(target)


def _apply(connection: sqlite3.Connection, step: str, number: int) -> None:
    try:
        connection.executescript(
            f"BEGIN IMMEDIATE;\n{step}\nPRAGMA user_version = {number};\nCOMMIT;"
        )
    except sqlite3.Error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
