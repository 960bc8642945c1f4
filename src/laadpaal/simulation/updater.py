"""An installer without slots: it remembers which version was put in place."""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass
from pathlib import Path

from laadpaal.ports.updater import Judge, Progress, unheard
from laadpaal.station.carriage import FirmwareVerdict
from laadpaal.station.releases import Release


@dataclass(frozen=True, slots=True)
class SimulatedUpdater:
    """Is an `Updater`.

    Args:
        installed: The file that holds the version which runs after the next start.
        built_in: The version that runs until something was installed.
        judge: Looks once more at what is to be installed.
    """

    installed: Path
    built_in: str
    judge: Judge

    def version(self) -> str:
        """Return the version that runs."""
        try:
            return self.installed.read_text(encoding="ascii").strip() or self.built_in
        except (OSError, UnicodeDecodeError):
            return self.built_in

    def release(self) -> Release:
        """Tell that it need not prove itself, and is the only one."""
        return Release()

    def leaves(self) -> bool:
        """Tell that this process goes on."""
        return False

    async def make_way(self) -> str:
        """Have nothing to do: the next life is in this process."""
        return "this process goes on"

    async def install(self, file: Path, _: Progress = unheard) -> str:
        """Look once more, and remember the version; return "" or why the old one stays."""
        checked = await self.judge.check(file, None)
        if checked.verdict is not FirmwareVerdict.GOOD:
            return checked.why
        try:
            await asyncio.to_thread(_replace, self.installed, checked.version)
        except OSError as wrong:
            return wrong.strerror or "the disk failed"
        return ""

    async def keep(self) -> str:
        """Return that there is nothing to be kept."""
        return "no version is on trial"

    async def guard(self) -> None:
        """Have nothing to guard."""

    async def go_back(self) -> str:
        """Return that it has only one version."""
        return "a station without slots has no version to go back to"


def _replace(path: Path, text: str) -> None:
    """Let a file hold this text and no other, whenever the power goes."""
    part = path.with_name(f"{path.name}.part")
    number = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(number, "w", encoding="ascii") as opened:
        opened.write(text)
        opened.flush()
        os.fsync(number)
    part.replace(path)
