"""How cards are read, where a reader has to be asked or tells a card more than once."""

from __future__ import annotations

from laadpaal.properties.kinds import Whole
from laadpaal.properties.rows import Setting

SCAN_INTERVAL = Setting(
    id="2139_0",
    kind=Whole(50, 10_000, "ms"),
    default=250,
    help="Milliseconds from one look of the card reader for a card to the next.",
)
TAG_DELAY = Setting(
    id="2140_0",
    kind=Whole(0, 60_000, "ms"),
    default=2000,
    help="Milliseconds that a card must be away from the reader before it counts as held anew.",
)

ROWS = (SCAN_INTERVAL, TAG_DELAY)
