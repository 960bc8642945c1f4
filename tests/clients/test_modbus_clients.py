"""Energy managers that others wrote read and steer a whole station, unmodified."""

from __future__ import annotations

import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from laadpaal import VERSION
from laadpaal.properties.energy_manager import ALLOWED, OF_STATION, STEERS
from laadpaal.runtime.clock import RealClock
from laadpaal.runtime.config import Config, StationTable
from laadpaal.runtime.slave_table import ModbusSlaveTable
from tests.clients.environment import OLDER, needs, says
from tests.runtime.stage import Stage, staged

SETTINGS: dict[str, str | int | float | bool] = {
    ALLOWED.id: STEERS,
    OF_STATION.id: True,
    "2068_1": 7,
}


@asynccontextmanager
async def managed(folder: Path) -> AsyncIterator[Stage]:
    """Run a station that an energy manager steers."""
    config = Config(
        folder=str(folder),
        api=None,
        modbus_slave=ModbusSlaveTable(port=0),
        station=StationTable(switches_phases=True),
        settings=SETTINGS,
    )
    async with staged(config, RealClock(1.0)) as stage:
        yield stage


@needs("alfen_eve_modbus_tcp")
async def test_alfen_eve_modbus_tcp(tmp_path: Path) -> None:
    """It reads every register, finds its current in force, and changes the lines."""
    async with managed(tmp_path / "station") as stage:
        said = await says("eve_says.py", str(stage.station.modbus))
        view = stage.running.view()

    first, second = said["first"], said["second"]
    assert first["c_name"] == "Laadpaal Duo"
    assert first["c_firmware_version"] == VERSION
    assert first["modbus_slave_max_current"] == 7.0
    assert first["modbus_slave_max_current_valid_time"] == 0
    assert first["charge_using_1_or_3_phases"] == 3
    assert first["mode_3_state"] == said["status"] == "A"
    assert first["meter_state"] == 3
    assert 200 < first["voltage_phase_L1N"] < 260
    assert math.isnan(first["real_power_phase_L1"])
    assert said["set"] is True
    assert said["switched"] is True
    assert 50 <= said["left_s"] <= 60
    assert second["modbus_slave_max_current"] == 9.5
    assert second["actual_applied_max_current"] == 9.5
    assert second["modbus_slave_received_setpoint_accounted_for"] == 1
    assert said["phases"] == 1
    assert (view.evses[0].limit_a, view.evses[0].because) == (9.5, "set point")
    assert view.evses[0].lines.because == "energy manager"


@needs("alfenchargestation", OLDER)
async def test_alfencharger(tmp_path: Path) -> None:
    """It connects anew for each deed, and what it reads is what it has set."""
    async with managed(tmp_path / "station") as stage:
        said = await says("charger_says.py", str(stage.station.modbus), at=OLDER)
        view = stage.running.view()

    assert said["name"] == "Laadpaal Duo"
    assert said["manufacturer"] == "Laadpaal"
    assert said["stationserialnumber"] == "LP000001"
    assert said["meterstate"] == 3
    assert said["realenergydelivered_sum"] >= 0
    assert said["scnsockets"] == 2
    assert said["scnactualmaxcurrentphasel1"] == 15
    assert said["scnactualmaxcurrentphasel3"] == 13.5
    assert said["scnsafemaxcurrent"] == 16
    assert said["scnmodbusslavemaxcurrentenabled"] == 1
    points = view.set_points
    assert points.evses[0].limit_a == 20
    assert [point.limit_a for point in points.lines] == [15, 14, 13.5]
    assert view.evses[0].because == "set point"
    assert view.evses[0].lines.wanted == 1


def test_what_is_not_installed_is_skipped_with_a_reason() -> None:
    """By name, so that nobody takes it for shown."""
    mark = needs("no_such_client").mark

    assert mark.args == (True,)
    assert mark.kwargs == {"reason": "no_such_client is not installed; see scripts/clients"}
    assert pytest.mark.skipif.name == mark.name
