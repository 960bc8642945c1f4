"""What is said of each connector's status: every change once, in order, and never a flood."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from laadpaal.properties import statuses as rows
from laadpaal.station.agenda import Due, Timer
from laadpaal.station.answers import Accepted, Answer, Reason, Refused
from laadpaal.station.evse import Evse
from laadpaal.station.facts import BEFORE_TIME, Facts
from laadpaal.station.faults import Fault
from laadpaal.station.local_list import LocalList
from laadpaal.station.moment import Moment
from laadpaal.station.notices import StatusChanged
from laadpaal.station.requests import ReportStatus
from laadpaal.station.status import Ruling, connector_ruling, station_ruling
from laadpaal.station.ways import way
from laadpaal.station.words import Status

REMARK_S = 1.0
"""The least time between two notices that change only what is said about a status (S64)."""
LEFT = "unplugged at the vehicle"
LIST_CONFLICT = "LocalListConflict"
"""What the station says of itself, without any fault, while the CSMS contradicts its own list."""
JAMMED = "the lock did not let the plug go"
RESTART_FAILED = "the restart has failed"
_IN_USE = (
    Status.PREPARING,
    Status.CHARGING,
    Status.SUSPENDED_EV,
    Status.SUSPENDED_EVSE,
    Status.FINISHING,
)
_AFTER_LEAVING = (Status.FINISHING, Status.SUSPENDED_EV)

Place = tuple[int, int]
"""EVSE and connector."""


@dataclass(slots=True)
class Told:
    """What was said last of one connector, and the status that has yet to prove stable."""

    last: StatusChanged | None = None
    remarked: float = -math.inf
    """Monotonic second at which only the words about a status were told last."""
    waiting: Status | None = None
    since: Moment = BEFORE_TIME


class Telling:
    """Owns what has been told of each connector; all else is derived."""

    def __init__(self, facts: Facts, local_list: LocalList) -> None:
        self._facts = facts
        self._list = local_list
        self._told: defaultdict[Place, Told] = defaultdict(Told)

    def settle(self) -> None:
        """Tell what differs from what was told last, or plan when to."""
        for notice in self._present():
            self._look(notice, self._told[notice.evse, notice.connector])

    def report(self, wish: ReportStatus) -> Answer:
        """Tell statuses because somebody asked; one that waited to be told is told with it."""
        wanted = [
            notice
            for notice in self._present()
            if wish.evse in {0, notice.evse} and wish.connector in {0, notice.connector}
        ]
        for notice in wanted:
            self._say(replace(notice, asked=True), self._told[notice.evse, notice.connector])
        if not wanted:
            return Refused(Reason.UNKNOWN_CONNECTOR, "there is no such connector")
        return Accepted()

    def _look(self, notice: StatusChanged, told: Told) -> None:
        last = told.last
        if last is None:
            self._say(notice, told)
        elif _words(notice) == _words(last):
            self._forget(notice, told)
        elif notice.status is not last.status:
            self._change(notice, told)
        elif notice.occupied is not last.occupied:
            self._say(notice, told)
        else:
            self._remark(notice, told)

    def _change(self, notice: StatusChanged, told: Told) -> None:
        """Tell a new status once it has lasted (1.6 section 9.1)."""
        if told.waiting is not notice.status:
            told.waiting, told.since = notice.status, self._facts.now
        due = told.since.mono + self._facts.values[rows.LEAST_DURATION]
        if due > self._facts.now.mono:
            self._facts.agenda.set(_timer(notice), due)
        else:
            self._say(replace(notice, at=told.since.utc), told)

    def _remark(self, notice: StatusChanged, told: Told) -> None:
        """Tell what else is said about the status as it was."""
        told.waiting = None
        due = told.remarked + REMARK_S
        if due > self._facts.now.mono:
            self._facts.agenda.set(_timer(notice), due)
        else:
            told.remarked = self._facts.now.mono
            self._say(notice, told)

    def _say(self, notice: StatusChanged, told: Told) -> None:
        was = told.last.status if told.last else notice.status
        evse = self._facts.evses.get(notice.evse)
        for status in way(was, notice.status, cabled=evse is not None and evse.cabled):
            self._facts.tell(replace(notice, status=status))
        told.last = notice
        self._forget(notice, told)

    def _forget(self, notice: StatusChanged, told: Told) -> None:
        told.waiting = None
        self._facts.agenda.cancel(_timer(notice))

    def _present(self) -> Iterator[StatusChanged]:
        """Yield how everything is now; the station itself is (0, 0)."""
        yield self._own()
        for evse in self._facts.evses.values():
            for connector in range(1, len(evse.layout.connectors) + 1):
                yield self._connector(evse, connector)

    def _own(self) -> StatusChanged:
        fault = next(iter(self._facts.present()), None)
        notice = self._notice(0, 0, station_ruling(self._facts), fault)
        if fault is None and self._facts.restart_failed:
            return replace(notice, error="ResetFailure", info=RESTART_FAILED)
        if fault is None and self._list.contradicted:
            return replace(notice, error=LIST_CONFLICT)
        return notice

    def _connector(self, evse: Evse, connector: int) -> StatusChanged:
        ruling = connector_ruling(self._facts, evse, connector)
        notice, status = self._notice(evse.number, connector, ruling, evse.fault()), ruling.status
        cabled = evse.cabled and connector == evse.connector
        notice = replace(notice, occupied=cabled and status in _IN_USE)
        if evse.jammed and connector == evse.connector and not notice.code:
            return replace(notice, error="ConnectorLockFailure", info=JAMMED)
        if evse.left and connector == evse.connector and status in _AFTER_LEAVING:
            return replace(notice, info=notice.info or LEFT)
        return notice

    def _notice(
        self, evse: int, connector: int, ruling: Ruling, fault: Fault | None
    ) -> StatusChanged:
        warns = ruling.status is not Status.FAULTED
        at, why = self._facts.now.utc, ruling.why
        notice = StatusChanged(evse, connector, ruling.status, at, why=why)
        if fault is None or (warns and not self._facts.values[rows.INFORMATIONAL]):
            return notice
        return replace(notice, error=fault.error, code=fault.code, info=fault.info)


def _words(notice: StatusChanged) -> tuple[Status, str, int, str, bool]:
    return notice.status, notice.error, notice.code, notice.info, notice.occupied


def _timer(notice: StatusChanged) -> Timer:
    return Timer(Due.STATUS, notice.evse, notice.connector)
