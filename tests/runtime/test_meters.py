"""A configuration becomes meters, and what nobody can read is refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from laadpaal.drivers.display.framebuffer import Framebuffer
from laadpaal.drivers.leds import KernelLamp
from laadpaal.runtime.config import ConfigError, parse
from laadpaal.runtime.hardware import bench_of, board_of
from laadpaal.runtime.meters import meters_of
from laadpaal.simulation.display import SimulatedDisplay
from laadpaal.simulation.meter import SimulatedMeter
from laadpaal.simulation.modbus import on_serial, on_tcp
from laadpaal.station.measurement import GridMeasurement, Measurement
from tests.simulation.clock import HandClock

BACK = Measurement(500.0, (230.0, 231.0, 232.0), (2.0, -3.0, 0.0), -233.0)
OWN = """
name = "Own"
function = 4
[registers]
voltage_l1 = {address = 0, type = "f32"}
current_l1 = {address = 6, type = "f32"}
power = {address = 52, type = "f32"}
energy_import = {address = 72, type = "f32", scale = 3}
"""


async def test_meters_of_every_kind_make_one_board(tmp_path: Path) -> None:
    """Two on one serial line, one in the network by a map of its own, one simulated."""
    own = tmp_path / "own.toml"
    own.write_text(OWN)
    wh = {1: 1_000.0, 2: 2_000.0, 3: 3_000.0}
    on_line = [SimulatedMeter(lambda n=n: Measurement(wh[n]), unit=n) for n in (1, 2)]  # type: ignore[misc]  # a default binds it
    alone = SimulatedMeter(lambda: Measurement(wh[3]), unit=9)
    grid = SimulatedMeter(lambda: BACK, unit=3)
    async with on_serial(*on_line) as device, on_tcp(alone) as port, on_tcp(grid, rtu=True) as gate:
        config = parse(f"""
