"""A configuration names the smart meter of the house, and the station reads it."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from laadpaal.drivers.p1 import P1Meter
from laadpaal.protocols.p1 import VARIANTS
from laadpaal.runtime.assembly import assembled
from laadpaal.runtime.clock import RealClock
from laadpaal.runtime.config import Config, ConfigError, P1GridTable, SimulatedGridTable, parse
from laadpaal.runtime.meters import meters_of
from laadpaal.simulation.p1_meter import HOST, SimulatedP1Meter, on_pty, on_tcp
from laadpaal.station.measurement import GridMeasurement

KEY = "000102030405060708090A0B0C0D0E0F"
HOUSE = GridMeasurement((10.0, -5.0, 0.0), (2300.0, -1150.0, 0.0), (230.0, 230.0, 230.0))


def grid(lines: str) -> Config:
    """Return the configuration with these lines of its table."""
    return parse(f'[grid]\nkind = "p1"\n{lines}')


@pytest.mark.parametrize(
    "lines",
    [
        'device = "/dev/ttyUSB0"',
        'version = "be"\nhost = "192.0.2.1"\nport = 23',
        f'version = "lu"\ndevice = "/dev/ttyUSB0"\nkey = "{KEY}"',
        'version = "3.0"\nphases = 1\ndevice = "/dev/ttyUSB0"',
    ],
)
def test_smart_meters_of_every_kind(lines: str) -> None:
    """Device or address, version, key and lines make a driver that speaks by itself."""
    found = meters_of(grid(lines))

    assert isinstance(found.grid, P1Meter)
    assert found.grid_poll_s == 0


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ("", "grid: it needs either device or host"),
        ('device = "/dev/x"\nhost = "192.0.2.1"\nport = 23', "grid: it needs either"),
        ('host = "192.0.2.1"', "grid.port: a host needs one"),
        ('device = "/dev/x"\nport = 23', "grid.port: .* a device has none"),
        ('version = "lu"\ndevice = "/dev/x"', "grid.key: version lu needs one"),
        (f'device = "/dev/x"\nkey = "{KEY}"', "grid.key: .* no other has one"),
        ('version = "lu"\ndevice = "/dev/x"\nkey = "0102"', "grid.key"),
        ('version = "2.2"\ndevice = "/dev/x"', "grid.phases: version 2.2 tells nothing"),
        ('version = "6"\ndevice = "/dev/x"', "grid.version"),
        ('version = "5"\ndevice = "/dev/x"\nbaud = 9600', "baud"),
    ],
)
def test_what_nobody_can_read_is_refused_by_name(lines: str, why: str) -> None:
    """The key and the reason are told before anything starts."""
    with pytest.raises(ConfigError, match=why):
        grid(lines)


def test_every_variant_has_a_name_in_the_file() -> None:
    """What the parser reads can be configured, and nothing else."""
    assert set(get_args(get_type_hints(P1GridTable)["version"])) == set(VARIANTS)


@pytest.mark.parametrize("by_device", [True, False])
async def test_a_station_hears_the_house(by_device: bool, tmp_path: Path) -> None:  # noqa: FBT001  a parameter
    """What the smart meter says is what the station shows."""
    clock = RealClock(100.0)
    meter = SimulatedP1Meter(lambda: HOUSE, clock)
    log = logging.getLogger(f"laadpaal.test.{tmp_path.name}")
    async with asyncio.timeout(30), on_pty(meter) as device, on_tcp(meter) as port:
        table = P1GridTable(device=device) if by_device else P1GridTable(host=HOST, port=port)
        config = Config(api=None, folder=str(tmp_path), grid=table)
        async with assembled(config, clock, log) as station:
            while station.running.view().grid.measurement is None:  # noqa: ASYNC110  a measurement is no notice
                await asyncio.sleep(0)

            assert station.running.view().grid.measurement == HOUSE


async def test_a_simulated_smart_meter_is_read_by_the_real_driver(tmp_path: Path) -> None:
    """It says what the vehicles take, over a real line."""
    clock = RealClock(100.0)
    log = logging.getLogger(f"laadpaal.test.{tmp_path.name}")
    settings: dict[str, str | int | float | bool] = {"2126_1": False}
    config = Config(api=None, folder=str(tmp_path), grid=SimulatedGridTable(), settings=settings)
    async with asyncio.timeout(30), assembled(config, clock, log) as station:
        seen = station.running.view
        while (idle := seen().grid.measurement) is None:  # noqa: ASYNC110  a measurement is no notice
            await asyncio.sleep(0)
        station.bench.plug(1, 32.0)
        while seen().grid.measurement == idle:  # noqa: ASYNC110  likewise
            await asyncio.sleep(0)

    assert idle == GridMeasurement((0.0, 0.0, 0.0), (0.0, 0.0, 0.0), (230.0, 230.0, 230.0))


async def test_a_simulated_house_leaves_the_vehicle_less(tmp_path: Path) -> None:
    """What is switched on in it goes over the wire, and what is left is offered."""
    clock = RealClock(100.0)
    log = logging.getLogger(f"laadpaal.test.{tmp_path.name}")
    house = parse('[grid]\nkind = "simulated"\n[grid.house]\nbase_a = 3\nfuse_a = 25').grid
    settings: dict[str, str | int | float | bool] = {"2126_1": False, "2067_0": 25}
    config = Config(api=None, folder=str(tmp_path), grid=house, settings=settings)
    async with asyncio.timeout(30), assembled(config, clock, log) as station:
        station.bench.plug(1, 32.0)
        seen = station.running.view
        station.bench.house({"extra_a": [9.5, 0, 0]})
        while seen().evses[0].because != "house fuse L1":  # noqa: ASYNC110  a measurement is no notice
            await asyncio.sleep(0)

        assert seen().evses[0].limit_a == pytest.approx(12.0, abs=1.0)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("base_a = -1", "base_a"),
        ("appliances = 101", "appliances"),
        ("sun_a = 201", "sun_a"),
        ("fuse_a = 0", "fuse_a"),
        ("pool = 1", "pool"),
    ],
)
def test_a_house_that_cannot_be_is_refused_by_name(line: str, why: str) -> None:
    """Before anything starts."""
    with pytest.raises(ConfigError, match=f"grid.house.*{why}|{why}.*grid.house"):
        parse(f'[grid]\nkind = "simulated"\n[grid.house]\n{line}')


def test_a_simulated_smart_meter_needs_no_key() -> None:
    """What is not simulated in a station is refused by name."""
    with pytest.raises(ConfigError, match=r"grid\.version"):
        parse('[grid]\nkind = "simulated"\nversion = "lu"')
