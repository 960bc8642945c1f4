"""Every usual way of uploading a file, over a real TLS socket (S9, S10, S29, S30)."""

from __future__ import annotations

import asyncio
import hashlib
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import aiohttp
import httpx
import pytest
import requests
from fastapi import FastAPI

from laadpaal.local_api.app import make_app
from laadpaal.local_api.events import EventStream
from laadpaal.local_api.uploads import routes
from laadpaal.local_api.uploads.receiving import Patience
from laadpaal.ports.updates import Flaw
from laadpaal.protocols.firmware.head import MAGIC
from laadpaal.station.carriage import UpdateCode
from tests.local_api.conftest import TinyDesk
from tests.support.tls_front import Front, served
from tests.support.upload_slot import MOST_BYTES, VERSION, MemorySlot

PAYLOAD = MAGIC + bytes(range(256)) * 80 + b"\r\n--inside--\r\n\r"
"""More than one piece of the wire holds, and with line ends where they hurt."""
OLD = b"the old release"
PATH = "/api/firmware"
FORM = b'Content-Disposition: form-data; name="firmwarefile"; filename="filename"\r\n'
Bring = Callable[[Front, bytes], Awaitable[int]]
"""Uploads a file, and returns the status."""
Curl = Callable[[Front, Path], Awaitable[int]]
"""Uploads the file that lies there."""


def digest(data: bytes) -> str:
    """Return what tells files apart."""
    return hashlib.sha256(data).hexdigest()


@pytest.fixture
def slot() -> MemorySlot:
    """Return a slot that holds an old file."""
    return MemorySlot(whole=OLD)


@pytest.fixture
def app(desk: TinyDesk, events: EventStream, slot: MemorySlot) -> FastAPI:
    """Return an application that takes uploads."""
    made = make_app(desk, events, slot=slot)
    made.include_router(routes.compatible_routes())
    return made


@pytest.fixture
async def front(app: FastAPI, tmp_path: Path) -> AsyncIterator[Front]:
    """Return it behind a real socket."""
    async with served(app, tmp_path) as it:
        yield it


async def asked(front: Front, *pieces: bytes, eof: bool = False) -> tuple[int, bytes]:
    """Send bytes as they are, each in a record of its own, and return status and answer."""
    reader, writer = await asyncio.open_connection(
        "127.0.0.1", front.port, ssl=front.trusting, server_hostname="127.0.0.1"
    )
    try:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
        if eof:
            writer.transport.abort()
            return 0, b""
        async with asyncio.timeout(10):
            head = await reader.readuntil(b"\r\n\r\n")
            while head.startswith(b"HTTP/1.1 100"):
                head = await reader.readuntil(b"\r\n\r\n")
            # Without a length the answer ends with the connection.
            length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
            body = await (reader.readexactly(int(length)) if length else reader.read())
            return int(head.split(b" ", 2)[1]), head + body
    finally:
        writer.transport.abort()


def request(body: bytes, *lines: bytes, method: bytes = b"POST", path: str = PATH) -> bytes:
    """Return a whole request that tells its length."""
    head = [b"%s %s HTTP/1.1" % (method, path.encode()), b"Host: 127.0.0.1", *lines]
    return b"\r\n".join([*head, b"Content-Length: %d" % len(body), b"", b""]) + body


def part(payload: bytes, boundary: bytes = b"b", head: bytes = FORM) -> bytes:
    """Return a part, without what closes the body."""
    return b"--%s\r\n%s\r\n%s\r\n" % (boundary, head, payload)


def form(boundary: bytes = b"b", kind: bytes = b"form-data") -> bytes:
    """Return the line that tells of parts."""
    return b"Content-Type: multipart/%s; boundary=%s" % (kind, boundary)


