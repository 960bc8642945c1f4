"""Masters at the slave's socket: how many, in which order, how long, and what they may not do."""

from __future__ import annotations

import asyncio
import logging
import socket
import struct
from collections.abc import Awaitable, Callable

import pytest
from pymodbus.client import AsyncModbusTcpClient

from laadpaal.modbus_slave.server import serve
from laadpaal.properties import energy_manager as rows
from laadpaal.protocols.modbus.frames import Frame
from laadpaal.station.phases import SetPhases
from laadpaal.station.set_points import SetPoint
from tests.modbus_slave.desk import HOST, LOG, Hall, ManagedDesk, amps, listening, reading, writing
from tests.support.jumping import jump_on_lines

CONTROL = reading(1200, 16)


def told(story: Callable[[Hall], Awaitable[None]], desk: ManagedDesk | None = None) -> None:
    """Tell a story at a slave that listens."""

    async def whole() -> None:
        async with listening(desk) as hall:
            await story(hall)

    jump_on_lines(whole())


def after() -> float:
    """Return the second that it is."""
    return asyncio.get_running_loop().time()


# --- one master ---


def test_a_master_reads_and_writes() -> None:
    """The head of the answer has the numbers of the request."""

    async def story(hall: Hall) -> None:
        master = await hall.master()
        assert await master.ask(1, writing(1210, amps(11)), 7) == bytes.fromhex("10 04ba 0002")
        assert (await master.ask(1, reading(1206, 2), 0xFFFF))[2:] == amps(11)
        assert await master.ask(9, reading(1206, 2)) == b"\x83\x0b"

    told(story)


def test_a_request_may_come_in_pieces_and_several_in_one() -> None:
    """They are answered in their order, and each sees what the one before has done."""

    async def story(hall: Hall) -> None:
        master = await hall.master()
        asks = [writing(1210, amps(8)), reading(1210, 2), writing(1210, amps(9)), reading(1210, 2)]
        raw = b"".join(Frame(n, 1, pdu).rendered() for n, pdu in enumerate(asks))
        for at in range(0, 24, 5):
            master.writer.write(raw[at : at + 5])
            await master.writer.drain()
            await asyncio.sleep(0.001)
        master.writer.write(raw[25:])
        answers = [await master.answer() for _ in asks]
        assert [head for head, _ in answers] == [(n, 1) for n in range(4)]
        assert answers[1][1][2:] == amps(8)
        assert answers[3][1][2:] == amps(9)

    told(story)


@pytest.mark.parametrize(
    "raw",
    [b"GET / HTTP/1.1\r\n", bytes.fromhex("0001 0000 0000 01"), bytes.fromhex("0001000000ff01")],
)
def test_who_speaks_something_else_is_let_go(raw: bytes) -> None:
    """There is no telling where the next request would begin."""

    async def story(hall: Hall) -> None:
        master = await hall.master()
        master.writer.write(raw)
        assert await master.gone()

    told(story)


def test_who_asks_nothing_for_a_minute_is_let_go(caplog: pytest.LogCaptureFixture) -> None:
    """Each request counts the minute anew; half of one does not."""
    caplog.set_level(logging.INFO)

    async def story(hall: Hall) -> None:
        master = await hall.master()
        for _ in range(3):
            await asyncio.sleep(50)
            await master.ask(1, CONTROL)
        began = after()
        master.writer.write(Frame(1, 1, CONTROL).rendered()[:5])
        assert await master.gone()
        assert 59 < after() - began < 61

    told(story)
    assert "it has asked nothing for too long" in caplog.text


def test_the_idle_time_is_a_setting() -> None:
    """It holds from the next request on."""

    async def story(hall: Hall) -> None:
        hall.desk.world.put(rows.IDLE_TIME, to=5)
        master = await hall.master()
        began = after()
        assert await master.gone()
        assert 4 < after() - began < 6

    told(story)


