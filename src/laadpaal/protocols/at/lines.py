"""What a modem says, line by line, however it comes in and whatever noise is between."""

from __future__ import annotations

from collections.abc import Iterator

LONGEST = 512
"""Characters of a line; the answers that we ask for are shorter, so what is longer is noise."""
_ENDS = b"\r\n"
_FIRST, _LAST = 0x20, 0x7E


class Lines:
    """Cuts a stream of bytes into lines, and never keeps more than one line of it.

    Carriage return and line feed each end a line, an empty line is none, and whatever is no
    printable ASCII is left out. A line that is too long is dropped whole.
    """

    __slots__ = ("_begun", "_endless")

    def __init__(self) -> None:
        self._begun = bytearray()
        self._endless = False

    def feed(self, data: bytes) -> Iterator[str]:
        """Take what has come, and yield each line that is whole now."""
        for byte in data:
            if byte in _ENDS:
                yield from self._ended()
            elif _FIRST <= byte <= _LAST and not self._endless:
                self._begun.append(byte)
                self._endless = len(self._begun) > LONGEST

    def clear(self) -> None:
        """Forget the line that has begun."""
        self._begun.clear()
        self._endless = False

    def _ended(self) -> Iterator[str]:
        line = "" if self._endless else self._begun.decode("ascii").strip()
        self.clear()
        if line:
            yield line
