"""An installer without a second slot: it remembers which version was put in place."""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from laadpaal.ports.updater import Checked
from laadpaal.protocols.firmware import package, signature
from laadpaal.protocols.firmware.package import Head, PackageError
from laadpaal.station.carriage import FirmwareVerdict, Signed

PIECE = 64 * 1024


@dataclass(frozen=True, slots=True)
class SimulatedUpdater:
    """Is an `Updater`.

    Args:
        installed: The file that holds the version which runs after the next start.
        built_in: The version that runs until something was installed.
        vouched: Tells whether a manufacturer vouches for a signer.
    """

    installed: Path
    built_in: str
    vouched: Callable[[str], bool]

    def version(self) -> str:
        """Return the version that runs."""
        try:
            return self.installed.read_text(encoding="ascii").strip() or self.built_in
        except (OSError, UnicodeDecodeError):
            return self.built_in

    def sizes(self) -> tuple[int, int]:
        """Return how many bytes a file has at least and at most."""
        return package.LEAST_BYTES, package.MOST_BYTES

    def trusts(self, certificate: str) -> bool:
        """Tell whether an installed manufacturer root vouches for a signer, now."""
        return self.vouched(certificate)

    async def check(self, file: Path, signed: Signed | None) -> Checked:
        """Look at a whole file; the signature comes first, for it is over everything."""
        return await asyncio.to_thread(_checked, file, signed)

    async def install(self, file: Path) -> str:
        """Put the file in place; return "" or why the old version stays."""
        return await asyncio.to_thread(self._installed, file)

    def _installed(self, file: Path) -> str:
        try:
            _replace(self.installed, _read(file).version)
        except PackageError as wrong:
            return str(wrong)
        except OSError as wrong:
            return wrong.strerror or "the disk failed"
        return ""


def _checked(file: Path, signed: Signed | None) -> Checked:
    try:
        if signed and not signature.signed(signed.certificate, signed.signature, _digest(file)):
            return Checked(FirmwareVerdict.BAD_SIGNATURE, why="the signature is not good")
        return Checked(FirmwareVerdict.GOOD, _read(file).version)
    except PackageError as wrong:
        return Checked(FirmwareVerdict.BAD_IMAGE, why=str(wrong))
    except OSError as wrong:
        return Checked(FirmwareVerdict.BAD_IMAGE, why=wrong.strerror or "the disk failed")


def _read(file: Path) -> Head:
    """Return the head of a package whose payload is what the head says; raises PackageError."""
    with file.open("rb") as opened:
        head = Head.read(opened.read(package.HEAD_BYTES), file.stat().st_size)
    if _digest(file, package.HEAD_BYTES) != head.digest:
        raise PackageError("the payload is not what the head says")
    return head


def _digest(file: Path, offset: int = 0) -> bytes:
    digest = hashlib.sha256()
    with file.open("rb") as opened:
        opened.seek(offset)
        while piece := opened.read(PIECE):
            digest.update(piece)
    return digest.digest()


def _replace(path: Path, text: str) -> None:
    """Let a file hold this text and no other, whenever the power goes."""
    part = path.with_name(f"{path.name}.part")
    number = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(number, "w", encoding="ascii") as opened:
        opened.write(text)
        opened.flush()
        os.fsync(number)
    part.replace(path)
