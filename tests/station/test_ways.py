"""Every way from one status to another is made of the arcs of OCPP 1.6 section 4.9."""

from __future__ import annotations

from itertools import pairwise, product

import pytest

from laadpaal.station.ways import ARCS, way
from laadpaal.station.words import Status

# The table of 1.6 section 4.9 as it is read there: one row for each status one comes from, and
# in it the number of each status that may follow.
NUMBERS = dict(zip("123456789", Status, strict=True))
LEGAL = {
    "1": "2345789",
    "2": "134569",
    "3": "145689",
    "4": "135689",
    "5": "134689",
    "6": "1289",
    "7": "1289",
    "8": "123459",
    "9": "12345678",
}
LEGAL_PAIRS = {(NUMBERS[was], NUMBERS[now]) for was, row in LEGAL.items() for now in row}
PAIRS = list(product(Status, Status))


def test_the_numbers_are_those_of_the_specification() -> None:
    """The statuses stand in the order that the table counts them in."""
    assert (NUMBERS["1"], NUMBERS["6"], NUMBERS["9"]) == (
        Status.AVAILABLE,
        Status.FINISHING,
        Status.FAULTED,
    )


def test_the_arcs_are_those_of_the_table() -> None:
    """None is missing, and none is too many."""
    assert {(was, now) for was, row in ARCS.items() for now in row} == LEGAL_PAIRS


@pytest.mark.parametrize("cabled", [True, False], ids=["cabled", "free"])
@pytest.mark.parametrize(("was", "now"), PAIRS)
def test_there_is_a_legal_way_everywhere(was: Status, now: Status, *, cabled: bool) -> None:
    """It ends where it should, takes at most one step between, and each step is an arc."""
    steps = way(was, now, cabled=cabled)

    assert steps[-1] is now
    assert len(steps) <= 2
    if was is not now:
        assert set(pairwise((was, *steps))) <= LEGAL_PAIRS


@pytest.mark.parametrize(
    ("was", "now", "cabled", "between"),
    [
        (Status.FINISHING, Status.CHARGING, True, Status.PREPARING),
        (Status.RESERVED, Status.SUSPENDED_EV, True, Status.PREPARING),
        (Status.PREPARING, Status.UNAVAILABLE, False, Status.AVAILABLE),
        (Status.PREPARING, Status.UNAVAILABLE, True, Status.FINISHING),
        (Status.PREPARING, Status.RESERVED, False, Status.AVAILABLE),
        (Status.UNAVAILABLE, Status.RESERVED, False, Status.AVAILABLE),
    ],
)
def test_what_lies_between_is_what_happened(
    was: Status, now: Status, *, cabled: bool, between: Status
) -> None:
    """Nobody is told that a connector is free while a plug is in it."""
    assert way(was, now, cabled=cabled) == (between, now)
