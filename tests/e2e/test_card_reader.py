"""An assembled station reads cards with real drivers on pseudo-terminals."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from msgspec.structs import replace

from laadpaal.ports.bench import BenchError
from laadpaal.properties.authorization import OFFLINE_UNKNOWN
from laadpaal.properties.readers import TAG_DELAY
from laadpaal.protocols.tags import Form
from laadpaal.runtime.assembly import LOG
from laadpaal.runtime.config import parse
from laadpaal.simulation.line_reader import SimulatedLineReader
from laadpaal.simulation.pn532 import Pn532Trouble
from laadpaal.station.answers import Accepted, Refused
from laadpaal.station.notices import StatusChanged, TransactionEnded, TransactionStarted
from laadpaal.station.requests import WriteSetting
from laadpaal.station.words import NOBODY, By, Token
from tests.runtime.stage import Stage, staged

CARD = "04A1B2C3"
CHIP = 'driver = "pn532"\ndevice = "simulated"\nbyte_order = "reversed"'
READER_FAULT = 109


@asynccontextmanager
async def station(folder: Path, table: str) -> AsyncIterator[Stage]:
    """Run a station with this reader, where any card may charge."""
    config = replace(
        parse(f"[[reader]]\n{table}"),
        folder=str(folder),
        api=None,
        settings={OFFLINE_UNKNOWN.id: True},
    )
    async with staged(config) as stage:
        yield stage


def codes(stage: Stage, evse: int = 0) -> list[int]:
    """Return the error numbers that were told of an EVSE, 0 for the station, in their order."""
    return [notice.code for notice in stage.ear.all(StatusChanged) if notice.evse == evse]


async def test_a_chip_on_a_line_starts_and_stops_a_transaction(tmp_path: Path) -> None:
    """Its number is written as the configuration wants it, and a power cut changes nothing."""
    async with station(tmp_path, CHIP) as stage:
        stage.bench.plug(1, 32.0)
        stage.bench.swipe(CARD, 0)
        await stage.ear.until(lambda: bool(stage.ear.all(TransactionStarted)))
        await stage.running.ask(WriteSetting(TAG_DELAY.id, "0", By.LOCAL))
        stage.bench.swipe(CARD, 0)
        await stage.ear.until(lambda: bool(stage.ear.all(TransactionEnded)))
        await stage.running.cut_power()
        stage.bench.swipe("04112233445566", 0)
        await stage.ear.until(lambda: len(stage.ear.all(TransactionStarted)) > 1)

    started = [notice.token for notice in stage.ear.all(TransactionStarted)]
    assert started == [Token("C3B2A104"), Token("66554433221104")]


async def test_a_chip_that_is_lost_has_its_fault_and_comes_back(tmp_path: Path) -> None:
    """The CSMS can be told of both, the log says why, and cards are read again."""
    async with station(tmp_path, CHIP) as stage:
        chip = stage.bench.chips[0]
        stage.bench.plug(1, 32.0)
        chip.unplug()
        await stage.ear.until(lambda: codes(stage)[-1:] == [READER_FAULT])
        chip.plug()
        await stage.ear.until(lambda: codes(stage)[-1:] == [0])
        stage.bench.swipe(CARD, 0)
        await stage.ear.until(lambda: bool(stage.ear.all(TransactionStarted)))

        assert stage.running.view().faults == frozenset()
    log = (tmp_path / LOG).read_text()
    assert "Card reader 0 is lost: no answer to" in log


@pytest.mark.parametrize("trouble", [Pn532Trouble.NOISE, Pn532Trouble.WRONG_SUM])
async def test_a_chip_with_a_passing_trouble_loses_no_card(
    tmp_path: Path, trouble: Pn532Trouble
) -> None:
    """No fault is told."""
    async with station(tmp_path, CHIP) as stage:
        stage.bench.plug(1, 32.0)
        stage.bench.chips[0].misbehave(trouble, times=2)
        stage.bench.swipe(CARD, 0)
        await stage.ear.until(lambda: bool(stage.ear.all(TransactionStarted)))

        assert READER_FAULT not in codes(stage)


async def test_a_reader_that_writes_lines(tmp_path: Path) -> None:
    """It serves one EVSE only, whatever is plugged in elsewhere; it is lost and comes back."""
    path = tmp_path / "reader"
    reader = SimulatedLineReader(path, Form.DECIMAL)
    reader.plug()
    table = f'driver = "line"\ndevice = "{path}"\nformat = "decimal"\nevse = 2'
    async with station(tmp_path / "data", table) as stage:
        stage.bench.plug(1, 32.0)
        stage.bench.plug(2, 32.0)
        reader.unplug()
        await stage.ear.until(lambda: READER_FAULT in codes(stage, 2))
        reader.plug()
        await stage.ear.until(lambda: codes(stage, 2)[-1:] == [0])
        reader.tell(bytes.fromhex(CARD))
        await stage.ear.until(lambda: bool(stage.ear.all(TransactionStarted)))

        [started] = stage.ear.all(TransactionStarted)
        assert (started.evse, started.token) == (2, Token(CARD))
        with pytest.raises(BenchError, match="there is no reader 0"):
            stage.bench.swipe(CARD, 0)
    reader.unplug()


async def test_the_settings_of_readers_are_those_that_mean_something(tmp_path: Path) -> None:
    """How long a card must be away is asked for each time; a chip gives cards and nothing else."""
    async with station(tmp_path, CHIP) as stage:
        assert await stage.running.ask(WriteSetting(TAG_DELAY.id, "1000", By.LOCAL)) == Accepted()
        with pytest.raises(BenchError, match="reader 0 reads cards only"):
            stage.bench.present(NOBODY, 0)
        with pytest.raises(BenchError, match="has 3 bytes"):
            stage.bench.swipe("040102", 0)
    async with station(tmp_path / "plain", 'driver = "simulated"') as stage:
        answer = await stage.running.ask(WriteSetting(TAG_DELAY.id, "1000", By.LOCAL))
        assert isinstance(answer, Refused)
