"""The number of the state an EVSE is in, as the local API and the register map know it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from types import MappingProxyType

from laadpaal.station.display import ScreenState
from laadpaal.station.faults import FAULTS, Stops
from laadpaal.station.layout import EvseLayout
from laadpaal.station.view import EvseView
from laadpaal.station.words import Connection, Status


class MainState(IntEnum):
    """Those of the numbers that this station tells apart."""

    BOOTING = 1
    AVAILABLE = 2
    CABLE = 3
    VEHICLE = 5
    WAIT_VEHICLE = 9
    OFF = 11
    OFF_LOW_CURRENT = 12
    ON = 14
    WAIT_DISCONNECT = 19
    ERROR = 22
    CABLE_NOT_SUPPORTED = 24
    ILLEGAL_PILOT = 25
    TOO_MANY_RESTARTS = 26
    OVER_CURRENT = 28
    S2_NOT_OPENED = 30
    PROTECTIVE_EARTH = 31
    RELAYS = 32
    LOW_SUPPLY = 33
    INTERNAL_VOLTAGE = 34
    POWER_METER = 35
    TEMPERATURE = 36
    INOPERATIVE = 38
    RESERVED = 39
    RESIDUAL_CURRENT = 40
    OFF_SUSPENDED = 42
    LINES_CHANGE = 43
    LOCK = 46
    DOMESTIC_CONNECTED = 47
    DOMESTIC_ON = 49
    DOMESTIC_WAIT_DISCONNECT = 50
    DOMESTIC_SUSPENDED = 51
    DOMESTIC_LOW_CURRENT = 52


_OF_FAULT: Mapping[int, MainState] = MappingProxyType(
    {
        7: MainState.S2_NOT_OPENED,
        101: MainState.RESIDUAL_CURRENT,
        102: MainState.RELAYS,
        103: MainState.LOW_SUPPLY,
        104: MainState.INTERNAL_VOLTAGE,
        105: MainState.POWER_METER,
        107: MainState.LOCK,
        201: MainState.PROTECTIVE_EARTH,
        202: MainState.LOW_SUPPLY,
        211: MainState.LOCK,
        302: MainState.OVER_CURRENT,
        303: MainState.ILLEGAL_PILOT,
        304: MainState.TOO_MANY_RESTARTS,
        401: MainState.TEMPERATURE,
        402: MainState.TEMPERATURE,
        404: MainState.LOCK,
        405: MainState.CABLE_NOT_SUPPORTED,
    }
)
_OF_STATUS: Mapping[Status, MainState] = MappingProxyType(
    {
        Status.AVAILABLE: MainState.AVAILABLE,
        Status.CHARGING: MainState.ON,
        Status.SUSPENDED_EV: MainState.OFF,
        Status.SUSPENDED_EVSE: MainState.OFF_SUSPENDED,
        Status.FINISHING: MainState.WAIT_DISCONNECT,
        Status.RESERVED: MainState.RESERVED,
        Status.UNAVAILABLE: MainState.INOPERATIVE,
    }
)
_DOMESTIC: Mapping[MainState, MainState] = MappingProxyType(
    {
        MainState.CABLE: MainState.DOMESTIC_CONNECTED,
        MainState.ON: MainState.DOMESTIC_ON,
        MainState.WAIT_DISCONNECT: MainState.DOMESTIC_WAIT_DISCONNECT,
        MainState.OFF_SUSPENDED: MainState.DOMESTIC_SUSPENDED,
        MainState.OFF_LOW_CURRENT: MainState.DOMESTIC_LOW_CURRENT,
    }
)


def main_state(evse: EvseView, layout: EvseLayout) -> MainState:
    """Return the state of one EVSE; the first rule that holds wins."""
    if evse.screen.state is ScreenState.BOOTING:
        return MainState.BOOTING
    grave = [code for code in sorted(evse.faults) if FAULTS[code].stops is Stops.EVERYTHING]
    pauses = [code for code in sorted(evse.faults) if FAULTS[code].stops is Stops.ENERGY]
    if grave or pauses:
        return _OF_FAULT.get((grave or pauses)[0], MainState.ERROR)
    if evse.lines.change:
        return MainState.LINES_CHANGE
    state = _untroubled(evse)
    used = next((one.connector for one in evse.connectors if one.plugged), 1)
    piloted = layout.connectors[used - 1].piloted
    return state if piloted else _DOMESTIC.get(state, state)


def _untroubled(evse: EvseView) -> MainState:
    statuses = [connector.status for connector in evse.connectors]
    taken = (status for status in statuses if status is not Status.AVAILABLE)
    match next(taken, Status.AVAILABLE):
        case Status.SUSPENDED_EVSE if evse.limit_a < evse.least_a:
            return MainState.OFF_LOW_CURRENT
        case Status.PREPARING:
            return _preparing(evse)
        case status:
            return _OF_STATUS.get(status, MainState.ERROR)


def _preparing(evse: EvseView) -> MainState:
    """Return what PREPARING is: a cable, a vehicle, or only somebody who may charge."""
    used = next((one for one in evse.connectors if one.plugged), evse.connectors[0])
    match used.connection:
        case Connection.EV:
            return MainState.VEHICLE
        case Connection.DISCONNECTED:
            return MainState.WAIT_VEHICLE
        case _:
            return MainState.CABLE
