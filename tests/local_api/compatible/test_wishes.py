"""Commands, cards, passwords and secrets, as installers' tools send them."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import httpx
import pytest

from laadpaal.local_api.passwords import matches
from laadpaal.ports.accounts import User
from laadpaal.ports.vault import Use
from laadpaal.station.cards import Rank
from laadpaal.station.requests import ClearProfiles, Reset, WriteLocalList, WriteSetting
from laadpaal.station.words import ResetKind
from tests.local_api.compatible.conftest import Compatible
from tests.support.certificates import root

OTHER = "battery staple"


class Lines(logging.Handler):
    """Keeps what the log says."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Take a line."""
        self.said.append(record.getMessage())


@pytest.fixture
def said(box: Compatible) -> Iterator[list[str]]:
    """Return what the log says, as it comes."""
    lines = Lines()
    box.log.setLevel(logging.INFO)
    box.log.addHandler(lines)
    yield lines.said
    box.log.removeHandler(lines)


async def command(client: httpx.AsyncClient, line: str) -> None:
    """Give a command, which is always taken."""
    response = await client.post("/api/cmd", json={"command": line})
    assert (response.status_code, response.content) == (200, b"")


async def test_a_restart_comes_after_the_answer(box: Compatible, owner: httpx.AsyncClient) -> None:
    """And everybody has to log in anew."""
    await command(owner, "reboot")

    assert box.desk.asked == [Reset(ResetKind.SOFT)]
    assert box.left.is_set()
    assert (await owner.get("/api/categories")).status_code == 401


@pytest.mark.parametrize(
    ("line", "wish"),
    [("cperase", ClearProfiles()), ("llerase", WriteLocalList(1, full=True))],
)
async def test_commands_are_wishes(
    box: Compatible, owner: httpx.AsyncClient, line: str, wish: object
) -> None:
    """What the station can do it is asked to do."""
    await command(owner, line)

    assert box.desk.asked == [wish]


async def test_the_clock_is_set(box: Compatible, owner: httpx.AsyncClient, said: list[str]) -> None:
    """In UTC; and a day that there is not is none."""
    await command(owner, "date 2026-11-26 12:00:00")
    await command(owner, "date 2026-02-30 12:00:00")

    assert box.machine.clock == [1_795_694_400.0]
    assert said[-1] == "Console: refused: there is no 2026-02-30 12:00:00"


async def test_the_lists_are_told_in_the_log(owner: httpx.AsyncClient, said: list[str]) -> None:
    """Where the output of a console is read."""
    await owner.get("/api/whitelist?add=04a1b2c3")
    await command(owner, "wldump")
    await command(owner, "lldump")
    await command(owner, "wlerase")
    await command(owner, "wldump")

    assert said[-7::2] == [
        "Console: white list: 04A1B2C3 active",
        "Console: local list: version 0 with 0 tokens",
        "Console: done",
        "Console: white list: empty",
    ]


@pytest.mark.parametrize(
    "line", ["", "sing", "date tomorrow", "x" * 10_000, "eepromx erase config"]
)
async def test_unknown_commands_are_taken_and_told(
    box: Compatible, owner: httpx.AsyncClient, said: list[str], line: str
) -> None:
    """Nothing happens, and nobody fills the log."""
    await command(owner, line)

    assert box.desk.asked == []
    assert said[-1] == "Console: this station has no such command"
    assert max(map(len, said)) < 200


async def test_some_commands_are_the_installers(
    box: Compatible, owner: httpx.AsyncClient, said: list[str]
) -> None:
    """The owner is refused, and the log says so."""
    await command(owner, "tamper OFF")
    assert said[-1] == "Console: refused: that command is for the user service"

    await owner.post("/api/logout")
    await box.log_in(owner, User.SERVICE)
    await command(owner, "tamper OFF")
    assert said[-1] == "Console: this station has no such command"


async def test_what_is_done_is_told(
    box: Compatible, owner: httpx.AsyncClient, said: list[str]
) -> None:
    """In the log, for the answer comes whatever happens."""
    await command(owner, "llerase")
    await command(owner, "txerase")

    assert said[-1] == "Console: done"
    assert not box.left.is_set()


async def test_cards_are_shown_a_page_at_a_time(owner: httpx.AsyncClient) -> None:
    """Sixteen each, with a null at its end; past the end there are none."""
    for number in range(20):
        response = await owner.get(f"/api/whitelist?add=04AABB{number:02X}")
        assert (response.status_code, response.content) == (200, b"")

    first = (await owner.get("/api/whitelist?index=0")).json()
    rest = (await owner.get("/api/whitelist?index=16")).json()["whitelist"]
    past = (await owner.get("/api/whitelist?index=400")).json()["whitelist"]

    assert first["version"] == 2
    assert len(first["whitelist"]) == 17
    assert first["whitelist"][0] == {
        "tag": "04AABB00",
        "parent": "(null)",
        "status": 1,
        "expiryDate": 0,
    }
    assert [it and it["tag"] for it in rest] == [*(f"04AABB{it:02X}" for it in range(16, 20)), None]
    assert past == [None]


