"""Payloads of 2.0.1 that make no sense, for what this station does in that version (S12)."""

from __future__ import annotations

from typing import Any

import pytest

from laadpaal.csms.v201 import V201
from laadpaal.csms.v201.limits import BYTES_PER_MESSAGE, ITEMS_PER_MESSAGE
from laadpaal.ports.vault import Vault
from laadpaal.properties.authorization import CACHE_ENABLED
from tests.csms import played
from tests.csms.played import Answer, Played, Row, Where, charging, idle, moved, table, unmoved
from tests.csms.v201.scene import FakeClock
from tests.support.world import World

COUNT = "OccurrenceConstraintViolation"
TYPE = "TypeConstraintViolation"
VALUE = "PropertyConstraintViolation"
FIELD = "ProtocolError"
FORM = "FormatViolation"
ACCEPTED = {"status": "Accepted"}
NOTHING = {"status": "EmptyResultSet"}
ANY_EVSE = {"component": {"name": "EVSE"}}
LONG = {"vendorId": "x", "more": "y" * BYTES_PER_MESSAGE}
_ECHOED = {"component", "variable", "attributeType"}
HEARTBEAT = {
    "component": {"name": "OCPPCommCtrlr"},
    "variable": {"name": "HeartbeatInterval"},
}


def measured(world: World) -> None:
    """Have a reading of a meter, and nobody there."""
    world.measure()


def cacheless(world: World) -> None:
    """Have a station that remembers nobody."""
    world.put(CACHE_ENABLED, to=False)


async def play(where: Where, action: str, payload: object, vault: Vault | None = None) -> Played:
    """Let a CSMS of 2.0.1 call."""
    seen = await played.play(V201(FakeClock()), where, action, payload, vault)
    return Played(_plain(seen.answer), seen.changed, seen.followed)


def _plain(answer: Answer) -> Answer:
    """Return an answer without its sentences for people; of a variable, only how it fared."""
    if isinstance(answer, str):
        return answer
    (result,) = next((value for value in answer.values() if isinstance(value, list)), [answer])
    return {name: _word(part) for name, part in result.items() if name not in _ECHOED}


def _word(part: Any) -> object:
    return part.get("reasonCode", part) if isinstance(part, dict) else part


def no(reason: str, **more: object) -> dict[str, object]:
    """Return a refusal for that reason."""
    return {"status": "Rejected", "statusInfo": reason, **more}


def _start(answer: Answer, where: Where = idle, **more: object) -> Row:
    token = {"idToken": "A1", "type": "Central"}
    return "RequestStartTransaction", {"idToken": token, "remoteStartId": 1, **more}, answer, where


def _token(answer: Answer, text: object, kind: object = "ISO14443") -> Row:
    return _start(answer, idToken={"idToken": text, "type": kind})


def _write(answer: Answer, value: object, **item: object) -> Row:
    data = {**HEARTBEAT, "attributeValue": value, **item}
    return "SetVariables", {"setVariableData": [data]}, answer, idle


def _judged(status: str, reason: str = "") -> dict[str, object]:
    """Return how a variable fared."""
    told: dict[str, object] = {"attributeStatus": status}
    return told | ({"attributeStatusInfo": reason} if reason else {})


def _read(answer: Answer, **item: object) -> Row:
    return "GetVariables", {"getVariableData": [{**HEARTBEAT, **item}]}, answer, idle


def _report(answer: Answer, **more: object) -> Row:
    return "GetReport", {"requestId": 1, **more}, answer, idle


def _put(answer: Answer, **more: object) -> Row:
    return "ChangeAvailability", {"operationalStatus": "Inoperative", **more}, answer, idle


def _trigger(answer: Answer, message: object, where: Where = charging, **evse: object) -> Row:
    payload = {"requestedMessage": message} | ({"evse": evse} if evse else {})
    return "TriggerMessage", payload, answer, where


