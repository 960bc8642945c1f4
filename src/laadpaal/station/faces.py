"""Screen and light of each socket: functions of the facts, no memory of their own."""

from __future__ import annotations

from laadpaal.properties.charging import STATION_MAX
from laadpaal.properties.panel import REPORT_NOT_CHARGING
from laadpaal.station.agenda import Due, Timer
from laadpaal.station.display import Popup, Screen, ScreenState
from laadpaal.station.evse import Evse, Transaction
from laadpaal.station.facts import Facts
from laadpaal.station.faults import FAULTS, Fault, Stops
from laadpaal.station.lights import Light
from laadpaal.station.reservations import kept_for
from laadpaal.station.status import finished, reserved, seen
from laadpaal.station.words import ChargingState

EARLY_S = 1e-3
"""A timer may come a rounding error early."""


def screen(facts: Facts, evse: Evse) -> Screen:
    """Return what the socket's part of the display shows."""
    state, fault = _state(facts, evse), _told(facts, evse)
    code = fault.code if fault else 0
    match state:
        case ScreenState.CHARGING:
            limit_a, power_w = evse.offered_a or 0.0, _power_w(evse)
            return _of_transaction(
                evse, Screen(state, limit_a, evse.wanted_phases, power_w=power_w)
            )
        case ScreenState.SUMMARY:
            return Screen(state, energy_wh=evse.summary_wh, lasted_s=evse.summary_s)
        case ScreenState.RESERVED:
            return Screen(state, until=min(r.until for r in kept_for(facts, evse)))
        case ScreenState.AUTHORIZED:
            return Screen(state, until=_timeout(facts, evse))
        case _:
            return _of_transaction(evse, Screen(state, code=code))


def _of_transaction(evse: Evse, shown: Screen) -> Screen:
    tx = evse.transaction
    if tx is None:
        return shown
    return Screen(
        shown.state,
        shown.limit_a,
        shown.phases,
        _delivered(evse),
        shown.code,
        power_w=shown.power_w,
        since=tx.started_at,
    )


def _power_w(evse: Evse) -> int:
    return round(evse.measurement.power_w) if evse.measurement else 0


def _timeout(facts: Facts, evse: Evse) -> float:
    """Return when the authorization ends, to the second: rounding must not change a screen."""
    at = facts.agenda.planned(Timer(Due.CONNECT, evse.number))
    return float(round(facts.now.utc + at - facts.now.mono)) if at is not None else 0.0


def _told(facts: Facts, evse: Evse) -> Fault | None:
    """Return the fault that people are told of, whether it stops them or is only a hint."""
    return evse.fault() or (FAULTS[min(facts.faults)] if facts.faults else None)


def open_popup(facts: Facts, evse: Evse) -> Popup | None:
    """Return what lies over the socket's screen, as long as it has time."""
    return evse.popup if evse.popup and evse.popup.until > facts.now.utc else None


def _delivered(evse: Evse) -> int:
    return int(evse.energy_wh - evse.transaction.meter_start_wh) if evse.transaction else 0


def _state(facts: Facts, evse: Evse) -> ScreenState:
    if facts.restarting or evse.resetting:
        return ScreenState.BOOTING
    if evse.stopped_by(Stops.EVERYTHING):
        return ScreenState.ERROR
    if evse.passing:
        return evse.passing.state
    if evse.transaction and evse.transaction.ever_authorized:
        return _running(evse, evse.transaction)
    return _resting(facts, evse)


def _running(evse: Evse, tx: Transaction) -> ScreenState:
    match seen(evse, tx):
        case ChargingState.CHARGING:
            return ScreenState.CHARGING
        case ChargingState.SUSPENDED_EVSE if evse.change:
            return ScreenState.COMMUNICATING
        case ChargingState.SUSPENDED_EVSE if not evse.offer.enough:
            return ScreenState.LOW_CURRENT
        case ChargingState.SUSPENDED_EVSE:
            return ScreenState.SUSPENDED
        case ChargingState.SUSPENDED_EV if _delivered(evse):
            return ScreenState.FULL_LOCKED if evse.lock_wanted else ScreenState.FULL_UNLOCKED
        case ChargingState.SUSPENDED_EV:
            return ScreenState.COMMUNICATING
        case ChargingState.IDLE if evse.authorization:
            return ScreenState.WAIT_RECONNECT
        case _:
            return ScreenState.WAIT_RELEASE


def _resting(facts: Facts, evse: Evse) -> ScreenState:
    if not facts.usable(evse):
        return ScreenState.SUSPENDED
    if evse.stopped_by(Stops.ENERGY):
        return ScreenState.ERROR
    if reserved(facts, evse):
        return ScreenState.RESERVED
    return _cabled(evse) if evse.cabled else _bare(facts, evse)


def _bare(facts: Facts, evse: Evse) -> ScreenState:
    if evse.authorization:
        return ScreenState.AUTHORIZED
    return ScreenState.WARNING if _told(facts, evse) else ScreenState.AVAILABLE


