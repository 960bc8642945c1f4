"""How it is decided whether a token may charge: by nobody, by what is known, or by the CSMS."""

from __future__ import annotations

from enum import Enum

from laadpaal.properties import authorization as rows
from laadpaal.station.evse import Evse
from laadpaal.station.facts import Facts
from laadpaal.station.knowledge import Known
from laadpaal.station.words import UNASKED, Token, TokenKind, Verdict, one_group


class Way(Enum):
    """Who decides on a token, or why nobody can."""

    FREE = "nobody has to"
    KNOWN = "what is known"
    ASK = "the CSMS"
    UNASKABLE = "the CSMS cannot be asked"
    UNKNOWN = "nothing here knows the token, and the CSMS is not asked"
    NO_CARDS = "cards are not taken here"


class Deciding:
    """Finds the way that a token goes (1.6 section 4.2, 2.0.1 block C)."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    def way(self, evse: Evse, token: Token, known: Known | None) -> Way:
        """Return who decides whether `token` may charge, or stop, at the EVSE."""
        values = self._facts.values
        if token.kind in UNASKED or not values[rows.AUTHORIZE]:
            return Way.FREE
        if known and known.good and self._stops(evse, known.verdict):
            return Way.KNOWN
        if not _asked(evse) and values[rows.METHOD] != rows.CARDS:
            return self._here(known)
        if not self._facts.online:
            return self.offline(evse, known)
        if values[rows.NEVER_ASK]:
            return Way.KNOWN if known and not _disowned(evse) else Way.UNKNOWN
        if known is None or token.kind is TokenKind.LOCAL or _disowned(evse):
            return Way.ASK  # 2.0.1 C06, E05
        decides = values[rows.PRE_AUTHORIZE] if known.good else known.final
        return Way.KNOWN if decides else Way.ASK

    def _here(self, known: Known | None) -> Way:
        """Return who decides on a card where the CSMS has no part in that (S55)."""
        if self._facts.values[rows.METHOD] != rows.LOCAL_CARDS:
            return Way.NO_CARDS
        return Way.KNOWN if known else Way.UNKNOWN

    def offline(self, evse: Evse, known: Known | None) -> Way:
        """Return who decides while the CSMS does not answer; who is known as bad is no stranger."""
        values = self._facts.values
        if _disowned(evse):
            return Way.UNASKABLE
        if known is None:
            return Way.FREE if values[rows.OFFLINE_UNKNOWN] else Way.UNASKABLE
        return Way.KNOWN if known.good and values[rows.OFFLINE_KNOWN] else Way.UNASKABLE

    def master(self, group: str | None) -> bool:
        """Tell whether tokens of that group are master passes (2.0.1 C16)."""
        return one_group(group, self._facts.values[rows.MASTER_GROUP] or None)

    def _stops(self, evse: Evse, verdict: Verdict) -> bool:
        """Tell whether a good token comes to stop: one of the group, or a master pass."""
        here = evse.authorization or (None if evse.transaction else evse.held)
        fellow = here is not None and one_group(here.group, verdict.group)
        return fellow or self.master(verdict.group)


def _asked(evse: Evse) -> bool:
    """Tell whether somebody at a distance has asked for a start, and shows no card here."""
    return evse.waiting is not None and evse.waiting.asked


def _disowned(evse: Evse) -> bool:
    """Tell whether only a new word of the CSMS lets energy flow again in the transaction."""
    return evse.transaction is not None and evse.transaction.blocked
