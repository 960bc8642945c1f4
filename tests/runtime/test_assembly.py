"""A configuration becomes a running station, or is refused before anything runs."""

from __future__ import annotations

import asyncio
import logging
import re
import socket
from pathlib import Path

import pytest
from cryptography import x509
from msgspec.structs import replace

from laadpaal.backoffice.server import BackOffice
from laadpaal.csms.tls import SUITES, TlsPolicy
from laadpaal.properties.comms import HEARTBEAT_INTERVAL, SECURITY_PROFILE
from laadpaal.properties.state import LOG_SIZE
from laadpaal.runtime.assembly import DATABASE, FLIGHT, LOG, VAULT
from laadpaal.runtime.clock import RealClock
from laadpaal.runtime.config import ApiTable, Config, ConfigError, CsmsTable
from laadpaal.runtime.log_file import older
from laadpaal.station.answers import Accepted
from laadpaal.station.notices import TransactionStarted
from laadpaal.station.requests import WriteSetting
from laadpaal.station.words import By
from laadpaal.storage.vault import FileVault
from tests.runtime.stage import SPEED, logged, logger, staged
from tests.support.certificates import root

CARD = "04A1B2C3"


def _config(folder: Path) -> Config:
    return Config(folder=str(folder), api=None)


@pytest.mark.parametrize("key", ["ca_file", "crl_file"])
@pytest.mark.parametrize(
    ("name", "text", "says"),
    [("none.pem", None, "No such file"), ("wrong.pem", "no certificate", "certificate")],
)
async def test_a_wrong_file_of_certificates_is_refused(
    tmp_path: Path, key: str, name: str, text: str | None, says: str
) -> None:
    """The error names key, file and reason, and nothing has been made."""
    path = tmp_path / name
    if text:
        path.write_text(text)
    csms = replace(CsmsTable(url="wss://127.0.0.1:1"), **{key: str(path)})
    config = Config(folder=str(tmp_path / "data"), api=None, csms=csms)

    with pytest.raises(ConfigError, match=f"csms.{key}: .*{name}.*{says}"):
        await staged(config).__aenter__()
    assert not (tmp_path / "data").exists()


async def test_a_vault_that_cannot_be_used_is_refused(tmp_path: Path) -> None:
    """A station without a place for its keys does not start."""
    (tmp_path / VAULT).touch()

    with pytest.raises(ConfigError, match="folder: the vault cannot be used"):
        await staged(_config(tmp_path)).__aenter__()


async def test_suites_that_are_not_there_are_an_error_in_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine that cannot offer what the policy promises says so at once (S5)."""
    monkeypatch.setitem(SUITES, TlsPolicy.RELEASE_412, ("AES256-GCM-SHA384", "NO-SUCH-SUITE"))
    csms = CsmsTable(url="wss://127.0.0.1:1", tls_policy="4.12")
    config = Config(folder=str(tmp_path), api=None, csms=csms)
    async with staged(config):
        pass
    (line,) = [line for line in logged(config) if "NO-SUCH-SUITE" in line]

    assert ":ERROR:" in line
    assert line.endswith("TLS suites not there: NO-SUCH-SUITE; 1 are left")


async def test_a_certificate_of_its_own_makes_profile_3(tmp_path: Path) -> None:
    """Where there is TLS and no password; each life looks anew."""
    vault = FileVault(tmp_path / VAULT, logging.getLogger("laadpaal.test.vault"))
    wanted = x509.load_pem_x509_csr(vault.begin_request("LP1", "Owner").encode())
    vault.complete_request(root("top").issue("LP1", public=wanted).chain)
    csms = CsmsTable(url="wss://127.0.0.1:1")
    async with staged(Config(folder=str(tmp_path), api=None, csms=csms)) as stage:
        assert stage.running.values[SECURITY_PROFILE] == 3


async def test_a_folder_that_is_none_is_refused(tmp_path: Path) -> None:
    """The error names the key and the path."""
    (tmp_path / "file").touch()

    with pytest.raises(ConfigError, match=r"folder: .*File exists: .*file"):
        await staged(_config(tmp_path / "file")).__aenter__()


async def test_a_taken_port_is_refused(tmp_path: Path) -> None:
    """The error names the table and the address, and the folder can be used again at once."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        config = Config(folder=str(tmp_path), api=ApiTable(port=port))
        with pytest.raises(ExceptionGroup) as refused:
            await staged(config).__aenter__()

    assert refused.group_contains(
        ConfigError, match=f"api: cannot listen on 127.0.0.1 port {port}: .*in use", depth=None
    )
    async with staged(_config(tmp_path)) as stage:
        assert await stage.running.ask(WriteSetting("2085_0", "60", By.LOCAL)) == Accepted()


async def test_the_address_of_the_api_is_told(tmp_path: Path) -> None:
    """Without one there is none, and a free port is a real one."""
    async with staged(_config(tmp_path / "a")) as without:
        assert without.station.api is None
    async with staged(Config(folder=str(tmp_path / "b"), api=ApiTable(port=0))) as with_one:
        assert re.fullmatch(r"http://127\.0\.0\.1:[1-9]\d+", with_one.station.api or "")


async def test_what_is_kept_is_the_owners_alone(tmp_path: Path) -> None:
    """The folder is made closed; log, recording and database are closed even in an open one."""
    (tmp_path / "open").mkdir(0o755)
    for folder in (tmp_path / "made", tmp_path / "open"):
        async with staged(_config(folder)):
            modes = {p.name: p.stat().st_mode & 0o777 for p in folder.iterdir()}

        assert {modes[name] for name in (DATABASE, LOG, FLIGHT)} == {0o600}
    assert (tmp_path / "made").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "open").stat().st_mode & 0o777 == 0o755


