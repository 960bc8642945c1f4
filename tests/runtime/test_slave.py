"""A configuration lets energy managers in, and a whole station answers them."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from laadpaal.properties.energy_manager import ALLOWED, STEERS, VALIDITY
from laadpaal.runtime.assembly import assembled
from laadpaal.runtime.clock import RealClock
from laadpaal.runtime.config import Config, ConfigError, parse
from laadpaal.runtime.slave_table import ModbusSlaveTable
from laadpaal.station.requests import Reset
from laadpaal.station.words import ResetKind
from tests.modbus_slave.desk import HOST, ManagedDesk, amps, reading, writing
from tests.modbus_slave.desk import Hall as Masters
from tests.runtime.stage import logged, logger, staged

SPEED = 60.0


def managed(folder: Path) -> Config:
    """Return a station that an energy manager steers."""
    settings: dict[str, str | int | float | bool] = {
        ALLOWED.id: STEERS,
        VALIDITY.id: 3600,
        "2068_1": 7,
    }
    table = ModbusSlaveTable(port=0)
    return Config(folder=str(folder), api=None, modbus_slave=table, settings=settings)


async def test_a_whole_station_is_steered(tmp_path: Path) -> None:
    """What is set is offered, shown and logged once, and after a restart it is gone."""
    config = managed(tmp_path / "station")
    async with staged(config, RealClock(SPEED)) as stage:
        assert stage.station.modbus is not None
        masters = Masters(ManagedDesk(), stage.station.modbus)
        master = await masters.master()
        assert (await master.ask(1, reading(1206, 2)))[2:] == amps(7)
        for _ in range(2):
            assert await master.ask(1, writing(1210, amps(9.5))) == bytes.fromhex("10 04ba 0002")
        assert (await master.ask(1, reading(1206, 2)))[2:] == amps(9.5)
        assert stage.running.view().evses[0].because == "set point"
        assert "the energy manager allows 9.5 A" in stage.running.why(1).current
        before = await uptime_ms(masters)
        await stage.running.ask(Reset(ResetKind.HARD))
        await stage.life(2)
        assert (await master.ask(1, reading(1210, 2)))[2:] == amps(7)
        assert await uptime_ms(masters) < before + 60_000
        masters.close()
    lines = logged(config)
    assert sum("SetPointChanged evse=1 line=0 limit_a=9.5" in line for line in lines) == 1


async def uptime_ms(masters: Masters) -> int:
    """Return how long the station says it has been running."""
    master = await masters.master()
    answer = await master.ask(200, reading(174, 4))
    master.leave()
    return int.from_bytes(answer[2:], "big")


async def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    """By the name of the table, before the station lives."""
    with socket.create_server((HOST, 0)) as taken:
        port = taken.getsockname()[1]
        config = Config(
            folder=str(tmp_path / "it"), api=None, modbus_slave=ModbusSlaveTable(port=port)
        )
        with pytest.raises(ExceptionGroup) as refused:
            await staged(config).__aenter__()

    told = f"modbus_slave: cannot listen on {HOST} port {port}: .*in use"
    assert refused.group_contains(ConfigError, match=told, depth=None)


async def test_without_the_table_nobody_is_heard(tmp_path: Path) -> None:
    """And the layout says that nobody can be there."""
    config = Config(folder=str(tmp_path / "it"), api=None)
    async with assembled(config, RealClock(), logger(tmp_path / "it")) as station:
        assert station.modbus is None
        assert not station.running.layout.manager


def test_the_table_is_checked() -> None:
    """Its defaults are the protocol's port and the loopback."""
    assert parse("[modbus_slave]\n").modbus_slave == ModbusSlaveTable(host="127.0.0.1", port=502)
    assert parse("[modbus_slave]\n").layout().manager
    with pytest.raises(ConfigError, match=r"modbus_slave\.port"):
        parse("[modbus_slave]\nport = 70000\n")
    with pytest.raises(ConfigError, match="unit"):
        parse("[modbus_slave]\nunit = 1\n")
