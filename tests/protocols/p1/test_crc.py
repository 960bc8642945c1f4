"""The sum of a telegram."""

from __future__ import annotations

import sys
from array import array

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laadpaal.protocols.p1 import crc
from tests.protocols.p1.telegrams import bit_by_bit


def test_the_published_check() -> None:
    """CRC-16/ARC of the nine digits is BB3D."""
    assert crc.crc16(b"123456789") == 0xBB3D
    assert crc.crc16(b"") == 0


@settings(deadline=None)  # the tables are made within the first
@given(st.binary(max_size=60))
def test_tables_are_only_faster(data: bytes) -> None:
    """Two bytes at once give what one bit after the other gives, for odd lengths too."""
    assert crc.crc16(data) == bit_by_bit(data)


def test_on_a_machine_that_begins_at_the_other_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pairs of bytes are turned round where the machine reads them the other way."""

    def read(code: str, data: bytes) -> array[int]:
        found = array(code, data)
        found.byteswap()
        return found

    monkeypatch.setattr(crc, "array", read)
    monkeypatch.setattr(sys, "byteorder", "big" if sys.byteorder == "little" else "little")

    assert crc.crc16(b"123456789") == 0xBB3D
