"""The owner says who is let in, for how long, and who has to go or need not wait any more."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI

from laadpaal.local_api.connections import Peer
from laadpaal.local_api.gate import Gate
from laadpaal.local_api.given import Entrance
from laadpaal.local_api.lockout import FREE
from laadpaal.local_api.login import now
from laadpaal.ports.accounts import User
from tests.local_api.test_login import FAR, NEAR, OTHER, SECRET, log_in
from tests.support.accounts import Door

HOUR_S = 3600.0


def visiting(
    app: FastAPI, entrance: Entrance, address: tuple[str, int] = NEAR
) -> httpx.AsyncClient:
    """Return a client that comes through the gate from an address, in real seconds."""
    gate = Gate(app, entrance.logins, now)
    transport = httpx.ASGITransport(gate, client=address)
    return httpx.AsyncClient(transport=transport, base_url="https://station")


@pytest.fixture
async def owner(app: FastAPI, entrance: Entrance, door: Door) -> AsyncIterator[httpx.AsyncClient]:
    """Return the owner, who has logged in."""
    await door.doorman.give(User.ADMIN, SECRET)
    async with visiting(app, entrance) as client:
        assert (await log_in(client)).status_code == 200
        yield client


@pytest.fixture
async def far(app: FastAPI, entrance: Entrance) -> AsyncIterator[httpx.AsyncClient]:
    """Return a visitor from the network."""
    async with visiting(app, entrance, FAR) as client:
        yield client


async def account(owner: httpx.AsyncClient, user: str) -> dict[str, object]:
    """Return what is told of a user."""
    told = (await owner.get("/v1/accounts")).json()["accounts"]
    found: dict[str, object] = next(one for one in told if one["user"] == user)
    return found


async def test_everybody_is_told(owner: httpx.AsyncClient) -> None:
    """Who can have an account, has one, and is in; no secret is."""
    response = await owner.get("/v1/accounts")

    assert response.json()["lockouts"] == []
    assert [(it["user"], it["active"], it["sessions"]) for it in response.json()["accounts"]] == [
        ("admin", True, 1),
        ("service", False, 0),
        ("temp", False, 0),
        ("end user", False, 0),
    ]
    assert "scrypt" not in response.text


@pytest.mark.parametrize(("user", "password"), [("service", OTHER), ("end user", "1234")])
async def test_somebody_is_let_in_and_no_more(
    owner: httpx.AsyncClient, far: httpx.AsyncClient, user: str, password: str
) -> None:
    """With the password that the owner gives, until the owner takes it back."""
    given = await owner.put(f"/v1/accounts/{user}", json={"password": password})
    assert given.json()["active"]
    assert (await log_in(far, password, user)).status_code == 200
    assert (await account(owner, user))["sessions"] == 1

    taken = await owner.delete(f"/v1/accounts/{user}")

    assert taken.json() == {
        "user": user, "active": False, "expires_at": None, "sessions": 0, "wait_s": 0,
    }  # fmt: skip
    assert (await far.get("/v1/station")).status_code == 401
    assert (await log_in(far, password, user)).status_code == 403
    assert (await owner.delete(f"/v1/accounts/{user}")).status_code == 404


async def test_a_reset_password_ends_what_the_last_one_began(
    owner: httpx.AsyncClient, far: httpx.AsyncClient, entrance: Entrance
) -> None:
    """At the page, and at the compatible API."""
    await owner.put("/v1/accounts/service", json={"password": OTHER})
    await log_in(far, OTHER, "service")
    entrance.seat.take(User.SERVICE, "tool", Peer(crowded=False), now())

    response = await owner.put("/v1/accounts/service", json={"password": SECRET})

    assert response.json()["sessions"] == 0
    assert (await far.get("/v1/station")).status_code == 401
    assert (await log_in(far, OTHER, "service")).status_code == 403
    assert (await log_in(far, SECRET, "service")).status_code == 200


async def test_a_guest_is_let_in_for_some_hours(
    owner: httpx.AsyncClient, far: httpx.AsyncClient, entrance: Entrance, door: Door
) -> None:
    """And who came in with it has to go when it ends, or when it is taken back."""
    given = await owner.put("/v1/accounts/temp", json={"password": OTHER, "hours": 2})
    assert given.json()["expires_at"] == door.utc + 2 * HOUR_S
    token = (await log_in(far, OTHER, "temp")).cookies["session"]
    assert (await far.get("/v1/station")).status_code == 200
    assert entrance.logins.find([token], now() + 2 * HOUR_S).user is None

    await log_in(far, OTHER, "temp")
    await owner.delete("/v1/accounts/temp")

    assert (await far.get("/v1/station")).status_code == 401


@pytest.mark.parametrize(
    ("user", "body", "where"),
    [
        ("temp", {"password": OTHER}, "hours: a temporary password lasts for 1 to 72 hours"),
        ("temp", {"password": OTHER, "hours": 73}, "body.hours: "),
        ("temp", {"password": OTHER, "hours": 0}, "body.hours: "),
        ("temp", {"password": "short", "hours": 1}, "password: a password has"),
        ("service", {"password": OTHER, "hours": 1}, "hours: only a temporary password ends"),
        ("service", {"password": 'with "quotes"'}, "password: a password has"),
        ("end user", {"password": "12"}, "password: a PIN has"),
        ("nobody", {"password": OTHER}, "path.user: "),
        ("service", {}, "body.password: "),
    ],
)
async def test_what_cannot_be_given_is_told(
    owner: httpx.AsyncClient, door: Door, user: str, body: dict[str, object], where: str
) -> None:
    """With the place, without what was sent, and nobody is let in."""
    response = await owner.put(f"/v1/accounts/{user}", json=body)

    assert response.status_code == 422
    assert response.json()["detail"].startswith(where)
    assert OTHER not in response.text
    assert set(door.accounts.kept) == {User.ADMIN}


async def test_the_owner_stays(owner: httpx.AsyncClient, api: httpx.AsyncClient) -> None:
    """The own password takes the old one, and nobody takes the owner's account."""
    given = await owner.put("/v1/accounts/admin", json={"password": OTHER})
    taken = await owner.delete("/v1/accounts/admin")

    assert (given.status_code, given.json()["reason"]) == (409, "Own")
    assert (taken.status_code, taken.json()["reason"]) == (409, "Owner")
    # Who is at this machine gives the owner another, as the command there does.
    assert (await api.put("/v1/accounts/admin", json={"password": OTHER})).status_code == 200
    assert (await owner.get("/v1/station")).status_code == 401


