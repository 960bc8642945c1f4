"""Samples come once for each instant, whatever rounding makes of that instant."""

from __future__ import annotations

from laadpaal.station.moment import Moment
from laadpaal.station.notices import TransactionSampled
from tests.support.world import NOON, World


def test_an_instant_that_rounding_moves_is_sampled_once() -> None:
    """A tick that comes a hair early in floating point plans the next instant, not the same."""
    world = World()
    world.now = Moment(1178.3049999999987, NOON)
    world.online()
    world.plug()
    world.swipe()
    world.pass_time(900.5)

    assert len(world.told(TransactionSampled)) == 15
