"""Telegrams are found in whatever a line brings."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from laadpaal.protocols.p1 import VARIANTS, Telegram, TelegramReader
from laadpaal.protocols.p1.reader import LONGEST
from tests.protocols.p1.telegrams import DSMR_5, KEY, sealed, telegram

V5, LU = VARIANTS["5"], VARIANTS["lu"]
WHOLE = telegram(*DSMR_5)
FRAME = sealed(WHOLE)


def numbered(count: int) -> list[bytes]:
    """Return telegrams that differ."""
    return [telegram(f"1-0:1.7.0({number:06.3f}*kW)") for number in range(count)]


def powers(telegrams: tuple[Telegram, ...]) -> list[float | None]:
    """Return the power that each tells, in kW."""
    return [None if it.power_in_w is None else it.power_in_w / 1000 for it in telegrams]


def test_one_after_the_other() -> None:
    """Several telegrams in one piece come out in order."""
    assert powers(TelegramReader(V5).feed(b"".join(numbered(5)))) == [0, 1, 2, 3, 4]


@settings(deadline=None)
@given(st.lists(st.integers(0, 3 * len(WHOLE)), max_size=8))
def test_in_any_pieces(cuts: list[int]) -> None:
    """However the bytes are cut, the telegrams are the same."""
    stream, reader = WHOLE * 3, TelegramReader(V5)
    ends = [0, *sorted(cuts), len(stream)]
    found = [it for start, end in pairwise(ends) for it in reader.feed(stream[start:end])]

    assert found == list(TelegramReader(V5).feed(WHOLE)) * 3
    assert (reader.refused, reader.held) == (0, 0)


def test_byte_by_byte() -> None:
    """The smallest pieces will do."""
    reader = TelegramReader(V5)
    found = [it for byte in WHOLE for it in reader.feed(bytes([byte]))]

    assert len(found) == 1


def test_it_begins_in_the_middle() -> None:
    """A reader that is plugged in within a telegram waits for the next."""
    reader = TelegramReader(V5)

    assert len(reader.feed(WHOLE[300:] + WHOLE)) == 1
    assert reader.refused == 0


def test_garbage_between() -> None:
    """Noise before and after costs nothing but what it hits."""
    noise = b"\x00\xff/!\r\n!AAAA\r\n1-0:1.7.0(\x80"

    assert len(TelegramReader(V5).feed(noise + WHOLE + noise + WHOLE)) == 2


def test_a_broken_sum_is_refused() -> None:
    """The telegram is passed over, and the flaw is told."""
    reader = TelegramReader(V5)

    assert reader.feed(WHOLE.replace(b"(230.0", b"(330.0") + WHOLE) == reader.feed(WHOLE)
    assert reader.refused == 1
    assert "its sum is" in reader.flaw


def test_half_telegrams_for_ever() -> None:
    """A loose wire gives beginnings without ends: none is a telegram, and memory stays small."""
    reader = TelegramReader(V5)

    for _ in range(1000):
        assert reader.feed(WHOLE[:500]) == ()
        assert reader.held <= 500
    assert reader.refused == 999
    assert "breaks off" in reader.flaw
    assert len(reader.feed(WHOLE)) == 1


def test_a_half_and_a_whole_one_at_once() -> None:
    """The half before a whole one costs only itself."""
    reader = TelegramReader(V5)

    assert len(reader.feed(WHOLE[:500] + WHOLE)) == 1
    assert reader.refused == 1


def test_a_telegram_without_an_end() -> None:
    """What goes on and on is dropped, by its lines or by its length."""
    reader = TelegramReader(V5)
    reader.feed(b"/LPX5x\r\n" + b"x" * 2200)

    assert (reader.held, reader.refused, reader.flaw) == (0, 1, "it has no end")
    reader.feed(b"/LPX5x\r\n" + b"1-0:1.7.0(1*kW)\r\n" * 1000)
    assert reader.refused == 2
    assert reader.held <= LONGEST


def test_forgetting() -> None:
    """What came before the line was lost belongs to no telegram after it."""
    reader = TelegramReader(V5)
    reader.feed(WHOLE[:500])
    reader.forget()

    assert reader.held == 0
    assert reader.feed(WHOLE[500:]) == ()


def test_encrypted_frames() -> None:
    """With the key, frames give their telegrams, in any pieces and amid noise."""
    reader = TelegramReader(LU, KEY)
    stream = b"\xdb\x08noise" + FRAME + b"\xdb" + sealed(WHOLE, number=2)
    found = [it for byte in stream for it in reader.feed(bytes([byte]))]

    assert [it.power_in_w for it in found] == [1193.0, 1193.0]
    assert reader.refused == 0


def test_a_frame_that_was_changed() -> None:
    """One bit, and the frame is refused; the next is read."""
    reader = TelegramReader(LU, KEY)
    broken = FRAME[:100] + bytes([FRAME[100] ^ 1]) + FRAME[101:]

    assert len(reader.feed(broken + FRAME)) == 1
    assert reader.refused == 1
    assert "another meter's" in reader.flaw


def test_another_key() -> None:
    """With the wrong key nothing is read, and why is told."""
    reader = TelegramReader(LU, bytes(16))

    assert reader.feed(FRAME) == ()
    assert "the key is another meter's" in reader.flaw


@pytest.mark.parametrize("size", [0, 5, 16, 60_000])
def test_heads_that_are_none(size: int) -> None:
    """A head whose length cannot be is no head, and does not hide the frame behind it."""
    reader = TelegramReader(LU, KEY)
    head = b"\xdb\x08" + bytes(8) + b"\x82" + size.to_bytes(2, "big") + b"\x30" + bytes(4)

    assert len(reader.feed(head + FRAME)) == 1
    assert "no encrypted frame" in reader.flaw


@pytest.mark.parametrize("size", [0, 15, 17])
def test_the_key_has_its_length(size: int) -> None:
    """A key of another length is a mistake of whoever gave it."""
    with pytest.raises(ValueError, match=f"lu: the key has {size} bytes"):
        TelegramReader(LU, bytes(size))


MUTANTS = st.lists(
    st.one_of(
        st.binary(max_size=40),
        st.sampled_from(
            [WHOLE, FRAME, WHOLE[:400], WHOLE[400:], b"!", b"\r\n", b"/LPX5", b"\xdb\x08"]
        ),
    ),
    max_size=12,
).map(b"".join)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(VARIANTS)), MUTANTS, st.integers(0, 2000), st.integers(0, 255))
@example("5", b"/LPX5" + b"/" * 9000, 0, 33)
def test_whatever_comes(name: str, data: bytes, place: int, byte: int) -> None:
    """No bytes raise anything, memory stays small, and a whole telegram is read afterwards."""
    reader = TelegramReader(VARIANTS[name], KEY)
    changed = bytearray(data)
    if place < len(changed):
        changed[place] = byte
    reader.feed(bytes(changed))

    assert reader.held <= LONGEST
    good = FRAME if VARIANTS[name].encrypted else WHOLE
    assert reader.feed(b"\r\n" + good * (1 + LONGEST // len(good)))
