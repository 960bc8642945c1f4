"""Commands of the chip, and what its answers mean."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fuzz.pn532 import COMMANDS
from laadpaal.protocols.pn532 import Pn532Error, commands
from laadpaal.protocols.pn532.commands import Command


@pytest.mark.parametrize(
    ("command", "data"),
    [
        (commands.FIRMWARE, "d402"),
        (commands.NORMAL, "d414011401"),
        (commands.SHORT_TRIES, "d43205ff0101"),
        (commands.FIELD_OFF, "d4320100"),
        (commands.SEARCH, "d44a0100"),
        (commands.RELEASE, "d45200"),
    ],
)
def test_what_is_said(command: Command[Any], data: str) -> None:
    """The host speaks, then come the command and what belongs to it."""
    assert command.data.hex() == data


@pytest.mark.parametrize(
    ("command", "data", "means"),
    [
        (commands.FIRMWARE, "d503 32010607", "PN532 1.6"),
        (commands.NORMAL, "d515", "None"),
        (commands.SHORT_TRIES, "d533", "None"),
        (commands.RELEASE, "d553 27", "None"),
        (commands.SEARCH, "d54b 00", "None"),
    ],
)
def test_what_is_answered(command: Command[Any], data: str, means: str) -> None:
    """Each answer is one of its own command."""
    assert str(command.answer(bytes.fromhex(data))) == means


@pytest.mark.parametrize(
    ("told", "uid"),
    [
        ("01 01 0004 08 04 04a1b2c3", "04a1b2c3"),
        ("01 01 0044 00 07 04112233445566", "04112233445566"),
        ("01 01 0044 20 07 04112233445566 06 75 77 81 02 80", "04112233445566"),
        ("01 01 0084 00 0a 04112233445566778899", "04112233445566778899"),
    ],
)
def test_a_target_tells_its_number(told: str, uid: str) -> None:
    """Of each size, with and without what it can do after it."""
    found = commands.SEARCH.answer(bytes.fromhex("d54b" + told))

    assert found is not None
    assert found.hex() == uid


@pytest.mark.parametrize(
    ("command", "data", "why"),
    [
        (commands.FIRMWARE, "7f", "the chip does not understand GetFirmwareVersion"),
        (commands.FIRMWARE, "d515", "d5 15 is no answer to GetFirmwareVersion"),
        (commands.FIRMWARE, "d402", "d4 02 is no answer"),
        (commands.FIRMWARE, "d5", "d5 is no answer"),
        (commands.FIRMWARE, "d503 33010607", "is no PN532"),
        (commands.FIRMWARE, "d503 3201", "is no PN532"),
        (commands.NORMAL, "d515 00", "00 was not asked for"),
        (commands.SEARCH, "d54b", "is no target"),
        (commands.SEARCH, "d54b 02 01 0004 08 04 04a1b2c3", "is no target"),
        (commands.SEARCH, "d54b 01 01 0004 08", "is no target"),
        (commands.SEARCH, "d54b 01 01 0004 08 05 04a1b2c3d4", "is no target"),
        (commands.SEARCH, "d54b 01 01 0004 08 07 04a1b2c3", "is no target"),
    ],
)
def test_what_means_nothing_is_refused(command: Command[Any], data: str, why: str) -> None:
    """The error shows the bytes and says why."""
    with pytest.raises(Pn532Error, match=why):
        command.answer(bytes.fromhex(data))


@given(st.sampled_from(COMMANDS), st.binary(max_size=40), st.booleans())
def test_no_answer_breaks_anything(command: Command[Any], told: bytes, well: bool) -> None:  # noqa: FBT001  hypothesis gives it
    """Whatever the chip says: a value, or the error that is documented."""
    data = bytes([0xD5, command.code + 1]) + told if well else told
    try:
        found = command.answer(data)
    except Pn532Error:
        return
    if isinstance(found, bytes):
        assert len(found) in {4, 7, 10}
