"""When a tag is held to a reader once, though the reader sees it again and again."""

from __future__ import annotations

from collections.abc import Callable

from laadpaal.protocols.tags.uid import drawn

_SOMEBODY = b""
"""Stands for every number drawn by chance: a phone may draw one each time it is looked at."""


class Presence:
    """Remembers what one reader has seen, no longer than it needs to.

    Args:
        delay_s: A tag that was seen within so many seconds is still the same presentation; asked
            anew each time.
    """

    __slots__ = ("_delay_s", "_held", "_seen")

    def __init__(self, delay_s: Callable[[], float]) -> None:
        self._delay_s = delay_s
        self._seen: dict[bytes, float] = {}
        self._held: bytes | None = None

    def told(self, uid: bytes, at: float) -> bool:
        """Take a tag that the reader tells of; return whether it is presented anew."""
        name, delay_s = _name(uid), self._delay_s()
        self._seen = {one: then for one, then in self._seen.items() if at - then < delay_s}
        known = name in self._seen
        self._seen[name] = at
        return not known

    def scanned(self, uid: bytes | None, at: float) -> bool:
        """Take what is before the reader now, if anything; return whether it is presented anew.

        One that has been there since the last scan is not, however long ago that was.
        """
        held, self._held = self._held, None if uid is None else _name(uid)
        if uid is None:
            return False
        return self.told(uid, at) and self._held != held


def _name(uid: bytes) -> bytes:
    return _SOMEBODY if drawn(uid) else uid
