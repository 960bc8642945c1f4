"""What a master may ask of a slave's registers, and how it is answered."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from types import MappingProxyType

from laadpaal.protocols.modbus.registers import HIGHEST_ADDRESS, MOST_REGISTERS, WORD_B

READ, WRITE_ONE, WRITE = 3, 6, 16
MOST_WRITTEN = 123
"""Registers that one request can write (Modbus application protocol 6.12)."""
_FAILED = 0x80
_TWO = struct.Struct(">HH")
_MANY = struct.Struct(">HHB")


class ExceptionCode(IntEnum):
    """Why a request is not done."""

    FUNCTION = 1
    """There is no such function here."""
    ADDRESS = 2
    """There are no such registers, not all of a value is written, or it cannot be."""
    VALUE = 3
    """It cannot have that value, or the request is malformed."""
    BUSY = 6
    """Not now, but perhaps soon."""
    NOBODY = 11
    """Nobody has that unit's address."""


@dataclass(frozen=True, slots=True)
class Read:
    """Tell the words of so many registers."""

    address: int
    count: int


@dataclass(frozen=True, slots=True)
class Write:
    """Put words into registers; `one` is whether it came by the function for a single one."""

    address: int
    words: tuple[int, ...]
    one: bool = False


Asked = Read | Write


def asked(pdu: bytes) -> Asked | ExceptionCode:
    """Return what a request wants, or why it cannot be wanted."""
    reader = _READERS.get(pdu[0])
    return reader(pdu[1:]) if reader else ExceptionCode.FUNCTION


def _read(data: bytes) -> Asked | ExceptionCode:
    if len(data) != _TWO.size:
        return ExceptionCode.VALUE
    address, count = _TWO.unpack(data)
    if not 1 <= count <= MOST_REGISTERS:
        return ExceptionCode.VALUE
    return _within(Read(address, count), count)


def _write_one(data: bytes) -> Asked | ExceptionCode:
    if len(data) != _TWO.size:
        return ExceptionCode.VALUE
    address, word = _TWO.unpack(data)
    return Write(address, (word,), one=True)


def _write(data: bytes) -> Asked | ExceptionCode:
    if len(data) < _MANY.size:
        return ExceptionCode.VALUE
    address, count, size = _MANY.unpack_from(data)
    raw = data[_MANY.size :]
    if not 1 <= count <= MOST_WRITTEN or not size == len(raw) == count * WORD_B:
        return ExceptionCode.VALUE
    return _within(Write(address, struct.unpack(f">{count}H", raw)), count)


def _within(it: Asked, count: int) -> Asked | ExceptionCode:
    return it if it.address + count - 1 <= HIGHEST_ADDRESS else ExceptionCode.ADDRESS


_READERS: Mapping[int, Callable[[bytes], Asked | ExceptionCode]] = MappingProxyType(
    {READ: _read, WRITE_ONE: _write_one, WRITE: _write}
)
"""By function."""


def told(words: Sequence[int]) -> bytes:
    """Return the answer to a read."""
    return struct.pack(f">BB{len(words)}H", READ, len(words) * WORD_B, *words)


def written(it: Write) -> bytes:
    """Return the answer to a write that was done: where, and the word itself or their number."""
    if it.one:
        return struct.pack(">BHH", WRITE_ONE, it.address, it.words[0])
    return struct.pack(">BHH", WRITE, it.address, len(it.words))


def failed(pdu: bytes, code: ExceptionCode) -> bytes:
    """Return the answer to a request that is not done."""
    return bytes((pdu[0] | _FAILED, code))
