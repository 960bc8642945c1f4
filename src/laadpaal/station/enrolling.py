"""Cards are taught to the station with a master card: what it begins, each card goes through."""

from __future__ import annotations

from typing import assert_never

from laadpaal.station import passing
from laadpaal.station.agenda import Due, Timer
from laadpaal.station.answers import Accepted, Answer, Refused
from laadpaal.station.cards import Card, CardWish, ClearCards, DropCard, Enrol, Rank, WriteCard
from laadpaal.station.display import Popup
from laadpaal.station.facts import Facts
from laadpaal.station.lights import Light
from laadpaal.station.white_list import WhiteList
from laadpaal.station.words import Token

PATIENCE_S = 30.0
"""From the last card until it ends by itself."""
ENROLLING = "enrolling"
"""Who shows what is shown meanwhile."""
TITLE = "Master card"
HINT = "Hold each card to the reader to add or remove it."
_TIMER = Timer(Due.ENROLLING)


class Enrolling:
    """Takes cards away from those who authorize them, while it lasts."""

    def __init__(self, facts: Facts, white_list: WhiteList) -> None:
        self._facts = facts
        self._list = white_list

    def ask(self, wish: CardWish) -> Answer:
        """Answer a wish of somebody at the station."""
        match wish:
            case WriteCard():
                return self._list.write(wish)
            case DropCard():
                return self._list.drop(wish)
            case ClearCards():
                return self._list.clear(wish)
            case Enrol(on):
                (self._go_on if on else self.over)()
                return Accepted()
            case _:
                assert_never(wish)

    def took(self, token: Token) -> bool:
        """Take a card that is held to a reader, if it is any business of the white list."""
        if self._list.rank(token) is Rank.MASTER:
            (self.over if self._on else self._go_on)()
            return True
        if self._on:
            self._toggle(token)
        return self._on

    @property
    def _on(self) -> bool:
        return self._facts.agenda.planned(_TIMER) is not None

    def _toggle(self, token: Token) -> None:
        if self._list.rank(token):
            self._list.forget(token)
            self._go_on(Light.TAG_REMOVED, f"{token.value} is removed.")
            return
        answer = self._list.write(WriteCard(Card(token)))
        refused = answer.detail if isinstance(answer, Refused) else ""
        self._go_on(
            Light.TAG_MODE if refused else Light.TAG_ADDED, refused or f"{token.value} is added."
        )

    def _go_on(self, light: Light = Light.TAG_MODE, line: str = HINT) -> None:
        self._facts.agenda.set(_TIMER, self._facts.now.mono + PATIENCE_S)
        popup = Popup(ENROLLING, TITLE, (line,), self._facts.now.utc + PATIENCE_S)
        for evse in self._facts.evses.values():
            evse.popup, evse.signal = popup, light

    def over(self) -> None:
        """Let cards be cards again."""
        self._facts.agenda.cancel(_TIMER)
        for evse in self._facts.evses.values():
            evse.signal = None
            passing.take_away(evse, ENROLLING)
