"""Status of each connector and of the station: functions of the facts, no memory of their own."""

from __future__ import annotations

from laadpaal.station.evse import Evse, Transaction
from laadpaal.station.facts import Facts
from laadpaal.station.faults import Stops
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
        return _OF_STATE[seen(evse, evse.transaction)]
    stays = here and (evse.transaction or evse.put_off)
    if not stays and not facts.usable(evse, connector):
        return Status.UNAVAILABLE
    if reserved(facts, evse):
        return Status.RESERVED
    if here and evse.cabled:
        return Status.FINISHING if finished(evse) else Status.PREPARING
    return Status.PREPARING if here and evse.authorization else Status.AVAILABLE


def seen(evse: Evse, tx: Transaction) -> ChargingState:
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


def reserved(facts: Facts, evse: Evse) -> bool:
    """Tell whether the EVSE is kept for somebody who has not come yet; a plug changes nothing."""
    return evse.authorization is None and bool(kept_for(facts, evse))


def finished(evse: Evse) -> bool:
    """Tell whether what was going on with this plug is over, and nothing new has begun."""
    return evse.ended_since_plug and not evse.authorization
