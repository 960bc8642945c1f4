"""Block H: reservation."""

from __future__ import annotations

from tests.conformance.case import Case
from tests.conformance.v201.cases.profiles import RESERVATION

CASES = (
    Case(
        "TC_H_01_CS",
        "Accepted - Valid idToken",
        "Reserved token: Reserved→Available, start works",
        profile=RESERVATION,
    ),
    Case(
        "TC_H_02_CS",
        "Accepted - Different idToken",
        "Two EVSEs reserved for different tokens; RequestStart with the other → Rejected",
        profile=RESERVATION,
    ),
    Case(
        "TC_H_03_CS",
        "Occupied - EVSE Reserved",
        "Reserve reserved EVSE → Occupied",
        profile=RESERVATION,
    ),
    Case(
        "TC_H_04_CS",
        "Occupied - EVSE Occupied",
        "Reserve occupied EVSE → Occupied",
        profile=RESERVATION,
    ),
    Case("TC_H_06_CS", "Unavailable", "Reserve unavailable → Unavailable", profile=RESERVATION),
    Case(
        "TC_H_07_CS",
        "Reservation Ended / not used",
        "Expiry → Available + ReservationStatusUpdate Expired",
        profile=RESERVATION,
    ),
    Case(
        "TC_H_08_CS",
        "Accepted",
        "Unspecified EVSE Accepted (Reserved shown if count matches)",
        profile=RESERVATION,
        needs="R-2",
    ),
    Case(
        "TC_H_09_CS",
        "Occupied - EVSE Reserved",
        "All reserved → Occupied",
        profile=RESERVATION,
        needs="R-2",
    ),
    Case(
        "TC_H_10_CS",
        "Occupied - EVSE Occupied",
        "All occupied → Occupied",
        profile=RESERVATION,
        needs="R-2",
    ),
    Case(
        "TC_H_12_CS",
        "Unavailable",
        "All unavailable → Unavailable",
        profile=RESERVATION,
        needs="R-2",
    ),
    Case(
        "TC_H_13_CS",
        "Rejected",
        "Unspecified unsupported → Rejected",
        profile=RESERVATION,
        needs="R-2",
    ),
    Case(
        "TC_H_14_CS",
        "Amount of EVSEs available equals the amount of reservations",
        "#reservations = #EVSE → all Reserved",
        profile=RESERVATION,
        needs="R-2",
    ),
    Case(
        "TC_H_15_CS",
        "Success",
        "connectorType reservation Accepted",
        profile=RESERVATION,
        needs="For CSMS: R-1, For CS: R-2",
    ),
    Case(
        "TC_H_16_CS",
        "Amount of available connectors of a type equals the amount of reservations",
        "connectorType, all reserved → Occupied",
        profile=RESERVATION,
        needs="R-2",
    ),
    Case(
        "TC_H_17_CS",
        "Success",
        "Cancel → Accepted, all connectors of EVSE Available",
        profile=RESERVATION,
    ),
    Case("TC_H_18_CS", "Rejected", "Cancel unknown → Rejected", profile=RESERVATION),
    Case(
        "TC_H_19_CS",
        "Use a reserved EVSE with GroupId",
        "Group token may use it",
        profile=RESERVATION,
    ),
    Case(
        "TC_H_21_CS",
        "Charging Station cancels reservation when Unavailable",
        "Inoperative → Unavailable + ReservationStatusUpdate Removed; later Available",
        profile=RESERVATION,
    ),
    Case(
        "TC_H_22_CS",
        "Configured to Reject",
        "Disabled → Rejected",
        profile=RESERVATION,
        needs="R-3",
    ),
    Case(
        "TC_H_23_CS",
        "Replace reservation",
        "Same id replaces, possibly other EVSE/token",
        profile=RESERVATION,
    ),
    Case(
        "TC_H_24_CS",
        "GroupIdToken",
        "Unspecified with group token",
        profile=RESERVATION,
        needs="R-2",
    ),
)

EXCUSED: dict[str, str] = {}
"""Why a case is not met, by its id."""
