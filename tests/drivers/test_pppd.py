"""Packets over a modem's line: pppd is run, understood, and ended."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

import pytest

from laadpaal.drivers.power_key import FileKey
from laadpaal.drivers.pppd import PppdLink
from laadpaal.ports.modem import Access, Carried, ModemFailed
from tests.support.jumping import jump

LOG = logging.getLogger("test.pppd")
PATIENCE_S = 20.0
ACCESS = Access("m2m.example", "anna", 'se"cr\\et', "PAP")
UP = "echo 'Using interface ppp7'; echo 'local  IP address 10.64.0.9'"
WAITS = "exec sleep 1000"


def program(folder: Path, *lines: str) -> str:
    """Return a pppd that does this with the file of options as its second argument."""
    file = folder / "pppd"
    file.write_text("\n".join(["#!/bin/sh", *lines, ""]))
    file.chmod(0o700)
    return str(file)


async def test_there_is_an_address_once_pppd_says_so(tmp_path: Path) -> None:
    """It is given the line and the password in a file that is gone with it."""
    kept = tmp_path / "kept"
    run = program(tmp_path, f'cp -p "$2" {kept}', UP, WAITS)
    link = PppdLink("/dev/modem", 115_200, LOG, run)
    async with asyncio.timeout(PATIENCE_S):
        carried = await link.up(ACCESS)
        await link.down()

    assert carried == Carried("ppp7", "10.64.0.9")
    options = kept.read_text().splitlines()
    assert options[:3] == ["/dev/modem", "115200", "nodetach"]
    assert 'user "anna"' in options
    assert 'password "se\\"cr\\\\et"' in options
    assert "refuse-chap" in options
    assert kept.stat().st_mode & 0o777 == 0o600


async def test_nobody_is_named_where_nobody_asks(tmp_path: Path) -> None:
    """An access point without a user gets none."""
    kept = tmp_path / "kept"
    link = PppdLink("/dev/modem", 9600, LOG, program(tmp_path, f'cp "$2" {kept}', UP, WAITS))
    async with asyncio.timeout(PATIENCE_S):
        await link.up(Access("m2m.example"))
        await link.down()

    options = kept.read_text()
    assert not [word for word in ("user ", "password ", "refuse") if word in options]


async def test_the_end_of_pppd_is_the_end_of_the_connection(tmp_path: Path) -> None:
    """Its last words say why, without what cannot be printed."""
    last = r"printf 'LCP terminated\033 by peer\n'"
    link = PppdLink("/dev/modem", 9600, LOG, program(tmp_path, UP, last))
    async with asyncio.timeout(PATIENCE_S):
        await link.up(ACCESS)
        why = await link.lost()
        await link.down()
        await link.down()

    assert why.endswith("pppd has ended: LCP terminated by peer")


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (("echo 'authentication failed'",), "has ended: authentication failed"),
        (("exit 3",), "has ended: it said nothing"),
        (("head -c 200000 /dev/zero; echo; echo over",), "has ended: over"),
    ],
)
async def test_pppd_that_ends_at_once(tmp_path: Path, lines: tuple[str, ...], why: str) -> None:
    """There is no connection, and it is said why."""
    link = PppdLink("/dev/modem", 9600, LOG, program(tmp_path, *lines))
    async with asyncio.timeout(PATIENCE_S):
        with pytest.raises(ModemFailed, match=why):
            await link.up(ACCESS)
        await link.down()


async def test_pppd_that_does_not_listen_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line must be free for whoever comes next."""
    monkeypatch.setattr("laadpaal.drivers.pppd.DOWN_S", 0.05)
    run = program(tmp_path, "trap '' TERM", UP, "while true; do read -r _; done")
    link = PppdLink("/dev/modem", 9600, LOG, run)
    async with asyncio.timeout(PATIENCE_S):
        await link.up(ACCESS)
        process = link._process
        await link.down()

    assert process is not None
    assert process.returncode == -9


async def test_pppd_that_never_has_an_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not waited for without end."""
    monkeypatch.setattr("laadpaal.drivers.pppd.UP_S", 0.05)
    link = PppdLink("/dev/modem", 9600, LOG, program(tmp_path, WAITS))
    async with asyncio.timeout(PATIENCE_S):
        with pytest.raises(ModemFailed, match="no address"):
            await link.up(ACCESS)

    assert link._process is None


async def test_no_pppd_at_all() -> None:
    """The name of the program is told, for it is perhaps misspelled."""
    link = PppdLink("/dev/modem", 9600, LOG, "no-such-pppd")

    with pytest.raises(ModemFailed, match="no-such-pppd cannot be run"):
        await link.up(ACCESS)
    assert await link.lost() == "no-such-pppd has ended: it said nothing"


async def test_a_password_makes_no_second_option() -> None:
    """A line end in it is refused."""
    link = PppdLink("/dev/modem", 9600, LOG)

    with pytest.raises(ModemFailed, match="printable"):
        await link.up(Access(user="anna", password="a\nplugin evil.so"))


def test_the_power_key_is_a_file(tmp_path: Path) -> None:
    """It takes a nought, and a one five seconds later."""
    file = tmp_path / "value"

    async def story() -> list[str]:
        cutting = asyncio.ensure_future(FileKey(str(file)).cut())
        await asyncio.sleep(4.9)
        during = file.read_text()
        await cutting
        return [during, file.read_text()]

    assert jump(story()) == ["0", "1"]


def test_a_power_key_that_is_not_there(tmp_path: Path) -> None:
    """Is a failure of the modem, which names the file."""
    with pytest.raises(ModemFailed, match="nowhere"):
        jump(FileKey(str(tmp_path / "nowhere" / "value")).cut())
