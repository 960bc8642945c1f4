"""Reservations: an EVSE, or any one of them, is kept for a token (block H)."""

from __future__ import annotations

from msgspec import UNSET

from laadpaal.csms.dialect import Call, Calls, Reply, Scene, Wish
from laadpaal.csms.v201.authorization import group, token, utc
from laadpaal.csms.v201.refusals import status_info, why
from laadpaal.protocols.ocpp import v201
from laadpaal.station.answers import Accepted, Answer, Reason, Refused
from laadpaal.station.layout import Outlet
from laadpaal.station.notices import ReservationEnded
from laadpaal.station.requests import CancelReservation, Reserve
from laadpaal.station.words import Reservation, ReservationEnd

_STATUS = v201.ReserveNowStatus
_WORDS = {
    Reason.FAULTED: _STATUS.Faulted,
    Reason.OCCUPIED: _STATUS.Occupied,
    Reason.RESERVED: _STATUS.Occupied,
    Reason.UNAVAILABLE: _STATUS.Unavailable,
}
"""What a refusal reads as; every other one is Rejected."""
_UPDATES = {
    ReservationEnd.EXPIRED: v201.ReservationUpdateStatus.Expired,
    ReservationEnd.REMOVED: v201.ReservationUpdateStatus.Removed,
}
"""What the CSMS did not bring about itself."""
_OUTLETS = {outlet.value: outlet for outlet in Outlet}


def reserve(call: v201.ReserveNow, scene: Scene) -> Reply | Wish:  # noqa: ARG001  a hearer
    """Keep an EVSE; until an instant that cannot be read, nothing can be kept (H01)."""
    until = utc(call.expiryDateTime)
    if until is None:
        return _rejected("InvalidValue", "expiryDateTime is no instant")
    if call.evseId == 0:  # our word for any, which is spelled otherwise here
        return _rejected("UnknownEvse", "there is no EVSE 0")
    kind = UNSET if call.connectorType is UNSET else call.connectorType.value
    if kind is not UNSET and kind not in _OUTLETS:
        return _rejected("UnknownConnectorType", "no EVSE has such a connector")
    reservation = Reservation(
        call.id, call.evseId or 0, token(call.idToken), until, group(call.groupIdToken)
    )
    return Wish((Reserve(reservation, None if kind is UNSET else _OUTLETS[kind]),), _reserved)


def _rejected(reason: str, detail: str) -> Reply:
    return Reply(
        v201.ReserveNowResponse(status=_STATUS.Rejected, statusInfo=status_info(reason, detail))
    )


def _reserved(answers: tuple[Answer, ...]) -> Reply:
    (answer,) = answers
    word = _STATUS.Accepted
    if isinstance(answer, Refused):
        word = _WORDS.get(answer.reason, _STATUS.Rejected)
    return Reply(v201.ReserveNowResponse(status=word, statusInfo=why(answer)))


def cancel(call: v201.CancelReservation, scene: Scene) -> Wish:  # noqa: ARG001  a hearer
    """Keep nothing for that number any more (H02)."""
    return Wish((CancelReservation(call.reservationId),), _cancelled)


def _cancelled(answers: tuple[Answer, ...]) -> Reply:
    (answer,) = answers
    status = v201.CancelReservationStatus
    word = status.Accepted if isinstance(answer, Accepted) else status.Rejected
    return Reply(v201.CancelReservationResponse(status=word, statusInfo=why(answer)))


def ended(notice: ReservationEnded, scene: Scene) -> Calls:  # noqa: ARG001  the shape of a teller
    """Tell that a reservation is over, unless the CSMS or its user ended it (H01, H04)."""
    update = _UPDATES.get(notice.why)
    if update is None:
        return ()
    message = v201.ReservationStatusUpdate(reservationId=notice.id, reservationUpdateStatus=update)
    return (Call("ReservationStatusUpdate", message, notice),)
