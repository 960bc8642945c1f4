"""What one turn of the station returns, and the tray its parts put things on."""

from __future__ import annotations

from dataclasses import dataclass, field

from laadpaal.station.actions import Action
from laadpaal.station.notices import DurableNotice, Notice
from laadpaal.station.records import Record


@dataclass(slots=True)
class Step:
    """Everything that goes out of one turn, each list in the order it came about.

    Commit `records` and `durable` together, then answer, then act, then tell.
    """

    records: list[Record] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    @property
    def durable(self) -> tuple[DurableNotice, ...]:
        """The notices that are committed with the records."""
        return tuple(n for n in self.notices if isinstance(n, DurableNotice))
