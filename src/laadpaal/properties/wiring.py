"""How the installation is wired, as far as somebody has to say so, and what of it is used."""

from __future__ import annotations

import re
from dataclasses import dataclass

from laadpaal.properties.kinds import Choice, DataType, Flag, Whole, member
from laadpaal.properties.rows import Key, Setting, Variable

ORDERS = ("NotApplicable", "Unknown", "RST", "RTS", "SRT", "STR", "TRS", "TSR")
_ITEM = re.compile(r"(0|[1-9][0-9]?)\.(\w+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Rotations:
    """The order of the lines for several places, such as `0.RST,1.RTS`; place 0 is the grid."""

    unit: str = ""
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ORDERS
    data_type: DataType = DataType.MEMBER_LIST

    def parse(self, text: str) -> tuple[tuple[int, str], ...]:
        """Return places and orders; one that is malformed or there twice refuses the whole list."""
        items = [self._item(item) for item in text.split(",") if text.strip()]
        if len(dict(items)) != len(items):
            raise ValueError("one place is there twice")
        return tuple(sorted(items))

    def _item(self, text: str) -> tuple[int, str]:
        found = _ITEM.fullmatch(text.strip())
        if found is None:
            raise ValueError(f"{text[:40]!r} is not a place and an order, such as 1.RST")
        return int(found[1]), member(found[2], self.choices)

    def show(self, value: tuple[tuple[int, str], ...]) -> str:
        """Return the items by place, with commas between, no spaces."""
        return ",".join(f"{place}.{order}" for place, order in value)


PHASE_ROTATION = Setting(
    id="2069_0",
    kind=Rotations(),
    default=(),
    help="Order in which the lines reach the station (place 0) and each outlet, as far as known.",
    keys=(Key("ConnectorPhaseRotation"),),
)

MAX_PHASES = Setting(
    id="2189_0",
    kind=Choice(("1", "3"), exact=True),
    default="3",
    help="How many lines may be used at most; raising it does not put more of them to use.",
    keys=(Key("MaxAllowedPhases"),),
    variables=(Variable("ChargingStation", "MaxAllowedPhases"),),
    reverts=True,
)

PHASE_SWITCHING = Setting(
    id="2185_0",
    kind=Flag(),
    default=True,
    help="Whether lines are switched while a vehicle charges, where the contactors can do it.",
)

RELEASE_TIME = Setting(
    id="2153_0",
    kind=Whole(6_000, 8_000, "ms"),
    default=6_000,
    help="How long a vehicle may take to open its switch before the contactor opens all the same.",
)

PHASE_PAUSE = Setting(
    id="2185_1",
    kind=Whole(4, 60, "s"),
    default=5,
    help="How long a vehicle is connected to nothing when its lines change.",
)

PHASE_INTERVAL = Setting(
    id="2185_2",
    kind=Whole(0, 3_600, "s"),
    default=60,
    help="Shortest time from one change of lines to the next while a vehicle charges.",
)

ROWS = (PHASE_ROTATION, MAX_PHASES, PHASE_SWITCHING, RELEASE_TIME, PHASE_PAUSE, PHASE_INTERVAL)
