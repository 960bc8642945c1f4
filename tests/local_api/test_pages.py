"""`/`: how the files of the page are served."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import httpx
import pytest

from laadpaal.local_api import pages
from laadpaal.local_api.app import make_app
from laadpaal.local_api.events import EventStream
from laadpaal.local_api.server import serve
from tests.local_api.conftest import TinyDesk

FILES = {file.path: file for file in pages.page_files()}


@pytest.fixture
async def browser(desk: TinyDesk, events: EventStream) -> AsyncIterator[httpx.AsyncClient]:
    """Return a client of a real socket, for what only a server does."""
    app, host = make_app(desk, events), "127.0.0.1"
    async with (
        serve(app, host, 0, [events.close]) as port,
        httpx.AsyncClient(base_url=f"http://{host}:{port}") as connected,
    ):
        yield connected


@pytest.mark.parametrize("path", FILES)
async def test_each_file_comes_as_it_lies_there(browser: httpx.AsyncClient, path: str) -> None:
    """With its type, which no browser guesses at, and the policy of what it may do."""
    response = await browser.get(path)

    assert response.status_code == 200
    assert response.content == FILES[path].body
    assert response.headers["content-type"] == FILES[path].media
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["content-security-policy"] == pages.POLICY


def test_the_policy_allows_nothing_in_line_and_nothing_from_elsewhere() -> None:
    """Scripts, styles, pictures and answers come from the station itself, and nobody frames it."""
    allowed = dict(part.split(" ", 1) for part in pages.POLICY.split("; "))

    assert allowed["default-src"] == allowed["frame-ancestors"] == allowed["base-uri"] == "'none'"
    assert allowed["script-src"] == allowed["style-src"] == allowed["connect-src"] == "'self'"
    assert "unsafe" not in pages.POLICY


def test_the_page_is_made_of_its_own_files_only() -> None:
    """What it names is there, and nothing of it is in line or from another place."""
    first = FILES["/"].body.decode()
    named = re.findall(r'(?:src|href)="([^"]+)"', first)

    assert named
    assert set(named) <= set(FILES)
    assert not re.search(r"<script>|<style|style=|\son\w+=", first)
    for file in FILES.values():
        text = file.body.decode().replace("http://www.w3.org/2000/svg", "")
        assert "http:" not in text, file.name
        assert "https:" not in text, file.name
        imported = re.findall(r'from "([^"]+)"', text)
        assert set(imported) <= set(FILES), file.name


async def test_what_is_unchanged_is_not_sent_again(browser: httpx.AsyncClient) -> None:
    """A browser asks each time, and is told in a line that it has the file already."""
    first = await browser.get("/")
    again = await browser.get("/", headers={"If-None-Match": first.headers["etag"]})
    other = await browser.get("/", headers={"If-None-Match": '"older"'})

    assert first.headers["cache-control"] == "no-cache"
    assert (again.status_code, again.content) == (304, b"")
    assert (other.status_code, other.content) == (200, first.content)


async def test_head_tells_what_get_would_send(browser: httpx.AsyncClient) -> None:
    """The same headers, and no body."""
    got, asked = await browser.get("/page/main.js"), await browser.head("/page/main.js")

    assert asked.status_code == 200
    assert asked.content == b""
    assert asked.headers == got.headers


@pytest.mark.parametrize(
    "path",
    [
        "/page/",
        "/page/index.html",
        "/page/../pages.py",
        "/page/..%2Fpages.py",
        "/page/%2e%2e/pages.py",
        "/page//etc/passwd",
        "/page/main.js/",
        "/page/main.js%00.css",
    ],
)
async def test_there_is_no_way_out_of_the_folder(browser: httpx.AsyncClient, path: str) -> None:
    """Every file has a route of its own, and there are no others."""
    raw = httpx.URL(browser.base_url, raw_path=path.encode())

    assert (await browser.get(raw)).status_code == 404


async def test_the_page_takes_nothing(browser: httpx.AsyncClient) -> None:
    """It is read, and all that is wished goes to the interface."""
    assert (await browser.post("/")).status_code == 405
