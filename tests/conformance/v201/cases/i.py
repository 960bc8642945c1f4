"""Block I: tariff and cost."""

from __future__ import annotations

from tests.conformance.case import Case
from tests.conformance.v201.cases.profiles import INTERFACE

CASES = (
    Case(
        "TC_I_01_CS",
        "Running cost",
        "The personal message is shown with the card, and the cost when CostUpdated tells it.",
        profile=INTERFACE,
    ),
    Case(
        "TC_I_02_CS",
        "Final cost",
        "The cost that the answer to the end tells is shown.",
        profile=INTERFACE,
    ),
    Case(
        "TC_I_07_CS",
        "Running cost in answers",
        "Cost and message of the answers to transaction events are shown.",
        profile=INTERFACE,
    ),
)

EXCUSED: dict[str, str] = {}
"""Why a case is not met, by its id."""
