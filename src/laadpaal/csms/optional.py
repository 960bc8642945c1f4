"""What a call need not tell, and how it reads when it does."""

from __future__ import annotations

from msgspec import UNSET, UnsetType

from laadpaal.csms.dialect import Refusal
from laadpaal.protocols.ocpp import timestamp


def given(number: int | UnsetType) -> int | None:
    """Return the number, or None where nothing is told."""
    return None if number is UNSET else number


def instant(text: str | UnsetType) -> float | None:
    """Return UTC seconds, or None where nothing is told; raises Refusal."""
    if text is UNSET:
        return None
    try:
        return timestamp.parse(text)
    except timestamp.TimestampError as wrong:
        raise Refusal("PropertyConstraintViolation", str(wrong)) from wrong
