"""A configuration names card readers, and the station reads them."""

from __future__ import annotations

import logging

import pytest

from laadpaal.drivers.line_reader import LineReader
from laadpaal.drivers.pcsc import PcscReader
from laadpaal.drivers.pn532 import Pn532Reader
from laadpaal.properties.readers import SCAN_INTERVAL, TAG_DELAY
from laadpaal.properties.values import Values
from laadpaal.runtime.config import Config, ConfigError, parse
from laadpaal.runtime.readers import check_readers, readers_of
from laadpaal.simulation.bench import PRESENTABLE, SimulatedBench
from laadpaal.station.choices import absent
from laadpaal.station.words import TokenKind
from tests.simulation.clock import HandClock
from tests.support.smart_cards import installed

LOG = logging.getLogger("test.readers")
CARDS = (TokenKind.ISO14443, TokenKind.ISO15693)
CHIP = 'driver = "pn532"\ndevice = "simulated"\n'


def config_of(*tables: str, evses: int = 2) -> Config:
    """Return the configuration with these readers."""
    readers = "".join(f"[[reader]]\n{table}\n" for table in tables)
    return parse(readers + "[[evse]]\n" * evses)


def test_every_kind_of_reader() -> None:
    """A driver reads each, for all EVSEs or for one; what is not there yet is not opened."""
    config = config_of(
        'driver = "pn532"\ndevice = "/dev/none"',
        'driver = "line"\ndevice = "/dev/none1"\nevse = 1\nformat = "decimal"\nbaud = 4800',
        'driver = "simulated"\nevse = 2',
        'driver = "keyboard"\ndevice = "/dev/input/by-id/none"\nevse = 3',
        'driver = "pcsc"\ndevice = "Model"\nevse = 4',
        evses=4,
    )
    with readers_of(config.reader, SimulatedBench(HandClock()), Values, LOG) as readers:
        assert {number: type(reader) for number, reader in readers.items()} == {
            0: Pn532Reader,
            1: LineReader,
            3: LineReader,
            4: PcscReader,
        }


def test_without_a_table_there_is_a_simulated_one() -> None:
    """It gives what keys and buttons give, too, and an empty list is no reader at all."""
    assert parse("").layout().presentable == PRESENTABLE
    assert parse("reader = []").layout().presentable == ()


@pytest.mark.parametrize(
    ("table", "kinds", "scans", "repeats"),
    [
        (CHIP, (TokenKind.ISO14443,), True, True),
        ('driver = "line"\ndevice = "/dev/x"', CARDS, False, True),
        ('driver = "keyboard"\ndevice = "/dev/x"', CARDS, False, True),
        ('driver = "pcsc"\ndevice = "Model"', CARDS, True, True),
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
        (['driver = "keyboard"\ndevice = "/dev/x"\nbaud = 9600'], "baud"),
        (['driver = "pcsc"\ndevice = ""'], "device"),
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


def test_what_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything starts, with the key and what is to be installed."""
    readers = config_of('driver = "simulated"', 'driver = "pcsc"\ndevice = "x"\nevse = 1').reader
    with pytest.raises(ConfigError, match=r"reader\[1\]\.driver: .* install laadpaal\[pcsc\]"):
        check_readers(readers)
    installed(monkeypatch)

    check_readers(readers)


def test_two_simulated_chips_are_two_devices() -> None:
    """Each has a line of its own."""
    config = config_of(CHIP + "evse = 1", CHIP + "evse = 2")

    assert [table.evse for table in config.reader] == [1, 2]
