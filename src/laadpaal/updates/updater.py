"""Installs releases into the slot that does not run, and keeps or takes back the one that does."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from pathlib import Path

from laadpaal.ports.updater import Progress, unheard
from laadpaal.protocols.firmware.errors import PackageError
from laadpaal.protocols.firmware.head import HEAD_BYTES
from laadpaal.protocols.firmware.package import Package
from laadpaal.station.releases import Release
from laadpaal.updates.journal import Entry, Journal, Step
from laadpaal.updates.judge import Bar, PackageJudge
from laadpaal.updates.slots import Slots
from laadpaal.updates.unpacking import Part, unpack

_LEAVING = frozenset({Step.READY_TO_ROLL, Step.ROLLING_BACK})


@dataclass(frozen=True, slots=True)
class SlotUpdater:
    """Is an `Updater`.

    Args:
        running: The slot that this process was started from.
        built_in: The version of this process, where it was started from no slot.
    """

    slots: Slots
    journal: Journal
    judge: PackageJudge
    running: str
    built_in: str

    def version(self) -> str:
        """Return the version that runs."""
        manifest = self.slots.manifest(self.running) if self.running else None
        return manifest.version if manifest else self.built_in

    def on_trial(self) -> bool:
        """Tell whether the version that runs has yet to be kept."""
        entry = self.journal.read()
        return entry.step is Step.TRIAL and entry.slot == self.running

    def release(self) -> Release:
        """Return what else there is to know of that version."""
        slot = self._before()
        manifest = self.slots.manifest(slot) if slot else None
        taken_back = self.journal.read().step is Step.ROLLED_BACK
        return Release(self.on_trial(), manifest.version if manifest else "", taken_back)

    def _before(self) -> str:
        """Return the slot that could run instead, "" for none."""
        slot = self.slots.current() if self.on_trial() else self.slots.other(self.running)
        return "" if slot == self.running else slot

    def leaves(self) -> bool:
        """Tell whether the launcher is to start another release."""
        return self.journal.read().step in _LEAVING

    async def make_way(self) -> str:
        """Leave it to the launcher, which starts the other release when this process ends."""
        return ""

    async def install(self, file: Path, _: Progress = unheard) -> str:
        """Put the file into the other slot; return "" or why the old version stays."""
        return await asyncio.to_thread(self._installed, file, self.judge.bar)

    def _installed(self, file: Path, bar: Bar) -> str:
        slot = self.slots.other(self.running)
        try:
            package = bar.read(file)
            if bar.roots:
                bar.sealed(package)
            entry = Entry(Step.INSTALLING, slot, package.head.version)
            self.journal.write(entry)
            place(self.slots, slot, file, package)
            self.journal.write(replace(entry, step=Step.READY_TO_ROLL))
        except PackageError as wrong:
            return self._stays(str(wrong))
        except OSError as wrong:
            return self._stays(wrong.strerror or "the disk failed")
        return ""

    def _stays(self, why: str) -> str:
        """Let nothing be under way any more; a disk that fails leaves what cannot be started."""
        try:
            self.journal.write(Entry(why=why))
        except OSError:
            return f"{why}, and the journal cannot be written"
        return why

    async def keep(self) -> str:
        """Keep the version on trial for good; return "" or why it is on trial still."""
        return await asyncio.to_thread(self._kept)

    def _kept(self) -> str:
        if not self.on_trial():
            return "no version is on trial"
        entry = self.journal.read()
        try:
            # The link decides; whatever is written after it only says so.
            self.slots.switch(self.running)
            self.journal.write(replace(entry, step=Step.COMMITTED))
        except OSError as wrong:
            return wrong.strerror or "the disk failed"
        return ""

    async def guard(self) -> None:
        """Leave it to the launcher, which outlives a release that hangs."""

    async def go_back(self) -> str:
        """Let the version before this one run after the next start; return "" or why not."""
        return await asyncio.to_thread(self._back)

    def _back(self) -> str:
        slot = self._before()
        if not slot or not self.slots.intact(slot):
            return "the other slot holds no release to go back to"
        back = Entry(Step.ROLLING_BACK, slot, self.version(), why="somebody has asked for it")
        try:
            self.journal.write(back)
        except OSError as wrong:
            return wrong.strerror or "the disk failed"
        return ""


def place(slots: Slots, slot: str, file: Path, package: Package) -> None:
    """Let a slot hold the release of a package that was found good, and nothing else.

    Raises:
        PackageError: It cannot be unpacked; the slot holds nothing then.
        OSError: The disk failed; the slot holds nothing then.
    """
    release = slots.clear(slot)
    with file.open("rb") as opened:
        unpack(Part(opened, HEAD_BYTES, package.head.payload_bytes), release)
    slots.keep(slot, package.head.version)
