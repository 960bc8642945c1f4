"""Packages: head, payload and seal are judged while they come, however they are cut (S9, S10)."""

from __future__ import annotations

import hashlib
import struct
import zlib
from dataclasses import replace

import pytest

from laadpaal.protocols.firmware.errors import Fault, PackageError
from laadpaal.protocols.firmware.head import (
    HEAD_BYTES,
    LEAST_BYTES,
    MOST_BYTES,
    MOST_SEAL_BYTES,
    Head,
    Wanted,
)
from laadpaal.protocols.firmware.package import Package, PackageReader, packed
from tests.support.packages import PRODUCT, sealed

PAYLOAD = b"payload" * 100
WHOLE = sealed("2.0.1", PAYLOAD)
WANTED = Wanted(PRODUCT, "1.5")
HEAD = Head.read(WHOLE[:HEAD_BYTES])


def read(whole: bytes, *, cut: int = 1 << 20, announced: int | None = None) -> Package:
    """Give a file to a reader in pieces of one size."""
    reader = PackageReader(WANTED, announced)
    for at in range(0, len(whole), cut):
        reader.take(whole[at : at + cut])
    return reader.finish()


def fault(whole: bytes, *, cut: int = 1 << 20, announced: int | None = None) -> Fault:
    """Return what is wrong with a file."""
    with pytest.raises(PackageError) as caught:
        read(whole, cut=cut, announced=announced)
    assert str(caught.value)
    return caught.value.fault


@pytest.mark.parametrize("cut", [1, 7, HEAD_BYTES - 1, HEAD_BYTES, HEAD_BYTES + 1, len(WHOLE)])
@pytest.mark.parametrize("announced", [None, len(WHOLE)])
def test_a_package_tells_what_is_in_it(cut: int, announced: int | None) -> None:
    """Whatever the pieces are, and whether or not somebody has told the size."""
    package = read(WHOLE, cut=cut, announced=announced)

    assert (package.head.product, package.head.version) == (PRODUCT, "2.0.1")
    assert package.head.digest == hashlib.sha256(PAYLOAD).digest()
    assert package.raw + PAYLOAD + package.seal == WHOLE


def test_a_package_without_a_seal_is_one() -> None:
    """Whether it may be installed is another question."""
    assert read(sealed("2.0.1", b"x", by=None)).seal == b""
    assert len(sealed("2.0.1", b"x", by=None)) == LEAST_BYTES


def raw(**changed: object) -> bytes:
    """Return a whole file whose head says something else, with a good CRC."""
    return replace(HEAD, **changed).bytes() + WHOLE[HEAD_BYTES:]  # type: ignore[arg-type]  # a test's


def forged(at: int, *text: int) -> bytes:
    """Return a whole file with other bytes in its head, and a CRC that fits."""
    head = bytearray(WHOLE[: HEAD_BYTES - 4])
    head[at : at + len(text)] = bytes(text)
    return bytes(head) + struct.pack(">I", zlib.crc32(head)) + WHOLE[HEAD_BYTES:]


@pytest.mark.parametrize(
    ("whole", "announced", "wrong"),
    [
        (b"", None, Fault.TOO_SMALL),
        (WHOLE[:1], None, Fault.TOO_SMALL),
        (WHOLE[: HEAD_BYTES - 1], None, Fault.TOO_SMALL),
        (WHOLE[:HEAD_BYTES], None, Fault.INCOMPLETE),
        (WHOLE[:-1], None, Fault.INCOMPLETE),
        (WHOLE + b"x", None, Fault.INCOMPLETE),
        (WHOLE[:-1], len(WHOLE), Fault.INCOMPLETE),
        (WHOLE + b"x", len(WHOLE), Fault.INCOMPLETE),
        (WHOLE, len(WHOLE) - 1, Fault.INCOMPLETE),
        (WHOLE, len(WHOLE) + 1, Fault.INCOMPLETE),
        (WHOLE, 0, Fault.TOO_SMALL),
        (WHOLE, HEAD_BYTES, Fault.TOO_SMALL),
        (WHOLE, MOST_BYTES + 1, Fault.TOO_LARGE),
        (WHOLE, 2**63, Fault.TOO_LARGE),
        (raw(payload_bytes=0), None, Fault.TOO_SMALL),
        (raw(payload_bytes=len(PAYLOAD) - 1), None, Fault.INCOMPLETE),
        (raw(payload_bytes=len(PAYLOAD) + 1), len(WHOLE), Fault.INCOMPLETE),
        (raw(payload_bytes=MOST_BYTES), None, Fault.TOO_LARGE),
        (raw(payload_bytes=2**64 - 1), None, Fault.TOO_LARGE),
        (raw(payload_bytes=2**64 - HEAD_BYTES), None, Fault.TOO_LARGE),
        (raw(seal_bytes=MOST_SEAL_BYTES + 1), None, Fault.TOO_LARGE),
        (raw(seal_bytes=2**32 - 1), None, Fault.TOO_LARGE),
        (raw(product="toaster"), None, Fault.PRODUCT),
        (raw(least_previous="1.6"), None, Fault.VERSION),
        (raw(digest=bytes(32)), None, Fault.DIGEST),
        (WHOLE.replace(b"payload", b"Payload", 1), None, Fault.DIGEST),
        (b"NOTOURS!" + WHOLE[8:], None, Fault.STRANGE),
        (b"LPFWPK01" + WHOLE[8:], None, Fault.STRANGE),
        (WHOLE[:-1], 1 << 20, Fault.INCOMPLETE),
        (b"no package at all" * 10, None, Fault.STRANGE),
        (WHOLE[:100] + b"?" + WHOLE[101:], None, Fault.STRANGE),
        (forged(9, 161), None, Fault.STRANGE),
        (forged(11, 3), None, Fault.STRANGE),
        (forged(15, 1), None, Fault.STRANGE),
        (forged(28, *bytes(32)), None, Fault.STRANGE),
        (forged(60, *b"a b"), None, Fault.STRANGE),
        (forged(60, *b"1\x001"), None, Fault.STRANGE),
        (forged(92, 0, *b"1"), None, Fault.STRANGE),
    ],
    ids=range(38),
)
@pytest.mark.parametrize("cut", [3, 1 << 20])
def test_what_cannot_be_right_is_found_out(
    whole: bytes, announced: int | None, wrong: Fault, cut: int
) -> None:
    """Too small, too large, lying, overflowing, foreign, damaged or for somebody else."""
    assert fault(whole, cut=cut, announced=announced) is wrong


