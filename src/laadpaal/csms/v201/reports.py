"""Reports of the device model: the three inventories, and what the CSMS chooses (B07, B08)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import assert_never

from msgspec import UNSET

from laadpaal.csms.dialect import Call, Reply, Scene
from laadpaal.csms.v201.inventory import Entry, Mutability, inventory
from laadpaal.csms.v201.limits import limit_items
from laadpaal.csms.v201.names import Name, Place, component_of, place_of, variable_of
from laadpaal.csms.v201.pages import pages
from laadpaal.ports.clock import Clock
from laadpaal.protocols.ocpp import timestamp, v201

Status = v201.GenericDeviceModelStatus

_STATE = "AvailabilityState"
_ALARMS = {"Problem", "Tripped", "Overload", "Fallback"}
"""Flags of a component that does not do what it is there for."""
_PROBLEM = v201.ComponentCriterion.Problem
_TRUE, _FALSE = "true", "false"


class Reports:
    """Answers first, and lets the report follow; the clock dates it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def base(self, call: v201.GetBaseReport, scene: Scene) -> Reply:
        """Report one of the three inventories (B07)."""
        utc = self._clock.now().utc
        entries = [e for e in inventory(scene, utc) if _belongs(e, call.reportBase)]
        return Reply(
            v201.GetBaseReportResponse(status=Status.Accepted),
            then=tuple(_told(call.requestId, entries, utc)),
        )

    def chosen(self, call: v201.GetReport, scene: Scene) -> Reply:
        """Report what both criteria and names choose (B08)."""
        wishes = call.componentVariable or ()
        limit_items(len(wishes))
        utc = self._clock.now().utc
        entries = chosen(inventory(scene, utc), call.componentCriteria or (), wishes)
        status = Status.Accepted if entries else Status.EmptyResultSet
        return Reply(
            v201.GetReportResponse(status=status), then=tuple(_told(call.requestId, entries, utc))
        )


def chosen(
    entries: Sequence[Entry],
    criteria: Collection[v201.ComponentCriterion],
    wishes: Collection[v201.ComponentVariable],
) -> list[Entry]:
    """Return what fits any of the criteria and any of the names; of neither, all fits (3.4)."""
    flags = {
        (entry.name.place, entry.name.variable): entry.value
        for entry in entries
        if entry.value in {_TRUE, _FALSE}
    }

    def fits(place: Place) -> bool:
        return not criteria or any(_meets(flags.get((place, c.value)), c) for c in criteria)

    return [
        entry
        for entry in entries
        if fits(entry.name.place)
        and (not wishes or any(means(wish, entry.name) for wish in wishes))
    ]


def _meets(flag: str | None, criterion: v201.ComponentCriterion) -> bool:
    """Tell whether a component meets a criterion; one without the variable has no problem."""
    return flag == _TRUE if criterion is _PROBLEM else flag != _FALSE


def means(wish: v201.ComponentVariable, name: Name) -> bool:
    """Tell whether a name, whose missing parts may be anything, means this variable."""
    if not _includes(wish.component, name.place):
        return False
    variable = wish.variable
    if variable is UNSET:
        return True
    if variable.name.lower() != name.variable.lower():
        return False
    return variable.instance is UNSET or variable.instance.lower() == name.instance.lower()


def _includes(component: v201.Component, place: Place) -> bool:
    asked = place_of(component)
    return (
        asked.component.lower() == place.component.lower()
        and (component.instance is UNSET or asked.instance.lower() == place.instance.lower())
        and (component.evse is UNSET or asked.evse == place.evse)
        and (asked.connector in {0, place.connector})
    )


def _belongs(entry: Entry, base: v201.ReportBase) -> bool:
    match base:
        case v201.ReportBase.ConfigurationInventory:
            return entry.mutability is not Mutability.ReadOnly
        case v201.ReportBase.SummaryInventory:
            variable = entry.name.variable
            return variable == _STATE or (variable in _ALARMS and entry.value == _TRUE)
        case v201.ReportBase.FullInventory:
            return True
        case _:
            assert_never(base)


def _told(request: int, entries: Iterable[Entry], utc: float) -> Iterator[Call]:
    found = pages(map(_line, entries))
    for number, page in enumerate(found):
        message = v201.NotifyReport(
            requestId=request,
            generatedAt=timestamp.render(utc),
            seqNo=number,
            tbc=number + 1 < len(found),
            reportData=page,
        )
        yield Call("NotifyReport", message)


def _line(entry: Entry) -> v201.ReportData:
    attribute = v201.VariableAttribute(
        value=UNSET if entry.value is None else entry.value,
        mutability=entry.mutability,
        persistent=entry.stored,
        constant=entry.constant,
    )
    return v201.ReportData(
        component=component_of(entry.name.place),
        variable=variable_of(entry.name),
        variableAttribute=(attribute,),
        variableCharacteristics=entry.traits,
    )
