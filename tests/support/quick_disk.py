"""A database file that nobody waits for, for stories with thousands of commits."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from laadpaal.storage import store


def quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the system write when it likes.

    The power cuts of a story leave the process alive, and with it all that the system was given.
    """
    connect = store._connect

    def connect_quickly(path: Path) -> sqlite3.Connection:
        connection = connect(path)
        connection.execute("PRAGMA synchronous = OFF")
        return connection

    monkeypatch.setattr(store, "_connect", connect_quickly)
