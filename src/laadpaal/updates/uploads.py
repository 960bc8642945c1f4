"""Firmware that somebody brings: piece by piece onto the disk, and into the station's hands."""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from laadpaal.ports.station import StationDesk
from laadpaal.ports.updates import GOOD, Flaw, Verdict
from laadpaal.protocols.firmware.errors import Fault, PackageError
from laadpaal.station.answers import Refused
from laadpaal.station.carriage import UpdateCode
from laadpaal.station.releases import FirmwareArrives, InstallUploaded
from laadpaal.updates.arriving import Arriving, Inspector
from laadpaal.updates.journal import Entry, Journal, Step, sync_folder

RESERVE_BYTES = 16 * 1024 * 1024
"""What an upload leaves free on the disk."""
_WHOLE = 100
_MEANWHILE = "another update has begun meanwhile"
_FLAWS = {
    Fault.TOO_SMALL: Flaw.TOO_SMALL,
    Fault.TOO_LARGE: Flaw.TOO_LARGE,
    Fault.INCOMPLETE: Flaw.INCOMPLETE,
    Fault.SEAL: Flaw.BAD_SIGNATURE,
}
"""All other faults are those of a package that is none for this station."""
_CODES = {
    Step.ERASING: UpdateCode.ERASING,
    Step.ERASED: UpdateCode.ERASED,
    Step.RECEIVING: UpdateCode.DOWNLOADING,
    Step.RECEIVED: UpdateCode.DOWNLOADED,
    Step.CHECKED: UpdateCode.CHECKED,
    Step.READY: UpdateCode.READY,
}
ARRIVING = frozenset(_CODES)
"""The steps of an upload; a power cut at any of them leaves no update that is under way."""


def free_bytes(folder: Path) -> int:
    """Return how much room an upload may take."""
    return max(0, shutil.disk_usage(folder).free - RESERVE_BYTES)


@dataclass(slots=True)
class _Arrival:
    """One upload under way.

    Args:
        early: What has come before it was welcome.
        file: Open from the moment that it was.
    """

    reader: Arriving
    early: bytes = b""
    file: BinaryIO | None = None
    step: Step = Step.NONE
    percent: int = 0


