"""What each EVSE may offer, and what its pilot, contactor and lock must do about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from laadpaal.properties import charging as rows
from laadpaal.properties.balancing import MAX_IMBALANCE
from laadpaal.station.actions import CloseContactor, OfferCurrent, OpenContactor
from laadpaal.station.answers import Answer, Composed, Reason, Refused
from laadpaal.station.balancing import Budget, even, tightest
from laadpaal.station.charging_profiles import NOMINAL_V, Schedule, Unit, Word, composite
from laadpaal.station.claims import CABLE, LEAST_A, SIMPLE, Claim, Offer, lowest, signifies
from laadpaal.station.energy import Energy
from laadpaal.station.evse import Evse
from laadpaal.station.facts import Facts
from laadpaal.station.faults import CONTACTOR_FAULT
from laadpaal.station.line_use import LineUse
from laadpaal.station.locks import Locks
from laadpaal.station.measurement import NO_CURRENT
from laadpaal.station.notices import LimitChanged
from laadpaal.station.points import energy_wanted, offer_wanted, powered, takes
from laadpaal.station.profiles import OFF, Profiles
from laadpaal.station.releasing import releasing
from laadpaal.station.requests import ComposeSchedule
from laadpaal.station.words import Trigger

LONGEST_S = 7 * 86_400
"""How far ahead a schedule is composed."""

Shared = tuple[Budget, dict[int, Claim]]
"""What there is for all together, and the claim that it comes to for each taker, by number."""


class Supply:
    """Decides on current; every wish is a claim and the lowest wins."""

    def __init__(
        self, facts: Facts, locks: Locks, profiles: Profiles, lines: LineUse, energy: Energy
    ) -> None:
        self._facts = facts
        self._locks = locks
        self._profiles = profiles
        self._use = lines
        self._grid, self._steering = energy.grid, energy.steering
        self._sharing = energy.sharing
        self.limits_a = NO_CURRENT
        """What all EVSEs together may take from each line of the grid, as it was decided last."""

    def decide(self) -> None:
        """Settle what every EVSE may offer, sharing what the station has as a whole."""
        at = self._facts.now.utc
        budgets = self._whole(at)
        self.limits_a = tightest(budgets)
        decided = self._claims(at, budgets)
        for evse in self._facts.evses.values():
            evse.claims = decided[evse.number]
            offer = lowest(evse.claims, self._least_a(evse))
            if offer != evse.offer:
                self._change(evse, offer)

    def _change(self, evse: Evse, offer: Offer) -> None:
        """Tell of a new limit; a transaction tells it too when somebody outside has a part in it.

        It does so only while it could have current before and after, and only once all since it
        was told last comes to a change that signifies (2.0.1 K11 to K13).
        """
        was, evse.offer = evse.offer, offer
        self._facts.tell(LimitChanged(evse.number, offer.limit_a, offer.because, evse.limited))
        if not ((was.external or offer.external) and powered(evse) and takes(evse)):
            evse.rate_a = None
            return
        evse.rate_a = was.limit_a if evse.rate_a is None else evse.rate_a
        if signifies(evse.rate_a, offer.limit_a, self._facts.values[rows.SIGNIFICANT_CHANGE]):
            evse.rate_a = offer.limit_a
            evse.causes.insert(0, (Trigger.CHARGING_RATE_CHANGED, None))

    def _claims(
        self, at: float, budgets: Sequence[Budget], *, as_if_begun: bool = False
    ) -> dict[int, tuple[Claim, ...]]:
        """Return every claim on each EVSE, those on all together first."""
        own = {
            number: self._own(evse, at, as_if_begun=as_if_begun)
            for number, evse in self._facts.evses.items()
        }
        bounds = {
            number: (self._least_a(evse), lowest(own[number]).limit_a)
            for number, evse in self._facts.evses.items()
        }
        takers = self._sharing.takers(bounds)
        shared = [(budget, budget.claims(takers)) for budget in budgets]
        return {number: (*_of_all(shared, number), *claims) for number, claims in own.items()}

    def whole(self) -> tuple[Claim, ...]:
        """Return the claims on the station as a whole, as they are now."""
        budgets = self._whole(self._facts.now.utc)
        return tuple(budget.on_all() for budget in budgets if not budget.unbalanced)

    def _whole(self, at: float) -> list[Budget]:
        """Return what there is for all EVSEs together, whoever says so."""
        station_a, lines = self._facts.values[rows.STATION_MAX], self._lines()
        words = [self._profiles.of_station(at), *self._profiles.from_outside(0, at)]
        imbalance_a = self._facts.values[MAX_IMBALANCE]
        return [
            even("station", station_a),
            *self._grid.whole(),
            *self._steering.whole(),
            *(even(claim.by, claim.limit_a, claim.external) for claim in _said(words, lines)),
            *([replace(even("imbalance", imbalance_a), unbalanced=True)] if imbalance_a else []),
        ]

    def _lines(self) -> int:
        return max(evse.phases for evse in self._facts.evses.values())

    def _own(self, evse: Evse, at: float, *, as_if_begun: bool) -> list[Claim]:
        """Return the claims on one EVSE alone."""
        since = self._profiles.since(evse, as_if_begun=as_if_begun)
        lines = self._use.then(evse, at) if as_if_begun else evse.phases
        words = [
            self._profiles.of_evse(evse, at, since),
            *self._profiles.from_outside(evse.number, at),
        ]
        most_a = self._most_a(evse)
        cable = [] if evse.cable_a is None else [Claim(CABLE, evse.cable_a)]
        energy = [*self._grid.of_evse(evse), *self._steering.of_evse(evse)]
        caps = evse.caps.values()
        return [Claim("connector", most_a), *cable, *caps, *energy, *_said(words, lines)]

    def _most_a(self, evse: Evse) -> float:
        """Return what the outlet in use may give: each has its own limit (S66)."""
        row = rows.CONNECTOR_MAX if evse.outlet.piloted else rows.DOMESTIC_MAX
        return min(evse.outlet.rated_a, self._facts.values.of(row, evse.number))

    def _least_a(self, evse: Evse) -> float:
        """Return what is to be had, or nothing is given: without a pilot nobody can be told less.

        So a domestic outlet needs all that it may give and the station's fuses allow, and a
        simplified vehicle what it takes at most.
        """
        if evse.steerable:
            return LEAST_A
        if evse.outlet.piloted:
            return evse.caps[SIMPLE].limit_a
        values = self._facts.values
        fuses_a = min(values[rows.STATION_MAX], values[rows.INSTALLATION_MAX])
        return max(LEAST_A, min(self._most_a(evse), fuses_a))

    def compose(self, wish: ComposeSchedule) -> Answer:
        """Tell what may be offered from now on, were nobody to come or go (2.0.1 K08).

        An EVSE where nobody charges is seen as one where a transaction begins now. All together
        are the sum of the EVSEs, and not more than the station may take.
        """
        if not self._profiles.used:
            return OFF
        evses = [e for e in self._facts.evses.values() if wish.evse in {0, e.number}]
        if not evses:
            return Refused(Reason.UNKNOWN_EVSE, f"there is no EVSE {wish.evse}")
        if wish.duration_s < 1:
            return Refused(Reason.BAD_VALUE, "a schedule is at least a second long")
        duration_s = min(wish.duration_s, LONGEST_S)
        at, limits = self._facts.now.utc, partial(self._expected, wish, evses)
        periods = composite(limits, at, duration_s, partial(self._most_lines, evses))
        return Composed(wish.evse, at, Schedule(wish.unit, periods, duration_s))

    def _most_lines(self, evses: Sequence[Evse], at: float) -> int:
        return max(self._use.then(evse, at) for evse in evses)

    def _expected(
        self, wish: ComposeSchedule, evses: Sequence[Evse], at: float
    ) -> tuple[float, float]:
        """Return what these EVSEs may take at an instant, and until when that stays so."""
        budgets = self._whole(at)
        decided, limit = self._claims(at, budgets, as_if_begun=True), 0.0
        until = self._profiles.until(at, as_if_begun=True)
        for evse in evses:
            lines = self._use.then(evse, at)
            limit += lowest(decided[evse.number]).limit_a * _volts(wish.unit, lines)
        if wish.evse == 0:
            most_a = min(max(it.limits_a) for it in budgets if not it.unbalanced)
            limit = min(limit, most_a * _volts(wish.unit, self._lines()))
        return limit, until

    def release(self, evse: Evse) -> None:
        """Tell the hardware what nothing holds, whatever a life before this one left behind."""
        actions = self._facts.step.actions
        actions.append(OfferCurrent(evse.number, None))
        evse.welded = False
        for connector, _ in enumerate(evse.layout.connectors, 1):
            actions.append(OpenContactor(evse.number, connector))
            evse.switching += 1
        self._locks.release(evse)

    def drive(self, evse: Evse) -> None:
        """Tell pilot, contactor and lock what has changed: lock first, unlock last."""
        self._locks.hold(evse)
        self._offer(evse)
        self._switch(evse)
        self._locks.let_go(evse)

    @staticmethod
    def switched(evse: Evse, *, closed: bool) -> None:
        """Take note of where the contactor is, after it was told to move."""
        evse.contactor_closed = closed
        evse.switching = max(0, evse.switching - 1)

    def stuck(self, evse: Evse, *, closing: bool) -> None:
        """Take note that it did not move; one that did not open is welded."""
        self.switched(evse, closed=not closing)
        evse.welded = evse.welded or not closing
        evse.faults.add(CONTACTOR_FAULT)

    def _offer(self, evse: Evse) -> None:
        evse.offered_a = evse.offer.limit_a if offer_wanted(self._facts, evse) else None
        signalled_a = evse.offered_a if evse.steerable else None
        if signalled_a != evse.signalled_a:
            evse.signalled_a = signalled_a
            self._facts.step.actions.append(OfferCurrent(evse.number, signalled_a))

    def _switch(self, evse: Evse) -> None:
        wanted = energy_wanted(self._facts, evse) or releasing(self._facts, evse)
        closed = evse.transaction is not None and wanted
        if closed == evse.closed_wanted:
            return
        evse.closed_wanted = closed
        evse.switching += 1
        evse.closed_phases = evse.phases if closed else 0
        evse.joined_phases = evse.closed_phases or evse.joined_phases
        if closed:
            evse.closed_connector = evse.connector
        here = (evse.number, evse.closed_connector)
        close, open_ = CloseContactor(evse.number, evse.phases, here[1]), OpenContactor(*here)
        self._facts.step.actions.append(close if closed else open_)


def _of_all(shared: Sequence[Shared], number: int) -> list[Claim]:
    """Return what is left for one EVSE; who takes nothing sees all there is, but of the house."""
    claims = []
    for budget, parts in shared:
        if number in parts:
            claims.append(parts[number])
        elif not (budget.of_house or budget.unbalanced):
            claims.append(Claim(budget.by, min(budget.limits_a), budget.external))
    return claims


def _said(words: Sequence[Word], lines: int) -> list[Claim]:
    return [
        Claim(word.profile.name, word.limit_a(lines), word.profile.external)
        for word in words
        if word.profile
    ]


def _volts(unit: Unit, lines: int) -> float:
    """Return by what ampere on each line are multiplied to be in a unit."""
    return NOMINAL_V * lines if unit is Unit.WATT else 1.0
