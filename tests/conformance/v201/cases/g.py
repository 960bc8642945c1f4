"""Block G: availability."""

from __future__ import annotations

from tests.conformance.case import Case
from tests.conformance.v201.cases.profiles import CORE

CASES = (
    Case("TC_G_01_CS", "Plug in", "The connector is Occupied.", profile=CORE),
    Case("TC_G_02_CS", "Unplug", "The connector is Available.", profile=CORE),
    Case(
        "TC_G_03_CS",
        "An EVSE goes out of use",
        "Its connectors are Unavailable.",
        profile=CORE,
    ),
    Case(
        "TC_G_04_CS",
        "An EVSE comes into use",
        "Its connectors are Available.",
        profile=CORE,
    ),
    Case(
        "TC_G_05_CS",
        "The station goes out of use",
        "Every connector is Unavailable.",
        profile=CORE,
    ),
    Case("TC_G_06_CS", "The station comes into use", "Every connector is Available.", profile=CORE),
    Case("TC_G_07_CS", "A connector goes out of use", "It is Unavailable.", profile=CORE),
    Case("TC_G_08_CS", "A connector comes into use", "It is Available.", profile=CORE),
    Case(
        "TC_G_09_CS",
        "An EVSE in use is put in use",
        "It is accepted, and nothing changes.",
        profile=CORE,
    ),
    Case(
        "TC_G_10_CS",
        "An EVSE out of use is taken out of use",
        "It is accepted, and nothing changes.",
        profile=CORE,
    ),
    Case(
        "TC_G_11_CS",
        "An EVSE that charges goes out of use",
        "It is scheduled, and Unavailable right after the transaction.",
        profile=CORE,
    ),
    Case(
        "TC_G_12_CS",
        "A station in use is put in use",
        "It is accepted, and nothing changes.",
        profile=CORE,
    ),
    Case(
        "TC_G_13_CS",
        "A station out of use is taken out of use",
        "It is accepted, and nothing changes.",
        profile=CORE,
    ),
    Case(
        "TC_G_14_CS",
        "A station that charges goes out of use",
        "Idle EVSEs are Unavailable at once, the other one right after its transaction.",
        profile=CORE,
    ),
    Case(
        "TC_G_15_CS",
        "A connector in use is put in use",
        "It is accepted, and nothing changes.",
        profile=CORE,
    ),
    Case(
        "TC_G_16_CS",
        "A connector out of use is taken out of use",
        "It is accepted, and nothing changes.",
        profile=CORE,
    ),
    Case(
        "TC_G_17_CS",
        "A connector that charges goes out of use",
        "It is scheduled, and Unavailable right after the transaction.",
        profile=CORE,
    ),
    Case(
        "TC_G_18_CS",
        "An EVSE out of use, restarted",
        "It is still Unavailable, and the other is not.",
        profile=CORE,
    ),
    Case(
        "TC_G_19_CS",
        "A connector out of use, restarted",
        "It is still Unavailable.",
        profile=CORE,
    ),
    Case(
        "TC_G_21_CS",
        "A station out of use, restarted",
        "Every connector is still Unavailable.",
        profile=CORE,
    ),
)

EXCUSED: dict[str, str] = {}
"""Why a case is not met, by its id."""
