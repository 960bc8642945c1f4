"""The head of a package: what follows, for which product, and which version it is.

offset  bytes   all numbers big-endian, all texts printable ASCII filled up with zeros
     0      8   `LPFWPK02`
     8      2   length of the head, 160
    10      2   form of the package, 2
    12      4   flags: none has a meaning yet, so each must be 0
    16      8   length of the payload
    24      4   length of the seal, 0 without one
    28     32   product
    60     32   version
    92     32   the least version that it may follow, empty for any
   124     32   SHA-256 of the payload
   156      4   CRC-32 of all before
"""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import dataclass

from laadpaal.protocols.firmware.errors import Fault, PackageError
from laadpaal.protocols.firmware.versions import earlier

MAGIC = b"LPFWPK02"
FORM = 2
HEAD_BYTES = 160
LEAST_BYTES = HEAD_BYTES + 1
MOST_BYTES = 64 * 1024 * 1024
"""What one slot of the station holds, packed."""
MOST_SEAL_BYTES = 32 * 1024
_HEAD = struct.Struct(">8sHHIQI32s32s32s32sI")
_CRC_BYTES = 4
_NAME = re.compile(rb"([!-~]{1,32})\0*")
_MAYBE = re.compile(rb"([!-~]{0,32})\0*")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a package has to be to be installed here.

    Args:
        product: What the station calls what runs on it.
        running: The version that runs now.
        downgrade: Whether an earlier version may follow; the same one always may.
    """

    product: str
    running: str
    most_bytes: int = MOST_BYTES
    downgrade: bool = True


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of a package tells of it.

    Args:
        least_previous: The earliest version that it may follow; "" for any.
        digest: SHA-256 of the payload.
    """

    product: str
    version: str
    payload_bytes: int
    digest: bytes
    least_previous: str = ""
    seal_bytes: int = 0

    @property
    def file_bytes(self) -> int:
        """How long the whole package is."""
        return HEAD_BYTES + self.payload_bytes + self.seal_bytes

    @classmethod
    def read(cls, raw: bytes) -> Head:
        """Return the head that these bytes are, all of them; raises PackageError."""
        if len(raw) != HEAD_BYTES or not raw.startswith(MAGIC):
            raise PackageError(Fault.STRANGE, "this is no firmware package")
        _, length, form, flags, payload, seal, *names, digest, crc = _HEAD.unpack(raw)
        if crc != zlib.crc32(raw[:-_CRC_BYTES]):
            raise PackageError(Fault.STRANGE, "the head of the package is damaged (CRC)")
        if (length, form, flags) != (HEAD_BYTES, FORM, 0):
            raise PackageError(
                Fault.STRANGE,
                f"a head of {length} bytes in form {form} with flags {flags:#x} is none we know",
            )
        product, version = (_text(it, _NAME) for it in names[:2])
        return cls(product, version, payload, digest, _text(names[2], _MAYBE), seal)

    def judge(self, wanted: Wanted, announced: int | None = None) -> None:
        """Raise PackageError unless it may be installed there.

        `announced` is how many bytes the file has or will have, None when nobody can know.
        """
        if not self.payload_bytes:
            raise PackageError(Fault.TOO_SMALL, "the package has no payload")
        if self.seal_bytes > MOST_SEAL_BYTES:
            raise PackageError(Fault.TOO_LARGE, f"a seal of {self.seal_bytes} bytes is too large")
        if announced is not None and announced != self.file_bytes:
            why = f"the head announces {self.file_bytes} bytes, the file has {announced}"
            raise PackageError(Fault.INCOMPLETE, why)
        judge_size(self.file_bytes, wanted)
        if self.product != wanted.product:
            why = f"this is for {self.product}, and here runs {wanted.product}"
            raise PackageError(Fault.PRODUCT, why)
        self._judge_version(wanted)

    def _judge_version(self, wanted: Wanted) -> None:
        if earlier(wanted.running, self.least_previous):
            why = f"version {self.version} follows {self.least_previous} or later"
            raise PackageError(Fault.VERSION, f"{why}, and {wanted.running} runs")
        if not wanted.downgrade and earlier(self.version, wanted.running):
            why = f"version {self.version} is earlier than {wanted.running}, which runs"
            raise PackageError(Fault.VERSION, why)

    def bytes(self) -> bytes:
        """Return it as it stands in the file."""
        texts = (
            it.encode("ascii", "replace")
            for it in (self.product, self.version, self.least_previous)
        )
        raw = _HEAD.pack(
            MAGIC,
            HEAD_BYTES,
            FORM,
            0,
            self.payload_bytes,
            self.seal_bytes,
            *texts,
            self.digest,
            0,
        )[:-_CRC_BYTES]
        return raw + zlib.crc32(raw).to_bytes(_CRC_BYTES, "big")


def judge_size(size: int, wanted: Wanted) -> None:
    """Raise PackageError unless a package may have so many bytes (S9)."""
    if not LEAST_BYTES <= size <= wanted.most_bytes:
        fault = Fault.TOO_SMALL if size < LEAST_BYTES else Fault.TOO_LARGE
        why = f"rejected, size {size} not in [{LEAST_BYTES},{wanted.most_bytes}]"
        raise PackageError(fault, why)


def _text(raw: bytes, form: re.Pattern[bytes]) -> str:
    found = form.fullmatch(raw)
    if found is None:
        raise PackageError(Fault.STRANGE, "product and version are no texts of 1 to 32 characters")
    return found[1].decode("ascii")
