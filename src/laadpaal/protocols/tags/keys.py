"""Readers that are a keyboard to the system: its records of keys, as the text that was typed."""

from __future__ import annotations

import struct

_RECORD = struct.Struct("llHHi")
"""Second, microsecond, kind, code, value; as long as the machine's own numbers (Linux input)."""
_KEY = 1
_PRESSED = 1
"""Held down is another value, and so is let go."""
_ENTERS = (28, 96)
_LETTERS = {30: "A", 48: "B", 46: "C", 32: "D", 18: "E", 33: "F"}
_ROW = {code: str((code - 1) % 10) for code in range(2, 12)}
"""The digits above the letters: 1 to 9, and then 0."""
_PAD = dict(zip((82, 79, 80, 81, 75, 76, 77, 71, 72, 73), "0123456789", strict=True))
_TYPED = {**_LETTERS, **_ROW, **_PAD, **dict.fromkeys(_ENTERS, "\r")}


class Keys:
    """Bytes in, text out; it keeps less than one record between two calls.

    Only what a number is written with counts, whatever else is held down.
    """

    __slots__ = ("_begun",)

    def __init__(self) -> None:
        self._begun = b""

    def feed(self, data: bytes) -> bytes:
        """Take what has come; return what was typed, with a return for each end."""
        data = self._begun + data
        whole = len(data) - len(data) % _RECORD.size
        self._begun = data[whole:]
        return "".join(map(_typed, _RECORD.iter_unpack(data[:whole]))).encode()


def _typed(record: tuple[int, ...]) -> str:
    _, _, kind, code, value = record
    return _TYPED.get(code, "") if (kind, value) == (_KEY, _PRESSED) else ""
