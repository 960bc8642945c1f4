"""The open interface of payment providers: what a station sends, and what it takes as an answer."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, TypeVar

import msgspec

from laadpaal.payments.errors import PaymentError
from laadpaal.station.payment import PaymentTrouble

LONGEST_ID = 64
LONGEST_TEXT = 200
MOST_CENTS = 1_000_000_00

Identifier = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_ID, pattern=r"^[!-~]+$")]
Line = Annotated[str, msgspec.Meta(max_length=LONGEST_TEXT)]
Cents = Annotated[int, msgspec.Meta(ge=0, le=MOST_CENTS)]
Price = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{1,6}(\.[0-9]{1,10})?$")]
"""An amount of the currency as plain digits: a number of JSON would lose some of them."""
Currency = Annotated[str, msgspec.Meta(pattern=r"^[A-Z]{3}$")]
Instant = str
"""UTC as RFC 3339 writes it, to the second."""


class Sent(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What the station sends."""


class Told(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What a provider answers; members that the station does not know are passed over."""


class PreAuthorization(Sent, frozen=True, kw_only=True):
    """`POST /preauthorizations`: whether a card is good, and at what price.

    Args:
        station_id: By which the provider knows the station.
        card_token: What the reader has made of the card: opaque, for the provider alone.
        request_id: Sent twice, it is one request; a cancellation may name it.
    """

    station_id: str
    evse: int
    card_token: str
    currency: str
    request_id: str


class Confirmation(Sent, frozen=True, kw_only=True):
    """`POST /preauthorizations/{session}/confirm`: the customer has agreed to the tariff."""

    request_id: str


class Cancellation(Sent, frozen=True, kw_only=True):
    """`POST /preauthorizations/{id}/cancel`: nothing comes of it.

    The id is the session, or where the station never heard of one the `requestId` of the
    pre-authorization, which must not be approved any more when it comes later.
    """

    request_id: str


class Signed(Sent, frozen=True, kw_only=True):
    """One value as the meter has signed it."""

    data: str
    method: str
    encoding: str


class Capture(Sent, frozen=True, kw_only=True):
    """`POST /preauthorizations/{session}/capture`: what was delivered, and what it costs.

    Args:
        energy_wh: Whole watt-hours.
        amount_cents: Of the smallest unit of the currency; only the sum was rounded.
        signed_values: First and last, where the meter signs.
        public_key: Of the meter, or "".
    """

    evse: int
    energy_wh: int
    start: Instant
    end: Instant
    amount_cents: int
    currency: str
    signed_values: tuple[Signed, ...]
    public_key: str
    request_id: str


class TariffTold(Told, frozen=True, kw_only=True):
    """A price: what the customer reads of it, and the numbers that count."""

    text: Line = ""
    price_per_kwh: Price = "0"
    per_minute: Price = "0"
    session_fee: Cents = 0
    currency: Currency


class PreAuthorized(Told, frozen=True, kw_only=True):
    """Answers a pre-authorization with 201; the tariff is needed where it is approved."""

    session_id: Identifier
    approved: bool
    tariff: TariffTold | None = None
    reason: Line = ""


class Acknowledged(Told, frozen=True, kw_only=True):
    """Answers a confirmation or a cancellation with 200, by the id in its path."""

    session_id: Identifier


class Captured(Told, frozen=True, kw_only=True):
    """Answers a capture with 200: the number of the receipt, and where to read it."""

    session_id: Identifier
    receipt_id: Identifier
    receipt_url: Line = ""


A = TypeVar("A", bound=Told)


def read(body: bytes, kind: type[A]) -> A:
    """Return an answer; raises PaymentError, whose text holds nothing of it."""
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise PaymentError(PaymentTrouble.BROKEN, "it is not what was agreed on") from None


def price(text: str) -> Decimal:
    """Return a price as an exact number."""
    return Decimal(text)
