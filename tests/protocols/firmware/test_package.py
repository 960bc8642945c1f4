"""Firmware packages: the head is judged before the payload is looked at."""

from __future__ import annotations

import hashlib
import struct

import pytest

from laadpaal.protocols.firmware.package import (
    HEAD_BYTES,
    LEAST_BYTES,
    MOST_BYTES,
    Head,
    PackageError,
    packed,
)

PAYLOAD = b"payload" * 100
WHOLE = packed("2.0.1-rc1", PAYLOAD)


def test_a_package_tells_what_is_in_it() -> None:
    """Version, size and SHA-256 of the payload, and then the payload."""
    head = Head.read(WHOLE[:HEAD_BYTES], len(WHOLE))

    assert head == Head("2.0.1-rc1", len(PAYLOAD), hashlib.sha256(PAYLOAD).digest())
    assert WHOLE[HEAD_BYTES:] == PAYLOAD


def lying(announced: int) -> bytes:
    """Return a head that announces another size."""
    return WHOLE[:40] + struct.pack(">Q", announced) + WHOLE[48:HEAD_BYTES]


@pytest.mark.parametrize(
    ("head", "file_bytes", "why"),
    [
        (b"", 0, "not in"),
        (WHOLE[:1], 1, "not in"),
        (WHOLE[: HEAD_BYTES - 1], HEAD_BYTES - 1, "not in"),
        (WHOLE[:HEAD_BYTES], HEAD_BYTES, "not in"),
        (WHOLE[:HEAD_BYTES], MOST_BYTES + 1, "not in"),
        (WHOLE[:HEAD_BYTES], 2**63, "not in"),
        (WHOLE[:HEAD_BYTES], len(WHOLE) - 1, "announces"),
        (WHOLE[:HEAD_BYTES], len(WHOLE) + 1, "announces"),
        (WHOLE[: HEAD_BYTES - 1], len(WHOLE), "shorter"),
        (lying(0), len(WHOLE), "announces"),
        (lying(2**64 - 1), len(WHOLE), "announces"),
        (lying(2**64 - HEAD_BYTES), len(WHOLE), "announces"),
        (b"NOTOURS!" + WHOLE[8:HEAD_BYTES], len(WHOLE), "no firmware package"),
        (WHOLE[:8] + bytes(32) + WHOLE[40:HEAD_BYTES], len(WHOLE), "no firmware package"),
        (WHOLE[:8] + b"1\0001" + bytes(29) + WHOLE[40:HEAD_BYTES], len(WHOLE), "no firmware"),
        (WHOLE[:8] + b"a b" + bytes(29) + WHOLE[40:HEAD_BYTES], len(WHOLE), "no firmware package"),
    ],
)
def test_sizes_and_head_are_judged(head: bytes, file_bytes: int, why: str) -> None:
    """Too small, too large, lying, foreign, or without a version (S9)."""
    with pytest.raises(PackageError, match=why):
        Head.read(head, file_bytes)


@pytest.mark.parametrize("size", [LEAST_BYTES, MOST_BYTES])
def test_the_bounds_themselves_are_allowed(size: int) -> None:
    """The smallest has one byte of payload, the largest fills the slot."""
    assert Head.read(lying(size - HEAD_BYTES), size).payload_bytes == size - HEAD_BYTES


@pytest.mark.parametrize(
    ("version", "payload"), [("", b"x"), ("1" * 33, b"x"), ("1 0", b"x"), ("1", b"")]
)
def test_what_cannot_be_read_is_not_packed(version: str, payload: bytes) -> None:
    """A version of 1 to 32 printable characters without spaces, and a payload."""
    with pytest.raises(PackageError):
        packed(version, payload)
