"""What is said about payments: events, jobs, records and notices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from laadpaal.station.payment import (
    Delivery,
    Payment,
    PaymentState,
    PaymentStep,
    PaymentTrouble,
    Settlement,
    Tariff,
)


@dataclass(frozen=True, slots=True)
class PaymentCardPresented:
    """A payment card was held to `reader`; reader 0 serves all EVSEs, reader n only EVSE n.

    Args:
        card: What the reader has made of it: opaque, and the same each time. Nobody shows it.
    """

    reader: int
    card: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class PaymentApproved:
    """The provider has approved the card, at that price."""

    payment: str
    session: str
    tariff: Tariff


@dataclass(frozen=True, slots=True)
class PaymentConfirmed:
    """The provider knows that the customer has agreed."""

    payment: str


@dataclass(frozen=True, slots=True)
class PaymentCancelled:
    """The provider knows that nothing comes of the payment."""

    payment: str


@dataclass(frozen=True, slots=True)
class PaymentCaptured:
    """The provider has taken the money; `receipt` is its number, `url` where to read it, or ""."""

    payment: str
    receipt: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class PaymentFailed:
    """The provider did not do what it was asked; `why` is one sentence for people."""

    payment: str
    step: PaymentStep
    trouble: PaymentTrouble
    why: str = ""


PaymentEvent = (
    PaymentCardPresented
    | PaymentApproved
    | PaymentConfirmed
    | PaymentCancelled
    | PaymentCaptured
    | PaymentFailed
)
"""What becomes of payments."""


@dataclass(frozen=True, slots=True)
class PreAuthorize:
    """Ask the provider whether a card is good, within `wait_s`; `payment` is its idempotency key.

    Every job of payments ends in an event with that id.
    """

    payment: str
    evse: int
    card: str = field(repr=False)
    currency: str
    wait_s: float


@dataclass(frozen=True, slots=True)
class ConfirmPayment:
    """Tell the provider that the customer has agreed."""

    payment: str
    session: str
    wait_s: float


@dataclass(frozen=True, slots=True)
class CancelPayment:
    """Tell the provider that nothing comes of it; without a session it knows the payment's id."""

    payment: str
    session: str


@dataclass(frozen=True, slots=True)
class CapturePayment:
    """Have the provider take the money."""

    payment: str
    session: str
    evse: int
    delivery: Delivery


PaymentJob = PreAuthorize | ConfirmPayment | CancelPayment | CapturePayment
"""What the provider is asked for, by whoever talks to it."""

STEPS: Mapping[type[PaymentJob], PaymentStep] = MappingProxyType(
    {
        PreAuthorize: PaymentStep.PRE_AUTHORIZE,
        ConfirmPayment: PaymentStep.CONFIRM,
        CancelPayment: PaymentStep.CANCEL,
        CapturePayment: PaymentStep.CAPTURE,
    }
)
"""What the provider is asked for by each."""


@dataclass(frozen=True, slots=True)
class PaymentSaved:
    """A payment as it is now; replaces what was saved of it."""

    payment: Payment


@dataclass(frozen=True, slots=True)
class PaymentClosed:
    """Nothing is open of that payment any more."""

    id: str


PaymentRecord = PaymentSaved | PaymentClosed
"""What is kept of payments."""


@dataclass(frozen=True, slots=True)
class PaymentChanged:
    """The payment at an EVSE has come further; `why` tells what it came to grief by, or ""."""

    evse: int
    state: PaymentState
    why: str = ""


@dataclass(frozen=True, slots=True)
class PaymentSettled:
    """The provider has heard the end of a payment.

    Args:
        how: Refused when it will not hear of it; then somebody has to look.
        amount_cents: Of a delivery, in `currency`; 0 and "" without one.
        receipt: Its number, once money was taken.
    """

    payment: str
    evse: int
    how: Settlement
    amount_cents: int = 0
    currency: str = ""
    receipt: str = ""
    why: str = ""


PaymentNotice = PaymentChanged | PaymentSettled
"""What others may want to know of payments."""
