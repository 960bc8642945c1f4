"""A release that was rolled back to finds the database as it had left it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from laadpaal.storage import StorageFailed, Store
from laadpaal.storage.migration import scripts
from laadpaal.storage.put_back import put_back

KNOWN = len(scripts())


def version(path: Path) -> int:
    """Return which version a file has."""
    with closing(sqlite3.connect(path)) as opened:
        return int(opened.execute("PRAGMA user_version").fetchone()[0])


def raised(path: Path, to: int) -> None:
    """Let a later release have been at work."""
    with closing(sqlite3.connect(path)) as opened:
        opened.execute(f"PRAGMA user_version = {to}")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a database of this release."""
    path = tmp_path / "station.sqlite"
    Store.open(path).close()
    return path


def test_the_copy_takes_the_place_of_what_a_later_release_wrote(file: Path) -> None:
    """Which is kept beside it; this release starts again."""
    copy = file.with_name(f"station.sqlite.v{KNOWN}.bak")
    copy.write_bytes(file.read_bytes())
    raised(file, KNOWN + 1)
    with pytest.raises(StorageFailed):
        Store.open(file)

    aside = put_back(file)
    assert aside == file.with_name(f"station.sqlite.v{KNOWN + 1}.aside")
    assert (version(file), version(aside)) == (KNOWN, KNOWN + 1)
    assert not copy.exists()
    Store.open(file).close()


def test_a_file_that_can_be_read_stays(file: Path) -> None:
    """The later release had not changed its form, so nothing it wrote is lost."""
    file.with_name(f"station.sqlite.v{KNOWN}.bak").write_bytes(b"older")

    assert put_back(file) is None
    Store.open(file).close()


def test_without_a_copy_or_a_file_nothing_can_be_put_back(file: Path) -> None:
    """Then opening it says what is wrong."""
    raised(file, KNOWN + 1)

    assert put_back(file) is None
    assert put_back(file.with_name("none")) is None
    assert version(file) == KNOWN + 1


def test_a_file_that_is_none_is_told(file: Path) -> None:
    """By the one error of this room."""
    file.write_bytes(b"no database" * 1000)
    file.with_name(f"station.sqlite.v{KNOWN}.bak").touch()

    with pytest.raises(StorageFailed, match="cannot be put back"):
        put_back(file)
