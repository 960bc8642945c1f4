"""A simulated card reader that types, into a file as the system has one for each keyboard."""

from __future__ import annotations

import os
import struct
from contextlib import ExitStack
from pathlib import Path

_RECORD = struct.Struct("llHHi")
_SYNC, _KEY = 0, 1
_UP, _DOWN, _HELD = 0, 1, 2
_SHIFT, _ENTER = 42, 28
_CODES = dict(zip("1234567890", range(2, 12), strict=True)) | {
    "A": 30, "B": 48, "C": 46, "D": 32, "E": 18, "F": 33, "\n": _ENTER,
}  # fmt: skip


class SimulatedKeyboard:
    """Types the number of each card that is held to it, with all that a keyboard tells besides.

    Args:
        path: Where its file is while it is plugged in.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._plugged = ExitStack()
        self._file = -1

    def plug(self) -> None:
        """Be there, under its name."""
        os.mkfifo(self._path)
        self._plugged.callback(self._path.unlink)
        # For both, so that it opens before anybody reads.
        self._file = os.open(self._path, os.O_RDWR | os.O_NONBLOCK)
        self._plugged.callback(os.close, self._file)

    def unplug(self) -> None:
        """Be gone."""
        self._plugged.close()

    def tell(self, uid: bytes) -> None:
        """Type the number of a card, and return."""
        for character in uid.hex().upper() + "\n":
            shifted = character.isalpha()
            for code, value in _strokes(_CODES[character], shifted=shifted):
                self.say(_record(_KEY, code, value) + _record(_SYNC, 0, 0))

    def say(self, records: bytes) -> None:
        """Let whoever has the file open read this."""
        os.write(self._file, records)


def _strokes(code: int, *, shifted: bool) -> list[tuple[int, int]]:
    stroke = [(code, _DOWN), (code, _HELD), (code, _UP)]
    return [(_SHIFT, _DOWN), *stroke, (_SHIFT, _UP)] if shifted else stroke


def _record(kind: int, code: int, value: int) -> bytes:
    return _RECORD.pack(1_700_000_000, 0, kind, code, value)
