"""The real RAUC says what its double says, and our updater keeps its promises with it."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import subprocess
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from laadpaal.ports.updater import Updater
from laadpaal.updates.journal import Journal
from laadpaal.updates.programs import ProgramError
from laadpaal.updates.rauc.judge import RaucJudge
from laadpaal.updates.rauc.program import Bundle, Place, Rauc
from laadpaal.updates.rauc.reboot import Reboot
from laadpaal.updates.rauc.updater import RaucUpdater
from tests.contracts.updater import ALWAYS, TRIED, Site
from tests.support.rauc import COMPATIBLE, MOST_BYTES, NEW, OLD, Board, bundle
from tests.support.real_rauc import NOT_HERE, STRANGER, RealBoard

pytestmark = pytest.mark.skipif(bool(NOT_HERE), reason=f"{NOT_HERE} not on this machine")
LOG = logging.getLogger("laadpaal.test.rauc")
JSON = "--output-format=json"


@pytest.fixture
def board(tmp_path: Path) -> Iterator[RealBoard]:
    """Return a board that runs."""
    with RealBoard(tmp_path / "board").powered() as board:
        yield board


@dataclass(frozen=True)
class Real:
    """Is a `Site` on that board."""

    board: RealBoard
    tries: bool = True

    def package(self, version: str) -> Path:
        """Return a bundle."""
        return self.board.bundle(version)

    def damaged(self) -> Path:
        """Return one that a stranger has signed."""
        return self.board.bundle("2", by=STRANGER)

    async def started(self) -> Updater:
        """Start the board anew."""
        self.board.boot()
        rauc, journal = Rauc(self.board.rauc), Journal(self.board.folder / "journal.json")
        judge = RaucJudge(rauc, MOST_BYTES, lambda: "1", lambda: True, bool)
        reboot, boot = Reboot([self.board.reboot]), f"boot {self.board.boots}"
        it = RaucUpdater(rauc, journal, judge, reboot, LOG, await rauc.system(), boot, "built in")
        await it.begin()
        return it

    async def followed(self, updater: Updater) -> Updater:
        """Let the board start anew, which ends this process."""
        waiting = asyncio.ensure_future(updater.make_way())
        async with asyncio.timeout(20.0):
            while not (self.board.folder / "rebooting").exists():  # noqa: ASYNC110  see the double
                await asyncio.sleep(0.01)
        waiting.cancel()
        with suppress(asyncio.CancelledError):
            await waiting
        return await self.started()

    async def broken(self) -> Updater:
        """Let the slot that runs not come up again."""
        self.board.broken.add(self.board.booted)
        return await self.started()


def keys_of(told: Any) -> Any:
    """Return how a JSON is built, without what is in it."""
    if isinstance(told, dict):
        return {key: keys_of(value) for key, value in told.items()}
    return [keys_of(it) for it in told] if isinstance(told, list) else None


def said(program: str, *words: str) -> Any:
    """Return the JSON that a program says."""
    done = subprocess.run([program, *words], capture_output=True, check=True)  # noqa: S603  a test's own
    return json.loads(done.stdout)


async def test_a_bundle_is_judged_by_its_signature(board: RealBoard) -> None:
    """By the keyring of the board, and as our double has it."""
    rauc = Rauc(board.rauc)
    assert await rauc.bundle(board.bundle("2.0-rc1")) == Bundle(COMPATIBLE, "2.0-rc1")
    with pytest.raises(ProgramError, match=r"^signature verification failed: "):
        await rauc.bundle(board.bundle("2", by=STRANGER))
    cut = board.bundle("2")
    os.truncate(cut, 5000)
    with pytest.raises(ProgramError, match=r"^Invalid bundle format: "):
        await rauc.bundle(cut)
    with pytest.raises(ProgramError, match=r"^No such file"):
        await rauc.bundle(board.folder / "nowhere")


def status(program: str) -> Any:
    """Return how a board stands, without what RAUC remembers of bundles; slots by their names."""
    told = said(program, "status", "--detailed", JSON)
    slots = {name: slot for each in told["slots"] for name, slot in each.items()}
    assert all("bundle" in slot.pop("slot_status") for slot in slots.values())
    return told | {"slots": slots}


def test_the_double_says_what_the_real_one_says(board: RealBoard, tmp_path: Path) -> None:
    """As far as we read it."""
    double = Board.made(tmp_path / "double")
    told, ours = status(board.rauc), status(double.rauc)
    info = said(board.rauc, "info", JSON, str(board.bundle("2")))
    shown = said(double.rauc, "info", JSON, str(double.file(bundle("2"))))

    assert keys_of(told) == keys_of(ours)
    for each in (told, ours):
        for slot in each["slots"].values():
            del slot["device"]
    assert told == ours
    assert shown.items() <= {**info, "images": []}.items()


async def test_it_tells_how_the_machine_stands(board: RealBoard) -> None:
    """Which slots there are, which of them runs, and which starts next."""
    system = await Rauc(board.rauc).system()

    assert set(system.places) == {Place(OLD, booted=True, version="1"), Place(NEW)}
    assert (system.compatible, system.primary) == (COMPATIBLE, OLD)


@pytest.mark.parametrize("check", [*ALWAYS, *TRIED], ids=lambda check: check.__name__)
async def test_contract(board: RealBoard, check: Callable[[Site], Awaitable[None]]) -> None:
    """It installs, keeps, and goes back."""
    if why := board.install():
        pytest.skip(f"RAUC cannot install on this machine: {why.splitlines()[-1]}")
    board.asked("status", "mark-active", "booted")
    await check(Real(board))
