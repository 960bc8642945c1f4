"""Feeds broken frames and answers to what reads a PN532, and broken lines to what reads others."""

from __future__ import annotations

import random
from typing import Any

from fuzz.running import run
from laadpaal.protocols.pn532 import ABORT, Frames, Pn532Error, commands, framed
from laadpaal.protocols.pn532.commands import Command
from laadpaal.protocols.pn532.frames import CHIP, LONGEST
from laadpaal.protocols.tags import Form, TagLines
from laadpaal.protocols.tags.lines import LONGEST_LINE

MOST_HELD = LONGEST + 8
COMMANDS: tuple[Command[Any], ...] = (
    commands.FIRMWARE,
    commands.NORMAL,
    commands.SHORT_TRIES,
    commands.FIELD_OFF,
    commands.SEARCH,
    commands.RELEASE,
)
TARGETS = (
    bytes.fromhex("01010004080404a1b2c3"),
    bytes.fromhex("010100442007041122334455660675778102"),
    b"\x00",
    b"",
)
BITS = (b"\x00\xff", b"\xff\xff", b"\x00", b"\xff", ABORT, b"\xd5\x4b", b"\x7f", b"\r", b"04A1B2C3")

Lots = random.Random


def fuzz(count: int, seed: int) -> int:
    """Feed inputs to readers that live on; return the most bytes that one has held."""
    lots, frames = Lots(seed), Frames()
    lines = {form: TagLines(form) for form in Form}
    most = 0
    for _ in range(count):
        command = lots.choice(COMMANDS)
        said = bytes([CHIP, command.code + 1]) + lots.choice(TARGETS)
        data = mutated(ABORT + framed(said), lots)
        for frame in frames.feed(data):
            if isinstance(frame, bytes):
                answered(command, frame)
        answered(command, mutated(said, lots))
        for form, reader in lines.items():
            reader.feed(data)
            assert reader.held <= LONGEST_LINE + 1, f"{form}: {reader.held} bytes"  # noqa: S101  our own bound
        most = max(most, frames.held)
        assert most <= MOST_HELD, f"{most} bytes are held"  # noqa: S101  our own bound
    return most


def answered(command: Command[Any], data: bytes) -> None:
    """Read an answer, which may mean nothing."""
    try:
        command.answer(data)
    except Pn532Error:
        return


def mutated(data: bytes, lots: Lots) -> bytes:
    """Return the data after a few accidents."""
    for _ in range(lots.randrange(4)):
        at, to = sorted((lots.randrange(len(data) + 1), lots.randrange(len(data) + 1)))
        between = lots.choice((b"", lots.choice(BITS), lots.randbytes(lots.randrange(9))))
        data = data[:at] + between + data[lots.choice((at, to)) :]
    return data


if __name__ == "__main__":
    run("pn532", __doc__, lambda *lots: f"at most {fuzz(*lots)} bytes were held of {MOST_HELD}")
