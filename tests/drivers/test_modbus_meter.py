"""The driver of Modbus meters against simulated ones that answer on real lines."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import replace
from random import Random
from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laadpaal.drivers.modbus_line import ModbusLine, on_serial, on_tcp
from laadpaal.drivers.modbus_meter import ModbusMeter, measurement
from laadpaal.ports.errors import DeviceLost
from laadpaal.protocols.modbus.models import MODELS, SDM630
from laadpaal.protocols.modbus.numbers import numbers
from laadpaal.protocols.modbus.registers import Model, Q, Quantity
from laadpaal.simulation import modbus
from laadpaal.simulation.meter import Misbehaviour, SimulatedMeter
from laadpaal.station.measurement import Measurement

REAL = Measurement(
    12_500.0,
    (230.0, 231.0, 229.0),
    (16.0, 8.0, 0.5),
    5_642.5,
    50.0,
    power_factor=1.0,
    reactive_var=0.0,
    exported_wh=0.0,
)
GOOD: Mapping[Quantity, float | None] = {
    Q.VOLTAGE_L1: 230.0, Q.VOLTAGE_L2: 231.0, Q.VOLTAGE_L3: 229.0,
    Q.CURRENT_L1: 16.0, Q.CURRENT_L2: 8.0, Q.CURRENT_L3: 0.5,
    Q.POWER: 5_642.5, Q.FREQUENCY: 50.0, Q.IMPORTED: 12_500.0,
}  # fmt: skip
NAN, INFINITE = float("nan"), float("inf")
SHORT_S = 0.1

LineTo = Callable[..., AbstractAsyncContextManager[ModbusLine]]


@asynccontextmanager
async def tcp_line(*meters: SimulatedMeter) -> AsyncIterator[ModbusLine]:
    """Yield a line to these meters over the loopback."""
    async with modbus.on_tcp(*meters) as port:
        line = on_tcp(modbus.HOST, port, timeout_s=SHORT_S)
        yield line
        await line.close()


@asynccontextmanager
async def gateway_line(*meters: SimulatedMeter) -> AsyncIterator[ModbusLine]:
    """Yield a line to these meters by a gateway that passes serial frames on."""
    async with modbus.on_tcp(*meters, rtu=True) as port:
        line = on_tcp(modbus.HOST, port, rtu=True, timeout_s=SHORT_S)
        yield line
        await line.close()


@asynccontextmanager
async def serial_line(*meters: SimulatedMeter) -> AsyncIterator[ModbusLine]:
    """Yield a serial line to these meters."""
    async with modbus.on_serial(*meters) as device:
        line = on_serial(device, 115_200, timeout_s=SHORT_S)
        yield line
        await line.close()


LINES = pytest.mark.parametrize("line_to", [tcp_line, gateway_line, serial_line])


def test_a_measurement() -> None:
    """What is told of each quantity becomes one measurement."""
    said = measurement(GOOD)

    assert said == replace(REAL, power_factor=None, reactive_var=None, exported_wh=None)


@pytest.mark.parametrize(
    ("quantity", "number", "text"),
    [
        (Q.VOLTAGE_L1, NAN, "voltage that is not a number"),
        (Q.VOLTAGE_L1, None, "voltage that is not a number"),
        (Q.VOLTAGE_L3, NAN, "voltage that is not a number"),
        (Q.VOLTAGE_L2, 400.0, "impossible voltage: 400"),
        (Q.VOLTAGE_L2, -5.0, "impossible voltages"),
        (Q.CURRENT_L1, 900.0, "impossible current: 900"),
        (Q.CURRENT_L1, -900.0, "impossible current: -900"),
        (Q.POWER, INFINITE, "power that is not a number"),
        (Q.POWER, 2e6, "impossible power"),
        (Q.IMPORTED, NAN, "energy that is not a number"),
        (Q.IMPORTED, None, "energy that is not a number"),
        (Q.IMPORTED, -1.0, "negative energy: -1"),
        (Q.IMPORTED, 1e18, "impossible energy"),
    ],
)
def test_nonsense_is_refused(quantity: Quantity, number: float | None, text: str) -> None:
    """A number that cannot be true is as good as silence."""
    with pytest.raises(DeviceLost, match=text):
        measurement({**GOOD, quantity: number})


@pytest.mark.parametrize("number", [None, NAN, 1.5, -1.5])
def test_a_power_factor_may_be_missing(number: float | None) -> None:
    """Without a load many meters have none, and nothing else is wrong with them."""
    assert measurement({**GOOD, Q.POWER_FACTOR: number}).power_factor is None


def test_lines_that_are_not_there() -> None:
    """A meter that marks what it cannot tell says so of the lines it does not have."""
    said = measurement({**GOOD, Q.VOLTAGE_L2: None, Q.CURRENT_L2: None, Q.CURRENT_L3: None})

    assert (said.voltages_v, said.currents_a) == ((230.0, 0.0, 229.0), (16.0, 0.0, 0.0))


def test_power_in_every_way_that_meters_tell_it() -> None:
    """One sum, the sum of the lines, or two registers without a sign."""
    lines = dict(GOOD)
    del lines[Q.POWER]
    lines |= {Q.POWER_L1: 3_680.0, Q.POWER_L2: -200.0, Q.POWER_L3: None}

    assert measurement(GOOD).power_w == 5_642.5
    assert measurement(lines).power_w == 3_480.0
    assert measurement({**GOOD, Q.POWER: 0.0, Q.POWER_BACK: 700.0}).power_w == -700.0


@given(st.sampled_from(list(MODELS.values())), st.randoms())
def test_any_registers_are_read_or_refused(model: Model, lots: Random) -> None:
    """Whatever a line brings, there is a measurement that can be, or the meter is lost."""
    words = {
        place.address + i: lots.choice((0, 0xFFFF, lots.getrandbits(16)))
        for place in model.map.registers.values()
        for i in range(place.kind.words)
    }
    try:
        said = measurement(numbers(model.map, words))
    except DeviceLost:
        return

    assert all(0 <= voltage_v <= 300 for voltage_v in said.voltages_v)
    assert all(abs(current_a) <= 200 for current_a in said.currents_a)
    assert 0 <= said.energy_wh <= 1e12


@LINES
async def test_one_broken_frame_is_no_lost_meter(line_to: LineTo) -> None:
    """It is asked again, and nobody hears of it."""
    meter = SimulatedMeter(lambda: REAL)
    async with line_to(meter) as line:
        driver = ModbusMeter(line, SDM630.map, meter.unit)
        meter.misbehave(Misbehaviour.BROKEN_FRAME, requests=1)

        assert await driver.read() == REAL
    assert meter.asked == 2


@LINES
@pytest.mark.parametrize(
    "how", [m for m in Misbehaviour if m not in {Misbehaviour.ZEROS, Misbehaviour.LEAPS}]
)
async def test_it_is_lost_and_comes_back(line_to: LineTo, how: Misbehaviour) -> None:
    """However a meter misbehaves, it is lost until it behaves."""
    meter = SimulatedMeter(lambda: REAL, slow_s=1.5 * SHORT_S)
    async with line_to(meter) as line:
        driver = ModbusMeter(line, SDM630.map, meter.unit)
        meter.misbehave(how)
        with pytest.raises(DeviceLost):
            await driver.read()
        meter.behave()

        assert await driver.read() == REAL


async def test_a_silent_meter_is_lost_in_time() -> None:
    """Two requests and the silence between them, and no longer."""
    meter = SimulatedMeter(lambda: REAL)
    meter.misbehave(Misbehaviour.SILENT)
    async with serial_line(meter) as line:
        before = monotonic()
        with pytest.raises(DeviceLost, match="unit 1 on /dev/"):
            await ModbusMeter(line, SDM630.map, 1).read()

    assert monotonic() - before < 10 * SHORT_S
    assert meter.asked == 2


@LINES
async def test_several_meters_on_one_line(line_to: LineTo) -> None:
    """They are asked one after the other, whoever asks, and one that is silent harms no other."""
    meters = [
        SimulatedMeter(lambda wh=1_000.0 * n: replace(REAL, energy_wh=wh), MODELS[name], n)  # type: ignore[misc]  # a default binds it
        for n, name in enumerate(("SDM630", "EM340", "ABB B23", "SDM630"), 1)
    ]
    meters[3].misbehave(Misbehaviour.SILENT)
    async with line_to(*meters) as line:
        drivers = [ModbusMeter(line, meter.model.map, meter.unit) for meter in meters]
        said = await asyncio.gather(
            *(driver.read() for driver in drivers for _ in range(2)), return_exceptions=True
        )

    energies = [one.energy_wh if isinstance(one, Measurement) else one for one in said]
    assert energies[:6] == [1_000.0, 1_000.0, 2_000.0, 2_000.0, 3_000.0, 3_000.0]
    assert all(isinstance(lost, DeviceLost) for lost in energies[6:])


async def test_a_late_answer_is_not_taken_for_another() -> None:
    """On a serial line answers have no number, so one that comes late meets silence."""
    meter = SimulatedMeter(lambda: REAL, MODELS["EM340"], slow_s=1.5 * SHORT_S)
    async with serial_line(meter) as line:
        driver = ModbusMeter(line, meter.model.map, meter.unit)
        meter.misbehave(Misbehaviour.SLOW, requests=1)
        said = [await driver.read() for _ in range(2)]

    assert [one.voltages_v for one in said] == [REAL.voltages_v] * 2


async def test_a_leap_is_read_again() -> None:
    """One wrong register would be charged for; a meter that has been replaced is believed."""
    meter = SimulatedMeter(lambda: REAL)
    async with tcp_line(meter) as line:
        driver = ModbusMeter(line, SDM630.map, meter.unit)
        await driver.read()
        meter.misbehave(Misbehaviour.LEAPS, requests=1)
        once = await driver.read()
        meter.misbehave(Misbehaviour.LEAPS)
        twice = await driver.read()

    assert (once.energy_wh, twice.energy_wh) == (12_500.0, 1_012_500.0)


class Ones:
    """A gateway that has lost its meter."""

    unit = 1

    async def answer(self, pdu: bytes) -> modbus.Reply:
        """Return as many ones as were asked for."""
        size = 2 * pdu[4]
        return modbus.Reply(self.unit, bytes([pdu[0], size]) + b"\xff" * size)


async def test_nothing_but_ones() -> None:
    """To a meter of signed numbers that would be -1 everywhere."""
    async with modbus.on_tcp(Ones()) as port:
        driver = ModbusMeter(on_tcp(modbus.HOST, port), MODELS["EM340"].map, 1)
        with pytest.raises(DeviceLost, match="nothing but ones"):
            await driver.read()
        await driver.close()


async def test_refusals_are_told() -> None:
    """The error names the registers and the exception."""
    meter = SimulatedMeter(lambda: REAL)
    meter.misbehave(Misbehaviour.REFUSES)
    async with tcp_line(meter) as line:
        with pytest.raises(DeviceLost, match="refuses registers 0 to 75: exception 4"):
            await ModbusMeter(line, SDM630.map, 1).read()


async def test_a_line_that_is_not_there() -> None:
    """A serial device that does not exist makes the meter lost."""
    with pytest.raises(DeviceLost, match="unit 1 on /dev/no-such-line: no connection"):
        await ModbusMeter(on_serial("/dev/no-such-line"), SDM630.map, 1).read()


async def test_a_line_that_cannot_be_set() -> None:
    """A pseudo-terminal knows no parity, and says so in an error of its own."""
    meter = SimulatedMeter(lambda: REAL)
    async with modbus.on_serial(meter) as device:
        with pytest.raises(DeviceLost, match="cannot be set"):
            await ModbusMeter(on_serial(device, parity="E"), SDM630.map, 1).read()


async def test_a_gateway_that_hung_up_is_dialled_again() -> None:
    """Many close a connection that was idle for a while."""
    meter = SimulatedMeter(lambda: REAL)
    async with modbus.on_tcp(meter) as port:
        driver = ModbusMeter(on_tcp(modbus.HOST, port, timeout_s=SHORT_S), SDM630.map, 1)
        await driver.read()
    with pytest.raises(DeviceLost):
        await driver.read()
    await driver.close()


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=4))
def test_any_bytes_end_in_a_lost_meter(answers: list[bytes]) -> None:
    """Whatever comes over the line, it is a measurement or a lost meter."""
    logging.getLogger("pymodbus").setLevel(logging.CRITICAL)

    async def ask() -> None:
        babbling: set[asyncio.Task[None]] = set()

        async def babble(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            for answer in answers:
                if not await reader.read(300):
                    break
                writer.write(answer)
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()

        def met(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            babbling.add(asyncio.create_task(babble(reader, writer)))

        server = await asyncio.start_server(met, modbus.HOST, 0)
        port = server.sockets[0].getsockname()[1]
        driver = ModbusMeter(on_tcp(modbus.HOST, port, timeout_s=0.01), SDM630.map, 1)
        with pytest.raises(DeviceLost):
            await driver.read()
        await driver.close()
        server.close()
        await asyncio.gather(*babbling, return_exceptions=True)

    asyncio.run(ask())
