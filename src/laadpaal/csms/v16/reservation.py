"""Reservations: a connector, or with 0 any one of them, is kept for an idTag (5.1, 5.13)."""

from __future__ import annotations

from laadpaal.csms.dialect import Reply, Scene, Wish
from laadpaal.csms.v16.authorization import group
from laadpaal.csms.v16.provisioning import instant
from laadpaal.protocols.ocpp import v16
from laadpaal.station.answers import Accepted, Answer, Reason, Refused
from laadpaal.station.requests import CancelReservation, Reserve
from laadpaal.station.words import Reservation, Token

_WORDS = {
    Reason.FAULTED: v16.ReservationStatus.Faulted,
    Reason.OCCUPIED: v16.ReservationStatus.Occupied,
    Reason.RESERVED: v16.ReservationStatus.Occupied,
    Reason.UNAVAILABLE: v16.ReservationStatus.Unavailable,
}
"""What a refusal reads as; every other one is Rejected."""


def reserve(call: v16.ReserveNow, scene: Scene) -> Reply | Wish:  # noqa: ARG001  a hearer
    """Keep a connector; until an instant that cannot be read, nothing can be kept."""
    until = instant(call.expiryDate)
    if until is None:
        return Reply(v16.ReserveNowResponse(status=v16.ReservationStatus.Rejected))
    reservation = Reservation(
        call.reservationId,
        call.connectorId,
        Token(call.idTag, kind=None),
        until,
        group(call.parentIdTag),
    )
    return Wish((Reserve(reservation),), _reserved)


def _reserved(answers: tuple[Answer, ...]) -> Reply:
    match answers[0]:
        case Accepted():
            word = v16.ReservationStatus.Accepted
        case Refused(reason):
            word = _WORDS.get(reason, v16.ReservationStatus.Rejected)
        case _:
            word = v16.ReservationStatus.Rejected
    return Reply(v16.ReserveNowResponse(status=word))


def cancel(call: v16.CancelReservation, scene: Scene) -> Wish:  # noqa: ARG001  a hearer
    """Keep nothing for that number any more."""
    return Wish((CancelReservation(call.reservationId),), _cancelled)


def _cancelled(answers: tuple[Answer, ...]) -> Reply:
    done = isinstance(answers[0], Accepted)
    status = v16.CancelReservationStatus
    return Reply(v16.CancelReservationResponse(status=status.Accepted if done else status.Rejected))
