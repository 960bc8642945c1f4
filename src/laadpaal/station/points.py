"""Start and stop points: which conditions hold at an EVSE, and which begin and end transactions."""

from __future__ import annotations

from laadpaal.properties import metering as meter_rows
from laadpaal.properties import transactions as rows
from laadpaal.station.evse import Evse
from laadpaal.station.facts import Facts
from laadpaal.station.words import Pilot

WOKEN = "the vehicle is being woken"
ASKS_NOTHING = "the vehicle asks for none"
PARKED, CONNECTED, AUTHORIZED, CLOSED, ENERGY, SIGNED = rows.POINTS


def energy_wanted(facts: Facts, evse: Evse) -> bool:
    """Tell whether the contactor is to be closed: authorized, asked for, allowed, safe."""
    return not no_energy(facts, evse)


def no_energy(facts: Facts, evse: Evse) -> str:
    """Say why no energy is to flow; "" when it is, and the first rule that holds wins."""
    if why := no_offer(facts, evse):
        return why
    if evse.disturbed:
        return "the pilot is disturbed"
    if not evse.ready:
        airs = evse.pilot is Pilot.D
        return "the vehicle asks for air, and none is moved here" if airs else ASKS_NOTHING
    return "" if evse.measurement is not None else "the meter has not answered yet"


def offer_wanted(facts: Facts, evse: Evse) -> bool:
    """Tell whether the pilot is to offer current."""
    return not no_offer(facts, evse)


def no_offer(facts: Facts, evse: Evse) -> str:
    """Say why the pilot offers nothing; "" when it is to, and the first rule that holds wins."""
    if evse.change and evse.change.withholds:
        return "the lines are being switched"
    if why := forbidden(facts, evse):
        return why
    if not evse.offer.enough:
        return f"{evse.limited}, and less than {evse.offer.least_a:g} A is none"
    if unsigned(facts, evse):
        return "the meter has not signed yet"
    return WOKEN if evse.waking else ""


def permitted(facts: Facts, evse: Evse) -> bool:
    """Tell whether the vehicle may charge, were there current for it."""
    return not forbidden(facts, evse)


def forbidden(facts: Facts, evse: Evse) -> str:
    """Say why the vehicle may not charge at all; "" when it may."""
    if why := _disallowed(facts, evse):
        return why
    return "" if held(evse) else "the plug is not locked yet"


def locking(facts: Facts, evse: Evse) -> bool:
    """Tell whether nothing but the lock is waited for: nobody has suspended anything."""
    return not _disallowed(facts, evse) and evse.offer.enough and not held(evse)


def held(evse: Evse) -> bool:
    """Tell whether the plug stays where it is: it is locked, or has no lock to wait for."""
    return evse.locked or not evse.lockable


def _disallowed(facts: Facts, evse: Evse) -> str:
    """Say why the vehicle may not charge, whatever the lock does; "" when it may."""
    return "the station is about to start anew" if facts.restarting else _unfit(evse)


def takes(evse: Evse) -> bool:
    """Tell whether a vehicle is there that may charge, as soon as it is locked and has current."""
    return not _unfit(evse)


def _unfit(evse: Evse) -> str:
    """Say why no vehicle is there that may charge; "" when one is."""
    if fault := evse.cut_off_by():
        return fault.sentence
    if not evse.connected:
        return "no vehicle is connected"
    if evse.ending:
        return "the transaction is about to end"
    if evse.transaction is not None and evse.transaction.blocked:
        return "the CSMS does not accept the token of the transaction"
    return "" if evse.authorization else "nobody is authorized"


def powered(evse: Evse) -> bool:
    """Tell whether power could flow in a transaction when that was settled last."""
    return evse.transaction is not None and CLOSED in evse.conditions


def unsigned(facts: Facts, evse: Evse) -> bool:
    """Tell whether a signed value has to come before any energy does (2.0.1 E01, DataSigned)."""
    waits = evse.transaction is None and not evse.signed
    return waits and SIGNED in starts(facts, evse)


def starts(facts: Facts, evse: Evse) -> set[str]:
    """Return what begins a transaction; energy always does, as it never flows outside one."""
    points = {*facts.values[rows.START_POINT], ENERGY}
    signs = evse.layout.signs and facts.values[meter_rows.SIGN_SAMPLED]
    return points if signs else points - {SIGNED}


def stops(facts: Facts) -> set[str]:
    """Return the conditions of which the first that is lost ends a transaction."""
    points = {*facts.values[rows.STOP_POINT]}
    return points | {CONNECTED, AUTHORIZED} if CLOSED in points else points


def over(facts: Facts, evse: Evse, now: frozenset[str]) -> bool:
    """Tell whether a stop point is lost, or whether nothing is left that could be lost.

    Whoever has only driven in keeps what that began.
    """
    ends, left = stops(facts), {CONNECTED, AUTHORIZED}
    tx = evse.transaction
    if PARKED in ends or (tx and not tx.ever_authorized):
        left.add(PARKED)
    return bool((evse.conditions - now) & ends) or not now & left


def _changing(facts: Facts, evse: Evse) -> bool:
    """Tell whether energy only pauses, as it goes on with other lines (S39)."""
    return evse.change is not None and ENERGY in evse.conditions and permitted(facts, evse)


def holding(facts: Facts, evse: Evse) -> frozenset[str]:
    """Return the conditions that hold now."""
    authorized, connected = evse.authorization is not None, evse.connected
    holds = {
        PARKED: evse.parked,
        CONNECTED: connected,
        AUTHORIZED: authorized,
        CLOSED: authorized and connected,
        ENERGY: energy_wanted(facts, evse) or _changing(facts, evse),
        SIGNED: authorized and connected and evse.signed,
    }
    return frozenset(name for name, true in holds.items() if true)
