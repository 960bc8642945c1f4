"""What each client asks, one call after the other, and what it cannot do without in the answers.

The exchanges are of our own making, after what is known of the clients; those that can be
installed meet a whole station in tests/clients.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import httpx

from tests.local_api.compatible.conftest import SECRET, Compatible

REFRESHED = [
    "generic",
    "generic2",
    "states",
    "temp",
    "meter1",
    "meter2",
    "meter4",
    "ocpp",
    "comm",
    "display",
    "MbusTCP",
]
POLLED = "2059_0,2060_0,2191_2,2191_3,2210_0,2211_0,2212_0"
WHOLE = "application/json; charset=utf-8"
BEGINNING = 4_294_967_295
HUNDRED_DAYS_MS = 100 * 86_400_000
Item = Mapping[str, Any]


async def paged(client: httpx.AsyncClient, query: str) -> list[Item]:
    """Walk pages as all clients do: on by as many as came, until as many as there are."""
    found: list[Item] = []
    while True:
        page = (await client.get(f"/api/prop?{query}&offset={len(found)}")).json()
        assert {type(page[name]) for name in ("version", "offset", "total")} == {int}
        found += page["properties"]
        if not page["properties"] or len(found) >= page["total"]:
            return found


def is_usable(items: Sequence[Item]) -> bool:
    """Tell whether a client that reckons with the values, and shows them, can do so."""
    for item in items:
        assert list(item) == ["id", "access", "type", "len", "cat", "value"]
        assert item["access"] in {0, 1}
        assert isinstance(item["value"], str if item["type"] == 9 else (int, float, str))
    return bool(items)


async def test_home_automation_polls_writes_and_polls_again(
    box: Compatible, stranger: httpx.AsyncClient
) -> None:
    """It takes a write for the end of its session, and logs in again over the same connection."""
    assert (await box.log_in(stranger, name="Garage")).content == b""
    info = (await stranger.get("/api/info")).json()
    assert set(info) >= {"Identity", "FWVersion", "Model", "ObjectId", "Type"}
    seen = {name: await paged(stranger, f"cat={name}") for name in REFRESHED}
    assert all(is_usable(items) for name, items in seen.items() if name != "meter4")
    values = {item["id"]: item["value"] for items in seen.values() for item in items}
    assert values["205E_0"] == 2
    assert 0 <= values["2060_0"] < HUNDRED_DAYS_MS
    assert round(values["2221_22"] / 1000, 2) >= 0

    wish = {"2129_0": {"id": "2129_0", "value": "13"}}
    assert (await stranger.post("/api/prop", json=wish)).status_code == 200
    assert (await box.log_in(stranger, name="Garage")).status_code == 200
    again = {item["id"]: item["value"] for item in await paged(stranger, "cat=generic")}
    assert again["2129_0"] == 13
    logs = [await stranger.get(f"/api/log?offset={offset}") for offset in range(6)]
    assert all(log.status_code == 200 for log in logs)
    assert (await stranger.get("/api/transactions?offset=0")).text
    assert (await stranger.post("/api/cmd", json={"command": "reboot"})).status_code == 200


async def test_a_tool_of_the_command_line_reads_lists_and_cards(
    box: Compatible, stranger: httpx.AsyncClient
) -> None:
    """It asks for whole categories at once, and for ids that it believes to be in none."""
    stranger.headers["Accept"] = "application/json"
    await box.log_in(stranger)
    whole = (await stranger.get("/api/prop?cat=generic&limit=500&offset=0")).json()
    assert len(whole["properties"]) == whole["total"] < 500
    ids = ("2221_22", "2221_26", "205F_0", "3190_1", "3190_2", "3191_1", "3191_2")
    named = (await stranger.get(f"/api/prop?ids={','.join(ids)}")).json()["properties"]
    assert tuple(item["id"] for item in named) == ids
    assert (await stranger.get("/api/whitelist?add=04A1B2C3")).status_code == 200
    cards = (await stranger.get("/api/whitelist?index=0")).json()["whitelist"]
    assert "04A1B2C3" in {card["tag"] for card in cards if card}
    beyond = (await stranger.get("/api/whitelist?index=16")).json()["whitelist"]
    assert [card for card in beyond if card] == []
    assert (await stranger.get("/api/chargingprofiles?id_list")).json()["ChargingProfileIDs"] == []
    assert (await stranger.get("/api/wifiscan")).status_code == 404
    done = await stranger.post("/api/logout", content=b'""')
    assert (done.status_code, done.content) == (200, b"")
    assert (await stranger.get("/api/categories")).status_code == 401


async def test_an_installer_s_tool_looks_at_everything(
    box: Compatible, stranger: httpx.AsyncClient
) -> None:
    """It names what it writes in its own way, reads the log in steps of its own, and polls."""
    stranger.headers["Content-Type"] = WHOLE
    await box.log_in(stranger)
    names = (await stranger.get("/api/categories")).json()["categories"]
    assert all([is_usable(await paged(stranger, f"cat={name}")) for name in names])
    wish = {"OD_sysChargeBoxBrightness": {"id": "2061_2", "value": "80"}}
    assert (await stranger.post("/api/prop", json=wish)).status_code == 200
    polled = (await stranger.get(f"/api/prop?ids={POLLED}")).json()["properties"]
    assert {item["id"] for item in polled} <= set(POLLED.split(","))
    assert {"2059_0", "2060_0"} <= {item["id"] for item in polled}
    box.book.lines += [f"2026-11-26T12:00:00.000Z:INFO:life.py:1:Line {it}" for it in range(300)]
    lines: dict[str, str] = {}
    for offset in range(0, 256, 16):
        for line in (await stranger.get(f"/api/log?offset={offset}")).text.splitlines():
            number, _, rest = line.partition("_")
            lines[number] = rest
    assert len(lines) == 256 + 16
    assert all(number.isdecimal() and rest.count(":") >= 6 for number, rest in lines.items())
    assert (await stranger.get(f"/api/transactions?offset={BEGINNING}")).text


async def test_a_driver_of_home_automation_sends_bodies_with_what_it_reads(
    box: Compatible, stranger: httpx.AsyncClient
) -> None:
    """A body where none belongs is no mistake."""
    await box.log_in(stranger)
    head = {"Content-Type": "alfen/json"}
    asked = stranger.build_request(
        "GET", "/api/prop?ids=2060_0,2221_3,2501_2,2129_0", headers=head, content=b"{}"
    )
    told = (await stranger.send(asked)).json()["properties"]

    assert [item["id"] for item in told] == ["2060_0", "2221_3", "2501_2", "2129_0"]


async def test_a_bridge_to_a_broker_wants_every_page_to_agree(
    box: Compatible, stranger: httpx.AsyncClient
) -> None:
    """It never logs in again, and reads no type that it does not expect."""
    login = {"username": "admin", "password": SECRET, "displayname": "bridge"}
    await box.log_in(stranger)
    assert (await stranger.post("/api/login", json=login)).status_code == 200
    listed = (await stranger.get("/api/categories")).json()
    assert set(listed) == {"version", "categories"}
    for name in ("meter1", "temp", "generic2"):
        first = (await stranger.get(f"/api/prop?cat={name}")).json()
        assert set(first) == {"version", "properties", "offset", "total"}
        items = await paged(stranger, f"cat={name}")
        assert len(items) == first["total"]
        assert is_usable(items)
