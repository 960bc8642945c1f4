"""Frames of Modbus over TCP: cut out of a stream, in whatever pieces it comes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laadpaal.protocols.modbus.frames import LONGEST_PDU, Frame, FrameError, Frames

FRAMES = st.lists(
    st.builds(
        Frame,
        st.integers(0, 0xFFFF),
        st.integers(0, 0xFF),
        st.binary(min_size=1, max_size=LONGEST_PDU),
    ),
    max_size=5,
)


@given(frames=FRAMES, size=st.integers(1, 300))
def test_frames_come_out_as_they_went_in(frames: list[Frame], size: int) -> None:
    """Split anywhere, or several in one piece."""
    stream, taker = b"".join(frame.rendered() for frame in frames), Frames()
    pieces = [stream[at : at + size] for at in range(0, len(stream), size)]

    assert [frame for piece in pieces for frame in taker.take(piece)] == frames


@pytest.mark.parametrize(
    ("head", "why"),
    [
        ("0001 0001 0006 01", "protocol 1 is not Modbus"),
        ("4745 5420 2f20 48", "protocol 21536 is not Modbus"),
        ("0001 0000 0001 01", "no frame has 1 bytes"),
        ("0001 0000 0000 01", "no frame has 0 bytes"),
        ("0001 0000 00ff 01", "no frame has 255 bytes"),
        ("0001 0000 ffff 01", "no frame has 65535 bytes"),
    ],
)
def test_what_is_no_frame_is_refused_by_its_head(head: str, why: str) -> None:
    """Nobody waits for what such a length announces."""
    with pytest.raises(FrameError, match=why):
        Frames().take(bytes.fromhex(head))


def test_frames_before_a_broken_one_are_lost_with_it() -> None:
    """Whoever sends it is let go, and asks anew."""
    good = Frame(1, 1, bytes((3, 0, 100, 0, 1))).rendered()

    with pytest.raises(FrameError):
        Frames().take(good + bytes.fromhex("0002 0009 0006 01"))
