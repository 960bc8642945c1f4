"""Payments of which the provider has yet to hear the end: told until it has answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from laadpaal.station.agenda import Due, Timer
from laadpaal.station.facts import Facts
from laadpaal.station.payment import Payment, PaymentState, PaymentTrouble, Settlement
from laadpaal.station.payment_words import (
    CancelPayment,
    CapturePayment,
    PaymentClosed,
    PaymentSaved,
    PaymentSettled,
)

FIRST_WAIT_S = 5.0
LONGEST_WAIT_S = 600.0
ANSWER_S = 60.0
"""After so many seconds without any answer, not even a failure, it is told again."""
_TIMER = Timer(Due.SETTLEMENT)


class Settlements:
    """Owns what is to be cancelled and captured; each is told again and again, never two ways.

    Telling twice does no harm: the provider knows each by an id that does not change.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self.open: dict[str, Payment] = {}
        self._failures: dict[str, int] = {}
        self._next: dict[str, float] = {}

    def add(self, payment: Payment) -> None:
        """Keep a payment that was aborted, or is to be captured, and tell the provider."""
        self._facts.keep(PaymentSaved(payment))
        self.open[payment.id] = payment
        self._failures[payment.id] = 0
        self._tell(payment)

    def late(self, id_: str, evse: int, session: str) -> None:
        """Cancel what the provider has approved too late, even if it knows of a cancellation."""
        known = self.open.get(id_)
        if known is None:
            self.add(Payment(id_, evse, PaymentState.ABORTED, session))
        elif known.state is PaymentState.ABORTED and not known.session:
            self.add(replace(known, session=session))

    def settled(self, id_: str, state: PaymentState, receipt: str = "") -> Payment | None:
        """Take the provider's answer to what was told in that state; return what is over."""
        payment = self.open.get(id_)
        if payment is None or payment.state is not state:
            return None
        captured = state is PaymentState.CAPTURING
        how = Settlement.CAPTURED if captured else Settlement.CANCELLED
        self._close(payment, how, receipt=receipt)
        self.hurry()  # who answers about one can be reached about all
        return payment

    def failed(
        self, id_: str, state: PaymentState, trouble: PaymentTrouble, why: str
    ) -> Payment | None:
        """Tell it again later, unless the provider will not hear of it; then return it."""
        payment = self.open.get(id_)
        if payment is None or payment.state is not state:
            return None
        if trouble.final:
            self._close(payment, Settlement.REFUSED, why=why or trouble.value)
            return payment
        failures = self._failures[id_]
        self._failures[id_] = failures + 1
        wait_s = min(FIRST_WAIT_S * 2.0 ** min(failures, 10), LONGEST_WAIT_S)
        self._next[id_] = self._facts.now.mono + wait_s
        self._plan()
        return None

    def hurry(self) -> None:
        """Tell at once what has failed and waits, for somebody can be reached again."""
        for payment in self.open.values():
            if self._failures[payment.id]:
                self._failures[payment.id] = 0
                self._tell(payment)

    def due(self) -> None:
        """Tell what has waited long enough."""
        for id_, payment in self.open.items():
            if self._next[id_] <= self._facts.now.mono:
                self._tell(payment)

    def power_up(self, payments: Iterable[Payment]) -> None:
        """Go on with what the last life left."""
        for payment in payments:
            self.add(payment)

    def _tell(self, payment: Payment) -> None:
        if not self._facts.layout.payment:
            return  # the provider that it was agreed with is gone; it is kept until there is one
        if payment.delivery:
            job: CancelPayment | CapturePayment = CapturePayment(
                payment.id, payment.session, payment.evse, payment.delivery
            )
        else:
            job = CancelPayment(payment.id, payment.session)
        self._facts.step.actions.append(job)
        self._next[payment.id] = self._facts.now.mono + ANSWER_S
        self._plan()

    def _close(
        self, payment: Payment, how: Settlement, *, receipt: str = "", why: str = ""
    ) -> None:
        del self.open[payment.id], self._failures[payment.id], self._next[payment.id]
        self._facts.keep(PaymentClosed(payment.id))
        cost = payment.delivery
        cents, currency = (cost.amount_cents, cost.currency) if cost else (0, "")
        self._facts.tell(
            PaymentSettled(payment.id, payment.evse, how, cents, currency, receipt, why)
        )
        self._plan()

    def _plan(self) -> None:
        if self._next:
            self._facts.agenda.set(_TIMER, min(self._next.values()))
        else:
            self._facts.agenda.cancel(_TIMER)