[[evse]]
meter = {{link = "rtu", model = "SDM630", device = "{device}"}}
[[evse]]
meter = {{link = "rtu", model = "SDM630", device = "{device}", unit = 2}}
[[evse]]
phases = 1
meter = {{link = "tcp", map = "{own}", host = "127.0.0.1", port = {port}, unit = 9}}
[[evse]]
meter = {{link = "simulated", model = "EM340"}}
[grid]
kind = "modbus"
poll_s = 2
[grid.meter]
link = "tcp"
model = "SDM630"
host = "127.0.0.1"
port = {gate}
unit = 3
frames = "rtu"
""")
        meters = meters_of(config)
        bench = bench_of(config, HandClock(), meters)
        async with board_of(config, bench, meters) as board:
            told_wh = [(await devices.meter.read()).energy_wh for devices in board.evses]
            assert board.grid is not None
            told = await board.grid.read()

    assert told_wh == [1_000.0, 2_000.0, 3_000.0, 0.0]
    assert told == GridMeasurement((2.0, -3.0, 0.0), (460.0, -693.0, 0.0), (230.0, 231.0, 232.0))
    assert board.grid_poll_s == 2


def _evse(*meters: str, more: str = "") -> str:
    return "".join(f"[[evse]]\nmeter = {{{meter}}}\n{more}\n" for meter in meters)


TCP = 'link = "tcp", host = "gate"'
RTU = 'link = "rtu", device = "/dev/bus"'


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (_evse(TCP), "evse[0].meter: it needs either model or map"),
        (
            _evse(f'{TCP}, model = "SDM630", map = "x"'),
            "evse[0].meter: it needs either model or map",
        ),
        (
            _evse(f'{TCP}, model = "SDM63"'),
            "evse[0].meter.model: there is no 'SDM63', but SDM630",
        ),
        (
            _evse(f'{TCP}, map = "no-such-file.toml"'),
            "evse[0].meter.map: no-such-file.toml: [Errno 2]",
        ),
        (_evse(f'{TCP}, model = "SDM120"'), "evse[0].meter: SDM120 measures 1 of 3 lines"),
        (
            _evse('link = "simulated", model = "SDM120"'),
            "evse[0].meter: SDM120 measures 1 of 3 lines",
        ),
        (
            _evse(f'{TCP}, model = "SDM630"', more="signing_meter = true"),
            "evse[0].meter: only the simulated meter signs",
        ),
        (
            _evse(f'{TCP}, model = "SDM630"', f'{TCP}, model = "EM340"'),
            "evse[1].meter.unit: evse[0].meter has unit 1 on gate port 502 already",
        ),
        (
            _evse(f'{TCP}, model = "SDM630"', f'{TCP}, model = "EM340", unit = 2, frames = "rtu"'),
            "evse[1].meter: gate port 502 is used with tcp frames, not rtu frames",
        ),
        (
            _evse(f'{RTU}, model = "SDM630"', f'{RTU}, model = "ABB B23", unit = 2'),
            "evse[1].meter: /dev/bus is used with 9600 baud N, not 19200 baud E",
        ),
        (
            f'[grid]\nkind = "modbus"\nmeter = {{{TCP}, model = "none"}}',
            "grid.meter.model: there is no 'none', but ABB B21,",
        ),
    ],
)
async def test_a_meter_that_nobody_can_read_is_named(text: str, reason: str) -> None:
    """Where it stands, and what is wrong with it."""
    with pytest.raises(ConfigError) as wrong:
        meters_of(parse(text))

    assert str(wrong.value).startswith(reason)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('"f32"', '"f16"', "Invalid enum value 'f16' - at `registers[...].type`"),
        ("energy_import", "energy_export", "energy_import"),
    ],
)
async def test_a_map_that_cannot_be_used_is_named(
    old: str, new: str, reason: str, tmp_path: Path
) -> None:
    """The error tells the key of the configuration and what the file lacks."""
    own = tmp_path / "own.toml"
    own.write_text(OWN.replace(old, new, 1))
    text = _evse(f'{TCP}, map = "{own}"', more="phases = 1")

    with pytest.raises(ConfigError, match=r"^evse\[0\]\.meter") as wrong:
        meters_of(parse(text))

    assert reason in str(wrong.value)


@pytest.mark.parametrize(
    ("meter", "reason"),
    [
        ('link = "udp"', "Invalid value 'udp' - at `evse[0].meter.link`"),
        ('link = "tcp", model = "SDM630"', "missing required field `host` - at `evse[0].meter`"),
        (f'{TCP}, baud = 9600, model = "SDM630"', "unknown field `baud`"),
        (f'{RTU}, parity = "X"', "Invalid enum value 'X' - at `evse[0].meter.parity`"),
    ],
)
def test_a_wrong_table_is_named(meter: str, reason: str) -> None:
    """Each link has keys of its own."""
    with pytest.raises(ConfigError) as wrong:
        parse(_evse(meter))

    assert reason in str(wrong.value)


async def test_the_leds_of_a_socket_are_its_light() -> None:
    """Where they are named; the other socket's is simulated."""
    config = parse('[[evse]]\nleds = ["red", "green", "blue"]\n[[evse]]\n')
    meters = meters_of(config)
    async with board_of(config, bench_of(config, HandClock(), meters), meters) as board:
        assert [type(devices.lamp) for devices in board.evses] == [KernelLamp, type(None)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", SimulatedDisplay),
        ('framebuffer = "/dev/fb7"', Framebuffer),
        ('display = "none"', type(None)),
    ],
)
async def test_the_display_is_the_one_that_is_built_in(text: str, kind: type) -> None:
    """It is simulated unless its file is named, and there may be none."""
    config = parse(f"[station]\n{text}\n")
    meters = meters_of(config)
    async with board_of(config, bench_of(config, HandClock(), meters), meters) as board:
        assert isinstance(board.display, kind)
