"""Few requests read a whole meter, and none is longer than it allows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laadpaal.protocols.modbus.blocks import Block, blocks
from laadpaal.protocols.modbus.models import MODELS
from laadpaal.protocols.modbus.registers import Kind, Model, Quantity, Register, RegisterMap

MOST_REQUESTS = {"EM24": 7, "iEM3000": 6}
"""The first allows 11 registers at once, the other's lie far apart; the others need three."""


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS.keys())
def test_every_model_is_read_in_a_few_requests(model: Model) -> None:
    """There is never one request for each value."""
    found = blocks(model.map)

    assert len(found) <= MOST_REQUESTS.get(model.name, 3)
    assert len(found) < len(model.map.registers)


def test_near_registers_are_read_together() -> None:
    """What lies between is read along where that saves a request, and not where it is too much."""
    q = list(Quantity)
    places = {
        q[0]: Register(10, Kind.F32),
        q[1]: Register(20, Kind.U16),
        q[2]: Register(12, Kind.U64),
        q[3]: Register(40, Kind.S16),
    }

    assert blocks(RegisterMap(3, places, gap=4)) == (Block(10, 11), Block(40, 1))
    assert blocks(RegisterMap(3, places, gap=3)) == (Block(10, 6), Block(20, 1), Block(40, 1))
    assert blocks(RegisterMap(3, places, gap=99, most=11)) == (Block(10, 11), Block(40, 1))


PLACES = st.dictionaries(
    st.sampled_from(Quantity),
    st.builds(Register, st.integers(0, 0xFFFC), st.sampled_from(Kind)),
    min_size=1,
)


@given(PLACES, st.integers(4, 125), st.integers(0, 125))
def test_any_map_is_read_wholly(places: dict[Quantity, Register], most: int, gap: int) -> None:
    """Each number lies in one request, no request is too long, and none begins or ends idly."""
    found = blocks(RegisterMap(3, places, most=most, gap=gap))

    assert all(1 <= block.count <= most for block in found)
    assert list(found) == sorted(found, key=lambda block: block.start)
    for place in places.values():
        end = place.address + place.kind.words
        assert any(b.start <= place.address and end <= b.start + b.count for b in found)
    assert {b.start for b in found} <= {place.address for place in places.values()}
