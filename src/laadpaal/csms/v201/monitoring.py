"""Monitors: set, cleared and reported, and what they tell (block N, N02 to N08)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from msgspec import UNSET, UnsetType

from laadpaal.csms.dialect import Call, Calls, Reply, Scene, Wish
from laadpaal.csms.v201.inventory import Entry, Index, Missing, inventory
from laadpaal.csms.v201.limits import REPORTING_VALUE_SIZE, limit_items
from laadpaal.csms.v201.names import component_of, name_of, named, variable_of
from laadpaal.csms.v201.pages import pages
from laadpaal.csms.v201.refusals import status_info, why
from laadpaal.csms.v201.reports import means
from laadpaal.ports.clock import Clock
from laadpaal.protocols.ocpp import timestamp, v201
from laadpaal.station.answers import Answer, MonitorSet, Reason, Refused
from laadpaal.station.monitors import (
    PERIODS,
    THRESHOLDS,
    Firing,
    Monitor,
    MonitoringBase,
    MonitorKind,
    Origin,
)
from laadpaal.station.notices import MonitorsFired
from laadpaal.station.requests import (
    ClearMonitor,
    SetMonitor,
    SetMonitoringBase,
    SetMonitoringLevel,
)

Status = v201.SetMonitoringStatus
_KINDS = {
    v201.Monitor.UpperThreshold: MonitorKind.UPPER,
    v201.Monitor.LowerThreshold: MonitorKind.LOWER,
    v201.Monitor.Delta: MonitorKind.DELTA,
    v201.Monitor.Periodic: MonitorKind.PERIODIC,
    v201.Monitor.PeriodicClockAligned: MonitorKind.ALIGNED,
}
_TYPES = {kind: word for word, kind in _KINDS.items()}
_CRITERIA = {
    v201.MonitoringCriterion.ThresholdMonitoring: THRESHOLDS,
    v201.MonitoringCriterion.DeltaMonitoring: frozenset({MonitorKind.DELTA}),
    v201.MonitoringCriterion.PeriodicMonitoring: PERIODS,
}
_TRIGGERS = {
    MonitorKind.UPPER: v201.EventTrigger.Alerting,
    MonitorKind.LOWER: v201.EventTrigger.Alerting,
    MonitorKind.DELTA: v201.EventTrigger.Delta,
    MonitorKind.PERIODIC: v201.EventTrigger.Periodic,
    MonitorKind.ALIGNED: v201.EventTrigger.Periodic,
}
_NOTIFIED = {
    Origin.CUSTOM: v201.EventNotification.CustomMonitor,
    Origin.PRECONFIGURED: v201.EventNotification.PreconfiguredMonitor,
    Origin.HARD_WIRED: v201.EventNotification.HardWiredNotification,
}
_STATUSES = {
    Reason.BAD_MONITOR: Status.UnsupportedMonitorType,
    Reason.DUPLICATE_MONITOR: Status.Duplicate,
}
_CLEARED = {Reason.UNKNOWN_MONITOR: v201.ClearMonitoringStatus.NotFound}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an item fared; `id` is that of the monitor it has made or changed."""

    status: Status
    info: v201.StatusInfo | UnsetType = UNSET
    id: int | UnsetType = UNSET


