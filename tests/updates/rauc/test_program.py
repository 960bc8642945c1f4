"""The program `rauc` is asked as it wants, and understood in what it answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from laadpaal.updates.programs import ProgramError
from laadpaal.updates.rauc import program
from laadpaal.updates.rauc.program import UNKNOWN, Bundle, Mark, Place, Rauc, System
from tests.support.rauc import COMPATIBLE, NEW, OLD, Board, bundle


@pytest.fixture
def board(tmp_path: Path) -> Board:
    return Board.made(tmp_path / "board")


async def test_it_tells_how_the_machine_stands(board: Board) -> None:
    """Which slots there are, which of them runs, and which starts next."""
    system = await Rauc(board.rauc).system()

    old, new = Place(OLD, booted=True, version="1"), Place(NEW, version="0")
    assert system == System(COMPATIBLE, (old, new), OLD)
    assert (system.booted, system.other) == (old, new)


async def test_what_it_does_not_know_is_left_open(board: Board) -> None:
    """A slot without a status has no version, and a machine may have started from elsewhere."""
    board.change(remembers=False, booted="external")
    system = await Rauc(board.rauc).system()

    assert [place.version for place in system.places] == ["", ""]
    assert (system.booted, system.other) == (None, None)
    assert (UNKNOWN.booted, UNKNOWN.other) == (None, None)


def test_only_slots_of_one_kind_stand_in_for_each_other() -> None:
    """And only those that a boot loader can start."""
    booted = Place("rootfs.0", booted=True)
    rescue, data, other = Place("rescue.0"), Place("rootfs.2", boots=False), Place("rootfs.1")

    assert System("", (rescue, data, booted, other), "").other == other
    assert System("", (rescue, data, booted), "").other is None


async def test_it_tells_what_is_in_a_bundle(board: Board) -> None:
    """Once its signature is good."""
    rauc = Rauc(board.rauc)
    assert await rauc.bundle(board.file(bundle("2"))) == Bundle(COMPATIBLE, "2")
    with pytest.raises(ProgramError, match=r"^signature verification failed"):
        await rauc.bundle(board.file(bundle("2", by="stranger")))
    with pytest.raises(ProgramError, match=r"^Invalid bundle format"):
        await rauc.bundle(board.file(b"no bundle"))
    with pytest.raises(ProgramError, match=r"^No such file"):
        await rauc.bundle(board.folder / "nowhere")


async def test_it_installs_and_tells_how_far_it_is(board: Board) -> None:
    """In percent; the new slot starts next."""
    heard: list[int] = []
    await Rauc(board.rauc).install(board.file(bundle("2")), heard.append)

    assert heard == [0, 20, 100]
    system = await Rauc(board.rauc).system()
    assert (system.primary, system.other) == (NEW, Place(NEW, version="2"))


async def test_what_it_does_not_install_it_says(board: Board) -> None:
    """In its own last words."""
    with pytest.raises(ProgramError, match=r"^Installation error: Compatible mismatch: Expected"):
        await Rauc(board.rauc).install(board.file(bundle("2", compatible="toaster")), print)
    board.fail(install="already processing a different method")
    with pytest.raises(ProgramError, match=r"^already processing a different method$"):
        await Rauc(board.rauc).install(board.file(bundle("2")), print)

    assert board.primary == OLD


async def test_it_marks(board: Board) -> None:
    """The slot that runs, or one by name."""
    rauc = Rauc(board.rauc)
    await rauc.mark(Mark.ACTIVE, NEW)
    assert board.primary == NEW
    await rauc.mark(Mark.ACTIVE)
    assert board.primary == OLD
    await rauc.mark(Mark.GOOD)
    with pytest.raises(ProgramError, match=r"rauc mark: No slot with class rootfs and name x"):
        await rauc.mark(Mark.GOOD, "x")


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        ("garbage", "status says what is no answer"),
        ("hang", "status was not done within 0.3 s"),
        ("Error retrieving slot status via D-Bus", "^Error retrieving slot status via D-Bus$"),
    ],
)
async def test_when_it_does_not_answer_it_is_told_why(
    board: Board, monkeypatch: pytest.MonkeyPatch, fault: str, why: str
) -> None:
    """It may be broken, busy or not there."""
    if fault == "hang":
        monkeypatch.setattr(program, "LOOK_S", 0.3)
    board.fail(status=fault)

    with pytest.raises(ProgramError, match=why):
        await Rauc(board.rauc).system()
