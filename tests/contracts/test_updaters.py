"""Every updater keeps the promises of its port."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from laadpaal.ports.updater import Updater
from laadpaal.protocols.firmware.head import Wanted
from laadpaal.simulation.updater import SimulatedUpdater
from laadpaal.updates.judge import PackageJudge
from laadpaal.updates.launcher import Launcher, Times
from laadpaal.updates.rauc.updater import RaucUpdater
from laadpaal.updates.slots import PROGRAM
from laadpaal.updates.updater import SlotUpdater
from tests.contracts.updater import ALWAYS, TRIED, Site
from tests.support.packages import PRODUCT, archive, sealed
from tests.support.rauc import Board, bundle, updater_on
from tests.support.releases import DONE, Machine

LOG = logging.getLogger("laadpaal.test.updaters")
Check = Callable[[Site], Awaitable[None]]


def judge() -> PackageJudge:
    """Return one to whom any maker is right."""
    return PackageJudge(lambda: Wanted(PRODUCT, "1"), tuple, lambda: None)


def package(folder: Path, version: str) -> Path:
    """Write a package."""
    path = folder / f"{version}.lpfw"
    path.write_bytes(sealed(version, archive({PROGRAM: b"#!/bin/sh\n"})))
    return path


def damaged(folder: Path) -> Path:
    """Write what begins as a package does."""
    path = package(folder, "2")
    path.write_bytes(path.read_bytes()[:-1])
    return path


@dataclass(frozen=True)
class Simulated:
    """Is a `Site` that only remembers."""

    folder: Path
    tries: bool = False

    def package(self, version: str) -> Path:
        """Return a package."""
        return package(self.folder, version)

    def damaged(self) -> Path:
        """Return one that is cut."""
        return damaged(self.folder)

    async def started(self) -> Updater:
        """Return it as it begins."""
        return SimulatedUpdater(self.folder / "installed.txt", "1", judge())

    async def followed(self, updater: Updater) -> Updater:
        """Go on in the same process."""
        assert await updater.make_way() == "this process goes on"
        return updater

    async def broken(self) -> Updater:
        """Break nothing."""
        raise AssertionError("nothing is tried")


@dataclass(frozen=True)
class InSlots:
    """Is a `Site` with the launcher."""

    folder: Path
    tries: bool = True

    @property
    def machine(self) -> Machine:
        """The slots, version 1 in the first of them."""
        machine = Machine(self.folder / "slots")
        if not machine.folder.exists():
            machine.put("a", "1", DONE)
            machine.slots.switch("a")
        return machine

    def package(self, version: str) -> Path:
        """Return a package."""
        return package(self.folder, version)

    def damaged(self) -> Path:
        """Return one that is cut."""
        return damaged(self.folder)

    async def started(self) -> Updater:
        """Have the launcher choose."""
        machine = self.machine
        slot = Launcher(machine.folder, [], Times())._chosen()
        return SlotUpdater(machine.slots, machine.journal, judge(), slot, "0")

    async def followed(self, updater: Updater) -> Updater:
        """Let this process end."""
        assert await updater.make_way() == ""
        return await self.started()

    async def broken(self) -> Updater:
        """Let what is tried end."""
        entry = self.machine.journal.read()
        Launcher(self.machine.folder, [], Times())._judge(entry.slot, "it ended with status 1")
        return await self.started()


@dataclass(frozen=True)
class WithRauc:
    """Is a `Site` on a board with RAUC."""

    folder: Path
    tries: bool = True

    @property
    def board(self) -> Board:
        """The board, version 1 in the slot that has come up."""
        board = Board(self.folder / "board")
        return board if board.folder.exists() else Board.made(board.folder)

    def package(self, version: str) -> Path:
        """Return a bundle."""
        return self.board.file(bundle(version))

    def damaged(self) -> Path:
        """Return one that a stranger has signed."""
        return self.board.file(bundle("2", by="stranger"))

    async def started(self) -> Updater:
        """Start the board anew."""
        self.board.boot()
        return await self._begun()

    async def _begun(self) -> RaucUpdater:
        return await updater_on(self.board)

    async def followed(self, updater: Updater) -> Updater:
        """Let the board start anew, which ends this process."""
        waiting = asyncio.ensure_future(updater.make_way())
        await self.board.wants_to_boot()
        waiting.cancel()
        with suppress(asyncio.CancelledError):
            await waiting
        return await self.started()

    async def broken(self) -> Updater:
        """Let the slot that runs not come up again."""
        state = self.board.state
        state["slots"][state["booted"]]["sound"] = False
        self.board.change(slots=state["slots"])
        return await self.started()


@pytest.mark.parametrize("check", ALWAYS, ids=lambda check: check.__name__)
@pytest.mark.parametrize("site", [Simulated, InSlots, WithRauc])
async def test_contract(site: Callable[[Path], Site], check: Check, tmp_path: Path) -> None:
    """It installs, keeps, and never leaves a station without a version."""
    await check(site(tmp_path))


@pytest.mark.parametrize("check", TRIED, ids=lambda check: check.__name__)
@pytest.mark.parametrize("site", [InSlots, WithRauc])
async def test_contract_of_trials(
    site: Callable[[Path], Site], check: Check, tmp_path: Path
) -> None:
    """It takes back what is no good, and what somebody wants no more."""
    await check(site(tmp_path))
