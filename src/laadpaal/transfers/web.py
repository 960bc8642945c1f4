"""Files over HTTP: fetched with GET, sent with PUT or, where that is not allowed, with POST."""

from __future__ import annotations

import ssl
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

from laadpaal.protocols.location import Location
from laadpaal.transfers.line import Line
from laadpaal.transfers.outcome import Done, Failed, Outcome, TransferError, Trouble
from laadpaal.transfers.sink import PIECE, Sink

MOST_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_DENIED = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})
_UNSUPPORTED = frozenset({HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.NOT_IMPLEMENTED})
_LONGEST_SIZE = 18
"""Digits; more are no size of any file."""


@contextmanager
def _connected(location: Location, line: Line, tls: ssl.SSLContext) -> Iterator[HTTPConnection]:
    connection = HTTPConnection(location.host, location.port, blocksize=PIECE)
    connection.auto_open = 0  # it never dials by itself
    try:
        connection.sock = line.connect(location)
        if location.safe:
            connection.sock = line.protect(connection.sock, location.host, tls)
        yield connection
    finally:
        connection.close()


def _headers(location: Location) -> dict[str, str]:
    always = {"Accept-Encoding": "identity", "Connection": "close", "User-Agent": "Laadpaal"}
    if not location.user:
        return always
    secret = b64encode(f"{location.user}:{location.password}".encode()).decode()
    return always | {"Authorization": f"Basic {secret}"}


def fetch(location: Location, sink: Sink, line: Line, tls: ssl.SSLContext) -> Outcome:
    """Receive a file, following a few redirections that keep it as safe as it was."""
    for _ in range(1 + MOST_REDIRECTS):
        with _connected(location, line, tls) as connection:
            connection.request("GET", location.path, headers=_headers(location))
            response = connection.getresponse()
            if response.status not in _REDIRECTS:
                return _received(response, sink)
            location = location.towards(response.headers.get("Location", ""))
    return Failed(Trouble.BROKEN, f"more than {MOST_REDIRECTS} redirections")


def _received(response: HTTPResponse, sink: Sink) -> Outcome:
    if response.status != HTTPStatus.OK:
        return _refused(response.status)
    if response.headers.get("Content-Encoding", "identity").lower() != "identity":
        return Failed(Trouble.BROKEN, "the file is encoded, though nobody asked for that")
    sink.announce(_announced(response))
    while piece := response.read(sink.wants):
        sink.take(piece)
    sink.finish()
    return Done(sink.size)


def _announced(response: HTTPResponse) -> int | None:
    """Return the announced size; two that differ, or one beside chunks, hide something."""
    sizes = set(response.headers.get_all("Content-Length", []))
    if not sizes:
        return None
    size = sizes.pop().strip()
    if sizes or response.chunked or not (size.isascii() and size.isdigit()):
        raise TransferError(Trouble.BROKEN, "the announced size is none")
    if len(size) > _LONGEST_SIZE:
        raise TransferError(Trouble.WRONG_SIZE, f"a size of {len(size)} digits is announced")
    return int(size)


def send(location: Location, path: Path, line: Line, tls: ssl.SSLContext) -> Outcome:
    """Send a file to exactly this place; redirections are not followed."""
    size = path.stat().st_size
    status = _sent("PUT", location, path, line, tls)
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        status = _sent("POST", location, path, line, tls)
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return Done(size)
    return _refused(status)


def _sent(method: str, location: Location, path: Path, line: Line, tls: ssl.SSLContext) -> int:
    with path.open("rb") as file, _connected(location, line, tls) as connection:
        headers = _headers(location) | {
            "Content-Length": str(path.stat().st_size),
            "Content-Type": "application/octet-stream",
        }
        # Who refuses early hangs up while we still send, and may have said why before.
        with suppress(BrokenPipeError, ConnectionResetError):
            connection.request(method, location.path, file, headers)
        return connection.getresponse().status


def _refused(status: int) -> Failed:
    if status in _DENIED:
        return Failed(Trouble.DENIED, f"status {status}")
    if status in _UNSUPPORTED:
        return Failed(Trouble.NOT_SUPPORTED, f"status {status}")
    return Failed(Trouble.REFUSED, f"status {status}")