def _cabled(evse: Evse) -> ScreenState:
    if evse.held:
        left = ScreenState.WAIT_RELEASE
        return ScreenState.WAIT_RELEASE_PLUGGED if evse.connected else left
    if finished(evse):
        return ScreenState.REMOVE_CABLE if evse.forced else ScreenState.FULL_UNLOCKED
    if evse.authorization:
        return ScreenState.CABLE_AUTHORIZED
    return ScreenState.EV_CONNECTED if evse.connected else ScreenState.CABLE_CONNECTED


OF_SCREEN = {
    ScreenState.BOOTING: Light.BOOTING,
    ScreenState.AVAILABLE: Light.AVAILABLE,
    ScreenState.CABLE_CONNECTED: Light.CABLE_CONNECTED,
    ScreenState.EV_CONNECTED: Light.EV_CONNECTED,
    ScreenState.CABLE_AUTHORIZED: Light.PREPARING,
    ScreenState.AUTHORIZED: Light.AUTHORIZED,
    ScreenState.COMMUNICATING: Light.WAIT_VEHICLE,
    ScreenState.LOW_CURRENT: Light.FORCED_OFF,
    ScreenState.SUSPENDED: Light.INOPERATIVE,
    ScreenState.CHARGING: Light.CHARGING,
    ScreenState.FULL_LOCKED: Light.FINISH_WAIT_VEHICLE,
    ScreenState.FULL_UNLOCKED: Light.FINISH_WAIT_UNPLUG,
    ScreenState.WAIT_RECONNECT: Light.SUSPENDED_EV_GONE,
    ScreenState.SUMMARY: Light.FINISH_WAIT_UNPLUG,
    ScreenState.CARD_REJECTED: Light.NOT_AUTHORIZED,
    ScreenState.ERROR: Light.ERROR,
    ScreenState.PLEASE_WAIT: Light.AUTHORIZING,
    ScreenState.RESERVED: Light.RESERVED,
    ScreenState.QR_CODE: Light.AUTHORIZING,
    ScreenState.WARNING: Light.AVAILABLE,
    ScreenState.WAIT_RELEASE: Light.SUSPENDED_EV_GONE,
    ScreenState.WAIT_RELEASE_PLUGGED: Light.FINISH_WAIT_VEHICLE,
    ScreenState.REMOVE_CABLE: Light.FINISH_WAIT_UNPLUG,
    ScreenState.WAIT_VEHICLE_TALK: Light.WAIT_VEHICLE,
    ScreenState.INVALID_CARD: Light.MESSAGE,
}
"""Lights by screen, where nothing else is to be told."""
_OF_FAULT = {
    3: Light.ERROR_RESTARTS,
    7: Light.SWITCH_NOT_OPENED,
    101: Light.SUSPENDED_RESIDUAL,
    102: Light.ERROR_CONTACTOR,
    103: Light.ERROR_SUPPLY,
    104: Light.ERROR_POWER,
    201: Light.ERROR_EARTH,
    202: Light.ERROR_SUPPLY,
    212: Light.ERROR_EARTH,
    301: Light.ERROR_CHARGING,
    302: Light.SUSPENDED_OVERCURRENT,
    303: Light.ERROR_PILOT,
    304: Light.ERROR_RESTARTS,
    401: Light.ERROR_TEMPERATURE,
    402: Light.ERROR_TEMPERATURE,
    405: Light.CABLE_NOT_SUPPORTED,
    406: Light.ERROR_PILOT,
}
"""Lights of faults that have one of their own, by code."""


def light(facts: Facts, evse: Evse) -> Light:
    """Return what the socket's light shows; it follows the screen."""
    state = evse.screen.state
    if evse.signal:
        return evse.signal
    if state is ScreenState.ERROR:
        return _OF_FAULT.get(evse.screen.code, Light.ERROR)
    if _long_idle(facts, evse) and state is not ScreenState.PLEASE_WAIT:
        return Light.NOT_CHARGING
    if state is ScreenState.CHARGING and _limited(facts, evse):
        return Light.LIMITED
    if evse.transaction and state is ScreenState.SUSPENDED:
        fault = evse.stopped_by(Stops.ENERGY)
        return _OF_FAULT.get(fault.code, Light.ERROR) if fault else Light.FORCED_OFF
    if evse.transaction and state is ScreenState.FULL_UNLOCKED:
        return Light.FINISH_WAIT_VEHICLE
    return OF_SCREEN[state]


def _limited(facts: Facts, evse: Evse) -> bool:
    """Tell whether others leave less than this socket could have by itself."""
    own = evse.offer.because in {"connector", "cable"}
    return not own and evse.offer.limit_a < facts.values[STATION_MAX]


def _long_idle(facts: Facts, evse: Evse) -> bool:
    """Tell whether a charge that went well has long been over, and the plug can go (S71)."""
    after_s = facts.values[REPORT_NOT_CHARGING]
    since = evse.idle_since
    return bool(after_s) and since is not None and facts.now.mono - since >= after_s - EARLY_S