async def test_sessions_are_ended(
    owner: httpx.AsyncClient, far: httpx.AsyncClient, entrance: Entrance
) -> None:
    """Every other of that user; the one that asks goes on."""
    await log_in(far)
    holder = entrance.seat.take(User.ADMIN, "tool", Peer(crowded=False), now())
    entrance.logins.begin(User.SERVICE, now())

    response = await owner.delete("/v1/accounts/admin/sessions")

    assert response.json()["sessions"] == 1
    assert (await far.get("/v1/station")).status_code == 401
    assert entrance.seat.find(Peer(crowded=False), [holder.token], now()) is None
    assert (await account(owner, "service"))["sessions"] == 1


async def test_a_lockout_is_shown_and_cleared(
    owner: httpx.AsyncClient, far: httpx.AsyncClient
) -> None:
    """Of the user, and of the address."""
    for _ in range(FREE + 1):
        await log_in(far, "wrong")
    assert (await account(owner, "admin"))["wait_s"] == 5
    told = (await owner.get("/v1/accounts")).json()
    assert told["lockouts"] == [{"address": FAR[0], "wait_s": 5}]

    pardoned = await owner.delete("/v1/accounts/admin/lockout")
    assert pardoned.json()["wait_s"] == 0
    assert (await log_in(far)).status_code == 429
    forgotten = await owner.delete(f"/v1/lockouts/{FAR[0]}")

    assert forgotten.json()["lockouts"] == []
    assert (await log_in(far)).status_code == 200
    again = await owner.delete(f"/v1/lockouts/{FAR[0]}")
    assert (again.status_code, again.json()["detail"]) == (404, f"nobody has to wait at {FAR[0]}")


@pytest.mark.parametrize("user", [User.SERVICE, User.GUEST, User.DRIVER])
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/accounts"),
        ("PUT", "/v1/accounts/service"),
        ("DELETE", "/v1/accounts/service"),
        ("DELETE", "/v1/accounts/admin/sessions"),
        ("DELETE", "/v1/accounts/admin/lockout"),
        ("DELETE", "/v1/lockouts/192.0.2.7"),
    ],
)
async def test_only_the_owner_decides(
    far: httpx.AsyncClient, entrance: Entrance, user: User, method: str, path: str
) -> None:
    """Nobody whom the owner lets in lets in others, or learns who else may come."""
    far.cookies.set("session", entrance.logins.begin(user, now()))

    response = await far.request(method, path, json={"password": OTHER})

    assert response.status_code == 403


async def test_a_full_disk_is_told(owner: httpx.AsyncClient, door: Door) -> None:
    """Nobody is let in then, and who is in stays."""
    door.accounts.full = True

    response = await owner.put("/v1/accounts/service", json={"password": OTHER})

    assert response.status_code == 503
    assert not (await account(owner, "service"))["active"]
