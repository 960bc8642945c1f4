"""Payloads about the display that make no sense, in 2.0.1 (S12)."""

from __future__ import annotations

from typing import Any

from laadpaal.properties import panel as rows
from laadpaal.station.requests import ShowMessage
from laadpaal.station.shown import DisplayMessage, Priority
from tests.csms.played import Answer, Row, Where, charging, idle, moved, table, unmoved
from tests.csms.v201.test_semantics import ACCEPTED, COUNT, FIELD, TYPE, VALUE, no, play
from tests.support.world import World

CONTENT = {"format": "UTF8", "content": "hello"}
GOOD: dict[str, Any] = {"id": 1, "priority": "InFront", "message": CONTENT}
UNKNOWN = {"status": "Unknown"}


def filled(world: World) -> None:
    """Keep a message."""
    world.ask(ShowMessage(DisplayMessage(1, Priority.NORMAL, "hello")))


def full(world: World) -> None:
    """Keep as many as there is room for."""
    for number in range(2, 2 + rows.MOST_MESSAGES):
        world.ask(ShowMessage(DisplayMessage(number, Priority.NORMAL, "hello")))


def off(world: World) -> None:
    """Take no messages."""
    world.put(rows.MESSAGES_ENABLED, to=False)


def _set(answer: Answer, where: Where = idle, **more: object) -> Row:
    return "SetDisplayMessage", {"message": GOOD | more}, answer, where


def _without(field: str) -> dict[str, Any]:
    return {"message": {name: value for name, value in GOOD.items() if name != field}}


DISPLAY: list[Row] = [
    # SetDisplayMessage
    ("SetDisplayMessage", {}, COUNT, idle),
    *(("SetDisplayMessage", _without(field), COUNT, idle) for field in GOOD),
    _set(TYPE, id="1"),
    _set(VALUE, priority="Loud"),
    _set(VALUE, state="Sleeping"),
    _set(VALUE, message=CONTENT | {"format": "RTF"}),
    _set(VALUE, message=CONTENT | {"content": "x" * 513}),
    _set(VALUE, transactionId="x" * 37),
    _set(FIELD, evseId=1),
    *(
        _set({"status": "NotSupportedMessageFormat"}, message=CONTENT | {"format": kind})
        for kind in ("HTML", "URI")
    ),
    *(_set(no("InvalidValue"), message=CONTENT | {"content": text}) for text in ("", " ", "a\tb")),
    _set(no("InvalidValue"), message={"format": "ASCII", "content": "caf\u00e9"}),
    *(
        _set(no("InvalidValue"), startDateTime=text)
        for text in ("", "soon", "2023-02-30T00:00:00Z")
    ),
    _set(no("InvalidValue"), endDateTime="2023-11-15T12:00:00Z"),
    _set(
        no("InvalidValue"),
        startDateTime="2023-11-16T12:00:00Z",
        endDateTime="2023-11-16T11:00:00Z",
    ),
    _set(no("InvalidValue"), display={"name": "Roof"}),
    _set(no("UnknownEvse"), display={"name": "Display", "evse": {"id": 3}}),
    _set({"status": "UnknownTransaction", "statusInfo": "TxNotFound"}, transactionId="tx-9"),
    _set({"status": "UnknownTransaction", "statusInfo": "TxNotFound"}, charging, transactionId=""),
    _set(no("TooManyElements"), full),
    _set(no("NotEnabled"), off),
    # ClearDisplayMessage
    ("ClearDisplayMessage", {}, COUNT, filled),
    ("ClearDisplayMessage", {"id": "1"}, TYPE, filled),
    ("ClearDisplayMessage", {"id": 2}, UNKNOWN | {"statusInfo": "NotFound"}, filled),
    # GetDisplayMessages
    ("GetDisplayMessages", {}, COUNT, filled),
    ("GetDisplayMessages", {"requestId": 1, "id": []}, COUNT, filled),
    ("GetDisplayMessages", {"requestId": 1, "priority": "Loud"}, VALUE, filled),
    ("GetDisplayMessages", {"requestId": 1, "id": [2]}, UNKNOWN, filled),
    ("GetDisplayMessages", {"requestId": 1, "state": "Idle"}, UNKNOWN, filled),
    ("GetDisplayMessages", {"requestId": 1}, UNKNOWN, idle),
    # CostUpdated
    ("CostUpdated", {}, COUNT, charging),
    ("CostUpdated", {"totalCost": 1.0}, COUNT, charging),
    ("CostUpdated", {"totalCost": "1", "transactionId": "tx-1"}, TYPE, charging),
    ("CostUpdated", {"totalCost": 1.0, "transactionId": "tx-9"}, {}, charging),
]

SENSIBLE: list[Row] = [
    _set(ACCEPTED),
    _set(ACCEPTED, charging, transactionId="tx-1"),
    _set(ACCEPTED, display={"name": "Display", "evse": {"id": 2}}),
    ("ClearDisplayMessage", {"id": 1}, ACCEPTED, filled),
]


@table(DISPLAY)
async def test_display(action: str, payload: object, answer: Answer, where: Where) -> None:
    """What makes no sense shows nothing, and hides nothing."""
    assert await play(where, action, payload) == unmoved(answer)


@table(SENSIBLE)
async def test_what_makes_sense_is_shown(
    action: str, payload: object, answer: Answer, where: Where
) -> None:
    """The table would not notice if nothing ever did."""
    assert await play(where, action, payload) == moved(answer)