class Monitors:
    """Hears what the CSMS asks of monitors; the clock dates the reports."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def set(self, call: v201.SetVariableMonitoring, scene: Scene) -> Wish | Reply:
        """Set monitors, each on its own (N04)."""
        wishes = call.setMonitoringData
        limit_items(len(wishes))
        index = Index(inventory(scene, self._clock.now().utc))
        plans = [_plan(wish, index) for wish in wishes]

        def reply(answers: tuple[Answer, ...]) -> Reply:
            given = iter(answers)
            results = tuple(
                _result(wish, plan if isinstance(plan, Outcome) else _fared(next(given)))
                for wish, plan in zip(wishes, plans, strict=True)
            )
            return Reply(v201.SetVariableMonitoringResponse(setMonitoringResult=results))

        asked = tuple(plan for plan in plans if isinstance(plan, SetMonitor))
        return Wish(asked, reply) if asked else reply(())

    def report(self, call: v201.GetMonitoringReport, scene: Scene) -> Reply:
        """Accept, and let the report follow in pieces; without any monitor there is none (N02)."""
        limit_items(len(call.componentVariable or ()))
        found = [one for one in scene.desk.view().monitors if _wanted(one, call)]
        if not found:
            status = v201.GenericDeviceModelStatus.EmptyResultSet
            return Reply(v201.GetMonitoringReportResponse(status=status))
        at = timestamp.render(self._clock.now().utc)
        return Reply(
            v201.GetMonitoringReportResponse(status=v201.GenericDeviceModelStatus.Accepted),
            then=tuple(_reports(call.requestId, found, at)),
        )


# --- set ---


def _plan(wish: v201.SetMonitoringData, index: Index) -> SetMonitor | Outcome:
    found = index.find(name_of(wish.component, wish.variable))
    if isinstance(found, Missing):
        return Outcome(Status(found.value))
    if found.address is None or not found.traits.supportsMonitoring:
        return Outcome(Status.Rejected, status_info("UnsupportedRequest"))
    kind = _KINDS[wish.type]
    if kind in THRESHOLDS and not _within(wish.value, found):
        return Outcome(Status.Rejected, status_info(Reason.OUT_OF_RANGE.value))
    in_transaction, id_ = wish.transaction or False, None if wish.id is UNSET else wish.id
    return SetMonitor(found.address, kind, wish.value, wish.severity, in_transaction, id_)


def _within(value: float, entry: Entry) -> bool:
    """Tell whether the bound is one that the report of the variable allows it to have."""
    low, high = entry.traits.minLimit, entry.traits.maxLimit
    return (low is UNSET or value >= low) and (high is UNSET or value <= high)


def _fared(answer: Answer) -> Outcome:
    match answer:
        case MonitorSet(id_):
            return Outcome(Status.Accepted, id=id_)
        case Refused(reason):
            return Outcome(_STATUSES.get(reason, Status.Rejected), why(answer))
        case _:
            raise AssertionError(answer)


def _result(wish: v201.SetMonitoringData, outcome: Outcome) -> v201.SetMonitoringResult:
    return v201.SetMonitoringResult(
        status=outcome.status,
        type=wish.type,
        component=wish.component,
        variable=wish.variable,
        severity=wish.severity,
        id=outcome.id,
        statusInfo=outcome.info,
    )


# --- clear, base and level ---


def clear(call: v201.ClearVariableMonitoring, scene: Scene) -> Wish:  # noqa: ARG001  the shape of a hearer
    """Clear monitors, each on its own (N06)."""
    limit_items(len(call.id))

    def reply(answers: tuple[Answer, ...]) -> Reply:
        results = tuple(map(_cleared, call.id, answers))
        return Reply(v201.ClearVariableMonitoringResponse(clearMonitoringResult=results))

    return Wish(tuple(ClearMonitor(id_) for id_ in call.id), reply)


def _cleared(id_: int, answer: Answer) -> v201.ClearMonitoringResult:
    if not isinstance(answer, Refused):
        return v201.ClearMonitoringResult(id=id_, status=v201.ClearMonitoringStatus.Accepted)
    status = _CLEARED.get(answer.reason, v201.ClearMonitoringStatus.Rejected)
    return v201.ClearMonitoringResult(id=id_, status=status, statusInfo=why(answer))


def base(call: v201.SetMonitoringBase, scene: Scene) -> Wish:  # noqa: ARG001  the shape of a hearer
    """Choose which monitors there are, as a whole (N03); every choice can be met."""
    wish = SetMonitoringBase(MonitoringBase(call.monitoringBase.value))
    accepted = v201.SetMonitoringBaseResponse(status=v201.GenericDeviceModelStatus.Accepted)
    return Wish((wish,), lambda _: Reply(accepted))


def level(call: v201.SetMonitoringLevel, scene: Scene) -> Wish:  # noqa: ARG001  the shape of a hearer
    """Choose how grave it must be to be told (N05)."""
    return Wish((SetMonitoringLevel(call.severity),), _levelled)


def _levelled(answers: tuple[Answer, ...]) -> Reply:
    (answer,) = answers
    refused = isinstance(answer, Refused)
    status = v201.GenericStatus.Rejected if refused else v201.GenericStatus.Accepted
    return Reply(v201.SetMonitoringLevelResponse(status=status, statusInfo=why(answer)))


# --- report ---


def _wanted(monitor: Monitor, call: v201.GetMonitoringReport) -> bool:
    criteria, variables = call.monitoringCriteria, call.componentVariable
    if criteria is not UNSET and not any(monitor.kind in _CRITERIA[one] for one in criteria):
        return False
    return variables is UNSET or any(means(one, named(monitor.at)) for one in variables)


def _reports(request: int, monitors: Iterable[Monitor], at: str) -> Iterator[Call]:
    found = pages(_lines(sorted(monitors, key=lambda one: (one.at, one.id))))
    for number, page in enumerate(found):
        message = v201.NotifyMonitoringReport(
            requestId=request,
            seqNo=number,
            generatedAt=at,
            tbc=number + 1 < len(found),
            monitor=page,
        )
        yield Call("NotifyMonitoringReport", message)


def _lines(monitors: Iterable[Monitor]) -> Iterator[v201.MonitoringData]:
    for at, here in groupby(monitors, key=lambda one: one.at):
        name = named(at)
        yield v201.MonitoringData(
            component=component_of(name.place),
            variable=variable_of(name),
            variableMonitoring=tuple(map(_line, here)),
        )


def _line(monitor: Monitor) -> v201.VariableMonitoring:
    return v201.VariableMonitoring(
        id=monitor.id,
        transaction=monitor.in_transaction,
        value=monitor.value,
        type=_TYPES[monitor.kind],
        severity=monitor.severity,
    )


# --- tell ---


def fired(notice: MonitorsFired, scene: Scene) -> Calls:
    """Tell what monitors had to tell (N07, N08)."""
    message = v201.NotifyEvent(
        generatedAt=timestamp.render(scene.utc() or notice.firings[0].at),
        seqNo=notice.seq,
        tbc=notice.more,
        eventData=tuple(map(_event, notice.firings)),
    )
    return (Call("NotifyEvent", message, notice),)


def _event(firing: Firing) -> v201.EventData:
    monitor = firing.monitor
    name = named(monitor.at)
    return v201.EventData(
        eventId=firing.id,
        timestamp=timestamp.render(firing.at),
        trigger=_TRIGGERS[monitor.kind],
        actualValue=firing.text[:REPORTING_VALUE_SIZE],
        component=component_of(name.place),
        variable=variable_of(name),
        eventNotificationType=_NOTIFIED[monitor.origin],
        variableMonitoringId=monitor.id,
        cleared=firing.cleared or UNSET,
        transactionId=firing.transaction or UNSET,
    )
