"""`/v1/csms`: the link, where there is one."""

from __future__ import annotations

import httpx
import pytest

from laadpaal.local_api.app import make_app
from laadpaal.local_api.events import EventStream
from tests.local_api.conftest import NotedLink, TinyDesk, client


async def test_the_link_is_shown(api: httpx.AsyncClient, link: NotedLink) -> None:
    """Its own words."""
    assert (await api.get("/v1/csms")).json() == link.state()


async def test_people_move_the_link(api: httpx.AsyncClient, link: NotedLink) -> None:
    """Disconnect and connect say what is wanted, and answer how it is."""
    gone = await api.post("/v1/csms/disconnect")

    assert link.wanted is False
    assert gone.json()["wanted"] is False

    back = await api.post("/v1/csms/connect")

    assert link.wanted is True
    assert back.json()["wanted"] is True


@pytest.mark.parametrize(
    ("method", "path"), [("GET", ""), ("POST", "/connect"), ("POST", "/disconnect")]
)
async def test_without_a_link_there_are_no_routes(
    desk: TinyDesk, events: EventStream, method: str, path: str
) -> None:
    """A station that has no CSMS has nothing to connect."""
    async with client(make_app(desk, events)) as api:
        response = await api.request(method, f"/v1/csms{path}")

    assert response.status_code == 404
