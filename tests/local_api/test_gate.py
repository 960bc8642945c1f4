"""Behind the gate nobody is served who has not logged in, and everybody only what is theirs."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI

from laadpaal.local_api.given import Entrance
from laadpaal.ports.accounts import User
from tests.local_api.test_login import visiting


@pytest.fixture
async def web(app: FastAPI, entrance: Entrance) -> AsyncIterator[httpx.AsyncClient]:
    """Return a visitor of the gate who has not logged in."""
    async with visiting(app, entrance) as client:
        yield client


def enter(web: httpx.AsyncClient, entrance: Entrance, user: User) -> None:
    """Give a visitor the session of a user."""
    web.cookies.set("session", entrance.logins.begin(user, 0.0))


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/station"),
        ("GET", "/v1/nothing"),
        ("GET", "/v1"),
        ("GET", "/v1/"),
        ("GET", "/v1/events"),
        ("GET", "/v1/openapi.json"),
        ("PUT", "/v1/properties/2087_0"),
        ("POST", "/v1/evses/1/start"),
        ("GET", "/v1/session/more"),
        ("GET", "/metrics"),
    ],
)
async def test_strangers_stay_outside(web: httpx.AsyncClient, method: str, path: str) -> None:
    """They do not even learn what there is."""
    response = await web.request(method, path)

    assert response.status_code == 401
    assert response.json()["detail"] == "log in first: POST /v1/session"


@pytest.mark.parametrize("path", ["/v1/health", "/v1/session"])
async def test_some_doors_are_open(web: httpx.AsyncClient, path: str) -> None:
    """Whether it lives, and who asks."""
    assert (await web.get(path)).status_code == 200


@pytest.mark.parametrize("path", ["/nothing", "//v1/station", "/V1/station", "/v1x"])
async def test_what_is_not_guarded_is_not_there(web: httpx.AsyncClient, path: str) -> None:
    """No other spelling of a path leads around the gate."""
    assert (await web.get(path)).status_code == 404


@pytest.mark.parametrize("user", [User.ADMIN, User.SERVICE, User.GUEST])
async def test_who_has_logged_in_passes(
    web: httpx.AsyncClient, entrance: Entrance, user: User
) -> None:
    """To read and to write."""
    enter(web, entrance, user)

    assert (await web.get("/v1/station")).status_code == 200
    assert (await web.put("/v1/properties/2087_0", json={"value": 30})).status_code == 200


@pytest.mark.parametrize(
    ("user", "status"), [(User.ADMIN, 403), (User.GUEST, 403), (User.SERVICE, 200)]
)
async def test_some_settings_are_the_installers(
    web: httpx.AsyncClient, entrance: Entrance, user: User, status: int
) -> None:
    """What could overload the house is."""
    enter(web, entrance, user)

    response = await web.put("/v1/properties/2068_0", json={"value": 10})

    assert response.status_code == status


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v1/station", 200),
        ("GET", "/v1/properties", 200),
        ("POST", "/v1/evses/1/stop", 409),
        ("POST", "/v1/evses/1/unlock", 403),
        ("PUT", "/v1/properties/2087_0", 403),
        ("POST", "/v1/station/reset", 403),
        ("DELETE", "/v1/cards", 403),
        ("GET", "/v1/accounts", 403),
        ("DELETE", "/v1/lockouts/192.0.2.7", 403),
        ("GET", "/v1/certificate", 403),
    ],
)
async def test_who_charges_sees_starts_and_stops(
    web: httpx.AsyncClient, entrance: Entrance, method: str, path: str, status: int
) -> None:
    """And does nothing else; the station has nothing to stop (409)."""
    enter(web, entrance, User.DRIVER)

    assert (await web.request(method, path, json={})).status_code == status


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("https://station", 200),
        ("https://STATION", 200),
        ("https://station:8443", 403),
        ("https://example.org", 403),
        ("https://station.example.org", 403),
        ("null", 403),
    ],
)
async def test_pages_of_others_may_not_ask(
    web: httpx.AsyncClient, entrance: Entrance, origin: str, status: int
) -> None:
    """A browser sends our cookie along, and says where the page is from."""
    enter(web, entrance, User.ADMIN)

    response = await web.put(
        "/v1/properties/2087_0", json={"value": 30}, headers={"Origin": origin}
    )

    assert response.status_code == status


@pytest.mark.parametrize(
    "cookie", ["session={}", "a=b; session={}", "session=old; session={}", "a=b;session={};c=d"]
)
async def test_the_session_is_found_among_cookies(
    web: httpx.AsyncClient, entrance: Entrance, cookie: str
) -> None:
    """However many a browser sends."""
    token = entrance.logins.begin(User.ADMIN, 0.0)

    response = await web.get("/v1/station", headers={"Cookie": cookie.format(token)})

    assert response.status_code == 200


@pytest.mark.parametrize("cookie", ["xsession={}", "session=", "session={}x", "{}"])
async def test_no_other_cookie_is_the_session(
    web: httpx.AsyncClient, entrance: Entrance, cookie: str
) -> None:
    """Its name is the whole name, and its text the whole text."""
    token = entrance.logins.begin(User.ADMIN, 0.0)

    response = await web.get("/v1/station", headers={"Cookie": cookie.format(token)})

    assert response.status_code == 401
