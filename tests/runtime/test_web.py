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
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from laadpaal.cli.password import changed
from laadpaal.local_api.announcing import Announcement
from laadpaal.local_api.server import serving
from laadpaal.ports.accounts import User
from laadpaal.runtime import local_side
from laadpaal.runtime import web as room
from laadpaal.runtime.beside import beside
from laadpaal.runtime.config import Config, ConfigError
from laadpaal.runtime.web import CERTIFICATE, Web
from laadpaal.runtime.web_table import WebTable
from laadpaal.station.layout import Layout
from laadpaal.station.notices import SecurityEvent
from laadpaal.station.security import SecurityKind
from tests.runtime.stage import PATIENCE_S, logged, staged
from tests.support.accounts import Door
from tests.support.certificates import EXPIRED, root
from tests.support.jumping import jump_on_lines

SECRET = "correct horse"
POLL_S = 5.0
"""How often a client asks whether the station is back."""
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


@pytest.mark.parametrize("after_s", [0.0, 1.0, 2.5, 4.9])
def test_who_asks_whether_the_station_is_back_sees_that_it_was_away(after_s: float) -> None:
    """A client that asks each 5 s goes on only after it got no answer once, and then one again."""
    answered: list[bool] = []

    async def story() -> None:
        async with serving(_hello, NEAR, 0) as server:
            web = Web(WebTable(host=NEAR, port=0), server, NEAR, logging.getLogger("away"))
            async with beside(web.run(Door().doorman, _nobody)):
                answered.append(await _answers(web.port))
                web.leave()
                await asyncio.sleep(after_s)
                for _ in range(3):
                    answered.append(await _answers(web.port))
                    await asyncio.sleep(POLL_S)

    jump_on_lines(story())

    assert answered in ([True, False, True, True], [True, False, False, True])


def test_a_port_that_was_taken_meanwhile_is_tried_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """As soon as it is free the station is there again, and the log says what was in the way."""

    async def story() -> None:
        async with serving(_hello, NEAR, 0) as server:
            web = Web(WebTable(host=NEAR, port=0), server, NEAR, logging.getLogger("away"))
            async with beside(web.run(Door().doorman, _nobody)):
                await asyncio.sleep(1)
                web.leave()
                with socket.create_server((NEAR, web.port)):
                    await asyncio.sleep(1.5 * room.AWAY_S)
                assert len(caplog.messages) == 1
                await asyncio.sleep(room.AWAY_S)
                assert await _answers(web.port)

    jump_on_lines(story())

    assert caplog.messages[0].startswith(f"Web: cannot listen on {NEAR} port ")


async def _answers(port: int) -> bool:
    try:
        reader, writer = await asyncio.open_connection(NEAR, port)
    except OSError:
        return False
    writer.write(f"GET / HTTP/1.1\r\nHost: {NEAR}\r\n\r\n".encode())
    head = await reader.readline()
    writer.close()
    return head.startswith(b"HTTP/1.1 200")


async def _hello(scope: Scope, receive: Receive, send: Send) -> None:
    await Response(b"hello")(scope, receive, send)


def _nobody(host: str, port: int) -> Announcement:
    raise AssertionError(f"{host} port {port} is announced")


async def test_a_restart_for_a_client_closes_the_door_for_a_while(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has its answer first; then nobody is served, and then everybody again."""
    monkeypatch.setattr(room, "AWAY_S", 0.0)
    async with staged(config) as stage:
        await first_password(stage.station.web)
        async with browser(stage.station.web) as client:
            login = {"username": "admin", "password": SECRET}
            assert (await client.post("/api/login", json=login)).status_code == 200
            answer = await client.post("/api/cmd", json={"command": "reboot"})
            await stage.life(2)
            assert stage.station.web
            async with asyncio.timeout(PATIENCE_S):
                while not await _listens(stage.station.web.port):
                    pass
            after = await client.get("/api/categories")

    assert (answer.status_code, answer.content) == (200, b"")
    assert after.status_code == 401


async def _listens(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection(NEAR, port)
    except OSError:
        return False
    writer.close()
    return True


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
