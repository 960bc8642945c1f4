"""Files over HTTP: whole or not at all, counted, within their time, and without secrets told."""

from __future__ import annotations

import asyncio
import ssl
from base64 import b64encode
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from laadpaal.protocols.firmware.errors import Fault, PackageError
from laadpaal.transfers import Deadlines, Done, Failed, Outcome, Porter, Sizes, Trouble
from laadpaal.transfers.sink import FIRST, PIECE
from laadpaal.transfers.web import MOST_REDIRECTS
from tests.support.certificates import root
from tests.support.site import Site, Strange, reply, serving

LIMIT = 200_000
SIZES = Sizes(10, LIMIT)
PROMPT = Porter(deadlines=Deadlines(2.0, 5.0, 10.0), free=lambda _: 10 * LIMIT)
FILE = bytes(range(256)) * 512


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with serving() as one:
        yield one


@pytest.fixture
def target(tmp_path: Path) -> Iterator[Path]:
    """Where a file goes; whatever happens, no piece of it is left beside it."""
    folder = tmp_path / "target"
    folder.mkdir()
    yield folder / "file"
    assert {path.name for path in folder.iterdir()} <= {"file"}


def held(path: Path) -> bytes | None:
    """Return what a file holds."""
    return path.read_bytes() if path.exists() else None


def mode(path: Path) -> int:
    """Return who may do what with a file."""
    return path.stat().st_mode & 0o777


def put(path: Path, text: bytes) -> None:
    """Write a file."""
    path.write_bytes(text)


def trouble(outcome: Outcome) -> Trouble:
    """Return what went wrong."""
    assert isinstance(outcome, Failed), outcome
    return outcome.trouble


