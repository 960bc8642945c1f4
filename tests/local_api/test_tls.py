"""HTTPS on a real socket: what is offered, what is shown, and that it can be replaced."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from cryptography import x509
from fastapi import FastAPI

from laadpaal.local_api.server import Serving, serving
from laadpaal.local_api.tls import Shown
from laadpaal.protocols.pki import Names
from laadpaal.storage.server_certificate import OwnCertificate
from tests.support.certificates import root, rsa_key

NOW = 1_800_000_000.0
HOST = "127.0.0.1"


@pytest.fixture
def shown(tmp_path: Path) -> Shown:
    """Return what a new station shows."""
    own = OwnCertificate(tmp_path / "web.pem")
    own.prepare("LP000001", Names(("box",)), NOW)
    return Shown(own)


@pytest.fixture
async def server(app: FastAPI, shown: Shown) -> AsyncIterator[Serving]:
    """Return a server with TLS."""
    async with serving(app, HOST, 0, tls=shown.context) as it:
        yield it


def trusting() -> ssl.SSLContext:
    """Return a client that takes every certificate, as people's programs do here."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@asynccontextmanager
async def connected(server: Serving, context: ssl.SSLContext | None = None) -> AsyncIterator[Line]:
    """Yield an open connection."""
    reader, writer = await asyncio.open_connection(HOST, server.port, ssl=context or trusting())
    try:
        yield reader, writer
    finally:
        writer.close()


def called(line: Line) -> str:
    """Return the name in the certificate that was shown."""
    der = line[1].get_extra_info("ssl_object").getpeercert(binary_form=True)
    return x509.load_der_x509_certificate(der).subject.rfc4514_string()


async def healthy(line: Line) -> bool:
    """Ask once, and tell whether it was answered."""
    reader, writer = line
    writer.write(b"GET /v1/health HTTP/1.1\r\nHost: localhost\r\n\r\n")
    return b"200 OK" in await reader.readuntil(b'{"ok":true}')


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
async def test_both_versions_of_tls_are_served(server: Serving, version: ssl.TLSVersion) -> None:
    """With forward secrecy in each."""
    client = trusting()
    client.minimum_version = client.maximum_version = version

    async with connected(server, client) as line:
        name, _, bits = line[1].get_extra_info("cipher")
        assert name.startswith(("ECDHE-ECDSA-", "TLS_"))
        assert bits >= 128
        assert await healthy(line)


@pytest.mark.parametrize("suite", ["AES128-SHA", "AES256-GCM-SHA384", "ECDHE-ECDSA-AES128-SHA"])
async def test_old_suites_are_refused(server: Serving, suite: str) -> None:
    """Whoever offers nothing else is not served."""
    client = trusting()
    client.maximum_version = ssl.TLSVersion.TLSv1_2
    client.set_ciphers(f"{suite}:@SECLEVEL=0")

    with pytest.raises((ssl.SSLError, ConnectionError)):
        async with connected(server, client):
            raise AssertionError("connected")


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
async def test_old_tls_is_refused(server: Serving) -> None:
    """TLS 1.1 is no more."""
    client = trusting()
    client.set_ciphers("ALL:@SECLEVEL=0")
    client.minimum_version = ssl.TLSVersion.TLSv1
    client.maximum_version = ssl.TLSVersion.TLSv1_1

    with pytest.raises((ssl.SSLError, ConnectionError)):
        async with connected(server, client):
            raise AssertionError("connected")


@pytest.mark.parametrize("kind", ["same", "other"])
async def test_a_new_certificate_is_shown_at_once(
    server: Serving, shown: Shown, tmp_path: Path, kind: str
) -> None:
    """To whoever comes from then on, whatever kind of key it has; open connections go on."""
    made = root("replaced", key=rsa_key() if kind == "other" else None)
    chain, key = made.files(tmp_path, "new")

    async with connected(server) as before:
        assert called(before) == "CN=LP000001"
        shown.certificate.keep(chain.read_text(), key.read_text(), NOW)
        shown.renew()
        async with connected(server) as after:
            assert called(after) == "CN=replaced"
            assert await healthy(after)
        assert await healthy(before)


async def test_plain_http_is_hung_up_on(server: Serving) -> None:
    """It is not what was asked for, and takes nobody else's place."""
    reader, writer = await asyncio.open_connection(HOST, server.port)
    writer.write(b"GET /v1/health HTTP/1.1\r\nHost: localhost\r\n\r\n")
    told = await reader.read()
    writer.close()

    assert b"HTTP" not in told
    async with connected(server) as line:
        assert await healthy(line)


async def test_a_server_moves(server: Serving) -> None:
    """Open connections go on, new ones find it at the new place, and only there."""
    port = server.port
    async with connected(server) as line:
        await server.listen("127.0.0.2", port)
        assert await healthy(line)
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection(HOST, port)

    reader, writer = await asyncio.open_connection("127.0.0.2", port, ssl=trusting())
    writer.write(b"GET /v1/health HTTP/1.1\r\nHost: 127.0.0.2\r\n\r\n")
    assert b"200 OK" in await reader.readuntil(b'{"ok":true}')
    writer.close()
