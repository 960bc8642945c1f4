"""The page without a mouse: every control is reached, and worked, by keys alone."""

from __future__ import annotations

import re

import pytest

from laadpaal.properties.metering import SAMPLE_INTERVAL
from tests.runtime.stage import Stage
from tests.support.browsing import DESKTOP, PHONE, Visitor, visiting

CARD = "04A1B2C3D4E580"
CONTROLS = """() => {
    const able = (it) => it.isConnected && !it.disabled && it.checkVisibility();
    const all = [...document.querySelectorAll("a, button, input, select, summary, textarea")];
    window.sought = all.filter(able);
    window.gone = () => window.sought.flatMap((it, n) => able(it) ? [] : [n]);
    return window.sought.length;
}"""
FOCUSED = "() => window.sought.indexOf(document.activeElement)"
GONE = "() => window.gone()"
VIEWS = ("station", "sessions", "messages", "log", "settings", "system")


async def reached(visitor: Visitor) -> None:
    """Fail where Tab alone does not come to each control that there is.

    The page lives meanwhile: a control that has gone need not be met.
    """
    controls = set(range(await visitor.tab.evaluate(CONTROLS)))
    met: set[int] = set()
    for _ in range(2 * len(controls)):  # what scrolls is met as well
        await visitor.tab.keyboard.press("Tab")
        met.add(await visitor.tab.evaluate(FOCUSED))
        if controls <= met:
            break
    assert controls
    assert controls - met <= set(await visitor.tab.evaluate(GONE))


@pytest.mark.parametrize("view", VIEWS)
async def test_every_control_is_reached(visitor: Visitor, stage: Stage, view: str) -> None:
    """By Tab alone, in every view."""
    await stage.driver.visit(1, CARD, 300.0)
    await visitor.opens(view)
    await visitor.sees(visitor.tab.get_by_role("heading", level=1))
    await reached(visitor)


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_who_comes_in_needs_no_mouse(
    stage: Stage, size: tuple[int, int], scheme: str
) -> None:
    """The first password and the login: reached by Tab, sent by Enter, and legible."""
    assert stage.station.web
    password = "a long way to Utrecht"
    async with visiting(stage.station.web.url, size, scheme) as visitor:
        tab = visitor.tab
        await tab.goto(visitor.url)
        await visitor.sees(tab.get_by_role("heading", name="Choose a password"))
        await visitor.accessible()
        await reached(visitor)
        await tab.get_by_label("Password").focus()
        await tab.keyboard.type(password)
        await tab.keyboard.press("Tab")
        await tab.keyboard.type(password)
        await tab.keyboard.press("Enter")
        await visitor.opens("system")
        await tab.get_by_role("button", name="Log out").press("Enter")
        await visitor.sees(tab.get_by_role("heading", name="Who is there?"))
        await visitor.accessible()
        await reached(visitor)
        await tab.get_by_label("Password").focus()
        await tab.keyboard.type(password)
        await tab.keyboard.press("Enter")
        await visitor.sees(tab.get_by_role("navigation"))


async def test_the_station_is_moved_by_keys(visitor: Visitor, stage: Stage) -> None:
    """Enter and Space press, arrows move a slider, and Escape is never needed."""
    await visitor.opens()
    tab = visitor.tab
    socket = tab.get_by_role("region", name="Socket 1", exact=True)
    vehicle = tab.get_by_role("region", name="Vehicle at socket 1")
    await vehicle.get_by_role("button", name="Plug in").press("Enter")
    await visitor.sees(socket, "Preparing")
    await vehicle.get_by_role("button", name="Hold to the reader").press("Space")
    await visitor.sees(socket, "Charging")
    slider = socket.get_by_role("slider", name="Limit")
    before = float(await slider.input_value())
    await slider.press("ArrowLeft")
    await visitor.sees(socket.get_by_role("button", name="Take the limit away"))
    await slider.press("Home")
    await visitor.sees(socket, re.compile("of 32 A: .*Other limit"))
    assert float(await slider.input_value()) < before
    await socket.locator("summary").filter(has_text="Why?").press("Enter")
    await visitor.sees(socket.get_by_role("table").filter(has_text="Who"), "Other limit")
    await socket.get_by_role("button", name="Stop").press("Enter")
    await visitor.sees(socket, "Finishing")
    luck = tab.get_by_role("region", name="Bad luck")
    trouble = luck.get_by_label("What goes wrong")
    was = await trouble.input_value()
    await trouble.press("ArrowDown")
    assert await trouble.input_value() != was
    await visitor.sees(luck.get_by_role("button", name="Let it go wrong"))
    assert stage.running.view().evses[0].transaction is None


async def test_the_other_views_are_worked_by_keys(visitor: Visitor, stage: Stage) -> None:
    """A session is opened, messages are held, a line of the log is found, a setting is stored."""
    await stage.driver.visit(1, CARD, 300.0)
    tab = visitor.tab
    await visitor.opens("sessions")
    await tab.get_by_role("button", name=re.compile("Show the session")).press("Enter")
    story = tab.get_by_role("region", name=re.compile("Socket 1, "))
    await story.locator("summary").press("Space")
    await visitor.sees(story.get_by_role("table"))

    await tab.get_by_role("link", name="Messages").press("Enter")
    held = tab.get_by_label("Go on showing what is new")
    await held.press("Space")
    assert not await held.is_checked()
    await tab.locator(".messages summary").first.press("Enter")
    await visitor.sees(tab.get_by_role("button", name="Copy"))
    await tab.get_by_role("button", name="Raw").press("Space")
    await visitor.sees(tab.get_by_role("button", name="Raw", pressed=True))

    await tab.get_by_role("link", name="Log").press("Enter")
    await tab.get_by_label("Kind").press("ArrowDown")
    await visitor.sees(tab.get_by_role("cell", name="INFO", exact=True).first)

    await tab.get_by_role("link", name="Settings").press("Enter")
    await tab.get_by_label("Search").focus()
    await tab.keyboard.type(SAMPLE_INTERVAL.id)
    await tab.locator("summary").filter(has_text=SAMPLE_INTERVAL.help).press("Enter")
    await tab.get_by_label("Value").fill("45")
    await tab.get_by_label("Value").press("Enter")
    await visitor.sees(tab.get_by_text("45 s", exact=True))
    assert stage.running.values[SAMPLE_INTERVAL] == 45
