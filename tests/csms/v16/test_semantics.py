"""Payloads of Core and RemoteTrigger that make no sense (S12)."""

from __future__ import annotations

import pytest

from tests.csms.played import (
    NUMBER,
    Answer,
    Played,
    Row,
    Where,
    charging,
    faulty,
    forgetful,
    idle,
    moved,
    out,
    table,
    unmoved,
    unregistered,
    waiting,
)
from tests.csms.v16.played import (
    ACCEPTED,
    FORM,
    MISSING,
    NOT_SUPPORTED,
    REJECTED,
    TYPE,
    VALUE,
    play,
)


def _change(key: object, value: object, answer: Answer) -> Row:
    return "ChangeConfiguration", {"key": key, "value": value}, answer, idle


def _start(answer: Answer, where: Where = idle, **payload: object) -> Row:
    return "RemoteStartTransaction", {"idTag": "A1", **payload}, answer, where


def _put(kind: object, connector: object, answer: Answer) -> Row:
    return "ChangeAvailability", {"connectorId": connector, "type": kind}, answer, idle


CORE: list[Row] = [
    # ChangeAvailability
    ("ChangeAvailability", {}, MISSING, idle),
    ("ChangeAvailability", {"connectorId": 1}, MISSING, idle),
    ("ChangeAvailability", {"type": "Inoperative"}, MISSING, idle),
    ("ChangeAvailability", [], FORM, idle),
    _put("Inoperative", 3, REJECTED),
    _put("Inoperative", -1, REJECTED),
    _put("Inoperative", 2**40, REJECTED),
    _put("Inoperative", "1", TYPE),
    _put("Inoperative", 1.5, TYPE),
    ("ChangeAvailability", {"connectorId": True, "type": "Inoperative"}, TYPE, idle),
    _put("Inoperative", None, TYPE),
    _put("inoperative", 1, VALUE),
    _put("Unavailable", 1, VALUE),
    _put(1, 1, TYPE),
    (
        "ChangeAvailability",
        {"connectorId": 1, "type": "Inoperative", "evseId": 1},
        FORM,
        idle,
    ),
    # ChangeConfiguration
    ("ChangeConfiguration", {"key": "HeartbeatInterval"}, MISSING, idle),
    ("ChangeConfiguration", {"value": "1"}, MISSING, idle),
    _change("HeartbeatInterval", 60, TYPE),
    ("ChangeConfiguration", {"key": "LocalPreAuthorize", "value": True}, TYPE, idle),
    _change("HeartbeatInterval", None, TYPE),
    _change(["HeartbeatInterval"], "60", TYPE),
    _change("HeartbeatInterval", "6" * 501, VALUE),
    _change("k" * 51, "1", VALUE),
    _change("", "1", NOT_SUPPORTED),
    _change("Heartbeat Interval", "60", NOT_SUPPORTED),
    _change("HeartBeatIntervals", "60", NOT_SUPPORTED),
    _change("NumberOfConnectors", "2", REJECTED),
    _change("SupportedFeatureProfiles", "Core", REJECTED),
    _change("GetConfigurationMaxKeys", "10", REJECTED),
    _change("StopTransactionMaxMeterValues", "10", REJECTED),
    _change("MeterValuesSampledDataMaxLength", "1", REJECTED),
    _change("HeartbeatInterval", "1e2", REJECTED),
    _change("HeartbeatInterval", "0x10", REJECTED),
    _change("HeartbeatInterval", "60 s", REJECTED),
    _change("HeartbeatInterval", "60\n61", REJECTED),
    _change("HeartbeatInterval", "9" * 400, REJECTED),
    _change("MeterValueSampleInterval", "-1", REJECTED),
    _change("ClockAlignedDataInterval", "86401", REJECTED),
    _change("ConnectionTimeOut", "0", REJECTED),
    _change("ResetRetries", "-1", REJECTED),
    _change("TransactionMessageAttempts", "0", REJECTED),
    _change("MinimumStatusDuration", "1.5", REJECTED),
    _change("LocalPreAuthorize", "ja", REJECTED),
    _change("LocalPreAuthorize", "truefalse", REJECTED),
    _change("StopTxnSampledData", "Voltage,,Frequency", REJECTED),
    _change("StopTxnSampledData", "Voltage;Frequency", REJECTED),
    _change("StopTxnAlignedData", "Voltage,SoC", REJECTED),
    _change("ConnectorPhaseRotation", "0.RST,1.RST,2.RST,3.RST", REJECTED),
    _change("ConnectorPhaseRotation", "A.RST", REJECTED),
    _change("LightIntensity", "101", REJECTED),
    # ClearCache
    ("ClearCache", {"all": True}, FORM, idle),
    ("ClearCache", "now", FORM, idle),
    ("ClearCache", {}, REJECTED, forgetful),
    # DataTransfer
    ("DataTransfer", {}, MISSING, idle),
    ("DataTransfer", {"messageId": "m", "data": "d"}, MISSING, idle),
    ("DataTransfer", {"vendorId": 1}, TYPE, idle),
    ("DataTransfer", {"vendorId": "v" * 256}, VALUE, idle),
    ("DataTransfer", {"vendorId": "v", "messageId": "m" * 51}, VALUE, idle),
    ("DataTransfer", {"vendorId": "v", "data": {"a": 1}}, TYPE, idle),
    ("DataTransfer", {"vendorId": "nl.nobody"}, {"status": "UnknownVendorId"}, idle),
    ("DataTransfer", {"vendorId": ""}, {"status": "UnknownVendorId"}, idle),
    # GetConfiguration
    ("GetConfiguration", {"key": "HeartbeatInterval"}, TYPE, idle),
    ("GetConfiguration", {"key": [1]}, TYPE, idle),
    ("GetConfiguration", {"key": [None]}, TYPE, idle),
    ("GetConfiguration", {"key": ["k" * 51]}, VALUE, idle),
    ("GetConfiguration", {"keys": []}, FORM, idle),
    ("GetConfiguration", {"key": [""]}, {"unknownKey": [""]}, idle),
    # RemoteStartTransaction
    ("RemoteStartTransaction", {}, MISSING, idle),
    ("RemoteStartTransaction", {"connectorId": 1}, MISSING, idle),
    _start(VALUE, idTag="1" * 21),
    _start(TYPE, idTag=1),
    _start(TYPE, connectorId="1"),
    _start(FORM, parentIdTag="A1"),
    _start(TYPE, connectorId=1.0),
    _start(TYPE, connectorId=True),
    _start(REJECTED, idTag=""),
    _start(REJECTED, idTag="   "),
    _start(REJECTED, idTag="A\n1"),
    _start(REJECTED, idTag="A1\u0000"),
    _start(REJECTED, connectorId=0),
    _start(REJECTED, connectorId=3),
    _start(REJECTED, connectorId=-1),
    _start(REJECTED, charging, connectorId=1),
    _start(REJECTED, waiting, connectorId=1),
    _start(REJECTED, faulty, connectorId=1),
    _start(REJECTED, out, connectorId=1),
    _start(REJECTED, unregistered, connectorId=2),
    # RemoteStopTransaction
    ("RemoteStopTransaction", {}, MISSING, charging),
    ("RemoteStopTransaction", {"transactionId": str(NUMBER)}, TYPE, charging),
    ("RemoteStopTransaction", {"transactionId": NUMBER + 0.5}, TYPE, charging),
    ("RemoteStopTransaction", {"transactionId": NUMBER + 1}, REJECTED, charging),
    ("RemoteStopTransaction", {"transactionId": -1}, REJECTED, charging),
    ("RemoteStopTransaction", {"transactionId": 2**70}, REJECTED, charging),
    ("RemoteStopTransaction", {"transactionId": NUMBER}, REJECTED, idle),
    ("RemoteStopTransaction", {"transactionId": NUMBER}, REJECTED, unregistered),
    # Reset
    ("Reset", {}, MISSING, charging),
    ("Reset", {"type": "hard"}, VALUE, charging),
    ("Reset", {"type": "Immediate"}, VALUE, charging),
    ("Reset", {"type": None}, TYPE, charging),
    ("Reset", {"type": ["Hard"]}, TYPE, charging),
    ("Reset", {"type": "Hard", "evseId": 1}, FORM, charging),
    # UnlockConnector
    ("UnlockConnector", {}, MISSING, charging),
    ("UnlockConnector", {"connectorId": "1"}, TYPE, charging),
    ("UnlockConnector", {"connectorId": 0}, NOT_SUPPORTED, charging),
    ("UnlockConnector", {"connectorId": -1}, NOT_SUPPORTED, charging),
    ("UnlockConnector", {"connectorId": 3}, NOT_SUPPORTED, charging),
    ("UnlockConnector", {"connectorId": 2}, NOT_SUPPORTED, charging),
    # TriggerMessage
    ("TriggerMessage", {}, MISSING, charging),
    ("TriggerMessage", {"connectorId": 1}, MISSING, charging),
    ("TriggerMessage", {"requestedMessage": "statusNotification"}, VALUE, charging),
    ("TriggerMessage", {"requestedMessage": "Authorize"}, VALUE, charging),
    ("TriggerMessage", {"requestedMessage": "Heartbeat", "connectorId": "1"}, TYPE, charging),
    ("TriggerMessage", {"requestedMessage": "BootNotification"}, REJECTED, charging),
    *(
        ("TriggerMessage", {"requestedMessage": message, "connectorId": n}, REJECTED, charging)
        for message in ("StatusNotification", "MeterValues")
        for n in (-1, 3, 2**40)
    ),
    ("TriggerMessage", {"requestedMessage": "MeterValues", "connectorId": 1}, REJECTED, idle),
    # ExtendedTriggerMessage
    ("ExtendedTriggerMessage", {}, MISSING, charging),
    ("ExtendedTriggerMessage", {"requestedMessage": "heartbeat"}, VALUE, charging),
    ("ExtendedTriggerMessage", {"requestedMessage": "DiagnosticsStatusNotification"}, VALUE, idle),
    ("ExtendedTriggerMessage", {"requestedMessage": None}, TYPE, charging),
    ("ExtendedTriggerMessage", {"requestedMessage": "Heartbeat", "evseId": 1}, FORM, charging),
    ("ExtendedTriggerMessage", {"requestedMessage": "BootNotification"}, REJECTED, charging),
    *(
        ("ExtendedTriggerMessage", {"requestedMessage": message, "connectorId": n}, answer, where)
        for message, n, answer, where in (
            ("StatusNotification", "1", TYPE, charging),
            ("StatusNotification", 1.5, TYPE, charging),
            ("StatusNotification", True, TYPE, charging),
            ("StatusNotification", -1, REJECTED, charging),
            ("StatusNotification", 3, REJECTED, charging),
            ("MeterValues", 3, REJECTED, charging),
            ("MeterValues", 1, REJECTED, idle),
        )
    ),
    # No action at all, or one of ours
    ("Charge", {}, "NotImplemented", idle),
    ("resetStation", {}, "NotImplemented", idle),
    ("StartTransaction", {}, MISSING, idle),
    ("Heartbeat", {}, "NotSupported", idle),
]