async def test_cards_are_removed(box: Compatible, owner: httpx.AsyncClient) -> None:
    """One, or all; which is not there cannot be."""
    for tag in ("04A1", "04A2", "04A3"):
        await owner.get(f"/api/whitelist?add={tag}")

    assert (await owner.get("/api/whitelist?remove=04a2")).status_code == 200
    assert [it.token.value for it in box.desk.view().cards] == ["04A1", "04A3"]
    assert (await owner.get("/api/whitelist?remove=04A2")).status_code == 409
    assert (await owner.get("/api/whitelist?clear")).status_code == 200
    assert box.desk.view().cards == ()


async def test_cards_are_taught(box: Compatible, owner: httpx.AsyncClient) -> None:
    """What a master card begins, a client begins too."""
    assert (await owner.get("/api/whitelist?starttagaddmode")).status_code == 200
    assert box.desk.view().evses[0].screen.popup


@pytest.mark.parametrize(
    ("status", "rank"), [(1, Rank.ACTIVE), (2, Rank.BLOCKED), (99, Rank.MASTER)]
)
async def test_a_card_is_added_with_its_rank(
    box: Compatible, owner: httpx.AsyncClient, status: int, rank: Rank
) -> None:
    """A status of installers' tools is one."""
    body = {"tagid": "04a1b2c3", "parentid": "", "status": status, "expire": "1970-01-01"}

    response = await owner.post("/api/addtag", json=body)

    assert (response.status_code, response.content) == (200, b"")
    assert [it.rank for it in box.desk.view().cards] == [rank]


async def test_a_deleted_card_goes(box: Compatible, owner: httpx.AsyncClient) -> None:
    """It is no entry of its own here."""
    await owner.post("/api/addtag", json={"tagid": "04A1"})
    await owner.post("/api/addtag", json={"tagid": "04A1", "status": 3})

    assert box.desk.view().cards == ()


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({}, "tagid"),
        ({"tagid": "xyz"}, "tagid"),
        ({"tagid": "04A"}, "tagid"),
        ({"tagid": "04A1", "status": 7}, "status"),
        ({"tagid": "04A1", "status": "NaN"}, "status"),
        ({"tagid": "04A1", "status": None}, "status"),
        ({"tagid": "04A1", "expire": "2027-01-01"}, "expire"),
    ],
)
async def test_a_card_that_is_none(
    box: Compatible, owner: httpx.AsyncClient, body: dict[str, object], where: str
) -> None:
    """It is told what was wrong, and nothing changes."""
    response = await owner.post("/api/addtag", json=body)

    assert response.status_code == 400
    assert response.json()["detail"].startswith(f"{where}: ")
    assert box.desk.view().cards == ()


@pytest.mark.parametrize("query", ["index=-1", "index=x", "index=" + "9" * 30, "add=", "remove=zz"])
async def test_a_place_that_is_none(owner: httpx.AsyncClient, query: str) -> None:
    """It is told which."""
    assert (await owner.get(f"/api/whitelist?{query}")).status_code == 400


async def test_the_own_password_is_changed(box: Compatible, owner: httpx.AsyncClient) -> None:
    """The session goes on."""
    response = await owner.post("/api/password", json={"password": OTHER})

    assert (response.status_code, response.content) == (200, b"")
    assert matches(OTHER, box.door.accounts.kept[User.ADMIN].secret)
    assert (await owner.get("/api/categories")).status_code == 200


async def test_a_new_password_ends_sessions_of_the_page(
    box: Compatible, owner: httpx.AsyncClient
) -> None:
    """Those of the user whose it is; a guest whose password is given anew has to log in again."""
    logins = box.kit.entrance.logins
    admin, guest = logins.begin(User.ADMIN, 0.0), logins.begin(User.GUEST, 0.0)

    await owner.post("/api/temporarypassword", json={"password": OTHER, "expiration": 1})
    assert logins.find([admin], 0.0).user is User.ADMIN
    assert logins.find([guest], 0.0).user is None
    await owner.post("/api/password", json={"password": OTHER})

    assert logins.find([admin], 0.0).user is None
    assert (await owner.get("/api/categories")).status_code == 200


