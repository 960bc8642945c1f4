"""Every card reader keeps the promises of its port."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from laadpaal.drivers.input_line import InputLine
from laadpaal.drivers.line_reader import Line, LineReader
from laadpaal.drivers.pcsc import PcscReader
from laadpaal.drivers.pn532 import over_serial
from laadpaal.drivers.serial_line import SerialLine
from laadpaal.drivers.tags import Habits
from laadpaal.protocols.tags import Form
from laadpaal.simulation.keyboard import SimulatedKeyboard
from laadpaal.simulation.line_reader import SimulatedLineReader
from laadpaal.simulation.pn532 import Pn532Trouble, SimulatedPn532, on_pty
from laadpaal.simulation.reader import SimulatedReader
from laadpaal.station.words import Token
from tests.contracts.card_reader import Connected, Make, check_card_reader
from tests.support.jumping import jump_on_lines
from tests.support.smart_cards import SmartReader, installed

LOG = logging.getLogger("test.card_readers")


@asynccontextmanager
async def simulated() -> AsyncIterator[Connected]:
    """Have the simulated reader, which needs no driver."""
    reader = SimulatedReader()

    def hold(uid: bytes) -> None:
        reader.present(Token(uid.hex().upper()))

    yield Connected(reader, hold, lambda: None, reader.unplug, reader.plug)


def pn532(trouble: Pn532Trouble | None = None) -> Make:
    """Connect the driver to a chip on a pseudo-terminal, with a trouble it has to cope with."""

    @asynccontextmanager
    async def make() -> AsyncIterator[Connected]:
        chip = SimulatedPn532()
        if trouble:
            chip.misbehave(trouble)
        with on_pty(chip) as device:
            reader = over_serial(device, Habits())
            yield Connected(reader, chip.hold, chip.take, chip.unplug, chip.plug)
            await reader.close()

    return make


@asynccontextmanager
async def writing(
    it: SimulatedLineReader | SimulatedKeyboard, line: Line
) -> AsyncIterator[Connected]:
    """Connect the driver to a reader that writes a held card three times."""
    it.plug()
    reader = LineReader(line, Form.HEX, Habits(), LOG)

    def hold(uid: bytes) -> None:
        for _ in range(3):
            it.tell(uid)

    yield Connected(reader, hold, lambda: None, it.unplug, it.plug)
    await reader.close()
    it.unplug()


@asynccontextmanager
async def line() -> AsyncIterator[Connected]:
    """Connect the driver to a reader that writes a held card three times."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "reader"
        async with writing(SimulatedLineReader(path), SerialLine(str(path), 9600)) as connected:
            yield connected


@asynccontextmanager
async def keyboard() -> AsyncIterator[Connected]:
    """Connect the driver to a reader that types a held card three times."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "event0"
        async with writing(SimulatedKeyboard(path), InputLine(str(path))) as connected:
            yield connected


@asynccontextmanager
async def smart_card() -> AsyncIterator[Connected]:
    """Connect the driver to the border of its library, which is not here."""
    smart = SmartReader()
    with pytest.MonkeyPatch.context() as patch:
        cards = installed(patch, smart)
        reader = PcscReader("Maker", Habits())

        def hold(uid: bytes) -> None:
            smart.uid = uid

        def take() -> None:
            smart.uid = b""

        def plug() -> None:
            cards.readers.append(smart)

        yield Connected(reader, hold, take, cards.readers.clear, plug)
        await reader.close()


@pytest.mark.parametrize(
    "make",
    [simulated, pn532(), pn532(Pn532Trouble.NOISE), line, keyboard, smart_card],
    ids=["simulated", "pn532", "noisy pn532", "line", "keyboard", "pcsc"],
)
def test_contract(make: Make) -> None:
    """It reads, tells each card once, is lost, comes back and lets go."""
    jump_on_lines(check_card_reader(make))
