"""The other views of the page: what was charged, and what is set."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from laadpaal.backoffice.server import BackOffice
from laadpaal.properties.metering import SAMPLE_INTERVAL
from laadpaal.runtime.assembly import VAULT
from tests.runtime.stage import Stage
from tests.support.browsing import DESKTOP, PHONE, Visitor, visiting
from tests.support.packages import sealed, trust_maker

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


async def test_messages_are_filtered_copied_and_saved(visitor: Visitor, stage: Stage) -> None:
    """What the back office heard stands there as it is said, and is found by its name."""
    await visitor.opens("messages")
    tab = visitor.tab
    await visitor.sees(tab.get_by_text("BootNotification").first)
    await tab.get_by_label("Filter").fill("statusnotification")
    await visitor.sees(tab.get_by_text("BootNotification").first, seen=False)
    stage.bench.plug(2, 32.0)
    occupied = tab.get_by_role("listitem").filter(has_text='"connectorStatus":"Occupied"')
    await occupied.locator("summary").click()
    await visitor.sees(occupied.locator("pre"), '"connectorStatus": "Occupied"')
    await tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await occupied.get_by_role("button", name="Copy").click()
    await visitor.sees(tab.get_by_text("Copied."))
    assert "Occupied" in await tab.evaluate("() => navigator.clipboard.readText()")
    await tab.get_by_role("button", name="Raw").click()
    await occupied.locator("summary").click()
    await visitor.sees(occupied.locator("pre"), '"connectorStatus":"Occupied"')
    async with tab.expect_download() as saved:
        await tab.get_by_role("link", name="Save all that is found").click()

    kept = [json.loads(it) for it in (await (await saved.value).path()).read_text().splitlines()]
    assert {it["action"] for it in kept} == {"StatusNotification"}
    assert {it["kind"] for it in kept} == {"call", "result"}
    assert any("Occupied" in it["text"] for it in kept)


async def test_messages_stand_still_for_who_reads(
    visitor: Visitor, stage: Stage, office: BackOffice
) -> None:
    """What is new waits until somebody wants it, and an open message stays where it is."""
    await visitor.opens("messages")
    tab = visitor.tab
    boot = tab.get_by_role("listitem").filter(has_text="BootNotification").last
    await boot.locator("summary").click()
    await tab.get_by_label("Go on showing what is new").uncheck()
    mark = office.mark
    stage.bench.plug(2, 32.0)
    await office.wait_for("LP1", "StatusNotification", since=mark)
    async with tab.expect_response("**/v1/station"):
        pass
    occupied = tab.get_by_role("listitem").filter(has_text='"connectorStatus":"Occupied"')
    assert await occupied.count() == 0
    await tab.get_by_label("Go on showing what is new").check()

    await visitor.sees(occupied)
    await visitor.sees(boot.locator("pre"))


async def test_what_was_said_meanwhile_is_read_later(
    visitor: Visitor, stage: Stage, office: BackOffice
) -> None:
    """Where the stream does not come about, its first word makes the page read anew."""
    tab = visitor.tab
    await tab.route("**/v1/events?*", lambda route: route.fulfill(status=404))
    await visitor.opens("messages")
    await visitor.sees(tab.get_by_text("BootNotification").first)
    mark = office.mark
    stage.bench.plug(2, 32.0)
    await office.wait_for("LP1", "StatusNotification", since=mark)
    occupied = tab.get_by_role("listitem").filter(has_text='"connectorStatus":"Occupied"')
    await visitor.sees(tab.get_by_text("every second"))
    assert await occupied.count() == 0
    await tab.unroute("**/v1/events?*")

    await visitor.sees(occupied)


async def test_the_log_is_found_by_text_and_kind(visitor: Visitor) -> None:
    """Newest first, with nothing that was not asked for."""
    await visitor.opens("log")
    tab = visitor.tab
    await visitor.sees(tab.get_by_role("cell", name="INFO", exact=True).first)
    await tab.get_by_label("Text").fill("BootNotification")
    await tab.get_by_label("Kind").select_option("COM")
    await visitor.sees(tab.get_by_role("cell", name="INFO", exact=True).first, seen=False)

    await visitor.sees(tab.get_by_role("cell", name="BootNotification").first)


async def test_a_file_that_is_no_package_is_refused(visitor: Visitor, stage: Stage) -> None:
    """The version that runs is shown, and what the station says against a file."""
    await visitor.opens("system")
    firmware = visitor.tab.get_by_role("region", name="Firmware")
    await visitor.sees(firmware, re.compile(f"Runs\\s*{re.escape(stage.running.layout.firmware)}"))
    wrong = {"name": "holiday.jpg", "mimeType": "image/jpeg", "buffer": bytes(4096)}
    await firmware.get_by_label("Firmware package").set_input_files(wrong)
    await firmware.get_by_role("button", name="Upload").click()

    await visitor.sees(firmware.locator(".refused"), re.compile(r"\w"))
    assert not stage.running.view().release.busy


async def test_a_good_package_is_installed(visitor: Visitor, stage: Stage, tmp_path: Path) -> None:
    """It is brought, and the next version runs soon after; the page says so by itself."""
    trust_maker(tmp_path / VAULT)
    await visitor.opens("system")
    firmware = visitor.tab.get_by_role("region", name="Firmware")
    package = sealed("9.9.9", b"a new release")
    good = {"name": "next.lpfw", "mimeType": "application/octet-stream", "buffer": package}
    await firmware.get_by_label("Firmware package").set_input_files(good)
    await firmware.get_by_role("button", name="Upload").click()

    await visitor.sees(firmware, re.compile(r"Runs\s*9\.9\.9"))
    assert stage.running.layout.firmware == "9.9.9"


VIEWS = ("sessions", "messages", "log", "settings", "system")


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


async def a_message(visitor: Visitor) -> None:
    """Open the newest message."""
    await visitor.tab.locator(".messages summary").first.click()
    await visitor.sees(visitor.tab.get_by_role("button", name="Copy"))


async def a_line(visitor: Visitor) -> None:
    """Wait for the log."""
    await visitor.sees(visitor.tab.get_by_role("cell", name="INFO", exact=True).first)


FILLED = {"sessions": a_chart, "settings": a_field, "messages": a_message, "log": a_line}
