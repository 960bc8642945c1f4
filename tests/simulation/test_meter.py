"""The simulated meter behaves as a real one on its line, or misbehaves as it is told."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from pymodbus.client import AsyncModbusTcpClient

from laadpaal.protocols.modbus.models import MODELS
from laadpaal.simulation.meter import Misbehaviour, SimulatedMeter
from laadpaal.simulation.modbus import HOST, checksum, on_tcp
from laadpaal.station.measurement import Measurement

REAL = Measurement(
    2500.0,
    (230.0, 231.0, 232.0),
    (1.0, 2.0, 3.0),
    1388.0,
    50.0,
    power_factor=0.5,
    reactive_var=100.0,
    exported_wh=750.0,
)
BACK = Measurement(2500.0, (230.0, 231.0, 232.0), (-1.0, 2.0, -3.0), -464.0, 50.0)


@pytest_asyncio.fixture
async def client() -> AsyncIterator[AsyncModbusTcpClient]:
    """Connect a Modbus client to a meter with unit 7."""
    async with on_tcp(SimulatedMeter(lambda: REAL, unit=7)) as port:
        link = AsyncModbusTcpClient(HOST, port=port, retries=0, timeout=0.2)
        await link.connect()
        yield link
        link.close()


@pytest.mark.parametrize(
    ("register", "expected"),
    [
        (0x02, 231.0),
        (0x0A, 3.0),
        (0x0E, 462.0),
        (0x34, 1388.0),
        (0x3E, 0.5),
        (0x48, 2.5),
        (0x4A, 0.75),
        (0x12, 0.0),
    ],
)
async def test_map(client: AsyncModbusTcpClient, register: int, expected: float) -> None:
    """Each quantity is where the real meter has it, and nothing lies between."""
    reply = await client.read_input_registers(register, count=2, device_id=7)

    assert client.convert_from_registers(reply.registers, client.DATATYPE.FLOAT32) == expected


async def test_reads_too_much(client: AsyncModbusTcpClient) -> None:
    """More than 40 values at once are refused, as the real meter does."""
    refused = await client.read_input_registers(0, count=82, device_id=7)
    good = await client.read_input_registers(0, count=76, device_id=7)

    assert (refused.isError(), refused.exception_code) == (True, 3)
    assert not good.isError()


async def test_other_places_and_functions(client: AsyncModbusTcpClient) -> None:
    """Quantities are input registers only, and nothing is beyond the map."""
    beyond = await client.read_input_registers(0x4B, count=2, device_id=7)
    holding = await client.read_holding_registers(0, count=2, device_id=7)

    assert (beyond.exception_code, holding.exception_code) == (2, 1)


async def _frame(meter: SimulatedMeter, start: int, count: int) -> bytes:
    """Return what the meter answers to a request, without unit and checksum."""
    request = bytes([meter.model.map.function, *start.to_bytes(2, "big"), 0, count])
    reply = await meter.answer(request)
    assert reply is not None
    return reply.pdu


@pytest.mark.parametrize(
    ("model", "start", "count", "data"),
    [
        ("SDM630", 0x00, 2, "43660000"),
        ("SDM120", 0x06, 2, "3f800000"),
        ("ABB B23", 0x5B00, 4, "000008fc00000906"),
        ("ABB B23", 0x5000, 4, "00000000000000fa"),
        ("EM340", 0x0C, 4, "03e8000007d00000"),
        ("EM340", 0x12, 2, "08fc0000"),
        ("EM24", 0x42, 2, "00190000"),
        ("Countis E27", 50520, 2, "000059d8"),
        ("Klefr 6934", 0x5012, 2, "3fb1a9fc"),
        ("iEM3000", 0xC83, 4, "00000000000009c4"),
        ("PAC2200", 801, 4, "40a3880000000000"),
        ("DTSU666", 0x2006, 2, "450fc000"),
        ("DVH4013", 0x00, 4, "0000363800000000"),
        ("ALE3", 35, 2, "00e6000a"),
        ("WS100", 0x100, 2, "00038270"),
    ],
)
async def test_frames_by_hand(model: str, start: int, count: int, data: str) -> None:
    """What a meter sends is written down byte for byte, whatever the driver makes of it."""
    meter = SimulatedMeter(lambda: REAL, MODELS[model])

    pdu = await _frame(meter, start, count)

    assert pdu == bytes([meter.model.map.function, 2 * count]) + bytes.fromhex(data)


@pytest.mark.parametrize(
    ("model", "start", "data"),
    [
        ("SDM630", 0x06, "3f800000"),
        ("SDM630", 0x0C, "c3660000"),
        ("EM340", 0x12, "f704ffff"),
        ("DVH4013", 0x00, "00000000"),
        ("DVH4013", 0x02, "00001220"),
    ],
)
async def test_what_flows_back(model: str, start: int, data: str) -> None:
    """The power of a line says which way, and its current does not."""
    meter = SimulatedMeter(lambda: BACK, MODELS[model])

    assert (await _frame(meter, start, 2))[2:] == bytes.fromhex(data)


@pytest.mark.parametrize(
    ("model", "start", "how", "data"),
    [
        ("SDM630", 0x00, Misbehaviour.NO_NUMBERS, "7fc00000"),
        ("ABB B23", 0x5B00, Misbehaviour.NO_NUMBERS, "ffffffff"),
        ("EM340", 0x00, Misbehaviour.NO_NUMBERS, "ffff7fff"),
        ("SDM630", 0x00, Misbehaviour.ZEROS, "00000000"),
        ("iEM3000", 0xC85, Misbehaviour.LEAPS, "000f4c04"),
    ],
)
async def test_wrong_values(model: str, start: int, how: Misbehaviour, data: str) -> None:
    """A meter may have nothing to tell, nothing but zeros, or a register that leaps."""
    meter = SimulatedMeter(lambda: REAL, MODELS[model])
    meter.misbehave(how)

    assert (await _frame(meter, start, 2))[2:] == bytes.fromhex(data)


async def test_it_misbehaves_as_often_as_it_is_told() -> None:
    """Afterwards it does its work again."""
    meter = SimulatedMeter(lambda: REAL)
    meter.misbehave(Misbehaviour.REFUSES, requests=2)

    codes = [(await _frame(meter, 0, 2))[0] for _ in range(3)]

    assert codes == [0x84, 0x84, 0x04]
    assert (meter.asked, meter.misbehaviour) == (3, None)


def test_checksum() -> None:
    """As in the example that everybody knows."""
    assert checksum(bytes.fromhex("010300000001")) == bytes.fromhex("840a")
