"""Broken packages: nothing but a `PackageError` may come of them, and none of them is believed."""

from __future__ import annotations

import random
from contextlib import suppress

from fuzz.running import run
from laadpaal.protocols.firmware import seal
from laadpaal.protocols.firmware.errors import PackageError
from laadpaal.protocols.firmware.head import Wanted
from laadpaal.protocols.firmware.package import PackageReader, packed
from laadpaal.protocols.firmware.seal import Signer
from laadpaal.protocols.pki import Certificate, read_one
from laadpaal.simulation.authority import maker

PRODUCT = "laadpaal"
WANTED = Wanted(PRODUCT, "1.0", most_bytes=5_000)
BITS = (b"", b"\0", b"\xff" * 8, b"LPFWPK02", b"-----END CERTIFICATE-----\n", b"x" * 200)

Lots = random.Random


def fuzz(count: int, seed: int) -> int:
    """Feed so many files; return how many were whole packages under another seal."""
    lots, made = Lots(seed), maker()
    good = packed(PRODUCT, "2.0", b"payload" * 20, signer=Signer(made.key, made.chain))
    root, whole = read_one(made.root), 0
    for _ in range(count):
        file = mutated(good, lots)
        with suppress(PackageError):  # that is what it documents
            whole += read(file, lots, root, believed=file == good)
    return whole


def read(file: bytes, lots: Lots, root: Certificate, *, believed: bool) -> int:
    """Give a file in two pieces, announced or not; return 1 when it is whole but not sealed."""
    reader = PackageReader(WANTED, lots.choice((None, len(file))))
    cut = lots.randrange(len(file) + 1)
    reader.take(file[:cut])
    reader.take(file[cut:])
    package = reader.finish()
    flaw = seal.flaw(package.raw, package.seal, [root], None)
    # Zeros at the end of a seal are nobody's, so a file with other ones may be good too.
    assert believed or flaw or file.rstrip(b"\0") != file, "a forgery is believed"  # noqa: S101  what is sought
    return 1 if flaw else 0


def mutated(file: bytes, lots: Lots) -> bytes:
    """Return a file after an accident or a few."""
    for _ in range(lots.randint(0, 2)):
        at, end = sorted(lots.randrange(len(file) + 1) for _ in range(2))
        file = lots.choice(
            (
                file[:at] + file[min(end, at + 8) :],
                file[:at] + lots.choice(BITS) + file[at:],
                file[:at] + bytes([lots.randrange(256)]) + file[at + 1 :],
            )
        )
    return file


if __name__ == "__main__":
    run("firmware", __doc__, lambda *lots: f"{fuzz(*lots)} of them were whole under another seal")
