"""The OCPP 1.6 calls of the back office, and what their answers come down to."""

from __future__ import annotations

from msgspec import UNSET

from laadpaal.protocols.ocpp import v16
from laadpaal.protocols.ocpp.message import Message
from laadpaal.station.words import ResetKind, Token


def remote_start(evse: int | None, token: Token, _number: int) -> Message:
    """Return the call that starts charging at a connector, or at any."""
    connector = UNSET if evse is None else evse
    return v16.RemoteStartTransaction(idTag=token.value, connectorId=connector)


def remote_stop(transaction: str) -> Message:
    """Return the call that stops a transaction; ValueError when its id is no number."""
    return v16.RemoteStopTransaction(transactionId=int(transaction))


def unlock(evse: int, _connector: int) -> Message:
    """Return the call that unlocks a connector."""
    return v16.UnlockConnector(connectorId=evse)


def reset(kind: ResetKind) -> Message:
    """Return the call that restarts the station; 1.6 has no reset that waits."""
    hard = kind is ResetKind.HARD
    return v16.Reset(type=v16.ResetType.Hard if hard else v16.ResetType.Soft)


def availability(evse: int, _connector: int | None, *, operative: bool) -> Message:
    """Return the call that puts a connector, or with 0 the station, in or out of service."""
    kind = v16.AvailabilityType.Operative if operative else v16.AvailabilityType.Inoperative
    return v16.ChangeAvailability(connectorId=evse, type=kind)


def get_config(name: str) -> Message:
    """Return the call that asks for one key."""
    return v16.GetConfiguration(key=(name,))


def set_config(name: str, value: str) -> Message:
    """Return the call that changes one key."""
    return v16.ChangeConfiguration(key=name, value=value)


def trigger(message: str, evse: int | None) -> Message:
    """Return the call that asks for a message; ValueError when 1.6 cannot ask for it.

    Only what TriggerMessage does not know goes as ExtendedTriggerMessage.
    """
    connector = UNSET if evse is None else evse
    if message in {known.value for known in v16.MessageTrigger}:
        wanted = v16.MessageTrigger(message)
        return v16.TriggerMessage(requestedMessage=wanted, connectorId=connector)
    more = v16.MessageTriggerEnum(message)
    return v16.ExtendedTriggerMessage(requestedMessage=more, connectorId=connector)


def clear_cache() -> Message:
    """Return the call that empties the authorization cache."""
    return v16.ClearCache()


def asks_for(call: Message) -> str | None:
    """Return the action that the station may call because of this call, if any."""
    match call:
        case (
            v16.TriggerMessage(requestedMessage=wanted)
            | v16.ExtendedTriggerMessage(requestedMessage=wanted)
        ):
            certificate = wanted is v16.MessageTriggerEnum.SignChargePointCertificate
            return "SignCertificate" if certificate else str(wanted.value)
        case _:
            return None


def status_of(answer: Message) -> str:
    """Return the status word of the answer to a command."""
    match answer:
        case (
            v16.RemoteStartTransactionResponse(status=status)
            | v16.RemoteStopTransactionResponse(status=status)
            | v16.UnlockConnectorResponse(status=status)
            | v16.ResetResponse(status=status)
            | v16.ChangeAvailabilityResponse(status=status)
            | v16.ChangeConfigurationResponse(status=status)
            | v16.ClearCacheResponse(status=status)
            | v16.TriggerMessageResponse(status=status)
            | v16.ExtendedTriggerMessageResponse(status=status)
        ):
            return str(status.value)
        case _:
            raise TypeError(f"{type(answer).__name__} answers no command")


def value_of(answer: Message) -> str | None:
    """Return the value in the answer to `get_config`; None when the station does not tell."""
    match answer:
        case v16.GetConfigurationResponse(configurationKey=(v16.KeyValue(value=str(value)), *_)):
            return value
        case _:
            return None
