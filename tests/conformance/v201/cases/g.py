"""Block G: availability."""

from __future__ import annotations

from tests.conformance.case import Case
from tests.conformance.v201.cases.profiles import CORE

CASES = (
    Case("TC_G_01_CS", "Available to Occupied", "Plug → Occupied", profile=CORE),
    Case("TC_G_02_CS", "Occupied to Available", "Unplug → Available", profile=CORE),
    Case(
        "TC_G_03_CS",
        "Operative to inoperative",
        "EVSE Inoperative: Accepted, connectors Unavailable",
        profile=CORE,
    ),
    Case(
        "TC_G_04_CS",
        "Inoperative to operative",
        "EVSE Operative: Accepted, Available",
        profile=CORE,
    ),
    Case(
        "TC_G_05_CS",
        "Operative to inoperative",
        "Station Inoperative: all connectors Unavailable",
        profile=CORE,
    ),
    Case("TC_G_06_CS", "Inoperative to operative", "Station Operative", profile=CORE),
    Case("TC_G_07_CS", "Operative to inoperative", "Connector Inoperative", profile=CORE),
    Case("TC_G_08_CS", "Inoperative to operative", "Connector Operative", profile=CORE),
    Case(
        "TC_G_09_CS",
        "Operative to operative",
        "EVSE Operative when operative: Accepted",
        profile=CORE,
    ),
    Case(
        "TC_G_10_CS", "Inoperative to inoperative", "EVSE Inoperative twice: Accepted", profile=CORE
    ),
    Case(
        "TC_G_11_CS",
        "With ongoing transaction",
        "EVSE in tx: Scheduled; Unavailable right after the tx ended",
        profile=CORE,
    ),
    Case("TC_G_12_CS", "Operative to operative", "Station Operative twice", profile=CORE),
    Case(
        "TC_G_13_CS",
        "Inoperative to inoperative",
        "Station Inoperative twice: Accepted, (still Unavailable)",
        profile=CORE,
    ),
    Case(
        "TC_G_14_CS",
        "With ongoing transaction",
        "Station in tx: Scheduled; idle EVSEs Unavailable at once, the rest after tx",
        profile=CORE,
    ),
    Case("TC_G_15_CS", "Operative to operative", "Connector Operative twice", profile=CORE),
    Case("TC_G_16_CS", "Inoperative to inoperative", "Connector Inoperative twice", profile=CORE),
    Case("TC_G_17_CS", "With ongoing transaction", "Connector in tx: Scheduled", profile=CORE),
    Case(
        "TC_G_18_CS",
        "state persists across reboot",
        "EVSE Unavailable persists reboot, others Available",
        profile=CORE,
    ),
    Case(
        "TC_G_19_CS",
        "state persists across reboot",
        "Connector Unavailable persists reboot",
        profile=CORE,
    ),
    Case(
        "TC_G_21_CS",
        "state persists across reboot",
        "Station Unavailable persists reboot",
        profile=CORE,
    ),
)

EXCUSED: dict[str, str] = {}
"""Why a case is not met, by its id."""
