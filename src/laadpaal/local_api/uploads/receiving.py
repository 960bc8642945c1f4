"""Takes a file from the wire into the slot, within bounds of size and time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus

from starlette.requests import ClientDisconnect

from laadpaal.local_api.uploads.announced import Announced
from laadpaal.local_api.uploads.errors import UploadError, broken
from laadpaal.local_api.uploads.parts import FileInParts
from laadpaal.ports.updates import Flaw, UploadSlot, Verdict
from laadpaal.protocols.firmware.beginnings import begins

LINGER_BYTES = 256 * 1024
LINGER_S = 0.5
"""How much of what nobody wants is still read, so that who sends it can read why."""
_STATUSES = {
    Flaw.BUSY: HTTPStatus.CONFLICT,
    Flaw.TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    Flaw.DISK: HTTPStatus.INSUFFICIENT_STORAGE,
}
"""Statuses of flaws; every other is the file's own, and a bad request."""

Stream = AsyncIterator[bytes]
"""The body as it comes."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds that a sender may be silent, and that an upload may take as a whole."""

    idle_s: float = 60.0
    whole_s: float = 1800.0


async def received(
    stream: Stream, told: Announced, slot: UploadSlot, patience: Patience
) -> Verdict:
    """Return the good verdict of a file that has come whole; raises UploadError.

    Whatever else ends it, such as a sender who goes, leaves the slot free as well.
    """
    _check(await slot.begin(told.length if told.boundary is None else None))
    try:
        async with asyncio.timeout(patience.whole_s):
            await _taken(stream, told, slot, patience.idle_s)
    except TimeoutError as late:
        why = f"it takes longer than {patience.whole_s:g} s"
        await slot.abort(why)
        raise UploadError(HTTPStatus.REQUEST_TIMEOUT, why) from late
    except UploadError as wrong:
        await slot.abort(wrong.why)
        raise
    except BaseException:
        await slot.abort("the sender has gone")
        raise
    verdict = await slot.finish()
    _check(verdict)
    return verdict


async def linger(stream: Stream) -> None:
    """Read on for a moment and keep nothing, for a reset would take the answer from the sender."""
    left = LINGER_BYTES
    with suppress(TimeoutError, ClientDisconnect):
        async with asyncio.timeout(LINGER_S):
            async for piece in stream:
                left -= len(piece)
                if left < 0:
                    return


async def _taken(stream: Stream, told: Announced, slot: UploadSlot, idle_s: float) -> None:
    pieces = _lively(stream, idle_s)
    file = _in_parts(pieces, told.boundary) if told.boundary else _bare(pieces, sure=told.sure)
    size = 0
    async for piece in file:
        size += len(piece)
        _check(await slot.take(piece))
    if size == 0:
        raise broken("the file is empty")


async def _bare(pieces: Stream, *, sure: bool) -> Stream:
    """Yield a body that is the file, if its type or its first bytes say so."""
    seen = b""
    async for piece in pieces:
        seen = piece if sure else seen + piece
        firmware = sure or begins(seen)
        if firmware is False:
            why = "the type of the body does not say that it is a file, nor do its first bytes"
            raise UploadError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, why)
        sure = bool(firmware)
        if sure:
            yield seen


async def _in_parts(pieces: Stream, boundary: bytes) -> Stream:
    """Yield the file that is in the parts of a body."""
    parts = FileInParts(boundary)
    async for piece in pieces:
        if taken := parts.feed(piece):
            yield taken
    if not parts.ended:
        raise broken("the closing boundary is missing")
    if not parts.found:
        raise broken("there is no file in it")


async def _lively(stream: Stream, idle_s: float) -> Stream:
    """Yield what comes, as long as something does."""
    while True:
        try:
            async with asyncio.timeout(idle_s):
                piece = await anext(stream, None)
        except TimeoutError as late:
            why = f"nothing has come for {idle_s:g} s"
            raise UploadError(HTTPStatus.REQUEST_TIMEOUT, why) from late
        if piece is None:
            return
        if piece:
            yield piece


def _check(verdict: Verdict) -> None:
    if verdict.flaw:
        status = _STATUSES.get(verdict.flaw, HTTPStatus.BAD_REQUEST)
        raise UploadError(status, verdict.why)