def test_a_master_that_never_reads_is_let_go(caplog: pytest.LogCaptureFixture) -> None:
    """It costs a little memory for a few seconds, and nothing after that."""
    caplog.set_level(logging.INFO)

    async def story(hall: Hall) -> None:
        with socket.socket() as deaf:
            deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            deaf.connect((HOST, hall.port))
            deaf.settimeout(0)
            with pytest.raises(ConnectionError):
                await _flood(deaf)

    told(story)
    assert "it has not read its answers" in caplog.text


async def _flood(deaf: socket.socket) -> None:
    """Ask on and on, and read nothing."""
    asks = Frame(1, 1, reading(300, 125)).rendered() * 200
    async with asyncio.timeout(3600):
        while True:
            await asyncio.get_running_loop().sock_sendall(deaf, asks)


# --- several ---


def test_a_third_master_is_turned_away_until_one_leaves() -> None:
    """Two are served at once, and the third is not kept waiting for long."""

    async def story(hall: Hall) -> None:
        first, second = await hall.master(), await hall.master()
        await first.ask(1, CONTROL)
        await second.ask(2, CONTROL)
        third = await hall.master()
        began = after()
        assert await third.gone()
        assert after() - began < 2
        await first.ask(1, CONTROL)
        first.leave()
        fourth = await hall.master()
        assert len(await fourth.ask(1, CONTROL)) == 34

    told(story)


def test_many_who_wait_are_turned_away_at_once() -> None:
    """Only a few may wait for a place, and none for ever."""

    async def story(hall: Hall) -> None:
        for one in (await hall.master(), await hall.master()):
            await one.ask(1, CONTROL)
        crowd = [await hall.master() for _ in range(8)]
        began = after()
        assert await crowd[-1].gone()
        assert after() == began
        assert all([await one.gone() for one in crowd])

    told(story)


def test_who_connects_for_each_request_is_never_turned_away() -> None:
    """The new connection may come before the end of the old one is noticed."""

    async def story(hall: Hall) -> None:
        reader = await hall.master()
        await reader.ask(1, CONTROL)
        for _ in range(50):
            master = await hall.master()
            assert len(await master.ask(1, CONTROL)) == 34
            master.leave()

    told(story)


def test_how_many_may_connect_is_a_setting() -> None:
    """As many as that, and no more."""

    async def story(hall: Hall) -> None:
        hall.desk.world.put(rows.CONNECTIONS, to=3)
        for _ in range(3):
            await (await hall.master()).ask(1, CONTROL)
        assert await (await hall.master()).gone()

    told(story)


# --- who may ---


def test_nobody_is_heard_where_nothing_is_allowed() -> None:
    """Neither who comes, nor who was there when it was forbidden."""

    async def story(hall: Hall) -> None:
        before = await hall.master()
        await before.ask(1, CONTROL)
        hall.desk.world.put(rows.ALLOWED, to=rows.NOTHING)
        before.writer.write(Frame(1, 1, CONTROL).rendered())
        assert await before.gone()
        assert await (await hall.master()).gone()

    told(story)


def test_the_end_lets_everybody_go() -> None:
    """Whoever is connected, or waits to be."""

    async def story() -> None:
        async with listening() as hall:
            masters = [await hall.master() for _ in range(3)]
            await masters[0].ask(1, CONTROL)
            await masters[1].ask(1, CONTROL)
        assert all([await one.gone() for one in masters])

    jump_on_lines(story())


def test_a_port_that_is_taken_is_an_error() -> None:
    """Whoever puts the station together has to say so."""

    async def story(hall: Hall) -> None:
        second = serve(hall.desk.slave(), hall.desk, HOST, hall.port, LOG)
        with pytest.raises(OSError, match="in use"):
            await second.__aenter__()

    told(story)


# --- masters that others wrote ---


