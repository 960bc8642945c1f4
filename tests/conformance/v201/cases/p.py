"""Block P: data transfer."""

from __future__ import annotations

from tests.conformance.case import Case
from tests.conformance.v201.cases.profiles import CORE

CASES = (
    Case(
        "TC_P_01_CS",
        "Rejected / Unknown VendorId / Unknown MessagingId",
        "Unknown DataTransfer → UnknownVendorId/UnknownMessageId/Rejected",
        profile=CORE,
    ),
    Case(
        "TC_P_03_CS",
        "Custom data in a call",
        "Variables are read and written as if it were not there.",
        profile=CORE,
    ),
    Case(
        "TC_P_04_CS",
        "customData in SetChargingProfile",
        "customData in SetChargingProfile",
        counted=False,
    ),
)

EXCUSED: dict[str, str] = {}
"""Why a case is not met, by its id."""
