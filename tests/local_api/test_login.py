"""Logging in and out of the control API, and the password; once open, and once behind the gate."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI

from laadpaal.local_api.gate import Gate
from laadpaal.local_api.given import Entrance
from laadpaal.local_api.lockout import FREE
from laadpaal.ports.accounts import User
from tests.support.accounts import Door

SECRET, OTHER = "correct horse", "battery staple"
NEAR, FAR = ("127.0.0.1", 4000), ("192.0.2.7", 4000)


def visiting(
    app: FastAPI, entrance: Entrance, address: tuple[str, int] = NEAR
) -> httpx.AsyncClient:
    """Return a client that comes through the gate from an address."""
    gate = Gate(app, entrance.logins, lambda: 0.0)
    transport = httpx.ASGITransport(gate, client=address)
    return httpx.AsyncClient(transport=transport, base_url="https://station")


@pytest.fixture
async def web(app: FastAPI, entrance: Entrance) -> AsyncIterator[httpx.AsyncClient]:
    """Return a visitor from this machine."""
    async with visiting(app, entrance) as client:
        yield client


@pytest.fixture
async def far(app: FastAPI, entrance: Entrance) -> AsyncIterator[httpx.AsyncClient]:
    """Return a visitor from the network."""
    async with visiting(app, entrance, FAR) as client:
        yield client


async def log_in(
    client: httpx.AsyncClient, password: str = SECRET, user: str = "admin"
) -> httpx.Response:
    """Try to."""
    return await client.post("/v1/session", json={"user": user, "password": password})


async def test_a_new_station_says_so(web: httpx.AsyncClient, api: httpx.AsyncClient) -> None:
    """The page asks for the first password then."""
    told = {"user": None, "first": True}

    assert (await web.get("/v1/session")).json() == {**told, "open": False}
    assert (await api.get("/v1/session")).json() == {**told, "open": True}


async def test_the_first_password_is_set_and_logs_in(web: httpx.AsyncClient, door: Door) -> None:
    """By who is at this machine."""
    response = await web.put("/v1/password", json={"password": SECRET})

    assert response.json() == {"user": "admin", "first": False, "open": False}
    assert (await web.get("/v1/station")).status_code == 200
    assert door.doorman.opened.is_set()


async def test_the_first_password_is_not_for_the_network(
    far: httpx.AsyncClient, door: Door
) -> None:
    """Whoever came first would own the station."""
    response = await far.put("/v1/password", json={"password": SECRET})

    assert response.status_code == 401
    assert door.doorman.first


async def test_logging_in_gives_a_cookie(web: httpx.AsyncClient, door: Door) -> None:
    """That no page can read, no other page sends, and that stays within TLS."""
    await door.doorman.give(User.ADMIN, SECRET)

    response = await log_in(web)

    assert response.json() == {"user": "admin", "first": False, "open": False}
    attributes = response.headers["set-cookie"].lower().split("; ")
    assert {"httponly", "samesite=strict", "secure", "path=/"} <= set(attributes)
    assert (await web.get("/v1/session")).json()["user"] == "admin"


async def test_without_tls_the_cookie_does_without_it(api: httpx.AsyncClient, door: Door) -> None:
    """A browser would not send it back otherwise."""
    await door.doorman.give(User.ADMIN, SECRET)

    response = await log_in(api)

    assert response.status_code == 200
    assert "secure" not in response.headers["set-cookie"].lower()


async def test_logging_in_again_ends_the_session_before(web: httpx.AsyncClient, door: Door) -> None:
    """A text that was a session opens nothing any more."""
    await door.doorman.give(User.ADMIN, SECRET)
    before = (await log_in(web)).cookies["session"]
    await log_in(web)

    web.cookies.clear()
    old = await web.get("/v1/station", headers={"Cookie": f"session={before}"})

    assert old.status_code == 401


async def test_logging_out(web: httpx.AsyncClient, door: Door) -> None:
    """The text opens nothing any more, and the browser is told to forget it."""
    await door.doorman.give(User.ADMIN, SECRET)
    token = (await log_in(web)).cookies["session"]

    response = await web.delete("/v1/session")

    assert response.json() == {"user": None, "first": False, "open": False}
    assert "session" not in web.cookies
    again = await web.get("/v1/station", headers={"Cookie": f"session={token}"})
    assert again.status_code == 401
    assert (await web.delete("/v1/session")).status_code == 200


@pytest.mark.parametrize(("user", "password"), [("admin", "wrong"), ("nobody", SECRET), ("", "")])
async def test_who_is_wrong_stays_out(
    web: httpx.AsyncClient, door: Door, user: str, password: str
) -> None:
    """Nobody is told whether it was the name or the password."""
    await door.doorman.give(User.ADMIN, SECRET)

    response = await log_in(web, password, user)

    assert response.status_code == 403
    assert response.json()["detail"] == "the name or the password is wrong"
    assert "set-cookie" not in response.headers


async def test_a_user_without_an_account_is_told(web: httpx.AsyncClient) -> None:
    """The installer learns that the owner has to let them in."""
    response = await log_in(web, user="service")

    assert response.status_code == 403
    assert response.json()["detail"] == "this user has no account now"


async def test_too_many_mistakes(web: httpx.AsyncClient, door: Door) -> None:
    """The lock-out says how long it lasts, as header and as number."""
    await door.doorman.give(User.ADMIN, SECRET)
    for _ in range(FREE + 1):
        await log_in(web, "wrong")

    response = await log_in(web)

    assert response.status_code == 429
    assert response.headers["retry-after"] == "5"
    assert response.json()["lockout_remaining_seconds"] == 5


async def test_the_password_is_changed_with_the_old_one(
    web: httpx.AsyncClient, far: httpx.AsyncClient, door: Door
) -> None:
    """Every other session of the user has ended then."""
    await door.doorman.give(User.ADMIN, SECRET)
    await log_in(web)
    await log_in(far)

    wrong = await web.put("/v1/password", json={"password": OTHER, "old": "wrong"})
    none = await web.put("/v1/password", json={"password": OTHER})
    right = await web.put("/v1/password", json={"password": OTHER, "old": SECRET})

    assert [wrong.status_code, none.status_code, right.status_code] == [403, 403, 200]
    assert wrong.json()["detail"] == "the old password is wrong"
    assert (await web.get("/v1/station")).status_code == 200
    assert (await far.get("/v1/station")).status_code == 401
    assert (await log_in(far)).status_code == 403
    assert (await log_in(far, OTHER)).status_code == 200


async def test_this_machine_needs_no_old_password(api: httpx.AsyncClient, door: Door) -> None:
    """Where nobody is asked who they are, who forgot it gives it anew."""
    await door.doorman.give(User.ADMIN, SECRET)

    response = await api.put("/v1/password", json={"password": OTHER})

    assert response.json() == {"user": "admin", "first": False, "open": True}


async def test_a_bad_password_is_told_why(web: httpx.AsyncClient, door: Door) -> None:
    """And changes nothing."""
    response = await web.put("/v1/password", json={"password": "short"})

    assert response.status_code == 422
    assert response.json()["detail"].startswith("a password has 10 to 40 characters")
    assert door.doorman.first


async def test_a_temporary_password_is_not_changed(web: httpx.AsyncClient, door: Door) -> None:
    """By whom it was given to: it would last no longer temporary."""
    await door.doorman.give(User.ADMIN, SECRET)
    await door.doorman.give(User.GUEST, SECRET, hours=1)
    await log_in(web, user="temp")

    response = await web.put("/v1/password", json={"password": OTHER, "old": SECRET})

    assert response.status_code == 403


async def test_who_charges_changes_the_own_pin(web: httpx.AsyncClient, door: Door) -> None:
    """And no other password."""
    await door.doorman.give(User.DRIVER, "1234")
    await log_in(web, "1234", "end user")

    bad = await web.put("/v1/password", json={"password": SECRET, "old": "1234"})
    good = await web.put("/v1/password", json={"password": "4321", "old": "1234"})

    assert (bad.status_code, good.status_code) == (422, 200)
    assert door.doorman.first


async def test_a_full_disk_is_told(web: httpx.AsyncClient, door: Door) -> None:
    """The password did not change, and it may help to ask again."""
    door.accounts.full = True

    response = await web.put("/v1/password", json={"password": SECRET})

    assert response.status_code == 503
    assert response.headers["retry-after"] == "5"
    assert door.doorman.first


@pytest.mark.parametrize(
    "body",
    [{}, {"password": 5}, {"password": SECRET, "user": "admin", "more": 1}, [], "admin", None],
)
async def test_what_is_no_login_is_refused(web: httpx.AsyncClient, body: object) -> None:
    """Nothing of what was sent is repeated, for it may be a password."""
    response = await web.post("/v1/session", json=body)

    assert response.status_code == 422
    assert SECRET not in response.text
