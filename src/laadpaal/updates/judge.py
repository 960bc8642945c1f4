"""Who may bring which package: its form, its version, and whose seal it bears."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from laadpaal.ports.updater import Checked, Glance
from laadpaal.protocols.firmware import seal
from laadpaal.protocols.firmware.errors import Fault, PackageError
from laadpaal.protocols.firmware.head import HEAD_BYTES, LEAST_BYTES, Wanted
from laadpaal.protocols.firmware.package import Package, PackageReader
from laadpaal.protocols.firmware.signature import signed as is_signed
from laadpaal.protocols.pki import Certificate, PkiError, flaw_of, read_chain, read_one
from laadpaal.station.carriage import FirmwareVerdict, Signed

PIECE = 64 * 1024


@dataclass(frozen=True, slots=True)
class Bar:
    """What a package is measured by now; a thread may hold on to it.

    Args:
        roots: Of manufacturers that are installed here.
        at: The instant in UTC seconds; None judges no dates.
    """

    wanted: Wanted
    roots: tuple[Certificate, ...]
    at: float | None

    def sealed(self, package: Package) -> None:
        """Raise PackageError unless a manufacturer whose root is installed has sealed it."""
        if not self.roots:
            raise PackageError(Fault.SEAL, "no manufacturer root is installed to judge the seal by")
        why = seal.flaw(package.raw, package.seal, self.roots, self.at)
        if why:
            raise PackageError(Fault.SEAL, why)

    def read(self, file: Path) -> Package:
        """Return a file as a package; raises PackageError, and OSError when it cannot be read."""
        reader = PackageReader(self.wanted, file.stat().st_size)
        with file.open("rb") as opened:
            while piece := opened.read(PIECE):
                reader.take(piece)
        return reader.finish()

    def checked(self, file: Path, signed: Signed | None) -> Checked:
        """Look at a whole file; the signature comes first, for it is over everything.

        The seal is judged as soon as there is a root to judge it by.
        """
        try:
            if signed and not is_signed(signed.certificate, signed.signature, digest_of_file(file)):
                return Checked(FirmwareVerdict.BAD_SIGNATURE, why="the signature is not good")
            package = self.read(file)
            if self.roots:
                self.sealed(package)
        except PackageError as wrong:
            bad_seal = wrong.fault is Fault.SEAL
            verdict = FirmwareVerdict.BAD_SIGNATURE if bad_seal else FirmwareVerdict.BAD_IMAGE
            return Checked(verdict, why=str(wrong))
        except OSError as wrong:
            return Checked(FirmwareVerdict.BAD_IMAGE, why=wrong.strerror or "the disk failed")
        return Checked(FirmwareVerdict.GOOD, package.head.version)


@dataclass(slots=True)
class ArrivingPackage:
    """Is an `Arriving`: its head is judged as soon as it is whole, its seal at the end.

    Args:
        bar: Returns what it is measured by at that moment.
    """

    reader: PackageReader
    bar: Callable[[], Bar]
    _package: Package | None = field(default=None, init=False)

    @property
    def size(self) -> int:
        """How many bytes have come."""
        return self.reader.size

    @property
    def whole(self) -> int | None:
        """How many bytes there will be, as soon as anybody has told."""
        return self.reader.whole

    @property
    def version(self) -> str:
        """What its head says."""
        return self.reader.head.version if self.reader.head else ""

    @property
    def welcome(self) -> bool:
        """Whether its head is good."""
        return self.reader.head is not None

    def take(self, piece: bytes) -> None:
        """Look at the next bytes."""
        self.reader.take(piece)

    def finish(self) -> None:
        """Compare length and digest with what the head says."""
        self._package = self.reader.finish()

    async def vouched(self, _: Path) -> str:
        """Judge the seal, which was kept as it came; return the version."""
        if self._package is None:
            raise AssertionError("it has not come whole")
        self.bar().sealed(self._package)
        return self.version


@dataclass(frozen=True, slots=True)
class PackageJudge:
    """Is a `Judge`, and the `Inspector` of packages that somebody brings.

    Args:
        wanted: Returns what a package has to be; asked anew for each, as are the others.
        roots: Returns the roots of manufacturers that are installed, in PEM.
        utc: Tells the time in UTC seconds; None while nobody knows it.
    """

    wanted: Callable[[], Wanted]
    roots: Callable[[], tuple[str, ...]]
    utc: Callable[[], float | None]

    @property
    def bar(self) -> Bar:
        """What a package is measured by now; the vault keeps no root that cannot be read."""
        roots = tuple(read_one(root) for root in self.roots())
        return Bar(self.wanted(), roots, self.utc())

    def sizes(self) -> tuple[int, int]:
        """Return how many bytes a file has at least and at most."""
        return LEAST_BYTES, self.wanted().most_bytes

    def trusts(self, certificate: str) -> bool:
        """Tell whether an installed manufacturer root vouches for a signer, now."""
        bar = self.bar
        try:
            return flaw_of(read_chain(certificate), bar.roots, bar.at) is None
        except PkiError:
            return False

    def arriving(self, announced: int | None) -> ArrivingPackage:
        """Begin to look at a package that somebody brings, as only who is known may.

        Raises:
            PackageError: Nobody could vouch for it, or it has a size that no package has.
        """
        bar = self.bar
        if not bar.roots:
            why = "no manufacturer root is installed, so nobody can vouch for a package"
            raise PackageError(Fault.SEAL, why)
        return ArrivingPackage(PackageReader(bar.wanted, announced), lambda: self.bar)

    def glance(self) -> Glance:
        """Return what looks at the head of a package that is fetched.

        Its size is not compared: of a file that was tampered with, the signature is to tell.
        """
        reader = PackageReader(self.wanted())
        return lambda piece: reader.take(piece[: HEAD_BYTES - reader.size])

    async def check(self, file: Path, signed: Signed | None) -> Checked:
        """Look at a whole file."""
        return await asyncio.to_thread(self.bar.checked, file, signed)


def digest_of_file(file: Path) -> bytes:
    """Return the SHA-256 of a whole file; raises OSError."""
    digest = hashlib.sha256()
    with file.open("rb") as opened:
        while piece := opened.read(PIECE):
            digest.update(piece)
    return digest.digest()
