"""Who moves money for the station."""

from __future__ import annotations

from typing import Protocol

from laadpaal.station.payment_words import PaymentEvent, PaymentJob


class PaymentProvider(Protocol):
    """Takes money from payment cards."""

    async def do(self, job: PaymentJob) -> PaymentEvent:
        """Return what came of a job; whatever goes wrong is a `PaymentFailed`, never raised.

        A job that is done twice has the effect of one. It ends within its `wait_s`, or where it
        has none within half a minute.
        """
        ...
