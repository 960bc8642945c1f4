"""What the parts of the station share: its EVSEs, settings, timers, and the turn in hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from laadpaal.properties.values import Values
from laadpaal.properties.wiring import PHASE_SWITCHING
from laadpaal.station.agenda import Agenda
from laadpaal.station.evse import Evse
from laadpaal.station.faults import Fault, Stops, remarked
from laadpaal.station.layout import Layout
from laadpaal.station.moment import Moment
from laadpaal.station.notices import Notice
from laadpaal.station.records import Record
from laadpaal.station.step import Step
from laadpaal.station.words import BootReason, Reservation

BEFORE_TIME = Moment(0.0, 0.0, trusted=False)
STATION_OUT = "the station was taken out of use"


@dataclass(slots=True)
class Facts:
    """The station's own facts; `now` and `step` belong to the turn in hand."""

    layout: Layout
    values: Values
    ids: Iterator[str]
    evses: dict[int, Evse]
    now: Moment = BEFORE_TIME
    step: Step = field(default_factory=Step)
    agenda: Agenda = field(default_factory=Agenda)
    online: bool = False
    pending: dict[tuple[str, int], Any] = field(default_factory=dict)
    """Settings that wait for the next restart, by id and EVSE."""
    inoperative: set[tuple[int, int]] = field(default_factory=set)
    faults: set[int] = field(default_factory=set)
    remarks: dict[int, str] = field(default_factory=dict)
    """What is said of a fault of the station in place of its row's text."""
    restart_wanted: BootReason | None = None
    """A restart that waits for the last transaction."""
    restarting: bool = False
    restart_failed: bool = False
    """The last restart that was tried came to nothing."""
    reservations: dict[int, Reservation] = field(default_factory=dict)
    """By number, oldest first."""
    closed: bool = False
    """Whether EVSEs take nobody new, because firmware is about to be installed."""
    plugs: int = 0

    @property
    def broken(self) -> Fault | None:
        """A fault of the station itself that stops everything, or None."""
        return next((fault for fault in self.present() if fault.stops is Stops.EVERYTHING), None)

    def present(self) -> list[Fault]:
        """Return what is wrong with the station itself, by code, and what is to say of it now."""
        return remarked(self.faults, self.remarks)

    @property
    def switches_phases(self) -> bool:
        """Whether lines are switched while a vehicle charges."""
        return self.layout.switches_phases and self.values[PHASE_SWITCHING]

    def tell(self, notice: Notice) -> None:
        """Put a notice on the tray."""
        self.step.notices.append(notice)

    def keep(self, record: Record) -> None:
        """Put a record on the tray."""
        self.step.records.append(record)

    def evse_of(self, transaction: str) -> Evse | None:
        """Return the EVSE where that transaction is open, or None."""
        for evse in self.evses.values():
            if evse.transaction and evse.transaction.id == transaction:
                return evse
        return None

    def usable(self, evse: Evse, connector: int | None = None) -> bool:
        """Tell whether nobody, no update and no reset took the EVSE (and connector) out of use."""
        return not self.out_of_use(evse, connector)

    def out_of_use(self, evse: Evse, connector: int | None = None) -> str:
        """Say what took the EVSE (and connector) out of use; "" while nothing did."""
        if self.closed:
            return "firmware is about to be installed"
        if evse.resetting:
            return f"EVSE {evse.number} starts anew"
        if not self.inoperative:
            return ""
        if (0, 0) in self.inoperative:
            return STATION_OUT
        parts = {(evse.number, 0), (evse.number, connector or evse.connector)}
        return "it was taken out of use" if parts & self.inoperative else ""
