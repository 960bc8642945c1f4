"""A wrong configuration is refused with the key and the reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from laadpaal.properties.charging import STATION_MAX
from laadpaal.runtime.config import Config, ConfigError, CsmsTable, load, parse, settings_of
from laadpaal.station.layout import GridLink, Outlet

GOOD = """
speed = 60
[station]
model = "Mono"
[[evse]]
outlet = "cable"
phases = 1
bay_sensor = true
signing_meter = true
[csms]
url = "ws://127.0.0.1:9000/ocpp"
ocpp = "1.6"
[settings]
2062_0 = 16.5
213B_0 = false
"""


def test_a_good_file_is_read() -> None:
    """Tables become the layout, the link and the settings."""
    config = parse(GOOD)

    assert config.csms is not None
    assert (config.csms.ocpp, config.speed) == ("1.6", 60)
    [evse] = config.layout().evses
    assert (evse.phases, evse.connectors[0].outlet) == (1, Outlet.CABLE)
    assert (evse.bay, evse.signs) == (True, True)
    assert settings_of(config)[STATION_MAX] == 16.5


def test_the_network_is_for_https() -> None:
    """Where nobody logs in, nobody from outside comes in; the error says what does it."""
    assert parse('[api]\nhost = "::1"\n').api
    web = parse("[web]\n").web
    assert web
    assert (web.host, web.port, web.announce) == ("0.0.0.0", 443, True)  # noqa: S104  nothing is bound
    with pytest.raises(ConfigError, match=r"api\.host: '0\.0\.0\.0' is not on .* \[web\] serves"):
        parse('[api]\nhost = "0.0.0.0"\n')
    with pytest.raises(ConfigError, match=r"web\.key_file: certificate_file and key_file come"):
        parse('[web]\ncertificate_file = "a"\n')


def test_a_payment_provider() -> None:
    """A real one has an https URL, a simulated one none; without either no card is taken."""
    real = parse('[payment]\nurl = "https://pay.example/v1"\n')
    simulated = parse('[payment]\nkind = "simulated"\n')

    assert real.layout().payment
    assert simulated.layout().payment
    assert not parse("").layout().payment


@pytest.mark.parametrize(
    "text",
    [
        "[payment]",
        '[payment]\nurl = "http://a/"',
        '[payment]\nkind = "simulated"\nurl = "https://a/"',
    ],
)
def test_a_payment_provider_that_cannot_be(text: str) -> None:
    """The key is named."""
    with pytest.raises(ConfigError, match=r"payment\.url"):
        parse(text)


def test_an_evse_with_a_domestic_outlet_beside_its_socket() -> None:
    """Each connector has a table; a domestic outlet has one line, and 16 A unless told."""
    config = parse("""
