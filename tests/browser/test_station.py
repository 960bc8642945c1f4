"""The page shows the station as it is, and moves it."""

from __future__ import annotations

import re

import pytest

from laadpaal.runtime.clock import RealClock
from tests.runtime.stage import Stage
from tests.support.browsing import DESKTOP, PHONE, Visitor, visiting

CARD = "04A1B2C3D4E580"


async def test_a_visit_from_plug_to_leaving(visitor: Visitor, stage: Stage) -> None:
    """Plug, swipe, watch the power rise, move the limit, see why, stop, unplug: all by the page."""
    await visitor.opens()
    tab = visitor.tab
    socket = tab.get_by_role("region", name="Socket 1", exact=True)
    vehicle = tab.get_by_role("region", name="Vehicle at socket 1")
    await visitor.sees(socket, "Available")

    await vehicle.get_by_role("button", name="Plug in").click()
    await visitor.sees(socket, "Preparing")
    await vehicle.get_by_role("button", name="Hold to the reader").click()
    await visitor.sees(socket, "Charging")
    await visitor.sees(socket, "11.0 kW")
    await visitor.sees(tab.get_by_role("img", name=re.compile("Charging, vehicle connected, lock")))

    slider = socket.get_by_role("slider", name="Limit")
    await slider.fill("10")
    await visitor.sees(socket, re.compile("10 A of 32 A: .* 10 A"))
    await visitor.sees(socket, "6.9 kW")
    await visitor.sees(socket.get_by_role("img", name=re.compile("limit 6.9 kW by Other limit")))
    await socket.get_by_text("As a table").click()
    await visitor.sees(socket.get_by_role("cell", name="Other limit", exact=True).first)
    await visitor.sees(socket.get_by_role("cell", name="connector", exact=True).last)
    await socket.get_by_text("Why?").click()
    await visitor.sees(socket.get_by_role("table").filter(has_text="Who"), "connector")
    await visitor.sees(socket, "energy flows")

    await socket.get_by_role("button", name="Stop").click()
    await visitor.sees(socket, "Finishing")
    await vehicle.get_by_role("button", name="Unplug at the station").click()
    await visitor.sees(socket, "Available")
    assert stage.running.view().evses[0].transaction is None


async def test_a_refusal_is_shown_in_the_stations_words(visitor: Visitor) -> None:
    """Nobody charges, so that there is nothing to stop, and the page says what the station says."""
    await visitor.opens()
    socket = visitor.tab.get_by_role("region", name="Socket 2", exact=True)

    await socket.get_by_role("button", name="Stop").click()

    await visitor.sees(socket, "EVSE 2 has no transaction")


async def test_a_fault_is_caused_and_cleared(visitor: Visitor, stage: Stage) -> None:
    """Bad luck is begun by name, seen at the socket, and ended again."""
    await visitor.opens()
    luck = visitor.tab.get_by_role("region", name="Bad luck")
    socket = visitor.tab.get_by_role("region", name="Socket 1", exact=True)

    await luck.get_by_label("What goes wrong").select_option("residual-current")
    await visitor.sees(luck, "Nothing is made to go wrong now.")
    await luck.get_by_role("button", name="Let it go wrong").click()
    end = luck.get_by_role("button", name="Make it well: residual current, Socket 1")
    await visitor.sees(end)
    assert [it.trouble for it in stage.station.troubles.ongoing] == ["residual-current"]
    await end.click()
    await visitor.sees(luck, "Nothing is made to go wrong now.")
    await visitor.sees(socket)


async def test_time_passes_quicker(visitor: Visitor, clock: RealClock) -> None:
    """The page lets it, and shows how quickly it does."""
    await visitor.opens()
    speed = visitor.tab.get_by_role("group", name="Speed of time")
    await visitor.sees(speed.get_by_role("button", name="60 x", exact=True, pressed=True))
    await speed.get_by_role("button", name="600 x").click()

    await visitor.sees(speed.get_by_role("button", name="600 x", pressed=True))
    assert clock.speed == 600.0


@pytest.mark.parametrize(
    ("name", "size", "scheme"),
    [("desktop", DESKTOP, "light"), ("phone", PHONE, "light"), ("dark", DESKTOP, "dark")],
)
async def test_the_station_is_legible(
    stage: Stage, name: str, size: tuple[int, int], scheme: str
) -> None:
    """On a desk, in a hand and in the dark: no serious obstacle, and nothing beyond the edge."""
    assert stage.station.api
    await stage.driver.visit(2, CARD, 600.0)
    async with visiting(stage.station.api, size, scheme) as visitor:
        await visitor.opens()
        stage.bench.plug(1, 32.0)
        stage.bench.swipe(CARD, 0)
        socket = visitor.tab.get_by_role("region", name="Socket 1", exact=True)
        await visitor.sees(socket, re.compile(r"[1-9]\d*\.\d kW"))
        await visitor.accessible()
        await visitor.picture(f"page-station-{name}")
        world = visitor.tab.get_by_role("heading", name="The simulated world")
        await world.evaluate("(it) => it.scrollIntoView()")
        await visitor.picture(f"page-world-{name}")

        wide = await visitor.tab.evaluate("() => document.documentElement.scrollWidth")
        assert wide <= size[0]
