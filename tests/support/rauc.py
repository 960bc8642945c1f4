"""A board with RAUC: its programs, its boot loader, and bundles for it."""

from __future__ import annotations

import asyncio
import json
import logging
import shlex
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from laadpaal.updates.journal import Journal
from laadpaal.updates.rauc.judge import RaucJudge
from laadpaal.updates.rauc.program import Rauc
from laadpaal.updates.rauc.reboot import Reboot
from laadpaal.updates.rauc.updater import RaucUpdater
from tests.support.rauc_program import ATTEMPTS, primary

PROGRAM = Path(__file__).with_name("rauc_program.py")
COMPATIBLE = "laadpaal-duo"
MAKER = "maker"
MOST_BYTES = 100_000
LOG = logging.getLogger("laadpaal.test.rauc")
PATIENCE_S = 60.0
OLD, NEW = "rootfs.0", "rootfs.1"


def bundle(
    version: str, *, by: str = MAKER, compatible: str = COMPATIBLE, sound: bool = True
) -> bytes:
    """Return a bundle that the double can read; one that is not sound never comes up."""
    told = {"version": version, "by": by, "compatible": compatible, "sound": sound}
    return (b"hsqs" + json.dumps(told).encode()).ljust(4096, b"\0")


@dataclass(frozen=True, slots=True)
class Board:
    """Has version 1 in the slot that it has started from, and version 0 in the other."""

    folder: Path

    @classmethod
    def made(cls, folder: Path) -> Board:
        """Return a board that has just come up."""
        folder.mkdir(parents=True)
        board = cls(folder)
        slots = {
            OLD: {"bootname": "A", "left": ATTEMPTS, "version": "1", "sound": True},
            NEW: {"bootname": "B", "left": ATTEMPTS, "version": "0", "sound": True},
        }
        state: dict[str, Any] = {
            "compatible": COMPATIBLE,
            "keyring": MAKER,
            "slots": slots,
            "order": [OLD, NEW],
            "booted": OLD,
            "boots": 0,
            "activates": True,
            "remembers": True,
            "faults": {},
            "asked": [],
            "rebooting": False,
        }
        board._file.write_text(json.dumps(state))
        for name, word in (("rauc", ""), ("reboot", " reboot")):
            words = shlex.join([sys.executable, "-S", "-I", str(PROGRAM), str(board._file)])
            program = folder / name
            program.write_text(f'#!/bin/sh\nexec {words}{word} "$@"\n')
            program.chmod(0o755)
        board.boot()
        return board

    @property
    def _file(self) -> Path:
        return self.folder / "board.json"

    @property
    def rauc(self) -> str:
        """The program."""
        return str(self.folder / "rauc")

    @property
    def reboot(self) -> str:
        """The command that starts the board anew."""
        return str(self.folder / "reboot")

    @property
    def boot_id(self) -> Path:
        """The file that tells one start from another."""
        return self.folder / "boot_id"

    @property
    def state(self) -> dict[str, Any]:
        """How it stands."""
        state: dict[str, Any] = json.loads(self._file.read_text())
        return state

    def change(self, **changed: object) -> None:
        """Let it stand otherwise."""
        self._file.write_text(json.dumps(self.state | changed))

    def fail(self, **faults: str) -> None:
        """Let it fail at deeds, by the words that it says then, by garbage, or by hanging."""
        self.change(faults={name.replace("_", "-"): fault for name, fault in faults.items()})

    def asked(self, deed: str) -> int:
        """Return how often it was asked to do that."""
        return sum(it == deed for it in self.state["asked"])

    @property
    def primary(self) -> str:
        """The slot that starts next."""
        return primary(self.state)

    def boot(self) -> str:
        """Start anew, as a boot loader does that counts; return the slot that comes up."""
        state = self.state
        while True:
            name = primary(state)
            if not name:
                raise AssertionError("no slot is left")
            state["slots"][name]["left"] -= 1
            if state["slots"][name]["sound"]:
                break
        state |= {"booted": name, "boots": state["boots"] + 1, "rebooting": False}
        self._file.write_text(json.dumps(state))
        self.boot_id.write_text(f"boot-{state['boots']}\n")
        return name

    def file(self, content: bytes) -> Path:
        """Have a bundle lie on the disk."""
        path = self.folder / "firmware.raucb"
        path.write_bytes(content)
        return path

    async def wants_to_boot(self) -> None:
        """Return once it was asked to start anew."""
        async with asyncio.timeout(PATIENCE_S):
            while not self.state["rebooting"]:  # noqa: ASYNC110  another process has no event
                await asyncio.sleep(0.01)


async def updater_on(board: Board, **changed: object) -> RaucUpdater:
    """Return the updater of a station that has just been started on a board."""
    rauc, journal = Rauc(board.rauc), Journal(board.folder / "journal.json")
    system, boot = await rauc.system(), board.boot_id.read_text().strip()
    judge = RaucJudge(rauc, MOST_BYTES, lambda: "1", lambda: True, bool)
    made = RaucUpdater(rauc, journal, judge, Reboot([board.reboot]), LOG, system, boot, "built in")
    updater = replace(made, **changed)  # type: ignore[arg-type]  # a test's
    await updater.begin()
    return updater
