"""Work that takes several steps: firmware that is fetched, checked and installed, logs that go."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from laadpaal.ports.station import StationDesk
from laadpaal.ports.updater import Checked, Glance, Judge, Updater
from laadpaal.protocols import location
from laadpaal.station import actions as a
from laadpaal.station import events as e
from laadpaal.station.carriage import LogKind, Signed, UpdateCode, UploadStatus
from laadpaal.station.releases import (
    FirmwareArrives,
    FirmwareKept,
    FirmwareReturned,
    KeepRelease,
    ReturnToPrevious,
)
from laadpaal.transfers import Done, Failed, Outcome, Sizes, Trouble

INSTALL_S = 900.0
"""Real seconds after which an installation that is not done has failed."""
_STATUSES = {
    Trouble.DENIED: UploadStatus.DENIED,
    Trouble.BAD_LOCATION: UploadStatus.BAD_MESSAGE,
    Trouble.NOT_SUPPORTED: UploadStatus.NOT_SUPPORTED,
}
"""All other troubles are a failure."""

Slot = LogKind | None
"""What there is one job of at a time; None is firmware."""


class Carrier(Protocol):
    """Carries files to and from URLs."""

    async def fetch(self, url: str, path: Path, sizes: Sizes, glance: Glance) -> Outcome:
        """Receive a file, at least as far as it stands up to a glance."""
        ...

    async def send(self, url: str, path: Path) -> Outcome:
        """Send a file."""
        ...


class Gatherer(Protocol):
    """Puts together what is sent as a log."""

    async def gather(self, wish: a.UploadFile, desk: StationDesk) -> Path:
        """Return a file of that name, which belongs to who asked; raises OSError."""
        ...


@dataclass(frozen=True, slots=True)
class Means:
    """What jobs work with.

    Args:
        firmware: Where firmware is kept from the moment that it is whole.
    """

    carrier: Carrier
    judge: Judge
    updater: Updater
    gatherer: Gatherer
    firmware: Path


class Jobs:
    """One task for each job; what becomes of it comes back as an event."""

    def __init__(
        self,
        means: Means,
        desk: StationDesk,
        log: logging.Logger,
    ) -> None:
        self._means = means
        self._desk = desk
        self._happened = desk.happened
        self._log = log
        self._inbox: asyncio.Queue[a.Job] = asyncio.Queue()
        self._tasks: dict[Slot, asyncio.Task[None]] = {}

    def do(self, action: a.Action) -> None:
        """Hand an action over; never waits."""
        if isinstance(action, a.Job):
            self._inbox.put_nowait(action)

    async def run(self) -> None:
        """Begin and give up jobs until cancelled, which gives up all of them."""
        async with asyncio.TaskGroup() as tasks:
            while True:
                self._take(tasks, await self._inbox.get())

    def _take(self, tasks: asyncio.TaskGroup, action: a.Job) -> None:
        match action:
            case a.FetchFirmware(job, url):
                self._begin(tasks, None, lambda: self._fetch(job, url))
            case a.CheckFirmware(job, signed):
                self._begin(tasks, None, lambda: self._check(job, signed))
            case a.InstallFirmware(job):
                self._begin(tasks, None, lambda: self._install(job))
            case KeepRelease(job):
                self._begin(tasks, None, lambda: self._keep(job))
            case ReturnToPrevious(job):
                self._begin(tasks, None, lambda: self._return(job))
            case a.UploadFile():
                self._begin(tasks, action.kind, lambda: self._upload(action))
            case a.CancelFetch():
                self._give_up(None)
            case a.CancelUpload(kind):
                self._give_up(kind)

    def _begin(
        self, tasks: asyncio.TaskGroup, slot: Slot, work: Callable[[], Awaitable[None]]
    ) -> None:
        earlier = self._give_up(slot)
        self._tasks[slot] = tasks.create_task(_after(earlier, work))

    def _give_up(self, slot: Slot) -> asyncio.Task[None] | None:
        task = self._tasks.get(slot)
        # Once is enough: twice would hurry it on while it waits for its thread to end.
        if task and not task.cancelling():
            task.cancel()
        return task

    async def _fetch(self, job: int, url: str) -> None:
        judge, file = self._means.judge, self._means.firmware
        sizes = Sizes(*judge.sizes())
        match await self._means.carrier.fetch(url, file, sizes, judge.glance()):
            case Done(size):
                self._log.info("Firmware: %d bytes fetched", size)
                self._happened(e.FirmwareFetched(job))
            case Failed() as failed:
                self._log.warning("Firmware: not fetched, %s", failed)
                self._happened(e.FirmwareFetchFailed(job, str(failed)))

    async def _check(self, job: int, signed: Signed | None) -> None:
        checked: Checked = await self._means.judge.check(self._means.firmware, signed)
        if checked.why:
            self._log.warning("Firmware: %s", checked.why)
        self._happened(e.FirmwareChecked(job, checked.verdict, checked.version))

    async def _install(self, job: int) -> None:
        try:
            async with asyncio.timeout(INSTALL_S):
                why = await self._means.updater.install(self._means.firmware, self._progress)
        except TimeoutError:
            why = f"not done within {INSTALL_S:g} s"
        if why:
            self._log.warning("Firmware: not installed, %s", why)
            self._happened(e.FirmwareInstallFailed(job, why))
        else:
            self._happened(e.FirmwareInstalled(job))

    def _progress(self, percent: int) -> None:
        self._happened(FirmwareArrives(UpdateCode.UPDATING, percent))

    async def _keep(self, job: int) -> None:
        why = await self._means.updater.keep()
        if why:
            self._log.warning("Firmware: not kept, %s", why)
        else:
            self._log.info("Firmware: version %s is kept", self._means.updater.version())
            self._happened(FirmwareKept(job))

    async def _return(self, job: int) -> None:
        why = await self._means.updater.go_back()
        if why:
            self._log.warning("Firmware: not gone back, %s", why)
        else:
            self._happened(FirmwareReturned(job))

    async def _upload(self, wish: a.UploadFile) -> None:
        match await self._sent(wish):
            case Done(size):
                place = location.hidden(wish.location)
                self._log.info("%s: %d bytes sent to %s", wish.file_name, size, place)
                self._happened(e.LogUploaded(wish.job))
            case Failed(trouble) as failed:
                self._log.warning("%s: not sent, %s", wish.file_name, failed)
                status = _STATUSES.get(trouble, UploadStatus.FAILED)
                self._happened(e.LogUploadFailed(wish.job, status, str(failed)))

    async def _sent(self, wish: a.UploadFile) -> Outcome:
        try:
            path = await self._means.gatherer.gather(wish, self._desk)
        except OSError as wrong:
            return Failed(Trouble.DISK, wrong.strerror or "")
        try:
            return await self._means.carrier.send(wish.location, path)
        finally:
            path.unlink(missing_ok=True)


async def _after(earlier: asyncio.Task[None] | None, work: Callable[[], Awaitable[None]]) -> None:
    """Do the work once the earlier job, which was given up, has let go of what it held."""
    if earlier:
        await asyncio.wait({earlier})
    await work()