SENSIBLE: list[Row] = [
    ("ChangeAvailability", {"connectorId": 1, "type": "Inoperative"}, ACCEPTED, idle),
    ("ChangeConfiguration", {"key": "HeartbeatInterval", "value": "61"}, ACCEPTED, idle),
    ("ClearCache", {}, ACCEPTED, idle),
    ("RemoteStartTransaction", {"idTag": "A1", "connectorId": 2}, ACCEPTED, charging),
    ("RemoteStopTransaction", {"transactionId": NUMBER}, ACCEPTED, charging),
    ("Reset", {"type": "Soft"}, ACCEPTED, charging),
]


@table(CORE)
async def test_core(action: str, payload: object, answer: Answer, where: Where) -> None:
    """What makes no sense is refused in the words of 1.6, and leaves everything as it was."""
    assert await play(where, action, payload) == unmoved(answer)


@table(SENSIBLE)
async def test_what_makes_sense_does_leave_something(
    action: str, payload: object, answer: Answer, where: Where
) -> None:
    """The tables would not notice if nothing ever did."""
    assert await play(where, action, payload) == moved(answer)


@pytest.mark.parametrize("action", ["TriggerMessage", "ExtendedTriggerMessage"])
async def test_a_trigger_that_makes_sense_is_followed(action: str) -> None:
    """Once the answer has left."""
    played = await play(charging, action, {"requestedMessage": "MeterValues"})

    assert played == Played(ACCEPTED, changed=False, followed=True)
