"""Block B: provisioning."""

from __future__ import annotations

from tests.conformance.case import Case
from tests.conformance.v201.cases.profiles import CORE, DEVICE, RESERVATION

CASES = (
    Case(
        "TC_B_01_CS",
        "Boot, accepted",
        "It boots, tells the status of every connector and that it has started.",
        profile=CORE,
    ),
    Case(
        "TC_B_02_CS",
        "Boot, pending",
        "It lets itself be read, set and reported, starts and stops nothing, says nothing by "
        "itself, and boots at once when it is asked to.",
        profile=CORE,
    ),
    Case(
        "TC_B_03_CS",
        "Boot, rejected",
        "It is silent until the interval is over, boots again, and once accepted tells every "
        "connector.",
        profile=CORE,
    ),
    Case(
        "TC_B_06_CS",
        "One variable is read",
        "It is accepted with its value, and says that the attribute is Actual.",
        profile=CORE,
    ),
    Case(
        "TC_B_07_CS",
        "Several variables are read",
        "Each has its own result, in whatever order.",
        profile=CORE,
    ),
    Case(
        "TC_B_09_CS",
        "One variable is written",
        "It is accepted, says that the attribute is Actual, and holds.",
        profile=CORE,
    ),
    Case(
        "TC_B_10_CS",
        "Several variables are written",
        "Each has its own result, and holds across a restart.",
        profile=CORE,
    ),
    Case(
        "TC_B_11_CS",
        "Values of another type",
        "A number, a flag and an instant take only what is of their type.",
        profile=CORE,
    ),
    Case(
        "TC_B_12_CS",
        "The inventory of what can be set",
        "Numbered pieces with everything that can be written, each with its traits, lists "
        "with words.",
        profile=CORE,
    ),
    Case(
        "TC_B_13_CS",
        "The inventory of everything",
        "Numbered pieces with every variable of every component.",
        profile=CORE,
    ),
    Case(
        "TC_B_14_CS",
        "The inventory in short",
        "Whether station, EVSEs and connectors can be used, and what has a problem.",
        profile=DEVICE,
    ),
    Case(
        "TC_B_15_CS",
        "An inventory that is not supported",
        "It is answered NotSupported, and no report follows.",
        profile=CORE,
    ),
    Case(
        "TC_B_16_CS",
        "A report by criteria",
        "What comes meets the criterion or has no such variable; a problem must be told.",
        profile=DEVICE,
    ),
    Case(
        "TC_B_17_CS",
        "A report of one variable",
        "It comes alone, with its type, its words and its only attribute.",
        profile=DEVICE,
    ),
    Case(
        "TC_B_18_CS",
        "A report by criterion and variable",
        "Both must hold; where nothing does, the result is empty and no report follows.",
        profile=DEVICE,
    ),
    Case(
        "TC_B_19_CS",
        "A criterion that is not supported",
        "It is answered NotSupported.",
        counted=False,
    ),
    Case(
        "TC_B_20_CS",
        "Reset when idle, idle",
        "It starts anew at once, for RemoteReset.",
        profile=CORE,
    ),
    Case(
        "TC_B_21_CS",
        "Reset when idle, charging",
        "It is scheduled, starts anew once the transaction has ended, and finds the cable "
        "Occupied.",
        profile=CORE,
    ),
    Case(
        "TC_B_22_CS",
        "Reset at once, charging",
        "The transaction ends by ResetCommand for ImmediateReset and without a token, and it "
        "starts anew.",
        profile=CORE,
    ),
    Case(
        "TC_B_23_CS",
        "Reset, out of use",
        "What was Unavailable before is so afterwards.",
        profile=CORE,
    ),
    Case(
        "TC_B_24_CS",
        "Reset, reserved",
        "What was Reserved before is so afterwards.",
        profile=RESERVATION,
    ),
    Case(
        "TC_B_25_CS",
        "Reset of an EVSE, idle",
        "It is accepted, and the station does not boot.",
        profile=CORE,
    ),
    Case(
        "TC_B_26_CS",
        "Reset of an EVSE when idle, charging",
        "It is scheduled, and done once the transaction of that EVSE has ended.",
        profile=CORE,
    ),
    Case(
        "TC_B_27_CS",
        "Reset of an EVSE at once, charging",
        "The transaction of that EVSE ends by ResetCommand for ImmediateReset.",
        profile=CORE,
    ),
    Case(
        "TC_B_28_CS",
        "Reset of an EVSE, not supported",
        "It is rejected.",
        profile=CORE,
    ),
    Case(
        "TC_B_29_CS",
        "Reset of an EVSE, not supported, charging",
        "It is rejected, and the transaction goes on.",
        profile=CORE,
    ),
    Case(
        "TC_B_30_CS",
        "Asked while rejected",
        "Whatever the CSMS asks is answered by a SecurityError.",
        profile=CORE,
    ),
    Case(
        "TC_B_32_CS",
        "A component to read that is not there",
        "UnknownComponent, and no value.",
        profile=CORE,
    ),
    Case(
        "TC_B_33_CS",
        "A variable to read that is not there",
        "UnknownVariable, and no value.",
        profile=CORE,
    ),
    Case(
        "TC_B_34_CS",
        "An attribute to read that is not there",
        "NotSupportedAttributeType, with the attribute that was asked for.",
        profile=CORE,
    ),
    Case(
        "TC_B_35_CS",
        "A component to write that is not there",
        "UnknownComponent.",
        profile=CORE,
    ),
    Case(
        "TC_B_36_CS",
        "A variable to write that is not there",
        "UnknownVariable.",
        profile=CORE,
    ),
    Case(
        "TC_B_37_CS",
        "An attribute to write that is not there",
        "NotSupportedAttributeType, with the attribute that was asked for.",
        profile=CORE,
    ),
    Case(
        "TC_B_39_CS",
        "A variable that is only read is written",
        "Rejected, and it stays as it was.",
        profile=CORE,
    ),
    Case(
        "TC_B_41_CS",
        "Reset when idle, two transactions",
        "It waits for the last of them.",
        profile=CORE,
    ),
    Case("TC_B_43_CS", "A slot that is not there", "The profile is refused.", profile=CORE),
    Case(
        "TC_B_45_CS",
        "Another endpoint with the same root",
        "After the order and a restart the station boots there.",
        profile=CORE,
    ),
    Case(
        "TC_B_46_CS",
        "Nobody at the first slot",
        "After so many attempts as are set the station boots at the second.",
        profile=CORE,
    ),
    Case(
        "TC_B_47_CS",
        "A new root that does not vouch for the new CSMS",
        "The station goes back to the old slot, and the old root is still listed.",
        profile=CORE,
    ),
    Case(
        "TC_B_49_CS",
        "Nobody at any slot of the order",
        "The station goes back to the slot that worked last.",
        profile=CORE,
    ),
    Case(
        "TC_B_50_CS",
        "Another CSMS with a root of its own",
        "Once its root is installed, the station boots there after a restart.",
        profile=CORE,
    ),
    Case(
        "TC_B_51_CS",
        "Back from a long absence",
        "Beyond OfflineThreshold every connector is told.",
        profile=CORE,
    ),
    Case(
        "TC_B_52_CS",
        "Back from a short absence",
        "Within OfflineThreshold only those connectors are told that have changed.",
        profile=CORE,
    ),
    Case(
        "TC_B_53_CS",
        "Every required variable",
        "It is there with a value that it may have; only secrets and EVSE.Power may lack one.",
        profile=CORE,
    ),
    Case(
        "TC_B_54_CS",
        "A report of a variable, its instance left out",
        "Every instance is reported.",
        profile=DEVICE,
    ),
    Case(
        "TC_B_55_CS",
        "A report of one instance of a variable",
        "Only that one is reported.",
        profile=DEVICE,
    ),
    Case(
        "TC_B_56_CS",
        "A report of a variable, its EVSE left out",
        "That of every EVSE is reported.",
        profile=DEVICE,
    ),
    Case(
        "TC_B_57_CS",
        "Waiting after a lost connection",
        "The first wait is the shortest, a failure doubles it, and a success begins anew.",
        profile=CORE,
    ),
)

EXCUSED: dict[str, str] = {
    "TC_B_15_CS": "It is for stations without the summary, which this one reports.",
    "TC_B_19_CS": "It needs a criterion that is not supported, and all four are.",
    "TC_B_28_CS": "It is for stations that cannot reset one EVSE alone, and this one can.",
    "TC_B_29_CS": "It is for stations that cannot reset one EVSE alone, and this one can.",
}
"""Why a case is not met, by its id."""
