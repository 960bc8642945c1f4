"""Block K: smart charging."""

from __future__ import annotations

from tests.conformance.case import Case
from tests.conformance.v201.cases.profiles import CORE, ISO, NO_VEHICLE_TALK, SMART

CASES = (
    Case(
        "TC_K_01_CS",
        "TxDefaultProfile - Specific EVSE",
        "TxDefaultProfile on EVSE Accepted and reported",
        profile=SMART,
    ),
    Case(
        "TC_K_02_CS",
        "TxProfile without ongoing transaction on the specified EVSE",
        "TxProfile without tx → Rejected",
        profile=SMART,
    ),
    Case(
        "TC_K_03_CS",
        "ChargingStationMaxProfile",
        "ChargingStationMaxProfile evse 0 Accepted, reported evse 0",
        profile=SMART,
    ),
    Case("TC_K_04_CS", "With chargingProfileId", "Same id replaces", profile=SMART),
    Case("TC_K_05_CS", "With chargingProfileId", "Clear by id; Get → NoProfiles", profile=SMART),
    Case(
        "TC_K_06_CS",
        "With stackLevel/purpose combination for one profile",
        "Clear by purpose+stackLevel",
        profile=SMART,
    ),
    Case(
        "TC_K_07_CS",
        "With unknown stackLevel/purpose combination",
        "Clear with no match → Unknown",
        profile=SMART,
    ),
    Case(
        "TC_K_08_CS",
        "Without previous charging profile",
        "Clear unknown id → Unknown",
        profile=SMART,
    ),
    Case(
        "TC_K_09_CS",
        "Clearing a TxDefaultProfile - With ongoing transaction",
        "Clear TxDefault in tx → Accepted, composite back to local limit",
        profile=SMART,
    ),
    Case(
        "TC_K_10_CS",
        "TxDefaultProfile - All EVSE",
        "TxDefaultProfile evse 0 Accepted and reported once on evse 0, tbc false",
        profile=SMART,
    ),
    Case(
        "TC_K_11_CS",
        "Unable to set TxProfile on all EVSE at once",
        "TxProfile evse 0 → Rejected",
        profile=SMART,
    ),
    Case(
        "TC_K_12_CS",
        "ChargerRateUnit Rejected",
        "Unsupported rate unit → Rejected",
        profile=SMART,
        needs="NOT (SC-2.1 and SC-2.2)",
    ),
    Case("TC_K_13_CS", "Persistent over reboot", "Profile survives reboot", profile=SMART),
    Case("TC_K_14_CS", "Unexisting EVSE id", "EVSE count+1 → Rejected", profile=SMART),
    Case(
        "TC_K_15_CS",
        "no smart charging → CALLERROR NotSupport",
        "no smart charging → CALLERROR NotSupported",
        counted=False,
    ),
    Case("TC_K_16_CS", "Unknown transactionId", "Unknown transactionId → Rejected", profile=SMART),
    Case("TC_K_19_CS", "ChargingProfileKind is Recurring", "Recurring Accepted", profile=SMART),
    Case(
        "TC_K_21_CS",
        "ValidFrom",
        "validFrom in future: composite changes at that moment",
        profile=SMART,
    ),
    Case(
        "TC_K_22_CS",
        "ValidTo",
        "validTo: composite for every EVSE 6 A until then (evse 0 = 6×EVSE count), afterwards local limit",
        profile=SMART,
    ),
    Case(
        "TC_K_23_CS",
        "StartSchedule",
        "startSchedule in the future: local limit until then",
        profile=SMART,
    ),
    Case(
        "TC_K_24_CS",
        "With stackLevel/purpose combination for multiple profiles",
        "Clear several EVSEs at once",
        profile=SMART,
        needs="HFS-8 > 1",
    ),
    Case(
        "TC_K_28_CS",
        "TxDefaultProfile with transaction ongoing",
        "TxDefault during tx: composite 6 A at once",
        profile=SMART,
    ),
    Case("TC_K_29_CS", "EvseId 0", "Get evse 0: only profiles on 0", profile=SMART),
    Case("TC_K_30_CS", "EvseId > 0", "Get evse n", profile=SMART),
    Case("TC_K_31_CS", "No EvseId", "Get all", profile=SMART),
    Case("TC_K_32_CS", "chargingProfileId", "Get by id", profile=SMART),
    Case("TC_K_33_CS", "EvseId > 0 + stackLevel", "Get evse + stackLevel", profile=SMART),
    Case(
        "TC_K_34_CS",
        "EvseId > 0 + chargingLimitSource",
        "Get evse + chargingLimitSource CSO; other source → NoProfiles",
        profile=SMART,
    ),
    Case("TC_K_35_CS", "EvseId > 0 + chargingProfilePurpose", "Get evse + purpose", profile=SMART),
    Case(
        "TC_K_36_CS",
        "EvseId > 0 + chargingProfilePurpose + stackLevel",
        "Get evse + purpose + stackLevel",
        profile=SMART,
    ),
    Case(
        "TC_K_37_CS",
        "Success",
        "RequestStart with TxProfile: stored; GetChargingProfiles by id reports it",
        profile=SMART,
    ),
    Case(
        "TC_K_38_CS",
        "Ignore chargingProfile",
        "Without smart charging: profile ignored, start works",
        profile=CORE,
        needs="NOT Smart Charging",
    ),
    Case(
        "TC_K_39_CS",
        "No ChargingProfile installed on Charging Station",
        "No profile: composite Accepted, duration 300, startPeriod 0",
        profile=SMART,
    ),
    Case(
        "TC_K_40_CS",
        "Stacking ChargingProfiles",
        "Stack levels: higher wins while it has periods, then lower",
        profile=SMART,
    ),
    Case(
        "TC_K_41_CS",
        "Combining chargingProfilePurposes",
        "Max/TxDefault/Tx combination: lowest of leading; Tx overrides default",
        profile=SMART,
    ),
    Case(
        "TC_K_42_CS",
        "chargingRateUnit not supported",
        "Composite with unsupported unit → Rejected, no schedule",
        profile=SMART,
        needs="NOT (SC-2.1 and SC-2.2)",
    ),
    Case("TC_K_47_CS", "Unknown EVSEId", "Composite for EVSE count+1 → Rejected", profile=SMART),
    Case(
        "TC_K_52_CS",
        "GetChargingProfiles purpose ChargingStat",
        "GetChargingProfiles purpose ChargingStationExternalConstraints reports the external limit",
        counted=False,
    ),
    Case(
        "TC_K_53_CS",
        "A vehicle that tells its needs",
        "They are passed on, and its schedule stays within what the CSMS answers.",
        profile=ISO,
    ),
    Case(
        "TC_K_54_CS",
        "Needs that the CSMS refuses",
        "The schedule is told all the same.",
        profile=ISO,
    ),
    Case(
        "TC_K_56_CS",
        "Needs while the CSMS is away",
        "The schedule stays within the default limits.",
        profile=ISO,
    ),
    Case(
        "TC_K_57_CS", "A vehicle that asks for another schedule", "It is settled anew.", profile=ISO
    ),
    Case(
        "TC_K_58_CS",
        "A CSMS that asks for another schedule",
        "It is settled anew with the vehicle.",
        profile=ISO,
    ),
    Case(
        "TC_K_60_CS",
        "TxProfile with ongoing transaction on the specified EVSE",
        "TxProfile for running tx Accepted, reported",
        profile=SMART,
    ),
)

EXCUSED: dict[str, str] = {
    "TC_K_53_CS": NO_VEHICLE_TALK,
    "TC_K_54_CS": NO_VEHICLE_TALK,
    "TC_K_56_CS": NO_VEHICLE_TALK,
    "TC_K_57_CS": NO_VEHICLE_TALK,
    "TC_K_58_CS": NO_VEHICLE_TALK,
}
"""Why a case is not met, by its id."""
