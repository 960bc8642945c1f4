"""What the head of a request tells of the file to come, and why some heads are refused."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from python_multipart.multipart import parse_options_header
from starlette.datastructures import Headers

from laadpaal.local_api.uploads.errors import UploadError, broken

MOST_DIGITS = 18
"""Of a length; more of them is no size of anything."""
LONGEST_BOUNDARY = 70
"""Characters (RFC 2046)."""
_RAW = frozenset({b"application/octet-stream", b"binary/octet-stream", b"application/zip"})
_UNSAID = frozenset({b"", b"application/x-www-form-urlencoded", b"text/plain"})
"""What clients say of a body that they have not been told anything about."""
_IN_PARTS = frozenset({b"multipart/form-data", b"multipart/mixed"})


@dataclass(frozen=True, slots=True)
class Announced:
    """How a file comes.

    Args:
        boundary: Between the parts; None where the body is the file itself.
        length: Bytes of the body; None where it comes in chunks.
        sure: Whether the type says that it is a file; else its first bytes have to.
    """

    boundary: bytes | None
    length: int | None
    sure: bool = True


def announced(headers: Headers) -> Announced:
    """Read the head of a request; raises UploadError."""
    length = _length(headers)
    if encodings := [it for it in headers.getlist("content-encoding") if it != "identity"]:
        why = f"a body that is encoded ({encodings[0]}) is not decoded here"
        raise UploadError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, why)
    kinds = headers.getlist("content-type")
    if len(kinds) > 1:
        raise broken("there is more than one Content-Type")
    kind, options = parse_options_header(kinds[0] if kinds else "")
    if kind in _IN_PARTS:
        return Announced(_boundary(options.get(b"boundary", b"")), length)
    if kind in _RAW or kind in _UNSAID:
        return Announced(None, length, kind in _RAW)
    why = f"a body of {kind.decode('latin-1')} is no upload"
    raise UploadError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, why)


def _length(headers: Headers) -> int | None:
    lengths = headers.getlist("content-length")
    chunked = "transfer-encoding" in headers
    if len(lengths) > 1 or (lengths and chunked):
        raise broken("the length is told more than once")
    if chunked:
        return None
    if not lengths:
        raise UploadError(HTTPStatus.LENGTH_REQUIRED, "neither a length nor chunks are announced")
    if not lengths[0].isdecimal() or not lengths[0].isascii():
        raise broken("the length is no number")
    if len(lengths[0].lstrip("0")) > MOST_DIGITS:
        raise UploadError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "the length is beyond all bounds")
    length = int(lengths[0])
    if length == 0:
        raise broken("the body is empty")
    return length


def _boundary(boundary: bytes) -> bytes:
    if not boundary:
        raise broken("the Content-Type names no boundary")
    if len(boundary) > LONGEST_BOUNDARY:
        raise broken(f"the boundary has more than {LONGEST_BOUNDARY} characters")
    return boundary
