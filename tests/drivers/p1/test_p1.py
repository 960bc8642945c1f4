"""The P1 driver: what it makes of telegrams, and of a line that does not bring any."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from itertools import pairwise

import pytest

from laadpaal.drivers.p1 import P1Meter, over_serial, over_tcp
from laadpaal.ports.errors import DeviceLost, LineLost
from laadpaal.protocols.p1 import VARIANTS
from laadpaal.protocols.p1.crc import crc16
from laadpaal.simulation.p1_meter import HOST, P1Trouble, SimulatedP1Meter, on_pty, on_tcp
from laadpaal.simulation.p1_telegrams import Registers, telegram
from laadpaal.station.measurement import GridMeasurement
from tests.support.jumping import LoopClock

V5 = VARIANTS["5"]
HOUSE = GridMeasurement((10.0, -5.0, 0.0), (2300.0, -1150.0, 0.0), (230.0, 230.0, 230.0))


def told(current_a: float = 10.0, voltage_v: float = 230.0) -> bytes:
    """Return a telegram of a house with so much on each line."""
    currents = (current_a, current_a, current_a)
    voltages = (voltage_v, voltage_v, voltage_v)
    return telegram("5", GridMeasurement(currents, None, voltages), Registers(), 0.0)


@dataclass
class Script:
    """Is a `Line`: brings one piece for each read, fails where there is none, then is silent."""

    pieces: list[bytes | None]
    closed: int = 0
    asked_at: list[float] = field(default_factory=list)

    async def read(self) -> bytes:
        self.asked_at.append(asyncio.get_running_loop().time())
        if not self.pieces:
            await asyncio.get_running_loop().create_future()
        piece = self.pieces.pop(0)
        if piece is None:
            raise LineLost("the line: broken")
        return piece

    def close(self) -> None:
        self.closed += 1


async def test_the_newest_counts() -> None:
    """Of several telegrams that have come at once only the last is told."""
    meter = P1Meter(Script([told(1) + told(2) + told(3), told(4)]), V5)

    assert [(await meter.read()).currents_a[0] for _ in range(2)] == [3.0, 4.0]


async def test_silence_opens_the_line_anew() -> None:
    """After some missed telegrams the meter is lost, and half of one is forgotten."""
    line = Script([told()[:300]])
    meter = P1Meter(line, V5)
    with pytest.raises(DeviceLost, match="no telegram for 15 s: nothing comes"):
        await meter.read()

    assert line.closed == 1
    line.pieces = [told()[300:] + told(7)]
    assert (await meter.read()).currents_a[0] == 7.0


async def test_a_slow_meter_has_more_time() -> None:
    """Where a telegram comes every ten seconds, silence is longer."""
    with pytest.raises(DeviceLost, match="no telegram for 40 s"):
        await P1Meter(Script([]), VARIANTS["4"]).read()


async def test_what_is_refused_is_told() -> None:
    """Whoever looks for the trouble hears what was wrong with the telegrams that came."""
    meter = P1Meter(Script([told()[:-6] + b"0000\r\n"]), V5)

    with pytest.raises(DeviceLost, match="15 s: its sum is"):
        await meter.read()


async def test_pauses_grow_and_begin_again() -> None:
    """A line that stays away is tried ever more rarely, and soon again after a telegram."""
    line = Script([None] * 9)
    meter = P1Meter(line, V5)
    for _ in range(9):
        with pytest.raises(DeviceLost, match="smart meter: the line: broken"):
            await meter.read()
    at = line.asked_at

    assert [later - sooner for sooner, later in pairwise(at)] == pytest.approx(
        [1, 2, 4, 8, 16, 32, 60, 60]
    )
    line.pieces = [told(), None, told()]
    await meter.read()
    with pytest.raises(DeviceLost):
        await meter.read()
    await meter.read()
    assert line.asked_at[-1] - line.asked_at[-2] == pytest.approx(1)


@pytest.mark.parametrize(
    ("piece", "why"),
    [
        (told(current_a=1001.0), "impossible currents"),
        (told(voltage_v=301.0), "impossible voltages"),
    ],
)
async def test_nonsense_is_as_good_as_silence(piece: bytes, why: str) -> None:
    """Values that cannot be are no measurement, and the line stays open for the next."""
    line = Script([piece, told(3)])
    meter = P1Meter(line, V5)
    with pytest.raises(DeviceLost, match=why):
        await meter.read()

    assert line.closed == 0
    assert (await meter.read()).currents_a[0] == 3.0


async def test_an_old_meter() -> None:
    """Of three lines it tells nothing, of the only one it tells the power."""
    old = telegram("3.0", HOUSE, Registers(), 0.0)
    with pytest.raises(DeviceLost, match="neither currents nor powers"):
        await P1Meter(Script([old]), VARIANTS["3.0"]).read()
    one = await P1Meter(Script([old]), VARIANTS["3.0"], phases=1).read()

    assert one.currents_a == pytest.approx((5.0, 0.0, 0.0))


@pytest.mark.parametrize(
    ("at", "shown"),
    [("261126093000W", "261126093000W"), ("9" * 21, ""), ("2611\x1b[2J", "")],
)
async def test_what_people_see(at: str, shown: str) -> None:
    """Version and time are shown as the meter writes them, but nothing that spoils a screen."""
    lines = ["/LPX5x", "", "1-3:0.2.8(50)", f"0-0:1.0.0({at})", "1-0:31.7.0(003.5*A)", "!"]
    body = "\r\n".join(lines).encode()
    measured = await P1Meter(Script([body + b"%04X\r\n" % crc16(body)]), V5).read()

    assert (measured.version, measured.told_at) == ("50", shown)


@pytest.mark.parametrize("version", ["5", "se"])
async def test_what_was_counted(version: str) -> None:
    """Of each tariff, or of all at once: the house has one register for each direction."""
    counted = Registers(imported_wh=12_345.0, exported_wh=678.0)
    measured = await P1Meter(
        Script([telegram(version, HOUSE, counted, 0.0)]), VARIANTS[version]
    ).read()

    assert (measured.imported_wh, measured.exported_wh) == (12_345.0, 678.0)


@pytest.mark.parametrize(
    ("registers", "imported_wh"),
    [
        ("1-0:1.8.1(000001.000*kWh)\r\n1-0:1.8.2(000002.500*kWh)", 3_500.0),
        ("1-0:1.8.0(000003.500*kWh)\r\n1-0:1.8.1(000001.000*kWh)", 3_500.0),
        ("0-0:96.14.0(0001)", None),
    ],
)
async def test_tariffs_are_added_unless_the_meter_does_so(
    registers: str, imported_wh: float | None
) -> None:
    """A meter that tells the total beside its parts is not counted twice."""
    body = f"/LPX5x\r\n\r\n1-3:0.2.8(50)\r\n{registers}\r\n1-0:31.7.0(003.5*A)\r\n!".encode()
    measured = await P1Meter(Script([body + b"%04X\r\n" % crc16(body)]), V5).read()

    assert measured.imported_wh == imported_wh
    assert measured.exported_wh is None


CLOSED = (P1Trouble.UNPLUGGED, P1Trouble.CORRUPT, P1Trouble.HALF, P1Trouble.GARBAGE)
HARMLESS = (P1Trouble.LINE_FEEDS, P1Trouble.WRONG_CLOCK)


@pytest.mark.parametrize("trouble", [*CLOSED, P1Trouble.JUMPS])
async def test_every_trouble_on_a_line(trouble: P1Trouble) -> None:
    """While there is any, no measurement comes; afterwards they come again."""
    simulated = SimulatedP1Meter(lambda: HOUSE, LoopClock())
    async with on_pty(simulated) as device:
        meter = over_serial(device, V5)
        before = await meter.read()
        simulated.trouble = trouble
        for _ in range(3):
            with pytest.raises(DeviceLost):
                await meter.read()
        simulated.trouble = None
        after = await meter.read()
        await meter.close()

    assert before == after == HOUSE


@pytest.mark.parametrize("trouble", HARMLESS)
async def test_what_does_no_harm(trouble: P1Trouble) -> None:
    """The ends of lines and the meter's clock cost no telegram."""
    simulated = SimulatedP1Meter(lambda: HOUSE, LoopClock())
    simulated.trouble = trouble
    async with on_pty(simulated) as device:
        meter = over_serial(device, V5)

        assert [await meter.read() for _ in range(3)] == [HOUSE] * 3
        await meter.close()


