"""Every modem keeps the promises of its port."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from laadpaal.drivers.modem import AtModem
from laadpaal.drivers.serial_line import SerialLine
from laadpaal.ports.modem import Modem
from laadpaal.simulation.modem import (
    SimulatedKey,
    SimulatedLink,
    SimulatedModem,
    on_terminals,
)
from tests.contracts.modem import Make, check_modem
from tests.support.jumping import SocketLoop
from tests.support.modem_line import MemoryLine

LOG = logging.getLogger("test.modem")
BAUD = 115_200


@asynccontextmanager
async def in_memory(simulated: SimulatedModem) -> AsyncIterator[Modem]:
    """Connect the driver without any line, at a modem whose power can be cut."""
    key = SimulatedKey(simulated)
    yield AtModem(MemoryLine(simulated), SimulatedLink(simulated), LOG, key=key)


@asynccontextmanager
async def on_one_terminal(simulated: SimulatedModem) -> AsyncIterator[Modem]:
    """Connect the driver over one pseudo-terminal, which carries commands and data in turn."""
    with on_terminals(simulated) as (data, _):
        modem = AtModem(SerialLine(data, BAUD), SimulatedLink(simulated), LOG)
        yield modem
        await modem.release()


@asynccontextmanager
async def on_two_terminals(simulated: SimulatedModem) -> AsyncIterator[Modem]:
    """Connect it over two, one of which stays free for commands."""
    with on_terminals(simulated) as (data, control):
        link, commands = SimulatedLink(simulated), SerialLine(control, BAUD)
        modem = AtModem(SerialLine(data, BAUD), link, LOG, control=commands)
        yield modem
        await modem.release()


@pytest.mark.parametrize("make", [in_memory, on_one_terminal, on_two_terminals])
def test_contract(make: Make) -> None:
    """It attaches, is lost, spares the PIN, starts anew and lets go."""
    with asyncio.Runner(loop_factory=SocketLoop) as runner:
        runner.run(check_modem(make))
