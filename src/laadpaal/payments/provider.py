"""A payment provider that speaks the open interface over HTTPS."""

from __future__ import annotations

import logging
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import assert_never
from urllib.parse import quote

import msgspec

from laadpaal.payments import messages as m
from laadpaal.payments.errors import PaymentError
from laadpaal.payments.https import Answer, post
from laadpaal.ports.clock import Clock, timeout
from laadpaal.station.payment import PaymentTrouble, Tariff
from laadpaal.station.payment_words import (
    STEPS,
    CancelPayment,
    CapturePayment,
    ConfirmPayment,
    PaymentApproved,
    PaymentCancelled,
    PaymentCaptured,
    PaymentConfirmed,
    PaymentEvent,
    PaymentFailed,
    PaymentJob,
    PreAuthorize,
)

SETTLE_S = 30.0
"""How long it may take to cancel or capture, for which no customer waits."""
MOST_TRIES = 2
_LATER = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS})
"""Refusals that are none: the same request may do later."""


@dataclass(frozen=True, slots=True)
class Provider:
    """Where a provider is, and by what it knows the station.

    Args:
        url: Where its interface begins, an https URL.
        station_id: Ours, in its books.
        tls: Returns whom to trust, and what to show; asked anew for each request.
    """

    url: str
    station_id: str
    tls: Callable[[], ssl.SSLContext]


class HttpsProvider:
    """Is a `PaymentProvider`; what it logs holds nothing of any card."""

    def __init__(self, provider: Provider, clock: Clock, log: logging.Logger) -> None:
        self._provider = provider
        self._clock = clock
        self._log = log

    async def do(self, job: PaymentJob) -> PaymentEvent:
        """Return what came of a job."""
        try:
            async with timeout(self._clock, _time_s(job)):
                return await self._done(job)
        except TimeoutError:
            return self._failed(job, PaymentError(PaymentTrouble.SLOW))
        except PaymentError as wrong:
            return self._failed(job, wrong)

    async def _done(self, job: PaymentJob) -> PaymentEvent:
        match job:
            case PreAuthorize():
                return await self._pre_authorize(job)
            case ConfirmPayment(payment, session):
                wish = m.Confirmation(request_id=f"{payment}-confirm")
                path = _path(session, "confirm")
                _same(m.read(await self._asked(path, wish), m.Acknowledged).session_id, session)
                return PaymentConfirmed(payment)
            case CancelPayment(payment, session):
                # By another id it is another request, which must not pass for a repetition.
                key = f"{payment}-cancel-session" if session else f"{payment}-cancel"
                wanted = session or payment
                body = await self._asked(_path(wanted, "cancel"), m.Cancellation(request_id=key))
                _same(m.read(body, m.Acknowledged).session_id, wanted)
                return PaymentCancelled(payment)
            case CapturePayment():
                return await self._capture(job)
            case _:
                assert_never(job)

    async def _pre_authorize(self, job: PreAuthorize) -> PaymentEvent:
        wish = m.PreAuthorization(
            station_id=self._provider.station_id,
            evse=job.evse,
            card_token=job.card,
            currency=job.currency,
            request_id=job.payment,
        )
        body = await self._asked("/preauthorizations", wish, HTTPStatus.CREATED)
        told = m.read(body, m.PreAuthorized)
        if not told.approved:
            raise PaymentError(PaymentTrouble.DECLINED)
        if told.tariff is None or told.tariff.currency != job.currency:
            raise PaymentError(PaymentTrouble.BROKEN, "it has no tariff in the currency asked for")
        return PaymentApproved(job.payment, told.session_id, _tariff(told.tariff))

    async def _capture(self, job: CapturePayment) -> PaymentEvent:
        path = _path(job.session, "capture")
        told = m.read(await self._asked(path, _bill(job)), m.Captured)
        _same(told.session_id, job.session)
        return PaymentCaptured(job.payment, told.receipt_id, told.receipt_url)

    async def _asked(self, path: str, wish: m.Sent, wanted: HTTPStatus = HTTPStatus.OK) -> bytes:
        """Return the body of the answer; a fault of the provider is given one more chance."""
        body = msgspec.json.encode(wish)
        for tries in range(1, MOST_TRIES + 1):
            answer = await post(self._provider.url, path, body, self._tls())
            if answer.status < HTTPStatus.INTERNAL_SERVER_ERROR or tries == MOST_TRIES:
                return _judged(answer, wanted)
        raise AssertionError("unreachable")

    def _tls(self) -> ssl.SSLContext:
        try:
            return self._provider.tls()
        except (OSError, ValueError) as wrong:
            raise PaymentError(PaymentTrouble.UNREACHABLE, f"our certificate: {wrong}") from None

    def _failed(self, job: PaymentJob, wrong: PaymentError) -> PaymentFailed:
        step = STEPS[type(job)]
        detail = f": {wrong.why}" if wrong.why else ""
        why = f"{wrong.trouble.value}{detail}"
        self._log.warning("Payment %s, %s: %s", job.payment, step.value, why)
        return PaymentFailed(job.payment, step, wrong.trouble, why)


def _time_s(job: PaymentJob) -> float:
    return job.wait_s if isinstance(job, PreAuthorize | ConfirmPayment) else SETTLE_S


def _path(id_: str, what: str) -> str:
    return f"/preauthorizations/{quote(id_, safe='')}/{what}"


def _judged(answer: Answer, wanted: HTTPStatus) -> bytes:
    """Return the body of a good answer; raises PaymentError for any other."""
    status = answer.status
    if status == wanted:
        return answer.body
    why = f"status {status}"
    if status == HTTPStatus.PAYMENT_REQUIRED:
        raise PaymentError(PaymentTrouble.DECLINED, why)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status in _LATER:
        raise PaymentError(PaymentTrouble.FAILING, why)
    if status >= HTTPStatus.BAD_REQUEST:
        raise PaymentError(PaymentTrouble.REFUSED, why)
    raise PaymentError(PaymentTrouble.BROKEN, why)


def _same(told: str, wanted: str) -> None:
    if told != wanted:
        raise PaymentError(PaymentTrouble.BROKEN, "it is about another session")


def _tariff(told: m.TariffTold) -> Tariff:
    return Tariff(
        told.text,
        m.price(told.price_per_kwh),
        m.price(told.per_minute),
        told.session_fee,
        told.currency,
    )


def _bill(job: CapturePayment) -> m.Capture:
    it = job.delivery
    return m.Capture(
        evse=job.evse,
        energy_wh=it.energy_wh,
        start=_instant(it.started_at),
        end=_instant(it.ended_at),
        amount_cents=it.amount_cents,
        currency=it.currency,
        signed_values=tuple(
            m.Signed(data=one.text, method=one.method, encoding=one.encoding) for one in it.signed
        ),
        public_key=next((one.public_key for one in it.signed if one.public_key), ""),
        request_id=f"{job.payment}-capture",
    )


def _instant(utc: float) -> str:
    return datetime.fromtimestamp(utc, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
