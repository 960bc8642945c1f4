"""Frames of the PN532: found in whatever a line brings, and made for it."""

from __future__ import annotations

from enum import Enum

HOST, CHIP = 0xD4, 0xD5
"""Who speaks: the first byte of what a frame carries."""
SYNTAX = b"\x7f"
"""What the chip's error frame carries: it has not understood a command."""
LONGEST = 265
"""Bytes that a frame carries, with who speaks."""
_START = b"\x00\xff"
_SHORT = 255
_LONG = b"\xff\xff"
"""In place of a length, for a longer one follows."""


class Signal(Enum):
    """A frame that carries nothing, by the two bytes in place of its length."""

    ACK = b"\x00\xff"
    """A command has come through; from the host it ends whatever the chip is doing."""
    NACK = b"\xff\x00"
    """The last frame shall be said again."""


_SIGNALS = {signal.value: signal for signal in Signal}
_HEAD_BYTES, _LONG_HEAD_BYTES = 4, 7

ABORT = b"\x00" + _START + Signal.ACK.value + b"\x00"
WAKE = b"\x55\x55" + bytes(14)
"""Wakes a chip that sleeps on a serial line, and gives it time; nothing to one that is awake."""

Frame = Signal | bytes
"""What a frame carries: who speaks, and what is said."""


def framed(data: bytes) -> bytes:
    """Return the frame that carries this; 1 to `LONGEST` bytes, the first of them who speaks."""
    size = len(data)
    if size <= _SHORT:
        head = bytes([size, -size & 0xFF])
    else:
        long = size.to_bytes(2, "big")
        head = _LONG + long + _sum(long)
    return b"\x00" + _START + head + data + _sum(data) + b"\x00"


def _sum(data: bytes) -> bytes:
    """Return the byte with which all add up to nothing."""
    return bytes([-sum(data) & 0xFF])


class Frames:
    """Bytes in, frames out; it keeps no more than one frame between two calls.

    What is no frame, or a broken one, is passed over: `refused` counts the broken ones, and
    `flaw` says what was wrong with the last.
    """

    __slots__ = ("_held", "flaw", "refused")

    def __init__(self) -> None:
        self._held = bytearray()
        self.refused = 0
        self.flaw = ""

    @property
    def held(self) -> int:
        """How many bytes it keeps."""
        return len(self._held)

    def feed(self, data: bytes) -> tuple[Frame, ...]:
        """Take what has come, whatever it is; return the frames that end in it, in order."""
        self._held += data
        found = []
        while (frame := self._next()) is not None:
            found.append(frame)
        return tuple(found)

    def forget(self) -> None:
        """Drop what has come of a frame."""
        self._held.clear()

    def _next(self) -> Frame | None:
        """Take the next whole frame out of what is held; None while there is none."""
        while (start := self._held.find(_START)) >= 0:
            del self._held[:start]
            if len(self._held) < _HEAD_BYTES:
                return None
            if signal := _SIGNALS.get(bytes(self._held[2:_HEAD_BYTES])):
                del self._held[:_HEAD_BYTES]
                return signal
            begin, size = self._head()
            if not 0 < size <= LONGEST:
                self._refuse("the length of a frame is wrong")
            elif len(self._held) <= begin + size:
                return None
            elif sum(self._held[begin : begin + size + 1]) & 0xFF:
                self._refuse("the sum of a frame is wrong")
            else:
                data = bytes(self._held[begin : begin + size])
                del self._held[: begin + size + 1]
                return data
        del self._held[:-1]  # it may be the first half of a start
        return None

    def _head(self) -> tuple[int, int]:
        """Return where the data of a frame begins, and its size; 0 when that does not add up."""
        if self._held[2:_HEAD_BYTES] != _LONG:
            wrong = sum(self._held[2:_HEAD_BYTES]) & 0xFF
            return _HEAD_BYTES, 0 if wrong else self._held[2]
        length = self._held[_HEAD_BYTES:_LONG_HEAD_BYTES]
        if len(length) < _LONG_HEAD_BYTES - _HEAD_BYTES:
            return _LONG_HEAD_BYTES, LONGEST  # not all of it has come
        wrong = sum(length) & 0xFF
        return _LONG_HEAD_BYTES, 0 if wrong else int.from_bytes(length[:2], "big")

    def _refuse(self, why: str) -> None:
        self.refused += 1
        self.flaw = why
        del self._held[:1]  # it may have been no frame at all, and one may begin within
