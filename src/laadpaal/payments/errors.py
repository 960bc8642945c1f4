"""What can go wrong with a request; outside the room it is a value."""

from __future__ import annotations

from laadpaal.station.payment import PaymentTrouble


class PaymentError(Exception):
    """The provider did not do it; carries the trouble out of the functions that it ends."""

    def __init__(self, trouble: PaymentTrouble, why: str = "") -> None:
        super().__init__(why or trouble.value)
        self.trouble = trouble
        self.why = why
