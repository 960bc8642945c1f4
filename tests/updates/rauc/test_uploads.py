"""Bundles that somebody brings are counted while they come, and judged by RAUC when whole."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from laadpaal.ports.updates import Flaw, Verdict
from laadpaal.station.releases import InstallUploaded
from laadpaal.updates.journal import Entry, Journal, Step
from laadpaal.updates.rauc.judge import RaucJudge
from laadpaal.updates.rauc.program import Rauc
from laadpaal.updates.uploads import Uploads
from tests.support.rauc import MOST_BYTES, Board, bundle
from tests.updates.test_uploads import Desk

LOG = logging.getLogger("laadpaal.test.rauc")


@pytest.fixture
def board(tmp_path: Path) -> Board:
    return Board.made(tmp_path / "board")


def slot(board: Board, desk: Desk) -> Uploads:
    """Return the local way in of a station on a board."""
    judge = RaucJudge(Rauc(board.rauc), MOST_BYTES, lambda: "1", lambda: True, bool)
    file, journal = board.folder / "firmware.raucb", Journal(board.folder / "journal.json")
    return Uploads(judge, file, journal, desk, LOG, lambda _: MOST_BYTES)


async def brought(it: Uploads, content: bytes, announced: int | None = None) -> Verdict:
    """Bring a file in pieces."""
    verdict = await it.begin(announced)
    for at in range(0, len(content), 1000):
        if verdict.good:
            verdict = await it.take(content[at : at + 1000])
    return await it.finish() if verdict.good else verdict


@pytest.mark.parametrize("announced", [None, 4096])
async def test_a_good_bundle_is_an_update_from_now_on(board: Board, announced: int | None) -> None:
    """No root of a manufacturer is needed: the keyring of the machine vouches for it."""
    it = slot(board, desk := Desk())

    assert await brought(it, bundle("2"), announced) == Verdict(version="2")
    assert it.file.read_bytes() == bundle("2")
    assert desk.wishes == [InstallUploaded("2")]
    assert it.journal.read() == Entry(Step.READY, version="2")


@pytest.mark.parametrize(
    ("content", "announced", "flaw"),
    [
        (bundle("2", by="stranger"), None, Flaw.BAD_SIGNATURE),
        (bundle("2", compatible="toaster"), None, Flaw.BAD_PACKAGE),
        (b"no bundle" * 100, None, Flaw.BAD_PACKAGE),
        (bundle("2"), 4095, Flaw.INCOMPLETE),
        (bundle("2"), 4097, Flaw.INCOMPLETE),
        (b"hsqs", None, Flaw.TOO_SMALL),
        (b"", None, Flaw.TOO_SMALL),
        (b"x" * (MOST_BYTES + 1), None, Flaw.TOO_LARGE),
        (b"", MOST_BYTES + 1, Flaw.TOO_LARGE),
    ],
    ids=range(9),
)
async def test_what_is_no_good_is_refused(
    board: Board, content: bytes, announced: int | None, flaw: Flaw
) -> None:
    """Nothing of it is left, and the next one is welcome."""
    it = slot(board, desk := Desk())

    assert (await brought(it, content, announced)).flaw is flaw
    assert desk.wishes == []
    assert it.journal.read() == Entry()
    assert not [path.name for path in board.folder.iterdir() if path.name.startswith("firmware")]
    assert await brought(it, bundle("2")) == Verdict(version="2")
