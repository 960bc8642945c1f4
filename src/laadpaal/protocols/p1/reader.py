"""Bytes in, telegrams out: finds them in whatever a line brings, and needs little memory."""

from __future__ import annotations

import re
from collections.abc import Iterator

from laadpaal.protocols.p1 import cipher
from laadpaal.protocols.p1.errors import TelegramError
from laadpaal.protocols.p1.telegram import LONGEST_LINE, Telegram, parse
from laadpaal.protocols.p1.variants import Variant

LONGEST = 8192
"""Bytes of a telegram; four submeters, a year of peaks and a long message need fewer."""

_BEGIN = re.compile(rb"/[A-Za-z]{3}[0-9]")
_BEGIN_BYTES = 5


class TelegramReader:
    """Reads the telegrams of one meter; it keeps no more than `LONGEST` bytes between two calls.

    What is no telegram, or a broken one, is passed over: `refused` counts the broken ones, and
    `flaw` says what was wrong with the last.

    Args:
        key: To open encrypted telegrams, 16 bytes; a variant without them needs none.
    """

    def __init__(self, variant: Variant, key: bytes = b"") -> None:
        if variant.encrypted and len(key) != cipher.KEY_BYTES:
            raise ValueError(f"{variant.name}: the key has {len(key)} bytes, not 16")
        self._variant = variant
        self._key = key
        self._held = bytearray()
        self.refused = 0
        self.flaw = ""

    @property
    def held(self) -> int:
        """How many bytes it keeps."""
        return len(self._held)

    def feed(self, data: bytes) -> tuple[Telegram, ...]:
        """Take what has come, whatever it is; return the telegrams that end in it, in order."""
        return tuple(
            telegram
            for start in range(0, len(data), LONGEST)
            for frame in self._frames(data[start : start + LONGEST])
            if (telegram := self._read(frame))
        )

    def forget(self) -> None:
        """Drop what has come of a telegram, for the line was lost."""
        self._held.clear()

    def _frames(self, data: bytes) -> Iterator[bytes]:
        self._held += data
        return self._sealed() if self._variant.encrypted else self._plain()

    def _read(self, frame: bytes) -> Telegram | None:
        try:
            return parse(frame, self._variant)
        except TelegramError as wrong:
            self._refuse(str(wrong))
            return None

    def _refuse(self, why: str) -> None:
        self.refused += 1
        self.flaw = why

    def _plain(self) -> Iterator[bytes]:
        """Yield what stands between the last beginning and an end."""
        while end := self._end():
            data = bytes(self._held[:end])
            del self._held[:end]
            if (begin := self._begin(data)) is not None:
                yield data[begin:]
        self._tidy()

    def _end(self) -> int:
        """Return where the line ends that ends a telegram; 0 while there is none."""
        mark = self._held.find(b"!")
        return 0 if mark < 0 else self._held.find(b"\n", mark) + 1

    def _begin(self, data: bytes) -> int | None:
        """Return where the last telegram begins; those before it have broken off."""
        begins = [begin.start() for begin in _BEGIN.finditer(data)]
        for _ in begins[1:]:
            self._refuse("it breaks off, and another begins")
        return begins[-1] if begins else None

    def _tidy(self) -> None:
        """Keep only what may still become a telegram."""
        begin = self._begin(bytes(self._held))
        if begin is None:
            del self._held[: -_BEGIN_BYTES + 1]
            return
        del self._held[:begin]
        line = len(self._held) - 1 - self._held.rfind(b"\n")
        if len(self._held) > LONGEST or line > LONGEST_LINE:
            self._refuse("it has no end")
            self._held.clear()

    def _sealed(self) -> Iterator[bytes]:
        """Yield what is in the frames."""
        while head := cipher.HEAD.search(self._held):
            size = cipher.size(head)  # before what it was found in changes
            del self._held[: head.start()]
            if size <= LONGEST and len(self._held) < size:
                return
            try:
                telegram = cipher.opened(bytes(self._held[:size]), self._key)
            except TelegramError as wrong:
                self._refuse(str(wrong))
                del self._held[:1]  # it may have been no frame at all, and one may begin within
            else:
                del self._held[:size]
                yield telegram
        del self._held[: -cipher.HEAD_BYTES + 1]
