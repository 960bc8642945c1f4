"""Files that are carried, checked and installed in memory, each in its own time."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from laadpaal.ports.clock import Clock
from laadpaal.ports.station import StationDesk
from laadpaal.ports.updater import Checked, Glance, Progress, blind, unheard
from laadpaal.runtime.jobs import Means
from laadpaal.station.actions import UploadFile
from laadpaal.station.carriage import FirmwareVerdict, Signed
from laadpaal.station.releases import Release
from laadpaal.transfers import Done, Failed, Outcome, Sizes, Trouble
from tests.support.slots import TwoSlots

CARRY_S, INSTALL_S = 20.0, 45.0
OLD, NEW = "1.0.0", "2.0.0"
SIGNER = "the manufacturer"
"""The one certificate that is trusted."""


@dataclass
class Errands:
    """Is a carrier, a judge, an updater and a gatherer at once, which fail when they are told to.

    Args:
        troubles: What goes wrong in the transfers to come; then all goes well.
        verdict: What is found when firmware is looked at.
        offered: What the firmware calls itself that is looked at next.
        flaw: Why an installation fails; "" when it does not.
        percents: How far it is heard to be before.
    """

    clock: Clock
    troubles: list[Trouble] = field(default_factory=list)
    verdict: FirmwareVerdict = FirmwareVerdict.GOOD
    flaw: str = ""
    percents: tuple[int, ...] = ()
    offered: str = NEW
    slots: TwoSlots = field(default_factory=lambda: TwoSlots(OLD))
    placing: str = ""
    """What was found good last, and is what is installed."""
    carried: list[str] = field(default_factory=list)
    """Every URL that something was fetched from or sent to, whole or not."""

    def means(self) -> Means:
        """Return itself as what jobs work with."""
        return Means(self, self, self, self, Path("nowhere"))

    async def fetch(self, url: str, path: Path, sizes: Sizes, glance: Glance) -> Outcome:
        """Fetch what has the smallest size that is allowed."""
        assert path == Path("nowhere")
        assert glance is blind
        return await self._carry(url, sizes.least)

    async def send(self, url: str, path: Path) -> Outcome:
        """Send something."""
        assert path.suffix in {".zip", ".log"}
        return await self._carry(url, 1)

    async def _carry(self, url: str, size: int) -> Outcome:
        self.carried.append(url)
        await self.clock.sleep(CARRY_S)
        return Failed(self.troubles.pop(0)) if self.troubles else Done(size)

    async def gather(self, wish: UploadFile, desk: StationDesk) -> Path:
        """Make no file."""
        assert desk.view().uploads
        return Path("nowhere") / wish.file_name

    def version(self) -> str:
        """Start what is to start in this life, and return it."""
        self.slots.boot()
        return self.slots.running

    def release(self) -> Release:
        """Tell what else there is to know of it."""
        return self.slots.release()

    def leaves(self) -> bool:
        """Go on."""
        return False

    def sizes(self) -> tuple[int, int]:
        """Take everything."""
        return 1, 1_000_000

    def glance(self) -> Glance:
        """See nothing."""
        return blind

    def trusts(self, certificate: str) -> bool:
        """Trust one."""
        return certificate == SIGNER

    async def check(self, file: Path, signed: Signed | None) -> Checked:
        """Find what was told."""
        assert file == Path("nowhere")
        assert signed is None or signed.certificate == SIGNER
        good = self.verdict is FirmwareVerdict.GOOD
        self.placing = self.offered if good else self.placing
        return Checked(self.verdict, self.offered if good else "", "" if good else "not good")

    async def make_way(self) -> str:
        """Go on."""
        return "there is no way to make"

    async def install(self, file: Path, progress: Progress = unheard) -> str:
        """Let the new version run after the next start."""
        assert file == Path("nowhere")
        for percent in self.percents:
            progress(percent)
        await self.clock.sleep(INSTALL_S)
        if not self.flaw:
            self.slots.install(self.placing)
        return self.flaw

    async def keep(self) -> str:
        """Keep it, unless told not to."""
        if not self.flaw:
            self.slots.keep()
        return self.flaw

    async def guard(self) -> None:
        """Guard nothing."""

    async def go_back(self) -> str:
        """Let the old version run after the next start."""
        if not self.flaw:
            self.slots.go_back()
        return self.flaw
