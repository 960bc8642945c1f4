"""Block D: the local list."""

from __future__ import annotations

from tests.conformance.case import Case
from tests.conformance.v201.cases.profiles import LIST

CASES = (
    Case("TC_D_01_CS", "Full", "Full → Accepted, version stored", profile=LIST),
    Case("TC_D_02_CS", "Differential Update", "Differential update", profile=LIST),
    Case("TC_D_03_CS", "Differential Remove", "Differential remove", profile=LIST),
    Case("TC_D_04_CS", "Full with empty list", "Full empty clears, version stored", profile=LIST),
    Case(
        "TC_D_05_CS",
        "Differential with empty list",
        "Differential empty, version stored",
        profile=LIST,
    ),
    Case(
        "TC_D_06_CS", "VersionMismatch", "Lower version → VersionMismatch, unchanged", profile=LIST
    ),
    Case("TC_D_07_CS", "Persistent over reboot", "List version survives reboot", profile=LIST),
    Case("TC_D_08_CS", "Success", "GetLocalListVersion", profile=LIST),
    Case("TC_D_10_CS", "Function disabled", "Disabled → version 0", profile=LIST),
)

EXCUSED: dict[str, str] = {}
"""Why a case is not met, by its id."""