[station]
display = "small"
switches_phases = true
[[evse]]
[[evse.connector]]
outlet = "cable"
rated_a = 20
[[evse.connector]]
outlet = "domestic"
[[evse]]
[[evse.connector]]
[[evse.connector]]
outlet = "domestic"
rated_a = 10
""")

    left, right = config.layout().evses
    cable, domestic = left.connectors
    assert (cable.outlet, cable.rated_a, cable.phases) == (Outlet.CABLE, 20, 3)
    assert (domestic.outlet, domestic.rated_a, domestic.phases) == (Outlet.DOMESTIC, 16, 1)
    assert [one.rated_a for one in right.connectors] == [32, 10]
    assert [one.lockable for one in right.connectors] == [True, False]
    assert (config.layout().display, config.layout().switches_phases) == ("small", True)


def test_no_file_is_a_station_with_two_sockets() -> None:
    """The defaults make a whole station."""
    assert len(Config().layout().evses) == 2


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("speed = x", "line 1"),
        ("sped = 2", "unknown field `sped`"),
        ("speed = 0", "`speed`"),
        ('speed = "fast"', "`speed`"),
        ("[station]\nmodel = ''", "`station.model`"),
        ("[[evse]]\nphases = 2", "`evse[0].phases`"),
        ("[[evse]]\nrated_a = 100", "`evse[0].rated_a`"),
        (
            "[[evse]]\n[[evse.connector]]\noutlet = 'domestic'",
            "evse[0].connector: a socket or cable",
        ),
        (
            "[[evse]]\n[[evse.connector]]\n[[evse.connector]]",
            "evse[0].connector: a socket or cable, and then one domestic outlet",
        ),
        ("[[evse]]\n" + "[[evse.connector]]\n" * 3, "`evse[0].connector`"),
        (
            "[[evse]]\noutlet = 'cable'\n[[evse.connector]]",
            "evse[0]: outlet and rated_a belong into its connector tables",
        ),
        (
            "[[evse]]\n[[evse.connector]]\n[[evse.connector]]\noutlet='domestic'\nrated_a=20",
            "evse[0].connector[1].rated_a: a domestic outlet is made for 16 A at most",
        ),
        ("[station]\ndisplay = 'huge'", "`station.display`"),
        ("[csms]\nocpp = '1.6'", "missing required field `url`"),
        ("[csms]\nurl = 'http://x'", "csms.url: 'http://x' begins with none of ws://, wss://"),
        (
            "[csms]\nurl = 'ws://x'\nsecure_url = 'ws://y'",
            "csms.secure_url: 'ws://y' does not begin with wss://",
        ),
        ("[settings]\n2711_1 = 'x'", "settings.2711_1: there is no such setting"),
        ("[csms]\nurl = 'ws://x'\nidentity = 'a b'", "`csms.identity`"),
        ("[settings]\nFFFF_0 = 1", "settings.FFFF_0: there is no such setting"),
        ("[settings]\n2189_0 = 2", "settings.2189_0: '2' is not exactly one of 1, 3"),
        ("[settings]\n2189_0 = 3.0", "settings.2189_0: '3.0' is not exactly one of 1, 3"),
        ("[settings]\n2189_0 = true", "settings.2189_0: 'true' is not exactly one of 1, 3"),
        ("[settings]\n2189_0 = '03'", "settings.2189_0: '03' is not exactly one of 1, 3"),
        ("[settings]\n2087_0 = -1", "settings.2087_0: -1 is not in 0..86400"),
    ],
)
def test_a_wrong_file_is_refused(tmp_path: Path, text: str, says: str) -> None:
    """The error names the file, where, and why."""
    path = tmp_path / "station.toml"
    path.write_text(text)

    with pytest.raises(ConfigError) as refused:
        load(path)

    assert str(path) in str(refused.value)
    assert says in str(refused.value)


@pytest.mark.parametrize(
    ("url", "secure_url", "dialled"),
    [
        ("ws://x:80/ocpp", "", "wss://x:80/ocpp"),
        ("wss://x/ocpp", "", "wss://x/ocpp"),
        ("ws://x", "wss://y/z", "wss://y/z"),
    ],
)
def test_there_is_an_address_with_tls(url: str, secure_url: str, dialled: str) -> None:
    """Where none is given, it is the usual one with TLS."""
    assert CsmsTable(url=url, secure_url=secure_url).url_with_tls == dialled


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    """The error names the file."""
    with pytest.raises(ConfigError, match=r"none\.toml"):
        load(tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("table", "link"),
    [
        ("", None),
        ('[grid]\nkind = "simulated"', GridLink.P1),
        ('[grid]\nkind = "p1"\ndevice = "/dev/ttyUSB0"', GridLink.P1),
        (
            '[grid]\nkind = "modbus"\nmeter = {link = "tcp", host = "x", model = "SDM630"}',
            GridLink.MODBUS,
        ),
    ],
)
def test_the_station_knows_how_it_hears_the_grid(table: str, link: GridLink | None) -> None:
    """A smart meter is missed by another error code than one that is asked."""
    assert parse(table).layout().grid is link
