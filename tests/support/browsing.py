"""A browser in front of a page of the station, and somebody who looks at it."""

from __future__ import annotations

import os
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

CHROMIUM = Path("/usr/bin/chromium")
"""As Debian has it; none is ever downloaded."""
ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS = 30_000
PICTURES = os.environ.get("LAADPAAL_PICTURES", "")
"""Folder for pictures of the page; none are made without it."""
COLOURS = 200
REFUSAL = re.compile("Failed to load resource: the server responded with a status of (4|507)")
"""What the browser says of a refusal: something was wrong with the question, or has no room."""
DESKTOP, PHONE = (1280, 1340), (390, 844)


def driving() -> tuple[Any, Any]:
    """Return what drives the browser and what judges pages; skips the test without them."""
    if not CHROMIUM.exists():
        pytest.skip(f"there is no {CHROMIUM}")
    lacking = "the browser's environment is not installed; see scripts/browser"
    return (
        pytest.importorskip("playwright.async_api", reason=lacking),
        pytest.importorskip("axe_playwright_python.async_playwright", reason=lacking),
    )


@dataclass
class Visitor:
    """Somebody with a browser: the tab, and what it complained about."""

    tab: Any
    url: str
    complaints: list[str] = field(default_factory=list)

    async def opens(self, view: str = "station") -> None:
        """Go to a view of the page, and wait until it is there."""
        await self.tab.goto(f"{self.url}/#{view}")
        await self.sees(self.tab.get_by_role("navigation"))

    async def sees(
        self, what: Any, text: str | re.Pattern[str] | None = None, *, seen: bool = True
    ) -> None:
        """Return once it is visible, and says so, or once it is not."""
        it = driving()[0].expect(what)
        if text is not None:
            await it.to_contain_text(text)
        else:
            await (it.to_be_visible() if seen else it.to_be_hidden())

    async def picture(self, name: str) -> None:
        """Keep a picture of what is seen, where somebody wants one; few colours make it small."""
        if PICTURES:
            seen = Image.open(BytesIO(await self.tab.screenshot()))
            few = seen.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
            few.save(Path(PICTURES) / f"{name}.png", optimize=True)

    async def accessible(self) -> None:
        """Fail where a person with other eyes or hands meets a serious obstacle."""
        found = await driving()[1].Axe().run(self.tab)
        wrong = [
            (it["id"], node["target"], node["failureSummary"])
            for it in found.response["violations"]
            if it["impact"] in {"serious", "critical"}
            for node in it["nodes"]
        ]
        assert wrong == []

    def hear(self, message: Any) -> None:
        """Take note of what the browser complains about, but not of the refusals it was told."""
        if message.type in {"error", "warning"} and not REFUSAL.match(message.text):
            self.complaints.append(message.text)


@asynccontextmanager
async def visiting(
    url: str, size: tuple[int, int] = DESKTOP, scheme: str = "light", locale: str = "en-GB"
) -> AsyncIterator[Visitor]:
    """Open a browser with an empty profile; at the end nothing may have gone wrong in it."""
    playwright, _ = driving()
    async with playwright.async_playwright() as drives:
        browser = await drives.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        width, height = size
        context = await browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            locale=locale,
            timezone_id="Europe/Amsterdam",
            reduced_motion="reduce",
            ignore_https_errors=True,  # nobody vouches for a certificate of the station's own
        )
        context.set_default_timeout(PATIENCE_MS)
        playwright.expect.set_options(timeout=PATIENCE_MS)
        visitor = Visitor(await context.new_page(), url)
        visitor.tab.on("console", visitor.hear)
        visitor.tab.on("pageerror", lambda error: visitor.complaints.append(str(error)))
        try:
            yield visitor
        finally:
            await browser.close()
        assert visitor.complaints == []
