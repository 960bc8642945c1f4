"""The place where a configuration becomes Modbus meters, on lines that they may share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from laadpaal.drivers import modbus_line
from laadpaal.drivers.modbus_grid import ModbusGridMeter
from laadpaal.drivers.modbus_line import ModbusLine
from laadpaal.drivers.modbus_meter import ModbusMeter
from laadpaal.ports.devices import EnergyMeter, GridMeter
from laadpaal.protocols.modbus.models import MODELS
from laadpaal.protocols.modbus.own_map import MapError, parse
from laadpaal.protocols.modbus.registers import Model, Q
from laadpaal.runtime.config import (
    Config,
    ConfigError,
    EvseTable,
    P1GridTable,
    RtuMeterTable,
    SimulatedGridTable,
    SimulatedMeterTable,
    TcpMeterTable,
)
from laadpaal.runtime.smart_meter import p1_meter_of

LineTable = TcpMeterTable | RtuMeterTable


@dataclass(frozen=True, slots=True)
class Meters:
    """The meters that the configuration names.

    Args:
        evses: By the number of their EVSE; the others are simulated.
        simulated: Models of those.
        grid: Where the house meets the grid.
        grid_poll_s: Seconds from one of its readings to the next.
    """

    evses: Mapping[int, EnergyMeter]
    simulated: Mapping[int, Model]
    grid: GridMeter | None = None
    grid_poll_s: float = 0.0

    async def close(self) -> None:
        """Let all lines go."""
        for meter in self.evses.values():
            await meter.close()
        if self.grid:
            await self.grid.close()


def meters_of(config: Config) -> Meters:
    """Return the meters, not connected yet; raises ConfigError for one that nobody can read."""
    lines, evses, simulated = _Lines(), dict[int, EnergyMeter](), dict[int, Model]()
    for number, part in enumerate(config.evse, 1):
        place = f"evse[{number - 1}].meter"
        if isinstance(part.meter, SimulatedMeterTable):
            model = simulated[number] = _known(part.meter.model, place)
        else:
            model = _model(part.meter, place)
            _check_real(part, model, place)
            line, unit = lines.join(part.meter, model, place)
            evses[number] = ModbusMeter(line, model.map, unit)
        if model.lines < part.phases:
            raise ConfigError(
                f"{place}: {model.name} measures {model.lines} of {part.phases} lines"
            )
    if config.grid is None or isinstance(config.grid, SimulatedGridTable):
        return Meters(evses, simulated)
    if isinstance(config.grid, P1GridTable):
        return Meters(evses, simulated, p1_meter_of(config.grid))
    place = "grid.meter"
    model = _model(config.grid.meter, place)
    line, unit = lines.join(config.grid.meter, model, place)
    return Meters(evses, simulated, ModbusGridMeter(line, model.map, unit), config.grid.poll_s)


def _model(table: LineTable, place: str) -> Model:
    """Return the meter that a table names by its model or describes in a file."""
    if bool(table.model) == bool(table.map):
        raise ConfigError(f"{place}: it needs either model or map")
    if table.model:
        return _known(table.model, place)
    try:
        return parse(Path(table.map).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, MapError) as wrong:
        raise ConfigError(f"{place}.map: {table.map}: {wrong}") from wrong


def _known(name: str, place: str) -> Model:
    if model := MODELS.get(name):
        return model
    near = get_close_matches(name, MODELS) or sorted(MODELS)
    raise ConfigError(f"{place}.model: there is no {name!r}, but {', '.join(near)}")


def _check_real(part: EvseTable, model: Model, place: str) -> None:
    """Raise ConfigError when the meter cannot tell what the EVSE has to."""
    if Q.IMPORTED not in model.map.registers:
        raise ConfigError(f"{place}: {model.name} has no {Q.IMPORTED.value}")
    if part.signing_meter:
        raise ConfigError(f"{place}: only the simulated meter signs what it says")


@dataclass(frozen=True, slots=True)
class _Use:
    """How a line is used, which all who share it must want alike."""

    frames: str
    baud: int = 0
    parity: str = ""

    def __str__(self) -> str:
        return f"{self.baud} baud {self.parity}" if self.baud else f"{self.frames} frames"


class _Lines:
    """The lines there are; meters with the same one share it."""

    def __init__(self) -> None:
        self._lines: dict[str, ModbusLine] = {}
        self._uses: dict[str, _Use] = {}
        self._taken: dict[tuple[str, int], str] = {}

    def join(self, table: LineTable, model: Model, place: str) -> tuple[ModbusLine, int]:
        """Return the line of a meter, and its address there; raises ConfigError."""
        name, unit, use = _name(table), table.unit or model.unit, _use(table, model)
        if other := self._taken.get((name, unit)):
            raise ConfigError(f"{place}.unit: {other} has unit {unit} on {name} already")
        self._taken[name, unit] = place
        if name not in self._lines:
            self._lines[name], self._uses[name] = _line(table, use), use
        if self._uses[name] != use:
            raise ConfigError(f"{place}: {name} is used with {self._uses[name]}, not {use}")
        return self._lines[name], unit


def _name(table: LineTable) -> str:
    return f"{table.host} port {table.port}" if isinstance(table, TcpMeterTable) else table.device


def _use(table: LineTable, model: Model) -> _Use:
    if isinstance(table, TcpMeterTable):
        return _Use(table.frames)
    return _Use("rtu", table.baud or model.baud, table.parity or model.parity)


def _line(table: LineTable, use: _Use) -> ModbusLine:
    if isinstance(table, TcpMeterTable):
        return modbus_line.on_tcp(table.host, table.port, rtu=use.frames == "rtu")
    return modbus_line.on_serial(table.device, use.baud, use.parity)
