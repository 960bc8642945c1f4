"""CRC-16/ARC, the sum at the end of a telegram: two bytes are taken at once."""

from __future__ import annotations

import sys
from array import array
from functools import cache

_POLYNOMIAL = 0xA001
_BITS = 8


def crc16(data: bytes) -> int:
    """Return the sum of these bytes."""
    one_byte, two_bytes = _tables()
    even = len(data) & ~1
    words = array("H", data[:even])
    if sys.byteorder == "big":
        words.byteswap()
    crc = 0
    for word in words:
        crc = two_bytes[crc ^ word]
    for byte in data[even:]:
        crc = crc >> _BITS ^ one_byte[(crc ^ byte) & 0xFF]
    return crc


@cache
def _tables() -> tuple[list[int], list[int]]:
    """Return the sums of every byte and of every pair; 2 MB, made when one is first wanted.

    The pairs make it twice as fast, for a sum of 16 bits leaves nothing over of a pair.
    """
    one_byte = [_sum_of_byte(byte) for byte in range(0x100)]
    once = [word >> _BITS ^ one_byte[word & 0xFF] for word in range(0x10000)]
    return one_byte, [crc >> _BITS ^ one_byte[crc & 0xFF] for crc in once]


def _sum_of_byte(crc: int) -> int:
    for _ in range(_BITS):
        crc = crc >> 1 ^ (_POLYNOMIAL if crc & 1 else 0)
    return crc
