"""Values with many fields as the bytes of one column, by field name."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import msgspec

from laadpaal.storage.errors import StorageFailed

_ENCODER = msgspec.msgpack.Encoder()
# Every NaN and infinity is written so; other bytes may look alike, hence only a suspicion.
_SUSPECT = re.compile(rb"\xcb[\x7f\xff][\xf0-\xff]")


def encode(value: object) -> bytes:
    """Return a dataclass as MessagePack, a map by field name so that fields may be added.

    Raises:
        StorageFailed: A number is not finite, or a value has no such form; the field is named.
    """
    try:
        body = _ENCODER.encode(value)
    except (msgspec.MsgspecError, OverflowError, TypeError, ValueError) as error:
        raise StorageFailed(f"{type(value).__name__} cannot be stored: {error}.") from error
    if _SUSPECT.search(body):
        _refuse_infinite(value)
    return body


def finite(number: float, field: str) -> float:
    """Return `number`.

    Raises:
        StorageFailed: It is NaN or infinite; `field` is named.
    """
    if not math.isfinite(number):
        raise StorageFailed(f"{field} is {number}, which is no value to store.")
    return number


def _refuse_infinite(value: object) -> None:
    for field, number in _numbers(value, type(value).__name__):
        finite(number, field)


def _numbers(value: object, field: str) -> Iterator[tuple[str, float]]:
    if isinstance(value, float):
        yield field, value
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _numbers(item, f"{field}[{number}]")
    elif is_dataclass(value):
        for it in fields(value):
            yield from _numbers(getattr(value, it.name), f"{field}.{it.name}")
