"""Block M: certificates."""

from __future__ import annotations

from tests.conformance.case import Case
from tests.conformance.v201.cases.profiles import CORE, ISO, NO_VEHICLE_TALK, SECURITY

CASES = (
    Case("TC_M_01_CS", "Installing a root of the CSMS", "It is taken and listed.", profile=CORE),
    Case(
        "TC_M_02_CS",
        "Installing a root of the manufacturer",
        "It is taken and listed.",
        profile=CORE,
    ),
    Case("TC_M_03_CS", "Installing a root for vehicles", "It is taken and listed.", profile=ISO),
    Case(
        "TC_M_04_CS",
        "Installing a root of a mobility operator",
        "It is taken and listed.",
        profile=ISO,
    ),
    Case(
        "TC_M_07_CS",
        "Installing a root whose time is over",
        "It is refused and not listed.",
        profile=CORE,
    ),
    Case(
        "TC_M_09_CS",
        "A root that the present one has not signed",
        "It is refused where each must follow the one before.",
        profile=CORE,
    ),
    Case(
        "TC_M_12_CS",
        "Listing roots of the CSMS",
        "Each is named by its hashes.",
        profile=CORE,
    ),
    Case(
        "TC_M_13_CS",
        "Listing roots of the manufacturer",
        "Each is named by its hashes.",
        profile=CORE,
    ),
    Case("TC_M_14_CS", "Listing roots for vehicles", "Each is named by its hashes.", profile=ISO),
    Case(
        "TC_M_15_CS",
        "Listing the certificate for vehicles",
        "It is named with the authorities above it as its children.",
        profile=ISO,
    ),
    Case(
        "TC_M_16_CS",
        "Listing roots of mobility operators",
        "Each is named by its hashes.",
        profile=ISO,
    ),
    Case(
        "TC_M_17_CS",
        "Listing two kinds",
        "Both are there.",
        profile=CORE,
    ),
    Case("TC_M_18_CS", "Listing without a filter", "Every kind is there.", profile=CORE),
    Case(
        "TC_M_19_CS",
        "Listing a kind of which there is none",
        "The answer is NotFound, without a list.",
        profile=CORE,
    ),
    Case("TC_M_20_CS", "Deleting a certificate", "It is listed no more.", profile=CORE),
    Case(
        "TC_M_22_CS",
        "Deleting a certificate that is not there",
        "The answer is NotFound.",
        profile=CORE,
    ),
    Case(
        "TC_M_23_CS",
        "Deleting the station's own certificate",
        "It stays, and the answer says so.",
        profile=SECURITY,
    ),
    Case(
        "TC_M_24_CS",
        "The state of the certificate for vehicles",
        "After a renewal it asks whether leaf and authorities are revoked.",
        profile=ISO,
    ),
    Case("TC_M_25_CS", "A state that the CSMS cannot tell", "It goes on without.", profile=ISO),
    Case(
        "TC_M_26_CS",
        "A vehicle that wants a contract certificate",
        "The wish and the answer are passed on.",
        profile=ISO,
    ),
    Case(
        "TC_M_27_CS",
        "A contract certificate that is not made",
        "The vehicle learns of it.",
        profile=ISO,
    ),
    Case(
        "TC_M_28_CS",
        "A vehicle that renews its contract certificate",
        "The wish and the answer are passed on.",
        profile=ISO,
    ),
    Case(
        "TC_M_29_CS",
        "A contract certificate that is not renewed",
        "The vehicle learns of it.",
        profile=ISO,
    ),
    Case(
        "TC_M_30_CS",
        "A root that the present one has signed",
        "Once a connection has led to it, the one before is gone.",
        profile=CORE,
    ),
    Case(
        "TC_M_31_CS",
        "A next root that no connection leads to",
        "The one before is used and kept.",
        profile=CORE,
    ),
)

NO_VEHICLE_ASKS = (
    "The profile of ISO 15118 is not claimed: the state is asked for to show it to vehicles along"
    " with the certificate, and the station speaks no ISO 15118 with any."
)

EXCUSED: dict[str, str] = {
    "TC_M_24_CS": NO_VEHICLE_ASKS,
    "TC_M_25_CS": NO_VEHICLE_ASKS,
    "TC_M_26_CS": NO_VEHICLE_TALK,
    "TC_M_27_CS": NO_VEHICLE_TALK,
    "TC_M_28_CS": NO_VEHICLE_TALK,
    "TC_M_29_CS": NO_VEHICLE_TALK,
}
"""Why a case is not met, by its id."""
