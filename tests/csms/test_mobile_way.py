"""A way that opens is dialled at once, and one that closes is let go."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from laadpaal.properties.connectivity import CONNECTIVITY, MOBILE
from laadpaal.station.layout import Layout
from laadpaal.station.network_profile import ANY, Generation, NetworkProfile, Route
from laadpaal.station.notices import MobileChanged
from laadpaal.station.saved import Saved
from tests.csms.test_talk import Play, Wire, playing
from tests.support.jumping import jump
from tests.support.world import World

GIVEN = Saved(networks={1: NetworkProfile(Generation.FIRST, "ws://given.example", interface=ANY)})
OPENED, CLOSED = MobileChanged(attached=True), MobileChanged(attached=False, why="no network")


def wireless(play: Play) -> None:
    """Let the station go through the mobile network from now on."""
    world = World(Layout(modem=True), GIVEN)
    world.put(CONNECTIVITY, to=MOBILE)
    play.talk._scene.desk.view = world.station.view  # type: ignore[method-assign]  # that desk


def told_while_dialling(notice: MobileChanged, prepare: Callable[[Play], None]) -> int:
    """Tell a notice while a dial waits for ever; return how often it was dialled."""

    async def story() -> int:
        async with playing("1.6") as play:
            await play.talk.drained()
            prepare(play)
            dials = 0

            async def wait() -> Wire:
                nonlocal dials
                dials += 1
                await asyncio.sleep(1e6)
                raise AssertionError("it has waited for ever")

            play.csms.dial = wait  # type: ignore[method-assign]  # the line of this test
            play.csms.hangs_up()
            await asyncio.sleep(10)
            play.talk.tell(notice)
            await asyncio.sleep(1)
            return dials

    return jump(story())


def test_a_way_that_opens_is_dialled_at_once() -> None:
    """Whatever was waited for before."""
    assert told_while_dialling(OPENED, wireless) == 2


@pytest.mark.parametrize("notice", [OPENED, CLOSED])
def test_who_goes_by_wire_is_not_disturbed(notice: MobileChanged) -> None:
    """The mobile network is none of that attempt's business."""
    assert told_while_dialling(notice, lambda _: None) == 1


@pytest.mark.parametrize(
    ("interface", "notice", "wires"),
    [
        ("Wireless0", CLOSED, 2),
        ("Wireless0", OPENED, 1),
        ("Wired0", CLOSED, 1),
    ],
)
def test_a_connection_ends_with_its_way(interface: str, notice: MobileChanged, wires: int) -> None:
    """And with no other."""

    async def story() -> int:
        async with playing("1.6") as play:
            play.csms.route = Route(interface=interface)
            await play.talk.drained()
            play.talk.tell(notice)
            await asyncio.sleep(10)
            return len(play.csms.wires)

    assert jump(story()) == wires
