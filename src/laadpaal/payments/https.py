"""One request over HTTPS: strict, small, and never redirected."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

import h11

from laadpaal.payments.errors import PaymentError
from laadpaal.station.payment import PaymentTrouble

MOST_BYTES = 65_536
"""No answer is longer."""
_PIECE = 16_384


@dataclass(frozen=True, slots=True)
class Answer:
    """Status and body of a response."""

    status: int
    body: bytes


@contextmanager
def _named() -> Iterator[None]:
    """Turn whatever a connection raises into our own error; none of it holds what was sent."""
    try:
        yield
    except ssl.SSLCertVerificationError as wrong:
        raise PaymentError(PaymentTrouble.UNREACHABLE, wrong.verify_message) from None
    except OSError as wrong:
        raise PaymentError(PaymentTrouble.UNREACHABLE, _reason(wrong)) from None
    except h11.RemoteProtocolError:
        raise PaymentError(PaymentTrouble.BROKEN, "it is no HTTP") from None


def _reason(wrong: OSError) -> str:
    text = wrong.reason if isinstance(wrong, ssl.SSLError) else wrong.strerror
    return text or "the connection is lost"


async def post(base: str, path: str, body: bytes, tls: ssl.SSLContext) -> Answer:
    """Send JSON to a path below `base`, an https URL, and return the answer.

    Raises:
        PaymentError: There is none that can be used.
    """
    parts = urlsplit(base)
    host, port = parts.hostname or "", parts.port or 443
    with _named():
        reader, writer = await asyncio.open_connection(host, port, ssl=tls, server_hostname=host)
        http = h11.Connection(h11.CLIENT, max_incomplete_event_size=_PIECE)
        try:
            writer.write(_asked(http, parts.netloc, f"{parts.path.rstrip('/')}{path}", body))
            await writer.drain()
            return await _answered(http, reader)
        finally:
            # Nobody waits for the other side to say goodbye.
            writer.transport.abort()


def _asked(http: h11.Connection, netloc: str, target: str, body: bytes) -> bytes:
    headers = [
        ("Host", netloc),
        ("Content-Type", "application/json"),
        ("Content-Length", str(len(body))),
        ("Accept", "application/json"),
        ("Connection", "close"),
        ("User-Agent", "Laadpaal"),
    ]
    request = h11.Request(method="POST", target=target, headers=headers)
    events = (request, h11.Data(data=body), h11.EndOfMessage())
    return b"".join(http.send(event) or b"" for event in events)


async def _answered(http: h11.Connection, reader: asyncio.StreamReader) -> Answer:
    status, body = 0, bytearray()
    while True:
        match http.next_event():
            case h11.NEED_DATA:
                http.receive_data(await reader.read(_PIECE))
            case h11.Response(status_code=code):
                status = code
            case h11.Data(data=data):
                body += data
                if len(body) > MOST_BYTES:
                    raise PaymentError(PaymentTrouble.BROKEN, f"it is longer than {MOST_BYTES} B")
            case h11.EndOfMessage():
                return Answer(status, bytes(body))
            case _:
                pass  # an interim response says nothing
