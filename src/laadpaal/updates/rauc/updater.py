"""Has RAUC install bundles, and remembers what the next start of the machine was to bring.

RAUC and the boot loader know the slots; what they do not tell is whether the slot that runs is
the one that was to run. So the update journal names it, and the start of the machine in which
that was written down; the first look in a later start tells what became of it.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, replace
from pathlib import Path

from laadpaal.ports.updater import Judge, Progress, unheard
from laadpaal.station.carriage import FirmwareVerdict
from laadpaal.station.releases import Release
from laadpaal.updates.journal import Entry, Journal, Step
from laadpaal.updates.programs import ProgramError
from laadpaal.updates.rauc.program import Mark, Rauc, System
from laadpaal.updates.rauc.reboot import Reboot

TRIAL_S = 900.0
"""Real seconds in which a release on trial has to be kept."""
MOST_STARTS = 3
"""Starts of the station from a slot on trial."""
FREE_S, AGAIN_S = 60.0, 2.0
"""How long RAUC may be busy with what nobody waits for any more, and how often it is asked."""
_LEAVING = frozenset({Step.READY_TO_ROLL, Step.ROLLING_BACK})
UNDER_WAY = _LEAVING | {Step.INSTALLING, Step.TRIAL}
"""Steps of which nobody knows how they have ended until RAUC tells what runs."""


@dataclass(frozen=True, slots=True)
class RaucUpdater:
    """Is an `Updater`.

    Args:
        judge: Looks once more at what is to be installed.
        system: The machine as it was when this process has begun.
        boot: Which start of the machine this is.
        built_in: The version of this process, where RAUC does not know that of its slot.
    """

    rauc: Rauc
    journal: Journal
    judge: Judge
    reboot: Reboot
    log: logging.Logger
    system: System
    boot: str
    built_in: str

    @property
    def _booted(self) -> str:
        booted = self.system.booted
        return booted.name if booted else ""

    def version(self) -> str:
        """Return the version that runs."""
        booted, entry = self.system.booted, self.journal.read()
        told = entry.slot == self._booted and entry.step in {Step.TRIAL, Step.COMMITTED}
        return (
            (booted.version if booted else "") or (entry.version if told else "") or self.built_in
        )

    def on_trial(self) -> bool:
        """Tell whether the version that runs has yet to be kept."""
        entry = self.journal.read()
        return entry.step is Step.TRIAL and entry.slot == self._booted

    def release(self) -> Release:
        """Return what else there is to know of that version."""
        other = self.system.other
        previous = "" if other is None or other.bad else other.version or other.name
        taken_back = self.journal.read().step is Step.ROLLED_BACK
        return Release(self.on_trial(), previous, taken_back)

    def leaves(self) -> bool:
        """Tell whether the machine has to start anew."""
        return self.journal.read().step in _LEAVING

    # --- when this process begins ---

    async def begin(self) -> None:
        """Find out what became of an update that was under way, and go on with it.

        Raises:
            OSError: The journal cannot be written.
        """
        entry = self.journal.read()
        arrived, anew = entry.slot == self._booted, entry.boot != self.boot
        match entry.step:
            case Step.TRIAL if arrived:
                await self._tried(entry)
            case Step.INSTALLING | Step.READY_TO_ROLL if arrived and anew:
                await self._tried(replace(entry, boots=0))
            case Step.READY_TO_ROLL | Step.ROLLING_BACK if not anew:
                self.log.warning("Firmware: not started, %s", await self.make_way())
            case Step.ROLLING_BACK if arrived:
                self.journal.write(replace(entry, step=Step.ROLLED_BACK))
            case step if step in UNDER_WAY:
                why = f"slot {entry.slot} has not come up, or not stayed"
                self.log.warning("Firmware: %s", await self._withdrawn(why))
            case _:
                pass
        if not self.on_trial():
            # Boot loaders count starts, and give a slot up that nobody marks.
            await self._marked_good()

    async def _tried(self, entry: Entry) -> None:
        if entry.boots >= MOST_STARTS:
            await self._given_up(f"it was started {entry.boots} times and never kept")
            if self.leaves():
                return
        self.log.info("Firmware: slot %s with version %s is tried", entry.slot, entry.version)
        self.journal.write(replace(entry, step=Step.TRIAL, boots=entry.boots + 1))

    async def _marked_good(self) -> None:
        try:
            await self.rauc.mark(Mark.GOOD)
        except ProgramError as wrong:
            self.log.warning("Firmware: the slot that runs is not marked good, %s", wrong)

    async def guard(self) -> None:
        """Give a version on trial up that is not kept in time; no launcher does."""
        while self.on_trial():
            await asyncio.sleep(TRIAL_S)
            if self.on_trial():
                await self._given_up(f"it was not found good within {TRIAL_S:g} s")

    async def _given_up(self, why: str) -> None:
        """Have the version before this one start, now; returns only when it does not."""
        self.log.error("Firmware: version %s is taken back, %s", self.version(), why)
        wrong = await self._returned(why) or await self.make_way()
        self.log.error("Firmware: not taken back, %s", wrong)

    # --- what is asked ---

    async def install(self, file: Path, progress: Progress = unheard) -> str:
        """Have RAUC write the file into the other slot; return "" or why the old version stays."""
        checked = await self.judge.check(file, None)
        if checked.verdict is not FirmwareVerdict.GOOD:
            return checked.why
        other = self.system.other
        entry = Entry(Step.INSTALLING, other.name if other else "", checked.version, boot=self.boot)
        try:
            self.journal.write(entry)
            await self.rauc.install(file, progress)
            promised = (await self.rauc.system()).primary
            if promised in {"", self._booted}:
                return await self._withdrawn("RAUC has installed it, and does not let it start")
            self.journal.write(replace(entry, step=Step.READY_TO_ROLL, slot=promised))
        except ProgramError as wrong:
            return await self._withdrawn(str(wrong))
        except OSError as wrong:
            return await self._withdrawn(wrong.strerror or "the disk failed")
        return ""

    async def make_way(self) -> str:
        """Have the machine start anew; returns only when it does not, with the reason."""
        return await self._withdrawn(await self.reboot.ask())

    async def keep(self) -> str:
        """Keep the version on trial for good; return "" or why it is on trial still."""
        if not self.on_trial():
            return "no version is on trial"
        try:
            # What RAUC has marked decides; whatever is written after it only says so.
            await self.rauc.mark(Mark.GOOD)
            self.journal.write(replace(self.journal.read(), step=Step.COMMITTED))
        except ProgramError as wrong:
            return str(wrong)
        except OSError as wrong:
            return wrong.strerror or "the disk failed"
        return ""

    async def go_back(self) -> str:
        """Let the version before this one run after the next start; return "" or why not."""
        return await self._returned("somebody has asked for it")

    async def _returned(self, why: str) -> str:
        try:
            other = (await self.rauc.system()).other
            if other is None or other.bad:
                return "no other slot can be started"
            return await self._promised_back(other.name, why)
        except ProgramError as wrong:
            return str(wrong)
        except OSError as wrong:
            return wrong.strerror or "the disk failed"

    async def _promised_back(self, slot: str, why: str) -> str:
        before = self.journal.read()
        boots = before.boots if self.on_trial() else 0
        self.journal.write(Entry(Step.ROLLING_BACK, slot, self.version(), boots, why, self.boot))
        try:
            await self.rauc.mark(Mark.ACTIVE, slot)
        except ProgramError as wrong:
            self.journal.write(before)
            return str(wrong)
        return ""

    # --- when it does not come to that ---

    async def _withdrawn(self, why: str) -> str:
        """Let the version that runs be the one that starts next; return why, for people."""
        entry = self.journal.read()
        try:
            await self._stay()
            self.journal.write(self._stayed(entry, why))
        except ProgramError as wrong:
            # The journal stays as it was, so that the next start of this process tries again.
            return f"{why}; and RAUC does not let the old version stay: {wrong}"
        except OSError as wrong:
            return f"{why}; and the journal cannot be written: {wrong.strerror}"
        return why

    async def _stay(self) -> None:
        """Have the slot that runs start next; RAUC may be busy still, and is waited for."""
        end = asyncio.get_running_loop().time() + FREE_S
        while True:
            try:
                if (await self.rauc.system()).primary != self._booted:
                    await self.rauc.mark(Mark.ACTIVE)
            except ProgramError:
                if asyncio.get_running_loop().time() >= end:
                    raise
                await asyncio.sleep(AGAIN_S)
            else:
                return

    def _stayed(self, entry: Entry, why: str) -> Entry:
        """Return what is under way when a step has led nowhere."""
        match entry.step:
            case Step.ROLLING_BACK if entry.boots:
                return replace(entry, step=Step.TRIAL, slot=self._booted)
            case Step.READY_TO_ROLL | Step.TRIAL:
                return Entry(Step.ROLLED_BACK, self._booted, entry.version, why=why)
            case _:
                return Entry(why=why)