ROWS: list[Row] = [
    # ChangeAvailability
    ("ChangeAvailability", {}, COUNT, idle),
    ("ChangeAvailability", [], FORM, idle),
    _put(VALUE, operationalStatus="inoperative"),
    _put(FIELD, connectorId=1),
    *(_put(TYPE, evse={"id": wrong}) for wrong in ("1", 1.5, True, None)),
    *(_put(no("UnknownEvse"), evse={"id": number}) for number in (3, -1, 2**40)),
    *(
        _put(no("UnknownConnectorId"), evse={"id": evse, "connectorId": number})
        for evse, number in ((1, 2), (1, -1), (0, 1))
    ),
    # GetVariables, SetVariables
    ("GetVariables", {}, COUNT, idle),
    ("GetVariables", {"getVariableData": []}, COUNT, idle),
    ("GetVariables", {"getVariableData": [HEARTBEAT] * (ITEMS_PER_MESSAGE + 1)}, COUNT, idle),
    _read(_judged("UnknownComponent"), component={"name": ""}),
    _read(_judged("UnknownComponent"), component={"name": "OCPPCommCtrlr", "evse": {"id": 1}}),
    _read(_judged("UnknownComponent"), component={"name": "EVSE", "evse": {"id": 3}}),
    _read(_judged("UnknownVariable"), variable={"name": "*"}),
    _read(_judged("NotSupportedAttributeType"), attributeType="Target"),
    _read(VALUE, attributeType="target"),
    _read(VALUE, component={"name": "x" * 51}),
    ("SetVariables", {"setVariableData": [HEARTBEAT]}, COUNT, idle),
    *(_write(TYPE, wrong) for wrong in (60, True, None, ["60"])),
    _write(VALUE, "6" * 1001),
    *(
        _write(_judged("Rejected", "InvalidValue"), text)
        for text in ("", "-1", "1e2", "0x10", "60 s", "60\n61", "9" * 400)
    ),
    _write(_judged("UnknownVariable"), "60", variable={"name": "Heartbeat Interval"}),
    _write(_judged("NotSupportedAttributeType"), "60", attributeType="MaxSet"),
    _write(
        _judged("Rejected", "ReadOnly"),
        "2",
        component={"name": "DeviceDataCtrlr"},
        variable={"name": "ItemsPerMessage", "instance": "GetVariables"},
    ),
    ("GetVariables", {"getVariableData": [HEARTBEAT], "customData": LONG}, FORM, idle),
    ("SetVariables", {"setVariableData": [HEARTBEAT], "customData": LONG}, FORM, idle),
    # GetReport
    ("GetReport", {}, COUNT, idle),
    ("GetReport", {"requestId": 1, "customData": LONG}, FORM, idle),
    *(_report(COUNT, componentVariable=[ANY_EVSE] * n) for n in (0, ITEMS_PER_MESSAGE + 1)),
    *(_report(COUNT, componentCriteria=["Available"] * n) for n in (0, 5)),
    _report(VALUE, componentCriteria=["available"]),
    _report(TYPE, requestId="1"),
    _report(FIELD, reportBase="FullInventory"),
    _report(NOTHING, componentCriteria=["Problem"]),
    _report(NOTHING, componentVariable=[{"component": {"name": "EVSE", "evse": {"id": 3}}}]),
    _report(NOTHING, componentVariable=[{"component": {"name": ""}}]),
    # RequestStartTransaction, RequestStopTransaction, GetTransactionStatus
    ("RequestStartTransaction", {}, COUNT, idle),
    _start(TYPE, remoteStartId="1"),
    _start(TYPE, evseId=True),
    _start(FIELD, connectorId=1),
    *(_start(no("UnknownEvse"), evseId=number) for number in (0, 3, -1, 2**40)),
    _start(no("TxInProgress"), charging, evseId=1),
    _token(VALUE, "1" * 37),
    _token(VALUE, "A1", "RFID"),
    _token(TYPE, 1),
    *(
        _token(no("InvalidIdToken"), text, kind)
        for text, kind in (("", "ISO14443"), ("  ", "Central"), ("A\n1", "eMAID"))
    ),
    ("RequestStopTransaction", {}, COUNT, charging),
    ("RequestStopTransaction", {"transactionId": 1}, TYPE, charging),
    ("RequestStopTransaction", {"transactionId": "t" * 37}, VALUE, charging),
    *(
        ("RequestStopTransaction", {"transactionId": text}, no("TxNotFound"), charging)
        for text in ("", "tx-2", "TX-1")
    ),
    ("GetTransactionStatus", {"transactionId": 1}, TYPE, charging),
    ("GetTransactionStatus", {"transactionId": "t" * 37}, VALUE, charging),
    ("GetTransactionStatus", {"evseId": 1}, FIELD, charging),
    # Reset, UnlockConnector
    ("Reset", {}, COUNT, charging),
    ("Reset", {"type": "Hard"}, VALUE, charging),
    ("Reset", {"type": "Immediate", "evseId": "1"}, TYPE, charging),
    ("Reset", {"type": "Immediate", "connectorId": 1}, FIELD, charging),
    ("UnlockConnector", {"evseId": 1}, COUNT, charging),
    ("UnlockConnector", {"evseId": 1, "connectorId": "1"}, TYPE, charging),
    *(
        (
            "UnlockConnector",
            {"evseId": evse, "connectorId": connector},
            {"status": "UnknownConnector", "statusInfo": "UnknownConnectorId"},
            charging,
        )
        for evse, connector in ((0, 1), (3, 1), (-1, 1), (1, 0), (1, 2), (1, -1))
    ),
    # TriggerMessage
    _trigger(VALUE, "heartbeat"),
    _trigger(TYPE, None),
    _trigger(no("NotEnabled"), "BootNotification"),
    *(
        _trigger(no("UnknownEvse"), message, id=number)
        for message in ("StatusNotification", "MeterValues", "TransactionEvent")
        for number in (3, -1)
    ),
    *(
        _trigger(no("UnknownConnectorId"), "StatusNotification", id=1, connectorId=number)
        for number in (2, -1)
    ),
    _trigger(no("TxNotFound"), "TransactionEvent", measured),
    _trigger(no("InternalError"), "MeterValues", idle),
    # GetBaseReport, ClearCache, DataTransfer, and what is no action of ours
    ("GetBaseReport", {"requestId": "1", "reportBase": "FullInventory"}, TYPE, idle),
    ("GetBaseReport", {"requestId": 1, "reportBase": "Everything"}, VALUE, idle),
    ("ClearCache", {"all": True}, FIELD, idle),
    ("ClearCache", {}, no("NotEnabled"), cacheless),
    ("DataTransfer", {"vendorId": "v" * 256}, VALUE, idle),
    ("DataTransfer", {"vendorId": ""}, {"status": "UnknownVendorId"}, idle),
    ("DataTransfer", {"vendorId": "Laadpaal"}, {"status": "UnknownMessageId"}, idle),
    ("RemoteStartTransaction", {"idTag": "A1"}, "NotImplemented", idle),
    ("TransactionEvent", {}, COUNT, idle),
    ("Heartbeat", {}, "NotSupported", idle),
]

