"""Screen and light of each socket: functions of the facts, no memory of their own."""

from __future__ import annotations

from laadpaal.station.display import Popup, Screen, ScreenState
from laadpaal.station.evse import Evse, Transaction
from laadpaal.station.facts import Facts
from laadpaal.station.faults import Stops
from laadpaal.station.lights import Light
from laadpaal.station.reservations import kept_for
from laadpaal.station.status import finished, reserved, seen
from laadpaal.station.words import ChargingState


def screen(facts: Facts, evse: Evse) -> Screen:
    """Return what the socket's part of the display shows."""
    state = _screen_state(facts, evse)
    fault = evse.fault()
    code = fault.code if fault and state is ScreenState.ERROR else 0
    if state is ScreenState.CHARGING:
        return Screen(state, evse.offered_a or 0.0, evse.phases, _delivered(evse))
    if state is ScreenState.RESERVED:
        return Screen(state, until=min(r.until for r in kept_for(facts, evse)))
    energy_wh = evse.summary_wh if state is ScreenState.SUMMARY else _delivered(evse)
    return Screen(state, energy_wh=energy_wh, code=code)


def open_popup(facts: Facts, evse: Evse) -> Popup | None:
    """Return what lies over the socket's screen, as long as it has time."""
    return evse.popup if evse.popup and evse.popup.until > facts.now.utc else None


def _delivered(evse: Evse) -> int:
    return int(evse.energy_wh - evse.transaction.meter_start_wh) if evse.transaction else 0


def _screen_state(facts: Facts, evse: Evse) -> ScreenState:
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
        case ChargingState.SUSPENDED_EVSE if not evse.offer.enough:
            return ScreenState.LOW_CURRENT
        case ChargingState.SUSPENDED_EVSE:
            return ScreenState.SUSPENDED
        case ChargingState.SUSPENDED_EV:
            return ScreenState.COMMUNICATING
        case _:
            return ScreenState.WAIT_RELEASE


def _resting(facts: Facts, evse: Evse) -> ScreenState:
    if not facts.usable(evse):
        return ScreenState.SUSPENDED
    if reserved(facts, evse):
        return ScreenState.RESERVED
    if not evse.cabled:
        return ScreenState.AUTHORIZED if evse.authorization else ScreenState.AVAILABLE
    if finished(evse) and evse.forced:
        return ScreenState.REMOVE_CABLE
    if finished(evse):
        return ScreenState.FULL_LOCKED if evse.lock_wanted else ScreenState.FULL_UNLOCKED
    if evse.authorization:
        return ScreenState.CABLE_AUTHORIZED
    return ScreenState.EV_CONNECTED if evse.connected else ScreenState.CABLE_CONNECTED


_LIGHTS = {
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
    ScreenState.SUMMARY: Light.FINISH_WAIT_UNPLUG,
    ScreenState.CARD_REJECTED: Light.NOT_AUTHORIZED,
    ScreenState.ERROR: Light.ERROR,
    ScreenState.REMOVE_CABLE: Light.FINISH_WAIT_UNPLUG,
    ScreenState.PLEASE_WAIT: Light.AUTHORIZING,
    ScreenState.RESERVED: Light.RESERVED,
    ScreenState.WAIT_RELEASE: Light.SUSPENDED_EV_GONE,
}


def light(evse: Evse) -> Light:
    """Return what the socket's light shows; it follows the screen."""
    return _LIGHTS[evse.screen.state]
