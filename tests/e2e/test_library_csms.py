"""Whole charging sessions with the `ocpp` library, schema validation on in both directions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.e2e.library_csms import FIRST_ID, calls16, calls201, library_csms
from tests.support.process import station_process

CARD = "04A1B2C3"
TOKEN = {"id_token": CARD, "type": "ISO14443"}


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


def _status(answer: Any) -> str | None:
    return getattr(answer, "status", None)
