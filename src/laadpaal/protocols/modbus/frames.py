"""Modbus over TCP: a stream of bytes is cut into frames, each a request or its answer."""

from __future__ import annotations

import struct
from dataclasses import dataclass

LONGEST_PDU = 253
"""Bytes of a request or answer without its head (Modbus application protocol 4.1)."""
_HEAD = struct.Struct(">HHHB")
_BEFORE_LENGTH_COUNTS = 6
_MODBUS = 0


class FrameError(ValueError):
    """Bytes are no frame: whoever sends them speaks something else, or has lost their place."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One request, or one answer to it.

    Args:
        transaction: The asker's number, which the answer repeats.
        unit: Whom it is for.
        pdu: Function and data.
    """

    transaction: int
    unit: int
    pdu: bytes

    def rendered(self) -> bytes:
        """Return it as it goes over the wire."""
        head = _HEAD.pack(self.transaction, _MODBUS, len(self.pdu) + 1, self.unit)
        return head + self.pdu


class Frames:
    """Puts pieces together and cuts them into frames; what is left is never a whole one."""

    def __init__(self) -> None:
        self._left = b""

    def take(self, piece: bytes) -> tuple[Frame, ...]:
        """Return the frames that end in this piece; raises FrameError, and is of no use then."""
        self._left += piece
        found = []
        while frame := self._next():
            found.append(frame)
        return tuple(found)

    def _next(self) -> Frame | None:
        if len(self._left) < _HEAD.size:
            return None
        transaction, protocol, length, unit = _HEAD.unpack_from(self._left)
        if protocol != _MODBUS:
            raise FrameError(f"protocol {protocol} is not Modbus")
        if not 1 < length <= LONGEST_PDU + 1:
            raise FrameError(f"no frame has {length} bytes")
        end = _BEFORE_LENGTH_COUNTS + length
        if len(self._left) < end:
            return None
        frame = Frame(transaction, unit, self._left[_HEAD.size : end])
        self._left = self._left[end:]
        return frame
