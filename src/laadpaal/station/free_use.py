"""Where nobody has to be authorized, whoever plugs in may charge (2.0.1 AuthCtrlr.Enabled)."""

from __future__ import annotations

from laadpaal.properties import authorization as rows
from laadpaal.station.authorization import Authorizer
from laadpaal.station.evse import Authorization, Evse
from laadpaal.station.facts import Facts
from laadpaal.station.reservations import kept_for
from laadpaal.station.words import NOBODY


class FreeUse:
    """Authorizes nobody in particular, once for each time that a vehicle comes."""

    def __init__(self, facts: Facts, authorizer: Authorizer) -> None:
        self._facts = facts
        self._authorizer = authorizer

    def settle(self) -> None:
        """Let in every vehicle that waits; where it has charged, it has to come anew."""
        if self._facts.values[rows.AUTHORIZE]:
            return
        for evse in self._facts.evses.values():
            if self._waits(evse) and not kept_for(self._facts, evse):
                self._authorizer.authorize(evse, Authorization(NOBODY))

    def _waits(self, evse: Evse) -> bool:
        had = evse.ended_since_plug or (evse.transaction and evse.transaction.ever_authorized)
        taken = evse.authorization or evse.held or had
        return evse.connected and not taken and self._authorizer.free(evse)
