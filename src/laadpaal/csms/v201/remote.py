"""What the CSMS asks from afar: start, stop, unlock, and messages on demand (block F)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from msgspec import UNSET

from laadpaal.csms.dialect import Ask, Reply, Scene, Then, Wish
from laadpaal.csms.v201 import certificates, diagnostics, firmware, profiles
from laadpaal.csms.v201.authorization import group, token
from laadpaal.csms.v201.refusals import code, status_info, why
from laadpaal.properties.metering import ALIGNED_MEASURANDS, SAMPLED_MEASURANDS
from laadpaal.properties.rows import Setting
from laadpaal.protocols.ocpp import v201
from laadpaal.station import requests
from laadpaal.station.answers import Accepted, Answer, Reason, Refused
from laadpaal.station.metering import measurands
from laadpaal.station.view import EvseView
from laadpaal.station.words import ShownTo, TokenKind

# The CSMS made these itself, so asking it about them would be idle (C03, C05).
_UNASKED = {TokenKind.CENTRAL, TokenKind.NO_AUTHORIZATION}

_START_STOP = v201.RequestStartStopStatus


def start(call: v201.RequestStartTransaction, scene: Scene) -> Wish | Reply:  # noqa: ARG001  the shape of a hearer
    """Authorize a token from afar (F01, F02); a charging profile may come along (K05)."""
    if call.evseId == 0:  # our word for "you choose", which is spelled otherwise here
        return _started((Refused(Reason.UNKNOWN_EVSE, "there is no EVSE 0"),))
    evse, sent = call.evseId if call.evseId is not UNSET else 0, call.chargingProfile
    unsupported = None if sent is UNSET else profiles.unsupported(sent)
    if unsupported:
        return Reply(
            v201.RequestStartTransactionResponse(
                status=_START_STOP.Rejected, statusInfo=unsupported
            )
        )
    payer = token(call.idToken)
    wish = requests.StartCharging(
        evse=evse,
        token=payer,
        remote_id=call.remoteStartId,
        check=payer.kind not in _UNASKED,
        group=group(call.groupIdToken),
        profile=None if sent is UNSET else profiles.profile_of(sent, evse),
    )
    return Wish((wish,), _started)


def _started(answers: tuple[Answer, ...]) -> Reply:
    (answer,) = answers
    open_id = answer.transaction if isinstance(answer, Accepted) else None
    return Reply(
        v201.RequestStartTransactionResponse(
            status=_start_stop(answer), statusInfo=why(answer), transactionId=open_id or UNSET
        )
    )


def stop(call: v201.RequestStopTransaction, scene: Scene) -> Wish:  # noqa: ARG001  the shape of a hearer
    """End a running transaction from afar (F03)."""
    return Wish((requests.StopCharging(call.transactionId),), _stopped)


def _stopped(answers: tuple[Answer, ...]) -> Reply:
    (answer,) = answers
    return Reply(
        v201.RequestStopTransactionResponse(status=_start_stop(answer), statusInfo=why(answer))
    )


def _start_stop(answer: Answer) -> v201.RequestStartStopStatus:
    return _START_STOP.Rejected if isinstance(answer, Refused) else _START_STOP.Accepted


_UNLOCK_REFUSALS = {
    Reason.UNKNOWN_EVSE: v201.UnlockStatus.UnknownConnector,
    Reason.UNKNOWN_CONNECTOR: v201.UnlockStatus.UnknownConnector,
    Reason.OCCUPIED: v201.UnlockStatus.OngoingAuthorizedTransaction,
}


def unlock(call: v201.UnlockConnector, scene: Scene) -> Wish:  # noqa: ARG001  the shape of a hearer
    """Open a lock, unless an authorized transaction holds it (F05)."""
    wish = requests.UnlockConnector(call.evseId, call.connectorId, stops=False)
    return Wish((wish,), _unlocked)


def _unlocked(answers: tuple[Answer, ...]) -> Reply:
    (answer,) = answers
    status = v201.UnlockStatus.Unlocked
    if isinstance(answer, Refused):
        status = _UNLOCK_REFUSALS.get(answer.reason, v201.UnlockStatus.UnlockFailed)
    return Reply(v201.UnlockConnectorResponse(status=status, statusInfo=why(answer)))


Follows = tuple[Then, ...] | Reason
"""What follows a trigger, or why nothing would."""


def trigger(call: v201.TriggerMessage, scene: Scene) -> Reply:
    """Promise a message only when it will follow (F06)."""
    promise = _PROMISES.get(call.requestedMessage)
    if promise is None:
        return Reply(v201.TriggerMessageResponse(status=v201.TriggerMessageStatus.NotImplemented))
    follows = promise(call, scene)
    if isinstance(follows, Reason):
        return Reply(
            v201.TriggerMessageResponse(
                status=v201.TriggerMessageStatus.Rejected, statusInfo=status_info(code(follows))
            )
        )
    return Reply(
        v201.TriggerMessageResponse(status=v201.TriggerMessageStatus.Accepted), then=follows
    )


def _boot(call: v201.TriggerMessage, scene: Scene) -> Follows:  # noqa: ARG001  the shape of a promise
    return Reason.UNAVAILABLE if scene.desk.view().online else (Ask.BOOT,)


def _heartbeat(call: v201.TriggerMessage, scene: Scene) -> Follows:  # noqa: ARG001  the shape of a promise
    return (Ask.HEARTBEAT,)


def _status(call: v201.TriggerMessage, scene: Scene) -> Follows:
    evse, connector = _place(call)
    if evse == 0:
        return (requests.ReportStatus(),)
    if not 1 <= evse <= len(scene.desk.layout.evses):
        return Reason.UNKNOWN_EVSE
    known = scene.desk.layout.connector(evse, connector or 1) is not None
    return (requests.ReportStatus(evse, connector),) if known else Reason.UNKNOWN_CONNECTOR


def _meter(call: v201.TriggerMessage, scene: Scene) -> Follows:
    evses = _metered(call, scene, ALIGNED_MEASURANDS)
    if isinstance(evses, Reason):
        return evses
    return tuple(requests.ReportMeter(evse.evse, aligned=True) for evse in evses)


def _transaction(call: v201.TriggerMessage, scene: Scene) -> Follows:
    evses = _metered(call, scene, SAMPLED_MEASURANDS)
    if isinstance(evses, Reason):
        return evses
    busy = tuple(
        requests.ReportMeter(evse.evse, transactions=True) for evse in evses if evse.transaction
    )
    return busy or Reason.UNKNOWN_TRANSACTION


def _metered(
    call: v201.TriggerMessage, scene: Scene, wanted: Setting[tuple[str, ...]]
) -> tuple[EvseView, ...] | Reason:
    """Return the EVSEs meant that have something to tell."""
    number, _ = _place(call)
    evses = [evse for evse in scene.desk.view().evses if number in {0, evse.evse}]
    if not evses:
        return Reason.UNKNOWN_EVSE
    if not measurands(scene.desk.values, wanted):
        return Reason.UNAVAILABLE
    return tuple(evse for evse in evses if evse.measurement) or Reason.FAULTED


def _firmware(call: v201.TriggerMessage, scene: Scene) -> Follows:  # noqa: ARG001  the shape of a promise
    return (firmware.state(scene),)


def _sign(to: ShownTo) -> Callable[[v201.TriggerMessage, Scene], Follows]:
    def promise(call: v201.TriggerMessage, scene: Scene) -> Follows:  # noqa: ARG001  its shape
        return certificates.sign(to, scene) or Reason.UNAVAILABLE

    return promise


def _log(call: v201.TriggerMessage, scene: Scene) -> Follows:  # noqa: ARG001  the shape of a promise
    return (diagnostics.state(scene),)


def _place(call: v201.TriggerMessage) -> tuple[int, int]:
    if call.evse is UNSET:
        return 0, 0
    return call.evse.id, call.evse.connectorId if call.evse.connectorId is not UNSET else 0


_PROMISES: Mapping[v201.MessageTrigger, Callable[[v201.TriggerMessage, Scene], Follows]] = (
    MappingProxyType(
        {
            v201.MessageTrigger.BootNotification: _boot,
            v201.MessageTrigger.Heartbeat: _heartbeat,
            v201.MessageTrigger.StatusNotification: _status,
            v201.MessageTrigger.MeterValues: _meter,
            v201.MessageTrigger.TransactionEvent: _transaction,
            v201.MessageTrigger.FirmwareStatusNotification: _firmware,
            v201.MessageTrigger.LogStatusNotification: _log,
            v201.MessageTrigger.SignChargingStationCertificate: _sign(ShownTo.CSMS),
            v201.MessageTrigger.SignV2GCertificate: _sign(ShownTo.VEHICLES),
        }
    )
)
