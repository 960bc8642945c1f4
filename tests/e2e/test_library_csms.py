"""Whole charging sessions with the `ocpp` library, schema validation on in both directions."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.e2e.library_csms import FIRST_ID, calls16, calls201, library_csms
from tests.support.process import station_process

CARD = "04A1B2C3"
TOKEN = {"id_token": CARD, "type": "ISO14443"}
NOWHERE = "http://127.0.0.1:1/"
"""Nobody takes a file there."""
MONITOR = {
    "component": {"name": "EVSE", "evse": {"id": 1}},
    "variable": {"name": "AvailabilityState"},
    "type": "Delta",
    "value": 1,
    "severity": 8,
}
REPORTS = (
    ("NotifyReport", 2),
    ("ReportChargingProfiles", 3),
    ("NotifyDisplayMessages", 4),
    ("NotifyMonitoringReport", 5),
    ("NotifyCustomerInformation", 7),
)
"""What is answered with messages of their own, and the number of each request."""


async def test_sessions_in_1_6(tmp_path: Path) -> None:
    """By card and from afar, and what else a CSMS may ask of the Core profile."""
    async with (
        library_csms("1.6") as csms,
        station_process(tmp_path, csms.url, "1.6") as station,
    ):
        notes = csms.notes
        await notes.until("StatusNotification", connector_id=2)
        await station.post("/v1/bench/evses/1/plug")
        await station.post("/v1/bench/cards", uid=CARD, reader=0)
        start = await notes.until("StartTransaction")
        await notes.until("MeterValues", transaction_id=FIRST_ID)
        await station.post("/v1/bench/cards", uid=CARD, reader=0)
        stop = await notes.until("StopTransaction")
        answers = [_status(await csms.call(call)) for call in _core_of_1_6()]
        # The library notes a start before it has answered; a meter value knows the answer.
        await notes.until("MeterValues", transaction_id=FIRST_ID + 1)
        again = calls16.RemoteStopTransaction(transaction_id=FIRST_ID + 1)
        answers.append(_status(await csms.call(again)))
        await notes.until("StopTransaction", transaction_id=FIRST_ID + 1, reason="Remote")
        await csms.call(calls16.Reset(type="Soft"))
        await notes.until("BootNotification", 2)

    assert (start["id_tag"], stop["transaction_id"]) == (CARD, FIRST_ID)
    assert stop["meter_stop"] > start["meter_start"]
    assert answers == [None, *["Accepted"] * 4, "UnknownVendorId", "Unlocked", *["Accepted"] * 2]
    assert notes.errors == []


def _core_of_1_6() -> list[Any]:
    return [
        calls16.GetConfiguration(),
        calls16.ChangeConfiguration(key="HeartbeatInterval", value="120"),
        calls16.TriggerMessage(requested_message="StatusNotification", connector_id=1),
        calls16.ClearCache(),
        calls16.ChangeAvailability(connector_id=2, type="Inoperative"),
        calls16.DataTransfer(vendor_id="nobody"),
        calls16.UnlockConnector(connector_id=1),
        calls16.RemoteStartTransaction(id_tag=CARD, connector_id=1),
    ]


async def test_sessions_in_2_0_1(tmp_path: Path) -> None:
    """By card and from afar, with reports, variables and a reset."""
    async with (
        library_csms("2.0.1") as csms,
        station_process(tmp_path, csms.url, "2.0.1") as station,
    ):
        notes = csms.notes
        await notes.until("StatusNotification", evse_id=2)
        await station.post("/v1/bench/evses/1/plug")
        await station.post("/v1/bench/cards", uid=CARD, reader=0)
        await notes.until("TransactionEvent", event_type="Started")
        await notes.until("TransactionEvent", trigger_reason="MeterValuePeriodic")
        await station.post("/v1/bench/cards", uid=CARD, reader=0)
        await notes.until("TransactionEvent", event_type="Ended")
        answers = [_status(await csms.call(call)) for call in _asked_in_2_0_1()]
        await notes.until("NotifyReport", tbc=False)
        started = await notes.until("TransactionEvent", 2, event_type="Started")
        running = started["transaction_info"]["transaction_id"]
        stop = calls201.RequestStopTransaction(transaction_id=running)
        answers.append(_status(await csms.call(stop)))
        await notes.until("TransactionEvent", event_type="Ended", trigger_reason="RemoteStop")
        await csms.call(calls201.Reset(type="Immediate"))
        await notes.until("BootNotification", reason="RemoteReset")

    events = notes.told("TransactionEvent")
    first = [e["seq_no"] for e in events if e["transaction_info"]["transaction_id"] != running]
    assert first == list(range(len(first)))
    assert answers == [None, None, *["Accepted"] * 4, "UnknownVendorId", *["Accepted"] * 2]
    assert notes.errors == []


def _asked_in_2_0_1() -> list[Any]:
    interval = {
        "component": {"name": "OCPPCommCtrlr"},
        "variable": {"name": "HeartbeatInterval"},
    }
    return [
        calls201.GetVariables(get_variable_data=[interval]),
        calls201.SetVariables(set_variable_data=[interval | {"attribute_value": "120"}]),
        calls201.GetBaseReport(request_id=1, report_base="FullInventory"),
        calls201.TriggerMessage(requested_message="Heartbeat"),
        calls201.ClearCache(),
        calls201.ChangeAvailability(operational_status="Inoperative", evse={"id": 2}),
        calls201.DataTransfer(vendor_id="nobody"),
        calls201.RequestStartTransaction(id_token=TOKEN, remote_start_id=7, evse_id=1),
    ]


async def test_blocks_of_2_0_1(tmp_path: Path) -> None:
    """Lists, reservations, limits, messages, monitors, reports, logs and what a card has done."""
    async with (
        library_csms("2.0.1") as csms,
        station_process(tmp_path, csms.url, "2.0.1", speed=1.0) as station,
    ):
        notes = csms.notes
        await notes.until("StatusNotification", evse_id=2)
        answers = [_status(await csms.call(call)) for call in _built_in_2_0_1()]
        answer = await csms.call(calls201.SetVariableMonitoring(set_monitoring_data=[MONITOR]))
        [monitor] = answer.set_monitoring_result
        await csms.call(calls201.GetMonitoringReport(request_id=5))
        await station.post("/v1/bench/evses/1/plug")
        event = await notes.until("NotifyEvent")
        for action, number in REPORTS:
            await notes.until(action, request_id=number, tbc=False)
        await notes.until("ReservationStatusUpdate", reservation_id=9)
        await notes.until("LogStatusNotification", request_id=6, status="UploadFailure")

    assert answers == [*["Accepted"] * 11, "NotFound", *["Accepted"] * 4]
    assert event["event_data"][0]["variable_monitoring_id"] == monitor["id"]
    assert notes.errors == []


def _built_in_2_0_1() -> list[Any]:
    entry = {"id_token": TOKEN, "id_token_info": {"status": "Accepted"}}
    period = {"start_period": 0, "limit": 10.0}
    schedule = {"id": 1, "charging_rate_unit": "A", "charging_schedule_period": [period]}
    kind = {"charging_profile_purpose": "TxDefaultProfile", "charging_profile_kind": "Relative"}
    profile = {"id": 3, "stack_level": 0, **kind, "charging_schedule": [schedule]}
    message = {"format": "UTF8", "content": "hello"}
    return [
        calls201.SendLocalList(5, "Full", [entry]),
        calls201.ReserveNow(8, _in_an_hour(), TOKEN, evse_id=2),
        calls201.CancelReservation(8),
        calls201.ReserveNow(9, _in_an_hour(), TOKEN, evse_id=2),
        calls201.ChangeAvailability("Inoperative", {"id": 2}),
        calls201.SetChargingProfile(0, profile),
        calls201.GetCompositeSchedule(600, 1),
        calls201.GetChargingProfiles(3, {}),
        calls201.SetDisplayMessage({"id": 2, "priority": "InFront", "message": message}),
        calls201.GetDisplayMessages(4),
        calls201.GetReport(2, component_criteria=["Available"]),
        calls201.GetInstalledCertificateIds(),
        calls201.GetLog({"remote_location": NOWHERE}, "DiagnosticsLog", 6, retries=0),
        calls201.CustomerInformation(7, report=True, clear=False, id_token=TOKEN),
        calls201.ClearDisplayMessage(2),
        calls201.ClearChargingProfile(3),
    ]


def _in_an_hour() -> str:
    return (datetime.now(UTC) + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")


def _status(answer: Any) -> str | None:
    return getattr(answer, "status", None)
