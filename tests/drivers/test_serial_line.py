"""A serial line over a null modem of two pseudo-terminals."""

from __future__ import annotations

import asyncio
import os
import termios
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from laadpaal.drivers.serial_line import SerialLine
from laadpaal.ports.errors import LineLost
from laadpaal.simulation.wire import null_modem

PATIENCE_S = 20.0
IFLAG, CFLAG, OSPEED = 0, 2, 5


@pytest_asyncio.fixture
async def ends() -> AsyncIterator[tuple[SerialLine, SerialLine]]:
    """Yield the two ends of a cable."""
    with null_modem() as (left, right):
        lines = SerialLine(left, 115_200), SerialLine(right, 115_200)
        async with asyncio.timeout(PATIENCE_S):
            yield lines
        for line in lines:
            line.close()


async def exactly(line: SerialLine, size: int) -> bytes:
    """Read until so many bytes have come."""
    got = b""
    while len(got) < size:
        got += await line.read()
    return got


async def test_bytes_go_both_ways(ends: tuple[SerialLine, SerialLine]) -> None:
    """What one end writes the other reads, control characters and all."""
    left, right = ends
    every = bytes(range(256))
    reading = asyncio.ensure_future(exactly(right, 256))
    await asyncio.sleep(0)  # so that the right end is open
    await left.write(every)

    assert await reading == every
    await right.write(b"AT\r\n")
    assert await exactly(left, 4) == b"AT\r\n"


async def test_more_than_the_system_takes_at_once(ends: tuple[SerialLine, SerialLine]) -> None:
    """A writer waits for the reader, and nothing is lost."""
    left, right = ends
    much = bytes(range(256)) * 1000
    reading = asyncio.ensure_future(exactly(right, len(much)))
    await asyncio.sleep(0)
    await left.write(much)

    assert await reading == much


async def test_a_reader_that_gave_up_loses_nothing(ends: tuple[SerialLine, SerialLine]) -> None:
    """What comes after a cancelled read is there for the next."""
    left, right = ends
    reading = asyncio.ensure_future(right.read())
    await asyncio.sleep(0)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    await left.write(b"still here")

    assert await exactly(right, 10) == b"still here"


async def test_it_opens_again_after_it_was_closed(ends: tuple[SerialLine, SerialLine]) -> None:
    """A line that was let go is there again when it is used."""
    left, right = ends
    await left.write(b"1")
    left.close()
    left.close()
    await left.write(b"2")

    assert (await exactly(right, 1))[-1:] in {b"1", b"2"}


async def test_who_waits_is_told_of_the_end(ends: tuple[SerialLine, SerialLine]) -> None:
    """Closing ends a read that is under way."""
    _, right = ends
    reading = asyncio.ensure_future(right.read())
    await asyncio.sleep(0)
    right.close()

    with pytest.raises(LineLost, match="closed"):
        await reading


async def test_who_opens_it_again_at_once_is_not_disturbed(
    ends: tuple[SerialLine, SerialLine],
) -> None:
    """A read that was ended does not take the new one's place with it."""
    left, right = ends
    ended = asyncio.ensure_future(right.read())
    await asyncio.sleep(0)
    right.close()
    reading = asyncio.ensure_future(right.read())
    with pytest.raises(LineLost):
        await ended
    await left.write(b"new")

    assert await reading


async def test_it_is_set_up_as_asked() -> None:
    """Speed and byte are those of the constructor."""
    ours, theirs = os.openpty()
    line = SerialLine(os.ttyname(theirs), 9600, parity="E", bits=7)
    await line.write(b"x")
    setup = termios.tcgetattr(theirs)
    line.close()

    assert setup[OSPEED] == termios.B9600
    assert setup[CFLAG] & termios.CSIZE in {termios.CS7, termios.CS8}  # Linux forces 8 on a pty
    assert setup[IFLAG] & (termios.ICRNL | termios.IXON) == 0
    os.close(ours)
    os.close(theirs)


async def test_an_end_that_goes_away() -> None:
    """A device that is pulled out is lost, for who reads and for who writes."""
    ours, theirs = os.openpty()
    line = SerialLine(os.ttyname(theirs), 9600)
    reading = asyncio.ensure_future(line.read())
    await asyncio.sleep(0)
    os.close(ours)

    with pytest.raises(LineLost):
        await reading
    with pytest.raises(LineLost):
        await line.write(b"x")
    os.close(theirs)


async def test_who_writes_learns_that_it_is_gone() -> None:
    """A write into a device that is pulled out is refused by the system."""
    ours, theirs = os.openpty()
    line = SerialLine(os.ttyname(theirs), 9600)
    await line.write(b"x")
    os.close(ours)

    with pytest.raises(LineLost):
        await line.write(b"y")
    os.close(theirs)


async def test_a_device_that_reads_nothing_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ready but empty is how the system says that an adapter was pulled out."""
    ours, theirs = os.openpty()
    line = SerialLine(os.ttyname(theirs), 9600)
    await line.write(b"x")
    os.write(ours, b"y")
    monkeypatch.setattr("laadpaal.drivers.serial_line.os.read", lambda *_: b"")

    with pytest.raises(LineLost, match="disconnected"):
        await line.read()
    os.close(ours)
    os.close(theirs)


async def test_no_such_device() -> None:
    """A device that does not exist is lost, and named."""
    line = SerialLine("/dev/no-such-line", 9600)

    with pytest.raises(LineLost, match="no-such-line"):
        await line.read()


async def test_a_file_that_is_no_line() -> None:
    """What is no terminal is lost as well."""
    line = SerialLine("/dev/null", 9600)

    with pytest.raises(LineLost, match="/dev/null"):
        await line.read()


async def test_a_line_that_somebody_has(ends: tuple[SerialLine, SerialLine]) -> None:
    """Two owners of one line would each get half of what comes."""
    left, _ = ends
    await left.write(b"x")
    other = SerialLine(left._device, 9600)

    with pytest.raises(LineLost, match="exclusively"):
        await other.read()
