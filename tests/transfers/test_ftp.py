"""Files over FTP and FTPS."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from laadpaal.transfers import Deadlines, Done, Failed, Outcome, Porter, Sizes, Trouble
from tests.support.certificates import root
from tests.transfers.ftp_servers import PASSWORD, USER, ftp_server, safe_ftp_server

LIMIT = 200_000
SIZES = Sizes(10, LIMIT)
PROMPT = Porter(deadlines=Deadlines(2.0, 5.0, 10.0), free=lambda _: 10 * LIMIT)
FILE = bytes(range(256)) * 512
CREDENTIALS = f"{USER}:{quote(PASSWORD, safe='')}@"


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """Return the folder of the server."""
    folder = tmp_path / "shared"
    (folder / "deep").mkdir(parents=True)
    return folder


@pytest.fixture
def address(shared: Path) -> Iterator[str]:
    with ftp_server(shared) as one:
        yield one


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Return a file to send."""
    path = tmp_path / "log.zip"
    path.write_bytes(FILE)
    return path


def trouble(outcome: Outcome) -> Trouble:
    """Return what went wrong."""
    assert isinstance(outcome, Failed), outcome
    assert PASSWORD not in str(outcome)
    return outcome.trouble


@pytest.mark.parametrize("who", ["", CREDENTIALS])
async def test_a_file_comes(address: str, shared: Path, tmp_path: Path, who: str) -> None:
    """By name and password, or by nobody's."""
    (shared / "deep" / "fw 1").write_bytes(FILE)
    target = tmp_path / "file"

    outcome = await PROMPT.fetch(f"ftp://{who}{address}/deep/fw%201", target, SIZES)
    assert outcome == Done(len(FILE))
    assert target.read_bytes() == FILE


@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("/", "log.zip"),
        ("", "log.zip"),
        ("/deep/", "deep/log.zip"),
        ("/deep", "deep/log.zip"),
        ("/deep/other", "deep/other"),
    ],
)
async def test_a_file_goes(address: str, shared: Path, source: Path, path: str, there: str) -> None:
    """Into a folder under its own name, or to exactly the place that was asked for."""
    assert await PROMPT.send(f"ftp://{CREDENTIALS}{address}{path}", source) == Done(len(FILE))
    assert (shared / there).read_bytes() == FILE


async def test_sizes_are_judged(address: str, shared: Path, tmp_path: Path) -> None:
    """What SIZE tells is judged before anything is fetched (S9)."""
    (shared / "fw").write_bytes(b"x" * (LIMIT + 1))
    (shared / "small").write_bytes(b"x" * 9)
    for name in ("fw", "small"):
        outcome = await PROMPT.fetch(f"ftp://{address}/{name}", tmp_path / "file", SIZES)
        assert trouble(outcome) is Trouble.WRONG_SIZE
    assert not (tmp_path / "file").exists()


@pytest.mark.parametrize(
    ("url", "wrong"),
    [
        ("ftp://anna:wrong@{}/fw", Trouble.DENIED),
        ("ftp://{}/none", Trouble.REFUSED),
        ("ftps://{}/fw", Trouble.NOT_SUPPORTED),
        ("ftp://127.0.0.1:1/fw", Trouble.UNREACHABLE),
    ],
)
async def test_a_refusal_has_a_name(address: str, tmp_path: Path, url: str, wrong: Trouble) -> None:
    """A wrong password, no file, no TLS, no server."""
    assert trouble(await PROMPT.fetch(url.format(address), tmp_path / "file", SIZES)) is wrong


async def test_anonymous_may_not_write(address: str, source: Path) -> None:
    """The server says no, and that is told."""
    assert trouble(await PROMPT.send(f"ftp://{address}/", source)) is Trouble.REFUSED


@pytest.mark.parametrize(
    ("replies", "wrong"),
    [
        ([b""], Trouble.LOST),
        ([b"rubbish\r\n"], Trouble.BROKEN),
        ([b"421 busy\r\n"], Trouble.REFUSED),
        ([b"\xff" * 9000], Trouble.BROKEN),
    ],
)
async def test_a_strange_server_is_named(
    tmp_path: Path, replies: list[bytes], wrong: Trouble
) -> None:
    """It hangs up, speaks another language, is busy, or never ends a line."""

    async def serve(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.writelines(replies)
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        host, port = server.sockets[0].getsockname()
        outcome = await PROMPT.fetch(f"ftp://{host}:{port}/fw", tmp_path / "file", SIZES)
    assert trouble(outcome) is wrong


async def test_a_silent_server_is_left(tmp_path: Path) -> None:
    """Nobody says hello in time."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    porter = Porter(deadlines=Deadlines(2.0, 0.05, 10.0), free=PROMPT.free)
    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        host, port = server.sockets[0].getsockname()
        outcome = await porter.fetch(f"ftp://{host}:{port}/fw", tmp_path / "file", SIZES)
    assert trouble(outcome) is Trouble.SLOW


async def test_tls_protects_both_ways(tmp_path: Path, source: Path) -> None:
    """Name, password and files go inside TLS only, without a size that is told (RFC 4217)."""
    authority = root("ours")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    made = authority.issue("server", hosts=("127.0.0.1",))
    context.load_cert_chain(*made.files(tmp_path, "server"))
    trusting = ssl.create_default_context(cadata=authority.pem)
    porter = Porter(lambda: trusting, PROMPT.deadlines, PROMPT.free)
    with safe_ftp_server(context, {"fw": FILE}) as server:
        url = f"ftps://{CREDENTIALS}{server.address}"
        assert await porter.fetch(f"{url}/fw", tmp_path / "file", SIZES) == Done(len(FILE))
        assert await porter.send(f"{url}/log", source) == Done(len(FILE))
        assert trouble(await PROMPT.send(f"{url}/log", source)) is Trouble.UNTRUSTED

    assert (tmp_path / "file").read_bytes() == FILE
    assert server.files["log"] == FILE
    assert server.said[:4] == ["USER", "PASS", "PBSZ", "PROT"]
