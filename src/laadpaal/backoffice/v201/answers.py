"""The answers to a station's OCPP 2.0.1 calls."""

from __future__ import annotations

from msgspec import UNSET, UnsetType

from laadpaal.backoffice.ledger import Fact, Reading, Stage
from laadpaal.backoffice.policy import Policy
from laadpaal.backoffice.visit import Visit, finite, instant, wrong_value
from laadpaal.protocols.ocpp import codec, timestamp, v201
from laadpaal.protocols.ocpp.errors import RemoteProtocolError
from laadpaal.protocols.ocpp.message import Message

_TAKEN_NOTE_OF = frozenset(
    {
        "ClearedChargingLimit",
        "FirmwareStatusNotification",
        "LogStatusNotification",
        "NotifyChargingLimit",
        "NotifyCustomerInformation",
        "NotifyDisplayMessages",
        "NotifyEvent",
        "NotifyMonitoringReport",
        "NotifyReport",
        "PublishFirmwareStatusNotification",
        "ReportChargingProfiles",
        "ReservationStatusUpdate",
        "SecurityEventNotification",
        "StatusNotification",
    }
)
_STAGES = {
    v201.TransactionEventEnum.Started: Stage.START,
    v201.TransactionEventEnum.Updated: Stage.DURING,
    v201.TransactionEventEnum.Ended: Stage.STOP,
}
_PER_WH = {"Wh": 1.0, "kWh": 1000.0}
_LARGEST_POWER = 12


def answer(call: Message, visit: Visit) -> Message:
    """Return the answer, after noting in the ledger what the call tells.

    Raises:
        RemoteProtocolError: A value makes no sense, or stations do not call this.
    """
    match call:
        case v201.Authorize(idToken=token):
            return v201.AuthorizeResponse(idTokenInfo=_verdict(visit.policy, token))
        case v201.BootNotification():
            return _registration(visit)
        case v201.Heartbeat():
            return v201.HeartbeatResponse(currentTime=timestamp.render(visit.utc))
        case v201.TransactionEvent():
            return _event(call, visit)
        case v201.MeterValues(meterValue=values):
            _readings(values)
            return v201.MeterValuesResponse()
        case _:
            return _small_talk(call)


def _small_talk(call: Message) -> Message:
    match call:
        case v201.DataTransfer():
            return v201.DataTransferResponse(status=v201.DataTransferStatus.UnknownVendorId)
        case v201.SignCertificate():
            return v201.SignCertificateResponse(status=v201.GenericStatus.Rejected)
        case v201.GetCertificateStatus():
            failed = v201.GetCertificateStatusEnum.Failed
            return v201.GetCertificateStatusResponse(status=failed)
        case v201.NotifyEVChargingNeeds():
            no = v201.NotifyEVChargingNeedsStatus.Rejected
            return v201.NotifyEVChargingNeedsResponse(status=no)
        case v201.NotifyEVChargingSchedule():
            return v201.NotifyEVChargingScheduleResponse(status=v201.GenericStatus.Accepted)
        case _:
            return _acknowledgement(call)


def _acknowledgement(call: Message) -> Message:
    action = codec.action_of(call)
    if action not in _TAKEN_NOTE_OF:
        raise RemoteProtocolError("NotSupported", f"{action} is not served here")
    return v201.ACTIONS[action].response()


def _registration(visit: Visit) -> Message:
    return v201.BootNotificationResponse(
        status=v201.RegistrationStatus(visit.policy.registration.value),
        currentTime=timestamp.render(visit.utc),
        interval=visit.policy.boot_interval_s,
    )


def _verdict(policy: Policy, token: v201.IdToken) -> v201.IdTokenInfo:
    if token.type is v201.IdTokenEnum.NoAuthorization:
        return v201.IdTokenInfo(status=v201.AuthorizationStatus.Accepted)
    verdict = policy.verdict(token.idToken)
    central, expires_at = v201.IdTokenEnum.Central, verdict.expires_at
    group = v201.IdToken(idToken=verdict.group, type=central) if verdict.group else UNSET
    return v201.IdTokenInfo(
        status=v201.AuthorizationStatus(verdict.status.value),
        groupIdToken=group,
        cacheExpiryDateTime=UNSET if expires_at is None else timestamp.render(expires_at),
        evseId=verdict.evses or UNSET,
    )


def _event(call: v201.TransactionEvent, visit: Visit) -> Message:
    visit.ledger.note(visit.station, call.transactionInfo.transactionId, _fact(call))
    # E01.FR.10 and E05: whoever sends a token hears of it.
    known = UNSET if call.idToken is UNSET else _verdict(visit.policy, call.idToken)
    return v201.TransactionEventResponse(idTokenInfo=known)


def _fact(call: v201.TransactionEvent) -> Fact:
    stage = _STAGES[call.eventType]
    connector = UNSET if call.evse is UNSET else call.evse.connectorId
    return Fact(
        stage,
        instant(v201.LANGUAGE, call.timestamp),
        seq=call.seqNo,
        evse=None if call.evse is UNSET else call.evse.id,
        connector=None if connector is UNSET else connector,
        token=None if call.idToken is UNSET else call.idToken.idToken,
        readings=_readings(call.meterValue),
        cause=call.triggerReason.value,
        reason=_reason(call.transactionInfo) if stage is Stage.STOP else None,
    )


def _reason(told: v201.Transaction) -> str:
    """Return why it stopped; a local stop need not say so (E06.FR.09)."""
    return "Local" if told.stoppedReason is UNSET else told.stoppedReason.value


def _readings(values: tuple[v201.MeterValue, ...] | UnsetType) -> tuple[Reading, ...]:
    if values is UNSET:
        return ()
    return tuple(
        _reading(instant(v201.LANGUAGE, value.timestamp), sample)
        for value in values
        for sample in value.sampledValue
        if _is_total_energy(sample)
    )


def _is_total_energy(sample: v201.SampledValue) -> bool:
    return (
        sample.measurand in {UNSET, v201.Measurand.Energy_Active_Import_Register}
        and sample.location in {UNSET, v201.Location.Outlet}
        and sample.phase is UNSET
    )


def _reading(at: float, sample: v201.SampledValue) -> Reading:
    context = "Sample.Periodic" if sample.context is UNSET else sample.context.value
    energy_wh = finite(v201.LANGUAGE, sample.value * _wh(sample.unitOfMeasure))
    return Reading(at, energy_wh, context)


def _wh(unit: v201.UnitOfMeasure | UnsetType) -> float:
    """Return how many Wh one of the unit is."""
    if unit is UNSET:
        return 1.0
    name = "Wh" if unit.unit is UNSET else unit.unit
    if name not in _PER_WH:
        raise wrong_value(v201.LANGUAGE, f"energy in {name}")
    power = 0 if unit.multiplier is UNSET else unit.multiplier
    if abs(power) > _LARGEST_POWER:
        raise wrong_value(v201.LANGUAGE, f"multiplier {power}")
    return float(_PER_WH[name] * 10.0**power)
