"""A look at a server names what is wrong, and never makes it worse."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from laadpaal.csms import probe
from laadpaal.csms.failures import Cause, Failure
from laadpaal.csms.probe import look, named
from laadpaal.csms.tls import StationContext, Trust
from laadpaal.protocols.pki import PkiError
from laadpaal.station.moment import Moment
from tests.support.certificates import EXPIRED, Made, chain, root
from tests.support.front import HOST, front, server

NOW = Moment(0.0, 1_790_000_000.0)


def context(folder: Path, *roots: Made) -> StationContext:
    """Return one that trusts these."""
    file = folder / "roots.pem"
    file.write_text("".join(it.pem for it in roots))
    return Trust(ca_file=str(file)).context(lambda: NOW)


@asynccontextmanager
async def deaf() -> AsyncIterator[int]:
    """Listen on a port, and hang up on whoever speaks."""

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(10_000)
        writer.close()

    listening = await asyncio.start_server(listen, HOST, 0)
    try:
        yield listening.sockets[0].getsockname()[1]
    finally:
        listening.close()


async def test_a_look_shows_everything_and_believes_nothing(tmp_path: Path) -> None:
    """Version, suite and chain of a server that nobody trusts."""
    _, leaf = chain({"leaf": EXPIRED})
    async with front(server(leaf, tmp_path)) as before:
        met = await look(HOST, before.port, context(tmp_path, root("other")))

    assert met.version == "TLSv1.3"
    assert met.suite is not None
    assert [it.subject for it in met.chain] == ["CN=csms", "CN=middle"]
    assert met.error is None


async def test_a_look_at_nobody_ends(tmp_path: Path) -> None:
    """At a port that is closed, and at one that hangs up."""
    async with deaf() as port:
        hung_up = await look(HOST, port, context(tmp_path, root("top")))
    closed = await look(HOST, port, context(tmp_path, root("top")))

    assert (hung_up.suite, hung_up.chain) == (None, ())
    assert isinstance(hung_up.error, EOFError | OSError)
    assert isinstance(closed.error, ConnectionRefusedError)


async def test_a_chain_that_cannot_be_read_is_no_chain(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rest is told all the same."""
    top, leaf = chain()

    def broken(_tls: ssl.SSLObject) -> None:
        raise PkiError("no certificate")

    monkeypatch.setattr(probe, "peer_chain", broken)
    async with front(server(leaf, tmp_path)) as before:
        met = await look(HOST, before.port, context(tmp_path, top))

    assert met.suite is not None
    assert met.chain == ()


@pytest.mark.parametrize(
    "cause",
    [Cause.EXPIRED, Cause.UNKNOWN_ROOT, Cause.WRONG_HOST, Cause.NO_COMMON_SUITE, Cause.HUNG_UP],
)
async def test_a_server_that_has_gone_leaves_the_failure_as_it_is(
    cause: Cause, tmp_path: Path
) -> None:
    """The first handshake is the judge, and the second only adds a name."""
    async with deaf() as port:
        pass
    failure = Failure(cause, "as it was")

    assert await named(failure, HOST, port, context(tmp_path, root("top"))) == failure


async def test_a_server_that_has_changed_leaves_the_failure_as_it_is(tmp_path: Path) -> None:
    """A chain that is good by now is no reason to name another flaw."""
    top, leaf = chain()
    expired = Failure(Cause.EXPIRED, "as it was")
    async with front(server(leaf, tmp_path)) as before:
        good = await named(expired, HOST, before.port, context(tmp_path, top))
        other = await named(expired, HOST, before.port, context(tmp_path, root("other")))
        hung_up = await named(Failure(Cause.HUNG_UP), HOST, before.port, context(tmp_path, top))

    assert (good, other) == (expired, expired)
    assert hung_up == Failure(Cause.HUNG_UP)


async def test_an_ordinary_failure_needs_no_look(tmp_path: Path) -> None:
    """Nobody is dialled for it."""
    refused = Failure(Cause.LOGIN_REFUSED, "401")

    assert await named(refused, "no.such.host.invalid", 1, context(tmp_path, root("x"))) == refused
