"""One session, held by a connection or a cookie; and what is told to everybody."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from laadpaal.local_api.compatible import guard as room
from laadpaal.local_api.compatible.seat import IDLE_S, Seat
from laadpaal.local_api.connections import Peer
from laadpaal.local_api.lockout import FREE
from laadpaal.ports.accounts import User
from tests.local_api.compatible.conftest import SECRET, Compatible

MEDIA = "alfen/json; charset=utf-8"


async def test_the_station_introduces_itself(box: Compatible, stranger: httpx.AsyncClient) -> None:
    """To everybody, with every member that clients want."""
    response = await stranger.get("/api/info")

    told = response.json()
    assert response.headers["content-type"] == MEDIA
    assert told["Identity"] == "GARAGE02"
    assert told["Type"] == "2.1.1"
    assert {"Model", "ObjectId", "FWVersion", "LastConfig", "SCNNetwork"} < set(told)
    layout = box.desk.layout
    shown = (told["Model"], told["ObjectId"], told["FWVersion"])
    assert shown == (layout.model, layout.serial, layout.firmware)


async def test_logging_in_answers_nothing(box: Compatible, stranger: httpx.AsyncClient) -> None:
    """A body would be taken for an error; a cookie comes along."""
    response = await box.log_in(stranger)

    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["content-length"] == "0"
    assert response.headers["content-type"] == MEDIA
    assert "path=/api" in response.headers["set-cookie"].lower()


async def test_the_connection_is_the_session(box: Compatible) -> None:
    """Whoever keeps no cookies is known by it, and nobody else is."""
    peer = Peer(crowded=False)
    async with box.client(peer) as first, box.client() as other:
        await box.log_in(first)
        first.cookies.clear()
        assert (await first.get("/api/categories")).status_code == 200
        assert (await other.get("/api/categories")).status_code == 401


async def test_the_cookie_is_the_session_too(box: Compatible, owner: httpx.AsyncClient) -> None:
    """On any connection."""
    async with box.client() as other:
        other.cookies = owner.cookies
        assert (await other.get("/api/categories")).status_code == 200


async def test_a_second_client_is_told_who_is_there(
    box: Compatible, owner: httpx.AsyncClient
) -> None:
    """And for how long; the first one goes on."""
    async with box.client() as second:
        response = await box.log_in(second, name="second")

    told = response.json()
    assert response.status_code == 409
    assert told["code"] == "busy"
    assert told["detail"] == "test (admin) has been logged in for 0 s"
    assert (told["holder"], told["age_s"]) == ("test", 0)
    assert (await owner.get("/api/categories")).status_code == 200


async def test_who_is_wrong_is_not_told_who_is_there(
    box: Compatible, owner: httpx.AsyncClient
) -> None:
    """Only whom the owner lets in is."""
    async with box.client() as second:
        body = {"username": "admin", "password": "wrong"}
        response = await second.post("/api/login", json=body)

    assert response.status_code == 403
    assert "test" not in response.text
    assert (await owner.get("/api/categories")).status_code == 200


async def test_logging_in_again_is_no_second_client(
    box: Compatible, owner: httpx.AsyncClient
) -> None:
    """Some do after each write, on the same connection."""
    assert (await box.log_in(owner, name="again")).status_code == 200
    assert (await owner.get("/api/categories")).status_code == 200


@pytest.mark.parametrize("body", [b"", b"null", b'""', b"{}"])
async def test_logging_out(box: Compatible, owner: httpx.AsyncClient, body: bytes) -> None:
    """Whatever is sent along; and then somebody else can come."""
    response = await owner.post("/api/logout", content=body)

    assert (response.status_code, response.content) == (200, b"")
    assert (await owner.get("/api/categories")).status_code == 401
    assert (await owner.post("/api/logout")).status_code == 200
    async with box.client() as second:
        assert (await box.log_in(second)).status_code == 200


async def test_a_stranger_logs_nobody_out(
    owner: httpx.AsyncClient, stranger: httpx.AsyncClient
) -> None:
    """It is answered all the same."""
    assert (await stranger.post("/api/logout")).status_code == 200
    assert (await owner.get("/api/categories")).status_code == 200


async def test_a_closed_connection_frees_the_seat(box: Compatible) -> None:
    """Some clients leave so; whose cookie it is may come back as long as nobody else came."""
    peer = Peer(crowded=False)
    async with box.client(peer) as first, box.client() as back, box.client() as second:
        await box.log_in(first)
        peer.gone.set()
        back.cookies = first.cookies
        assert (await back.get("/api/categories")).status_code == 200
        assert (await box.log_in(second)).status_code == 409
    left = Peer(crowded=False)
    async with box.client(left) as back, box.client() as second:
        back.cookies = first.cookies
        assert (await back.get("/api/categories")).status_code == 200
        left.gone.set()
        assert (await box.log_in(second)).status_code == 200
        assert (await back.get("/api/categories")).status_code == 401


def test_who_is_silent_has_left() -> None:
    """After five minutes, to the second; the clock begins anew with each request."""
    seat, peer = Seat(), Peer(crowded=False)
    holder = seat.take(User.ADMIN, "first", peer, 0.0)

    assert seat.find(peer, [], IDLE_S) is holder
    assert seat.other(None, 2 * IDLE_S) is holder
    assert seat.other(None, 2 * IDLE_S + 1) is None
    assert seat.find(peer, [holder.token], 2 * IDLE_S + 1) is None


def test_a_guest_leaves_when_the_password_ends() -> None:
    """However much is asked until then."""
    seat, peer = Seat(), Peer(crowded=False)
    holder = seat.take(User.GUEST, "guest", peer, 0.0, 100.0)

    assert seat.find(peer, [], 99.0) is holder
    assert (seat.count(User.GUEST, 99.0), seat.count(User.GUEST, 100.0)) == (1, 0)
    assert seat.other(None, 100.0) is None
    assert seat.find(peer, [holder.token], 100.0) is None


def test_a_user_is_sent_away() -> None:
    """Unless it is somebody else who sits there, or the one session that is spared."""
    seat, peer = Seat(), Peer(crowded=False)
    holder = seat.take(User.ADMIN, "first", peer, 0.0)

    seat.end_all(User.SERVICE)
    seat.end_all(User.ADMIN, but=holder.token)
    assert seat.find(peer, [], 0.0) is holder

    seat.end_all(User.ADMIN)
    seat.end_all(User.ADMIN)
    assert seat.find(peer, [holder.token], 0.0) is None


def test_an_old_connection_frees_nothing() -> None:
    """Who has taken the seat since keeps it."""
    seat, old, new = Seat(), Peer(crowded=False), Peer(crowded=False)
    seat.take(User.ADMIN, "first", old, 0.0)
    holder = seat.take(User.ADMIN, "second", new, 1.0)

    old.gone.set()

    assert seat.other(None, 1.0) is holder


async def test_a_lock_out_says_how_long(box: Compatible, stranger: httpx.AsyncClient) -> None:
    """As the header, and as the number that installers' tools read."""
    await box.door.doorman.give(User.ADMIN, SECRET)
    for _ in range(FREE + 1):
        await stranger.post("/api/login", json={"username": "admin", "password": "wrong"})

    response = await stranger.post("/api/login", json={"username": "admin", "password": SECRET})

    assert (response.status_code, response.headers["retry-after"]) == (429, "5")
    assert response.json()["lockout_remaining_seconds"] == 5


