"""The last refusals at each EVSE, for people who ask why."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass

from laadpaal.station.answers import Answer, Refused
from laadpaal.station.facts import Facts
from laadpaal.station.notices import TokenRefused
from laadpaal.station.payment_words import PaymentChanged
from laadpaal.station.requests import Request

MOST = 5
"""How many are remembered of each EVSE, and of the station."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """What was refused at the UTC second `at`, and why."""

    at: float
    what: str
    why: str


class Refusals:
    """Remembers a few refusals of this life; nothing is decided by them."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._last: defaultdict[int, deque[Refusal]] = defaultdict(lambda: deque(maxlen=MOST))

    def answered(self, request: Request, answer: Answer) -> None:
        """Take note of a wish that was refused, where it was meant for."""
        if isinstance(answer, Refused):
            why = answer.detail or answer.reason.value
            self._note(getattr(request, "evse", 0), type(request).__name__, why)

    def settle(self) -> None:
        """Take note of the tokens and payments that were refused in this turn."""
        for notice in self._facts.step.notices:
            match notice:
                case TokenRefused(evse, _, why):
                    self._note(evse, "a token", why)
                case PaymentChanged(evse, _, why) if why:
                    self._note(evse, "a payment", why)

    def last(self, evse: int) -> tuple[Refusal, ...]:
        """Return those of an EVSE, or of the station (0), oldest first."""
        return tuple(self._last[evse])

    def _note(self, evse: int, what: str, why: str) -> None:
        place = evse if evse in self._facts.evses else 0
        self._last[place].append(Refusal(self._facts.now.utc, what, why))
