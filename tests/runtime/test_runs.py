"""How the process before this one has ended is found out, and told."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from laadpaal.runtime.runs import MARK, TRACE, Crash, run_in, traced
from laadpaal.station.security import SecurityKind


@pytest.fixture
def boot(tmp_path: Path) -> Path:
    """Return where this machine says which start of it this is."""
    path = tmp_path / "boot_id"
    path.write_text("one\n")
    return path


def _crash(folder: Path, boot: Path, wrong: Exception) -> None:
    with pytest.raises(type(wrong)), run_in(folder, boot):
        raise wrong


def _killed(folder: Path, boot: Path) -> None:
    """Leave the mark as a process that is killed leaves it."""
    with run_in(folder, boot):
        left = (folder / MARK).read_bytes()
    (folder / MARK).write_bytes(left)


def test_the_first_run_has_no_past(tmp_path: Path, boot: Path) -> None:
    """And one that ends in peace leaves none."""
    for _ in range(2):
        with run_in(tmp_path, boot) as crash:
            assert crash is None
    assert not (tmp_path / MARK).exists()


def test_who_is_cancelled_ends_in_peace(tmp_path: Path, boot: Path) -> None:
    """Being told to end is no crash."""
    with pytest.raises(asyncio.CancelledError), run_in(tmp_path, boot):
        raise asyncio.CancelledError

    with run_in(tmp_path, boot) as crash:
        assert crash is None


def test_a_killed_process_is_found_by_its_mark(tmp_path: Path, boot: Path) -> None:
    """As long as the machine is still the same start."""
    _killed(tmp_path, boot)

    with run_in(tmp_path, boot) as crash:
        assert crash == Crash(1, "")


def test_a_power_cut_is_no_crash(tmp_path: Path, boot: Path) -> None:
    """The machine has started anew since the mark was made."""
    _killed(tmp_path, boot)
    boot.write_text("two\n")

    with run_in(tmp_path, boot) as crash:
        assert crash is None


def test_crashes_in_a_row_are_counted(tmp_path: Path, boot: Path) -> None:
    """Until one run ends in peace; the error is named."""
    _crash(tmp_path, boot, ValueError("secret"))
    _crash(tmp_path, boot, ExceptionGroup("of tasks", [OSError(), OSError(), KeyError("k")]))

    with run_in(tmp_path, boot) as crash:
        assert crash == Crash(2, "OSError, KeyError")
    with run_in(tmp_path, boot) as crash:
        assert crash is None


def test_a_mark_that_was_cut_short_is_a_crash_of_this_start_or_none(
    tmp_path: Path, boot: Path
) -> None:
    """Half a file says nothing of the start it was written in, so it is taken for a power cut."""
    (tmp_path / MARK).write_text('{"boot": "on')

    with run_in(tmp_path, boot) as crash:
        assert crash is None


def test_a_machine_that_does_not_count_its_starts_takes_every_mark_for_a_crash(
    tmp_path: Path,
) -> None:
    """What cannot be told apart is told."""
    nowhere = tmp_path / "nowhere"
    _killed(tmp_path, nowhere)

    with run_in(tmp_path, nowhere) as crash:
        assert crash == Crash(1, "")


def test_memory_that_ran_out_has_its_own_event() -> None:
    """S14: the guard of the station hears which of the two it was."""
    assert Crash(1, "MemoryError").incident().kind is SecurityKind.MEMORY_EXHAUSTED
    incident = Crash(3, "KeyError").incident()
    assert incident.kind is SecurityKind.RESTARTED
    assert incident.info == "The process had crashed, 3 in a row. KeyError"


def test_a_hard_crash_leaves_a_trace(tmp_path: Path, boot: Path) -> None:
    """Of a process that dies in native code, the interpreter writes down what it died of."""
    script = (
        "import faulthandler, pathlib, sys\n"
        "from laadpaal.runtime.runs import run_in, traced\n"
        "folder, boot = map(pathlib.Path, sys.argv[1:])\n"
        "with run_in(folder, boot), traced(folder):\n"
        "    faulthandler._sigsegv()\n"
    )
    died = subprocess.run(  # noqa: S603  our own interpreter and script
        [sys.executable, "-c", script, tmp_path, boot], check=False, capture_output=True
    )

    assert died.returncode == -signal.SIGSEGV
    with run_in(tmp_path, boot) as crash:
        assert crash == Crash(1, "Fatal Python error: Segmentation fault")
    assert not (tmp_path / TRACE).exists()


def test_a_process_that_ends_leaves_no_trace(tmp_path: Path) -> None:
    """An empty file would tell nothing."""
    with traced(tmp_path):
        assert (tmp_path / TRACE).exists()
    assert not (tmp_path / TRACE).exists()