async def test_a_user_without_an_account(stranger: httpx.AsyncClient) -> None:
    """The installer's tools show a sentence of their own for 401."""
    body = {"username": "service", "password": SECRET}

    assert (await stranger.post("/api/login", json=body)).status_code == 401


@pytest.mark.parametrize(
    ("content", "media", "status"),
    [
        (b"", "application/json", 400),
        (b"{", "application/json", 400),
        (b"[]", "application/json", 400),
        (b"[" * 20_000, "application/json", 400),
        (b"\xff", "application/json; charset=utf-8", 400),
        (b'{"username":"admin"}', "application/json", 400),
        (b'{"username":1,"password":"x"}', "application/json", 400),
        (b'{"username":"a","password":"x","displayname":[]}', "application/json", 400),
        (b"username=admin&password=x", "application/x-www-form-urlencoded", 415),
        (b'{"username":"admin","password":"x"}', "text/plain", 415),
        (b'{"username":"admin","password":"x"}', "alfen/json", 403),
        (b'{"username":"admin","password":"x"}', "", 403),
        (b" " * 70_000, "application/json", 413),
    ],
)
async def test_what_is_no_login(
    stranger: httpx.AsyncClient, content: bytes, media: str, status: int
) -> None:
    """It is told in one shape, and never with what was sent."""
    headers = {"Content-Type": media} if media else {}
    response = await stranger.post("/api/login", content=content, headers=headers)

    assert response.status_code == status
    assert set(response.json()) == {"code", "message", "detail"}


async def test_who_charges_only_reads(box: Compatible, stranger: httpx.AsyncClient) -> None:
    """And changes nothing by reading either."""
    await box.log_in(stranger, User.DRIVER)

    assert (await stranger.get("/api/prop?cat=temp")).status_code == 200
    assert (await stranger.get("/api/whitelist")).status_code == 200
    assert (await stranger.get("/api/whitelist?clear")).status_code == 403
    assert (await stranger.post("/api/cmd", json={"command": "reboot"})).status_code == 403


async def test_a_page_of_another_place_may_not_ask(owner: httpx.AsyncClient) -> None:
    """Though the browser is logged in."""
    response = await owner.get("/api/categories", headers={"Origin": "https://example.org"})

    assert response.status_code == 403
    assert response.json()["code"] == "forbidden"


async def test_the_loop_tells_the_time(box: Compatible) -> None:
    """Seats are held in real seconds, however fast the station's clock runs."""
    assert {"/api/login"} <= room.OPEN
    async with box.client() as client:
        before = asyncio.get_running_loop().time()
        await box.log_in(client)
        holder = box.kit.entrance.seat.other(None, before)
        assert holder
        assert before <= holder.since <= asyncio.get_running_loop().time()
