"""Block J: meter values."""

from __future__ import annotations

from tests.conformance.case import Case
from tests.conformance.v201.cases.profiles import CORE

CASES = (
    Case(
        "TC_J_01_CS",
        "On the grid, at rest",
        "Each EVSE tells its own values at the instants of the grid.",
        profile=CORE,
    ),
    Case(
        "TC_J_02_CS",
        "On the grid, during a transaction",
        "They are told as part of it, and not twice.",
        profile=CORE,
    ),
    Case(
        "TC_J_03_CS",
        "On the grid, at the end",
        "The end has those that were kept, as far apart as set.",
        profile=CORE,
    ),
    Case(
        "TC_J_04_CS",
        "On the grid, signed",
        "They are told as the meter has signed them.",
        profile=CORE,
    ),
    Case(
        "TC_J_06_CS",
        "On the grid, in idle hours only",
        "None during a transaction, and again after it.",
        profile=CORE,
    ),
    Case(
        "TC_J_07_CS",
        "The beginning",
        "The start has its values.",
        profile=CORE,
    ),
    Case(
        "TC_J_08_CS",
        "The beginning at an EVSE not known yet",
        "The first event that names the EVSE has its values.",
        profile=CORE,
    ),
    Case(
        "TC_J_09_CS",
        "On the way",
        "Every so many seconds from the start there are values of every line.",
        profile=CORE,
    ),
    Case(
        "TC_J_10_CS",
        "The end",
        "It has beginning and end, and what was kept between.",
        profile=CORE,
    ),
    Case(
        "TC_J_11_CS",
        "Signed",
        "They are told as the meter has signed them, with its key as often as set.",
        profile=CORE,
    ),
)

EXCUSED: dict[str, str] = {}
"""Why a case is not met, by its id."""
