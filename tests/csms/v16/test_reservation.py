"""Reservations as OCPP 1.6 asks for them (sections 5.1 and 5.13)."""

from __future__ import annotations

import pytest

from laadpaal.station.answers import Accepted, AfterRestart, Reason, Refused
from laadpaal.station.notices import ReservationEnded
from laadpaal.station.requests import CancelReservation, Reserve
from laadpaal.station.words import Reservation, ReservationEnd, Token
from tests.csms.v16.stage import AT, NOON, Stage, settled

CALL = {"connectorId": 2, "expiryDate": NOON, "idTag": "04A1B2C3", "reservationId": 7}
WISH = Reserve(Reservation(7, 2, Token("04A1B2C3", kind=None), AT))


def test_a_connector_is_reserved() -> None:
    """Connector n is EVSE n; an idTag is of every kind."""
    wish = Stage().wish("ReserveNow", **CALL)

    assert wish.requests == (WISH,)
    assert settled(wish, Accepted()) == {"status": "Accepted"}


def test_a_parent_is_a_group() -> None:
    """Connector 0 is any of them."""
    wish = Stage().wish("ReserveNow", **CALL | {"connectorId": 0, "parentIdTag": "FLEET"})

    reservation = Reservation(7, 0, Token("04A1B2C3", kind=None), AT, group="FLEET")
    assert wish.requests == (Reserve(reservation),)


def test_an_empty_parent_is_none() -> None:
    """Else everybody without a parent would be of one family."""
    assert Stage().wish("ReserveNow", **CALL | {"parentIdTag": ""}).requests == (WISH,)


@pytest.mark.parametrize(
    ("reason", "word"),
    [
        (Reason.FAULTED, "Faulted"),
        (Reason.OCCUPIED, "Occupied"),
        (Reason.RESERVED, "Occupied"),
        (Reason.UNAVAILABLE, "Unavailable"),
        (Reason.NO_RESERVATIONS, "Rejected"),
        (Reason.UNSUPPORTED, "Rejected"),
        (Reason.UNKNOWN_EVSE, "Rejected"),
        (Reason.BAD_VALUE, "Rejected"),
        (Reason.BAD_TOKEN, "Rejected"),
    ],
)
def test_a_refusal_has_its_word(reason: Reason, word: str) -> None:
    """1.6 tells why in the status, as far as it has a word for it."""
    assert settled(Stage().wish("ReserveNow", **CALL), Refused(reason)) == {"status": word}


def test_no_other_answer_reserves_anything() -> None:
    """The station does not answer so, and Accepted would be the wrong guess."""
    assert settled(Stage().wish("ReserveNow", **CALL), AfterRestart()) == {"status": "Rejected"}


def test_an_expiry_that_is_no_instant_is_rejected() -> None:
    """Nobody could say when the reservation is over."""
    answer = Stage().reply("ReserveNow", **CALL | {"expiryDate": "tomorrow"})

    assert answer == {"status": "Rejected"}


def test_a_reservation_is_cancelled() -> None:
    """By its number."""
    wish = Stage().wish("CancelReservation", reservationId=7)

    assert wish.requests == (CancelReservation(7),)
    assert settled(wish, Accepted()) == {"status": "Accepted"}
    assert settled(wish, Refused(Reason.UNKNOWN_RESERVATION)) == {"status": "Rejected"}


def test_the_end_of_a_reservation_is_not_told() -> None:
    """The status of the connector says it, and 1.6 has no message for it."""
    assert Stage().tell(ReservationEnded(7, ReservationEnd.EXPIRED)) == []
