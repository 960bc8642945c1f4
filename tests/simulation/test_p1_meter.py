"""The simulated smart meter speaks as real ones do."""

from __future__ import annotations

import asyncio
import os

import pytest

from laadpaal.protocols.p1 import VARIANTS, Telegram, TelegramReader
from laadpaal.simulation.p1_meter import HOST, P1Trouble, SimulatedP1Meter, on_pty, on_tcp
from laadpaal.simulation.p1_telegrams import FORMS, GAS_METER, METER
from laadpaal.station.measurement import GridMeasurement
from tests.simulation.clock import HandClock

KEY = bytes(range(16))
HOUSE = GridMeasurement((10.0, -5.4, 0.0), (2300.0, -1242.0, 0.0), (230.0, 231.0, 229.5))


def made(version: str = "5", clock: HandClock | None = None) -> SimulatedP1Meter:
    """Return a meter of that version."""
    key = KEY if VARIANTS[version].encrypted else b""
    return SimulatedP1Meter(lambda: HOUSE, clock or HandClock(), version, key=key)


def heard(meter: SimulatedP1Meter, version: str = "5") -> Telegram:
    """Return its next telegram as our parser reads it."""
    (found,) = TelegramReader(VARIANTS[version], KEY).feed(meter.telegram())
    return found


def test_every_variant_is_simulated() -> None:
    """What the station can read, the bench can say, at the same rhythm."""
    assert {name: form.every_s for name, form in FORMS.items()} == {
        name: variant.every_s for name, variant in VARIANTS.items()
    }


@pytest.mark.parametrize("version", sorted(FORMS))
def test_what_every_variant_tells(version: str) -> None:
    """Meter and total power are everywhere; gas where meters pass it on."""
    said = heard(made(version), version)

    assert said.meter == METER
    assert (said.power_in_w, said.power_out_w) == (1058.0, 0.0)
    gas = [(it.kind, it.meter, it.value, it.unit) for it in said.submeters]
    assert gas == ([] if version in {"lu", "se"} else [("3", GAS_METER, 1234.567, "m3")])


@pytest.mark.parametrize(
    ("version", "currents_a", "voltages_v"),
    [
        ("2.2", (None, None, None), (None, None, None)),
        ("3.0", (None, None, None), (None, None, None)),
        ("4", (10.0, 5.0, 0.0), (None, None, None)),
        ("5", (10.0, 5.0, 0.0), (230.0, 231.0, 229.5)),
        ("be", (10.0, 5.4, 0.0), (230.0, 231.0, 229.5)),
        ("lu", (10.0, 5.0, 0.0), (230.0, 231.0, 229.5)),
        ("se", (10.0, 5.4, 0.0), (230.0, 231.0, 229.5)),
    ],
)
def test_how_finely_each_tells_it(
    version: str, currents_a: tuple[object, ...], voltages_v: tuple[object, ...]
) -> None:
    """Currents have no sign, and as many decimals as meters of the variant give."""
    said = heard(made(version), version)

    assert (said.currents_a, said.voltages_v) == (currents_a, voltages_v)
    if version not in {"2.2", "3.0"}:
        assert said.powers_in_w == (2300.0, 0.0, 0.0)
        assert said.powers_out_w == (0.0, 1242.0, 0.0)


async def test_registers_count() -> None:
    """What flows is counted, in each direction for itself."""
    clock = HandClock()
    meter = made(clock=clock)
    await clock.pass_time(3600)
    one_hour = heard(meter)

    assert (one_hour.imported_wh[1], one_hour.exported_wh[1]) == (1058.0, 0.0)
    assert one_hour.at == "231115140000W"


def test_powers_follow_from_currents() -> None:
    """Where nobody tells a power, it is that of the nominal voltage."""
    meter = SimulatedP1Meter(lambda: GridMeasurement((1.0, -2.0, 0.0)), HandClock())

    assert heard(meter).powers_out_w == (0.0, 460.0, 0.0)


async def test_it_speaks_at_its_rhythm() -> None:
    """One telegram at once, and one each second or each ten."""
    for version, expected in (("5", 11), ("4", 2)):
        clock, said = HandClock(), list[bytes]()
        async with made(version, clock).speaking(said.append):
            await clock.pass_time(10.0)

        assert len(said) == expected


@pytest.mark.parametrize(
    ("trouble", "refused", "read"),
    [
        (P1Trouble.UNPLUGGED, 0, 0),
        (P1Trouble.CORRUPT, 3, 0),
        (P1Trouble.HALF, 2, 0),
        (P1Trouble.GARBAGE, 0, 0),
        (P1Trouble.LINE_FEEDS, 0, 3),
        (P1Trouble.WRONG_CLOCK, 0, 3),
        (P1Trouble.JUMPS, 0, 3),
    ],
)
def test_trouble(trouble: P1Trouble, refused: int, read: int) -> None:
    """Each trouble does what it says to every telegram."""
    meter, reader = made(), TelegramReader(VARIANTS["5"])
    meter.trouble = trouble
    found = [it for _ in range(3) for it in reader.feed(meter.telegram())]

    assert (reader.refused, len(found)) == (refused, read)
    if trouble is P1Trouble.WRONG_CLOCK:
        assert found[0].at.startswith("13")
    if trouble is P1Trouble.JUMPS:
        assert found[0].currents_a == (5000.0, 5000.0, 5000.0)


async def test_nobody_hears_it_on_its_line() -> None:
    """A meter on a line speaks on, whether anybody reads or not, and what is read is whole."""
    clock = HandClock()
    async with on_pty(made(clock=clock)) as device:
        await clock.pass_time(1000.0)  # far more than the line holds
        end = os.open(device, os.O_RDONLY | os.O_NONBLOCK)
        first = os.read(end, 4096)
        os.close(end)

    assert TelegramReader(VARIANTS["5"]).feed(first)


async def test_nobody_can_tell_it_anything() -> None:
    """What is written to its line changes nothing."""
    clock = HandClock()
    async with on_pty(made(clock=clock)) as device:
        end = os.open(device, os.O_RDWR | os.O_NONBLOCK)
        os.write(end, b"/?!\r\n")
        await clock.pass_time(1.0)
        said = os.read(end, 4096)
        os.close(end)

    assert len(TelegramReader(VARIANTS["5"]).feed(said)) == 2


async def test_several_hear_it_over_tcp() -> None:
    """Everybody who is connected hears every telegram, and who goes is forgotten."""
    clock = HandClock()
    async with asyncio.timeout(20), on_tcp(made(clock=clock)) as port:
        ends = [await asyncio.open_connection(HOST, port) for _ in range(2)]
        await clock.pass_time(1.0)
        for reader, writer in ends:
            assert (await reader.readline()).startswith(b"/LPX5")
            writer.close()
            await writer.wait_closed()
        await clock.pass_time(2.0)
        reader, writer = await asyncio.open_connection(HOST, port)
        await clock.pass_time(1.0)

        assert (await reader.readline()).startswith(b"/LPX5")
        writer.close()
