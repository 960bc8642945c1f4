"""Payloads of Reservation that make no sense (S12)."""

from __future__ import annotations

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
from tests.csms.v16.played import ACCEPTED, FORM, MISSING, REJECTED, TYPE, VALUE, play
from tests.csms.v16.stage import NOON
from tests.support import world as stage
from tests.support.world import World

OCCUPIED = {"status": "Occupied"}
LATER = "2023-11-15T13:00:00Z"
GOOD = {"connectorId": 1, "expiryDate": LATER, "idTag": "A1", "reservationId": 6}


def reserved(world: World) -> None:
    """Keep connector 1 for an hour, with reservation 5."""
    world.ask(r.Reserve(Reservation(5, 1, Token("A1", kind=None), stage.NOON + 3600)))


def unreservable(world: World) -> None:
    """Reserve nothing."""
    world.put(rows.RESERVATIONS_ENABLED, to=False)


def by_number_only(world: World) -> None:
    """Reserve nothing without a number."""
    world.put(rows.ANY_EVSE_RESERVABLE, to=False)


def _reserve(answer: Answer, where: Where = idle, **more: object) -> Row:
    return "ReserveNow", GOOD | more, answer, where


def _without(field: str) -> Row:
    payload = {name: value for name, value in GOOD.items() if name != field}
    return "ReserveNow", payload, MISSING, idle


RESERVATIONS: list[Row] = [
    # ReserveNow: how it is made
    ("ReserveNow", {}, MISSING, idle),
    *(_without(field) for field in GOOD),
    *(_reserve(TYPE, connectorId=wrong) for wrong in ("1", 1.0, True, None)),
    *(_reserve(TYPE, reservationId=wrong) for wrong in ("6", 6.0, True)),
    *(_reserve(TYPE, expiryDate=wrong) for wrong in (1_700_053_200, None)),
    *(_reserve(TYPE, idTag=wrong) for wrong in (1, None, ["A1"])),
    _reserve(VALUE, idTag="1" * 21),
    _reserve(VALUE, parentIdTag="1" * 21),
    _reserve(FORM, evseId=1),
    # For whom
    *(_reserve(REJECTED, idTag=text) for text in ("", "  ", "A\t1", "A1\u0000", "\u200b")),
    *(_reserve(REJECTED, parentIdTag=text) for text in (" ", "A\n1")),
    # Until when
    *(
        _reserve(REJECTED, expiryDate=text)
        for text in (
            "",
            "tomorrow",
            "2023-11-16",
            "1700053200",
            "2023-11-31T12:00:00Z",
            "2023-11-15T24:01:00Z",
            "2023-11-15T13:00:00+99:00",
            NOON,
            "2023-11-15T11:59:59Z",
            "2023-11-15T12:00:00",
            "2023-11-15T13:00:00+01:00",
            "2023-11-15T11:30:00-00:30",
            "0001-01-01T00:00:00Z",
        )
    ),
    # What
    *(_reserve(REJECTED, connectorId=number) for number in (3, -1, 2**40)),
    *(_reserve(REJECTED, reservationId=number) for number in (2**63, -(2**63), 2**70)),
    _reserve(OCCUPIED, charging),
    _reserve(OCCUPIED, waiting),
    _reserve(OCCUPIED, reserved),
    _reserve({"status": "Faulted"}, faulty),
    _reserve({"status": "Unavailable"}, out),
    _reserve(REJECTED, unreservable),
    _reserve(REJECTED, by_number_only, connectorId=0),
    # A replacement that makes no sense
    _reserve(REJECTED, reserved, reservationId=5, idTag=""),
    _reserve(REJECTED, reserved, reservationId=5, expiryDate=NOON),
    _reserve(REJECTED, reserved, reservationId=5, connectorId=3),
    # CancelReservation
    ("CancelReservation", {}, MISSING, reserved),
    ("CancelReservation", {"reservationId": "5"}, TYPE, reserved),
    ("CancelReservation", {"reservationId": 5.0}, TYPE, reserved),
    ("CancelReservation", {"reservationId": True}, TYPE, reserved),
    ("CancelReservation", {"reservationId": [5]}, TYPE, reserved),
    ("CancelReservation", {"reservationId": 5, "connectorId": 1}, FORM, reserved),
    ("CancelReservation", {"reservationId": 6}, REJECTED, reserved),
    ("CancelReservation", {"reservationId": -5}, REJECTED, reserved),
    ("CancelReservation", {"reservationId": 2**70}, REJECTED, reserved),
    ("CancelReservation", {"reservationId": 5}, REJECTED, idle),
]


SENSIBLE: list[Row] = [
    _reserve(ACCEPTED),
    _reserve(ACCEPTED, expiryDate="2023-11-15T12:30:00"),
    _reserve(ACCEPTED, expiryDate="2023-11-15T13:00:01+01:00"),
    _reserve(ACCEPTED, connectorId=0, parentIdTag=""),
    ("CancelReservation", {"reservationId": 5}, ACCEPTED, reserved),
]


@table(RESERVATIONS)
async def test_reservations(action: str, payload: object, answer: Answer, where: Where) -> None:
    """What makes no sense keeps nothing, and frees nothing."""
    assert await play(where, action, payload) == unmoved(answer)


@table(SENSIBLE)
async def test_what_makes_sense_does_leave_something(
    action: str, payload: object, answer: Answer, where: Where
) -> None:
    """An instant has an offset or has none, and an empty parent is no parent."""
    assert await play(where, action, payload) == moved(answer)
