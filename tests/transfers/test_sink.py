"""A file that is being received meets a full disk."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from laadpaal.transfers.outcome import TransferError, Trouble
from laadpaal.transfers.sink import RESERVE_BYTES, Sink, Sizes, free_bytes

FULL_DISK = """
import resource, sys
from pathlib import Path
from laadpaal.transfers.outcome import TransferError
from laadpaal.transfers.sink import Sink, Sizes
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    with Sink(Path(sys.argv[1]), Sizes(), lambda _: 10_000) as sink:
        sink.announce(None)
        sink.take(b"x" * 600)
        sink.take(b"x" * 600)
except TransferError as wrong:
    print(wrong.failed.trouble.name)
"""


def test_a_disk_that_fills_up_ends_it(tmp_path: Path) -> None:
    """Half of a piece that still had room is not kept either."""
    path = tmp_path / "file"
    ran = subprocess.run(  # noqa: S603  our own interpreter
        [sys.executable, "-c", FULL_DISK, str(path)], capture_output=True, text=True, check=True
    )

    assert ran.stdout == "DISK\n"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_the_way_ends_it(tmp_path: Path) -> None:
    """The file could not be made, or not be given its name."""
    (tmp_path / "there").mkdir()
    (tmp_path / "file.part").mkdir()
    for name in ("there", "file"):
        with pytest.raises(TransferError) as ended, Sink(tmp_path / name, Sizes()):
            pass
        assert ended.value.failed.trouble is Trouble.DISK


def test_a_name_that_is_taken_meanwhile_ends_it(tmp_path: Path) -> None:
    """What was received is not kept under another."""
    path = tmp_path / "file"
    with Sink(path, Sizes()) as sink:
        sink.take(b"x")
        path.mkdir()
        with pytest.raises(TransferError) as ended:
            sink.finish()

    assert ended.value.failed.trouble is Trouble.DISK
    assert [one.name for one in tmp_path.iterdir()] == ["file"]


def test_a_reserve_stays_free(tmp_path: Path) -> None:
    """The station itself needs room to write what must not be lost."""
    assert free_bytes(tmp_path) >= 0
    assert RESERVE_BYTES >= 1 << 20
