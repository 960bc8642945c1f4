"""Which bundles may come: their signature is RAUC's to judge, size and version are ours."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from laadpaal.ports.updater import Checked, Glance, blind
from laadpaal.protocols.firmware.errors import Fault, PackageError
from laadpaal.protocols.firmware.signature import signed as is_signed
from laadpaal.protocols.firmware.versions import earlier
from laadpaal.station.carriage import FirmwareVerdict, Signed
from laadpaal.updates.judge import digest_of_file
from laadpaal.updates.programs import ProgramError
from laadpaal.updates.rauc.program import Bundle, Rauc, System

LEAST_BYTES = 96
"""A bundle is a file system with a signature behind it, whose first block alone has as many."""
_VERSION = re.compile(r"[!-~]([ -~]{0,48}[!-~])?")
"""What a back office can be told of a version."""
_BAD_SIGNATURE = "signature verification failed"
"""How RAUC begins to say so."""


@dataclass(slots=True)
class ArrivingBundle:
    """Is an `Arriving`, of which only the size can be judged before it is whole."""

    judge: RaucJudge
    whole: int | None
    size: int = 0
    version: str = ""

    @property
    def welcome(self) -> bool:
        """Whether anything has come."""
        return self.size > 0

    def take(self, piece: bytes) -> None:
        """Count the next bytes."""
        self.size += len(piece)
        if self.whole is not None and self.size > self.whole:
            raise PackageError(Fault.INCOMPLETE, f"more than {self.whole} bytes came")
        if self.size > self.judge.most_bytes:
            self.judge.judge_size(self.size)

    def finish(self) -> None:
        """Compare the size with what was announced, and with what bundles have."""
        if self.whole is not None and self.size != self.whole:
            raise PackageError(Fault.INCOMPLETE, f"{self.size} of {self.whole} bytes came")
        self.judge.judge_size(self.size)

    async def vouched(self, file: Path) -> str:
        """Have RAUC look at it; return the version."""
        checked = await self.judge.check(file, None)
        if checked.verdict is not FirmwareVerdict.GOOD:
            bad_seal = checked.verdict is FirmwareVerdict.BAD_SIGNATURE
            raise PackageError(Fault.SEAL if bad_seal else Fault.STRANGE, checked.why)
        self.version = checked.version
        return self.version


@dataclass(frozen=True, slots=True)
class RaucJudge:
    """Is a `Judge`, and the `Inspector` of bundles that somebody brings.

    Args:
        most_bytes: How large a bundle may be.
        running: Returns the version that runs.
        downgrade: Tells whether an earlier version may follow.
        vouched: Tells whether an installed manufacturer root vouches for who signs whole files.
    """

    rauc: Rauc
    most_bytes: int
    running: Callable[[], str]
    downgrade: Callable[[], bool]
    vouched: Callable[[str], bool]

    def sizes(self) -> tuple[int, int]:
        """Return how many bytes a file has at least and at most."""
        return LEAST_BYTES, self.most_bytes

    def judge_size(self, size: int) -> None:
        """Raise PackageError unless a bundle may have so many bytes (S9)."""
        if not LEAST_BYTES <= size <= self.most_bytes:
            fault = Fault.TOO_SMALL if size < LEAST_BYTES else Fault.TOO_LARGE
            why = f"rejected, size {size} not in [{LEAST_BYTES},{self.most_bytes}]"
            raise PackageError(fault, why)

    def trusts(self, certificate: str) -> bool:
        """Tell whether an installed manufacturer root vouches for a signer, now."""
        return self.vouched(certificate)

    def glance(self) -> Glance:
        """Return what sees nothing, for only the size tells before a bundle is whole."""
        return blind

    def arriving(self, announced: int | None) -> ArrivingBundle:
        """Begin to look at a bundle that somebody brings; raises PackageError."""
        if announced is not None:
            self.judge_size(announced)
        return ArrivingBundle(self, announced)

    async def check(self, file: Path, signed: Signed | None) -> Checked:
        """Look at a whole file; the signature comes first, for it is over everything."""
        try:
            if not await asyncio.to_thread(self._signed, file, signed):
                return Checked(FirmwareVerdict.BAD_SIGNATURE, why="the signature is not good")
            bundle = await self.rauc.bundle(file)
            flaw = self._flaw(bundle, await self.rauc.system())
        except ProgramError as wrong:
            bad = str(wrong).startswith(_BAD_SIGNATURE)
            verdict = FirmwareVerdict.BAD_SIGNATURE if bad else FirmwareVerdict.BAD_IMAGE
            return Checked(verdict, why=str(wrong))
        except PackageError as wrong:
            return Checked(FirmwareVerdict.BAD_IMAGE, why=str(wrong))
        except OSError as wrong:
            return Checked(FirmwareVerdict.BAD_IMAGE, why=wrong.strerror or "the disk failed")
        if flaw:
            return Checked(FirmwareVerdict.BAD_IMAGE, why=flaw)
        return Checked(FirmwareVerdict.GOOD, bundle.version)

    def _signed(self, file: Path, signed: Signed | None) -> bool:
        self.judge_size(file.stat().st_size)
        return signed is None or is_signed(
            signed.certificate, signed.signature, digest_of_file(file)
        )

    def _flaw(self, bundle: Bundle, system: System) -> str:
        """Return why a bundle whose signature is good does not fit, or ""."""
        if bundle.compatible != system.compatible:
            return f"this is for {bundle.compatible}, and here is {system.compatible}"
        if not _VERSION.fullmatch(bundle.version):
            return "the bundle has no version of 1 to 50 printable characters"
        if not self.downgrade() and earlier(bundle.version, self.running()):
            return f"version {bundle.version} is earlier than {self.running()}, which runs"
        return ""