@pytest.mark.parametrize("size", [LEAST_BYTES, MOST_BYTES])
def test_the_bounds_themselves_are_allowed(size: int) -> None:
    """The smallest has one byte of payload, the largest fills the slot."""
    replace(HEAD, payload_bytes=size - HEAD_BYTES, seal_bytes=0).judge(WANTED, size)


def test_the_head_is_judged_before_any_payload_comes() -> None:
    """At its last byte, so that nothing had to be erased (S9)."""
    reader = PackageReader(WANTED)
    whole = raw(product="toaster")
    reader.take(whole[: HEAD_BYTES - 1])
    assert reader.head is None

    with pytest.raises(PackageError, match="for toaster, and here runs laadpaal"):
        reader.take(whole[HEAD_BYTES - 1 : HEAD_BYTES])


def test_a_reader_tells_how_far_it_is() -> None:
    """Once the head or the sender has told how long the whole is."""
    reader = PackageReader(WANTED)
    told = [reader.whole]
    reader.take(WHOLE[:200])
    told.append(reader.whole)

    assert told == [None, len(WHOLE)]
    assert reader.size == 200
    assert PackageReader(WANTED, 500).whole == 500


@pytest.mark.parametrize(
    ("running", "downgrade", "least_previous", "fits"),
    [
        ("1.5", True, "", True),
        ("1.5", False, "", True),
        ("2.0.1", False, "", True),
        ("2.0.1-rc1", False, "", True),
        ("2.0.1-1", False, "", False),
        ("2.1", False, "", False),
        ("2.1", True, "", True),
        ("1.5", True, "1.5", True),
        ("1.4.9", True, "1.5", False),
    ],
)
def test_a_version_may_follow_or_not(
    running: str,
    downgrade: bool,  # noqa: FBT001  a parameter of the test
    least_previous: str,
    fits: bool,  # noqa: FBT001  a parameter of the test
) -> None:
    """The same one always, an earlier one unless the policy forbids, and never too big a leap."""
    head = replace(HEAD, least_previous=least_previous)
    wanted = Wanted(PRODUCT, running, downgrade=downgrade)
    if fits:
        head.judge(wanted)
    else:
        with pytest.raises(PackageError) as caught:
            head.judge(wanted)
        assert caught.value.fault is Fault.VERSION


@pytest.mark.parametrize(
    ("product", "version", "payload", "least"),
    [
        ("", "1", b"x", ""),
        ("laadpaal", "", b"x", ""),
        ("laadpaal", "1" * 33, b"x", ""),
        ("laadpaal", "1 0", b"x", ""),
        ("laadpaal", "\u00e9", b"x", ""),
        ("laadpaal", "1", b"x", "2" * 33),
        ("laadpaal", "1", b"", ""),
    ],
)
def test_what_cannot_be_read_is_not_packed(
    product: str, version: str, payload: bytes, least: str
) -> None:
    """Texts of 1 to 32 printable characters without spaces, and a payload."""
    with pytest.raises(PackageError):
        packed(product, version, payload, least_previous=least)
