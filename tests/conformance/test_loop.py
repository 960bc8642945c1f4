"""The loop of the cases skips nothing but waiting."""

from __future__ import annotations

import asyncio

from tests.support.jumping import SocketLoop

PATIENCE_S = 3_600.0


async def test_waiting_is_skipped() -> None:
    """An hour is over at once."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    await asyncio.sleep(PATIENCE_S)

    assert loop.time() == began + PATIENCE_S


async def test_nothing_is_skipped_while_bytes_travel() -> None:
    """A time-out does not strike while what it waits for is on its way through real sockets."""

    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(await reader.readexactly(len(sent)))
        writer.close()
        await writer.wait_closed()
        done.set()

    done = asyncio.Event()
    sent = b"?" * 2_000_000
    loop = asyncio.get_running_loop()
    began = loop.time()
    server = await asyncio.start_server(echo, "127.0.0.1", 0)
    async with server, asyncio.timeout(PATIENCE_S):
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        writer.write(sent)
        heard = await reader.readexactly(len(sent))
        writer.close()
        await writer.wait_closed()
        await done.wait()

    assert heard == sent
    assert loop.time() == began


async def test_nobody_looks_where_nothing_can_arrive() -> None:
    """A socket that listens costs no time, and a connection is looked at while it lasts."""
    loop = asyncio.get_running_loop()
    assert isinstance(loop, SocketLoop)
    ends = loop._jumping._ends
    server = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0)
    async with server:
        await asyncio.sleep(0)
        assert ends == set()
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        assert writer.get_extra_info("socket").fileno() in ends
        await reader.read()
        writer.close()
        await writer.wait_closed()
        await asyncio.sleep(1)

        assert ends == set()


async def test_nothing_is_skipped_while_a_thread_works() -> None:
    """A time-out does not strike while a thread is at work, however long that takes."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    async with asyncio.timeout(PATIENCE_S):
        total = await asyncio.to_thread(sum, range(3_000_000))

    assert total == 4_499_998_500_000
    assert loop.time() == began
