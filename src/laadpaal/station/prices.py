"""What a driver is told of prices: the tariff, what it has cost so far, and what it cost."""

from __future__ import annotations

from dataclasses import dataclass

from laadpaal.properties import prices as rows
from laadpaal.station.answers import Accepted, Answer, Reason, Refused
from laadpaal.station.display import ScreenState
from laadpaal.station.evse import Evse
from laadpaal.station.facts import Facts
from laadpaal.station.payment import Payment, money
from laadpaal.station.requests import UpdateCost
from laadpaal.station.words import Token


@dataclass(slots=True)
class Bill:
    """What is known of the price at one EVSE, from the card until the summary has gone.

    Args:
        transaction: That it is for, "" before there is one.
        cost: In the currency of the setting; None while nobody has told.
        tariff: What the CSMS said to the driver, or "".
        alone: Whether the CSMS was out of reach when the transaction ended.
    """

    transaction: str = ""
    cost: float | None = None
    tariff: str = ""
    alone: bool = False


class Prices:
    """Owns the bill of each EVSE; the CSMS reckons, the station shows (2.0.1 block I)."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._bills = {number: Bill() for number in facts.evses}

    def greeted(self, token: Token, text: str) -> None:
        """Keep what the CSMS said to whoever has just been authorized (I01)."""
        for evse in self._facts.evses.values():
            if evse.authorization and token.same(evse.authorization.token):
                self._bills[evse.number].tariff = text

    def told(self, transaction: str, cost: float | None, text: str) -> None:
        """Take the answer to a message about a transaction, be it its last one (I02, I03, I06)."""
        for bill in self._bills.values():
            if bill.transaction == transaction:
                bill.cost = bill.cost if cost is None else cost
                bill.tariff = text or bill.tariff

    def update(self, wish: UpdateCost) -> Answer:
        """Take what a running transaction has cost so far (I02)."""
        if self._facts.evse_of(wish.transaction) is None:
            return Refused(Reason.UNKNOWN_TRANSACTION, "there is no such transaction")
        self.told(wish.transaction, wish.cost, "")
        return Accepted()

    def settle(self) -> None:
        """Open a bill with each transaction, and tear it up when nobody looks at it any more."""
        for evse in self._facts.evses.values():
            bill, tx = self._bills[evse.number], evse.transaction
            if tx and tx.id != bill.transaction:
                self._bills[evse.number] = Bill(
                    tx.id, tariff="" if bill.transaction else bill.tariff
                )
            elif tx:
                bill.alone = not self._facts.online
            elif not evse.authorization and not _summed_up(evse):
                self._bills[evse.number] = Bill()

    def tariff(self, evse: Evse) -> str:
        """Return what the display says of the tariff; the fallback when the CSMS said nothing."""
        if not evse.authorization or not self._facts.values[rows.TARIFF_ENABLED]:
            return ""
        if evse.paying and evse.paying.payment.tariff:
            return evse.paying.payment.tariff.text
        return self._bills[evse.number].tariff or self._facts.values[rows.TARIFF_FALLBACK]

    def cost(self, evse: Evse) -> str:
        """Return what the display says of the cost; the fallback when nobody could tell."""
        bill = self._bills[evse.number]
        if not bill.transaction or not self._facts.values[rows.COST_ENABLED]:
            return ""
        if evse.paying and evse.paying.payment.transaction == bill.transaction:
            return _paid(evse, evse.paying.payment)
        if bill.cost is not None:
            return f"{bill.cost:.2f} {self._facts.values[rows.CURRENCY]}"
        ended = evse.transaction is None
        return self._facts.values[rows.COST_FALLBACK] if ended and bill.alone else ""


def _paid(evse: Evse, payment: Payment) -> str:
    """Return what is paid at the station, in all or up to the last measurement."""
    delivery = payment.delivery or payment.delivered(evse.energy_wh, evse.measured_at)
    return money(delivery.amount_cents, delivery.currency) if delivery else ""


def _summed_up(evse: Evse) -> bool:
    return evse.passing is not None and evse.passing.state is ScreenState.SUMMARY
