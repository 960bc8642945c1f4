"""Firmware is known by its first bytes, whichever form it has."""

from __future__ import annotations

import pytest

from laadpaal.protocols.firmware.beginnings import SQUASHFS, begins
from laadpaal.protocols.firmware.head import MAGIC


@pytest.mark.parametrize("first", [MAGIC, SQUASHFS])
def test_the_first_bytes_tell(first: bytes) -> None:
    """As soon as all of them are there; before, more have to tell."""
    assert [begins(first[:size]) for size in range(len(first))] == [None] * len(first)
    assert begins(first)
    assert begins(first + b"more")


@pytest.mark.parametrize("seen", [b"x", b"hsqx", b"LPFWPK01", b"a note"])
def test_anything_else_is_none(seen: bytes) -> None:
    """At the first byte that differs."""
    assert begins(seen) is False
