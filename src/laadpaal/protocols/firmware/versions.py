"""Which of two versions came first."""

from __future__ import annotations

import re

_PIECES = re.compile(r"([-+]?)(\d{1,18})|([a-z]+)")
_END = (0, 0, "")
"""Words come before it (`2.0-rc1` before `2.0`), builds after it (`2.0` before `2.0-1`)."""
_BUILD, _NUMBER, _WORD = 1, 2, -1


def earlier(one: str, other: str) -> bool:
    """Tell whether the first of two versions came before the second."""
    return _key(one) < _key(other)


def _key(version: str) -> tuple[tuple[int, int, str], ...]:
    pieces = _PIECES.findall(version.lower())
    return (
        *(
            (_WORD, 0, word) if word else (_BUILD if dash else _NUMBER, int(number), "")
            for dash, number, word in pieces
        ),
        _END,
    )
