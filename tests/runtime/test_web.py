"""A station that the network can reach: its certificate, and when it opens."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from msgspec.structs import replace

from laadpaal.cli.password import changed
from laadpaal.local_api.announcing import Announcement
from laadpaal.ports.accounts import User
from laadpaal.runtime import local_side
from laadpaal.runtime import web as room
from laadpaal.runtime.config import Config, ConfigError
from laadpaal.runtime.web import CERTIFICATE, Web
from laadpaal.runtime.web_table import WebTable
from laadpaal.station.layout import Layout
from laadpaal.station.notices import SecurityEvent
from laadpaal.station.security import SecurityKind
from tests.runtime.stage import logged, staged
from tests.support.certificates import EXPIRED, root

SECRET = "correct horse"
NEAR, NETWORK = "127.0.0.1", "127.0.0.2"
"""The second stands for an address that others can reach; `is_loopback` is told so."""


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """Return a station with HTTPS on this machine."""
    return Config(
        folder=str(tmp_path / "data"),
        api=None,
        web=WebTable(host=NEAR, port=0, announce=False),
    )


@pytest.fixture
def networked(config: Config, monkeypatch: pytest.MonkeyPatch) -> Config:
    """Return the same for a network."""
    monkeypatch.setattr(room, "is_loopback", lambda host: host == NEAR)
    monkeypatch.setattr(room, "LOOK_S", 0.05)
    assert config.web
    return replace(config, web=replace(config.web, host=NETWORK))


def browser(web: Web | None) -> httpx.AsyncClient:
    """Return a client of the station."""
    assert web
    return httpx.AsyncClient(base_url=web.url, verify=False, trust_env=False)  # noqa: S501  as people do


async def first_password(web: Web | None) -> None:
    """Set it over HTTPS."""
    async with browser(web) as client:
        response = await client.put("/v1/password", json={"password": SECRET})
    assert response.status_code == 200


async def until_at(web: Web | None, host: str) -> Web:
    """Return once it listens there."""
    assert web
    await web.moved.wait()
    assert web.host == host
    return web


async def test_a_station_has_none_unless_told(tmp_path: Path) -> None:
    """Nothing listens, and nothing is made for it."""
    async with staged(Config(folder=str(tmp_path), api=None)) as stage:
        assert stage.station.web is None
    assert not (tmp_path / CERTIFICATE).exists()


async def test_the_certificate_is_made_at_the_first_start(config: Config) -> None:
    """And shown at the next one too."""
    file = Path(config.folder) / CERTIFICATE
    async with staged(config):
        made = file.read_text()
    async with staged(config):
        assert file.read_text() == made
    assert sum("a certificate of our own was made" in line for line in logged(config)) == 1


async def test_everything_is_served_over_https(config: Config) -> None:
    """To whoever has logged in."""
    async with staged(config) as stage, browser(stage.station.web) as client:
        assert (await client.get("/v1/station")).status_code == 401
        await client.put("/v1/password", json={"password": SECRET})
        station = await client.get("/v1/station")
        assert station.json()["serial"] == config.station.serial


async def test_the_certificate_is_replaced_for_good(config: Config) -> None:
    """While the station serves, and it is the same after a start."""
    made = root("replaced")
    chain, key = (file.read_text() for file in made.files(Path(config.folder).parent, "new"))
    async with staged(config) as stage:
        await first_password(stage.station.web)
        async with browser(stage.station.web) as client:
            await client.post("/v1/session", json={"password": SECRET})
            replaced = await client.put("/v1/certificate", json={"chain": chain, "key": key})
    async with staged(config) as stage, browser(stage.station.web) as client:
        await client.post("/v1/session", json={"password": SECRET})
        seen = (await client.get("/v1/certificate")).json()

    assert replaced.json() == seen
    assert seen["subject"] == "CN=replaced"


async def test_the_network_waits_for_the_first_password(networked: Config) -> None:
    """Until then only this machine reaches it; its connections go on when it opens."""
    async with staged(networked) as stage:
        web = stage.station.web
        assert web
        assert web.host == NEAR
        await first_password(web)
        moved = await until_at(web, NETWORK)
        async with browser(moved) as client:
            response = await client.post("/v1/session", json={"password": SECRET})
        assert response.status_code == 200
    async with staged(networked) as again:
        assert again.station.web
        assert again.station.web.host == NETWORK


async def test_a_password_that_a_command_sets_opens_it_too(networked: Config) -> None:
    """While the station runs."""
    async with staged(networked) as stage:
        await changed(User.ADMIN, SECRET, networked)
        await until_at(stage.station.web, NETWORK)


async def test_it_stays_where_it_is_when_it_cannot_open(networked: Config) -> None:
    """The log says why, and this machine reaches it all the same."""
    async with staged(networked) as stage:
        web = stage.station.web
        assert web
        port = int(web.url.rpartition(":")[2])
        with socket.create_server((NETWORK, port)):
            await first_password(web)
            await web.moved.wait()
        assert web.host == NEAR
        async with browser(web) as client:
            assert (await client.get("/v1/health")).status_code == 200
    assert any(f"cannot listen on {NETWORK} port {port}" in line for line in logged(networked))


async def test_failed_logins_are_security_events(config: Config) -> None:
    """In the log that the CSMS can ask for."""
    async with staged(config) as stage, browser(stage.station.web) as client:
        await client.post("/v1/session", json={"password": "guess"})
        await stage.ear.until(lambda: bool(_failed(stage.ear.all(SecurityEvent))))
        (event,) = _failed(stage.ear.all(SecurityEvent))
    assert event.info == "'admin' was not let in from 127.0.0.1."


def _failed(events: list[SecurityEvent]) -> list[SecurityEvent]:
    return [it for it in events if it.kind is SecurityKind.LOCAL_LOGIN_FAILED]


async def test_a_taken_port_is_refused(config: Config) -> None:
    """The error names the table and the address."""
    assert config.web
    with socket.create_server((NEAR, 0)) as taken:
        port = taken.getsockname()[1]
        busy = replace(config, web=replace(config.web, port=port))
        with pytest.raises(ExceptionGroup) as refused:
            await staged(busy).__aenter__()

    says = f"web: cannot listen on {NEAR} port {port}: .*in use"
    assert refused.group_contains(ConfigError, match=says, depth=None)


async def test_files_of_the_configuration_are_shown(config: Config, tmp_path: Path) -> None:
    """Instead of one of our own, which is not even made."""
    chain, key = root("given").files(tmp_path, "given")
    assert config.web
    files = replace(config.web, certificate_file=str(chain), key_file=str(key))
    async with staged(replace(config, web=files)) as stage:
        assert stage.station.web
    assert not (Path(config.folder) / CERTIFICATE).exists()


def _gone(_: Path) -> tuple[Path, Path]:
    return Path("gone.pem"), Path("gone.pem")


def _expired(folder: Path) -> tuple[Path, Path]:
    return root("old", EXPIRED).files(folder, "old")


@pytest.mark.parametrize(
    ("files", "says"), [(_gone, "No such file"), (_expired, "CN=old has expired")]
)
async def test_files_that_cannot_be_shown_are_refused(
    config: Config, tmp_path: Path, files: Callable[[Path], tuple[Path, Path]], says: str
) -> None:
    """Before the station starts."""
    chain, key = files(tmp_path)
    assert config.web
    table = replace(config.web, certificate_file=str(chain), key_file=str(key))

    with pytest.raises(ExceptionGroup) as refused:
        await staged(replace(config, web=table)).__aenter__()

    says = f"web: the certificate cannot be used: .*{says}"
    assert refused.group_contains(ConfigError, match=says, depth=None)


async def test_a_station_in_the_network_is_announced(
    networked: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it listens then, and not before."""
    told: asyncio.Queue[tuple[str, Announcement]] = asyncio.Queue()

    async def announce(tell: Callable[[], Announcement], _: logging.Logger) -> None:
        assert web
        told.put_nowait((web.host, tell()))
        await asyncio.Event().wait()

    monkeypatch.setattr(room, "announcing", announce)
    assert networked.web
    async with staged(replace(networked, web=replace(networked.web, announce=True))) as stage:
        web = stage.station.web
        assert web
        await first_password(web)
        host, seen = await told.get()

        assert host == NETWORK
        assert seen.port == web.port
        assert seen.addresses == (NETWORK,)
        assert seen.identity == seen.serial == networked.station.serial
        assert seen.kind == "2.1.1"


def test_a_host_that_is_no_address_stands_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that the machine has now, without its loopback."""
    monkeypatch.setattr(local_side, "addresses", lambda: ("192.0.2.1", "192.0.2.2"))

    told = local_side.announcement(Layout(), "LP1", "0.0.0.0", 443)  # noqa: S104  nobody listens

    assert told.addresses == ("192.0.2.1", "192.0.2.2")
    assert told.identity == "LP1"
