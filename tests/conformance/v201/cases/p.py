"""Block P: data transfer."""

from __future__ import annotations

from tests.conformance.case import Case
from tests.conformance.v201.cases.profiles import CORE

CASES = (
    Case(
        "TC_P_01_CS",
        "A message of an unknown vendor",
        "The answer says that vendor or message is unknown.",
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
        "Additions of a vendor in a charging profile",
        "The profile is installed as if nothing had been added to it.",
        counted=False,
    ),
)

EXCUSED: dict[str, str] = {}
"""Why a case is not met, by its id."""
