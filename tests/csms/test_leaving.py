"""By which network interface a connection leaves this machine."""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from laadpaal.csms.leaving import Exit, socket_by

HOST = "127.0.0.1"
PATIENCE_S = 20.0


@pytest_asyncio.fixture
async def port() -> AsyncIterator[int]:
    """Have somebody who listens."""

    async def greet(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(greet, HOST, 0)
    async with server, asyncio.timeout(PATIENCE_S):
        yield server.sockets[0].getsockname()[1]


class Forbidding(socket.socket):
    """A socket of a system that lets nobody but root name an interface."""

    def setsockopt(self, level: int, option: int, *value: object) -> None:
        """Refuse that one option."""
        if option == socket.SO_BINDTODEVICE:
            raise PermissionError(errno.EPERM, "not permitted")
        super().setsockopt(level, option, *value)  # type: ignore[call-overload]


async def test_the_interface_is_the_one_that_was_named(port: int) -> None:
    """The loopback is one, and leads there."""
    ours = await socket_by(Exit("lo"), HOST, port)
    with ours:
        named = ours.getsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, 16)

    assert named.rstrip(b"\0") == b"lo"


async def test_an_interface_that_is_not_there_leads_nowhere(port: int) -> None:
    """No other is taken instead."""
    with pytest.raises(OSError, match=r"[Nn]o such device"):
        await socket_by(Exit("nowire0"), HOST, port)


async def test_without_the_right_to_name_it_our_address_does(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As far as it is known."""
    monkeypatch.setattr(socket, "socket", Forbidding)
    ours = await socket_by(Exit("ppp0", "127.0.0.9"), HOST, port)
    any_ = await socket_by(Exit("ppp0"), HOST, port)
    with ours, any_:
        assert ours.getsockname()[0] == "127.0.0.9"
        assert any_.getsockname()[0] == HOST


async def test_where_nobody_listens_there_is_no_connection(port: int) -> None:
    """Which is told as the system tells it."""
    with socket.socket() as reserved:
        reserved.bind((HOST, 0))
        closed = reserved.getsockname()[1]
        assert closed != port
        with pytest.raises(ConnectionRefusedError):
            await socket_by(Exit("lo"), HOST, closed)


async def test_who_is_told_to_stop_leaves_no_socket_behind(port: int) -> None:
    """The warning of one that is would fail this test."""
    connecting = asyncio.ensure_future(socket_by(Exit("lo"), HOST, port))
    await asyncio.sleep(0)
    connecting.cancel()
    await asyncio.wait({connecting})

    assert connecting.cancelled()
