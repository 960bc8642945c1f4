"""Block B: provisioning."""

from __future__ import annotations

from tests.conformance.case import Case
from tests.conformance.v201.cases.profiles import CORE, DEVICE, RESERVATION

CASES = (
    Case(
        "TC_B_01_CS",
        "Accepted",
        "Boot: BootNotification, status report of every connector, StartupOfTheDevice/ResetOrReboot event",
        profile=CORE,
    ),
    Case(
        "TC_B_02_CS",
        "Pending",
        "Pending: answer Set/GetVariables, GetBaseReport + NotifyReport; RequestStart → Rejected; TriggerMessage BootNotification Accepted/NotImplemented → reason Triggered; no other CALLs",
        profile=CORE,
    ),
    Case(
        "TC_B_03_CS",
        "Rejected",
        "Rejected: silent (may disconnect) until interval, then BootNotification; after Accepted report all connectors",
        profile=CORE,
    ),
    Case(
        "TC_B_06_CS",
        "single value",
        "GetVariables OfflineThreshold: Accepted, attributeType Actual, value",
        profile=CORE,
    ),
    Case("TC_B_07_CS", "multiple values", "Two items → two results in any order", profile=CORE),
    Case(
        "TC_B_09_CS",
        "single value",
        "Set single value → Accepted, attributeType Actual echoed",
        profile=CORE,
    ),
    Case("TC_B_10_CS", "multiple values", "Set several → one result each", profile=CORE),
    Case(
        "TC_B_11_CS",
        "invalidly formatted values",
        "Strict typing: integer, decimal, boolean, dateTime and text values are tried on an integer, a decimal (LimitChangeSignificance), a boolean and a dateTime variable; only the fitting type is Accepted, others Rejected (reason InvalidValue optional)",
        profile=CORE,
    ),
    Case(
        "TC_B_12_CS",
        "ConfigurationInventory",
        "ConfigurationInventory Accepted; NotifyReport from seqNo 0, requestId, all settable variables with characteristics; valuesList for list types",
        profile=CORE,
    ),
    Case("TC_B_13_CS", "FullInventory", "FullInventory likewise, all components", profile=CORE),
    Case(
        "TC_B_14_CS",
        "SummaryInventory",
        "SummaryInventory: AvailabilityState of station, EVSEs, connectors + problems",
        profile=DEVICE,
    ),
    Case(
        "TC_B_15_CS",
        "Not Supported base report",
        "Unsupported SummaryInventory → NotSupported, no NotifyReport",
        profile=CORE,
        needs="Not C-56",
    ),
    Case(
        "TC_B_16_CS",
        "with component criteria",
        "GetReport componentCriteria (Active/Available/Enabled/Problem): reported components satisfy it; WriteOnly items Rejected in GetVariables",
        profile=DEVICE,
    ),
    Case(
        "TC_B_17_CS",
        "with component/variable",
        "GetReport EVSE.AvailabilityState of evse 1: OptionList with the five values, ReadOnly, only Actual",
        profile=DEVICE,
    ),
    Case(
        "TC_B_18_CS",
        "with componentCriteria and component/variables",
        "Available + component → Accepted; Problem + healthy component → EmptyResultSet",
        profile=DEVICE,
    ),
    Case(
        "TC_B_19_CS",
        "GetReport unsupported criterion → NotSup",
        "GetReport unsupported criterion → NotSupported",
        counted=False,
    ),
    Case(
        "TC_B_20_CS",
        "Without ongoing transaction - OnIdle",
        "Reset OnIdle while idle → Accepted, reboot, boot reason RemoteReset, connectors Available",
        profile=CORE,
    ),
    Case(
        "TC_B_21_CS",
        "With Ongoing Transaction - OnIdle",
        "OnIdle in tx → Scheduled; after tx end reboot with ScheduledReset; connector Occupied if cable still in",
        profile=CORE,
    ),
    Case(
        "TC_B_22_CS",
        "With Ongoing Transaction - Immediate",
        "Immediate in tx → Accepted; Ended ResetCommand/ImmediateReset/EVConnected without idToken; boot RemoteReset; connector Occupied",
        profile=CORE,
    ),
    Case("TC_B_23_CS", "Unavailable persists reset", "Unavailable survives reset", profile=CORE),
    Case(
        "TC_B_24_CS",
        "Reserved persists reset",
        "Reserved survives (Immediate) reset",
        profile=RESERVATION,
    ),
    Case(
        "TC_B_25_CS",
        "Without ongoing transaction",
        "Reset evseId idle → Accepted",
        profile=CORE,
        needs="C-13",
    ),
    Case(
        "TC_B_26_CS",
        "With Ongoing Transaction - OnIdle",
        "Reset evseId OnIdle in tx → Scheduled, reset after end",
        profile=CORE,
        needs="C-13",
    ),
    Case(
        "TC_B_27_CS",
        "With Ongoing Transaction - Immediate",
        "Reset evseId Immediate in tx → Accepted + Ended ResetCommand/ImmediateReset",
        profile=CORE,
        needs="C-13",
    ),
    Case(
        "TC_B_28_CS",
        "Not Supported",
        "Reset evseId unsupported → Rejected",
        profile=CORE,
        needs="NOT C-13",
    ),
    Case(
        "TC_B_29_CS",
        "With ongoing transaction - Not Supported",
        "same with tx → Rejected, tx continues",
        profile=CORE,
        needs="NOT C-13",
    ),
    Case(
        "TC_B_30_CS",
        "Pending/Rejected - SecurityError",
        "While Rejected, any CSMS CALL → CALLERROR SecurityError",
        profile=CORE,
    ),
    Case("TC_B_32_CS", "Unknown component", "UnknownComponent, value omitted", profile=CORE),
    Case("TC_B_33_CS", "Unknown variable", "UnknownVariable", profile=CORE),
    Case(
        "TC_B_34_CS",
        "Not supported attribute type",
        "Attribute Target on an Actual-only variable → NotSupportedAttributeType, echo Target",
        profile=CORE,
    ),
    Case("TC_B_35_CS", "Unknown component", "Set UnknownComponent", profile=CORE),
    Case("TC_B_36_CS", "Unknown variable", "Set UnknownVariable", profile=CORE),
    Case(
        "TC_B_37_CS", "Not supported attribute type", "Set NotSupportedAttributeType", profile=CORE
    ),
    Case(
        "TC_B_39_CS", "Read-only", "Set read-only MessageTimeout[Default] → Rejected", profile=CORE
    ),
    Case(
        "TC_B_41_CS",
        "With multiple ongoing transactions - OnIdle",
        "OnIdle with two tx → Scheduled; reboot after the last one",
        profile=CORE,
        needs="HFS-8 > 1",
    ),
    Case("TC_B_43_CS", "Rejected", "SetNetworkProfile slot 999 → Rejected", profile=CORE),
    Case(
        "TC_B_45_CS",
        "Success - Same CSMS Root",
        "Switch to second endpoint after priority change + reset; BootNotification there",
        profile=CORE,
    ),
    Case(
        "TC_B_46_CS",
        "Fallback mechanism - Same CSMS Root",
        "First slot unreachable → after NetworkProfileConnectionAttempts use second slot",
        profile=CORE,
    ),
    Case(
        "TC_B_47_CS",
        "Fallback after NetworkProfileConnectionAttempts per NetworkConfigurationPriority failed - New CSMS Root - New CSMS",
        "New CSMS root cannot be verified → fall back to old slot/root; old root still listed",
        profile=CORE,
        needs="AS-2 and C-47",
    ),
    Case(
        "TC_B_49_CS",
        "Fallback after NetworkProfileConnectionAttempts per NetworkConfigurationPriority failed - Same CSMS Root",
        "All slots fail → reconnect mechanism to last good slot",
        profile=CORE,
        needs="C-47",
    ),
    Case(
        "TC_B_50_CS",
        "Success - New CSMS Root - New CSMS",
        "Switch to new CSMS with a new root certificate works",
        profile=CORE,
    ),
    Case(
        "TC_B_51_CS",
        "> Offline Threshold",
        "Offline longer than OfflineThreshold → all connectors reported on reconnect",
        profile=CORE,
    ),
    Case(
        "TC_B_52_CS",
        "< Offline Threshold",
        "Offline shorter → only changed connectors",
        profile=CORE,
    ),
    Case(
        "TC_B_53_CS",
        "Test mandatory DM variables via FullInventory",
        "All required variables present with allowed values; list types have valuesList; values present except WriteOnly and EVSE.Power",
        profile=CORE,
    ),
    Case(
        "TC_B_54_CS",
        "with component/variable, but no instance",
        "GetReport DeviceDataCtrlr.ItemsPerMessage without instance → all instances",
        profile=DEVICE,
    ),
    Case(
        "TC_B_55_CS",
        "with component/variable/instance",
        "with instance → only that",
        profile=DEVICE,
    ),
    Case(
        "TC_B_56_CS",
        "with component/variable, but no evseld",
        "EVSE without evse id → one entry per EVSE",
        profile=DEVICE,
    ),
    Case(
        "TC_B_57_CS",
        "After connection loss",
        "Random 0: after a drop wait ≥WaitMinimum; refused attempt → next wait ≥2×; counter starts over after a successful connection",
        profile=CORE,
    ),
)

EXCUSED: dict[str, str] = {}
"""Why a case is not met, by its id."""
