"""A station with a reader for payment cards, and what its provider says, moved by hand."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

from laadpaal.station import events as e
from laadpaal.station.layout import ConnectorLayout, EvseLayout, Layout, Outlet
from laadpaal.station.moment import Moment
from laadpaal.station.payment import PaymentState, PaymentStep, PaymentTrouble, Tariff
from laadpaal.station.payment_words import (
    STEPS,
    CancelPayment,
    CapturePayment,
    ConfirmPayment,
    PaymentApproved,
    PaymentCancelled,
    PaymentCaptured,
    PaymentCardPresented,
    PaymentConfirmed,
    PaymentEvent,
    PaymentFailed,
    PaymentJob,
    PreAuthorize,
)
from laadpaal.station.saved import Saved
from laadpaal.station.words import Pilot
from tests.support.disk import MemoryDisk
from tests.support.promises import assert_saved
from tests.support.world import World

J = TypeVar("J", bound=PaymentJob)

GIRO, OTHER = "girocard", "another girocard"
TARIFF = Tariff("Power from the roof", Decimal("0.49"), Decimal("0.02"), 50, "EUR")
CABLE = EvseLayout((ConnectorLayout(Outlet.CABLE),))
SOCKETS = Layout(payment=True)
CABLES = Layout(evses=(CABLE, CABLE), payment=True)
S = PaymentState


class Till(World):
    """A world in which people pay with cards, and a disk that keeps what they owe."""

    def __init__(
        self,
        layout: Layout = SOCKETS,
        saved: Saved | None = None,
        now: Moment | None = None,
    ) -> None:
        super().__init__(layout, saved, now)
        self.kept = MemoryDisk()
        self.written = self.noted = 0

    def plug(self, evse: int = 1, *, ready: bool = True) -> None:
        """Plug a vehicle in; a fixed cable is in no socket."""
        if self.station.layout.evses[evse - 1].connectors[0].lockable:
            super().plug(evse, ready=ready)
            return
        self.measure(evse)
        self.tell(e.PilotChanged(evse, Pilot.C if ready else Pilot.B))

    def tap(self, card: str = GIRO, reader: int = 0) -> None:
        """Hold a payment card to a reader."""
        self.tell(PaymentCardPresented(reader, card))

    def approve(self, tariff: Tariff = TARIFF) -> None:
        """Let the provider approve the last card."""
        payment = self.jobs(PreAuthorize)[-1].payment
        self.tell(PaymentApproved(payment, f"session of {payment}", tariff))

    def confirm(self) -> None:
        """Let the provider take note of the last agreement."""
        self.tell(PaymentConfirmed(self.jobs(ConfirmPayment)[-1].payment))

    def fail(self, step: PaymentStep, trouble: PaymentTrouble, payment: str = "") -> None:
        """Let the provider not do the last thing it was asked for."""
        last = next(job for job in reversed(self.actions) if isinstance(job, PaymentJob))
        self.tell(PaymentFailed(payment or last.payment, step, trouble))

    def offer(self, card: str = GIRO) -> None:
        """Bring a customer as far as the tariff."""
        self.tap(card)
        self.approve()

    def agree(self, card: str = GIRO) -> None:
        """Bring a customer as far as being let in."""
        self.offer(card)
        self.tap(card)
        self.confirm()

    def jobs(self, kind: type[J]) -> list[J]:
        """Return what the provider was asked for."""
        return [job for job in self.actions if isinstance(job, kind)]

    def state(self, evse: int = 1) -> PaymentState:
        """Return how far the payment has come."""
        return self.station.view().evses[evse - 1].payment.state

    def authorizing(self, evse: int = 1) -> bool:
        """Tell whether the EVSE is busy with a customer who is to pay."""
        return self.station.view().evses[evse - 1].payment.authorizing

    @property
    def cancels(self) -> list[CancelPayment]:
        return self.jobs(CancelPayment)

    @property
    def captures(self) -> list[CapturePayment]:
        return self.jobs(CapturePayment)

    def keep(self) -> None:
        """Put on the disk what is to be there."""
        self.kept.apply(self.records[self.written :], self.durable()[self.noted :])
        self.written, self.noted = len(self.records), len(self.durable())

    def save(self) -> Saved:
        """Return what a power cut would leave, once it is compared with what lives."""
        self.keep()
        saved = self.kept.saved()
        assert_saved(self.station, type(self.values)(), saved)
        return saved

    def cut(self) -> Till:
        """Cut the power, and return what lives after it, from the same moment on."""
        after = Till(self.station.layout, self.save(), self.now)
        after.kept = self.kept
        after.energy_wh = self.energy_wh
        return after


def bring(till: Till, state: PaymentState) -> None:
    """Bring the first EVSE's payment to a state."""
    steps: dict[PaymentState, Callable[[], None]] = {
        S.PRE_AUTHORIZING: till.tap,
        S.OFFERED: till.approve,
        S.CONFIRMING: till.tap,
        S.AUTHORIZED: till.confirm,
    }
    for reached, step in steps.items():
        step()
        if reached is state:
            return


def without(layout: Layout) -> Layout:
    """Return the same station without a provider."""
    return replace(layout, payment=False)


def answered(job: PaymentJob) -> PaymentEvent:
    """Return what comes of a job at a provider that always does what it is asked for."""
    match job:
        case PreAuthorize(payment):
            return PaymentApproved(payment, f"session of {payment}", TARIFF)
        case ConfirmPayment(payment):
            return PaymentConfirmed(payment)
        case CancelPayment(payment):
            return PaymentCancelled(payment)
        case CapturePayment(payment):
            return PaymentCaptured(payment, "R")


class Cashier:
    """Is a `PaymentProvider` that does each job after a moment, or fails it while in trouble."""

    def __init__(self) -> None:
        self.trouble: PaymentTrouble | None = None
        self.wait_s = 0.02

    async def do(self, job: PaymentJob) -> PaymentEvent:
        await asyncio.sleep(self.wait_s)
        return failed(job, self.trouble) if self.trouble else answered(job)


def failed(job: PaymentJob, trouble: PaymentTrouble) -> PaymentFailed:
    """Return that nothing came of it."""
    return PaymentFailed(job.payment, STEPS[type(job)], trouble)