def raw(*pieces: bytes) -> Strange:
    """Return what answers with these bytes, whatever they are."""

    async def strange(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()

    return strange


def head(*headers: str) -> bytes:
    """Return the head of a good answer."""
    return "\r\n".join(["HTTP/1.1 200 OK", *headers, "", ""]).encode()


async def test_a_file_is_fetched(site: Site, target: Path) -> None:
    """It is whole, its owner's alone, and was asked for without any encoding (S10)."""
    site.files["/fw"] = FILE

    assert await PROMPT.fetch(f"{site.url}/fw", target, SIZES) == Done(len(FILE))
    assert held(target) == FILE
    assert mode(target) == 0o600
    assert "Accept-Encoding: identity" in site.heads[0]
    assert "Range" not in site.heads[0]


@pytest.mark.parametrize("announced", [LIMIT, None], ids=["announced", "in chunks"])
async def test_what_nobody_wants_is_not_waited_for(
    site: Site, target: Path, announced: int | None
) -> None:
    """The first bytes are looked at while the server has the rest of the file (S9)."""
    gone = asyncio.Event()

    async def first(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        length = f"Content-Length: {announced}" if announced else "Transfer-Encoding: chunked"
        chunk = b"" if announced else f"{FIRST:x}\r\n".encode()
        writer.write(head(length) + chunk + FILE[:FIRST])
        await reader.read()
        gone.set()

    def unwanted(piece: bytes) -> None:
        raise PackageError(Fault.PRODUCT, f"{len(piece)} bytes are enough")

    site.strange["/fw"] = first
    outcome = await PROMPT.fetch(f"{site.url}/fw", target, SIZES, unwanted)

    assert outcome == Failed(Trouble.WRONG_FILE, f"{FIRST} bytes are enough")
    assert held(target) is None
    async with asyncio.timeout(5.0):
        await gone.wait()


async def test_all_of_a_file_is_looked_at(site: Site, target: Path) -> None:
    """As it comes, before it is kept."""
    site.files["/fw"] = FILE
    seen = bytearray()

    assert await PROMPT.fetch(f"{site.url}/fw", target, SIZES, seen.extend) == Done(len(FILE))
    assert bytes(seen) == FILE


async def test_a_file_that_was_there_goes_first(site: Site, target: Path) -> None:
    """After a failure there is no file, and certainly not an older one."""
    put(target, b"old")

    assert trouble(await PROMPT.fetch(f"{site.url}/none", target, SIZES)) is Trouble.REFUSED
    assert held(target) is None


async def test_credentials_go_as_basic_authentication(site: Site, target: Path) -> None:
    """They are decoded before, and never repeated in what is told."""
    site.files["/fw"] = FILE
    url = site.url.replace("://", "://anna:p%40ss@") + "/fw?token=secret"
    outcome = await PROMPT.fetch(url, target, SIZES)

    assert b64encode(b"anna:p@ss").decode() in site.heads[0]
    assert "ss@" not in site.heads[0]
    assert not any(secret in str(outcome) for secret in ("p@ss", "p%40ss", "secret"))


@pytest.mark.parametrize(
    ("size", "wrong"),
    [
        (0, Trouble.WRONG_SIZE),
        (9, Trouble.WRONG_SIZE),
        (10, None),
        (LIMIT, None),
        (LIMIT + 1, Trouble.WRONG_SIZE),
        (10**15, Trouble.WRONG_SIZE),
        (2**63, Trouble.WRONG_SIZE),
        (10**400, Trouble.WRONG_SIZE),
    ],
)
async def test_the_announced_size_is_judged_before_any_payload(
    site: Site, target: Path, size: int, wrong: Trouble | None
) -> None:
    """What is too small or too large is left at the first line of its head (S9)."""
    asked = asyncio.Event()

    async def announce(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(head(f"Content-Length: {size}"))
        if wrong is None:
            writer.write(b"x" * size)
            return
        await writer.drain()
        await asked.wait()  # not one byte of payload ever comes

    site.strange["/fw"] = announce
    outcome = await PROMPT.fetch(f"{site.url}/fw", target, SIZES)
    asked.set()

    assert outcome == Done(size) if wrong is None else trouble(outcome) is wrong
    assert (held(target) is None) is (wrong is not None)


@pytest.mark.parametrize(
    "headers",
    [
        ("Content-Length: -5",),
        ("Content-Length: x",),
        ("Content-Length: 20", "Content-Length: 30"),
        ("Content-Length: 20", "Transfer-Encoding: chunked"),
        ("Content-Length: 20", "Content-Encoding: gzip"),
    ],
)
async def test_a_head_that_hides_something_is_refused(
    site: Site, target: Path, headers: tuple[str, ...]
) -> None:
    """A size that is none, two of them, or an encoding nobody asked for (S9)."""
    site.strange["/fw"] = raw(head(*headers), b"x" * 20)

    assert trouble(await PROMPT.fetch(f"{site.url}/fw", target, SIZES)) is Trouble.BROKEN


async def test_a_size_that_does_not_fit_the_disk_is_refused(site: Site, target: Path) -> None:
    """Free space is looked at before the payload, announced or not (S9)."""
    site.strange["/fw"] = raw(head(f"Content-Length: {LIMIT}"))
    site.strange["/chunks"] = raw(head("Transfer-Encoding: chunked"))
    small = Porter(deadlines=PROMPT.deadlines, free=lambda _: 5)
    for path in ("/fw", "/chunks"):
        assert trouble(await small.fetch(site.url + path, target, SIZES)) is Trouble.DISK


@pytest.mark.parametrize("sent", [0, 1, LIMIT // 2, LIMIT - 1])
async def test_a_body_that_ends_early_is_no_file(site: Site, target: Path, sent: int) -> None:
    """The server closes halfway (S10)."""
    site.strange["/fw"] = raw(head(f"Content-Length: {LIMIT}"), b"x" * sent)

    assert trouble(await PROMPT.fetch(f"{site.url}/fw", target, SIZES)) is Trouble.LOST


async def test_chunks_that_end_early_are_no_file(site: Site, target: Path) -> None:
    """The last chunk is missing (S10)."""
    site.strange["/fw"] = raw(head("Transfer-Encoding: chunked"), b"20\r\n" + b"x" * 20)

    assert trouble(await PROMPT.fetch(f"{site.url}/fw", target, SIZES)) is Trouble.LOST


async def test_an_endless_body_is_cut(site: Site, target: Path) -> None:
    """It ends at the first byte too many, at most a few buffers later (S10)."""
    sent = 0

    async def endless(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        writer.write(head("Transfer-Encoding: chunked"))
        while True:
            writer.write(b"1000\r\n" + b"x" * 0x1000 + b"\r\n")
            await writer.drain()
            sent += 0x1000

    site.strange["/fw"] = endless

    assert trouble(await PROMPT.fetch(f"{site.url}/fw", target, SIZES)) is Trouble.WRONG_SIZE
    assert sent < 100 * LIMIT


@pytest.mark.parametrize(("size", "whole"), [(9, False), (10, True), (LIMIT, True)])
async def test_without_an_announcement_the_limits_hold_too(
    site: Site, target: Path, size: int, *, whole: bool
) -> None:
    """The end of the connection is the end of the file, if that is large enough."""
    site.strange["/fw"] = raw(head(), b"x" * size)
    outcome = await PROMPT.fetch(f"{site.url}/fw", target, SIZES)

    assert outcome == Done(size) if whole else trouble(outcome) is Trouble.WRONG_SIZE


async def test_one_byte_too_many_is_too_many(site: Site, target: Path) -> None:
    """The limit is exact where nothing was announced (S10)."""
    site.strange["/fw"] = raw(head(), b"x" * (LIMIT + 1))

    assert trouble(await PROMPT.fetch(f"{site.url}/fw", target, SIZES)) is Trouble.WRONG_SIZE


async def test_a_file_after_a_bad_one_is_fetched(site: Site, target: Path) -> None:
    """Nothing is left that could be in its way (S10)."""
    site.files["/good"] = FILE
    site.strange["/bad"] = raw(head(), b"x" * (LIMIT + 1))
    await PROMPT.fetch(f"{site.url}/bad", target, SIZES)

    assert await PROMPT.fetch(f"{site.url}/good", target, SIZES) == Done(len(FILE))


async def _silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(head(f"Content-Length: {LIMIT}") + b"x")
    await writer.drain()
    await reader.read()


async def _trickling(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(head(f"Content-Length: {LIMIT}"))
    while True:
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.005)


@pytest.mark.parametrize(
    ("strange", "deadlines"),
    [(_silent, Deadlines(2.0, 0.05, 10.0)), (_trickling, Deadlines(2.0, 5.0, 0.1))],
    ids=["silent", "trickling"],
)
async def test_a_slow_server_is_left(
    site: Site, target: Path, strange: Strange, deadlines: Deadlines
) -> None:
    """Silence is too slow, and so is a byte now and then (S10)."""
    site.strange["/fw"] = strange
    porter = Porter(deadlines=deadlines, free=PROMPT.free)

    assert trouble(await porter.fetch(f"{site.url}/fw", target, SIZES)) is Trouble.SLOW


async def test_a_transfer_can_be_given_up(site: Site, target: Path) -> None:
    """Being cancelled shuts the socket, and the thread has ended before that is over."""
    begun = asyncio.Event()

    async def begin(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        begun.set()
        await _silent(reader, writer)

    site.strange["/fw"] = begin
    task = asyncio.ensure_future(PROMPT.fetch(f"{site.url}/fw", target, SIZES))
    await begun.wait()
    task.cancel()
    async with asyncio.timeout(3.0):
        with pytest.raises(asyncio.CancelledError):
            await task
    assert held(target) is None


async def test_a_few_redirections_are_followed(site: Site, target: Path) -> None:
    """Five are, relative ones too, and our credentials stay with this host."""
    site.files["/fw"] = FILE
    for number in range(1, MOST_REDIRECTS):
        site.redirects[f"/{number}"] = f"{number + 1}"
    site.redirects[f"/{MOST_REDIRECTS}"] = f"{site.url}/fw"
    url = site.url.replace("://", "://anna:x@")

    assert await PROMPT.fetch(f"{url}/1", target, SIZES) == Done(len(FILE))
    assert all("Authorization" in head for head in site.heads)


async def test_credentials_do_not_go_to_another_host(site: Site, target: Path) -> None:
    """Whoever redirects us is not to learn elsewhere what was meant for here."""
    async with serving() as other:
        other.files["/fw"] = FILE
        site.redirects["/fw"] = f"{other.url}/fw"
        url = site.url.replace("://", "://anna:x@")

        assert await PROMPT.fetch(f"{url}/fw", target, SIZES) == Done(len(FILE))
        assert "Authorization" not in other.heads[0]


@pytest.mark.parametrize(
    ("where", "wrong"),
    [
        ("/loop", Trouble.BROKEN),
        ("", Trouble.BROKEN),
        ("file:///etc/passwd", Trouble.BAD_LOCATION),
        ("ftp://127.0.0.1/x", Trouble.BAD_LOCATION),
    ],
)
async def test_redirections_that_lead_astray_are_not_followed(
    site: Site, target: Path, where: str, wrong: Trouble
) -> None:
    """In circles, to nowhere, to our own disk, or to a less safe place."""
    site.redirects["/loop"] = where

    assert trouble(await PROMPT.fetch(f"{site.url}/loop", target, SIZES)) is wrong
    assert len(site.heads) <= 1 + MOST_REDIRECTS


@pytest.mark.parametrize(
    ("status", "wrong"),
    [
        (b"401 x", Trouble.DENIED),
        (b"403 x", Trouble.DENIED),
        (b"404 x", Trouble.REFUSED),
        (b"206 Partial Content", Trouble.REFUSED),
        (b"416 x", Trouble.REFUSED),
        (b"501 x", Trouble.NOT_SUPPORTED),
        (b"rubbish", Trouble.BROKEN),
    ],
)
async def test_a_refusal_has_a_name(
    site: Site, target: Path, status: bytes, wrong: Trouble
) -> None:
    """A part of a file is none, for nobody asked for a part."""
    site.strange["/fw"] = raw(b"HTTP/1.1 " + status + b"\r\nContent-Length: 0\r\n\r\n")

    assert trouble(await PROMPT.fetch(f"{site.url}/fw", target, SIZES)) is wrong


async def test_who_hangs_up_at_once_is_lost(site: Site, target: Path) -> None:
    """There is no answer at all."""
    site.strange["/fw"] = raw()

    assert trouble(await PROMPT.fetch(f"{site.url}/fw", target, SIZES)) is Trouble.LOST


@pytest.mark.parametrize(
    ("url", "wrong"),
    [
        ("http://127.0.0.1:1/fw", Trouble.UNREACHABLE),
        ("http://host.invalid/fw", Trouble.UNREACHABLE),
        (f"http://{'a' * 70}/fw", Trouble.BAD_LOCATION),
        ("gopher://127.0.0.1/fw", Trouble.BAD_LOCATION),
    ],
)
async def test_what_cannot_be_reached_has_a_name(target: Path, url: str, wrong: Trouble) -> None:
    """A closed port, an unknown name, a name that cannot be one, and a scheme that is not ours."""
    assert trouble(await PROMPT.fetch(url, target, SIZES)) is wrong


async def test_a_folder_that_is_none_is_the_disks_trouble(site: Site, tmp_path: Path) -> None:
    """Nothing is asked of the server."""
    outcome = await PROMPT.fetch(f"{site.url}/fw", tmp_path / "none" / "file", SIZES)

    assert trouble(outcome) is Trouble.DISK
    assert site.heads == []


@asynccontextmanager
async def safe_site(folder: Path, host: str) -> AsyncIterator[tuple[Site, Porter]]:
    """Run a site inside TLS for that host, and yield who trusts its root."""
    authority = root("ours")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*authority.issue("server", hosts=(host,)).files(folder, "server"))
    trusting = ssl.create_default_context(cadata=authority.pem)
    async with serving(context) as site:
        yield site, Porter(lambda: trusting, PROMPT.deadlines, PROMPT.free)


async def test_tls_protects_both_ways(tmp_path: Path, target: Path) -> None:
    """A file goes and comes over https."""
    async with safe_site(tmp_path, "127.0.0.1") as (site, porter):
        site.files["/fw"] = FILE
        source = tmp_path / "log.zip"
        source.write_bytes(FILE)

        assert await porter.fetch(f"{site.url}/fw", target, SIZES) == Done(len(FILE))
        assert await porter.send(f"{site.url}/logs/", source) == Done(len(FILE))
        assert site.received == {"/logs/log.zip": FILE}


async def test_a_stranger_is_not_trusted(tmp_path: Path, target: Path) -> None:
    """Neither an unknown root nor another host's certificate will do."""
    async with safe_site(tmp_path, "127.0.0.2") as (site, porter):
        site.files["/fw"] = FILE
        for one in (porter, PROMPT):
            assert trouble(await one.fetch(f"{site.url}/fw", target, SIZES)) is Trouble.UNTRUSTED


async def test_tls_is_not_left_on_the_way(tmp_path: Path, target: Path) -> None:
    """A redirection from https to http is not followed."""
    async with safe_site(tmp_path, "127.0.0.1") as (site, porter), serving() as plain:
        plain.files["/fw"] = FILE
        site.redirects["/fw"] = f"{plain.url}/fw"

        outcome = await porter.fetch(f"{site.url}/fw", target, SIZES)
        assert trouble(outcome) is Trouble.BAD_LOCATION
        assert plain.heads == []


async def test_a_transfer_inside_tls_can_be_given_up(tmp_path: Path, target: Path) -> None:
    """The socket below is shut, whatever TLS is at."""
    begun = asyncio.Event()

    async def begin(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        begun.set()
        await _silent(reader, writer)

    async with safe_site(tmp_path, "127.0.0.1") as (site, porter):
        site.strange["/fw"] = begin
        task = asyncio.ensure_future(porter.fetch(f"{site.url}/fw", target, SIZES))
        await begun.wait()
        task.cancel()
        async with asyncio.timeout(3.0):
            with pytest.raises(asyncio.CancelledError):
                await task


@pytest.mark.parametrize("method", ["PUT", "POST"])
@pytest.mark.parametrize(("path", "there"), [("", "/log.zip"), ("/a/", "/a/log.zip"), ("/b", "/b")])
async def test_a_file_is_sent(
    site: Site, tmp_path: Path, method: str, path: str, there: str
) -> None:
    """With PUT, or with POST where that is all; a folder gets the name, another place none."""
    site.methods = frozenset({method})
    source = tmp_path / "log.zip"
    source.write_bytes(FILE)

    assert await PROMPT.send(site.url + path, source) == Done(len(FILE))
    assert site.received == {there: FILE}
    assert f"Content-Length: {len(FILE)}" in site.heads[-1]


async def test_a_server_that_takes_nothing_is_named(site: Site, tmp_path: Path) -> None:
    """Neither PUT nor POST is allowed."""
    site.methods = frozenset()
    source = tmp_path / "log.zip"
    source.write_bytes(FILE)

    assert trouble(await PROMPT.send(f"{site.url}/", source)) is Trouble.NOT_SUPPORTED
    assert len(site.heads) == 2


async def test_an_early_refusal_is_heard(site: Site, tmp_path: Path) -> None:
    """The server answers and hangs up while the file is still being sent."""

    async def deny(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reply(writer, 403)

    site.strange["/log.zip"] = deny
    source = tmp_path / "log.zip"
    source.write_bytes(b"x" * (100 * PIECE))

    # What has not been read when it hangs up resets the connection, perhaps before we read why.
    assert trouble(await PROMPT.send(f"{site.url}/", source)) in {Trouble.DENIED, Trouble.LOST}


async def test_a_redirection_takes_no_file(site: Site, tmp_path: Path) -> None:
    """A file goes to exactly the place that was asked for."""

    async def redirect(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reply(writer, 302, {"Location": "/elsewhere"})

    site.strange["/b"] = redirect
    source = tmp_path / "log.zip"
    source.write_bytes(b"x")

    assert trouble(await PROMPT.send(f"{site.url}/b", source)) is Trouble.REFUSED


async def test_a_file_that_is_not_there_is_not_sent(site: Site, tmp_path: Path) -> None:
    """It is told like every other failure."""
    assert isinstance(await PROMPT.send(f"{site.url}/b", tmp_path / "none"), Failed)
