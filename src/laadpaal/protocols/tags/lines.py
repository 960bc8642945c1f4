"""Readers that write the number of a tag as a line of text."""

from __future__ import annotations

import re
from enum import Enum

from laadpaal.protocols.tags.errors import TagError
from laadpaal.protocols.tags.uid import LONGEST, SHORTEST

LONGEST_LINE = 64
"""Characters; the longest number with something between its bytes needs half."""
_ENDS = re.compile(rb"[\r\n\x02\x03]")
"""Line ends, and the marks that some put around a number in place of them."""
_BETWEEN = str.maketrans("", "", " :-")
_SIZES = (4, 7)
"""Bytes that a decimal number may stand for; it does not say how many."""


class Form(Enum):
    """How a reader writes a number."""

    HEX = "hex"
    """Two digits for each byte; a blank, colon or dash may stand between them."""
    DECIMAL = "decimal"
    """One decimal number, of which the first byte is the highest."""


def parse(text: str, form: Form) -> bytes:
    """Return the number in a line; raises TagError."""
    return _hex(text) if form is Form.HEX else _decimal(text)


def _hex(text: str) -> bytes:
    digits = text.translate(_BETWEEN)
    if not re.fullmatch(r"([0-9A-Fa-f]{2})+", digits):
        raise TagError(f"{text!r} is not two hexadecimal digits for each byte")
    uid = bytes.fromhex(digits)
    if not SHORTEST <= len(uid) <= LONGEST:
        raise TagError(f"{text!r} has {len(uid)} bytes, not {SHORTEST} to {LONGEST}")
    return uid


def _decimal(text: str) -> bytes:
    if not re.fullmatch("[0-9]+", text):
        raise TagError(f"{text!r} is no decimal number")
    number = int(text)
    for size in _SIZES:
        if number < 1 << 8 * size:
            return number.to_bytes(size, "big")
    raise TagError(f"{text!r} does not fit into {_SIZES[-1]} bytes")


class TagLines:
    """Bytes in, numbers out; it keeps no more than `LONGEST_LINE` bytes between two calls.

    A line that is no number is passed over: `refused` counts them, and `flaw` says what was wrong
    with the last.
    """

    __slots__ = ("_begun", "_form", "flaw", "refused")

    def __init__(self, form: Form) -> None:
        self._form = form
        self._begun = b""
        self.refused = 0
        self.flaw = ""

    @property
    def held(self) -> int:
        """How many bytes it keeps."""
        return len(self._begun)

    def feed(self, data: bytes) -> tuple[bytes, ...]:
        """Take what has come; return the numbers of the lines that end in it, in order."""
        *lines, begun = _ENDS.split(self._begun + data)
        # What is too long stays so until its end comes, and no longer grows.
        self._begun = begun[: LONGEST_LINE + 1]
        return tuple(uid for line in lines if (uid := self._read(line)))

    def forget(self) -> None:
        """Drop what has come of a line."""
        self._begun = b""

    def _read(self, line: bytes) -> bytes | None:
        if len(line) > LONGEST_LINE:
            self._refuse("a line has no end")
            return None
        text = line.decode("ascii", "replace").strip()
        try:
            return parse(text, self._form) if text else None
        except TagError as wrong:
            self._refuse(str(wrong))
            return None

    def _refuse(self, why: str) -> None:
        self.refused += 1
        self.flaw = why