async def test_who_charges_is_let_in_by_a_pin(box: Compatible, owner: httpx.AsyncClient) -> None:
    """With one, without one, and not at all."""
    doorman = box.door.doorman
    for body, has in (
        ({"password": "1234"}, True),
        ({"password": ""}, True),
        ({"reset": True}, False),
    ):
        response = await owner.post("/api/password", json={"username": "end user", **body})
        assert response.status_code == 200
        assert doorman.has(User.DRIVER) is has


@pytest.mark.parametrize("hours", [1, 72, "24"])
async def test_a_temporary_password(
    box: Compatible, owner: httpx.AsyncClient, hours: object
) -> None:
    """For so many hours."""
    body = {"password": OTHER, "expiration": hours}
    response = await owner.post("/api/temporarypassword", json=body)

    assert response.status_code == 200
    assert box.door.doorman.expires_at(User.GUEST) == box.door.utc + int(str(hours)) * 3600


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("password", {"password": "short"}, 400),
        ("password", {"password": 'with "quotes"'}, 400),
        ("password", {}, 400),
        ("password", {"reset": True}, 400),
        ("password", {"username": "nobody", "password": OTHER}, 400),
        ("password", {"username": "temp", "password": OTHER}, 403),
        ("password", {"username": "end user", "password": "12"}, 400),
        ("temporarypassword", {"password": OTHER}, 400),
        ("temporarypassword", {"password": OTHER, "expiration": 0}, 400),
        ("temporarypassword", {"password": OTHER, "expiration": 73}, 400),
        ("temporarypassword", {"password": OTHER, "expiration": True}, 400),
        ("temporarypassword", {"password": "short", "expiration": 1}, 400),
        ("prc", {"code": "12345678"}, 503),
        ("prc", {}, 400),
        ("domain", {"cmd": "add", "type": 1, "data": "00"}, 400),
        ("domain", {"cmd": "remove", "type": 0, "data": "00"}, 400),
        ("domain", {"cmd": "add", "type": 0, "data": "0"}, 400),
        ("domain", {"cmd": "add", "type": 0, "data": "FF"}, 400),
        ("domain", {"cmd": "add", "type": 17, "data": "00"}, 400),
        ("domain", {"cmd": "add", "type": "x", "data": "00"}, 400),
        ("domain", {"cmd": "add", "type": "inf", "data": "00"}, 400),
        ("cmd", {}, 400),
        ("cmd", {"command": 1}, 400),
    ],
)
async def test_what_cannot_be_done_is_told(
    box: Compatible, owner: httpx.AsyncClient, path: str, body: dict[str, object], status: int
) -> None:
    """And nothing has changed."""
    before = dict(box.door.accounts.kept)

    response = await owner.post(f"/api/{path}", json=body)

    assert response.status_code == status
    assert set(response.json()) == {"code", "message", "detail"}
    assert box.door.accounts.kept == before
    assert box.vault.roots(Use.CSMS_ROOT) == ()
    assert not box.held.is_set()
    if status == 503:
        assert response.headers["retry-after"]


async def test_a_guest_lets_in_nobody(box: Compatible, stranger: httpx.AsyncClient) -> None:
    """The owner's doors stay the owner's."""
    await box.log_in(stranger, User.GUEST)

    lent = await stranger.post("/api/temporarypassword", json={"password": OTHER, "expiration": 1})
    owned = await stranger.post("/api/password", json={"username": "admin", "password": OTHER})

    assert (lent.status_code, owned.status_code) == (403, 403)


async def test_the_password_for_the_csms_goes_in(box: Compatible, owner: httpx.AsyncClient) -> None:
    """As hexadecimal, and never comes out."""
    body = {"cmd": "add", "type": 0, "data": b"sixteen letters!".hex().upper()}

    response = await owner.post("/api/domain", json=body)

    assert response.status_code == 200
    (wish,) = box.desk.asked
    assert isinstance(wish, WriteSetting)
    assert (wish.id, wish.text) == ("2711_0", "sixteen letters!")


@pytest.mark.parametrize(("kind", "use"), [(16, Use.MANUFACTURER_ROOT), (17, Use.CSMS_ROOT)])
async def test_roots_go_into_the_vault(
    box: Compatible, owner: httpx.AsyncClient, kind: int, use: Use
) -> None:
    """In PEM, as hexadecimal; and the station's rules hear of it."""
    made = root("top").pem
    body = {"cmd": "add", "type": kind, "data": made.encode().hex()}

    assert (await owner.post("/api/domain", json=body)).status_code == 200
    assert box.vault.roots(use) == (made,)
    assert box.held.is_set()


async def test_personal_data_is_forgotten(box: Compatible, owner: httpx.AsyncClient) -> None:
    """Cards and history."""
    await owner.get("/api/whitelist?add=04A1")

    assert (await owner.post("/api/clearpersonaldata")).status_code == 200
    assert box.desk.view().cards == ()