FIELDS = b"Content-Type: application/x-www-form-urlencoded"
RAW = b"Content-Type: application/octet-stream"
MANY = b"".join(part(PAYLOAD[at : at + 4096]) for at in range(0, len(PAYLOAD), 4096)) + b"--b--\r\n"
DASHES = b"-" * 26 + b"120394857201928374650192"
LONG = b"x" * 70
ONE = part(PAYLOAD) + b"--b--\r\n"
NOTE = part(b"a note", head=b'Content-Disposition: form-data; name="note"\r\n')
TYPED = FORM + b"Content-Type: application/octet-stream\r\n"
UNQUOTED = b"Content-Disposition: form-data; name=file; filename=f; filename*=utf-8''f\r\n"
MEASURED = b"Content-Length: %d\r\nContent-Transfer-Encoding: binary\r\n" % len(PAYLOAD)
LAYOUTS = {
    "the installers' tool": (MANY, form(), b"Accept: application/json"),
    "one part with a type": (part(PAYLOAD, head=TYPED) + b"--b--\r\n", form(), b"Accept: */*"),
    "a long dashed boundary": (part(PAYLOAD, DASHES) + b"--%s--\r\n" % DASHES, form(DASHES)),
    "a boundary of 70": (part(PAYLOAD, LONG) + b"--%s--" % LONG, form(LONG)),
    "a quoted boundary": (part(PAYLOAD, b"a b") + b"--a b--", form(b'"a b"')),
    "more parameters": (ONE, b'Content-Type: Multipart/Form-Data; charset=u8; Boundary="b"; x=y'),
    "mixed": (ONE, form(kind=b"mixed")),
    "fields around": (NOTE + part(PAYLOAD) + NOTE + b"--b--", form()),
    "a preamble": (b"preamble\r\n" + ONE, form()),
    "an epilogue": (ONE + b"epilogue", form()),
    "line ends before": (b"\r\n\r\n" + ONE, form()),
    "quotes left out": (
        part(PAYLOAD, head=UNQUOTED) + b"--b--",
        form(),
    ),
    "no name of a file": (
        part(PAYLOAD, head=b'Content-Disposition: form-data; name="any"\r\n') + b"--b--",
        form(),
    ),
    "nothing but the file": (part(PAYLOAD, head=b"") + b"--b--", form()),
    "folded": (
        part(PAYLOAD, head=b'content-DISPOSITION: form-data;\r\n name="f";\r\n\tfilename="f"\r\n')
        + b"--b--",
        form(),
    ),
    "a part with its length": (
        part(PAYLOAD, head=TYPED + MEASURED) + b"--b--",
        form(),
    ),
    "raw": (PAYLOAD, RAW),
    "raw without a type": (PAYLOAD,),
    "raw with an empty type": (PAYLOAD, b"Content-Type:"),
    "raw with the type of a form": (PAYLOAD, FIELDS),
}  # fmt: skip


@pytest.mark.parametrize("path", [PATH, "/v1/firmware"])
@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS.keys())
async def test_each_layout_gives_the_same_file(
    front: Front, slot: MemorySlot, layout: tuple[bytes, ...], path: str
) -> None:
    """By both methods, in one record or in many small ones."""
    body, *lines = layout
    for method, step in ((b"POST", 100_000), (b"PUT", 3001)):
        slot.whole = OLD
        whole = request(body, *lines, method=method, path=path)
        cuts = [whole[at : at + step] for at in range(0, len(whole), step)]
        status, answer = await asked(front, *cuts)
        assert status == 200, answer
        assert VERSION.encode() in answer
        assert digest(slot.whole) == digest(PAYLOAD)


