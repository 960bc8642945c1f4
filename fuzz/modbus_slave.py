"""Random bytes and requests at the Modbus slave; no error but a frame that is none."""

from __future__ import annotations

import random
import struct

from fuzz.running import run
from laadpaal.modbus_slave.evse_table import EVSE
from laadpaal.modbus_slave.station_table import STATION
from laadpaal.protocols.modbus.asked import READ, WRITE, WRITE_ONE, ExceptionCode, Read, asked
from laadpaal.protocols.modbus.frames import Frame, FrameError, Frames

PLACES = (99, 100, 178, 300, 425, 1200, 1206, 1209, 1210, 1211, 1215, 1417, 1431, 0xFFFF)
FUNCTIONS = (READ, WRITE_ONE, WRITE, 0, 4, 0x83)


def pdu(lots: random.Random) -> bytes:
    """Return a request that is nearly right, and sometimes quite."""
    count = lots.choice((0, 1, 2, 3, 6, 125, 126))
    head = struct.pack(">BHH", lots.choice(FUNCTIONS), lots.choice(PLACES), count)
    size = lots.choice((count * 2, count, lots.randint(0, 255))) % 256
    data = bytes((size,)) + lots.randbytes(lots.choice((0, size)))
    return (head + lots.choice((b"", data)))[: lots.choice((253, 253, 5, 4, 1))]


def stream(lots: random.Random) -> bytes:
    """Return some frames, perhaps with a byte changed, or none at all."""
    frames = (Frame(n, lots.choice((1, 2, 200)), pdu(lots)) for n in range(lots.randint(0, 3)))
    raw = bytearray(b"".join(frame.rendered() for frame in frames))
    if raw and lots.random() < 1 / 2:
        raw[lots.randrange(len(raw))] = lots.getrandbits(8)
    return bytes(raw) or lots.randbytes(lots.randint(0, 20))


def fuzz(count: int, seed: int) -> int:
    """Try so many streams; return how many were no frames."""
    lots, refused = random.Random(seed), 0
    for _ in range(count):
        raw, taker = stream(lots), Frames()
        cut = lots.randint(0, len(raw))
        try:
            for frame in (*taker.take(raw[:cut]), *taker.take(raw[cut:])):
                _understood(frame.pdu)
        except FrameError:
            refused += 1
    return refused


def _understood(raw: bytes) -> None:
    it = asked(raw)
    for table in (STATION, EVSE):
        match it:
            case Read(address, count):
                table.has(address, count)
            case ExceptionCode():
                pass
            case write:
                table.written(write.address, write.words)


if __name__ == "__main__":
    run("modbus_slave", __doc__, lambda *lots: f"{fuzz(*lots)} of them were no frames")
