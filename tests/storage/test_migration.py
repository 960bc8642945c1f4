from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from laadpaal.station import records as r
from laadpaal.storage import StorageFailed, Store
from laadpaal.storage import store as store_module
from laadpaal.storage.migration import migrate, scripts

NOW = len(scripts())
"""The version of this release's files."""
SECOND = "CREATE TABLE later (id INTEGER PRIMARY KEY);"


async def _filled(path: Path) -> None:
    store = Store.open(path)
    await store.station("a").commit([r.SettingWritten("A", 0, "1")])
    store.close()


def _version(path: Path) -> int:
    db = sqlite3.connect(path)
    version = db.execute("PRAGMA user_version").fetchone()[0]
    db.close()
    return int(version)


def _names(folder: Path) -> list[str]:
    return sorted(it.name for it in folder.iterdir())


def _later(monkeypatch: pytest.MonkeyPatch, *steps: str) -> None:
    monkeypatch.setattr(store_module, "scripts", lambda: (*scripts(), *steps))


async def test_old_file_is_copied_before_it_is_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The copy holds the old version and what was in it, and only the owner may read it (S27)."""
    path, copy = tmp_path / "db", tmp_path / f"db.v{NOW}.bak"
    await _filled(path)
    (tmp_path / f"db.v{NOW}.bak.part").write_bytes(b"left by a power cut")
    _later(monkeypatch, SECOND)
    store = Store.open(path)
    assert store.station("a").load().settings == {("A", 0): "1"}
    store.close()
    assert (_version(path), _version(copy)) == (NOW + 1, NOW)
    assert copy.stat().st_mode & 0o777 == 0o600
    assert _names(tmp_path) == ["db", f"db.v{NOW}.bak"]
    monkeypatch.undo()
    before = Store.open(copy)
    assert before.station("a").load().settings == {("A", 0): "1"}
    before.close()


async def test_copy_holds_what_is_only_in_the_log(tmp_path: Path) -> None:
    """What was committed but not yet moved from the WAL into the file is copied too."""
    path = tmp_path / "db"
    store = Store.open(path)
    await store.station("a").commit([r.SettingWritten("A", 0, "late")])
    db = sqlite3.connect(path, isolation_level=None)
    migrate(db, path, (*scripts(), SECOND))
    db.close()
    store.close()
    copy = sqlite3.connect(tmp_path / f"db.v{NOW}.bak")
    assert copy.execute("SELECT text FROM settings").fetchall() == [("late",)]
    copy.close()


async def test_fresh_and_current_files_are_not_copied(tmp_path: Path) -> None:
    """There is no copy where nothing is at stake."""
    await _filled(tmp_path / "db")
    await _filled(tmp_path / "db")
    assert _names(tmp_path) == ["db"]


async def test_step_that_fails_leaves_the_old_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A migration is done whole or not at all, and the old release still opens the file."""
    path = tmp_path / "db"
    await _filled(path)
    _later(monkeypatch, f"{SECOND}\nINSERT INTO nowhere VALUES (1);")
    with pytest.raises(StorageFailed, match="nowhere"):
        Store.open(path)
    assert _version(path) == NOW
    monkeypatch.undo()
    store = Store.open(path)
    assert store.station("a").load().settings == {("A", 0): "1"}
    store.close()


async def test_no_copy_no_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the copy cannot be made the file is left as it was."""
    path = tmp_path / "db"
    await _filled(path)
    (tmp_path / f"db.v{NOW}.bak").mkdir()
    _later(monkeypatch, SECOND)
    with pytest.raises(StorageFailed, match="Cannot open"):
        Store.open(path)
    assert _version(path) == NOW
