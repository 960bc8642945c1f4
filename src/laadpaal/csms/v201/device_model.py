"""The device model: variables read, written and reported (section 3 and B05 to B07)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import assert_never

from msgspec import UNSET, UnsetType

from laadpaal.csms.dialect import Call, Refusal, Reply, Scene, Wish
from laadpaal.csms.v201.inventory import (
    ITEMS_PER_MESSAGE,
    Entry,
    Index,
    Missing,
    Mutability,
    inventory,
)
from laadpaal.csms.v201.names import component_of, name_of, variable_of
from laadpaal.csms.v201.refusals import status_info, why
from laadpaal.ports.clock import Clock
from laadpaal.protocols.ocpp import timestamp, v201
from laadpaal.station.requests import AfterRestart, Answer, Reason, Refused, WriteSetting

ENTRIES_PER_REPORT = 20
"""Keeps one NotifyReport below 8 kB."""

_SUMMARY = "AvailabilityState"

Status = v201.SetVariableStatus
"""Of one item; reading uses the same words, but for RebootRequired."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an item fared."""

    status: Status
    info: v201.StatusInfo | UnsetType = UNSET


class DeviceModel:
    """Hears what the CSMS asks of variables; the clock dates the reports."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def get(self, call: v201.GetVariables, scene: Scene) -> Reply:
        """Read variables; there are no wildcards here (3.4)."""
        _limit(len(call.getVariableData))
        index = self._index(scene)
        return Reply(
            v201.GetVariablesResponse(
                getVariableResult=tuple(_read(wish, index) for wish in call.getVariableData)
            )
        )

    def set(self, call: v201.SetVariables, scene: Scene) -> Wish | Reply:
        """Write variables, each on its own (3.5)."""
        _limit(len(call.setVariableData))
        index = self._index(scene)
        plans = [_plan(wish, index) for wish in call.setVariableData]

        def reply(answers: tuple[Answer, ...]) -> Reply:
            given = iter(answers)
            results = tuple(
                _written(wish, plan if isinstance(plan, Outcome) else _fared(next(given)))
                for wish, plan in zip(call.setVariableData, plans, strict=True)
            )
            return Reply(v201.SetVariablesResponse(setVariableResult=results))

        writes = tuple(plan for plan in plans if isinstance(plan, WriteSetting))
        return Wish(writes, reply) if writes else reply(())

    def base_report(self, call: v201.GetBaseReport, scene: Scene) -> Reply:
        """Accept, and let the report follow in pieces (B07)."""
        utc = self._clock.now().utc
        entries = [e for e in inventory(scene, utc) if _belongs(e, call.reportBase)]
        return Reply(
            v201.GetBaseReportResponse(status=v201.GenericDeviceModelStatus.Accepted),
            then=tuple(_reports(call.requestId, entries, timestamp.render(utc))),
        )

    def _index(self, scene: Scene) -> Index:
        return Index(inventory(scene, self._clock.now().utc))


def _find(wish: v201.GetVariableData | v201.SetVariableData, index: Index) -> Entry | Outcome:
    """Return the variable an item means, or the first reason why there is none (3.5)."""
    found = index.find(name_of(wish.component, wish.variable))
    if isinstance(found, Missing):
        return Outcome(Status(found.value))
    if wish.attributeType not in {UNSET, v201.Attribute.Actual}:
        return Outcome(Status.NotSupportedAttributeType)
    return found


def _limit(items: int) -> None:
    if items > ITEMS_PER_MESSAGE:
        detail = f"{items} items are more than {ITEMS_PER_MESSAGE}"
        raise Refusal("OccurrenceConstraintViolation", detail)


def _read(wish: v201.GetVariableData, index: Index) -> v201.GetVariableResult:
    found = _find(wish, index)
    if isinstance(found, Entry) and found.mutability is Mutability.WriteOnly:
        found = Outcome(Status.Rejected, status_info("WriteOnly"))
    outcome = found if isinstance(found, Outcome) else Outcome(Status.Accepted)
    return v201.GetVariableResult(
        attributeStatus=v201.GetVariableStatus(outcome.status.value),
        component=wish.component,
        variable=wish.variable,
        attributeType=wish.attributeType or v201.Attribute.Actual,
        attributeStatusInfo=outcome.info,
        attributeValue=found.value or "" if isinstance(found, Entry) else UNSET,
    )


def _plan(wish: v201.SetVariableData, index: Index) -> WriteSetting | Outcome:
    found = _find(wish, index)
    if isinstance(found, Outcome):
        return found
    if found.address is None or found.mutability is Mutability.ReadOnly:
        return Outcome(Status.Rejected, status_info(Reason.READ_ONLY.value))
    return WriteSetting(found.address.id, wish.attributeValue, evse=found.address.evse)


def _fared(answer: Answer) -> Outcome:
    match answer:
        case Refused():
            return Outcome(Status.Rejected, why(answer))
        case AfterRestart():
            return Outcome(Status.RebootRequired)
        case _:
            return Outcome(Status.Accepted)


def _written(wish: v201.SetVariableData, outcome: Outcome) -> v201.SetVariableResult:
    return v201.SetVariableResult(
        attributeStatus=outcome.status,
        component=wish.component,
        variable=wish.variable,
        attributeType=wish.attributeType or v201.Attribute.Actual,
        attributeStatusInfo=outcome.info,
    )


def _belongs(entry: Entry, base: v201.ReportBase) -> bool:
    match base:
        case v201.ReportBase.ConfigurationInventory:
            return entry.mutability is not Mutability.ReadOnly
        case v201.ReportBase.SummaryInventory:
            return entry.name.variable == _SUMMARY
        case v201.ReportBase.FullInventory:
            return True
        case _:
            assert_never(base)


def _reports(request: int, entries: Sequence[Entry], at: str) -> Iterable[Call]:
    starts = range(0, len(entries), ENTRIES_PER_REPORT)
    for number, start in enumerate(starts):
        piece = entries[start : start + ENTRIES_PER_REPORT]
        message = v201.NotifyReport(
            requestId=request,
            generatedAt=at,
            seqNo=number,
            tbc=start + ENTRIES_PER_REPORT < len(entries),
            reportData=tuple(_line(entry) for entry in piece),
        )
        yield Call("NotifyReport", message)


def _line(entry: Entry) -> v201.ReportData:
    return v201.ReportData(
        component=component_of(entry.name.place),
        variable=variable_of(entry.name),
        variableAttribute=(
            v201.VariableAttribute(
                value=UNSET if entry.value is None else entry.value,
                mutability=entry.mutability,
                persistent=entry.stored,
                constant=entry.constant,
            ),
        ),
        variableCharacteristics=entry.traits,
    )
