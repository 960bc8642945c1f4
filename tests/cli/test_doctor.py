"""`laadpaal doctor` and `laadpaal trust` as somebody at a terminal sees them."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from laadpaal.backoffice.policy import Policy
from laadpaal.backoffice.server import BackOffice
from laadpaal.cli.app import app
from laadpaal.ports.vault import Use
from laadpaal.runtime.assembly import VAULT
from laadpaal.runtime.clock import RealClock
from laadpaal.storage.vault import FileVault
from tests.runtime.stage import logger
from tests.support.certificates import EXPIRED, chain, root, rsa_key
from tests.support.front import front, server

RUNNER = CliRunner()
PASSWORD = "correct-horse-1234"
PATIENCE_S = 60.0


def written(folder: Path, url: str) -> Path:
    """Write a configuration, and return where."""
    file = folder / "station.toml"
    file.write_text(
        f'folder = "{folder / "data"}"\n'
        f'[csms]\nurl = "{url}"\nidentity = "LP1"\npassword = "{PASSWORD}"\n'
    )
    return file


async def command(*arguments: str) -> tuple[int, str]:
    """Run it as a process of its own; return its status and what it printed."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "laadpaal",
        *arguments,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    async with asyncio.timeout(PATIENCE_S):
        out, _ = await process.communicate()
    return process.returncode or 0, out.decode()


async def test_a_way_is_mended_with_what_the_doctor_says(tmp_path: Path) -> None:
    """The root is unknown, so it is trusted, and then all is well; no secret is printed."""
    top, leaf = chain()
    policy = Policy(passwords={"LP1": PASSWORD})
    file = tmp_path / "top.pem"
    file.write_text(top.pem)
    async with (
        BackOffice(RealClock(trusted=True), policy, log=logger(tmp_path)) as office,
        front(server(leaf, tmp_path), int(office.url.split(":")[2].split("/")[0])) as before,
    ):
        config = str(written(tmp_path, before.url))
        ill = await command("doctor", "--config", config)
        trusted = await command("trust", str(file), "--config", config)
        well = await command("doctor", "--config", config)
        as_json = await command("doctor", "--config", config, "--json")
    told = json.loads(as_json[1])

    assert ill[0] == 1
    assert "WRONG  certificates" in ill[1]
    assert "install the root of the CSMS with `laadpaal trust`" in ill[1]
    assert trusted == (0, "CN=top is trusted from the next connection on, until 2120-01-01\n")
    assert well[0] == 0
    assert "WRONG" not in well[1]
    assert "OK     subprotocol    ocpp2.0.1" in well[1]
    assert as_json[0] == 0
    assert told["well"]
    assert [it["step"] for it in told["findings"]][-1] == "subprotocol"
    assert PASSWORD not in ill[1] + well[1] + as_json[1]


@pytest.mark.parametrize(
    ("flaw", "text"),
    [
        ("old suite", "the server chooses TLSv1.2 AES128-SHA, which is refused"),
        ("expired", "root certificate CN=top has expired (2021-01-01)"),
    ],
)
async def test_what_will_fail_is_said_before_it_does(flaw: str, text: str, tmp_path: Path) -> None:
    """An old suite only, and an expired root: status 1, and the reason (S69, S70)."""
    top, leaf = chain({"root": EXPIRED} if flaw == "expired" else {}, rsa_key())
    suite = "AES128-SHA" if flaw == "old suite" else ""
    tls = server(leaf, tmp_path, suite, highest="TLSv1_2")
    vault = FileVault(tmp_path / "data" / VAULT, logger(tmp_path))
    vault.add_root(Use.CSMS_ROOT, top.pem)
    async with front(tls) as before:
        status, out = await command("doctor", "--config", str(written(tmp_path, before.url)))

    assert status == 1
    assert text in out


def test_a_file_that_cannot_be_read_is_bad_input(tmp_path: Path) -> None:
    """Status 2, as with every command."""
    told = RUNNER.invoke(app, ["doctor", "--config", str(tmp_path / "none.toml")])

    assert told.exit_code == 2


@pytest.mark.parametrize("content", ["", "no certificate", "leaf", "plain", None])
def test_what_is_no_root_is_not_trusted(content: str | None, tmp_path: Path) -> None:
    """A server's own certificate is none, nor one that may sign nobody."""
    texts = {
        "leaf": root("top").issue("csms", authority=True).pem,
        "plain": root("csms", authority=False).pem,
    }
    file = tmp_path / "root.pem"
    if content is not None:
        file.write_text(texts.get(content, content))
    config = written(tmp_path, "ws://127.0.0.1:1/ocpp")
    told = RUNNER.invoke(app, ["trust", str(file), "--config", str(config)])

    assert told.exit_code == 2
    assert told.stderr.startswith("laadpaal: ")
    assert not (tmp_path / "data").exists()
