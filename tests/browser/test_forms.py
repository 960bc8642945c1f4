"""A form that the browser itself sends, with a package in it, over a real TLS socket (S29, S30)."""

from __future__ import annotations

import hashlib
import ssl
from collections.abc import AsyncIterator
from http import HTTPStatus
from pathlib import Path
from typing import Any

import httpx
import pytest

from laadpaal.local_api.app import make_app
from laadpaal.local_api.events import EventStream
from laadpaal.local_api.uploads.routes import COMPATIBLE, PATH, compatible_routes
from laadpaal.ports.updates import Flaw
from laadpaal.protocols.firmware.head import MAGIC
from laadpaal.runtime.assembly import VAULT
from tests.local_api.conftest import TinyDesk
from tests.runtime.stage import Stage
from tests.support.browsing import Visitor, visiting
from tests.support.packages import sealed, trust_maker
from tests.support.tls_front import Front, served
from tests.support.upload_slot import VERSION, MemorySlot

PAYLOAD = MAGIC + bytes(range(256)) * 4000 + b"\r\n--inside--\r\n\r"
OLD = b"the old release"
PASSWORD = "a long way to Utrecht"


def digest(data: bytes) -> str:
    """Return what tells files apart."""
    return hashlib.sha256(data).hexdigest()


@pytest.fixture
def slot() -> MemorySlot:
    """Return a slot that holds an old file."""
    return MemorySlot(whole=OLD, most=2_000_000)


@pytest.fixture
async def front(slot: MemorySlot, tmp_path: Path) -> AsyncIterator[Front]:
    """Return a page with a form, and both ways in, behind a real socket."""
    events = EventStream()
    app = make_app(TinyDesk(events), events, slot=slot)
    app.include_router(compatible_routes())
    async with served(app, tmp_path) as it:
        yield it
        events.close()


async def sent(visitor: Visitor, path: str, package: bytes) -> Any:
    """Let the browser send the form of the page by itself; return the answer."""
    await visitor.opens("system")
    form = visitor.tab.locator("form").filter(has_text="Firmware package")
    file = {"name": "next.lpfw", "mimeType": "application/octet-stream", "buffer": package}
    await form.get_by_label("Firmware package").set_input_files(file)
    async with visitor.tab.expect_response(f"{visitor.url}{path}") as gone:
        await form.evaluate("(form, path) => { form.action = path; form.submit(); }", path)
    answer = await gone.value
    assert answer.request.is_navigation_request()
    assert (await answer.request.all_headers())["content-type"].startswith("multipart/form-data;")
    return answer


@pytest.mark.parametrize("path", [PATH, COMPATIBLE])
async def test_a_form_of_the_browser_gives_the_same_file(
    front: Front, slot: MemorySlot, path: str
) -> None:
    """Byte by byte what was chosen there."""
    async with visiting(front.url) as visitor:
        answer = await sent(visitor, path, PAYLOAD)
        assert (answer.status, (await answer.json())["version"]) == (HTTPStatus.OK, VERSION)

    assert digest(slot.whole) == digest(PAYLOAD)


@pytest.mark.parametrize("path", [PATH, COMPATIBLE])
@pytest.mark.parametrize(
    ("wrong", "flaw", "status"),
    [
        (MAGIC[:3], None, HTTPStatus.BAD_REQUEST),
        (b"", None, HTTPStatus.BAD_REQUEST),
        (PAYLOAD * 2, None, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
        (PAYLOAD, Flaw.BAD_SIGNATURE, HTTPStatus.BAD_REQUEST),
        (PAYLOAD, Flaw.DISK, HTTPStatus.INSUFFICIENT_STORAGE),
    ],
    ids=["too small", "empty", "too large", "a bad seal", "no room"],
)
async def test_a_bad_file_of_a_form_has_its_status(
    front: Front, slot: MemorySlot, path: str, wrong: bytes, flaw: Flaw | None, status: HTTPStatus
) -> None:
    """And the old file is as it was."""
    slot.flaw = flaw
    async with visiting(front.url) as visitor:
        assert (await sent(visitor, path, wrong)).status == status

    assert (digest(slot.whole), slot.receiving) == (digest(OLD), False)


async def test_a_form_updates_a_station_in_the_network(stage: Stage, tmp_path: Path) -> None:
    """Who has logged in at the page sends its form: a bad file first, then a good one."""
    trust_maker(tmp_path / VAULT)
    url = await owned(stage)
    async with visiting(url) as visitor:
        await visitor.tab.goto(url)
        await visitor.tab.get_by_label("Password").fill(PASSWORD)
        await visitor.tab.keyboard.press("Enter")
        await visitor.sees(visitor.tab.get_by_role("navigation"))
        before = stage.running.layout.firmware

        bad = await sent(visitor, PATH, sealed("9.9.9", b"a new release", by=None))
        await visitor.tab.wait_for_url(f"{url}{PATH}")
        assert bad.status == HTTPStatus.BAD_REQUEST
        assert not stage.running.view().release.busy
        assert stage.running.layout.firmware == before
        good = await sent(visitor, PATH, sealed("9.9.9", b"a new release"))
        await visitor.tab.wait_for_url(f"{url}{PATH}")
        assert good.status == HTTPStatus.OK
        await visitor.opens("system")
        await visitor.sees(visitor.tab.get_by_role("region", name="Firmware"), "9.9.9")


async def test_a_form_of_another_place_is_turned_away(stage: Stage) -> None:
    """The browser says that it is not from here, whoever has logged in."""
    url = await owned(stage)
    before = stage.running.layout.firmware
    async with visiting(url) as visitor:
        await visitor.tab.set_content(
            f'<form method="post" enctype="multipart/form-data" action="{url}{PATH}">'
            '<input type="file" name="firmware"><button>Send</button></form>'
        )
        file = {"name": "f", "mimeType": "text/plain", "buffer": sealed("9.9.9", b"evil")}
        await visitor.tab.locator("input").set_input_files(file)
        async with visitor.tab.expect_response(f"{url}{PATH}") as gone:
            await visitor.tab.get_by_role("button", name="Send").click()

        assert (await gone.value).status == HTTPStatus.FORBIDDEN
    assert (stage.running.view().release.busy, stage.running.layout.firmware) == (False, before)


async def owned(stage: Stage) -> str:
    """Return where a station in the network listens that has a password now."""
    assert stage.station.web
    async with httpx.AsyncClient(verify=nobody(), base_url=stage.station.web.url) as client:
        (await client.put("/v1/password", json={"password": PASSWORD})).raise_for_status()
    return stage.station.web.url


def nobody() -> ssl.SSLContext:
    """Return what takes any certificate: that of a new station nobody vouches for."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context
