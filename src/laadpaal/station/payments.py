"""Paying at the station: a card, the provider's word, a tariff that is agreed to, and a bill."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from laadpaal.properties import payment as rows
from laadpaal.properties import prices as price_rows
from laadpaal.station import passing
from laadpaal.station.agenda import Due, Timer
from laadpaal.station.authorization import Authorizer
from laadpaal.station.display import Popup, ScreenState
from laadpaal.station.evse import Authorization, Evse, Paying, Transaction
from laadpaal.station.facts import Facts
from laadpaal.station.faults import Stops
from laadpaal.station.measurement import SignedData
from laadpaal.station.payment import (
    PAYMENT,
    Delivery,
    Payment,
    PaymentState,
    PaymentStep,
    PaymentTrouble,
    Tariff,
    money,
)
from laadpaal.station.payment_words import (
    ConfirmPayment,
    PaymentApproved,
    PaymentCaptured,
    PaymentCardPresented,
    PaymentChanged,
    PaymentClosed,
    PaymentFailed,
    PaymentSaved,
    PreAuthorize,
)
from laadpaal.station.records import OpenTransaction
from laadpaal.station.settlements import Settlements
from laadpaal.station.words import NOBODY, Token, TokenKind

S = PaymentState

EDGES: frozenset[tuple[PaymentState, PaymentState]] = frozenset(
    {
        (S.IDLE, S.PRE_AUTHORIZING),
        (S.PRE_AUTHORIZING, S.OFFERED),
        (S.PRE_AUTHORIZING, S.ABORTED),
        (S.OFFERED, S.CONFIRMING),
        (S.OFFERED, S.ABORTED),
        (S.CONFIRMING, S.AUTHORIZED),
        (S.CONFIRMING, S.ABORTED),
        (S.AUTHORIZED, S.CAPTURING),
        (S.AUTHORIZED, S.ABORTED),
        (S.CAPTURING, S.RECEIPT),
        # The provider has refused, or somebody else has come before it has answered.
        (S.CAPTURING, S.IDLE),
        (S.ABORTED, S.IDLE),
        (S.RECEIPT, S.IDLE),
    }
)
"""How a payment goes on; what is aborted or captured goes on as a settlement."""

_BEFORE_ENERGY = frozenset({S.PRE_AUTHORIZING, S.OFFERED, S.CONFIRMING})
_OVER = frozenset({S.ABORTED, S.CAPTURING, S.RECEIPT})
"""Nobody is served here any more: the next customer may come."""
_STRANGER = Token("PAYMENT", TokenKind.CENTRAL)
"""Stands for whoever pays, where it matters what is kept for others."""
_NOT_POSSIBLE = "Payment not possible"


class Payments:
    """Owns the payment of each EVSE, from the card to the receipt."""

    def __init__(
        self,
        facts: Facts,
        authorizer: Authorizer,
        saved: Sequence[Payment],
    ) -> None:
        self._facts = facts
        self._authorizer = authorizer
        self.settlements = Settlements(facts)
        self._saved = {payment.id: payment for payment in saved}
        """What the last life left, until this one has begun."""

    @property
    def open(self) -> dict[str, Payment]:
        """All that storage keeps, by id."""
        here = [e.paying.payment for e in self._facts.evses.values() if e.paying]
        going = {one.id: one for one in here if one.state not in _OVER}
        return self._saved | self.settlements.open | going

    # --- what people do ---

    def present(self, event: PaymentCardPresented) -> None:
        """Take a payment card: it begins a payment, agrees to a tariff, or ends the charging."""
        if self._facts.restarting:
            return
        own = self._of_card(event)
        if own:
            self._again(own)
            return
        evse = self._authorizer.meant(event.reader, _STRANGER)
        if evse is None or evse.waiting or evse.authorizing:
            return
        if why := self._refusal(evse):
            self._turn_away(evse, why)
        else:
            self._begin(evse, event)

    def _of_card(self, event: PaymentCardPresented) -> Evse | None:
        """Return the EVSE where that card is being served."""
        for evse in self._facts.evses.values():
            paying, here = evse.paying, event.reader in {0, evse.number}
            if paying and paying.payment.served and here and paying.card == event.card:
                return evse
        return None

    def _refusal(self, evse: Evse) -> str:
        values = self._facts.values
        wanted = values[rows.WAYS] == rows.GIROCARD and values[rows.SERVICE] != rows.OFF
        if not self._facts.layout.payment or not wanted:
            return "payment cards are not taken here"
        if values[rows.SERVICE] == rows.OUT_OF_SERVICE:
            return "payment is out of service"
        if not self._authorizer.vacant(evse, _STRANGER):
            return "the EVSE is in use, or kept for others"
        return ""

    def _turn_away(self, evse: Evse, why: str) -> None:
        """Refuse a card; the display is left to who is served there."""
        self._facts.tell(PaymentChanged(evse.number, self._state(evse), why))
        if self._authorizer.vacant(evse, _STRANGER):
            self._show(evse, _NOT_POSSIBLE, (why,), self._facts.values[rows.MESSAGE_S])

    def _begin(self, evse: Evse, event: PaymentCardPresented) -> None:
        self._leave(evse)
        payment = Payment(next(self._facts.ids), evse.number)
        floating = event.reader == 0 and not evse.cabled and not self._authorizer.bound(evse)
        wait_s = float(self._facts.values[rows.PRE_AUTHORIZE_S])
        by = Paying(payment, event.card, floating, evse.cabled)
        self._enter(evse, payment, wait_s, by=by)
        currency = self._facts.values[price_rows.CURRENCY]
        self._facts.step.actions.append(
            PreAuthorize(payment.id, evse.number, event.card, currency, wait_s)
        )

    def _again(self, evse: Evse) -> None:
        """Take the card of who is served here: it says yes, or that it is enough."""
        payment = self._payment(evse)
        if payment.state is S.OFFERED:
            wait_s = float(self._facts.values[rows.CONFIRM_S])
            self._enter(evse, replace(payment, state=S.CONFIRMING), wait_s)
            self._facts.step.actions.append(ConfirmPayment(payment.id, payment.session, wait_s))
        elif payment.state is S.AUTHORIZED and evse.authorization:
            self._authorizer.stop(evse, payment.token)

    def dismissed(self, reader: int, token: Token) -> bool:
        """Tell whether a button was pressed to be rid of a payment that is not agreed to yet."""
        if not token.same(NOBODY):
            return False
        for evse in self._facts.evses.values():
            if evse.authorizing and reader in {0, evse.number}:
                self._abort(evse, "it was stopped at the station")
                return True
        return False

    # --- what the provider says ---

    def approved(self, event: PaymentApproved) -> None:
        """Show the tariff; an approval that comes too late is cancelled."""
        evse = self._of(event.payment)
        if evse and self._state(evse) is S.PRE_AUTHORIZING:
            wait_s = float(self._facts.values[rows.CONFIRMATION_S])
            payment = self._payment(evse)
            offered = replace(payment, state=S.OFFERED, session=event.session, tariff=event.tariff)
            self._enter(evse, offered, wait_s)
            self._show(evse, "Hold your card here again to agree", _offer(event.tariff), wait_s)
        elif evse is None or self._state(evse) is S.ABORTED:
            number = evse.number if evse else 0
            self.settlements.late(event.payment, number, event.session)

    def confirmed(self, id_: str) -> None:
        """Let the customer charge, if the EVSE is still theirs."""
        evse = self._of(id_)
        if evse is None or self._state(evse) is not S.CONFIRMING or evse.paying is None:
            return
        if not self._authorizer.unowned(evse, _STRANGER):
            self._abort(evse, "the EVSE is in use, or kept for others")
            return
        payment = replace(self._payment(evse), state=S.AUTHORIZED)
        self._enter(evse, payment)
        floating = evse.paying.floating and not evse.cabled
        self._authorizer.authorize(evse, Authorization(payment.token, floating=floating))

    def cancelled(self, id_: str) -> None:
        """Take note that the provider knows of the cancellation."""
        self.settlements.settled(id_, S.ABORTED)

    def captured(self, event: PaymentCaptured) -> None:
        """Show the receipt to who is still there."""
        payment = self.settlements.settled(event.payment, S.CAPTURING, event.receipt)
        evse = self._of(event.payment)
        if payment and payment.delivery and evse and self._state(evse) is S.CAPTURING:
            wait_s = float(self._facts.values[rows.RECEIPT_S])
            self._enter(evse, replace(payment, state=S.RECEIPT), wait_s)
            self._show(evse, "Paid", _receipt(payment.delivery, event), wait_s)

    def failed(self, event: PaymentFailed) -> None:
        """Tell the customer, or let it be told to the provider once more."""
        trouble, evse = event.trouble, self._of(event.payment)
        match event.step:
            case PaymentStep.PRE_AUTHORIZE if evse and self._state(evse) is S.PRE_AUTHORIZING:
                self._abort(evse, trouble.value, cancel=not trouble.final)
            case PaymentStep.CONFIRM if evse and self._state(evse) is S.CONFIRMING:
                self._abort(evse, trouble.value)
            case PaymentStep.CANCEL:
                self.settlements.failed(event.payment, S.ABORTED, trouble, event.why)
            case PaymentStep.CAPTURE:
                over = self.settlements.failed(event.payment, S.CAPTURING, trouble, event.why)
                if over and evse and self._state(evse) is S.CAPTURING:
                    self._leave(evse)
            case _:
                pass  # it comes too late: what it was about is over

    # --- what follows ---

    def due(self, timer: Timer) -> None:
        """Tell the provider once more, give up waiting, or take a message off the display."""
        if timer.due is Due.SETTLEMENT:
            self.settlements.due()
            return
        evse = self._facts.evses[timer.evse]
        match self._state(evse):
            case S.PRE_AUTHORIZING | S.CONFIRMING:
                self._abort(evse, PaymentTrouble.SLOW.value)
            case S.OFFERED:
                self._abort(evse, "nobody agreed to the tariff")
            case S.ABORTED | S.RECEIPT:
                self._leave(evse)
            case _:
                passing.take_away(evse, PAYMENT)

    def settle(self) -> None:
        """Follow the cable, the authorization and the transaction of every payment."""
        for evse in self._facts.evses.values():
            paying = evse.paying
            if paying is None:
                continue
            state = paying.payment.state
            if state in _BEFORE_ENERGY:
                self._wait(evse, paying)
            elif state is S.AUTHORIZED:
                self._charge(evse, paying)
            elif evse.authorization or evse.waiting:
                self._leave(evse)  # somebody else has come

    def _wait(self, evse: Evse, paying: Paying) -> None:
        gone = paying.cabled and not evse.cabled
        paying.cabled = evse.cabled
        broken = evse.stopped_by(Stops.EVERYTHING) is not None
        if gone:
            self._abort(evse, "the cable was pulled out")
        elif broken or self._facts.restarting or not self._authorizer.takes(evse):
            self._abort(evse, "the EVSE is out of use")
        else:
            self._keep_place(evse, paying)

    def _charge(self, evse: Evse, paying: Paying) -> None:
        payment, tx = paying.payment, evse.transaction
        if payment.transaction and (tx is None or tx.id != payment.transaction):
            self._end(evse, payment)
        elif payment.transaction:
            return
        elif tx and payment.token.same(tx.token):
            self._start(evse, paying, tx)
        elif evse.authorization is None:
            self._abort(evse, "nobody has charged")
        else:
            self._keep_place(evse, paying)

    def _keep_place(self, evse: Evse, paying: Paying) -> None:
        """Save where the payment is, once it has followed a vehicle to another EVSE."""
        if paying.payment.evse != evse.number:
            paying.payment = replace(paying.payment, evse=evse.number)
            self._facts.keep(PaymentSaved(paying.payment))

    def _start(self, evse: Evse, paying: Paying, tx: Transaction) -> None:
        """Pay from here on, also in a transaction that began before the customer was let in."""
        paying.payment = replace(
            paying.payment,
            evse=evse.number,
            transaction=tx.id,
            started_at=self._facts.now.utc,
            meter_start_wh=max(evse.energy_wh, tx.meter_start_wh),
            signed=_signed(evse),
        )
        self._facts.keep(PaymentSaved(paying.payment))

    def _end(self, evse: Evse, payment: Payment) -> None:
        delivery = payment.delivered(evse.energy_wh, self._facts.now.utc, _signed(evse))
        if delivery is None:
            self._abort(evse, "nothing was charged")
            return
        ended = replace(payment, state=S.CAPTURING, delivery=delivery)
        self._enter(evse, ended)
        self.settlements.add(ended)

    def clock_corrected(self, jump_s: float) -> None:
        """Let nobody pay for minutes by which only the clock was set."""
        for evse in self._facts.evses.values():
            evse.measured_at += jump_s
            paying = evse.paying
            if paying and paying.payment.transaction and paying.payment.state is S.AUTHORIZED:
                started_at = paying.payment.started_at + jump_s
                paying.payment = replace(paying.payment, started_at=started_at)
                self._facts.keep(PaymentSaved(paying.payment))

    def power_up(self, transactions: Sequence[OpenTransaction]) -> None:
        """Settle what the last life left: what was charged is captured, the rest is cancelled."""
        left, self._saved = self._saved, {}
        running = {transaction.id: transaction for transaction in transactions}
        self.settlements.power_up(
            _left(payment, running.get(payment.transaction)) for payment in left.values()
        )

    # --- the machine ---

    def _enter(
        self,
        evse: Evse,
        payment: Payment,
        wait_s: float | None = None,
        *,
        why: str = "",
        by: Paying | None = None,
    ) -> None:
        """Go on to a state, and wait there for so long or for as long as it takes."""
        was, paying = self._state(evse), by or evse.paying
        if paying is None or (was, payment.state) not in EDGES:
            raise AssertionError(f"no payment goes from {was} to {payment.state}")
        paying.payment = payment
        evse.paying = paying
        passing.take_away(evse, PAYMENT)
        self._plan(evse, wait_s)
        if payment.asking and wait_s:
            passing.show(self._facts, evse, ScreenState.PLEASE_WAIT, PAYMENT, wait_s)
        else:
            passing.take_back(self._facts, evse, PAYMENT)
        if payment.state not in _OVER:
            self._facts.keep(PaymentSaved(payment))
        self._facts.tell(PaymentChanged(evse.number, payment.state, why))

    def _abort(self, evse: Evse, why: str, *, cancel: bool = True) -> None:
        payment = replace(self._payment(evse), state=S.ABORTED, evse=evse.number)
        wait_s = float(self._facts.values[rows.MESSAGE_S])
        self._enter(evse, payment, wait_s, why=why)
        if cancel:
            self.settlements.add(payment)
        else:
            self._facts.keep(PaymentClosed(payment.id))
        self._show(evse, _NOT_POSSIBLE, (why,), wait_s)

    def _leave(self, evse: Evse) -> None:
        """Be done with the customer here; the provider may have yet to hear the end."""
        if evse.paying is None:
            return
        if (self._state(evse), S.IDLE) not in EDGES:
            raise AssertionError(f"no payment is left in {self._state(evse)}")
        evse.paying = None
        passing.take_away(evse, PAYMENT)
        self._plan(evse, None)
        self._facts.tell(PaymentChanged(evse.number, S.IDLE))

    def _plan(self, evse: Evse, wait_s: float | None) -> None:
        timer = Timer(Due.PAYMENT, evse.number)
        if wait_s is None:
            self._facts.agenda.cancel(timer)
        else:
            self._facts.agenda.set(timer, self._facts.now.mono + wait_s)

    def _show(self, evse: Evse, title: str, lines: tuple[str, ...], wait_s: float) -> None:
        evse.popup = Popup(PAYMENT, title, lines, self._facts.now.utc + wait_s)
        self._plan(evse, wait_s)

    def _of(self, id_: str) -> Evse | None:
        evses = self._facts.evses.values()
        return next((e for e in evses if e.paying and e.paying.payment.id == id_), None)

    @staticmethod
    def _state(evse: Evse) -> PaymentState:
        return evse.paying.payment.state if evse.paying else S.IDLE

    @staticmethod
    def _payment(evse: Evse) -> Payment:
        if evse.paying is None:
            raise AssertionError("nobody pays here")
        return evse.paying.payment


def _left(payment: Payment, transaction: OpenTransaction | None) -> Payment:
    """Return how a payment that a power cut or restart found ends."""
    if payment.state in _OVER:
        return payment
    delivery: Delivery | None = None
    if transaction:
        last = [sample.signed for sample in transaction.samples if sample.signed]
        signed = tuple(last[-1:]) if payment.signed else ()
        delivery = payment.delivered(transaction.meter_wh, transaction.at, signed)
    state = S.CAPTURING if delivery else S.ABORTED
    return replace(payment, state=state, delivery=delivery)


def _signed(evse: Evse) -> tuple[SignedData, ...]:
    signed = evse.measurement.signed if evse.measurement else None
    return (signed,) if signed else ()


def _offer(tariff: Tariff) -> tuple[str, ...]:
    """Return the tariff as the customer is to agree to it."""
    priced = {"kWh": tariff.per_kwh, "minute": tariff.per_minute}
    lines = [
        f"{price} {tariff.currency} for each {what}" for what, price in priced.items() if price
    ]
    once = [f"{money(tariff.fee_cents, tariff.currency)} once"] if tariff.fee_cents else []
    return tuple(line for line in (tariff.text, *lines, *once) if line)


def _receipt(delivery: Delivery, told: PaymentCaptured) -> tuple[str, ...]:
    paid = money(delivery.amount_cents, delivery.currency)
    lines = (f"{paid} for {delivery.energy_wh / 1000:.3f} kWh", f"Receipt {told.receipt}", told.url)
    return tuple(line for line in lines if line)
