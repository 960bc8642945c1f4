"""Block F: remote control."""

from __future__ import annotations

from tests.conformance.case import Case
from tests.conformance.v201.cases.profiles import CORE

CASES = (
    Case(
        "TC_F_01_CS",
        "Cable plugin first",
        "RequestStart with cable in: (transactionId if tx exists), RemoteStart TxE",
        profile=CORE,
        needs="NOT AQ-2 and (C-36-(or) C-39)",
    ),
    Case(
        "TC_F_02_CS",
        "Remote start first - AuthorizationRemoteStart is true",
        "RequestStart first, AuthorizeRemoteStart=true → Authorize, then start",
        profile=CORE,
        needs="C-48.1 and (C-36-(or) C-39)",
    ),
    Case(
        "TC_F_03_CS",
        "Remote start first - AuthorizationRemoteStart is false",
        "AuthorizeRemoteStart=false → no Authorize needed",
        profile=CORE,
        needs="C-48.2 and (C-36-(or) C-39)",
    ),
    Case(
        "TC_F_04_CS",
        "Remote start first - Cable plugin timeout",
        "Remote start, no plug → EVConnectTimeout, Ended",
        profile=CORE,
    ),
    Case(
        "TC_F_05_CS",
        "With ongoing transaction",
        "Unlock during authorized tx → OngoingAuthorizedTransaction",
        profile=CORE,
        needs="HFS-1",
    ),
    Case(
        "TC_F_06_CS",
        "Without ongoing transaction - Accepted",
        "Unlock idle with cable → Unlocked",
        profile=CORE,
        needs="See column 3/4",
    ),
    Case(
        "TC_F_07_CS",
        "Without ongoing transaction - No cable connected",
        "Unlock idle without cable → Unlocked",
        profile=CORE,
        needs="HFS-1",
    ),
    Case("TC_F_08_CS", "Success", "RequestStop Accepted", profile=CORE),
    Case("TC_F_09_CS", "Rejected", "Unknown transactionId → Rejected", profile=CORE),
    Case(
        "TC_F_10_CS",
        "Without ongoing transaction - UnknownConnector",
        "Unlock connector 999 → UnknownConnector",
        profile=CORE,
        needs="HFS-1",
    ),
    Case(
        "TC_F_11_CS",
        "MeterValues - Specific EVSE",
        "Trigger MeterValues evse: context Trigger",
        profile=CORE,
        needs="C-29.1",
    ),
    Case(
        "TC_F_12_CS",
        "MeterValues - All EVSE",
        "Trigger MeterValues without evse: one per EVSE",
        profile=CORE,
        needs="C-29.1",
    ),
    Case(
        "TC_F_13_CS",
        "TransactionEvent - Specific EVSE",
        "Trigger TransactionEvent evse: trigger Trigger, chargingState, meterValue context Trigger",
        profile=CORE,
        needs="C-29.2",
    ),
    Case(
        "TC_F_14_CS",
        "TransactionEvent - All EVSE",
        "Trigger TransactionEvent all EVSEs (evse must be included)",
        profile=CORE,
        needs="C-29.2",
    ),
    Case(
        "TC_F_15_CS",
        "LogStatusNotification - Idle",
        "Trigger LogStatus: Idle",
        profile=CORE,
        needs="C-29.3",
    ),
    Case(
        "TC_F_16_CS",
        "LogStatusNotification - Uploading",
        "Trigger LogStatus while uploading: Uploading",
        profile=CORE,
        needs="C-29.3",
    ),
    Case(
        "TC_F_17_CS",
        "FirmwareStatusNotification - Specific EVSE not relevant",
        "Trigger FirmwareStatus with evse: evse ignored, Idle",
        profile=CORE,
        needs="C-29.4",
    ),
    Case(
        "TC_F_18_CS",
        "FirmwareStatusNotification - Idle",
        "Trigger FirmwareStatus: Idle",
        profile=CORE,
        needs="C-29.4",
    ),
    Case(
        "TC_F_19_CS",
        "FirmwareStatusNotification - Downloading",
        "Trigger FirmwareStatus while Downloading: Downloading",
        profile=CORE,
        needs="C-29.4",
    ),
    Case("TC_F_20_CS", "Heartbeat", "Trigger Heartbeat", profile=CORE),
    Case(
        "TC_F_23_CS",
        "StatusNotification - Specific EVSE - Available",
        "Trigger StatusNotification: Available",
        profile=CORE,
        needs="C-29.5",
    ),
    Case(
        "TC_F_24_CS",
        "StatusNotification - Specific EVSE - Occupied",
        "Trigger StatusNotification: Occupied",
        profile=CORE,
        needs="C-29.5",
    ),
    Case(
        "TC_F_26_CS",
        "BootNotification - Rejected",
        "Trigger BootNotification after Accepted → Rejected",
        profile=CORE,
        needs="C-29.6",
    ),
    Case(
        "TC_F_27_CS",
        "NotImplemented",
        "Trigger SignCombinedCertificate unsupported → NotImplemented",
        profile=CORE,
        needs="NOT ISO-3",
    ),
)

EXCUSED: dict[str, str] = {}
"""Why a case is not met, by its id."""
