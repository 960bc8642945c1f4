"""A small Modbus server for simulated devices, over TCP or a serial line; it reads, and no more."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from laadpaal.simulation.wire import null_modem

HOST = "127.0.0.1"
REQUEST_B = 8
"""A serial frame that reads registers: unit, function, start, count, checksum."""
_CHUNK = 256
_POLYNOMIAL = 0xA001


@dataclass(frozen=True, slots=True)
class Reply:
    """What a device sends back.

    Args:
        unit: Who says it is answering.
        pdu: Function and data.
        whole: False for a frame that was damaged on its way.
    """

    unit: int
    pdu: bytes
    whole: bool = True


class Device(Protocol):
    """What hangs on a line."""

    @property
    def unit(self) -> int:
        """Its address."""
        ...

    async def answer(self, pdu: bytes) -> Reply | None:
        """Return what it says to a request, or None when it says nothing."""
        ...


Send = Callable[[bytes], object]


async def asked(devices: Sequence[Device], unit: int, pdu: bytes) -> Reply | None:
    """Ask the device of that address; where there is none, nobody answers."""
    for device in devices:
        if device.unit == unit:
            return await device.answer(pdu)
    return None


@asynccontextmanager
async def on_tcp(*devices: Device, rtu: bool = False) -> AsyncIterator[int]:
    """Let devices answer on the loopback; yield their port.

    `rtu` is whether serial frames go over it as they are, as some gateways have it.
    """
    open_: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(
            (_serial_frames if rtu else _tcp_frames)(devices, reader, writer.write)
        )
        open_.add(task)
        try:
            await task
        except (asyncio.CancelledError, asyncio.IncompleteReadError, OSError):
            pass  # the master hung up, or the line was cut
        finally:
            open_.discard(task)
            writer.close()

    server = await asyncio.start_server(serve, HOST, 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in open_:
            task.cancel()
        await asyncio.gather(*open_, return_exceptions=True)


@asynccontextmanager
async def on_serial(*devices: Device) -> AsyncIterator[str]:
    """Let devices answer on a serial line; yield the device name of its other end."""
    with null_modem() as (ours, theirs):
        ear = os.open(ours, os.O_RDONLY | os.O_NOCTTY | os.O_NONBLOCK)
        mouth = os.open(ours, os.O_WRONLY | os.O_NOCTTY)
        reader = asyncio.StreamReader()
        transport, _ = await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(ear, "rb", 0)
        )
        task = asyncio.create_task(_serial_frames(devices, reader, partial(os.write, mouth)))
        try:
            yield theirs
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            transport.close()
            os.close(mouth)


async def _tcp_frames(devices: Sequence[Device], reader: asyncio.StreamReader, send: Send) -> None:
    """Answer frames with the header that Modbus has on TCP."""
    while True:
        head = await reader.readexactly(7)
        size, unit = int.from_bytes(head[4:6], "big"), head[6]
        reply = await asked(devices, unit, await reader.readexactly(size - 1))
        if reply is None:
            continue
        body = bytes([reply.unit]) + reply.pdu
        send(head[:4] + len(body).to_bytes(2, "big") + (body if reply.whole else body[:-3]))


async def _serial_frames(
    devices: Sequence[Device], reader: asyncio.StreamReader, send: Send
) -> None:
    """Answer frames with a checksum; whatever is none is passed over, byte by byte."""
    heard = b""
    while chunk := await reader.read(_CHUNK):
        heard += chunk
        while len(heard) >= REQUEST_B:
            frame = heard[:REQUEST_B]
            if checksum(frame[:-2]) != frame[-2:]:
                heard = heard[1:]
                continue
            heard = heard[REQUEST_B:]
            reply = await asked(devices, frame[0], frame[1:-2])
            if reply:
                send(_framed(reply))


def _framed(reply: Reply) -> bytes:
    body = bytes([reply.unit]) + reply.pdu
    low, high = checksum(body)
    return body + bytes([low if reply.whole else low ^ 0xFF, high])


def checksum(body: bytes) -> bytes:
    """Return the CRC of a serial frame, low byte first."""
    crc = 0xFFFF
    for byte in body:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (_POLYNOMIAL if crc & 1 else 0)
    return crc.to_bytes(2, "little")