async def test_an_old_line() -> None:
    """A line of seven bits with parity brings telegrams as well."""
    async with on_pty(SimulatedP1Meter(lambda: HOUSE, LoopClock(), "2.2")) as device:
        meter = over_serial(device, VARIANTS["2.2"], phases=1)
        measured = await meter.read()
        await meter.close()

    assert measured.powers_w == (1150.0, 0.0, 0.0)


async def test_a_serial_server_that_was_away() -> None:
    """It is connected when it is there, and again when it has come back."""
    simulated = SimulatedP1Meter(lambda: HOUSE, LoopClock())
    async with on_tcp(simulated) as port:
        meter = over_tcp(HOST, port, V5)
        await meter.read()
    for _ in range(3):
        with pytest.raises(DeviceLost, match=f"port {port}"):
            await meter.read()
    async with on_tcp(simulated, port):
        after = await meter.read()
        await meter.close()

    assert after == HOUSE


async def test_a_serial_server_that_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection that is not made in time is lost, long before the meter counts as silent."""
    monkeypatch.setattr("laadpaal.drivers.tcp_line.asyncio.open_connection", never)

    with pytest.raises(DeviceLost, match="port 23: it does not answer"):
        await over_tcp(HOST, 23, V5).read()


def never(*_: object, **__: object) -> asyncio.Future[None]:
    """Return what never comes."""
    return asyncio.get_running_loop().create_future()


async def test_a_device_that_is_not_there() -> None:
    """A device that does not exist is named."""
    with pytest.raises(DeviceLost, match="no-such-line"):
        await over_serial("/dev/no-such-line", V5).read()


@pytest.mark.parametrize("key", [b"", bytes(15)])
def test_the_key(key: bytes) -> None:
    """A variant with encryption needs a key of 16 bytes."""
    with pytest.raises(ValueError, match="key"):
        over_tcp(HOST, 23, VARIANTS["lu"], key)
