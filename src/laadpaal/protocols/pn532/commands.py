"""The commands that we use: what is said, how long the answer may take, how it is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from laadpaal.protocols.pn532.errors import Pn532Error
from laadpaal.protocols.pn532.frames import CHIP, HOST, SYNTAX

T = TypeVar("T")

IC = 0x32
"""What a PN532 calls itself."""
_FIRMWARE_BYTES = 4
_UID_AT = 5
"""Where the number begins in what is told of a target."""
UID_SIZES = frozenset({4, 7, 10})
"""Bytes of a number: single, double and triple size (ISO 14443-3)."""


@dataclass(frozen=True, slots=True)
class Firmware:
    """What the chip is."""

    version: int
    revision: int

    def __str__(self) -> str:
        return f"PN532 {self.version}.{self.revision}"


@dataclass(frozen=True, slots=True)
class Command(Generic[T]):
    """A command and its answer.

    Args:
        read: Makes a value of what is answered; raises Pn532Error.
        limit_s: How long the answer may take after the command has come through.
    """

    name: str
    code: int
    parameters: bytes
    read: Callable[[bytes], T]
    limit_s: float = 0.5

    @property
    def data(self) -> bytes:
        """What its frame carries."""
        return bytes([HOST, self.code]) + self.parameters

    def answer(self, data: bytes) -> T:
        """Return what a frame of the chip means; raises Pn532Error."""
        if data == SYNTAX:
            raise Pn532Error(f"the chip does not understand {self.name}")
        if data[:2] != bytes([CHIP, self.code + 1]):
            raise Pn532Error(f"{data.hex(' ')} is no answer to {self.name}")
        return self.read(data[2:])


def _nothing(told: bytes) -> None:
    if told:
        raise Pn532Error(f"{told.hex(' ')} was not asked for")


def _anything(_: bytes) -> None:
    """Let it be: a target that has gone cannot be let go."""


def _firmware(told: bytes) -> Firmware:
    if len(told) != _FIRMWARE_BYTES or told[0] != IC:
        raise Pn532Error(f"{told.hex(' ')} is no PN532")
    return Firmware(told[1], told[2])


def _uid(told: bytes) -> bytes | None:
    """Return the number of the target that was found, None when there is none.

    After the count come its number here, two bytes and one of how it speaks, and then size and
    bytes of its own number.
    """
    if told == b"\x00":
        return None
    size = told[_UID_AT] if len(told) > _UID_AT else 0
    uid = told[_UID_AT + 1 : _UID_AT + 1 + size]
    if told[:2] != b"\x01\x01" or size not in UID_SIZES or len(uid) < size:
        raise Pn532Error(f"{told.hex(' ')} is no target")
    return uid


FIRMWARE = Command("GetFirmwareVersion", 0x02, b"", _firmware)
NORMAL = Command("SAMConfiguration", 0x14, b"\x01\x14\x01", _nothing)
"""No other chip is beside it; it wakes up with this."""
SHORT_TRIES = Command("RFConfiguration", 0x32, b"\x05\xff\x01\x01", _nothing)
"""A target that does not answer twice is not there, so that a search ends soon."""
FIELD_OFF = Command("RFConfiguration", 0x32, b"\x01\x00", _nothing)
"""Targets lose their power, and answer to the next search like new ones."""
SEARCH = Command("InListPassiveTarget", 0x4A, b"\x01\x00", _uid, limit_s=1.0)
"""One target of ISO 14443 type A, at 106 kbit/s; it switches the field on."""
RELEASE = Command("InRelease", 0x52, b"\x00", _anything)
