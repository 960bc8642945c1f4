"""Reservations as OCPP 2.0.1 asks for them (block H)."""

from __future__ import annotations

from typing import Any

import pytest

from laadpaal.station.answers import Accepted, Answer, Reason, Refused
from laadpaal.station.layout import Outlet
from laadpaal.station.notices import ReservationEnded
from laadpaal.station.requests import CancelReservation, Reserve
from laadpaal.station.words import Reservation, ReservationEnd, Token, TokenKind
from tests.csms.v201.scene import AT, AT_TEXT, World

CENTRAL = Token("04A1B2C3", TokenKind.CENTRAL)
CALL: dict[str, Any] = {
    "id": 7,
    "expiryDateTime": AT_TEXT,
    "idToken": {"idToken": "04A1B2C3", "type": "Central"},
}
WISH = Reserve(Reservation(7, 0, CENTRAL, AT))


@pytest.mark.parametrize(
    ("more", "wish"),
    [
        ({}, WISH),
        ({"evseId": 2}, Reserve(Reservation(7, 2, CENTRAL, AT))),
        ({"connectorType": "sType2"}, Reserve(Reservation(7, 0, CENTRAL, AT), Outlet.SOCKET)),
        (
            {"groupIdToken": {"idToken": "FLEET", "type": "Central"}},
            Reserve(Reservation(7, 0, CENTRAL, AT, group="FLEET")),
        ),
        ({"groupIdToken": {"idToken": "", "type": "Central"}}, WISH),
    ],
    ids=["any", "one", "of a kind", "for a group", "for nobody's group"],
)
def test_an_evse_is_reserved(world: World, more: dict[str, Any], wish: Reserve) -> None:
    """Without an EVSE any of them will do; an empty group is none (H01)."""
    assert world.wished("ReserveNow", **CALL | more) == (wish,)


@pytest.mark.parametrize(
    ("reason", "word", "code"),
    [
        (Reason.FAULTED, "Faulted", "InternalError"),
        (Reason.OCCUPIED, "Occupied", "TxInProgress"),
        (Reason.RESERVED, "Occupied", "InvalidIdToken"),
        (Reason.UNAVAILABLE, "Unavailable", "NotEnabled"),
        (Reason.NO_RESERVATIONS, "Rejected", "NotEnabled"),
        (Reason.UNKNOWN_EVSE, "Rejected", "UnknownEvse"),
        (Reason.UNKNOWN_OUTLET, "Rejected", "UnknownConnectorType"),
        (Reason.BAD_VALUE, "Rejected", "InvalidValue"),
    ],
)
def test_a_refusal_has_its_word(world: World, reason: Reason, word: str, code: str) -> None:
    """The status says what can be said so, and the reason code the rest (H01)."""
    answer = world.answered("ReserveNow", Refused(reason), **CALL)

    assert answer == {"status": word, "statusInfo": {"reasonCode": code}}


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"expiryDateTime": "tomorrow"}, "InvalidValue"),
        ({"evseId": 0}, "UnknownEvse"),
        ({"connectorType": "cCCS2"}, "UnknownConnectorType"),
    ],
)
def test_what_cannot_be_reserved_is_rejected(world: World, more: dict[str, Any], code: str) -> None:
    """The station is not even asked (H01)."""
    answer = world.replied("ReserveNow", **CALL | more)

    assert (answer["status"], answer["statusInfo"]["reasonCode"]) == ("Rejected", code)


@pytest.mark.parametrize(
    ("answer", "response"),
    [
        (Accepted(), {"status": "Accepted"}),
        (
            Refused(Reason.UNKNOWN_RESERVATION),
            {"status": "Rejected", "statusInfo": {"reasonCode": "NotFound"}},
        ),
    ],
)
def test_a_reservation_is_cancelled(world: World, answer: Answer, response: dict[str, Any]) -> None:
    """One that is not there cannot be (H02)."""
    assert world.wished("CancelReservation", reservationId=7) == (CancelReservation(7),)
    assert world.answered("CancelReservation", answer, reservationId=7) == response


@pytest.mark.parametrize(
    ("why", "word"),
    [
        (ReservationEnd.EXPIRED, "Expired"),
        (ReservationEnd.REMOVED, "Removed"),
        (ReservationEnd.USED, None),
        (ReservationEnd.CANCELLED, None),
    ],
)
def test_an_end_is_told_when_the_csms_could_not_know(
    world: World, why: ReservationEnd, word: str | None
) -> None:
    """Its time is over, or its EVSE is (H01, H04)."""
    told = {"reservationId": 7, "reservationUpdateStatus": word}
    calls = [("ReservationStatusUpdate", told)] if word else []

    assert world.tell(ReservationEnded(7, why)) == calls
