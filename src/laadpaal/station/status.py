"""Status of each connector and of the station: functions of the facts, no memory of their own."""

from __future__ import annotations

from dataclasses import dataclass

from laadpaal.station.evse import Evse, Transaction
from laadpaal.station.facts import STATION_OUT, Facts
from laadpaal.station.faults import Stops
from laadpaal.station.points import no_energy
from laadpaal.station.reservations import kept_for
from laadpaal.station.words import ChargingState, Status

_OF_STATE = {
    ChargingState.CHARGING: Status.CHARGING,
    ChargingState.SUSPENDED_EV: Status.SUSPENDED_EV,
    ChargingState.SUSPENDED_EVSE: Status.SUSPENDED_EVSE,
    ChargingState.EV_CONNECTED: Status.SUSPENDED_EVSE,
    ChargingState.IDLE: Status.SUSPENDED_EV,
}


@dataclass(frozen=True, slots=True)
class Ruling:
    """A status, and the sentence of the rule that gave it."""

    status: Status
    why: str


_OVER = Ruling(Status.FINISHING, "what went on is over, and the cable has yet to go")
_PLUGGED = Ruling(Status.PREPARING, "a cable is here, and no transaction of anybody who may charge")
_AWAITED = Ruling(Status.PREPARING, "somebody may charge, and has yet to connect the vehicle")
_FREE = Ruling(Status.AVAILABLE, "nobody uses it")
_BESIDE = Ruling(Status.AVAILABLE, "its plug waits until the other outlet is done with")


def connector_status(facts: Facts, evse: Evse, connector: int) -> Status:
    """Return the status of one connector."""
    return connector_ruling(facts, evse, connector).status


def connector_ruling(facts: Facts, evse: Evse, connector: int) -> Ruling:
    """Return the status of one connector and why; the first rule that holds wins."""
    here = connector == evse.connector
    if fault := evse.stopped_by(Stops.EVERYTHING):
        return Ruling(Status.FAULTED, fault.sentence)
    if here and evse.transaction and evse.transaction.ever_authorized:
        return _under_way(facts, evse, evse.transaction)
    stays = here and (evse.transaction or evse.put_off)
    if not stays and (out := facts.out_of_use(evse, connector)):
        return Ruling(Status.UNAVAILABLE, out)
    if reserved(facts, evse):
        return Ruling(Status.RESERVED, "it is kept for somebody who has not come yet")
    if here and evse.cabled:
        return _OVER if finished(evse) else _PLUGGED
    if here and evse.authorization:
        return _AWAITED
    return _BESIDE if connector in evse.plugs else _FREE


def _under_way(facts: Facts, evse: Evse, tx: Transaction) -> Ruling:
    state = seen(evse, tx)
    waits = "the vehicle has been offered current, and takes none"
    flows = state is ChargingState.CHARGING
    why = "energy may flow" if flows else no_energy(facts, evse) or waits
    return Ruling(_OF_STATE[state], why)


def seen(evse: Evse, tx: Transaction) -> ChargingState:
    """Return the state of a transaction; a vehicle that has yet to answer is waited for."""
    answers = tx.state is ChargingState.EV_CONNECTED and evse.authorization is not None
    return ChargingState.SUSPENDED_EV if answers else tx.state


def prepares(evse: Evse) -> bool:
    """Tell whether somebody has plugged in or been authorized, and has not charged yet."""
    return (evse.cabled or evse.authorization is not None) and not evse.ended_since_plug


def station_status(facts: Facts) -> Status:
    """Return the status of the station itself."""
    return station_ruling(facts).status


def station_ruling(facts: Facts) -> Ruling:
    """Return the status of the station itself and why; the first rule that holds wins."""
    if fault := facts.broken:
        return Ruling(Status.FAULTED, fault.sentence)
    if (0, 0) in facts.inoperative:
        return Ruling(Status.UNAVAILABLE, STATION_OUT)
    return Ruling(Status.AVAILABLE, "nothing keeps it from serving")


def reserved(facts: Facts, evse: Evse) -> bool:
    """Tell whether the EVSE is kept for somebody who has not come yet; a plug changes nothing."""
    return evse.authorization is None and bool(kept_for(facts, evse))


def finished(evse: Evse) -> bool:
    """Tell whether what was going on with this plug is over, and nothing new has begun."""
    return evse.ended_since_plug and not evse.authorization