@dataclass(slots=True)
class Uploads:
    """Is an `UploadSlot`.

    Args:
        file: Where a whole package goes, for the station to install it.
        desk: Returns the station as it is now.
        free: Tells how many bytes a folder has room for.
    """

    inspector: Inspector
    file: Path
    journal: Journal
    desk: StationDesk
    log: logging.Logger
    free: Callable[[Path], int] = free_bytes
    _arrival: _Arrival | None = field(default=None, init=False)

    @property
    def code(self) -> UpdateCode:
        """How the last update stands, whoever has asked for it."""
        return self.desk.view().release.code

    @property
    def progress(self) -> int:
        """Percent of what has come."""
        return self.desk.view().release.percent

    @property
    def receiving(self) -> bool:
        """Whether an upload has begun and not ended."""
        return self._arrival is not None

    @property
    def _busy(self) -> bool:
        """Whether another update is under way, whose file and steps nobody may touch."""
        return self.desk.view().release.busy

    async def begin(self, announced: int | None) -> Verdict:
        """Claim the slot, and judge the size before any payload."""
        if self.receiving or self._busy:
            return Verdict(Flaw.BUSY, "another update is under way")
        try:
            reader = self.inspector.arriving(announced)
            room = self.free(self.file.parent)
        except PackageError as wrong:
            return self._refused(_flaw(wrong), str(wrong))
        except OSError as wrong:
            return self._refused(Flaw.DISK, wrong.strerror or "the disk failed")
        if (announced or 0) > room:
            return self._refused(Flaw.TOO_LARGE, f"there is room for {room} bytes")
        self._arrival = _Arrival(reader)
        self._tell(UpdateCode.READY_TO_DOWNLOAD)
        return GOOD

    async def take(self, piece: bytes) -> Verdict:
        """Take the next bytes of the file."""
        arrival = self._under_way()
        if self._busy:
            return self._overtaken(_MEANWHILE)
        try:
            arrival.reader.take(piece)
            if arrival.file is None:
                arrival.early += piece
            if arrival.reader.welcome:
                await asyncio.to_thread(self._write, arrival, piece)
        except PackageError as wrong:
            return self._ended(_flaw(wrong), str(wrong))
        except OSError as wrong:
            return self._ended(Flaw.DISK, wrong.strerror or "the disk failed")
        self._tell_progress(arrival)
        return GOOD

    async def finish(self) -> Verdict:
        """Judge the whole file; a good one is an update from now on."""
        arrival = self._under_way()
        self._tell(UpdateCode.DIGESTING)
        try:
            version = await self._vouched(arrival)
            if self._busy:
                return self._overtaken(_MEANWHILE)
            await asyncio.to_thread(self._placed, arrival)
        except PackageError as wrong:
            return self._ended(_flaw(wrong), str(wrong))
        except OSError as wrong:
            return self._ended(Flaw.DISK, wrong.strerror or "the disk failed")
        answer = await self.desk.ask(InstallUploaded(version))
        if isinstance(answer, Refused):
            # Whoever was first may have put its own file there by now, so that stays.
            return self._overtaken(answer.detail or answer.reason.value)
        self._arrival = None
        self._tell(UpdateCode.NONE)
        self.log.info("Firmware: version %s was brought, %d bytes", version, arrival.reader.size)
        return Verdict(version=version)

    async def abort(self, why: str) -> None:
        """Forget what has come."""
        if self._arrival:
            self._ended(Flaw.INCOMPLETE, why)
            self._tell(UpdateCode.NONE)

    def recover(self) -> None:
        """Forget what is left of an upload; raises OSError when the disk fails."""
        self._part.unlink(missing_ok=True)
        # Another update may have begun since, and its steps are there then.
        if self.journal.read().step in ARRIVING:
            self.journal.write(Entry())

    # --- on the disk ---

    @property
    def _part(self) -> Path:
        return self.file.with_name(f"{self.file.name}.upload")

    def _write(self, arrival: _Arrival, piece: bytes) -> None:
        if arrival.file is None:
            arrival.file = self._opened(arrival)
            piece, arrival.early = arrival.early, b""
        view = memoryview(piece)
        while view:
            view = view[arrival.file.write(view) :]

    def _opened(self, arrival: _Arrival) -> BinaryIO:
        """Make room for a file that is welcome; what lay there is of no use any more."""
        self._note(arrival, Step.ERASING)
        self.file.unlink(missing_ok=True)
        self._note(arrival, Step.ERASED)
        number = os.open(self._part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        self._note(arrival, Step.RECEIVING)
        return os.fdopen(number, "wb", buffering=0)

    async def _vouched(self, arrival: _Arrival) -> str:
        """Judge a file that is whole; return its version."""
        arrival.reader.finish()
        await asyncio.to_thread(self._closed, arrival)
        return await arrival.reader.vouched(self._part)

    def _closed(self, arrival: _Arrival) -> None:
        if arrival.file:
            os.fsync(arrival.file.fileno())
            arrival.file.close()
        self._note(arrival, Step.RECEIVED)

    def _placed(self, arrival: _Arrival) -> None:
        """Let a file that is good have its name."""
        self._note(arrival, Step.CHECKED)
        self._part.replace(self.file)
        sync_folder(self.file.parent)
        self._note(arrival, Step.READY)

    def _note(self, arrival: _Arrival, step: Step) -> None:
        self.journal.write(Entry(step, version=arrival.reader.version))
        arrival.step = step

    # --- how it goes ---

    def _under_way(self) -> _Arrival:
        if self._arrival is None:
            raise AssertionError("no upload has begun")
        return self._arrival

    def _refused(self, flaw: Flaw, why: str) -> Verdict:
        self.log.warning("Firmware: %s", why)
        self._tell(UpdateCode.DOWNLOAD_ERROR)
        return Verdict(flaw, why)

    def _ended(self, flaw: Flaw, why: str) -> Verdict:
        arrival, self._arrival = self._under_way(), None
        if arrival.file:
            arrival.file.close()
        try:
            if arrival.step is not Step.NONE:
                self.recover()
        except OSError as wrong:
            self.log.warning("Firmware: what had come cannot be removed: %s", wrong.strerror)
        return self._refused(flaw, why)

    def _overtaken(self, why: str) -> Verdict:
        """End it for another update that has begun meanwhile, which is what people see then."""
        verdict = self._ended(Flaw.BUSY, why)
        self._tell(UpdateCode.NONE)
        return verdict

    def _tell_progress(self, arrival: _Arrival) -> None:
        whole = arrival.reader.whole
        percent = arrival.reader.size * _WHOLE // whole if whole else 0
        if arrival.reader.welcome and (percent != arrival.percent or not percent):
            arrival.percent = percent
            self._tell(_CODES[arrival.step], percent)

    def _tell(self, code: UpdateCode, percent: int = 0) -> None:
        self.desk.happened(FirmwareArrives(code, percent))


def _flaw(wrong: PackageError) -> Flaw:
    return _FLAWS.get(wrong.fault, Flaw.BAD_PACKAGE)
