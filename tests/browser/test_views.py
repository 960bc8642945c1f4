"""The other views of the page: what was charged, and what is set."""

from __future__ import annotations

import re

import pytest

from laadpaal.properties.metering import SAMPLE_INTERVAL
from tests.runtime.stage import Stage
from tests.support.browsing import DESKTOP, PHONE, Visitor, visiting

CARD = "04A1B2C3D4E580"


async def test_the_chart_of_a_session_is_read(visitor: Visitor, stage: Stage) -> None:
    """Who has charged stands in the list, with a chart that is a table as well, and in files."""
    await stage.driver.visit(1, CARD, 900.0)
    await visitor.opens("sessions")
    tab = visitor.tab

    await visitor.sees(tab.get_by_role("cell", name=CARD))
    await tab.get_by_role("button", name=re.compile("Show the session of .* at socket 1")).click()
    story = tab.get_by_role("region", name=re.compile("Socket 1, "))
    await visitor.sees(story.get_by_role("img", name=re.compile("Power .* kW")))
    await story.get_by_text("As a table").click()
    await visitor.sees(story.get_by_role("cell", name=re.compile(r"1[01]\.\d kW")).first)
    async with tab.expect_download() as saved:
        await tab.get_by_role("link", name="All as CSV").click()

    assert CARD in (await (await saved.value).path()).read_text()


async def test_a_property_is_changed_wrongly_and_rightly(visitor: Visitor, stage: Stage) -> None:
    """What cannot be is said at the field, in the station's words; what can be is stored."""
    await visitor.opens("settings")
    tab = visitor.tab
    await tab.get_by_label("Search").fill(SAMPLE_INTERVAL.id)
    await tab.get_by_text(SAMPLE_INTERVAL.help).click()
    value = tab.get_by_label("Value")
    save = tab.get_by_role("button", name="Save")

    await value.fill("999999")
    await save.click()
    await visitor.sees(tab.get_by_role("alert").filter(has_text="999999 is not in 0..86400"))
    assert await value.get_attribute("aria-invalid") == "true"
    await value.fill("30")
    await value.press("Enter")
    await visitor.sees(tab.get_by_text("30 s", exact=True))

    assert await value.get_attribute("aria-invalid") is None
    assert stage.running.values[SAMPLE_INTERVAL] == 30


VIEWS = ("sessions", "settings", "system")


@pytest.mark.parametrize(
    ("name", "size", "scheme"),
    [("desktop", DESKTOP, "light"), ("phone", PHONE, "light"), ("dark", DESKTOP, "dark")],
)
async def test_every_view_is_legible(
    stage: Stage, name: str, size: tuple[int, int], scheme: str
) -> None:
    """On a desk, in a hand and in the dark: no serious obstacle, and nothing beyond the edge."""
    assert stage.station.api
    await stage.driver.visit(1, CARD, 600.0)
    async with visiting(stage.station.api, size, scheme) as visitor:
        for view in VIEWS:
            await visitor.opens(view)
            await visitor.sees(visitor.tab.get_by_role("heading", level=1))
            await FILLED.get(view, nothing)(visitor)
            await visitor.accessible()
            await visitor.picture(f"page-{view}-{name}")
            wide = await visitor.tab.evaluate("() => document.documentElement.scrollWidth")
            assert wide <= size[0], view


async def nothing(_visitor: Visitor) -> None:
    """Have a view stay as it is."""


async def a_chart(visitor: Visitor) -> None:
    """Open the last session."""
    await visitor.tab.get_by_role("button", name="Show").first.click()
    await visitor.sees(visitor.tab.get_by_role("img", name=re.compile("Power .* kW")))


async def a_field(visitor: Visitor) -> None:
    """Open the first setting."""
    await visitor.tab.locator("summary.property").first.click()
    await visitor.sees(visitor.tab.get_by_role("button", name="Save"))


FILLED = {"sessions": a_chart, "settings": a_field}