async def test_chunks_give_the_same_file(front: Front, slot: MemorySlot) -> None:
    """However they are cut, raw and in parts."""
    for body, kind in ((PAYLOAD, RAW), (MANY, form())):
        slot.whole = OLD
        head = b"POST /api/firmware HTTP/1.1\r\nHost: 127.0.0.1\r\n%s\r\n" % kind
        head += b"Transfer-Encoding: chunked\r\n\r\n"
        chunks = [body[at : at + 777] for at in range(0, len(body), 777)]
        sent = b"".join(b"%x\r\n%s\r\n" % (len(it), it) for it in chunks)
        status, answer = await asked(front, head, sent, b"0\r\n\r\n")
        assert status == 200, answer
        assert digest(slot.whole) == digest(PAYLOAD)


async def test_a_connection_serves_more_than_one_upload(front: Front, slot: MemorySlot) -> None:
    """Whoever is answered may go on, as long as all that was sent has been read."""
    reader, writer = await asyncio.open_connection(
        "127.0.0.1", front.port, ssl=front.trusting, server_hostname="127.0.0.1"
    )
    for _ in range(2):
        slot.whole = OLD
        writer.write(request(PAYLOAD, RAW))
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
        await reader.readexactly(length)
        assert head.startswith(b"HTTP/1.1 200")
        assert slot.whole == PAYLOAD
    writer.transport.abort()


async def test_who_asks_first_is_asked_to_go_on(front: Front, slot: MemorySlot) -> None:
    """Or hears at once that it would be in vain, and nothing is asked for."""
    whole = request(PAYLOAD, RAW, b"Expect: 100-continue")
    reader, writer = await asyncio.open_connection(
        "127.0.0.1", front.port, ssl=front.trusting, server_hostname="127.0.0.1"
    )
    writer.write(whole[: -len(PAYLOAD)])
    assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 100")
    writer.write(PAYLOAD)
    assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200")
    writer.transport.abort()
    slot.most = 100
    status, answer = await asked(front, whole[: -len(PAYLOAD)])
    assert (status, answer.startswith(b"HTTP/1.1 413")) == (413, True)
    assert digest(slot.whole) == digest(PAYLOAD)


def _headed(*lines: bytes, body: bytes = b"") -> bytes:
    head = [b"POST /api/firmware HTTP/1.1", b"Host: 127.0.0.1", *lines, b"", b""]
    return b"\r\n".join(head) + body


WRONG = {
    "no boundary": (request(ONE, b"Content-Type: multipart/form-data"), 400),
    "a boundary of 71": (request(ONE, form(b"x" * 71)), 400),
    "never closed": (request(part(PAYLOAD), form()), 400),
    "another boundary": (request(ONE, form(b"c")), 400),
    "LF only": (request(ONE.replace(b"\r\n", b"\n"), form()), 400),
    "nested": (
        request(part(PAYLOAD, head=FORM + b"Content-Type: multipart/mixed\r\n") + b"--b--", form()),
        400,
    ),
    "a long head": (
        request(part(PAYLOAD, head=FORM + b"X: %s\r\n" % (b"x" * 9000)) + b"--b--", form()),
        431,
    ),
    "base64": (
        request(
            part(PAYLOAD, head=FORM + b"Content-Transfer-Encoding: base64\r\n") + b"--b--", form()
        ),
        415,
    ),
    "too many parts": (request(part(b"", head=FORM) * 20_001 + b"--b--", form()), 400),
    "an empty part": (request(part(b"") + b"--b--", form()), 400),
    "no part": (request(b"--b--\r\n", form()), 400),
    "only a field": (request(NOTE + b"--b--", form()), 400),
    "two files": (
        request(part(PAYLOAD) + part(b"x", head=TYPED.replace(b"=", b"=x")) + b"--b--", form()),
        400,
    ),
    "an empty body": (request(b"", RAW), 400),
    "empty chunks": (_headed(RAW, b"Transfer-Encoding: chunked", body=b"0\r\n\r\n"), 400),
    "no length": (_headed(RAW), 411),
    "a negative length": (_headed(RAW, b"Content-Length: -1"), 400),
    "a length twice": (_headed(RAW, b"Content-Length: 9", b"Content-Length: 10"), 400),
    "a length and chunks": (
        _headed(RAW, b"Content-Length: 9", b"Transfer-Encoding: chunked", body=b"0\r\n\r\n"),
        400,
    ),
    "a huge length": (_headed(RAW, b"Content-Length: 9223372036854775808"), 413),
    "one more than fits": (_headed(RAW, b"Content-Length: %d" % (MOST_BYTES + 1)), 413),
    "too small": (request(MAGIC[:3], RAW), 400),
    "compressed": (request(PAYLOAD, RAW, b"Content-Encoding: gzip"), 415),
    "no upload": (request(b"{}", b"Content-Type: application/json"), 415),
    "two types": (request(PAYLOAD, RAW, b"Content-Type: text/plain"), 400),
    "a form of another kind": (request(b"a=b&c=def", FIELDS), 415),
    "parts of ranges": (request(ONE, form(kind=b"byteranges")), 415),
    "another method": (request(PAYLOAD, RAW, method=b"PATCH"), 405),
}  # fmt: skip


