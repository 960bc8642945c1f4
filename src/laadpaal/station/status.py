"""Status, screen and light of each socket: functions of the facts, no memory of their own."""

from __future__ import annotations

from laadpaal.station.display import Screen, ScreenState
from laadpaal.station.evse import Evse, Transaction
from laadpaal.station.facts import Facts
from laadpaal.station.faults import Stops
from laadpaal.station.lights import Light
from laadpaal.station.reservations import kept_for
from laadpaal.station.words import ChargingState, Status

_OF_STATE = {
    ChargingState.CHARGING: Status.CHARGING,
    ChargingState.SUSPENDED_EV: Status.SUSPENDED_EV,
    ChargingState.SUSPENDED_EVSE: Status.SUSPENDED_EVSE,
    ChargingState.EV_CONNECTED: Status.SUSPENDED_EVSE,
    ChargingState.IDLE: Status.SUSPENDED_EV,
}


def connector_status(facts: Facts, evse: Evse, connector: int) -> Status:
    """Return the status of one connector; the first rule that holds wins."""
    here = connector == evse.connector
    if evse.stopped_by(Stops.EVERYTHING):
        return Status.FAULTED
    if here and evse.transaction and evse.transaction.ever_authorized:
        return _OF_STATE[_seen(evse, evse.transaction)]
    stays = here and (evse.transaction or evse.put_off)
    if not stays and not facts.usable(evse, connector):
        return Status.UNAVAILABLE
    if _reserved(facts, evse):
        return Status.RESERVED
    if here and evse.cabled:
        return Status.FINISHING if _finished(evse) else Status.PREPARING
    return Status.PREPARING if here and evse.authorization else Status.AVAILABLE


def _seen(evse: Evse, tx: Transaction) -> ChargingState:
    """Return the state of a transaction; a vehicle that has yet to answer is waited for."""
    answers = tx.state is ChargingState.EV_CONNECTED and evse.authorization is not None
    return ChargingState.SUSPENDED_EV if answers else tx.state


def prepares(evse: Evse) -> bool:
    """Tell whether somebody has plugged in or been authorized, and has not charged yet."""
    return (evse.cabled or evse.authorization is not None) and not evse.ended_since_plug


def station_status(facts: Facts) -> Status:
    """Return the status of the station itself."""
    if facts.broken:
        return Status.FAULTED
    return Status.UNAVAILABLE if (0, 0) in facts.inoperative else Status.AVAILABLE


def _reserved(facts: Facts, evse: Evse) -> bool:
    """Tell whether the EVSE is kept for somebody who has not come yet; a plug changes nothing."""
    return evse.authorization is None and bool(kept_for(facts, evse))


def _finished(evse: Evse) -> bool:
    return evse.ended_since_plug and not evse.authorization


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


def _delivered(evse: Evse) -> int:
    return int(evse.energy_wh - evse.transaction.meter_start_wh) if evse.transaction else 0


def _screen_state(facts: Facts, evse: Evse) -> ScreenState:
    if facts.restarting or evse.resetting:
        return ScreenState.BOOTING
    if evse.stopped_by(Stops.EVERYTHING):
        return ScreenState.ERROR
    if evse.waiting:
        return ScreenState.PLEASE_WAIT
    if evse.passing:
        return evse.passing
    if evse.transaction and evse.transaction.ever_authorized:
        return _running(evse, evse.transaction)
    return _resting(facts, evse)


def _running(evse: Evse, tx: Transaction) -> ScreenState:
    match _seen(evse, tx):
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
    if _reserved(facts, evse):
        return ScreenState.RESERVED
    if not evse.cabled:
        return ScreenState.AUTHORIZED if evse.authorization else ScreenState.AVAILABLE
    if _finished(evse):
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
    ScreenState.PLEASE_WAIT: Light.AUTHORIZING,
    ScreenState.RESERVED: Light.RESERVED,
    ScreenState.WAIT_RELEASE: Light.SUSPENDED_EV_GONE,
}


def light(evse: Evse) -> Light:
    """Return what the socket's light shows; it follows the screen."""
    return _LIGHTS[evse.screen.state]
