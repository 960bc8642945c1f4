"""A handshake that says nothing: it only looks who is there, to name what is wrong."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from dataclasses import dataclass

from laadpaal.csms.failures import Cause, Failure, failure_of
from laadpaal.csms.tls import ChainFlawed, StationContext, peer_chain, roots_of
from laadpaal.protocols.pki import Certificate, PkiError, flaw_of

PATIENCE_S = 10.0
"""Real seconds for a handshake."""
LINGER_S = 2.0
"""Real seconds in which a server that wants a certificate of us says so."""
_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class Met:
    """What a handshake has shown, however far it came.

    Args:
        suite: What the server chose; None when it did not come to that, as is `version`.
        chain: What the server sent, leaf first; empty when it did not come to that.
        error: What ended it, or None.
    """

    version: str | None = None
    suite: str | None = None
    chain: tuple[Certificate, ...] = ()
    error: BaseException | None = None


async def look(host: str, port: int, context: ssl.SSLContext, linger_s: float = 0.0) -> Met:
    """Shake hands without believing anything, say nothing, and hang up.

    From then on `context` accepts everybody. Lingers that long after the handshake, because in
    TLS 1.3 a server refuses our certificate only then.
    """
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    heard, said = ssl.MemoryBIO(), ssl.MemoryBIO()
    tls = context.wrap_bio(heard, said, server_hostname=host)
    error: BaseException | None = None
    try:
        async with asyncio.timeout(PATIENCE_S):
            reader, writer = await asyncio.open_connection(host, port)
            try:
                shaking = _Shaking(heard, said, reader, writer)
                await shaking.done(tls.do_handshake)
                await _linger(shaking, tls, linger_s)
            finally:
                writer.close()
    except (OSError, EOFError) as wrong:  # TimeoutError and SSLError are such
        error = wrong
    return _met(tls, error)


async def _linger(shaking: _Shaking, tls: ssl.SSLObject, linger_s: float) -> None:
    if not linger_s:
        return
    try:
        async with asyncio.timeout(linger_s):
            await shaking.done(lambda: tls.read(_BYTES))
    except TimeoutError:
        pass  # it has nothing against us


@dataclass(frozen=True, slots=True)
class _Shaking:
    """Carries what the TLS library wants to hear and say."""

    heard: ssl.MemoryBIO
    said: ssl.MemoryBIO
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def done(self, step: Callable[[], object]) -> None:
        """Repeat a step until it needs nothing more; raises OSError or EOFError."""
        while True:
            try:
                step()
            except ssl.SSLWantReadError:
                await self._exchange()
                continue
            await self._tell()
            return

    async def _exchange(self) -> None:
        await self._tell()
        data = await self.reader.read(_BYTES)
        if not data:
            raise EOFError("the server has hung up")
        self.heard.write(data)

    async def _tell(self) -> None:
        self.writer.write(self.said.read())
        await self.writer.drain()


def _met(tls: ssl.SSLObject, error: BaseException | None) -> Met:
    cipher = tls.cipher()
    try:
        chain = peer_chain(tls) if cipher else ()
    except PkiError:
        chain = ()
    return Met(tls.version(), cipher[0] if cipher else None, chain, error)


async def named(failure: Failure, host: str, port: int, context: StationContext) -> Failure:
    """Return the failure with what a second handshake tells of it; the first was the judge.

    `context` is one like that of the first, and is of no use afterwards.
    """
    roots, at = roots_of(context), context.at
    match failure.cause:
        case Cause.NO_COMMON_SUITE | Cause.HUNG_UP:
            met = await look(host, port, context, LINGER_S)
            return _refused(failure, met)
        case Cause.EXPIRED | Cause.NOT_YET_VALID | Cause.UNKNOWN_ROOT | Cause.BAD_CERTIFICATE:
            met = await look(host, port, context)
            flaw = flaw_of(met.chain, roots, at, partial=context.partial) if met.chain else None
            found = failure_of(ChainFlawed(flaw)) if flaw else failure
            return found if found.cause is failure.cause else failure
        case Cause.WRONG_HOST | Cause.REVOKED:
            met = await look(host, port, context)
            return _of_leaf(failure, met)
        case _:
            return failure


def _refused(failure: Failure, met: Met) -> Failure:
    """Tell a server that finds no suite from one that finds our certificate wanting.

    In TLS 1.2 both end alike, but the second only after it has chosen a suite.
    """
    found = failure_of(met.error) if met.error else failure
    if found.cause is Cause.STATION_REFUSED:
        return found
    if failure.cause is Cause.NO_COMMON_SUITE and met.suite:
        return Failure(Cause.STATION_REFUSED, failure.detail)
    return failure


def _of_leaf(failure: Failure, met: Met) -> Failure:
    if not met.chain:
        return failure
    leaf = met.chain[0]
    named = f"leaf certificate {leaf.subject} for {', '.join(leaf.hosts) or 'no host'}"
    return Failure(failure.cause, f"{named}: {failure.detail}")