@pytest.mark.parametrize(("sent", "status"), WRONG.values(), ids=WRONG.keys())
async def test_what_is_wrong_has_its_status_and_changes_nothing(
    front: Front, slot: MemorySlot, sent: bytes, status: int
) -> None:
    """The old file is as it was, and the next upload works."""
    given, answer = await asked(front, sent)
    assert given == status, answer
    assert (digest(slot.whole), slot.receiving) == (digest(OLD), False)
    if b"PATCH" in sent:
        assert b"allow: get, post, put, head, options\r\n" in answer.lower()
    assert (await asked(front, request(PAYLOAD, RAW)))[0] == 200
    assert digest(slot.whole) == digest(PAYLOAD)


@pytest.mark.parametrize("size", [1, 3, 4, 5, 999, 1000, 1001, 5000])
async def test_sizes_are_judged_before_and_while_they_come(
    front: Front, slot: MemorySlot, size: int
) -> None:
    """By what is announced, and without that at the first byte too many."""
    slot.least, slot.most = 4, 1000
    body = (MAGIC * 1000)[:size]
    told = 400 if size < 4 else 413 if size > 1000 else 200
    status, _ = await asked(front, request(body, RAW))
    chunked = _headed(
        RAW, b"Transfer-Encoding: chunked", body=b"%x\r\n%s\r\n0\r\n\r\n" % (size, body)
    )
    assert status == told
    assert (await asked(front, chunked))[0] == told
    in_parts = request(part(body) + b"--b--", form())
    assert (await asked(front, in_parts))[0] == told


async def test_an_endless_upload_is_left(front: Front, slot: MemorySlot) -> None:
    """At the first byte too many, and the connection with it."""
    slot.most = 100_000
    reader, writer = await asyncio.open_connection(
        "127.0.0.1", front.port, ssl=front.trusting, server_hostname="127.0.0.1"
    )
    writer.write(_headed(RAW, b"Transfer-Encoding: chunked"))
    sent = 0
    try:
        async with asyncio.timeout(10):
            while not reader.at_eof() and sent < 50_000_000:
                writer.write(b"8000\r\n" + b"x" * 0x8000 + b"\r\n")
                sent += 0x8000
                await writer.drain()
    except (ConnectionError, OSError):
        pass
    writer.transport.abort()
    assert sent < 20_000_000
    assert (slot.receiving, digest(slot.whole)) == (False, digest(OLD))
    assert (await asked(front, request(PAYLOAD, RAW)))[0] == 200


