"""A firmware package: a short head that tells what follows, and the payload.

offset  bytes
     0      8  `LPFWPK01`: ours, and the first form of it
     8     32  version, printable ASCII, filled up with zeros
    40      8  length of the payload, big-endian
    48     32  SHA-256 of the payload
    80         the payload
"""

from __future__ import annotations

import hashlib
import re
import struct
from dataclasses import dataclass

MAGIC = b"LPFWPK01"
HEAD_BYTES = 80
LEAST_BYTES = HEAD_BYTES + 1
MOST_BYTES = 64 * 1024 * 1024
"""What one slot of the station holds."""
_HEAD = struct.Struct(">8s32sQ32s")
_VERSION = re.compile(rb"([!-~]{1,32})\0*")


class PackageError(ValueError):
    """A file is no package of ours, or not all of one; the text says why."""


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of a package tells of it."""

    version: str
    payload_bytes: int
    digest: bytes

    @classmethod
    def read(cls, head: bytes, file_bytes: int) -> Head:
        """Return the head of a file of that many bytes; raises PackageError.

        The sizes are judged before anything of the payload is read.
        """
        if not LEAST_BYTES <= file_bytes <= MOST_BYTES:
            raise PackageError(f"rejected, size {file_bytes} not in [{LEAST_BYTES},{MOST_BYTES}]")
        if len(head) < HEAD_BYTES:
            raise PackageError("the file is shorter than it says")
        magic, version, payload_bytes, digest = _HEAD.unpack(head[:HEAD_BYTES])
        named = _VERSION.fullmatch(version)
        if magic != MAGIC or named is None:
            raise PackageError("this is no firmware package")
        if HEAD_BYTES + payload_bytes != file_bytes:
            raise PackageError(
                f"the head announces {payload_bytes} bytes, {file_bytes - HEAD_BYTES} follow"
            )
        return cls(named[1].decode(), payload_bytes, digest)


def packed(version: str, payload: bytes) -> bytes:
    """Return a whole package.

    Raises:
        PackageError: The version has no room in the head, or there is no payload.
    """
    name = version.encode("ascii", "replace")
    if not _VERSION.fullmatch(name) or not payload:
        raise PackageError("a package needs a version of 1 to 32 characters, and a payload")
    return _HEAD.pack(MAGIC, name, len(payload), hashlib.sha256(payload).digest()) + payload
