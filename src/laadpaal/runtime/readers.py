"""The place where the configuration becomes card readers: simulated ones, and drivers on lines."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import assert_never

from laadpaal.drivers import pcsc, pn532
from laadpaal.drivers.input_line import InputLine
from laadpaal.drivers.line_reader import LineReader
from laadpaal.drivers.serial_line import SerialLine
from laadpaal.drivers.tags import Habits
from laadpaal.ports.devices import CardReader
from laadpaal.properties.readers import SCAN_INTERVAL, TAG_DELAY
from laadpaal.properties.values import Values
from laadpaal.runtime.config import ConfigError
from laadpaal.runtime.reader_tables import (
    AnyReaderTable,
    KeyboardReaderTable,
    LineReaderTable,
    PcscReaderTable,
    Pn532ReaderTable,
    ReaderTable,
    SimulatedReaderTable,
)
from laadpaal.simulation.bench import SimulatedBench
from laadpaal.simulation.pn532 import on_pty

GetValues = Callable[[], Values]


@contextmanager
def readers_of(
    tables: tuple[AnyReaderTable, ...],
    bench: SimulatedBench,
    values: GetValues,
    log: logging.Logger,
) -> Iterator[dict[int, CardReader]]:
    """Yield the readers that a driver reads, by the EVSE they serve, as long as the block lasts.

    Nothing is opened before it is used; the others are the bench's.
    """
    with ExitStack() as stack:
        found: dict[int, CardReader] = {}
        for table in tables:
            match table:
                case SimulatedReaderTable():
                    continue
                case Pn532ReaderTable():
                    device = table.device
                    if table.simulated:
                        device = stack.enter_context(on_pty(bench.chips[table.evse]))
                    found[table.evse] = pn532.over_serial(
                        device, _habits(table, values), table.baud
                    )
                case LineReaderTable():
                    line = SerialLine(table.device, table.baud)
                    found[table.evse] = LineReader(line, table.form, _habits(table, values), log)
                case KeyboardReaderTable():
                    keys = InputLine(table.device)
                    found[table.evse] = LineReader(keys, table.form, _habits(table, values), log)
                case PcscReaderTable():
                    found[table.evse] = pcsc.PcscReader(table.device, _habits(table, values))
                case _:
                    assert_never(table)
        yield found


def check_readers(tables: Sequence[AnyReaderTable]) -> None:
    """Raise ConfigError where a driver needs what is not installed."""
    for number, table in enumerate(tables):
        if isinstance(table, PcscReaderTable) and not pcsc.there():
            raise ConfigError(
                f"reader[{number}].driver: pcsc needs pyscard; install {pcsc.EXTRA} for it"
            )


def _habits(table: ReaderTable, values: GetValues) -> Habits:
    return Habits(
        table.order,
        scan_s=lambda: values()[SCAN_INTERVAL] / 1000,
        delay_s=lambda: values()[TAG_DELAY] / 1000,
    )