async def test_a_sender_that_goes_leaves_the_slot_free(front: Front, slot: MemorySlot) -> None:
    """Halfway, raw and in parts."""
    for whole in (request(PAYLOAD, RAW), request(ONE, form())):
        await asked(front, whole[: len(whole) // 2], eof=True)
        async with asyncio.timeout(5):
            while slot.receiving or not slot.aborted:  # noqa: ASYNC110  the double has no bell
                await asyncio.sleep(0)
        slot.aborted.clear()
    assert (await asked(front, request(PAYLOAD, RAW)))[0] == 200


async def test_a_slow_sender_is_left(front: Front, app: FastAPI, slot: MemorySlot) -> None:
    """Who is silent for too long, and who trickles for too long."""
    whole = request(PAYLOAD, RAW)
    object.__setattr__(app.state.given, "patience", Patience(idle_s=0.05))
    status, answer = await asked(front, whole[:500])
    assert (status, b"nothing has come for 0.05 s" in answer) == (408, True)
    object.__setattr__(app.state.given, "patience", Patience(whole_s=0.05))
    status, answer = await asked(front, whole[:500])
    assert (status, b"longer than 0.05 s" in answer) == (408, True)
    assert digest(slot.whole) == digest(OLD)


async def test_a_second_upload_waits_for_nobody(front: Front, slot: MemorySlot) -> None:
    """It is refused at once, and the first one goes on."""
    reader, writer = await asyncio.open_connection(
        "127.0.0.1", front.port, ssl=front.trusting, server_hostname="127.0.0.1"
    )
    whole = request(PAYLOAD, RAW)
    writer.write(whole[:1000])
    async with asyncio.timeout(5):
        while slot.code is not UpdateCode.DOWNLOADING:  # noqa: ASYNC110  the double has no bell
            await asyncio.sleep(0)
    async with httpx.AsyncClient(verify=front.trusting, base_url=front.url) as other:
        stands = (await other.get(PATH)).json()
        seen = (await other.get("/v1/firmware")).json()
    second = await asked(front, whole)
    writer.write(whole[1000:])
    first = await reader.readuntil(b"\r\n\r\n")
    writer.transport.abort()
    assert second[0] == 409
    assert first.startswith(b"HTTP/1.1 200")
    assert digest(slot.whole) == digest(PAYLOAD)
    assert stands == {
        "version": 2,
        "OD_fileFirmwareUpdateStatus": {"id": "2911_0", "value": 4},
        "uploadInProgress": "true",
    }
    assert (seen["status"], seen["number"], seen["receiving"]) == ("downloading", 4, True)
    assert 0 < seen["percent"] < 100


@pytest.mark.parametrize(
    ("flaw", "status"),
    [(Flaw.BAD_PACKAGE, 400), (Flaw.BAD_SIGNATURE, 400), (Flaw.DISK, 507), (Flaw.INCOMPLETE, 400)],
)
async def test_a_file_that_is_not_good_is_no_update(
    front: Front, slot: MemorySlot, flaw: Flaw, status: int
) -> None:
    """Whether its head or the whole of it says so."""
    for field in ("header_flaw", "flaw"):
        slot.flaw = slot.header_flaw = None
        setattr(slot, field, flaw)
        given, answer = await asked(front, request(PAYLOAD, RAW))
        assert (given, flaw.value.encode() in answer) == (status, True)
    assert digest(slot.whole) == digest(OLD)


async def test_where_nothing_has_happened_nothing_is_told(front: Front) -> None:
    """A number of none, no progress, and truth as a text."""
    async with httpx.AsyncClient(verify=front.trusting, base_url=front.url) as client:
        assert (await client.get(PATH)).json() == {
            "version": 2,
            "OD_fileFirmwareUpdateStatus": {"id": "2911_0", "value": 0},
            "uploadInProgress": "false",
        }
        seen = (await client.get("/v1/firmware")).json()
    assert seen == {"status": "none", "number": 0, "percent": 0, "receiving": False}


# --- clients as people have them ---


async def curl(front: Front, *options: str) -> int:
    """Run curl, and return the status it was answered with."""
    program = shutil.which("curl")
    assert program
    arguments = ("-sS", "--cacert", str(front.authority), "-o", "/dev/null", "-w", "%{http_code}")
    running = await asyncio.create_subprocess_exec(
        program, *arguments, *options, f"{front.url}{PATH}", stdout=asyncio.subprocess.PIPE
    )
    out, _ = await asyncio.wait_for(running.communicate(), 20)
    return int(out)


async def curl_form(front: Front, file: Path) -> int:
    """As a form, with a field beside it."""
    return await curl(front, "-F", "note=hello", "-F", f"firmwarefile=@{file}")


async def curl_put(front: Front, file: Path) -> int:
    """As a file that is put."""
    return await curl(front, "-T", str(file))


async def curl_chunks(front: Front, file: Path) -> int:
    """As a file that is put in chunks, its length unknown."""
    return await curl(front, "-H", "Transfer-Encoding: chunked", "-T", str(file))


async def curl_data(front: Front, file: Path) -> int:
    """As data, which it calls a form."""
    return await curl(front, "--data-binary", f"@{file}")


async def requests_form(front: Front, file: bytes) -> int:
    """As a form of requests."""

    def post() -> int:
        files = {"firmwarefile": ("f.bin", file)}
        url = f"{front.url}{PATH}"
        return requests.post(url, files=files, verify=str(front.authority), timeout=10).status_code

    return await asyncio.to_thread(post)


async def requests_chunks(front: Front, file: bytes) -> int:
    """As a generator of requests, which is sent in chunks."""

    def post() -> int:
        data = iter([file[:999], file[999:]])
        url = f"{front.url}{PATH}"
        return requests.put(url, data=data, verify=str(front.authority), timeout=10).status_code

    return await asyncio.to_thread(post)


async def httpx_form(front: Front, file: bytes) -> int:
    """As a form of httpx."""
    async with httpx.AsyncClient(verify=front.trusting) as client:
        files = {"upload": ("f.bin", file, "application/octet-stream")}
        return (await client.post(f"{front.url}{PATH}", files=files)).status_code


async def httpx_raw(front: Front, file: bytes) -> int:
    """As the content of httpx, without a type."""
    async with httpx.AsyncClient(verify=front.trusting) as client:
        return (await client.post(f"{front.url}{PATH}", content=file)).status_code


async def aiohttp_form(front: Front, file: bytes) -> int:
    """As a form of aiohttp."""
    form_data = aiohttp.FormData({"note": "hello"})
    form_data.add_field("file", file, filename="f.bin")
    return await _by_aiohttp(front, form_data)


async def aiohttp_raw(front: Front, file: bytes) -> int:
    """As the data of aiohttp."""
    return await _by_aiohttp(front, file)


async def _by_aiohttp(front: Front, data: object) -> int:
    async with aiohttp.ClientSession() as session:
        url = f"{front.url}{PATH}"
        async with session.post(url, data=data, ssl=front.trusting) as answer:
            return answer.status


BY_CURL = (curl_form, curl_put, curl_chunks, curl_data)
BY_LIBRARY = (
    requests_form,
    requests_chunks,
    httpx_form,
    httpx_raw,
    aiohttp_form,
    aiohttp_raw,
)


@pytest.mark.parametrize("bring", BY_CURL)
@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not on this machine")
async def test_curl_brings_the_same_file(
    front: Front, slot: MemorySlot, tmp_path: Path, bring: Curl
) -> None:
    """In every way that it has, also when it asks before."""
    payload = PAYLOAD * 40
    (tmp_path / "f.bin").write_bytes(payload)
    assert await bring(front, tmp_path / "f.bin") == 200
    assert digest(slot.whole) == digest(payload)


@pytest.mark.parametrize("bring", BY_LIBRARY)
async def test_libraries_bring_the_same_file(front: Front, slot: MemorySlot, bring: Bring) -> None:
    """Each as it does by itself."""
    assert await bring(front, PAYLOAD) == 200
    assert digest(slot.whole) == digest(PAYLOAD)
