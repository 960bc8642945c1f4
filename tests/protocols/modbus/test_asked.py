"""What is asked of a slave's registers: understood, or refused by the right exception code."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laadpaal.protocols.modbus.asked import (
    ExceptionCode,
    Read,
    Write,
    asked,
    failed,
    told,
    written,
)

WHOLE_WRITE = "10 04ba 0002 04 4180 0000"


@pytest.mark.parametrize(
    ("pdu", "meant"),
    [
        ("03 0064 004f", Read(100, 79)),
        ("03 ffff 0001", Read(0xFFFF, 1)),
        ("03 0000 007d", Read(0, 125)),
        ("06 04bf 0003", Write(1215, (3,), one=True)),
        (WHOLE_WRITE, Write(1210, (0x4180, 0))),
        ("10 0000 007b f6" + "00" * 246, Write(0, (0,) * 123)),
        # Functions that there are not.
        ("04 0064 004f", ExceptionCode.FUNCTION),
        ("00", ExceptionCode.FUNCTION),
        ("2b 0e 01 00", ExceptionCode.FUNCTION),
        ("83 0064 0001", ExceptionCode.FUNCTION),
        # Registers beyond the last.
        ("03 ffff 0002", ExceptionCode.ADDRESS),
        ("10 ffff 0002 04 0000 0000", ExceptionCode.ADDRESS),
        # Numbers and lengths that cannot be.
        ("03 0064 0000", ExceptionCode.VALUE),
        ("03 0064 007e", ExceptionCode.VALUE),
        ("03 0064", ExceptionCode.VALUE),
        ("03 0064 0001 00", ExceptionCode.VALUE),
        ("06 04bf", ExceptionCode.VALUE),
        ("06 04bf 0003 00", ExceptionCode.VALUE),
        ("10 04ba", ExceptionCode.VALUE),
        ("10 04ba 0000 00", ExceptionCode.VALUE),
        ("10 04ba 007c f8" + "00" * 248, ExceptionCode.VALUE),
        ("10 04ba 0002 04 4180", ExceptionCode.VALUE),
        ("10 04ba 0002 02 4180 0000", ExceptionCode.VALUE),
        ("10 04ba 0001 04 4180 0000", ExceptionCode.VALUE),
    ],
)
def test_a_request_is_understood_or_refused(pdu: str, meant: Read | Write | ExceptionCode) -> None:
    """1 for the function, 2 for the place, 3 for everything that is malformed."""
    assert asked(bytes.fromhex(pdu)) == meant


@given(pdu=st.binary(min_size=1, max_size=253))
def test_anything_is_understood_or_refused(pdu: bytes) -> None:
    """No request is an error of ours."""
    assert isinstance(asked(pdu), Read | Write | ExceptionCode)


def test_answers_are_as_the_protocol_has_them() -> None:
    """The words with their size; a single write is repeated, another counted."""
    assert told([1, 0xFFFF]).hex(" ") == "03 04 00 01 ff ff"
    assert written(Write(1215, (3,), one=True)).hex(" ") == "06 04 bf 00 03"
    assert written(Write(1210, (0x4180, 0))).hex(" ") == "10 04 ba 00 02"
    assert failed(b"\x06", ExceptionCode.VALUE).hex(" ") == "86 03"
    assert failed(b"\x83", ExceptionCode.FUNCTION).hex(" ") == "83 01"
