"""`generic`: what the station is, how much it may take, who may charge, and where it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from laadpaal.local_api.objects import (
    addresses,
    identity,
    limits,
    modem,
    networks,
    phases,
    set_points,
    update,
    use,
)
from laadpaal.local_api.objects.codes import Code, Value
from laadpaal.local_api.objects.foreign import PROTOCOL, SPOKEN
from laadpaal.local_api.objects.licence import features
from laadpaal.local_api.objects.row import (
    FLAG,
    NOT,
    Category,
    Form,
    Row,
    Seen,
    SetClock,
    Wish,
    choice,
)
from laadpaal.properties import authorization as auth
from laadpaal.properties import balancing, charging, comms, metering, panel, protection, readers
from laadpaal.properties import connectivity as ways
from laadpaal.properties import transactions as tx
from laadpaal.station.layout import Layout
from laadpaal.station.mode3 import SIMPLE_A

_GENERIC = Category("generic")
_stored, _told, _fixed = _GENERIC.stored, _GENERIC.told, _GENERIC.fixed
_STATION, _HOUSE = 1, 2
_EARLIEST, _LATEST = 1_735_689_600.0, 4_102_444_800.0
"""The years 2025 and 2100: what is outside is no time of day."""


def rows(layout: Layout) -> Iterator[Row]:
    """Yield the objects of this category."""
    yield from identity.rows(layout)
    yield from _clock()
    yield from use.rows(layout)
    yield from _supply(layout)
    yield from addresses.rows(layout)
    yield from networks.addresses(layout)
    yield from _talk()
    yield from _metering()
    yield from _cards()
    yield from _sockets(layout)
    yield from _licence(layout)
    yield update.row()
    if layout.modem:
        yield from modem.rows()


def _clock() -> Iterator[Row]:
    yield Row(
        "2059_0",
        Code.UNSIGNED64,
        _GENERIC.name,
        "What the station's clock tells, in milliseconds of UTC.",
        lambda it: it.machine.utc() * 1000,
        write=_set_clock,
    )
    yield _stored("205D_0", Code.STRING, panel.LANGUAGE, length=9)
    help_ = "Whether the light fades by itself: 0, for it does not."
    yield _fixed("2061_1", Code.UNSIGNED8, help_, 0, 90)
    yield _stored("2061_2", Code.UNSIGNED8, panel.LIGHT_INTENSITY, length=180)


def _set_clock(_seen: Seen, value: Value) -> Iterable[Wish]:
    utc = int(value) / 1000
    if not _EARLIEST <= utc < _LATEST:
        raise ValueError(f"{value} is no millisecond of this century from 2025 on")
    return (SetClock(utc),)


def _supply(layout: Layout) -> Iterator[Row]:
    """Yield how much may flow, and who else in the house matters."""
    yield _stored("2062_0", Code.REAL32, charging.STATION_MAX)
    yield _balancing(layout)
    yield _stored("2065_1", Code.UNSIGNED8, charging.PROFILES_USED, FLAG)
    yield _stored("2067_0", Code.REAL32, charging.INSTALLATION_MAX)
    yield _stored("2068_0", Code.REAL32, balancing.SAFE_STATION)
    for evse, _ in enumerate(layout.evses[:2], 1):
        yield _stored(f"2068_{evse}", Code.REAL32, balancing.SAFE_EVSE, evse=evse)
    yield phases.order_at_grid()
    yield _stored("206A_0", Code.REAL32, balancing.PROBING)
    yield _stored("206F_0", Code.UNSIGNED8, balancing.GRID_SEES_STATION, FLAG, length=1)
    yield from limits.of_station()
    yield from set_points.rows(layout)


def _balancing(layout: Layout) -> Row:
    """Return what keeps all below a limit: the station always does, the meter at the grid may."""
    help_ = "What keeps all together below a limit: 1 the station, always; 2 the meter at the grid."
    if layout.grid is None:
        return _fixed("2064_0", Code.UNSIGNED8, help_, _STATION, 3)
    form = Form(lambda used: _STATION | _HOUSE * used, _spell_balancing)
    return replace(
        _stored("2064_0", Code.UNSIGNED8, balancing.BALANCES, form, length=3), help=help_
    )


def _spell_balancing(bits: int) -> str:
    """Return whether the meter is to decide; nobody can switch off what the station itself does."""
    if not 0 <= bits <= _STATION | _HOUSE:
        raise ValueError(f"{bits} is not in 0..{_STATION | _HOUSE}")
    return "true" if bits & _HOUSE else "false"


def _talk() -> Iterator[Row]:
    help_ = "Name of the machine where the CSMS is."
    yield _told("2076_0", Code.STRING, help_, lambda it: _host(it.view.network.route.url), 51)
    yield _stored("2077_0", Code.INTEGER8, ways.CONNECTIVITY, length=3)
    yield _fixed("2081_0", Code.STRING, "How the CSMS is talked to.", PROTOCOL, 21)
    help_ = "Version of that protocol."
    yield _told(
        "2082_0", Code.STRING, help_, lambda it: SPOKEN[it.view.network.route.generation], 11
    )
    yield _stored("2085_0", Code.INTEGER32, comms.HEARTBEAT_INTERVAL)
    yield _stored("2086_0", Code.UNSIGNED32, comms.HEARTBEAT_INTERVAL)
    yield _fixed("2093_0", Code.INTEGER8, "Whether the station tells its own status: 1.", 1, 1)
    help_ = "Whether a token that charges twice is stopped: 0, for that is the CSMS's to say."
    yield _fixed("2094_0", Code.INTEGER8, help_, 0)


def _host(url: str) -> str:
    return url.partition("://")[2].partition("/")[0]


def _metering() -> Iterator[Row]:
    yield _stored("2087_0", Code.UNSIGNED32, metering.SAMPLE_INTERVAL)
    help_ = "When meter values are told: 0 at the end, 1 while charging, 2 always."
    yield _told("2088_0", Code.INTEGER8, help_, _told_when, 2)
    help_ = "From when the interval counts: 0, the beginning of the transaction."
    yield _fixed("2089_0", Code.INTEGER8, help_, 0, 1)


def _told_when(seen: Seen) -> int:
    values = seen.values
    if values[metering.ALIGNED_ENABLED] and values[metering.ALIGNED_INTERVAL]:
        return 2
    return int(values[metering.SAMPLED_ENABLED] and values[metering.SAMPLE_INTERVAL] > 0)


def _cards() -> Iterator[Row]:
    """Yield who may charge, with the CSMS in reach and without."""
    yield _stored("2063_0", Code.STRING, auth.PLUG_IDENTIFIER, length=21)
    yield _stored("2095_0", Code.INTEGER8, tx.STOP_ON_INVALID, FLAG, length=1)
    yield _stored("2126_0", Code.INTEGER8, auth.METHOD, choice(*auth.METHODS), length=3)
    yield _stored("2127_0", Code.INTEGER8, auth.OFFLINE_UNKNOWN, FLAG, length=1)
    yield _stored("2139_0", Code.INTEGER16, readers.SCAN_INTERVAL)
    yield _stored("213B_0", Code.INTEGER8, auth.WHITE_LIST_USED, FLAG, length=2)
    yield _stored("213C_0", Code.INTEGER8, auth.PRE_AUTHORIZE, NOT, length=2)
    yield _stored("213D_0", Code.INTEGER8, auth.LOCAL_LIST_ENABLED, FLAG, length=2)
    yield _stored("213E_0", Code.INTEGER8, auth.OFFLINE_KNOWN, FLAG, length=2)
    yield _stored("213F_0", Code.UNSIGNED16, auth.ANSWER_TIMEOUT)
    yield _stored("2140_0", Code.INTEGER16, readers.TAG_DELAY)


def _sockets(layout: Layout) -> Iterator[Row]:
    """Yield what vehicles may do and get."""
    for evse, built in enumerate(layout.evses[:2], 1):
        yield from limits.of_socket(evse)
        if len(built.connectors) > 1:
            yield _stored(f"{evse + 1}173_0", Code.REAL32, charging.DOMESTIC_MAX, evse=evse)
    help_ = "Current of a vehicle that hears no offers."
    yield _fixed("2130_0", Code.REAL32, help_, SIMPLE_A)
    yield _stored("2133_0", Code.INTEGER16, protection.OVERCURRENT_TIME)
    yield _stored("2135_0", Code.INTEGER16, tx.CONNECT_TIMEOUT)
    yield _stored("2137_0", Code.INTEGER8, tx.DISCONNECT_ACTION, choice(*tx.ACTIONS), length=3)
    help_ = "Whether a transaction goes on after a power cut: 0, for it ends."
    yield _fixed("215E_0", Code.UNSIGNED8, help_, 0, 2)
    help_ = "Seconds without power that a transaction outlasts: 0."
    yield _fixed("2169_0", Code.UNSIGNED16, help_, 0, 3_600)
    yield _stored("2168_0", Code.UNSIGNED16, tx.AUTO_STOP, length=65_535)
    yield _stored("2184_0", Code.UNSIGNED16, panel.REPORT_NOT_CHARGING, length=65_535)


def _licence(layout: Layout) -> Iterator[Row]:
    """Yield what is built in; there are no licences."""
    yield _fixed("21A0_0", Code.UNSIGNED64, "Number of the licence: 0, for there is none.", 0)
    yield _fixed("21A1_0", Code.STRING, "Key of the licence: empty, for none is needed.", "", 30)
    yield _fixed("21A2_0", Code.UNSIGNED32, "What is built in, in bits.", int(features(layout)))
