"""Numbers of tags, and how they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laadpaal.protocols.tags import Order, drawn, spelled, vicinity

SIZES = st.sampled_from([4, 7, 8, 10]).flatmap(lambda size: st.binary(min_size=size, max_size=size))


@pytest.mark.parametrize(
    ("uid", "as_read", "turned"),
    [
        ("04a1b2c3", "04A1B2C3", "C3B2A104"),
        ("04112233445566", "04112233445566", "66554433221104"),
        ("04112233445566778899", "04112233445566778899", "99887766554433221104"),
        ("e004010203040506", "E004010203040506", "06050403020104E0"),
        ("06050403020104e0", "E004010203040506", "06050403020104E0"),
        ("012e4c1122334455", "012E4C1122334455", "55443322114C2E01"),
        ("08aabbcc", "08AABBCC", "08AABBCC"),
    ],
)
def test_a_number_is_written_either_way(uid: str, as_read: str, turned: str) -> None:
    """In upper case and without anything between; one drawn by chance stays what it is."""
    read = bytes.fromhex(uid)

    assert (spelled(read), spelled(read, Order.REVERSED)) == (as_read, turned)


@given(SIZES)
def test_a_number_turned_twice_is_itself(uid: bytes) -> None:
    """Nothing of it is lost in either order, and it fits the shortest identifier there is."""
    text = spelled(uid, Order.REVERSED)
    again = bytes.fromhex(text)[::-1]

    assert len(text) == 2 * len(uid) <= 20
    assert text == text.upper()
    assert spelled(again if not drawn(uid) else uid) == spelled(uid)


@pytest.mark.parametrize(
    ("uid", "by_chance"),
    [("08112233", True), ("08112233445566", False), ("04081122", False), ("88112233", False)],
)
def test_a_number_drawn_by_chance_is_known(uid: str, by_chance: bool) -> None:  # noqa: FBT001  a table
    """Only four bytes that begin with 08 were drawn."""
    assert drawn(bytes.fromhex(uid)) is by_chance


@pytest.mark.parametrize(
    ("uid", "is_one"),
    [
        ("e004010203040506", True),
        ("06050403020104e0", True),
        ("e0112233", False),
        ("01" * 8, False),
    ],
)
def test_a_number_of_the_other_standard_is_known(uid: str, is_one: bool) -> None:  # noqa: FBT001  a table
    """Eight bytes with E0 at either end."""
    assert vicinity(bytes.fromhex(uid)) is is_one
