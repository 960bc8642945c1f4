"""Where plugging in is enough, whoever plugs in may charge (S55, 2.0.1 AuthCtrlr.Enabled)."""

from __future__ import annotations

from laadpaal.properties import authorization as rows
from laadpaal.station.authorization import Authorizer
from laadpaal.station.evse import Authorization, Evse
from laadpaal.station.facts import Facts
from laadpaal.station.reservations import kept_for
from laadpaal.station.words import NOBODY, Token, TokenKind


class FreeUse:
    """Authorizes one and the same token, once for each time that a vehicle comes."""

    def __init__(self, facts: Facts, authorizer: Authorizer) -> None:
        self._facts = facts
        self._authorizer = authorizer

    def settle(self) -> None:
        """Let in every vehicle that waits; where it has charged, it has to come anew."""
        token = self._everybody()
        if token is None:
            return
        for evse in self._facts.evses.values():
            if self._waits(evse) and not kept_for(self._facts, evse):
                self._authorizer.authorize(evse, Authorization(token))

    def _everybody(self) -> Token | None:
        """Return in whose name everybody charges; None where each has to say who it is."""
        values = self._facts.values
        if values[rows.METHOD] == rows.PLUG_AND_CHARGE:
            return Token(values[rows.PLUG_IDENTIFIER], TokenKind.LOCAL)
        return None if values[rows.AUTHORIZE] else NOBODY

    def _waits(self, evse: Evse) -> bool:
        had = evse.ended_since_plug or (evse.transaction and evse.transaction.ever_authorized)
        taken = evse.authorization or evse.held or had
        return evse.connected and not taken and self._authorizer.free(evse)
