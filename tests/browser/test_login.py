"""The page over HTTPS: the first password of all, and logging in and out."""

from __future__ import annotations

from tests.runtime.stage import Stage
from tests.support.browsing import visiting

PASSWORD = "a long way to Utrecht"


async def test_a_new_station_is_given_a_password(stage: Stage) -> None:
    """It asks for one first, says what is wrong with it, and lets in who knows it."""
    assert stage.station.web
    async with visiting(stage.station.web.url) as visitor:
        tab = visitor.tab
        await tab.goto(visitor.url)
        await visitor.sees(tab.get_by_role("heading", name="Choose a password"))
        await visitor.accessible()
        await visitor.picture("page-first-password")
        await tab.get_by_label("Password").fill(PASSWORD)
        await tab.get_by_label("The same again").fill("another")
        await tab.get_by_role("button", name="Set the password").click()
        await visitor.sees(tab.get_by_role("status"), "the two passwords differ")
        for field in ("Password", "The same again"):
            await tab.get_by_label(field).fill("short")
        await tab.keyboard.press("Enter")
        await visitor.sees(tab.get_by_role("status"), "characters")
        for field in ("Password", "The same again"):
            await tab.get_by_label(field).fill(PASSWORD)
        await tab.keyboard.press("Enter")
        await visitor.sees(tab.get_by_role("region", name="Socket 1", exact=True), "Available")

        await visitor.opens("system")
        await visitor.sees(tab.get_by_role("region", name="Password"))
        await visitor.accessible()
        await tab.get_by_role("button", name="Log out").click()
        await visitor.sees(tab.get_by_role("heading", name="Who is there?"))
        await visitor.accessible()
        await tab.get_by_label("Password").fill("wrong")
        await tab.keyboard.press("Enter")
        await visitor.sees(tab.get_by_role("status"), "wrong")
        await tab.get_by_label("Password").fill(PASSWORD)
        await tab.keyboard.press("Enter")
        await visitor.sees(tab.get_by_role("navigation"))
