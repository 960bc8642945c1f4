"""Makes the view of the station out of its facts."""

from __future__ import annotations

from collections.abc import Iterable

from laadpaal.properties.parts import EVSE_NAME
from laadpaal.properties.wiring import PHASE_ROTATION
from laadpaal.station.charging_profiles import Profile
from laadpaal.station.evse import Evse
from laadpaal.station.facts import Facts
from laadpaal.station.status import connector_ruling, station_status
from laadpaal.station.view import (
    NO_PAYMENT,
    UNKNOWN_ORDER,
    ConnectorView,
    EvseView,
    LinesView,
    ListView,
    PaymentView,
    SecurityView,
    StationView,
    TransactionView,
)


def view(
    facts: Facts,
    pending: Iterable[tuple[str, int]],
    local_list: ListView,
    profiles: Iterable[Profile],
    security: SecurityView,
) -> StationView:
    """Return the station as it is now; `pending` are settings that wait for a restart."""
    return StationView(
        status=station_status(facts),
        online=facts.online,
        operative=(0, 0) not in facts.inoperative,
        evses=tuple(_evse(facts, evse) for evse in facts.evses.values()),
        restarting=facts.restarting,
        pending_settings=tuple(sorted({id_ for id_, _ in pending})),
        security=security,
        local_list=local_list,
        reservations=tuple(facts.reservations.values()),
        profiles=tuple(profiles),
        layout=facts.layout,
        faults=frozenset(facts.faults),
        order=_order(facts, 0),
    )


def _evse(facts: Facts, evse: Evse) -> EvseView:
    connectors = range(1, len(evse.layout.connectors) + 1)
    return EvseView(
        evse=evse.number,
        pilot=evse.pilot,
        connectors=tuple(_connector(facts, evse, number) for number in connectors),
        screen=evse.screen,
        light=evse.light,
        limit_a=evse.offer.limit_a,
        because=evse.offer.because,
        least_a=evse.offer.least_a,
        offered_a=evse.offered_a or 0.0,
        phases=evse.phases,
        installation_phases=evse.installation_phases,
        contactor_closed=evse.contactor_closed,
        transaction=_transaction(facts, evse),
        waiting=evse.waiting.token if evse.waiting else None,
        measurement=evse.measurement,
        measured_at=evse.measured_at,
        operative=(evse.number, 0) not in facts.inoperative,
        faults=frozenset(evse.faults),
        order=_order(facts, evse.number),
        name=facts.values.of(EVSE_NAME, evse.number),
        parked=evse.parked if evse.layout.bay else None,
        lines=lines(evse),
        claims=evse.claims,
        payment=_payment(evse),
        limited=evse.limited,
    )


def lines(evse: Evse) -> LinesView:
    """Return the lines an EVSE is to use, and what decides that."""
    limits = {
        "contactor": evse.layout.phases,
        "outlet": evse.outlet.phases,
        "installation": evse.installation_phases or evse.layout.phases,
        evse.used_because: evse.used_phases,
    }
    because = min(limits, key=limits.__getitem__)
    return LinesView(evse.wanted_phases, because, evse.change)


def _payment(evse: Evse) -> PaymentView:
    if evse.paying is None:
        return NO_PAYMENT
    it = evse.paying.payment
    return PaymentView(it.state, it.authorizing, it.id, it.transaction)


def _order(facts: Facts, place: int) -> str:
    known = facts.values[PHASE_ROTATION]
    return next((order for where, order in known if where == place), UNKNOWN_ORDER)


def _connector(facts: Facts, evse: Evse, connector: int) -> ConnectorView:
    fault, ruling = evse.fault(), connector_ruling(facts, evse, connector)
    return ConnectorView(
        connector=connector,
        status=ruling.status,
        plugged=evse.plugged == connector,
        locked=evse.locked and evse.connector == connector,
        code=fault.code if fault else 0,
        error=fault.error if fault else "NoError",
        info=fault.info if fault else "",
        connection=evse.connection(connector),
        why=ruling.why,
    )


def _transaction(facts: Facts, evse: Evse) -> TransactionView | None:
    tx = evse.transaction
    if tx is None:
        return None
    return TransactionView(
        id=tx.id,
        started_at=tx.started_at,
        state=tx.state,
        token=tx.token,
        energy_wh=evse.energy_wh - tx.meter_start_wh,
        authorized=evse.authorization is not None,
        charged_s=round(tx.charged_for(facts.now.mono), 3),
    )
