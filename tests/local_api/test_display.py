"""The picture of the display over HTTP."""

from __future__ import annotations

from io import BytesIO

import httpx
import pytest
from PIL import Image

from laadpaal.local_api.app import make_app
from laadpaal.local_api.events import EventStream
from laadpaal.ports.devices import Brand
from laadpaal.runtime.clock import RealClock
from laadpaal.runtime.pictures import Pictures
from laadpaal.station import events as e
from tests.local_api.conftest import TinyDesk


@pytest.fixture
def desk() -> TinyDesk:
    """Return a station of two sockets."""
    return TinyDesk(EventStream())


async def got(desk: TinyDesk, path: str, brand: Brand = Brand("Laadpaal")) -> httpx.Response:  # noqa: B008  it is frozen
    """Return what the API answers."""
    app = make_app(desk, EventStream(), pictures=Pictures(RealClock(), brand).png)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://station"
    ) as client:
        return await client.get(path)


@pytest.mark.parametrize(
    ("path", "size"), [("/v1/display.png", (800, 480)), ("/v1/display/2.png", (320, 240))]
)
async def test_the_display_can_be_seen_from_afar(
    desk: TinyDesk, path: str, size: tuple[int, int]
) -> None:
    """All sockets at once, or one alone; it changes with what the station shows."""
    before = await got(desk, path)
    desk.happened(e.FaultRaised(2, 201))
    after = await got(desk, path)

    assert before.headers["content-type"] == "image/png"
    assert before.content != after.content
    with Image.open(BytesIO(after.content)) as image:
        assert image.size == size


async def test_there_is_no_picture_of_a_socket_that_is_not_there(desk: TinyDesk) -> None:
    """The answer says which, and what is no number is refused as everywhere."""
    missing = await got(desk, "/v1/display/3.png")

    assert missing.status_code == 404
    assert "there is no EVSE 3" in missing.text
    assert (await got(desk, "/v1/display/x.png")).status_code == 422


async def test_who_cannot_paint_has_no_pictures(desk: TinyDesk) -> None:
    """The route is only there where somebody paints."""
    app = make_app(desk, EventStream())
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://station"
    ) as client:
        assert (await client.get("/v1/display.png")).status_code == 404
