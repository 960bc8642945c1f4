"""Reservations: an EVSE, or any one of them, is kept for a token until it comes or time is over."""

from __future__ import annotations

from dataclasses import replace

from laadpaal.properties import reservations as rows
from laadpaal.station.agenda import Due, Timer
from laadpaal.station.answers import Accepted, Answer, Reason, Refused
from laadpaal.station.evse import Evse
from laadpaal.station.facts import Facts
from laadpaal.station.faults import Stops
from laadpaal.station.layout import Outlet
from laadpaal.station.notices import ReservationEnded
from laadpaal.station.records import ReservationClosed, ReservationSaved
from laadpaal.station.requests import CancelReservation, Reserve
from laadpaal.station.words import LARGEST, Reservation, ReservationEnd, Token

ROUNDING_S = 1e-3
_TIMER = Timer(Due.RESERVATION)
_GRAVEST = (Reason.OCCUPIED, Reason.RESERVED, Reason.FAULTED, Reason.UNAVAILABLE)
"""What to say first when no EVSE can be kept: one that is in use may yet become free."""


def kept_for(facts: Facts, evse: Evse, but: int | None = None) -> tuple[Reservation, ...]:
    """Return the reservations, `but` one, that the EVSE is kept for.

    Those of any EVSE keep none until there are no more free ones than they need.
    """
    kept = [r for r in facts.reservations.values() if r.id != but]
    own = tuple(r for r in kept if r.evse == evse.number)
    if own or not kept:
        return own
    anywhere = tuple(r for r in kept if r.evse == 0)
    reserved = {r.evse for r in kept}
    free = [e for e in facts.evses.values() if e.number not in reserved and _free(facts, e)]
    return anywhere if evse in _last(free, len(anywhere)) else ()


def _last(free: list[Evse], needed: int) -> list[Evse]:
    """Return the EVSEs to keep: those without a plug, else those where the last plugs came."""
    if sum(not evse.cabled for evse in free) > needed:
        return []
    return sorted(free, key=lambda evse: (evse.cabled, -evse.plugged_order))[:needed]


def _free(facts: Facts, evse: Evse) -> bool:
    """Tell whether the EVSE could still be given to whoever reserved any; a plug takes nothing."""
    tx = evse.transaction
    taken = evse.authorization or evse.held or (tx and tx.ever_authorized)
    return not taken and _serves(facts, evse)


def _serves(facts: Facts, evse: Evse) -> bool:
    faulty = facts.broken or evse.stopped_by(Stops.EVERYTHING)
    return not faulty and facts.usable(evse)


def kept_from(
    facts: Facts, evse: Evse, token: Token, group: str | None, *, sure: bool = True
) -> bool:
    """Tell whether the EVSE is kept for others than a token of that group.

    Unless one is `sure`, a token without a group may yet turn out to have the right one.
    """
    kept = kept_for(facts, evse)
    may_fit = not sure and group is None
    fits = (r.means(token, group) or (may_fit and r.group is not None) for r in kept)
    return bool(kept) and not any(fits)


