"""Block O: display messages."""

from __future__ import annotations

from tests.conformance.case import Case
from tests.conformance.v201.cases.profiles import INTERFACE

CASES = (
    Case("TC_O_01_CS", "Success", "Set + Get returns message", profile=INTERFACE),
    Case("TC_O_02_CS", "Success", "Get all", profile=INTERFACE),
    Case("TC_O_03_CS", "No DisplayMessages configured", "Get, none → Unknown", profile=INTERFACE),
    Case("TC_O_04_CS", "Success", "Clear → Accepted, then Unknown", profile=INTERFACE),
    Case("TC_O_05_CS", "Unknown Key", "Clear unknown → Unknown", profile=INTERFACE),
    Case("TC_O_06_CS", "Success", "tx message removed after tx", profile=INTERFACE),
    Case("TC_O_07_CS", "Id", "Get id", profile=INTERFACE),
    Case("TC_O_08_CS", "Priority", "Get priority", profile=INTERFACE),
    Case("TC_O_09_CS", "State", "Get state", profile=INTERFACE),
    Case("TC_O_10_CS", "UnknownTransaction", "UnknownTransaction", profile=INTERFACE),
    Case("TC_O_11_CS", "Unknown parameters", "Get unknown id → Unknown", profile=INTERFACE),
    Case("TC_O_12_CS", "Replace DisplayMessage", "Replace by id", profile=INTERFACE),
    Case(
        "TC_O_13_CS",
        "Display message at start time",
        "startDateTime reported, shown from then",
        profile=INTERFACE,
    ),
    Case(
        "TC_O_14_CS",
        "Remove message after end time",
        "endDateTime: removed, Get → Unknown",
        profile=INTERFACE,
    ),
    Case(
        "TC_O_15_CS",
        "Language preference of the EV Driver",
        "(removed by errata) language",
        profile=INTERFACE,
        needs="removed by the errata",
    ),
    Case(
        "TC_O_17_CS",
        "NotSupportedPriority",
        "NotSupportedPriority",
        profile=INTERFACE,
        needs="NOT (UI-1.1 and UI-1.2 and UI-1.3)",
    ),
    Case("TC_O_18_CS", "NotSupportedState", "NotSupportedState", counted=False),
    Case(
        "TC_O_19_CS",
        "NotSupportedMessageFormat",
        "NotSupportedMessageFormat",
        profile=INTERFACE,
        needs="NOT (UI-2.1 and UI-2.2 and UI-2.3 and UI-2.4)",
    ),
    Case("TC_O_20_CS", "Persistent over reboot", "Message survives reboot", profile=INTERFACE),
    Case(
        "TC_O_22_CS",
        "Multiple In front priority",
        "Two InFront cycle",
        profile=INTERFACE,
        needs="UI-1.2",
    ),
    Case(
        "TC_O_24_CS",
        "Second Alwaysfront priority",
        "Second AlwaysFront replaces first (first → Unknown)",
        profile=INTERFACE,
        needs="UI-1.1",
    ),
    Case(
        "TC_O_27_CS",
        "Display message at start time",
        "tx + startDateTime; gone after tx",
        profile=INTERFACE,
    ),
    Case("TC_O_28_CS", "Remove message after end time", "tx + endDateTime", profile=INTERFACE),
    Case(
        "TC_O_30_CS",
        "Multiple In front priority",
        "tx + InFront pair",
        profile=INTERFACE,
        needs="UI-1.2",
    ),
    Case(
        "TC_O_32_CS",
        "Second Alwaysfront priority",
        "tx + AlwaysFront replaced",
        profile=INTERFACE,
        needs="UI-1.1",
    ),
    Case(
        "TC_O_33_CS", "No DisplayMessages configured", "Get id, none → Unknown", profile=INTERFACE
    ),
    Case(
        "TC_O_34_CS",
        "Known Id, but not matching State",
        "Id known, state mismatch → Unknown",
        profile=INTERFACE,
    ),
    Case(
        "TC_O_35_CS",
        "Known Id, but not matching Priority",
        "Id known, priority mismatch → Unknown",
        profile=INTERFACE,
        needs="( UI-1.1and UI-1.2) or ( UI-1.2 and UI-1.3) or ( UI-1.3and UI-1.1)",
    ),
    Case("TC_O_36_CS", "State Charging", "state Charging only", profile=INTERFACE),
    Case("TC_O_37_CS", "State Idle", "state Idle only", profile=INTERFACE),
    Case("TC_O_38_CS", "State Unavailable", "state Unavailable only", profile=INTERFACE),
    Case("TC_O_39_CS", "state Faulted", "state Faulted", counted=False),
)

EXCUSED: dict[str, str] = {}
"""Why a case is not met, by its id."""
