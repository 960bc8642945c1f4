"""A firmware package: a head that tells what follows, the payload, and the seal over both."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from laadpaal.protocols.firmware.errors import Fault, PackageError
from laadpaal.protocols.firmware.head import HEAD_BYTES, Head, Wanted, judge_size
from laadpaal.protocols.firmware.seal import Signer


@dataclass(frozen=True, slots=True)
class Package:
    """A package that is whole; `raw` is its head as it came, which the seal is over."""

    head: Head
    raw: bytes
    seal: bytes


class PackageReader:
    """Judges a package while it comes, however it was cut; its payload is not kept.

    Every step raises PackageError at the first byte that cannot be right.

    Args:
        announced: Bytes of the whole file; None when nobody can know.
    """

    def __init__(self, wanted: Wanted, announced: int | None = None) -> None:
        if announced is not None:
            judge_size(announced, wanted)
        self._wanted = wanted
        self._announced = announced
        self._raw = b""
        self._digest = hashlib.sha256()
        self._seal = bytearray()
        self.size = 0
        """How many bytes have come."""
        self.head: Head | None = None
        """Known, and found good, as soon as all its bytes are there."""

    @property
    def whole(self) -> int | None:
        """How many bytes there will be, as soon as anybody has told."""
        return self.head.file_bytes if self.head else self._announced

    def take(self, piece: bytes) -> None:
        """Look at the next bytes."""
        at, self.size = self.size, self.size + len(piece)
        if self.head is None:
            missing = HEAD_BYTES - at
            self._raw += piece[:missing]
            at, piece = at + missing, piece[missing:]
            if len(self._raw) == HEAD_BYTES:
                self.head = self._judged()
        self._bound()
        if self.head and piece:
            self._body(self.head, at - HEAD_BYTES, piece)

    def _judged(self) -> Head:
        head = Head.read(self._raw)
        head.judge(self._wanted, self._announced)
        return head

    def _bound(self) -> None:
        if self.whole is not None and self.size > self.whole:
            raise PackageError(Fault.INCOMPLETE, f"more than {self.whole} bytes came")

    def _body(self, head: Head, at: int, piece: bytes) -> None:
        payload = piece[: max(0, head.payload_bytes - at)]
        self._digest.update(payload)
        self._seal += piece[len(payload) :]

    def finish(self) -> Package:
        """Return what came, when it is all there and the payload is what the head says."""
        if self.head is None:
            judge_size(self.size, self._wanted)
            raise PackageError(Fault.STRANGE, "this is no firmware package")
        if self.size != self.head.file_bytes:
            why = f"{self.size} of {self.head.file_bytes} bytes came"
            raise PackageError(Fault.INCOMPLETE, why)
        if self._digest.digest() != self.head.digest:
            raise PackageError(Fault.DIGEST, "the payload is not what the head says")
        return Package(self.head, self._raw, bytes(self._seal))


def packed(
    product: str,
    version: str,
    payload: bytes,
    *,
    least_previous: str = "",
    signer: Signer | None = None,
) -> bytes:
    """Return a whole package, sealed when there is a signer.

    Raises:
        PackageError: A text has no room in the head, or there is no payload.
    """
    digest = hashlib.sha256(payload).digest()
    seal_bytes = signer.seal_bytes if signer else 0
    head = Head(product, version, len(payload), digest, least_previous, seal_bytes)
    raw = head.bytes()
    # Whoever packs finds out what whoever unpacks would say.
    if Head.read(raw) != head:
        why = "product and version are no texts of 1 to 32 characters"
        raise PackageError(Fault.STRANGE, why)
    head.judge(Wanted(product, least_previous or version))
    return raw + payload + (signer.seal(raw) if signer else b"")
