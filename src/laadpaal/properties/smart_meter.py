"""What the meter says where the house meets the grid."""

from __future__ import annotations

from laadpaal.properties.kinds import Decimal, Text
from laadpaal.properties.rows import Reading

LONGEST_TEXT = 20
"""Characters of a version or time in a telegram; no variant has longer ones."""
_TEXT = Text(LONGEST_TEXT)
_CURRENT = Decimal(-10_000, 10_000, "A")

VERSION = Reading(id="212E_2", kind=_TEXT, help="Version of the smart meter's telegrams.")
CLOCK = Reading(
    id="212E_3",
    kind=_TEXT,
    help="Time in the smart meter's last telegram, as it writes it; nothing goes by it.",
)
CURRENT_L1 = Reading(
    id="212F_1", kind=_CURRENT, help="Current from the grid through L1; negative is to the grid."
)
CURRENT_L2 = Reading(
    id="212F_2", kind=_CURRENT, help="Current from the grid through L2; negative is to the grid."
)
CURRENT_L3 = Reading(
    id="212F_3", kind=_CURRENT, help="Current from the grid through L3; negative is to the grid."
)

ROWS = (VERSION, CLOCK, CURRENT_L1, CURRENT_L2, CURRENT_L3)
