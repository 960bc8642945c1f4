"""Block H: reservation."""

from __future__ import annotations

from tests.conformance.case import Case
from tests.conformance.v201.cases.profiles import RESERVATION

CASES = (
    Case(
        "TC_H_01_CS",
        "Reserve an EVSE and use it",
        "It is Reserved until the token comes, and charges.",
        profile=RESERVATION,
    ),
    Case(
        "TC_H_02_CS",
        "Reserve two EVSEs for two tokens",
        "Nobody can be started from afar where another is meant.",
        profile=RESERVATION,
    ),
    Case(
        "TC_H_03_CS",
        "Reserve what is reserved",
        "It says Occupied.",
        profile=RESERVATION,
    ),
    Case(
        "TC_H_04_CS",
        "Reserve what is in use",
        "It says Occupied.",
        profile=RESERVATION,
    ),
    Case("TC_H_06_CS", "Reserve what is out of use", "It says Unavailable.", profile=RESERVATION),
    Case(
        "TC_H_07_CS",
        "A reservation expires",
        "Its EVSE is Available, and Expired is told.",
        profile=RESERVATION,
    ),
    Case(
        "TC_H_08_CS",
        "Reserve any EVSE",
        "It is accepted, and the last free one is Reserved.",
        profile=RESERVATION,
    ),
    Case(
        "TC_H_09_CS",
        "Reserve any, all reserved",
        "It says Occupied.",
        profile=RESERVATION,
    ),
    Case(
        "TC_H_10_CS",
        "Reserve any, all in use",
        "It says Occupied.",
        profile=RESERVATION,
    ),
    Case(
        "TC_H_12_CS",
        "Reserve any, all out of use",
        "It says Unavailable.",
        profile=RESERVATION,
    ),
    Case(
        "TC_H_13_CS",
        "Reserve any, not supported",
        "It is rejected.",
        profile=RESERVATION,
    ),
    Case(
        "TC_H_14_CS",
        "As many reservations as EVSEs",
        "Every EVSE is Reserved.",
        profile=RESERVATION,
    ),
    Case(
        "TC_H_15_CS",
        "Reserve a kind of connector",
        "It is accepted where there is one.",
        profile=RESERVATION,
    ),
    Case(
        "TC_H_16_CS",
        "Reserve a kind, all reserved",
        "It says Occupied.",
        profile=RESERVATION,
    ),
    Case(
        "TC_H_17_CS",
        "Cancel a reservation",
        "Its EVSE is Available.",
        profile=RESERVATION,
    ),
    Case("TC_H_18_CS", "Cancel an unknown reservation", "It is rejected.", profile=RESERVATION),
    Case(
        "TC_H_19_CS",
        "Use a reservation by group",
        "Another token of the group charges there.",
        profile=RESERVATION,
    ),
    Case(
        "TC_H_21_CS",
        "A reserved EVSE goes out of use",
        "It is Unavailable, and Removed is told.",
        profile=RESERVATION,
    ),
    Case(
        "TC_H_22_CS",
        "Reservations switched off",
        "Everything is rejected.",
        profile=RESERVATION,
    ),
    Case(
        "TC_H_23_CS",
        "Replace a reservation",
        "The same number means another EVSE and token.",
        profile=RESERVATION,
    ),
    Case(
        "TC_H_24_CS",
        "Reserve any for a group",
        "Any token of the group charges at any of them.",
        profile=RESERVATION,
    ),
)

EXCUSED: dict[str, str] = {
    "TC_H_13_CS": "It is for stations that keep no unspecified EVSE, and this one does.",
}
"""Why a case is not met, by its id."""
