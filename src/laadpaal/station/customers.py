"""What the station knows of a customer by their token, and how it forgets that."""

from __future__ import annotations

from laadpaal.station.answers import Recalled
from laadpaal.station.cache import Cache
from laadpaal.station.evse import Evse
from laadpaal.station.facts import Facts
from laadpaal.station.local_list import LocalList
from laadpaal.station.profiles import Profiles
from laadpaal.station.records import CustomerForgotten
from laadpaal.station.requests import RecallCustomer
from laadpaal.station.words import Token


class Customers:
    """Owns nothing: looks through what others know.

    Cache and past transactions are forgotten. What is still needed stays until it is over: what
    runs, what is reserved, and what the CSMS has yet to hear; the local list is the CSMS's own
    (2.0.1 N10).
    """

    def __init__(
        self, facts: Facts, cache: Cache, local_list: LocalList, profiles: Profiles
    ) -> None:
        self._facts = facts
        self._cache = cache
        self._list = local_list
        self._profiles = profiles

    def recall(self, wish: RecallCustomer) -> Recalled:
        """Tell what is known, as it was before any of it was forgotten."""
        token = wish.token
        if token is None:
            return Recalled(self._facts.now.utc)
        known = self._known(token)
        if wish.forget:
            self._cache.forget(token)
            self._facts.keep(CustomerForgotten(token))
        return known

    def _known(self, token: Token) -> Recalled:
        evses = [evse for evse in self._facts.evses.values() if token.same(_owner(evse))]
        running = tuple(evse.transaction.id for evse in evses if evse.transaction)
        return Recalled(
            self._facts.now.utc,
            tuple(entry.verdict for entry in self._cache.about(token)),
            self._list.about(token),
            tuple(evse.number for evse in evses),
            running,
            tuple(r for r in self._facts.reservations.values() if token.same(r.token)),
            tuple(p.id for p in self._profiles.installed.values() if p.transaction in running),
        )


def _owner(evse: Evse) -> Token | None:
    """Return whose the EVSE is: who charges, may charge, has left the plug, or is asked about."""
    if evse.transaction and evse.transaction.token:
        return evse.transaction.token
    owner = evse.authorization or evse.held or evse.waiting
    return owner.token if owner else None
