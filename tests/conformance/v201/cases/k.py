"""Block K: smart charging."""

from __future__ import annotations

from tests.conformance.case import Case
from tests.conformance.v201.cases.profiles import CORE, ISO, NO_VEHICLE_TALK, SMART

CASES = (
    Case(
        "TC_K_01_CS", "A default of one EVSE", "It is accepted, and reported there.", profile=SMART
    ),
    Case(
        "TC_K_02_CS", "A profile of a transaction where none runs", "It is rejected.", profile=SMART
    ),
    Case(
        "TC_K_03_CS",
        "A maximum of the station",
        "It is accepted for EVSE 0, and reported there.",
        profile=SMART,
    ),
    Case(
        "TC_K_04_CS",
        "Another profile with the same id",
        "It takes the place of the first.",
        profile=SMART,
    ),
    Case("TC_K_05_CS", "Cleared by its id", "It is gone.", profile=SMART),
    Case(
        "TC_K_06_CS",
        "Cleared by purpose and level, which fit one",
        "That one is gone.",
        profile=SMART,
    ),
    Case(
        "TC_K_07_CS",
        "Cleared by purpose and level that nothing has",
        "That is unknown, and nothing is gone.",
        profile=SMART,
    ),
    Case("TC_K_08_CS", "Cleared by an id that nothing has", "That is unknown.", profile=SMART),
    Case(
        "TC_K_09_CS",
        "A default is cleared while a transaction runs",
        "The transaction has what the station itself gives.",
        profile=SMART,
    ),
    Case(
        "TC_K_10_CS",
        "A default of all EVSEs",
        "It is accepted, and reported once, for EVSE 0, with nothing to follow.",
        profile=SMART,
    ),
    Case(
        "TC_K_11_CS", "A profile of a transaction for all EVSEs", "It is rejected.", profile=SMART
    ),
    Case(
        "TC_K_12_CS",
        "A profile in a unit that is not offered",
        "It is rejected.",
        profile=SMART,
    ),
    Case("TC_K_13_CS", "A restart", "The profile is there again, and in force.", profile=SMART),
    Case("TC_K_14_CS", "A profile of an EVSE that is not there", "It is rejected.", profile=SMART),
    Case(
        "TC_K_15_CS",
        "A profile without smart charging",
        "The answer is an error that says so.",
        counted=False,
    ),
    Case("TC_K_16_CS", "A profile of an unknown transaction", "It is rejected.", profile=SMART),
    Case("TC_K_19_CS", "A profile of each day", "It is accepted.", profile=SMART),
    Case(
        "TC_K_21_CS",
        "A profile that is valid later",
        "Until then the schedule does not know it.",
        profile=SMART,
    ),
    Case(
        "TC_K_22_CS",
        "A profile that is valid for a while",
        "Until then it limits every EVSE, and so all together; then it does not.",
        profile=SMART,
    ),
    Case(
        "TC_K_23_CS",
        "A schedule that begins later",
        "Until then the station gives what it has.",
        profile=SMART,
    ),
    Case(
        "TC_K_24_CS",
        "Cleared by purpose and level, which fit several",
        "All of them are gone, at each EVSE.",
        profile=SMART,
    ),
    Case(
        "TC_K_28_CS",
        "A default comes while a transaction runs",
        "It counts at once.",
        profile=SMART,
    ),
    Case(
        "TC_K_29_CS",
        "Those of EVSE 0 are asked for",
        "Only what was set there is reported.",
        profile=SMART,
    ),
    Case(
        "TC_K_30_CS",
        "Those of one EVSE are asked for",
        "Only what was set there is reported.",
        profile=SMART,
    ),
    Case("TC_K_31_CS", "All are asked for", "All are reported.", profile=SMART),
    Case("TC_K_32_CS", "One id is asked for", "That one is reported.", profile=SMART),
    Case(
        "TC_K_33_CS",
        "An EVSE and a level are asked for",
        "What fits both is reported.",
        profile=SMART,
    ),
    Case(
        "TC_K_34_CS",
        "An EVSE and a source are asked for",
        "What fits both is reported; of another source there is none.",
        profile=SMART,
    ),
    Case(
        "TC_K_35_CS",
        "An EVSE and a purpose are asked for",
        "What fits both is reported.",
        profile=SMART,
    ),
    Case(
        "TC_K_36_CS",
        "An EVSE, a purpose and a level are asked for",
        "What fits all is reported.",
        profile=SMART,
    ),
    Case(
        "TC_K_37_CS",
        "A start with a profile",
        "The profile is kept for the transaction, and reported by its id.",
        profile=SMART,
    ),
    Case(
        "TC_K_38_CS",
        "A start with a profile, without smart charging",
        "It starts, and the profile is ignored.",
        profile=CORE,
    ),
    Case(
        "TC_K_39_CS",
        "What is expected without profiles",
        "The schedule has the span that was asked for, from its first second.",
        profile=SMART,
    ),
    Case(
        "TC_K_40_CS",
        "Levels of one purpose",
        "The higher one leads while it says anything, then the lower one.",
        profile=SMART,
    ),
    Case(
        "TC_K_41_CS",
        "Several purposes",
        "The lowest of those that lead counts; that of the transaction replaces the default.",
        profile=SMART,
    ),
    Case(
        "TC_K_42_CS",
        "What is expected, in a unit that is not offered",
        "It is rejected, and no schedule is told.",
        profile=SMART,
    ),
    Case(
        "TC_K_47_CS",
        "What is expected of an EVSE that is not there",
        "It is rejected.",
        profile=SMART,
    ),
    Case(
        "TC_K_52_CS",
        "External limits are asked for",
        "What somebody else has set is reported, with who it was.",
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
        "A profile of the transaction that runs",
        "It is accepted, and reported.",
        profile=SMART,
    ),
)

BOTH_UNITS = "Both units are offered, so there is none to refuse."

EXCUSED: dict[str, str] = {
    "TC_K_12_CS": BOTH_UNITS,
    "TC_K_42_CS": BOTH_UNITS,
    "TC_K_53_CS": NO_VEHICLE_TALK,
    "TC_K_54_CS": NO_VEHICLE_TALK,
    "TC_K_56_CS": NO_VEHICLE_TALK,
    "TC_K_57_CS": NO_VEHICLE_TALK,
    "TC_K_58_CS": NO_VEHICLE_TALK,
}
"""Why a case is not met, by its id."""