SENSIBLE: list[Row] = [
    _put(ACCEPTED, evse={"id": 1, "connectorId": 1}),
    _write(_judged("Accepted"), "61"),
    _start(ACCEPTED, charging, evseId=2),
    ("RequestStopTransaction", {"transactionId": "tx-1"}, ACCEPTED, charging),
    ("Reset", {"type": "Immediate"}, ACCEPTED, charging),
    ("ClearCache", {}, ACCEPTED, idle),
]


@table(ROWS)
async def test_senseless(action: str, payload: object, answer: Answer, where: Where) -> None:
    """What makes no sense is refused in the words of 2.0.1, and leaves everything as it was."""
    assert await play(where, action, payload) == unmoved(answer)


@table(SENSIBLE)
async def test_what_makes_sense_does_leave_something(
    action: str, payload: object, answer: Answer, where: Where
) -> None:
    """The tables would not notice if nothing ever did."""
    assert await play(where, action, payload) == moved(answer)


async def test_a_report_that_makes_sense_follows_its_answer() -> None:
    """It changes nothing."""
    seen = await play(idle, "GetReport", {"requestId": 1, "componentVariable": [ANY_EVSE]})

    assert (seen.answer, seen.changed, seen.followed) == (ACCEPTED, False, True)


@pytest.mark.parametrize("message", ["Heartbeat", "MeterValues", "StatusNotification"])
async def test_a_trigger_that_makes_sense_is_followed(message: str) -> None:
    """Once the answer has left."""
    seen = await play(charging, "TriggerMessage", {"requestedMessage": message})

    assert seen == Played(ACCEPTED, changed=False, followed=True)
