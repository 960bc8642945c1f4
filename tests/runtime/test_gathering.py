"""What is sent as a log: everything that helps, nothing that is secret, and not too much of it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from laadpaal.properties import comms
from laadpaal.properties.kinds import Hidden
from laadpaal.runtime import gathering
from laadpaal.runtime.gathering import Gathering
from laadpaal.station.actions import UploadFile
from laadpaal.station.carriage import LogKind
from laadpaal.station.notices import SecurityEvent
from laadpaal.station.security import SecurityKind
from tests.csms.v16.stage import AT, FakeDesk

MORNING = "2023-11-15T08:00:00.000Z:INFO:a.py:1:morning"
NOON = "2023-11-15T12:00:00.000Z:SECURITY:a.py:1:noon"
EVENING = "2023-11-15T20:00:00.000Z:SECURITY:a.py:1:evening: SECURITY"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of a station that has run for a while."""
    (tmp_path / "laadpaal.log").write_text(f"{EVENING}\n")
    (tmp_path / "laadpaal.log-000000000002").write_text(f"{NOON}\n")
    (tmp_path / "laadpaal.log-000000000000").write_text(f"{MORNING}\nbroken\n")
    (tmp_path / "flight.jsonl").write_text("new\n")
    return tmp_path


def security_log(oldest: float | None, newest: float | None) -> list[SecurityEvent]:
    """Return what was asked for as an event."""
    return [SecurityEvent(SecurityKind.TAMPERED, AT, f"from {oldest} to {newest}")]


async def gather(
    folder: Path, kind: LogKind, oldest: float | None = None, newest: float | None = None
) -> Path:
    """Gather in that folder."""
    desk = FakeDesk()
    desk.values.put(comms.PASSWORD, Hidden("correct horse battery"))
    desk.values.put(comms.HEARTBEAT_INTERVAL, 77)
    log, flight = folder / "laadpaal.log", folder / "flight.jsonl"
    at_work = Gathering(folder / "outgoing", log, flight, security_log)
    return await at_work.gather(UploadFile(1, kind, "", "a.name", oldest, newest), desk)


async def test_diagnostics_hold_what_helps(folder: Path) -> None:
    """Logs in the order of time, flights, settings, state and version, without any secret."""
    (folder / "flight.1.jsonl").write_text("old\n")
    path = await gather(folder, LogKind.DIAGNOSTICS)
    with zipfile.ZipFile(path) as packed:
        texts = {name: packed.read(name).decode() for name in packed.namelist()}

    assert texts["laadpaal.log"].splitlines() == [MORNING, "broken", NOON, EVENING]
    assert (texts["flight.jsonl"], texts["flight.1.jsonl"]) == ("new\n", "old\n")
    assert "2085_0 = 77" in texts["settings.txt"]
    assert '"status": "Available"' in texts["state.json"]
    assert "version.txt" in texts
    assert "horse" not in "".join(texts.values())
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


async def test_only_what_was_within_the_time_is_sent(folder: Path) -> None:
    """From the oldest to the newest that is wanted, both included."""
    with zipfile.ZipFile(await gather(folder, LogKind.DIAGNOSTICS, AT, AT)) as packed:
        assert packed.read("laadpaal.log").decode().splitlines() == [NOON]


async def test_the_security_log_is_what_the_journal_kept(folder: Path) -> None:
    """A line for each event of the time that is wanted."""
    path = await gather(folder, LogKind.SECURITY, 1.0, 2.0)

    assert path.read_text() == (
        "2023-11-15T12:00:00.000Z:SECURITY:TamperDetectionActivated:from 1.0 to 2.0\n"
    )
    assert path.stat().st_mode & 0o777 == 0o600


async def test_the_newest_is_sent_of_what_is_too_much(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whole lines of the log, and the end of the flight."""
    (folder / "flight.jsonl").write_text("x" * 1000)
    monkeypatch.setattr(gathering, "MOST_BYTES", len(EVENING) + 1)
    with zipfile.ZipFile(await gather(folder, LogKind.DIAGNOSTICS)) as packed:
        assert packed.read("laadpaal.log").decode().splitlines() == [EVENING]
        assert len(packed.read("flight.jsonl")) == (len(EVENING) + 1) // 2


async def test_a_folder_that_cannot_be_made_is_told(folder: Path) -> None:
    """Whoever gathers hears of it."""
    (folder / "outgoing").touch()
    with pytest.raises(OSError, match="exists"):
        await gather(folder, LogKind.SECURITY)