async def test_a_corrupt_database_is_set_aside_and_told(tmp_path: Path) -> None:
    """The station runs on a fresh one, and the log says where the old one is."""
    (tmp_path / DATABASE).write_bytes(b"this is no database" * 100)
    config = _config(tmp_path)
    async with staged(config) as stage:
        answer = await stage.running.ask(WriteSetting(HEARTBEAT_INTERVAL.id, "60", By.LOCAL))

    assert answer == Accepted()
    [aside] = tmp_path.glob("*corrupt*")  # noqa: ASYNC240  a test may wait for its disk
    told = "".join(line.split(":", 6)[-1] for line in logged(config) if ":ERROR:" in line)
    assert "The database was corrupt" in told
    assert aside.name in told


async def test_a_written_value_beats_the_file(tmp_path: Path) -> None:
    """What the file gives is a default, until the station is told otherwise."""
    config = Config(folder=str(tmp_path), api=None, settings={HEARTBEAT_INTERVAL.id: 11})
    async with staged(config) as stage:
        assert stage.running.values[HEARTBEAT_INTERVAL] == 11
        await stage.running.ask(WriteSetting(HEARTBEAT_INTERVAL.id, "22", By.LOCAL))
    async with staged(config) as again:
        assert again.running.values[HEARTBEAT_INTERVAL] == 22


@pytest.mark.parametrize(
    ("url", "password", "profile"),
    [
        ("ws://127.0.0.1:1", "", 0),
        ("ws://127.0.0.1:1", "p" * 16, 1),
        ("wss://127.0.0.1:1", "p" * 16, 2),
    ],
)
async def test_the_security_profile_follows_from_the_link(
    tmp_path: Path, url: str, password: str, profile: int
) -> None:
    """A password makes it 1, and TLS 2; nobody can write it."""
    csms = CsmsTable(url=url, password=password)
    async with staged(Config(folder=str(tmp_path), api=None, csms=csms)) as stage:
        assert stage.running.values[SECURITY_PROFILE] == profile


async def test_the_size_of_the_log_is_followed(tmp_path: Path) -> None:
    """What is written counts from the next line on, without a restart."""
    config = Config(folder=str(tmp_path), api=None)
    async with staged(config) as stage:
        answer = await stage.running.ask(WriteSetting(LOG_SIZE.id, "100", By.LOCAL))
        assert answer == Accepted()
        for _ in range(1_200):
            logger(tmp_path).info("x" * 80)

    aside = older(tmp_path / LOG)
    assert len(aside) == 1
    assert 99_000 < aside[0].stat().st_size <= 100_000


async def test_two_stations_do_not_disturb_each_other(tmp_path: Path) -> None:
    """With a folder each, what one is told and does is nothing to the other."""
    offline: dict[str, str | int | float | bool] = {"2127_0": True}
    config_a = Config(folder=str(tmp_path / "a"), api=None, settings=offline)
    config_b = Config(folder=str(tmp_path / "b"), api=None, settings=offline)
    async with staged(config_a) as a, staged(config_b) as b:
        a.bench.plug(1, 32.0)
        a.bench.swipe(CARD, 0)
        await a.ear.until(lambda: bool(a.ear.all(TransactionStarted)))
        await a.running.cut_power()
        answer = await b.running.ask(WriteSetting(HEARTBEAT_INTERVAL.id, "33", By.LOCAL))

        assert answer == Accepted()
        assert (a.running.lives, b.running.lives) == (2, 1)
        assert b.ear.all(TransactionStarted) == []
        assert a.running.values[HEARTBEAT_INTERVAL] == HEARTBEAT_INTERVAL.default
    assert any("TransactionStarted" in line for line in logged(config_a))
    assert not any("TransactionStarted" in line for line in logged(config_b))


async def test_messages_stand_in_the_log_in_its_shape(tmp_path: Path) -> None:
    """Every line has time, facility, source and line; a message has its direction (2.9)."""
    async with BackOffice(clock := RealClock(SPEED)) as office:
        config = Config(
            folder=str(tmp_path),
            api=None,
            csms=CsmsTable(url=office.url, identity="LP1", password="correct horse battery"),
        )
        async with staged(config, clock) as stage, asyncio.timeout(60):
            await stage.ear.until(lambda: stage.running.view().online)

    lines = logged(config)
    shape = (
        r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z:"
        r"(INFO|WARNING|ERROR|COM|USER|SECURITY):[\w.]+:\d+:.{1,80}"
    )
    assert [line for line in lines if not re.fullmatch(shape, line)] == []
    com = [line.split(":", 6)[-1] for line in lines if ":COM:" in line]
    assert com[0].startswith('-> [2,"')
    assert any(text.startswith('<- [3,"') for text in com)
    assert "horse" not in "".join(lines)


@pytest.mark.parametrize(
    ("wrong", "told"), [(MemoryError, "MemoryExhaustion"), (KeyError, "ResetOrReboot")]
)
async def test_s14_a_crash_is_told_by_the_next_start(
    tmp_path: Path, wrong: type[Exception], told: str
) -> None:
    """It stands in the security log once, after the start itself, and not at the start after."""
    with pytest.raises(ExceptionGroup):
        async with staged(_config(tmp_path)):
            raise wrong

    first, second = await _security_events(tmp_path), await _security_events(tmp_path)

    assert first.index("StartupOfTheDevice") < first.index(told)
    assert second.count(told) == 1


async def _security_events(folder: Path) -> list[str]:
    """Start the station there; return what its security log then holds."""
    async with staged(_config(folder)) as stage:
        # The answer comes after what waited in the inbox.
        await stage.running.ask(WriteSetting(HEARTBEAT_INTERVAL.id, "900", By.LOCAL))
        return [event.kind.value for event in stage.station.share.security_log(None, None)]
