"""The OCPP 2.0.1 calls of the back office, and what their answers come down to."""

from __future__ import annotations

import re

from msgspec import UNSET, UnsetType

from laadpaal.protocols.ocpp import v201
from laadpaal.protocols.ocpp.message import Message
from laadpaal.station.words import ResetKind, Token, TokenKind

_NAME = re.compile(
    r"(?P<component>[^.\[\]]+)\.(?P<variable>[^\[\]]+)(?:\[(?P<instance>[^\[\]]+)\])?"
)


def remote_start(evse: int | None, token: Token, number: int) -> Message:
    """Return the call that starts charging at an EVSE, or at any; `number` is remoteStartId."""
    kind = token.kind or TokenKind.ISO14443
    identifier = v201.IdToken(idToken=token.value, type=v201.IdTokenEnum(kind.value))
    return v201.RequestStartTransaction(
        idToken=identifier, remoteStartId=number, evseId=UNSET if evse is None else evse
    )


def remote_stop(transaction: str) -> Message:
    """Return the call that stops a transaction."""
    return v201.RequestStopTransaction(transactionId=transaction)


def unlock(evse: int, connector: int) -> Message:
    """Return the call that unlocks a connector."""
    return v201.UnlockConnector(evseId=evse, connectorId=connector)


def reset(kind: ResetKind) -> Message:
    """Return the call that restarts the station; a soft reset does not wait, so it is Immediate."""
    waits = kind is ResetKind.ON_IDLE
    return v201.Reset(type=v201.ResetEnum.OnIdle if waits else v201.ResetEnum.Immediate)


def availability(evse: int, connector: int | None, *, operative: bool) -> Message:
    """Return the call that puts an EVSE, a connector or with 0 the station in or out of service."""
    status = v201.OperationalStatus.Operative if operative else v201.OperationalStatus.Inoperative
    return v201.ChangeAvailability(operationalStatus=status, evse=_place(evse, connector))


def get_config(name: str) -> Message:
    """Return the call that asks for one variable; ValueError when the name is none."""
    component, variable = _parts(name)
    wanted = v201.GetVariableData(component=component, variable=variable)
    return v201.GetVariables(getVariableData=(wanted,))


def set_config(name: str, value: str) -> Message:
    """Return the call that changes one variable; ValueError when the name is none."""
    component, variable = _parts(name)
    wanted = v201.SetVariableData(component=component, variable=variable, attributeValue=value)
    return v201.SetVariables(setVariableData=(wanted,))


def trigger(message: str, evse: int | None) -> Message:
    """Return the call that asks for a message; ValueError when 2.0.1 cannot ask for it."""
    place = UNSET if evse is None else v201.EVSE(id=evse)
    return v201.TriggerMessage(requestedMessage=v201.MessageTrigger(message), evse=place)


def clear_cache() -> Message:
    """Return the call that empties the authorization cache."""
    return v201.ClearCache()


def asks_for(call: Message) -> str | None:
    """Return the action that the station may call because of this call, if any."""
    match call:
        case v201.TriggerMessage(requestedMessage=wanted):
            return "SignCertificate" if wanted.value.startswith("Sign") else wanted.value
        case v201.GetBaseReport() | v201.GetReport():
            return "NotifyReport"
        case v201.CustomerInformation():
            return "NotifyCustomerInformation"
        case v201.GetMonitoringReport():
            return "NotifyMonitoringReport"
        case _:
            return None


def status_of(answer: Message) -> str:
    """Return the status word of the answer to a command."""
    match answer:
        case (
            v201.RequestStartTransactionResponse(status=status)
            | v201.RequestStopTransactionResponse(status=status)
            | v201.UnlockConnectorResponse(status=status)
            | v201.ResetResponse(status=status)
            | v201.ChangeAvailabilityResponse(status=status)
            | v201.ClearCacheResponse(status=status)
            | v201.TriggerMessageResponse(status=status)
        ):
            return str(status.value)
        case v201.SetVariablesResponse(setVariableResult=(first, *_)):
            return first.attributeStatus.value
        case _:
            raise TypeError(f"{type(answer).__name__} answers no command")


def value_of(answer: Message) -> str | None:
    """Return the value in the answer to `get_config`; None when the station does not tell."""
    match answer:
        case v201.GetVariablesResponse(
            getVariableResult=(v201.GetVariableResult(attributeValue=str(value)), *_)
        ):
            return value
        case _:
            return None


def _place(evse: int, connector: int | None) -> v201.EVSE | UnsetType:
    """Return the place; the whole station is none (G03)."""
    if evse == 0:
        return UNSET
    return v201.EVSE(id=evse, connectorId=UNSET if connector is None else connector)


def _parts(name: str) -> tuple[v201.Component, v201.Variable]:
    found = _NAME.fullmatch(name)
    if found is None:
        raise ValueError(f"{name!r} is not like Component.Variable or Component.Variable[Instance]")
    variable = v201.Variable(name=found["variable"], instance=found["instance"] or UNSET)
    return v201.Component(name=found["component"]), variable
