"""A configuration names card readers, and the station reads them."""

from __future__ import annotations

import logging

import pytest

from laadpaal.drivers.line_reader import LineReader
from laadpaal.drivers.pn532 import Pn532Reader
from laadpaal.properties.readers import SCAN_INTERVAL, TAG_DELAY
from laadpaal.properties.values import Values
from laadpaal.runtime.config import Config, ConfigError, parse
from laadpaal.runtime.readers import readers_of
from laadpaal.simulation.bench import PRESENTABLE, SimulatedBench
from laadpaal.station.choices import absent
from laadpaal.station.words import TokenKind
from tests.simulation.clock import HandClock

LOG = logging.getLogger("test.readers")
CHIP = 'driver = "pn532"\ndevice = "simulated"\n'


def config_of(*tables: str) -> Config:
    """Return the configuration with these readers."""
    return parse("".join(f"[[reader]]\n{table}\n" for table in tables))


def test_every_kind_of_reader() -> None:
    """A driver reads each, for all EVSEs or for one; what is not there yet is not opened."""
    config = config_of(
        'driver = "pn532"\ndevice = "/dev/none"',
        'driver = "line"\ndevice = "/dev/none1"\nevse = 1\nformat = "decimal"\nbaud = 4800',
        'driver = "simulated"\nevse = 2',
    )
    with readers_of(config.reader, SimulatedBench(HandClock()), Values, LOG) as readers:
        assert {number: type(reader) for number, reader in readers.items()} == {
            0: Pn532Reader,
            1: LineReader,
        }


def test_without_a_table_there_is_a_simulated_one() -> None:
    """It gives what keys and buttons give, too, and an empty list is no reader at all."""
    assert parse("").layout().presentable == PRESENTABLE
    assert parse("reader = []").layout().presentable == ()


@pytest.mark.parametrize(
    ("table", "kinds", "scans", "repeats"),
    [
        (CHIP, (TokenKind.ISO14443,), True, True),
        (
            'driver = "line"\ndevice = "/dev/x"',
            (TokenKind.ISO14443, TokenKind.ISO15693),
            False,
            True,
        ),
        ('driver = "simulated"', PRESENTABLE, False, False),
    ],
)
def test_what_a_station_has_follows_from_its_readers(
    table: str,
    kinds: tuple[TokenKind, ...],
    scans: bool,  # noqa: FBT001  a table
    repeats: bool,  # noqa: FBT001  likewise
) -> None:
    """Kinds of tokens, and the settings that mean something to it."""
    layout = config_of(table).layout()

    assert layout.presentable == kinds
    assert absent(SCAN_INTERVAL.id, layout) is not scans
    assert absent(TAG_DELAY.id, layout) is not repeats


@pytest.mark.parametrize(
    ("tables", "why"),
    [
        (["evse = 1"], "driver"),
        (['driver = "rfid"'], "rfid"),
        (['driver = "pn532"'], "device"),
        (['driver = "pn532"\ndevice = ""'], "device"),
        (['driver = "pn532"\ndevice = "/dev/x"\nformat = "hex"'], "format"),
        (['driver = "line"\ndevice = "/dev/x"\nformat = "octal"'], "format"),
        (['driver = "line"\ndevice = "/dev/x"\nbaud = 5'], "baud"),
        (['driver = "line"\ndevice = "/dev/x"\nbyte_order = "mixed"'], "byte_order"),
        (['driver = "simulated"\nevse = -1'], "evse"),
        (['driver = "simulated"\nevse = 3'], r"reader\[0\]\.evse: there is no EVSE 3"),
        (['driver = "simulated"', CHIP], r"reader\[1\]\.evse: reader\[0\] serves 0 already"),
        (
            [
                'driver = "line"\ndevice = "/dev/x"',
                'driver = "pn532"\ndevice = "/dev/x"\nevse = 1',
            ],
            r"reader\[1\]\.device: reader\[0\] is there already",
        ),
    ],
)
def test_readers_that_cannot_be(tables: list[str], why: str) -> None:
    """The key is named, and the reason."""
    with pytest.raises(ConfigError, match=why):
        config_of(*tables)


def test_two_simulated_chips_are_two_devices() -> None:
    """Each has a line of its own."""
    config = config_of(CHIP + "evse = 1", CHIP + "evse = 2")

    assert [table.evse for table in config.reader] == [1, 2]
