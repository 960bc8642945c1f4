"""Frames of the chip, out of whatever else is on the line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laadpaal.protocols.pn532 import ABORT, WAKE, Frames, Signal, framed
from laadpaal.protocols.pn532.frames import LONGEST

ASK = bytes.fromhex("0000ff 02 fe d4 02 2a 00".replace(" ", ""))
"""The host asks for the firmware."""
TOLD = bytes.fromhex("0000ff06fad50332010607e800")
"""And is told of version 1.6."""
ERROR = bytes.fromhex("0000ff01ff7f8100")
SIZES = st.binary(min_size=1, max_size=LONGEST)


def test_a_frame_is_made_and_read() -> None:
    """Lengths, sums and what is around them are those of the user manual."""
    frames = Frames()

    assert framed(b"\xd4\x02") == ASK
    assert frames.feed(ASK + TOLD + ERROR) == (
        b"\xd4\x02",
        bytes.fromhex("d50332010607"),
        b"\x7f",
    )
    assert frames.refused == 0


def test_signals_are_frames_that_carry_nothing() -> None:
    """That a command has come through, and that a frame shall be said again."""
    assert bytes.fromhex("0000ff00ff00") == ABORT
    assert Frames().feed(ABORT + bytes.fromhex("0000ffff0000") + ABORT) == (
        Signal.ACK,
        Signal.NACK,
        Signal.ACK,
    )


def test_a_long_frame_has_another_head() -> None:
    """Its length has two bytes of its own; the longest of the others has 255."""
    short, long = bytes([0xD5]) * 255, bytes([0xD5]) * 256

    assert framed(short)[:5] == bytes.fromhex("0000ffff01")
    assert framed(long)[:8] == bytes.fromhex("0000ffffff0100ff")
    assert Frames().feed(framed(short) + framed(long)) == (short, long)


@given(st.lists(SIZES, max_size=5), st.integers(1, 50))
def test_it_matters_not_how_bytes_arrive(data: list[bytes], size: int) -> None:
    """One by one or all together, what was sent is what is found."""
    wire = b"".join(framed(one) for one in data)
    pieces = [wire[at : at + size] for at in range(0, len(wire), size)]
    frames = Frames()

    assert [one for piece in pieces for one in frames.feed(piece)] == data
    assert frames.refused == 0


@given(st.lists(st.binary(max_size=400), max_size=30))
def test_noise_takes_no_memory(pieces: list[bytes]) -> None:
    """Whatever comes, no more than one frame is kept, and nothing is raised."""
    frames = Frames()
    for piece in pieces:
        frames.feed(piece)
        assert frames.held <= LONGEST + 8


@given(st.binary(max_size=60), SIZES)
def test_a_frame_is_found_after_noise(noise: bytes, data: bytes) -> None:
    """At the latest when so much has come after it that the noise can be no frame any more."""
    frames = Frames()
    found = frames.feed(noise + framed(data) + bytes(LONGEST + 8))

    assert data in found


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        (TOLD[:-2] + b"\xe7\x00", "sum"),
        (TOLD[:4] + b"\xfb" + TOLD[5:], "length"),
        (bytes.fromhex("0000ff0000d50000"), "length"),
        (bytes.fromhex("0000ffffff010a"), ""),
        (bytes.fromhex("0000ffffff010af6d5"), "length"),
        (bytes.fromhex("0000ffffff0100fed5"), "length"),
    ],
)
def test_a_broken_frame_is_passed_over(broken: bytes, why: str) -> None:
    """What was wrong is told, and the frame after it is found."""
    frames = Frames()

    assert frames.feed(broken) == ()
    assert (why in frames.flaw) is True
    assert frames.refused == bool(why)
    frames.forget()
    assert frames.feed(TOLD) == (bytes.fromhex("d50332010607"),)


def test_half_a_frame_can_be_forgotten() -> None:
    """The next one is then not taken for its rest."""
    frames = Frames()
    frames.feed(TOLD[:7])
    assert frames.held == 6
    frames.forget()

    assert frames.feed(ASK) == (b"\xd4\x02",)


def test_waking_disturbs_nobody() -> None:
    """To a chip that is awake it is noise before a frame."""
    assert Frames().feed(WAKE + ASK) == (b"\xd4\x02",)
