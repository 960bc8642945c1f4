from __future__ import annotations

import sqlite3
from pathlib import Path

import msgspec
import pytest

from laadpaal.ports.journal import Fate
from laadpaal.properties.panel import AS_BUILT, SHOWN_MAX
from laadpaal.station import records as r
from laadpaal.station.measurement import Measurand, Sample, Value
from laadpaal.station.notices import TransactionSampled, TransactionStarted
from laadpaal.station.words import ChargingState, Context, Trigger
from laadpaal.storage import StorageFailed, Store
from laadpaal.storage import store as store_module
from laadpaal.storage.bodies import encode
from laadpaal.storage.migration import migrate, scripts
from tests.support.profiles import profile

NOW = len(scripts())
LATER = "CREATE TABLE later (id INTEGER PRIMARY KEY);"
SAMPLE = Sample(5.0, Context.PERIODIC, (Value(Measurand.ENERGY, 12.5, "Wh"),))


def started() -> TransactionStarted:
    return TransactionStarted(
        "t1", 1, 1.0, 0, Trigger.AUTHORIZED, ChargingState.CHARGING, 1, None, None, 10.0,
        offline=True,
    )  # fmt: skip


def sampled(seq: int = 1) -> TransactionSampled:
    return TransactionSampled(
        "t1", 1, 0.5, seq, Trigger.METER_VALUE_PERIODIC, offline=True, sample=SAMPLE, meter_wh=0.0
    )


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
    _later(monkeypatch, LATER)
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


async def test_a_file_of_the_first_release_is_brought_up_to_date(tmp_path: Path) -> None:
    """What was in it is there, and what it had no place for can be kept."""
    path = tmp_path / "db"
    db = sqlite3.connect(path, isolation_level=None)
    migrate(db, path, scripts()[:1])
    db.execute("INSERT INTO settings VALUES ('a', 'A', 0, '1')")
    db.close()
    store = Store.open(path)
    await store.station("a").commit([r.ProfileInstalled(profile())])
    saved = store.station("a").load()
    store.close()
    assert saved.settings[("A", 0)] == "1"
    assert saved.profiles == (profile(),)
    assert _version(path) == NOW


async def test_a_station_that_has_run_before_showed_what_it_was_built_for(tmp_path: Path) -> None:
    """Its next start compares with that; one that is new has nothing to compare with (S67)."""
    path = tmp_path / "db"
    db = sqlite3.connect(path, isolation_level=None)
    migrate(db, path, scripts()[:13])
    db.execute("INSERT INTO security_log VALUES (1, 'a', 5.0, 'StartupOfTheDevice', '', 'kept', 0)")
    db.close()
    store = Store.open(path)
    assert store.station("a").load().settings == {(SHOWN_MAX.id, 0): AS_BUILT}
    assert store.station("b").load().settings == {}
    store.close()


async def test_copy_holds_what_is_only_in_the_log(tmp_path: Path) -> None:
    """What was committed but not yet moved from the WAL into the file is copied too."""
    path = tmp_path / "db"
    store = Store.open(path)
    await store.station("a").commit([r.SettingWritten("A", 0, "late")])
    db = sqlite3.connect(path, isolation_level=None)
    migrate(db, path, (*scripts(), LATER))
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
    _later(monkeypatch, f"{LATER}\nINSERT INTO nowhere VALUES (1);")
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
    _later(monkeypatch, LATER)
    with pytest.raises(StorageFailed, match="Cannot open"):
        Store.open(path)
    assert _version(path) == NOW


def _first_version(path: Path) -> None:
    """Make a file as the first version did, with entries that wait and one that does not."""
    db = sqlite3.connect(path, isolation_level=None)
    db.executescript(f"{scripts()[0]}\nPRAGMA user_version = 1;")
    db.executemany(
        "INSERT INTO journal (seq, station, message_id, kind, evse, transaction_id, body, state,"
        " attempts, offline, csms_id) VALUES (?, 'a', 'old-' || ?1, ?, 1, 't1', ?, ?, ?, 1, ?)",
        [
            (1, "start", encode(started()), "delivered", 0, 77),
            (2, "meter", encode(sampled()), "pending", 2, None),
            (5, "meter", encode(sampled(6)), "pending", 0, None),
        ],
    )
    db.close()


async def test_a_queue_of_the_first_version_is_told(tmp_path: Path) -> None:
    """What waited there waits here, in order, with its attempts and its start's number (S27)."""
    _first_version(tmp_path / "db")
    store = Store.open(tmp_path / "db")
    ours = store.station("a")
    entry = ours.pending()
    assert entry is not None
    assert (entry.seq, entry.notice, entry.attempts, entry.offline) == (2, sampled(), 2, True)
    assert ours.by_csms_id(77) == "t1"
    assert (_version(tmp_path / "db"), _version(tmp_path / "db.v1.bak")) == (NOW, 1)
    await ours.settle(2, Fate.DELIVERED)
    await ours.commit([], [sampled(7)])
    waiting = []
    while entry := ours.pending():
        waiting.append((entry.seq, entry.notice, entry.message_id))
        await ours.settle(entry.seq, Fate.DELIVERED)
    store.close()
    file = waiting[0][2].removesuffix("-5")
    assert len(file) == 24
    assert waiting == [(5, sampled(6), f"{file}-5"), (6, sampled(7), f"{file}-6")]


def test_a_sample_of_an_earlier_release_knows_no_limit() -> None:
    """What was kept before there was a field for it is read as it was meant."""
    old = {"at": 5.0, "context": "Sample.Periodic", "values": []}
    read = msgspec.msgpack.decode(msgspec.msgpack.encode(old), type=Sample)
    assert (read.limit_a, read.because) == (None, "")
