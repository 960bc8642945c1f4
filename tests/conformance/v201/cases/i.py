"""Block I: tariff and cost."""

from __future__ import annotations

from tests.conformance.case import Case
from tests.conformance.v201.cases.profiles import INTERFACE

CASES = (
    Case(
        "TC_I_01_CS",
        "Show EV Driver running total cost during charging",
        "personalMessage shown; running cost shown",
        profile=INTERFACE,
    ),
    Case(
        "TC_I_02_CS",
        "Show EV Driver Final Total Cost After Charging",
        "totalCost of Ended response shown",
        profile=INTERFACE,
    ),
    Case(
        "TC_I_07_CS",
        "Show EV Driver running total cost during charging - transactionResponse",
        "updatedPersonalMessage/totalCost shown",
        profile=INTERFACE,
    ),
)

EXCUSED: dict[str, str] = {}
"""Why a case is not met, by its id."""
