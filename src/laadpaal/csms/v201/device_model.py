"""The device model: variables read and written (section 3, B05 and B06)."""

from __future__ import annotations

from dataclasses import dataclass

from msgspec import UNSET, UnsetType

from laadpaal.csms.dialect import Reply, Scene, Wish
from laadpaal.csms.v201.inventory import Entry, Index, Missing, Mutability, inventory
from laadpaal.csms.v201.limits import limit_items
from laadpaal.csms.v201.names import name_of
from laadpaal.csms.v201.refusals import status_info, why
from laadpaal.ports.clock import Clock
from laadpaal.protocols.ocpp import v201
from laadpaal.station.answers import AfterRestart, Answer, Reason, Refused
from laadpaal.station.requests import WriteSetting

Status = v201.SetVariableStatus
"""Of one item; reading uses the same words, but for RebootRequired."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an item fared."""

    status: Status
    info: v201.StatusInfo | UnsetType = UNSET


class DeviceModel:
    """Hears what the CSMS asks of single variables; one of them is the clock."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def get(self, call: v201.GetVariables, scene: Scene) -> Reply:
        """Read variables; there are no wildcards here (3.4)."""
        limit_items(len(call.getVariableData))
        index = self._index(scene)
        return Reply(
            v201.GetVariablesResponse(
                getVariableResult=tuple(_read(wish, index) for wish in call.getVariableData)
            )
        )

    def set(self, call: v201.SetVariables, scene: Scene) -> Wish | Reply:
        """Write variables, each on its own (3.5)."""
        limit_items(len(call.setVariableData))
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
