"""Transactions: one TransactionEvent for each durable notice (block E)."""

from __future__ import annotations

from msgspec import UNSET, UnsetType

from laadpaal.csms.dialect import Absorbed, Call, Reply, Scene
from laadpaal.csms.v201.authorization import id_token, verdict
from laadpaal.csms.v201.metering import meter_values
from laadpaal.csms.v201.tariff import priced
from laadpaal.ports.journal import Entry
from laadpaal.protocols.ocpp import timestamp, v201
from laadpaal.station.events import Event, PriorityGiven, TransactionJudged
from laadpaal.station.notices import (
    DurableNotice,
    TransactionEnded,
    TransactionSampled,
    TransactionStarted,
    TransactionUpdated,
)
from laadpaal.station.words import ChargingState, StopReason, Token, Trigger

# The others are spelled alike.
_REASONS = {
    StopReason.HARD_RESET: v201.Reason.ImmediateReset,
    StopReason.SOFT_RESET: v201.Reason.ImmediateReset,
    StopReason.UNLOCK_COMMAND: v201.Reason.Other,
}


def report(entry: Entry, scene: Scene) -> Call:  # noqa: ARG001  the shape of a reporter
    """Write the one message about a durable notice."""
    return Call("TransactionEvent", _event(entry.notice, _offline(entry)), entry.notice)


def _event(notice: DurableNotice, offline: bool | UnsetType) -> v201.TransactionEvent:  # noqa: FBT001  the field's value
    match notice:
        case TransactionStarted():
            return _started(notice, offline=offline)
        case TransactionUpdated():
            return _updated(notice, offline=offline)
        case TransactionSampled():
            return _sampled(notice, offline=offline)
        case TransactionEnded():
            return _ended(notice, offline=offline)


def _started(notice: TransactionStarted, *, offline: bool | UnsetType) -> v201.TransactionEvent:
    return v201.TransactionEvent(
        eventType=v201.TransactionEventEnum.Started,
        timestamp=timestamp.render(notice.at),
        triggerReason=_trigger(notice),
        seqNo=notice.seq,
        transactionInfo=v201.Transaction(
            transactionId=notice.transaction,
            chargingState=_state(notice.state),
            remoteStartId=_given(notice.remote_id),
        ),
        offline=offline,
        numberOfPhasesUsed=_given(notice.phases),
        cableMaxCurrent=_whole(notice.cable_a),
        evse=_evse(notice.evse, notice.connector),
        reservationId=_given(notice.reservation),
        idToken=_id_token(notice.token),
        meterValue=meter_values((notice.sample,)),
    )


def _updated(notice: TransactionUpdated, *, offline: bool | UnsetType) -> v201.TransactionEvent:
    return v201.TransactionEvent(
        eventType=v201.TransactionEventEnum.Updated,
        timestamp=timestamp.render(notice.at),
        triggerReason=_trigger(notice),
        seqNo=notice.seq,
        transactionInfo=v201.Transaction(
            transactionId=notice.transaction,
            chargingState=_state(notice.state),
            remoteStartId=_given(notice.remote_id),
            timeSpentCharging=_whole(notice.charged_s),
        ),
        offline=offline,
        numberOfPhasesUsed=_given(notice.phases),
        cableMaxCurrent=_whole(notice.cable_a),
        evse=_evse(notice.evse, notice.connector),
        reservationId=_given(notice.reservation),
        idToken=_id_token(notice.token),
        meterValue=meter_values((notice.sample,)),
    )


def _sampled(notice: TransactionSampled, *, offline: bool | UnsetType) -> v201.TransactionEvent:
    return v201.TransactionEvent(
        eventType=v201.TransactionEventEnum.Updated,
        timestamp=timestamp.render(notice.at),
        triggerReason=_trigger(notice),
        seqNo=notice.seq,
        transactionInfo=v201.Transaction(
            transactionId=notice.transaction, chargingState=_state(notice.state)
        ),
        offline=offline,
        evse=_asked_evse(notice),
        meterValue=meter_values((notice.sample,)),
    )


def _ended(notice: TransactionEnded, *, offline: bool | UnsetType) -> v201.TransactionEvent:
    return v201.TransactionEvent(
        eventType=v201.TransactionEventEnum.Ended,
        timestamp=timestamp.render(notice.at),
        triggerReason=_trigger(notice),
        seqNo=notice.seq,
        transactionInfo=v201.Transaction(
            transactionId=notice.transaction,
            chargingState=_state(notice.state),
            stoppedReason=_REASONS.get(notice.reason) or v201.Reason(notice.reason.value),
            timeSpentCharging=_whole(notice.charged_s),
        ),
        offline=offline,
        idToken=_id_token(notice.token),
        meterValue=meter_values(notice.samples),
    )


def _offline(entry: Entry) -> bool | UnsetType:
    return True if entry.offline or entry.notice.offline else UNSET


def _trigger(notice: DurableNotice) -> v201.TriggerReason:
    return v201.TriggerReason(notice.trigger.value)


def _state(state: ChargingState | None) -> v201.ChargingState | UnsetType:
    return v201.ChargingState(state.value) if state else UNSET


def _given(number: int | None) -> int | UnsetType:
    return UNSET if number is None else number


def _whole(number: float | None) -> int | UnsetType:
    return UNSET if number is None else int(number)


def _evse(evse: int, connector: int | None) -> v201.EVSE | UnsetType:
    # Told once, when the connector is known (E02, E03): the core names it then and never again.
    return v201.EVSE(id=evse, connectorId=connector) if connector else UNSET


def _asked_evse(notice: TransactionSampled) -> v201.EVSE | UnsetType:
    # Who asks about all EVSEs at once wants to know which of them answers (F06).
    return v201.EVSE(id=notice.evse) if notice.trigger is Trigger.TRIGGER else UNSET


def _id_token(token: Token | None) -> v201.IdToken | UnsetType:
    return id_token(token) if token else UNSET


def judged(call: Call, answer: v201.TransactionEventResponse, scene: Scene) -> Absorbed:  # noqa: ARG001  the shape of an absorber
    """Hand what the CSMS says of the transaction, its token and price to the station (E05, I02)."""
    notice = call.about
    if not isinstance(notice, DurableNotice):
        return Absorbed()
    events: list[Event] = []
    if answer.idTokenInfo is not UNSET:
        token = None if isinstance(notice, TransactionSampled) else notice.token
        events.append(TransactionJudged(notice.transaction, token, verdict(answer.idTokenInfo)))
    if answer.chargingPriority is not UNSET:
        events.append(PriorityGiven(notice.transaction, answer.chargingPriority))
    return Absorbed((*events, *priced(notice.transaction, answer)))


def status(call: v201.GetTransactionStatus, scene: Scene) -> Reply:
    """Say whether a transaction runs, and whether messages still wait (E14)."""
    if call.transactionId is UNSET:
        waiting = scene.journal.pending_count() > 0
        return Reply(v201.GetTransactionStatusResponse(messagesInQueue=waiting))
    return Reply(
        v201.GetTransactionStatusResponse(
            ongoingIndicator=scene.desk.view().transaction(call.transactionId) is not None,
            messagesInQueue=scene.journal.pending_count(call.transactionId) > 0,
        )
    )
