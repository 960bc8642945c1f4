"""Variable monitoring: which monitors there are, when they look, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar, assert_never

from laadpaal.properties import meter
from laadpaal.properties import monitoring as rows
from laadpaal.properties.rows import Setting
from laadpaal.properties.transactions import CHARGING_TIME
from laadpaal.station.agenda import Due, Timer
from laadpaal.station.answers import Accepted, Answer, MonitorSet, Reason, Refused
from laadpaal.station.facts import Facts
from laadpaal.station.metering import grid
from laadpaal.station.monitor_rules import fits, flaw, reported
from laadpaal.station.monitors import (
    PERIODS,
    Firing,
    KeptMonitor,
    Monitor,
    MonitoringBase,
    MonitorKind,
    Origin,
)
from laadpaal.station.notices import MonitorsFired, SettingChanged
from laadpaal.station.records import (
    FiringsQueued,
    MonitorForgotten,
    MonitorSaved,
    NumbersReserved,
    SettingWritten,
)
from laadpaal.station.requests import (
    ClearMonitor,
    MonitorWish,
    SetMonitor,
    SetMonitoringBase,
    SetMonitoringLevel,
)
from laadpaal.station.view import StationView
from laadpaal.station.watch import Watch

T = TypeVar("T")

METERED = frozenset(row.id for row in (*meter.ROWS, CHARGING_TIME))
"""What is otherwise at each measurement, even one that decides nothing."""
MOST = 200
"""Monitors at a time: each costs a look in every turn that may change something."""
PIECE = 20
"""Firings in one message at most."""
BLOCK = 1000
"""Numbers that are reserved at once, so that not every firing has one to write down."""
FIRST_NUMBER = 1000
"""Below are the ids of what the station has built in."""


class Monitoring:
    """Owns the monitors; looks at the end of each turn, and only while there are any.

    Args:
        built_in: Those that the station brings along.
        kept: What somebody made of them, and added.
        below: All numbers below may have been given.
        view: Shows the station as it is now.
    """

    def __init__(
        self,
        facts: Facts,
        built_in: Iterable[Monitor],
        kept: Iterable[KeptMonitor],
        below: int,
        view: Callable[[], StationView],
    ) -> None:
        self._facts = facts
        self._view = view
        self._built_in = {monitor.id: monitor for monitor in built_in}
        # What an earlier release, or another layout, had and this one has not is let go.
        self._kept = {one.id: one for one in kept if fits(one, facts.layout)}
        self._number = self._reserved = max(below, FIRST_NUMBER)
        self._watches: dict[int, Watch] = {}
        self._metered: dict[int, list[Watch]] = {}
        for watch in self._arrange():
            watch.inherited = watch.alerting

    def power_up(self) -> None:
        """Begin to count the periods."""
        self._plan(self._watches.values())

    def clock_corrected(self) -> None:
        """Find the grid of midnight UTC again."""
        watches = self._watches.values()
        self._plan(one for one in watches if one.monitor.kind is MonitorKind.ALIGNED)

    def view(self) -> tuple[Monitor, ...]:
        """Return the monitors that watch, by id."""
        return tuple(watch.monitor for watch in self._watches.values())

    # --- looking ---

    def due(self, id_: int) -> None:
        """Let a period be over; it is told when the turn ends."""
        watch = self._watches[id_]
        watch.due = True
        self._plan_next(watch)

    def settle(self) -> None:
        """Look at everything; any of it may have changed."""
        self._look(self._watches.values())

    def measured(self, evse: int) -> None:
        """Look at what the meter of that EVSE has said; nothing else can have changed."""
        if evse in self._metered:
            self._look(self._metered[evse])

    def _look(self, watches: Iterable[Watch]) -> None:
        if not watches or not self._facts.values[rows.MONITORING_ENABLED]:
            return
        view = self._view()
        firings = [one for watch in watches if (one := self._firing(watch, view))]
        if firings:
            self._tell(firings)

    def _firing(self, watch: Watch, view: StationView) -> Firing | None:
        monitor, was = watch.monitor, watch.alerting
        if watch.inherited and not self._facts.online:
            return None
        transaction = self._transaction(monitor)
        if monitor.in_transaction and transaction is None:
            watch.sleep()
            text, fires = "", False
        else:
            seen, text = reported(monitor.at, view, self._facts.values)
            fires = watch.look(seen)
        if watch.alerting is not was:
            self._keep(KeptMonitor(monitor.id, monitor, watch.alerting))
        return Firing(0, self._facts.now.utc, monitor, text, was, transaction) if fires else None

    def _transaction(self, monitor: Monitor) -> str | None:
        """Return the id of a transaction that the monitored variable has to do with."""
        evses = self._facts.evses.values()
        here = (evse for evse in evses if monitor.at.evse in {0, evse.number})
        return next((evse.transaction.id for evse in here if evse.transaction), None)

    def _tell(self, firings: list[Firing]) -> None:
        """Tell what is grave enough; while nobody hears it, only what may wait (N05, N07)."""
        values = self._facts.values
        grave = [one for one in firings if _within(one, values[rows.MONITORING_LEVEL])]
        patient = [one for one in grave if _within(one, values[rows.OFFLINE_SEVERITY])]
        told = grave if self._facts.online else patient
        for start in range(0, len(told), PIECE):
            piece = tuple(replace(f, id=self._next_number()) for f in told[start : start + PIECE])
            more = start + PIECE < len(told)
            notice = MonitorsFired(piece, start // PIECE, more, queued=bool(patient))
            if notice.queued:
                self._facts.keep(FiringsQueued(notice))
            self._facts.tell(notice)

    # --- wishes ---

    def ask(self, wish: MonitorWish) -> Answer:
        """Answer a wish about monitors."""
        match wish:
            case SetMonitor():
                return self._set(wish)
            case ClearMonitor():
                return self._clear(wish)
            case SetMonitoringBase():
                return self._choose(wish)
            case SetMonitoringLevel():
                return self._level(wish)
            case _:
                assert_never(wish)

    def _set(self, wish: SetMonitor) -> Answer:
        """Watch a variable, or change how it is watched (N04)."""
        refused = flaw(wish, self._facts.layout) or self._conflict(wish)
        if refused:
            return refused
        id_ = self._next_number() if wish.id is None else wish.id
        before = self._watches.pop(id_, None)
        self._facts.agenda.cancel(_timer(id_))
        goes_on = before is not None and before.monitor.kind is wish.kind and before.alerting
        self._keep(KeptMonitor(id_, wish.monitor(id_), goes_on))
        self._plan(self._arrange())
        return MonitorSet(id_)

    def _conflict(self, wish: SetMonitor) -> Refused | None:
        for watch in self._watches.values():
            one = watch.monitor
            alike = (one.at, one.kind, one.severity) == (wish.at, wish.kind, wish.severity)
            if alike and one.id != wish.id:
                return Refused(Reason.DUPLICATE_MONITOR, f"monitor {one.id} does the same")
        if wish.id is None:
            full = len(self._watches) >= MOST
            return Refused(Reason.TOO_MANY, f"there are {MOST} monitors") if full else None
        here = self._watches.get(wish.id)
        if here is None:
            return Refused(Reason.UNKNOWN_MONITOR, f"there is no monitor {wish.id}")
        if here.monitor.origin is Origin.HARD_WIRED:
            return Refused(Reason.HARD_WIRED, f"monitor {wish.id} is hard-wired")
        if here.monitor.at != wish.at:
            return Refused(Reason.OTHER_MONITOR, f"monitor {wish.id} is of another variable")
        return None

    def _clear(self, wish: ClearMonitor) -> Answer:
        """Watch no longer, without a word about it (N06)."""
        watch = self._watches.get(wish.id)
        if watch is None:
            return Refused(Reason.UNKNOWN_MONITOR, f"there is no monitor {wish.id}")
        if watch.monitor.origin is Origin.HARD_WIRED:
            return Refused(Reason.HARD_WIRED, f"monitor {wish.id} is hard-wired")
        if wish.id in self._built_in:
            self._keep(KeptMonitor(wish.id, None))
        else:
            self._forget(wish.id)
        self._plan(self._arrange())
        return Accepted()

    def _choose(self, wish: SetMonitoringBase) -> Answer:
        """Choose the monitors as a whole (N03)."""
        for one in tuple(self._kept.values()):
            if wish.base is not MonitoringBase.ALL or one.monitor is None:
                self._forget(one.id)
        self._write(rows.MONITORING_BASE, wish.base.value)
        self._plan(self._arrange())
        return Accepted()

    def _level(self, wish: SetMonitoringLevel) -> Answer:
        """Tell what is so grave, and nothing else (N05)."""
        if not 0 <= wish.severity <= rows.LEAST_SEVERE:
            return Refused(Reason.OUT_OF_RANGE, f"{wish.severity} is not in 0..9")
        self._write(rows.MONITORING_LEVEL, wish.severity)
        return Accepted()

    # --- arranging and keeping ---

    def _arrange(self) -> list[Watch]:
        """Let those watch that are to, and return the new ones; the others go on undisturbed."""
        before = self._watches
        self._watches = {}
        for id_, kept in sorted(self._wanted().items()):
            here = before.get(id_)
            if here and here.monitor == kept.monitor:
                self._watches[id_] = here
            elif kept.monitor:
                self._watches[id_] = Watch(kept.monitor, kept.alerting)
        for id_ in before.keys() - self._watches.keys():
            self._facts.agenda.cancel(_timer(id_))
        self._metered = {}
        for watch in self._watches.values():
            if watch.monitor.at.id in METERED:
                self._metered.setdefault(watch.monitor.at.evse, []).append(watch)
        return [watch for id_, watch in self._watches.items() if before.get(id_) is not watch]

    def _wanted(self) -> dict[int, KeptMonitor]:
        base = MonitoringBase(self._facts.values[rows.MONITORING_BASE])
        built_in = {
            id_: KeptMonitor(id_, one)
            for id_, one in self._built_in.items()
            if one.origin is Origin.HARD_WIRED or base is not MonitoringBase.HARD_WIRED_ONLY
        }
        return built_in | self._kept

    def _plan(self, watches: Iterable[Watch]) -> None:
        for watch in watches:
            if watch.monitor.kind in PERIODS:
                self._plan_next(watch)

    def _plan_next(self, watch: Watch) -> None:
        now, period_s = self._facts.now, watch.monitor.value
        if watch.monitor.kind is MonitorKind.ALIGNED:
            watch.due_at = now.mono + grid(now.utc, period_s)[1] - now.utc
        else:
            # From the last one and not from now, so that periods do not drift.
            following = watch.due_at + period_s
            watch.due_at = following if following > now.mono else now.mono + period_s
        self._facts.agenda.set(_timer(watch.monitor.id), watch.due_at)

    def _keep(self, kept: KeptMonitor) -> None:
        self._kept[kept.id] = kept
        self._facts.keep(MonitorSaved(kept))

    def _forget(self, id_: int) -> None:
        del self._kept[id_]
        self._facts.keep(MonitorForgotten(id_))

    def _write(self, row: Setting[T], value: T) -> None:
        text = row.kind.show(value)
        self._facts.values.put(row, value)
        self._facts.keep(SettingWritten(row.id, 0, text))
        self._facts.tell(SettingChanged(row.id, 0, text))

    def _next_number(self) -> int:
        if self._number >= self._reserved:
            self._reserved = self._number + BLOCK
            self._facts.keep(NumbersReserved(self._reserved))
        self._number += 1
        return self._number - 1


def _timer(id_: int) -> Timer:
    return Timer(Due.MONITOR, id_)


def _within(firing: Firing, severity: int) -> bool:
    return firing.monitor.severity <= severity
