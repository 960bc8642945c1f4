"""What a payment at the station is: how far it has come, at what price, and what was delivered."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum, IntEnum

from laadpaal.station.measurement import SignedData
from laadpaal.station.words import Token, TokenKind

PAYMENT = "payment"
"""Owner of the screens that pass while somebody pays."""
TOKEN_LENGTH = 20
"""Characters that every CSMS takes in an identifier (1.6 IdToken)."""


class PaymentState(IntEnum):
    """How far a payment has come."""

    IDLE = 0
    """There is none."""
    PRE_AUTHORIZING = 1
    """The provider is asked whether the card is good."""
    OFFERED = 2
    """The tariff is shown, and the customer is to agree."""
    CONFIRMING = 3
    """The provider is told that the customer has agreed."""
    AUTHORIZED = 4
    """The customer may charge, or does."""
    ABORTED = 5
    """It did not come about; the provider may have yet to hear of that."""
    CAPTURING = 6
    """The provider has yet to take the money."""
    RECEIPT = 7
    """It has, and the receipt is shown."""


class PaymentStep(Enum):
    """What the provider is asked for."""

    PRE_AUTHORIZE = "pre-authorize"
    CONFIRM = "confirm"
    CANCEL = "cancel"
    CAPTURE = "capture"


class PaymentTrouble(Enum):
    """Why the provider did not do it; the text is for people."""

    DECLINED = "the card was declined"
    REFUSED = "the payment provider refused"
    FAILING = "the payment provider has a fault"
    BROKEN = "the payment provider's answer cannot be used"
    UNREACHABLE = "the payment provider cannot be reached"
    SLOW = "the payment provider does not answer"

    @property
    def final(self) -> bool:
        """Whether the provider has said no, so that nothing is open there and nothing will be."""
        return self in {PaymentTrouble.DECLINED, PaymentTrouble.REFUSED}


class Settlement(Enum):
    """How a payment ended at the provider."""

    CANCELLED = "cancelled"
    CAPTURED = "captured"
    REFUSED = "refused"
    """The provider will not hear of it again: somebody has to look."""


@dataclass(frozen=True, slots=True)
class Tariff:
    """A price as the provider has set it.

    Args:
        text: What the customer is to read.
        per_kwh: In the currency, exactly.
        per_minute: Likewise, from the start of the transaction to its end.
        fee_cents: For each transaction in which energy was delivered.
        currency: By its three letters (ISO 4217).
    """

    text: str
    per_kwh: Decimal
    per_minute: Decimal
    fee_cents: int
    currency: str

    def cents(self, energy_wh: int, seconds: int) -> int:
        """Return what that costs; only the sum is rounded, half a cent up."""
        energy = self.per_kwh * energy_wh / 1000
        time = self.per_minute * seconds / 60
        return self.fee_cents + int((100 * (energy + time)).quantize(Decimal(1), ROUND_HALF_UP))


@dataclass(frozen=True, slots=True)
class Delivery:
    """What was delivered for a payment, and what it costs.

    Args:
        energy_wh: Whole watt-hours, the rest of the last one left out.
        started_at: UTC second.
        ended_at: UTC second.
        signed: What the meter has signed of it, first and last, where it signs.
    """

    energy_wh: int
    started_at: float
    ended_at: float
    amount_cents: int
    currency: str
    signed: tuple[SignedData, ...] = ()


@dataclass(frozen=True, slots=True)
class Payment:
    """One customer's payment; nothing of the card is in it.

    Args:
        id: The station's own; the provider knows its first request by it.
        session: The provider's, "" until it is known.
        transaction: "" until one has begun.
        started_at: UTC second from which it is paid for.
        meter_start_wh: Register from which it is paid for.
        signed: What the meter signed there, or nothing.
        delivery: Once the transaction has ended.
    """

    id: str
    evse: int
    state: PaymentState = PaymentState.PRE_AUTHORIZING
    session: str = ""
    tariff: Tariff | None = None
    transaction: str = ""
    started_at: float = 0.0
    meter_start_wh: float = 0.0
    signed: tuple[SignedData, ...] = ()
    delivery: Delivery | None = None

    @property
    def authorizing(self) -> bool:
        """Whether the EVSE is kept for a customer who may not charge yet (S58)."""
        return PaymentState.PRE_AUTHORIZING <= self.state <= PaymentState.CONFIRMING

    @property
    def served(self) -> bool:
        """Whether the customer is on their way to charging, or does."""
        return self.authorizing or self.state is PaymentState.AUTHORIZED

    @property
    def asking(self) -> bool:
        """Whether an answer of the provider is waited for, before anybody may charge."""
        return self.authorizing and self.state is not PaymentState.OFFERED

    @property
    def token(self) -> Token:
        """By which its transaction is told to the CSMS: made for it, and no card's."""
        return Token(f"PAY-{self.id.replace('-', '')}"[:TOKEN_LENGTH], TokenKind.CENTRAL)

    def delivered(
        self, meter_wh: float, at: float, signed: tuple[SignedData, ...] = ()
    ) -> Delivery | None:
        """Return what was delivered until the meter stood there; None for no whole watt-hour."""
        energy_wh = int(meter_wh - self.meter_start_wh)
        if energy_wh <= 0 or self.tariff is None:
            return None
        seconds = max(0, int(at - self.started_at))
        return Delivery(
            energy_wh,
            self.started_at,
            max(at, self.started_at),
            self.tariff.cents(energy_wh, seconds),
            self.tariff.currency,
            self.signed + signed,
        )


def money(cents: int, currency: str) -> str:
    """Return an amount as people read it."""
    return f"{cents // 100}.{cents % 100:02d} {currency}"
