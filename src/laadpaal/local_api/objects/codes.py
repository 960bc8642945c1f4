"""The types of objects: their codes, how JSON spells a value, and what is read as one."""

from __future__ import annotations

import math
import re
import struct
import sys
from collections.abc import Mapping
from enum import IntEnum
from types import MappingProxyType

import msgspec

Value = int | float | str
"""What an object holds, whatever its type."""


class Code(IntEnum):
    """The type codes (those of CiA 301, and two more)."""

    INTEGER8 = 2
    INTEGER16 = 3
    INTEGER32 = 4
    UNSIGNED8 = 5
    UNSIGNED16 = 6
    UNSIGNED32 = 7
    REAL32 = 8
    STRING = 9
    UNSIGNED64 = 27
    BYTES = 64


_BOUNDS: Mapping[Code, tuple[int, int]] = MappingProxyType(
    {
        Code.INTEGER8: (-(2**7), 2**7 - 1),
        Code.INTEGER16: (-(2**15), 2**15 - 1),
        Code.INTEGER32: (-(2**31), 2**31 - 1),
        Code.UNSIGNED8: (0, 2**8 - 1),
        Code.UNSIGNED16: (0, 2**16 - 1),
        Code.UNSIGNED32: (0, 2**32 - 1),
        Code.UNSIGNED64: (0, 2**64 - 1),
    }
)
_TEXTS = frozenset({Code.STRING, Code.BYTES})
_REAL = struct.Struct("<f")
_NUMBER = re.compile(r"[+-]?[0-9]{1,20}(\.[0-9]{0,20})?", re.ASCII)
_TRUTH = MappingProxyType({"true": 1, "false": 0})
_MOST = 10**20
"""No object holds as much, and more than a float can hold would be no number at all."""
_DIGITS = 15
"""Significant digits that are tried first for a number that is not whole."""


def held(code: Code, value: Value) -> Value:
    """Return a value as an object of that type holds it: in its bounds, and never NaN."""
    if code is Code.REAL32:
        return _real32(float(value))
    if code in _TEXTS:
        return str(value)
    low, high = _BOUNDS[code]
    return min(max(int(value), low), high)


def _real32(number: float) -> Value:
    """Return the nearest number of 32 bits; one that is whole is an integer.

    Where 15 digits come as near as two neighbouring numbers are, they are told in its place.
    """
    try:
        narrow: float = _REAL.unpack(_REAL.pack(number))[0]
    except OverflowError:
        narrow = math.nan
    if not math.isfinite(narrow):
        return 0
    if narrow.is_integer():
        return int(narrow)
    short = float(f"{narrow:.{_DIGITS}g}")
    return short if abs(short - narrow) <= abs(narrow) * sys.float_info.epsilon else narrow


def spelled(value: Value) -> str:
    """Return the JSON of a value that an object holds."""
    if isinstance(value, float):
        short = f"{value:.{_DIGITS}g}"
        return short if float(short) == value else f"{value:.17g}"
    return str(value) if isinstance(value, int) else msgspec.json.encode(value).decode()


def taken(code: Code, given: object, length: int = 0) -> Value:
    """Return what somebody writes into an object of that type.

    Numbers may come as text and truth as a word, as some clients write every value.

    Args:
        code: Of a number or a text.
        given: A value of JSON.
        length: Of the object; a text has one character less, and 0 is no bound.

    Raises:
        ValueError: In one sentence, what is wrong.
    """
    if code in _TEXTS:
        return _text(given, length)
    number = _number(given)
    if code is Code.REAL32:
        return number
    low, high = _BOUNDS[code]
    if not float(number).is_integer():
        raise ValueError(f"{number:g} is not a whole number")
    if not low <= number <= high:
        raise ValueError(f"{number:g} is not in {low}..{high}")
    return int(number)


def _text(given: object, length: int) -> str:
    match given:
        case str():
            text = given
        case int() if not isinstance(given, bool):
            text = str(given)
        case _:
            raise ValueError("the value is not a text")
    if length and len(text) >= length:
        raise ValueError(f"{len(text)} characters are more than {length - 1}")
    return text


def _number(given: object) -> int | float:
    match given:
        case bool():
            return int(given)
        case int() if abs(given) < _MOST:
            return given
        case float() if math.isfinite(given):
            return given
        case str():
            return _counted(given.strip().lower())
        case _:
            raise ValueError("the value is not a number")


def _counted(word: str) -> int | float:
    if word in _TRUTH:
        return _TRUTH[word]
    if not _NUMBER.fullmatch(word):
        raise ValueError("the value is not a number")
    return float(word) if "." in word else int(word)
