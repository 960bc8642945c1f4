"""The local way in for firmware, by the slot in memory that neighbours test against."""

from __future__ import annotations

import pytest

from laadpaal.ports.updates import GOOD, Flaw, UploadSlot, Verdict
from laadpaal.station.carriage import UpdateCode
from tests.support.upload_slot import LEAST_BYTES, MOST_BYTES, VERSION, MemorySlot


def test_the_codes_are_those_that_installers_tools_know() -> None:
    """Seventeen in a row, from rolled back to digested."""
    assert [code.value for code in UpdateCode] == list(range(-4, 13))


async def test_a_whole_file_is_kept_and_the_slot_is_free_again() -> None:
    """However it was cut."""
    slot = MemorySlot()
    way_in: UploadSlot = slot

    assert await way_in.begin(10) == GOOD
    assert [await way_in.take(piece) for piece in (b"01", b"23456", b"")] == [GOOD] * 3
    assert (way_in.code, way_in.progress) == (UpdateCode.DOWNLOADING, 70)
    assert (await way_in.begin(10)).flaw is Flaw.BUSY
    assert await way_in.take(b"789") == GOOD
    assert await way_in.finish() == Verdict(version=VERSION)
    assert (slot.whole, way_in.receiving, way_in.progress) == (b"0123456789", False, 100)


@pytest.mark.parametrize(
    ("announced", "flaw"),
    [(0, Flaw.TOO_SMALL), (LEAST_BYTES - 1, Flaw.TOO_SMALL), (MOST_BYTES + 1, Flaw.TOO_LARGE)],
)
async def test_the_size_is_judged_before_any_payload(announced: int, flaw: Flaw) -> None:
    """And nothing has begun."""
    slot = MemorySlot()
    verdict = await slot.begin(announced)

    assert (verdict.flaw, verdict.good, slot.receiving) == (flaw, False, False)
    assert str(announced) in verdict.why


@pytest.mark.parametrize(
    ("announced", "came", "flaw"),
    [(5, 6, Flaw.INCOMPLETE), (5, 4, Flaw.INCOMPLETE), (None, MOST_BYTES + 1, Flaw.TOO_LARGE)],
)
async def test_another_number_of_bytes_ends_it(
    announced: int | None, came: int, flaw: Flaw
) -> None:
    """At the first byte too many, and at the end."""
    slot = MemorySlot()
    await slot.begin(announced)
    verdict = await slot.take(bytes(came))
    if verdict.good:
        verdict = await slot.finish()

    assert (verdict.flaw, slot.receiving, slot.whole) == (flaw, False, b"")


async def test_fault_is_found_in_header_and_whole_as_told() -> None:
    """Either ends the upload."""
    slot = MemorySlot(header_flaw=Flaw.BAD_PACKAGE)
    await slot.begin(None)
    assert (await slot.take(bytes(LEAST_BYTES - 1))).good
    assert (await slot.take(b"x")).flaw is Flaw.BAD_PACKAGE

    slot = MemorySlot(flaw=Flaw.BAD_SIGNATURE)
    await slot.begin(None)
    await slot.take(bytes(LEAST_BYTES))
    assert (await slot.finish()).flaw is Flaw.BAD_SIGNATURE
    assert slot.code is UpdateCode.DOWNLOAD_ERROR


async def test_what_is_aborted_is_forgotten() -> None:
    """Once; there is nothing to abort the second time."""
    slot = MemorySlot()
    await slot.begin(None)
    await slot.take(b"01")
    await slot.abort("the sender has gone")
    await slot.abort("again")

    assert (slot.aborted, slot.receiving) == (["the sender has gone"], False)
    assert (await slot.begin(None)).good


async def test_an_update_under_way_is_not_disturbed() -> None:
    """The upload is refused, and begins nothing."""
    slot = MemorySlot(busy=True)

    assert (await slot.begin(None)).flaw is Flaw.BUSY
    assert not slot.receiving
