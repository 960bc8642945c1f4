"""What each EVSE may offer, and what its pilot, contactor and lock must do about it."""

from __future__ import annotations

from laadpaal.properties import charging as rows
from laadpaal.station.actions import (
    CloseContactor,
    LockPlug,
    OfferCurrent,
    OpenContactor,
    UnlockPlug,
)
from laadpaal.station.claims import Claim, lowest, shares
from laadpaal.station.evse import Evse
from laadpaal.station.facts import Facts
from laadpaal.station.notices import LimitChanged
from laadpaal.station.transactions import energy_wanted, offer_wanted


class Supply:
    """Decides on current; every wish is a claim and the lowest wins."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    def decide(self) -> None:
        """Settle what every EVSE may offer, sharing what the station has as a whole."""
        evses = self._facts.evses.values()
        takers = [e.number for e in sorted(evses, key=lambda e: e.plugged_order) if _takes(e)]
        values = self._facts.values
        station = shares(values[rows.STATION_MAX], takers)
        house = shares(values[rows.INSTALLATION_MAX], takers)
        for evse in evses:
            offer = lowest(self._claims(evse, station, house))
            if offer != evse.offer:
                evse.offer = offer
                self._facts.tell(LimitChanged(evse.number, offer.limit_a, offer.because))

    def _claims(
        self, evse: Evse, station: dict[int, float], house: dict[int, float]
    ) -> list[Claim]:
        values = self._facts.values
        rated_a = evse.layout.connectors[evse.connector - 1].rated_a
        claims = [
            Claim("station", station.get(evse.number, values[rows.STATION_MAX])),
            Claim("installation", house.get(evse.number, values[rows.INSTALLATION_MAX])),
            Claim("connector", min(rated_a, values.of(rows.CONNECTOR_MAX, evse.number))),
        ]
        if evse.cable_a is not None:
            claims.append(Claim("cable", evse.cable_a))
        return claims

    def release(self, evse: Evse) -> None:
        """Tell the hardware what nothing holds, whatever a life before this one left behind."""
        actions = self._facts.step.actions
        actions.append(OfferCurrent(evse.number, None))
        actions.append(OpenContactor(evse.number))
        for connector, outlet in enumerate(evse.layout.connectors, 1):
            if outlet.lockable:
                actions.append(UnlockPlug(evse.number, connector))

    def drive(self, evse: Evse) -> None:
        """Tell pilot, contactor and lock what has changed: lock first, unlock last."""
        locks = self._lock_wanted(evse)
        if locks and not evse.lock_wanted:
            self._lock(evse, wanted=True)
        self._offer(evse)
        self._switch(evse)
        if not locks and evse.lock_wanted:
            self._lock(evse, wanted=False)

    def _offer(self, evse: Evse) -> None:
        offered_a = evse.offer.limit_a if offer_wanted(self._facts, evse) else None
        if offered_a != evse.offered_a:
            evse.offered_a = offered_a
            self._facts.step.actions.append(OfferCurrent(evse.number, offered_a))

    def _switch(self, evse: Evse) -> None:
        closed = evse.transaction is not None and energy_wanted(self._facts, evse)
        if closed == evse.closed_wanted:
            return
        evse.closed_wanted = closed
        close, open_ = CloseContactor(evse.number, evse.phases), OpenContactor(evse.number)
        self._facts.step.actions.append(close if closed else open_)

    def _lock_wanted(self, evse: Evse) -> bool:
        if not evse.lockable:
            return False
        running = evse.transaction is not None and not evse.released
        return running or evse.authorization is not None or evse.held is not None

    def _lock(self, evse: Evse, *, wanted: bool) -> None:
        evse.lock_wanted = wanted
        plug = LockPlug if wanted else UnlockPlug
        self._facts.step.actions.append(plug(evse.number, evse.connector))


def _takes(evse: Evse) -> bool:
    return evse.authorization is not None and evse.connected