class Reservations:
    """Owns what is reserved, and until when."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    def reserve(self, wish: Reserve) -> Answer:
        """Keep an EVSE, or with EVSE 0 any one of them (1.6 section 4.11, 2.0.1 H01)."""
        wanted = self._fitted(wish.reservation, wish.outlet)
        if isinstance(wanted, Refused):
            return wanted
        refusal = self._refusal(wanted)
        if refusal:
            return refusal
        self._facts.reservations.pop(wanted.id, None)
        self._facts.reservations[wanted.id] = wanted
        self._facts.keep(ReservationSaved(wanted))
        self.plan()
        return Accepted()

    def _fitted(self, wanted: Reservation, outlet: Outlet | None) -> Reservation | Refused:
        """Return the reservation for EVSEs with such a connector; where not all are, for one."""
        evses = self._facts.evses.values()
        fitting = [e for e in evses if outlet in {None, *(c.outlet for c in e.layout.connectors)}]
        here = [e for e in fitting if wanted.evse in {0, e.number}]
        if wanted.evse in self._facts.evses.keys() | {0} and not here:
            return Refused(Reason.UNKNOWN_OUTLET, "no EVSE that is meant has such a connector")
        if wanted.evse or len(fitting) == len(evses):
            return wanted
        free = (e for e in here if self._not_free(e, wanted) is None)
        return replace(wanted, evse=next(free, here[0]).number)

    def _refusal(self, wanted: Reservation) -> Refused | None:
        if not self._facts.values[rows.RESERVATIONS_ENABLED]:
            return Refused(Reason.NO_RESERVATIONS, "reservations are switched off")
        if abs(wanted.id) > LARGEST:
            return Refused(Reason.BAD_VALUE, "the number of the reservation is too large")
        if not wanted.readable:
            return Refused(Reason.BAD_TOKEN, "whom the reservation is for is not a readable text")
        if wanted.until <= self._facts.now.utc:
            return Refused(Reason.BAD_VALUE, "the reservation would be over already")
        known = self._facts.reservations.get(wanted.id)
        if known and known.evse == wanted.evse:
            return None  # what is kept already stays kept
        if wanted.evse == 0:
            return self._none_free(wanted)
        evse = self._facts.evses.get(wanted.evse)
        if evse is None:
            return Refused(Reason.UNKNOWN_EVSE, f"there is no EVSE {wanted.evse}")
        return self._not_free(evse, wanted)

    def _none_free(self, wanted: Reservation) -> Refused | None:
        if not self._facts.values[rows.ANY_EVSE_RESERVABLE]:
            return Refused(Reason.UNSUPPORTED, "a reservation must say which EVSE it is for")
        others = [r for r in self._facts.reservations.values() if r.evse == 0 and r.id != wanted.id]
        found = [self._not_free(evse, wanted) for evse in self._facts.evses.values()]
        refusals = [refusal for refusal in found if refusal]
        if len(found) - len(refusals) > len(others):
            return None
        return min(refusals, key=lambda refusal: _GRAVEST.index(refusal.reason))

    def _not_free(self, evse: Evse, wanted: Reservation) -> Refused | None:
        facts, number = self._facts, evse.number
        if facts.broken or evse.stopped_by(Stops.EVERYTHING):
            return Refused(Reason.FAULTED, f"EVSE {number} has a fault")
        if not facts.usable(evse) or facts.restart_wanted or facts.restarting:
            return Refused(Reason.UNAVAILABLE, f"EVSE {number} is out of use")
        if (
            evse.cabled
            or evse.transaction
            or evse.authorization
            or evse.waiting
            or evse.authorizing
        ):
            return Refused(Reason.OCCUPIED, f"EVSE {number} is in use")
        if kept_for(facts, evse, but=wanted.id):
            return Refused(Reason.RESERVED, f"EVSE {number} is reserved")
        return None

    def cancel(self, wish: CancelReservation) -> Answer:
        """Keep nothing for it any more (2.0.1 H02)."""
        if wish.id not in self._facts.reservations:
            return Refused(Reason.UNKNOWN_RESERVATION, "there is no such reservation")
        self._end(wish.id, ReservationEnd.CANCELLED)
        return Accepted()

    def use(self, evse: Evse, token: Token, group: str | None) -> int | None:
        """End the reservation that a token comes for; return its number, None without one."""
        here = {0, evse.number}
        mine = [r for r in self._facts.reservations.values() if r.evse in here]
        mine = [r for r in mine if r.means(token, group)]
        if not mine:
            return None
        used = max(mine, key=lambda r: r.evse)  # the one of this very EVSE first
        self._end(used.id, ReservationEnd.USED)
        return used.id

    def settle(self) -> None:
        """End what cannot be kept: its EVSE, or every EVSE, has a fault or is out of use."""
        for reservation in [*self._facts.reservations.values()]:
            evses = [e for e in self._facts.evses.values() if reservation.evse in {0, e.number}]
            if not any(_serves(self._facts, evse) for evse in evses):
                self._end(reservation.id, ReservationEnd.REMOVED)

    def plan(self) -> None:
        """Plan the end of the reservation that is over first."""
        ends = [reservation.until for reservation in self._facts.reservations.values()]
        if not ends:
            self._facts.agenda.cancel(_TIMER)
            return
        now = self._facts.now
        self._facts.agenda.set(_TIMER, now.mono + max(0.0, min(ends) - now.utc))

    def due(self) -> None:
        """End every reservation whose time is over; a timer may come a rounding error early."""
        now_utc = self._facts.now.utc + ROUNDING_S
        for reservation in [*self._facts.reservations.values()]:
            if reservation.until <= now_utc:
                self._end(reservation.id, ReservationEnd.EXPIRED)
        self.plan()

    def _end(self, id_: int, why: ReservationEnd) -> None:
        del self._facts.reservations[id_]
        self._facts.keep(ReservationClosed(id_))
        self._facts.tell(ReservationEnded(id_, why))
        self.plan()
