"""The place where the configuration becomes a modem: a simulated one, or a driver on a line."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from laadpaal.drivers.modem import AtModem
from laadpaal.drivers.power_key import FileKey
from laadpaal.drivers.pppd import PppdLink
from laadpaal.drivers.serial_line import SerialLine
from laadpaal.ports.modem import Modem
from laadpaal.runtime.config import ModemTable
from laadpaal.simulation.modem import Air, SimulatedKey, SimulatedLink, SimulatedModem, on_terminals


@dataclass(frozen=True, slots=True)
class Plugged:
    """A modem, if there is any, and the simulated one behind it, if it is no real one."""

    modem: Modem | None = None
    simulated: SimulatedModem | None = None


@contextmanager
def plugged(
    table: ModemTable, log: logging.Logger, gap_s: Callable[[], float]
) -> Iterator[Plugged]:
    """Yield the modem as long as the block lasts; nothing is opened before it is used."""
    if table.kind == "simulated":
        simulated = SimulatedModem(Air(pin=table.pin))
        with on_terminals(simulated) as (data, control):
            line, free = SerialLine(data, table.baud), SerialLine(control, table.baud)
            key, link = SimulatedKey(simulated), SimulatedLink(simulated)
            modem = AtModem(line, link, log, control=free, key=key, gap_s=gap_s)
            yield Plugged(modem, simulated)
        return
    control_line = SerialLine(table.control, table.baud) if table.control else None
    yield Plugged(
        AtModem(
            SerialLine(table.device, table.baud),
            PppdLink(table.device, table.baud, log, table.pppd),
            log,
            control=control_line,
            key=FileKey(table.power_key) if table.power_key else None,
            gap_s=gap_s,
        )
    )
