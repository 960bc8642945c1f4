"""After a roll back the file may be a later release's: the copy from before takes its place."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from laadpaal.storage.errors import StorageFailed
from laadpaal.storage.migration import scripts


def put_back(path: Path) -> Path | None:
    """Let the copy from before a later release be the file again, and return where that one lies.

    Nothing is done, and None returned, when this release can read the file, or there is no copy.
    What the later release wrote is lost to this one, and is kept beside it for people.

    Raises:
        StorageFailed: The file cannot be read or renamed.
    """
    known = len(scripts())
    copy = path.with_name(f"{path.name}.v{known}.bak")
    if not path.exists() or not copy.exists():
        return None
    try:
        # Whoever closes a file last writes into it what still lay beside it.
        with closing(sqlite3.connect(path)) as opened:
            version = opened.execute("PRAGMA user_version").fetchone()[0]
        if version <= known:
            return None
        aside = path.with_name(f"{path.name}.v{version}.aside")
        path.replace(aside)
        copy.replace(path)
    except (OSError, sqlite3.Error) as wrong:
        raise StorageFailed(f"{path} cannot be put back: {wrong}.") from wrong
    return aside
