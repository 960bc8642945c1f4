"""`/v1/firmware`: what runs is told, kept, and taken back."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from laadpaal.local_api.app import make_app
from laadpaal.local_api.events import EventStream
from laadpaal.station.layout import Layout
from laadpaal.station.releases import GoBack, KeepFirmware, Release
from tests.local_api.conftest import TinyDesk, client
from tests.support.upload_slot import MemorySlot
from tests.support.world import World


@pytest.fixture
async def api(desk: TinyDesk) -> AsyncIterator[httpx.AsyncClient]:
    """Return a client of a station whose version is on trial."""
    release = Release(on_trial=True, previous="1.0")
    desk.world = World(Layout(firmware="1.1", release=release))
    async with client(make_app(desk, EventStream(), slot=MemorySlot())) as connected:
        yield connected


async def test_what_runs_is_told(api: httpx.AsyncClient) -> None:
    """And what could run instead."""
    assert (await api.get("/v1/firmware/release")).json() == {
        "version": "1.1",
        "on_trial": True,
        "previous": "1.0",
        "busy": True,
        "update": None,
    }


async def test_the_version_on_trial_is_kept_or_left(api: httpx.AsyncClient, desk: TinyDesk) -> None:
    """The station answers as to anybody."""
    assert (await api.post("/v1/firmware/commit")).status_code == 200
    assert (await api.post("/v1/firmware/rollback")).status_code == 200
    assert desk.asked == [KeepFirmware(), GoBack()]
    desk.world = World()
    refused = await api.post("/v1/firmware/commit")

    assert (refused.status_code, refused.json()["detail"]) == (409, "no version is on trial")


async def test_a_station_without_a_way_in_has_no_such_place(desk: TinyDesk) -> None:
    """It is not there at all."""
    async with client(make_app(desk, EventStream())) as api:
        assert (await api.get("/v1/firmware/release")).status_code == 404
