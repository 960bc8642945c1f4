"""The white list: cards that somebody at the station has taught it; the CSMS has no part in it."""

from __future__ import annotations

from collections.abc import Iterable

from laadpaal.properties import authorization as rows
from laadpaal.station.answers import Accepted, Answer, Reason, Refused
from laadpaal.station.cards import (
    Card,
    CardDropped,
    CardKept,
    ClearCards,
    DropCard,
    Rank,
    WriteCard,
    drawn,
)
from laadpaal.station.facts import Facts
from laadpaal.station.words import Token, TokenStatus, Verdict

_SAYS = {
    Rank.ACTIVE: TokenStatus.ACCEPTED,
    Rank.BLOCKED: TokenStatus.BLOCKED,
    Rank.MASTER: TokenStatus.INVALID,
}


class WhiteList:
    """Cards by token, in the order in which they came; at most as many as a local list holds."""

    def __init__(self, facts: Facts, cards: Iterable[Card] = ()) -> None:
        self._facts = facts
        self._cards = {card.token.key: card for card in cards}

    def view(self) -> tuple[Card, ...]:
        """Return every card."""
        return tuple(self._cards.values())

    def find(self, token: Token) -> Verdict | None:
        """Return what it says of a token; None when it is switched off, or says nothing now.

        It counts where it alone decides, and while the CSMS cannot be asked.
        """
        values = self._facts.values
        alone = values[rows.METHOD] == rows.LOCAL_CARDS
        counts = alone or (values[rows.WHITE_LIST_USED] and not self._facts.online)
        card = self._cards.get(token.key) if counts else None
        return Verdict(_SAYS[card.rank]) if card else None

    def rank(self, token: Token) -> Rank | None:
        """Return what a card may do, whether the list is in use or not; None for a stranger."""
        card = self._cards.get(token.key)
        return card.rank if card else None

    def write(self, wish: WriteCard) -> Answer:
        """Add a card, or change what it may do."""
        if not wish.card.token.readable or not wish.card.token.value:
            return Refused(Reason.BAD_TOKEN, "the number of a card is not a readable text")
        if drawn(wish.card.token):
            return Refused(Reason.BAD_TOKEN, "the number of that card is another each time")
        if wish.card.token.key not in self._cards and len(self._cards) >= rows.LONGEST_LIST:
            return Refused(Reason.TOO_MANY, f"the white list holds {rows.LONGEST_LIST} cards")
        self.put(wish.card)
        return Accepted()

    def put(self, card: Card) -> None:
        """Keep a card."""
        self._cards[card.token.key] = card
        self._facts.keep(CardKept(card))

    def drop(self, wish: DropCard) -> Answer:
        """Forget a card."""
        if wish.token.key not in self._cards:
            return Refused(Reason.BAD_TOKEN, "that card is not on the white list")
        self.forget(wish.token)
        return Accepted()

    def forget(self, token: Token) -> None:
        """Forget a card that is there."""
        del self._cards[token.key]
        self._facts.keep(CardDropped(token))

    def clear(self, _: ClearCards) -> Answer:
        """Forget every card but the masters, who could not be taught again with a card."""
        for card in self.view():
            if card.rank is not Rank.MASTER:
                self.forget(card.token)
        return Accepted()
