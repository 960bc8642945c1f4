"""Payloads of the reservation block that make no sense, in 2.0.1 (S12)."""

from __future__ import annotations

from typing import Any

from laadpaal.properties import reservations as rows
from laadpaal.station import requests as r
from laadpaal.station.words import Reservation, Token
from tests.csms.played import (
    Answer,
    Row,
    Where,
    charging,
    faulty,
    idle,
    moved,
    out,
    table,
    unmoved,
    waiting,
)
from tests.csms.v201.test_semantics import ACCEPTED, COUNT, FIELD, TYPE, VALUE, no, play
from tests.support import world as stage
from tests.support.world import World

NOON = "2023-11-15T12:00:00Z"
TOKEN = {"idToken": "A1", "type": "Central"}
GOOD: dict[str, Any] = {
    "id": 6,
    "expiryDateTime": "2023-11-15T13:00:00Z",
    "idToken": TOKEN,
    "evseId": 1,
}


def reserved(world: World) -> None:
    """Keep EVSE 1 for an hour, with reservation 5."""
    world.ask(r.Reserve(Reservation(5, 1, Token("A1", kind=None), stage.NOON + 3600)))


def unreservable(world: World) -> None:
    """Reserve nothing."""
    world.put(rows.RESERVATIONS_ENABLED, to=False)


def by_number_only(world: World) -> None:
    """Reserve nothing without a number."""
    world.put(rows.ANY_EVSE_RESERVABLE, to=False)


def _reserve(answer: Answer, where: Where = idle, **more: object) -> Row:
    return "ReserveNow", GOOD | more, answer, where


def _without(*fields: str) -> dict[str, Any]:
    return {name: value for name, value in GOOD.items() if name not in fields}


def _busy(word: str, reason: str) -> dict[str, object]:
    return {"status": word, "statusInfo": reason}


RESERVATIONS: list[Row] = [
    # ReserveNow: how it is made
    ("ReserveNow", {}, COUNT, idle),
    *(
        ("ReserveNow", _without(field), COUNT, idle)
        for field in ("id", "expiryDateTime", "idToken")
    ),
    *(_reserve(TYPE, evseId=wrong) for wrong in ("1", 1.5, True, None)),
    *(_reserve(TYPE, id=wrong) for wrong in ("6", 6.5, True)),
    _reserve(TYPE, expiryDateTime=1_700_053_200),
    _reserve(TYPE, idToken="A1"),
    _reserve(COUNT, idToken={"idToken": "A1"}),
    _reserve(VALUE, idToken={"idToken": "A1", "type": "Card"}),
    _reserve(VALUE, idToken={"idToken": "1" * 37, "type": "Central"}),
    _reserve(VALUE, connectorType="sType9"),
    _reserve(FIELD, connectorId=1),
    # For whom
    *(
        _reserve(no("InvalidIdToken"), idToken={"idToken": text, "type": "Central"})
        for text in ("", "  ", "A\t1", "A1\u0000")
    ),
    _reserve(no("InvalidIdToken"), groupIdToken={"idToken": " ", "type": "Central"}),
    # Until when
    *(
        _reserve(no("InvalidValue"), expiryDateTime=text)
        for text in (
            "",
            "tomorrow",
            "2023-11-16",
            "2023-11-31T12:00:00Z",
            NOON,
            "2023-11-15T11:59:59Z",
            "2023-11-15T13:00:00+01:00",
            "0001-01-01T00:00:00Z",
        )
    ),
    # What
    *(_reserve(no("UnknownEvse"), evseId=number) for number in (0, 3, -1)),
    _reserve(no("UnknownConnectorType"), connectorType="cCCS2"),
    _reserve(no("UnknownConnectorType"), connectorType="cType2"),
    _reserve(_busy("Occupied", "TxInProgress"), charging),
    _reserve(_busy("Occupied", "TxInProgress"), waiting),
    _reserve(_busy("Occupied", "InvalidIdToken"), reserved),
    _reserve(_busy("Faulted", "InternalError"), faulty),
    _reserve(_busy("Unavailable", "NotEnabled"), out),
    _reserve(no("NotEnabled"), unreservable),
    ("ReserveNow", _without("evseId"), no("UnsupportedRequest"), by_number_only),
    # A replacement that makes no sense
    _reserve(no("InvalidValue"), reserved, id=5, expiryDateTime=NOON),
    _reserve(no("UnknownEvse"), reserved, id=5, evseId=3),
    # CancelReservation
    ("CancelReservation", {}, COUNT, reserved),
    ("CancelReservation", {"reservationId": "5"}, TYPE, reserved),
    ("CancelReservation", {"reservationId": 5, "evseId": 1}, FIELD, reserved),
    ("CancelReservation", {"reservationId": 6}, no("NotFound"), reserved),
    ("CancelReservation", {"reservationId": 5}, no("NotFound"), idle),
    # Reset of one EVSE
    ("Reset", {"type": "OnIdle", "evseId": 0}, no("UnknownEvse"), idle),
    ("Reset", {"type": "Immediate", "evseId": 3}, no("UnknownEvse"), charging),
]

SENSIBLE: list[Row] = [
    _reserve(ACCEPTED),
    _reserve(ACCEPTED, connectorType="sType2"),
    _reserve(ACCEPTED, expiryDateTime="2023-11-15T13:00:01+01:00"),
    ("ReserveNow", _without("evseId"), ACCEPTED, idle),
    ("CancelReservation", {"reservationId": 5}, ACCEPTED, reserved),
    ("Reset", {"type": "Immediate", "evseId": 1}, ACCEPTED, charging),
]


@table(RESERVATIONS)
async def test_reservations(action: str, payload: object, answer: Answer, where: Where) -> None:
    """What makes no sense keeps nothing, and frees nothing."""
    assert await play(where, action, payload) == unmoved(answer)


@table(SENSIBLE)
async def test_what_makes_sense_changes_something(
    action: str, payload: object, answer: Answer, where: Where
) -> None:
    """The table would not notice if nothing ever did."""
    assert await play(where, action, payload) == moved(answer)
