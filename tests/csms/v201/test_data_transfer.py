"""Messages of vendors: none is known, and what they add to others is passed over."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from typing import Any

import pytest

from laadpaal.protocols.ocpp import codec, v201
from laadpaal.protocols.ocpp.codec import Direction
from tests.csms.v201.scene import World
from tests.csms.v201.test_dialect import FROM_CSMS
from tests.protocols.ocpp.schemas import Case, valid

CUSTOM = {"vendorId": "com.example", "price": {"per": ["kWh", 1.5, None]}}


@pytest.mark.parametrize(
    "more",
    [{}, {"messageId": "m"}, {"messageId": "m", "data": {"price": 1}}],
    ids=["bare", "with a message", "with content"],
)
@pytest.mark.parametrize(
    ("vendor", "status"),
    [("com.example", "UnknownVendorId"), ("Laadpaal", "UnknownMessageId")],
)
def test_no_message_of_a_vendor_is_known(
    world: World, vendor: str, status: str, more: dict[str, Any]
) -> None:
    """Whatever the vendor's message is, the answer carries no data (P01)."""
    assert world.replied("DataTransfer", vendorId=vendor, **more) == {"status": status}


@pytest.mark.parametrize("action", FROM_CSMS)
def test_custom_data_is_understood_and_passed_over(action: str) -> None:
    """In every object of every call, however deep, it changes nothing else of it (P03)."""
    lots = random.Random(action)  # noqa: S311  for tests
    for _ in range(20):
        plain = _bare(valid(Case("v201", action, Direction.CALL).schema, lots, 0.8))
        adorned = copy.deepcopy(plain)
        objects = list(_objects(adorned))
        for one in objects:
            one["customData"] = CUSTOM

        assert _bare(_read(action, adorned)) == _read(action, plain)
        assert len(list(_objects(_bare(_read(action, adorned))))) == len(objects)


def _read(action: str, payload: object) -> Any:
    """Return a call as we understand it, as JSON."""
    message = codec.decode_call(v201.LANGUAGE, action, json.dumps(payload).encode())
    return json.loads(bytes(codec.encode(message)))


def _bare(payload: Any) -> Any:
    """Return a payload without what vendors add, and without data that may be anything."""
    if isinstance(payload, list):
        return [_bare(part) for part in payload]
    if isinstance(payload, dict):
        theirs = {"customData", "vendorField", "data"}
        return {name: _bare(part) for name, part in payload.items() if name not in theirs}
    return payload


def _objects(payload: Any) -> Iterator[dict[str, Any]]:
    if isinstance(payload, list):
        for part in payload:
            yield from _objects(part)
    if isinstance(payload, dict):
        yield payload
        for part in tuple(payload.values()):
            yield from _objects(part)
