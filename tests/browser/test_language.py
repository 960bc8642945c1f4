"""The page in the language of who looks at it."""

from __future__ import annotations

import re

from tests.runtime.stage import Stage
from tests.support.browsing import PHONE, visiting

CARD = "04A1B2C3D4E580"
LANG = "() => document.documentElement.lang"
WIDTH = "() => document.documentElement.scrollWidth"
VIEWS = ("station", "sessions", "messages", "log", "settings", "system")


async def test_the_browsers_language_until_another_is_chosen(stage: Stage) -> None:
    """Dutch for who asks for it, then German by choice, which stays when the page is reloaded."""
    assert stage.station.api
    await stage.driver.visit(1, CARD, 300.0)
    async with visiting(stage.station.api, locale="nl-NL") as visitor:
        tab = visitor.tab
        await visitor.opens()
        await visitor.sees(tab.get_by_role("region", name="Laadpunt 1", exact=True), "Beschikbaar")
        await visitor.sees(tab.get_by_role("region", name="Laadpunt 1", exact=True), "0,0 kW")
        await visitor.sees(tab.get_by_role("img", name=re.compile("Beschikbaar, niets aangesl")))
        assert await tab.evaluate(LANG) == "nl"
        await visitor.accessible()

        choice = tab.get_by_role("combobox", name="Taal")
        await choice.select_option("Deutsch")
        await visitor.sees(tab.get_by_role("link", name="Ladevorgänge"))
        await visitor.sees(tab.get_by_role("combobox", name="Sprache"))
        await tab.reload()
        await visitor.sees(tab.get_by_role("region", name="Ladepunkt 1", exact=True), "Verfügbar")
        assert await tab.evaluate(LANG) == "de"
        await visitor.accessible()


async def test_who_switches_by_keys_stays_at_the_choice(stage: Stage) -> None:
    """The page is made anew in the other language, and what had the focus has it still."""
    assert stage.station.api
    async with visiting(stage.station.api) as visitor:
        await visitor.opens()
        await visitor.tab.get_by_role("combobox", name="Language").focus()
        await visitor.tab.keyboard.press("ArrowDown")
        await visitor.sees(visitor.tab.locator('select[aria-label="Taal"]:focus'))

        await visitor.tab.keyboard.press("ArrowDown")
        await visitor.sees(visitor.tab.locator('select[aria-label="Sprache"]:focus'))


async def test_german_fits_a_hand(stage: Stage) -> None:
    """Its long words go beyond the edge of a phone in no view, and its name stays in sight."""
    assert stage.station.api
    await stage.driver.visit(1, CARD, 300.0)
    async with visiting(stage.station.api, PHONE, locale="de-DE") as visitor:
        for view in VIEWS:
            await visitor.opens(view)
            await visitor.sees(visitor.tab.get_by_role("heading", level=1))
            await visitor.accessible()
            assert await visitor.tab.evaluate(WIDTH) <= PHONE[0], view
            name = await visitor.tab.locator("nav a[aria-current]").bounding_box()
            assert 0 <= name["x"] <= PHONE[0] - name["width"], view


async def test_times_are_written_as_in_the_region(stage: Stage) -> None:
    """Who has English of Britain sees no afternoon; who has that of America does."""
    assert stage.station.api
    await stage.driver.visit(1, CARD, 300.0)
    for locale, written in (("en-GB", r", \d\d:\d\d:\d\d$"), ("en-US", r", .*\s[AP]M$")):
        async with visiting(stage.station.api, locale=locale) as visitor:
            await visitor.opens("sessions")
            begun = visitor.tab.locator("tbody td").first
            await visitor.sees(begun, re.compile(written))