def test_a_library_s_client_reads_and_writes() -> None:
    """Its own checks of every answer included."""

    async def story(hall: Hall) -> None:
        client = AsyncModbusTcpClient(HOST, port=hall.port, timeout=5, retries=0)
        assert await client.connect()
        told = await client.read_holding_registers(100, count=79, device_id=200)
        kinds = client.DATATYPE
        name = client.convert_from_registers(told.registers[:17], kinds.STRING)
        assert str(name).rstrip("\0") == "Laadpaal Duo"
        words = client.convert_to_registers(7.25, kinds.FLOAT32)
        assert not (await client.write_registers(1210, words, device_id=1)).isError()
        told = await client.read_holding_registers(1210, count=2, device_id=1)
        assert told.registers == words
        assert not (await client.write_register(1215, 1, device_id=1)).isError()
        for refused, code in (
            (await client.read_input_registers(300, count=1, device_id=1), 1),
            (await client.write_register(1210, 16, device_id=1), 2),
            (await client.write_register(1215, 2, device_id=1), 3),
            (await client.read_holding_registers(300, count=1, device_id=5), 11),
        ):
            assert refused.isError()
            assert refused.exception_code == code
        client.close()

    told(story)


Exchange = tuple[int, bytes, int]
"""A unit, a request, and how many registers are answered: 0 for a write."""


def read(unit: int, *places: tuple[int, int]) -> list[Exchange]:
    """Return reads of these registers."""
    return [(unit, reading(address, count), count) for address, count in places]


OFF, SOME = writing(1210, amps(0)), writing(1210, amps(13.42))
ONE_LINE = struct.pack(">BHH", 6, 1215, 1)
BY_MANY = writing(1215, b"\x00\x03")
METER = [(300, 6), (306, 22), (328, 34), (362, 64)]
KNOWN = {
    "a solar controller that pauses": [
        *read(1, (306, 6), (1201, 5), (1210, 2), (344, 2), (374, 4), (320, 6), (1215, 1)),
        (1, OFF, 0),
        (1, SOME, 0),
        (1, ONE_LINE, 0),
    ],
    "a library that reads in batches": [
        *read(200, (100, 79), (1100, 6)),
        *read(1, *METER, (1200, 16)),
        *read(200, (1400, 17), (1417, 15)),
        (1, SOME, 0),
        (1, BY_MANY, 0),
    ],
    "a controller that reads each second": [
        *read(200, (123, 17), (157, 11), (117, 5), (1100, 2)),
        *read(1, (1215, 1), (306, 6), (320, 6), (338, 8), (374, 4), (1201, 5), (1201, 5)),
        (1, SOME, 0),
        *read(1, (1210, 2)),
        *read(200, (1100, 2)),
    ],
    "a home automation": [
        *read(200, (100, 79), (1100, 6), (1400, 32)),
        *read(1, (300, 125), (1200, 16)),
        *read(2, (300, 125), (1200, 16)),
        (2, SOME, 0),
    ],
    "a library that splits the meter": [
        *read(1, (300, 94), (394, 32), (1200, 16)),
        *read(200, (1100, 6), (100, 79), (1400, 23), (1423, 9)),
        (200, writing(1417, amps(20)), 0),
        (200, writing(1419, amps(20)), 0),
        (200, writing(1421, amps(20)), 0),
        (1, BY_MANY, 0),
    ],
    "an energy management system": [
        *read(1, (300, 62), (374, 4), (1200, 16)),
        (1, SOME, 0),
    ],
}


@pytest.mark.parametrize("reconnects", [False, True])
@pytest.mark.parametrize("asks", KNOWN.values(), ids=KNOWN.keys())
def test_the_traffic_of_the_known_masters(asks: list[Exchange], *, reconnects: bool) -> None:
    """Everything they ask is answered in full, over one connection or one for each."""

    async def story(hall: Hall) -> None:
        hall.desk.world.put(rows.OF_STATION, to=True)
        master = await hall.master()
        for _ in range(2):
            for unit, pdu, count in asks:
                answer = await master.ask(unit, pdu)
                assert answer[0] == pdu[0]
                assert len(answer) == (2 + 2 * count if count else 5)
                if reconnects:
                    master.leave()
                    master = await hall.master()
        assert {type(it) for it in hall.desk.asked} <= {SetPoint, SetPhases}

    told(story)
