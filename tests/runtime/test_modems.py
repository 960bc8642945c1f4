"""What the configuration says of a modem, and what becomes of it."""

from __future__ import annotations

import logging

import pytest

from laadpaal.drivers.modem import AtModem
from laadpaal.properties import connectivity
from laadpaal.properties.kinds import Hidden
from laadpaal.runtime.config import ConfigError, ModemTable, parse, settings_of
from laadpaal.runtime.modems import plugged

LOG = logging.getLogger("test.modems")


def test_a_modem_opens_more_ways() -> None:
    """Without one there is a wire only."""
    config = parse('[modem]\nkind = "at"\ndevice = "/dev/ttyUSB0"\n')

    assert config.layout().interfaces == ("Wired0", "Wireless0", "Any")
    assert config.layout().modem
    assert parse("").layout().interfaces == ("Wired0",)
    assert not parse("").layout().modem


def test_what_opens_the_network_becomes_settings() -> None:
    """Which the CSMS may change, and which are secret where they should be."""
    text = '[modem]\napn = "m2m.example"\nuser = "anna"\npassword = "welcome"\npin = "1234"\n'
    values = settings_of(parse(text))

    assert values[connectivity.APN] == "m2m.example"
    assert values[connectivity.APN_USER] == "anna"
    assert values[connectivity.APN_PASSWORD] == Hidden("welcome")
    assert values[connectivity.PIN] == Hidden("1234")
    assert list(settings_of(parse("[modem]\n")).items()) == []


@pytest.mark.parametrize(
    ("lines", "wrong"),
    [
        ('kind = "at"', "modem.device: a modem of the kind at needs the name of its line"),
        ('pin = "12"', "modem.pin: 2 characters are not in 4..8"),
        ('pin = "abcd"', "modem.pin: there is something else in it than digits"),
        ("apn = '" + "x" * 32 + "'", "modem.apn: 32 characters are not in 0..31"),
        ("baud = 5", "modem.baud"),
        ('kind = "fax"', "modem.kind"),
    ],
)
def test_a_modem_that_cannot_be_is_refused(lines: str, wrong: str) -> None:
    """With the key and the reason, and no secret."""
    with pytest.raises(ConfigError) as refused:
        parse(f"[modem]\n{lines}\n")

    assert wrong in str(refused.value)
    assert "abcd" not in str(refused.value)


async def test_a_modem_is_simulated_unless_a_driver_is_named() -> None:
    """The simulated one has a SIM with the PIN that is configured."""
    with plugged(ModemTable(pin="4321"), LOG, lambda: 0.1) as simulated:
        assert simulated.simulated
        assert simulated.simulated.air.pin == "4321"
        assert simulated.modem
        assert simulated.modem.switched
    table = ModemTable(kind="at", device="/dev/ttyUSB0", control="/dev/ttyUSB1")
    with plugged(table, LOG, lambda: 0.1) as real:
        assert real.simulated is None
        assert isinstance(real.modem, AtModem)
        assert not real.modem.switched
    keyed = ModemTable(kind="at", device="/dev/ttyUSB0", power_key="/sys/class/gpio/gpio4/value")
    with plugged(keyed, LOG, lambda: 0.1) as real:
        assert real.modem
        assert real.modem.switched
