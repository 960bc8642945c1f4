"""What the CSMS starts, stops and asks for from afar."""

from __future__ import annotations

from msgspec import UNSET

from laadpaal.csms.dialect import Ask, Call, Reply, Scene, Then, Wish
from laadpaal.csms.v16 import certificates, charging, diagnostics, firmware, topology
from laadpaal.properties.metering import SAMPLED_MEASURANDS
from laadpaal.protocols.ocpp import v16
from laadpaal.station.answers import Accepted, Answer
from laadpaal.station.requests import ReportMeter, ReportStatus, StartCharging, StopCharging
from laadpaal.station.words import Token

_START_REJECTED = v16.RemoteStartTransactionResponse(status=v16.RemoteStartStopStatus.Rejected)
_STOP_REJECTED = v16.RemoteStopTransactionResponse(status=v16.RemoteStartStopStatus.Rejected)


def start(call: v16.RemoteStartTransaction, scene: Scene) -> Reply | Wish:  # noqa: ARG001  a hearer
    """Start charging; without a connectorId the station chooses, and 0 cannot be charged at (5.11).

    A charging profile that comes along is for the transaction to come, so it names none.
    """
    evse, sent = topology.evse_of(call.connectorId), call.chargingProfile
    named = sent is not UNSET and sent.transactionId is not UNSET
    if call.connectorId == 0 or named:
        return Reply(_START_REJECTED)
    profile = None if sent is UNSET else charging.profile_of(sent, evse)
    return Wish((StartCharging(evse, Token(call.idTag), profile=profile),), _started)


def _started(answers: tuple[Answer, ...]) -> Reply:
    return Reply(v16.RemoteStartTransactionResponse(status=_word(answers[0])))


def stop(call: v16.RemoteStopTransaction, scene: Scene) -> Reply | Wish:
    """Stop the transaction that the CSMS knows by its number (5.12)."""
    transaction = scene.journal.by_csms_id(call.transactionId)
    if transaction is None:
        return Reply(_STOP_REJECTED)
    return Wish((StopCharging(transaction),), _stopped)


def _stopped(answers: tuple[Answer, ...]) -> Reply:
    return Reply(v16.RemoteStopTransactionResponse(status=_word(answers[0])))


def _word(answer: Answer) -> v16.RemoteStartStopStatus:
    done = isinstance(answer, Accepted)
    return v16.RemoteStartStopStatus.Accepted if done else v16.RemoteStartStopStatus.Rejected


def trigger(call: v16.TriggerMessage, scene: Scene) -> Reply:
    """Send a message because the CSMS asked (5.17)."""
    word, then = _triggered(call.requestedMessage.value, topology.evse_of(call.connectorId), scene)
    return Reply(v16.TriggerMessageResponse(status=v16.TriggerMessageStatus(word)), then)


def trigger_extended(call: v16.ExtendedTriggerMessage, scene: Scene) -> Reply:
    """Do the same, and ask for what only the security white paper has."""
    if call.requestedMessage is v16.MessageTriggerEnum.LogStatusNotification:
        return _follows(diagnostics.log_state(scene))
    if call.requestedMessage is v16.MessageTriggerEnum.FirmwareStatusNotification:
        return _follows(firmware.signed_state(scene))
    if call.requestedMessage is v16.MessageTriggerEnum.SignChargePointCertificate and scene.vault:
        signing = certificates.sign(scene)
        asked = v16.TriggerMessageStatusEnum("Accepted" if signing else "Rejected")
        return Reply(v16.ExtendedTriggerMessageResponse(status=asked), signing)
    word, then = _triggered(call.requestedMessage.value, topology.evse_of(call.connectorId), scene)
    status = v16.TriggerMessageStatusEnum(word)
    return Reply(v16.ExtendedTriggerMessageResponse(status=status), then)


def _follows(call: Call) -> Reply:
    accepted = v16.TriggerMessageStatusEnum.Accepted
    return Reply(v16.ExtendedTriggerMessageResponse(status=accepted), (call,))


def _triggered(message: str, evse: int, scene: Scene) -> tuple[str, tuple[Then, ...]]:
    """Return the word to answer with and what follows; EVSE 0 is all of them."""
    match message:
        case "Heartbeat":
            return "Accepted", (Ask.HEARTBEAT,)
        case "BootNotification" if not scene.desk.view().online:
            return "Accepted", (Ask.BOOT,)
        case "StatusNotification" if topology.exists(evse, scene):
            return "Accepted", (ReportStatus(evse),)
        case "MeterValues" if _measured(evse, scene):
            return "Accepted", (ReportMeter(evse),)
        case "DiagnosticsStatusNotification":
            return "Accepted", (diagnostics.state(scene),)
        case "FirmwareStatusNotification":
            return "Accepted", (firmware.state(scene),)
        case "BootNotification" | "StatusNotification" | "MeterValues":
            return "Rejected", ()
        case _:
            return "NotImplemented", ()


def _measured(evse: int, scene: Scene) -> bool:
    """Tell whether there is anything to report of an EVSE's meter."""
    meters = [view for view in scene.desk.view().evses if evse in {0, view.evse}]
    wanted = scene.desk.values[SAMPLED_MEASURANDS]
    return bool(wanted) and any(view.measurement for view in meters)
