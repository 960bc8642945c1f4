"""A reader that types, and the file in which the system keeps its keys."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from laadpaal.drivers.input_line import InputLine
from laadpaal.ports.errors import LineLost
from laadpaal.simulation.keyboard import SimulatedKeyboard

CARD = bytes.fromhex("04A1B2C3")


async def rest(line: InputLine) -> None:
    """Read what is left until the line is lost."""
    while True:
        await line.read()


async def test_what_is_typed_is_read(tmp_path: Path) -> None:
    """Whatever else a keyboard tells, and however it comes."""
    keyboard = SimulatedKeyboard(tmp_path / "event0")
    keyboard.plug()
    line = InputLine(str(tmp_path / "event0"))
    line.open()
    line.open()
    keyboard.tell(CARD)
    typed = b""
    while not typed.endswith(b"\r"):
        typed += await line.read()
    line.close()
    line.close()
    keyboard.unplug()

    assert typed == b"04A1B2C3\r"


async def test_it_waits_for_keys(tmp_path: Path) -> None:
    """And reads on when it was told to stop in between."""
    keyboard = SimulatedKeyboard(tmp_path / "event0")
    keyboard.plug()
    line = InputLine(str(tmp_path / "event0"))
    line.open()
    reading = asyncio.ensure_future(line.read())
    await asyncio.sleep(0)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    reading = asyncio.ensure_future(line.read())
    await asyncio.sleep(0)
    keyboard.tell(CARD)
    assert (await reading)[:1] == b"0"
    keyboard.unplug()
    with pytest.raises(LineLost, match="event0: it has been disconnected"):
        await rest(line)
    with pytest.raises(LineLost, match="event0: it is not open"):
        await line.read()
    with pytest.raises(LineLost, match="event0: No such file"):
        line.open()


def test_a_keyboard_is_ours_alone() -> None:
    """A device that cannot be kept from others is none, and is not held open."""
    line = InputLine("/dev/null")

    with pytest.raises(LineLost, match=r"/dev/null: .*ioctl"):
        line.open()
    assert line._file is None


async def test_a_folder_is_no_keyboard(tmp_path: Path) -> None:
    """It can be opened, and not read."""
    line = InputLine(str(tmp_path))
    line.open()

    with pytest.raises(LineLost, match="Operation not permitted"):
        await line.read()
    line.close()
