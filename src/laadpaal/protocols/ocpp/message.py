"""The shape all typed OCPP messages share, and the one object the schemas leave open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

_LONGEST_VENDOR = 255


class Message(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    gc=False,
):
    """An OCPP message or a part of one, its fields spelled as in the specification.

    An absent optional field is `msgspec.UNSET`, never None. Nothing here can form a cycle, so the
    garbage collector need not look at it.
    """


class CustomData:
    """Vendor data of OCPP 2.0.1: `vendorId` (at most 255 characters) and any other fields.

    Raises:
        ValueError: `vendorId` is absent, or too long.
        TypeError: `vendorId` is not text.
    """

    __slots__ = ("fields",)

    fields: Mapping[str, Any]

    def __init__(self, fields: Mapping[str, Any]) -> None:
        _check_vendor(fields)
        self.fields = fields

    @property
    def vendorId(self) -> str:  # noqa: N802 -- spelled as in the specification
        """Whose data it is."""
        return str(self.fields["vendorId"])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, CustomData) and self.fields == other.fields

    def __hash__(self) -> int:
        return hash(self.vendorId)

    def __repr__(self) -> str:
        return f"CustomData({self.fields!r})"


def custom_data(value: object) -> CustomData:
    """Return vendor data that came as JSON; errors as `CustomData`."""
    if not isinstance(value, dict):
        raise TypeError(f"Expected `object`, got `{type(value).__name__}`")
    return CustomData(value)


def _check_vendor(fields: Mapping[str, Any]) -> None:
    if "vendorId" not in fields:
        raise ValueError("Object missing required field `vendorId`")
    vendor = fields["vendorId"]
    if not isinstance(vendor, str):
        raise TypeError(f"Expected `str`, got `{type(vendor).__name__}` in `vendorId`")
    if len(vendor) > _LONGEST_VENDOR:
        raise ValueError(f"Expected `str` of length <= {_LONGEST_VENDOR} in `vendorId`")
