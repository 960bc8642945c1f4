"""The answers to a station's OCPP 1.6 calls."""

from __future__ import annotations

from msgspec import UNSET, UnsetType

from laadpaal.backoffice.ledger import Fact, Reading, Stage
from laadpaal.backoffice.policy import Policy
from laadpaal.backoffice.visit import Visit, finite, instant, number, wrong_value
from laadpaal.protocols.ocpp import codec, timestamp, v16
from laadpaal.protocols.ocpp.errors import RemoteProtocolError
from laadpaal.protocols.ocpp.message import Message

_TAKEN_NOTE_OF = frozenset(
    {
        "DiagnosticsStatusNotification",
        "FirmwareStatusNotification",
        "LogStatusNotification",
        "SecurityEventNotification",
        "SignedFirmwareStatusNotification",
        "StatusNotification",
    }
)
_STATUSES = frozenset(status.value for status in v16.AuthorizationStatus)
_PER_WH = {v16.UnitOfMeasure.Wh: 1.0, v16.UnitOfMeasure.kWh: 1000.0}


def answer(call: Message, visit: Visit) -> Message:
    """Return the answer, after noting in the ledger what the call tells.

    Raises:
        RemoteProtocolError: A value makes no sense, or stations do not call this.
    """
    match call:
        case v16.Authorize(idTag=tag):
            return v16.AuthorizeResponse(idTagInfo=_verdict(visit.policy, tag))
        case v16.BootNotification():
            return _registration(visit)
        case v16.Heartbeat():
            return v16.HeartbeatResponse(currentTime=timestamp.render(visit.utc))
        case v16.StartTransaction():
            return _start(call, visit)
        case v16.StopTransaction():
            return _stop(call, visit)
        case v16.MeterValues():
            return _meter(call, visit)
        case _:
            return _small_talk(call)


def _small_talk(call: Message) -> Message:
    match call:
        case v16.DataTransfer():
            return v16.DataTransferResponse(status=v16.DataTransferStatus.UnknownVendorId)
        case v16.SignCertificate():
            return v16.SignCertificateResponse(status=v16.GenericStatus.Rejected)
        case _:
            return _acknowledgement(call)


def _acknowledgement(call: Message) -> Message:
    action = codec.action_of(call)
    if action not in _TAKEN_NOTE_OF:
        raise RemoteProtocolError("NotSupported", f"{action} is not for a station to call")
    return v16.ACTIONS[action].response()


def _registration(visit: Visit) -> Message:
    return v16.BootNotificationResponse(
        status=v16.RegistrationStatus(visit.policy.registration.value),
        currentTime=timestamp.render(visit.utc),
        interval=visit.policy.boot_interval_s,
    )


def _verdict(policy: Policy, tag: str) -> v16.IdTagInfo:
    """Return what is thought of a tag; what 1.6 has no word for is Invalid."""
    verdict = policy.verdict(tag)
    status = verdict.status.value
    expires_at = verdict.expires_at
    return v16.IdTagInfo(
        status=v16.AuthorizationStatus(status if status in _STATUSES else "Invalid"),
        parentIdTag=verdict.group or UNSET,
        expiryDate=UNSET if expires_at is None else timestamp.render(expires_at),
    )


def _start(call: v16.StartTransaction, visit: Visit) -> Message:
    at = instant(v16.LANGUAGE, call.timestamp)
    begin = Reading(at, finite(v16.LANGUAGE, call.meterStart), "Transaction.Begin")
    fact = Fact(Stage.START, at, evse=call.connectorId, token=call.idTag, readings=(begin,))
    return v16.StartTransactionResponse(
        transactionId=visit.ledger.start(visit.station, fact),
        idTagInfo=_verdict(visit.policy, call.idTag),
    )


def _stop(call: v16.StopTransaction, visit: Visit) -> Message:
    at = instant(v16.LANGUAGE, call.timestamp)
    tag = None if call.idTag is UNSET else call.idTag
    end = Reading(at, finite(v16.LANGUAGE, call.meterStop), "Transaction.End")
    told = (*_readings(call.transactionData), end)
    reason = "Local" if call.reason is UNSET else call.reason.value
    fact = Fact(Stage.STOP, at, token=tag, readings=told, reason=reason)
    visit.ledger.note(visit.station, str(call.transactionId), fact)
    return v16.StopTransactionResponse(
        idTagInfo=UNSET if tag is None else _verdict(visit.policy, tag)
    )


def _meter(call: v16.MeterValues, visit: Visit) -> Message:
    readings = _readings(call.meterValue)
    if call.transactionId is not UNSET:
        at = instant(v16.LANGUAGE, call.meterValue[0].timestamp)
        fact = Fact(Stage.DURING, at, evse=call.connectorId, readings=readings)
        visit.ledger.meter(visit.station, str(call.transactionId), fact)
    return v16.MeterValuesResponse()


def _readings(values: tuple[v16.MeterValue, ...] | UnsetType) -> tuple[Reading, ...]:
    if values is UNSET:
        return ()
    return tuple(
        _reading(instant(v16.LANGUAGE, value.timestamp), sample)
        for value in values
        for sample in value.sampledValue
        if _is_total_energy(sample)
    )


def _is_total_energy(sample: v16.SampledValue) -> bool:
    return (
        sample.measurand in {UNSET, v16.Measurand.Energy_Active_Import_Register}
        and sample.location in {UNSET, v16.Location.Outlet}
        and sample.phase is UNSET
        and sample.format is not v16.ValueFormat.SignedData
    )


def _reading(at: float, sample: v16.SampledValue) -> Reading:
    unit = v16.UnitOfMeasure.Wh if sample.unit is UNSET else sample.unit
    if unit not in _PER_WH:
        raise wrong_value(v16.LANGUAGE, f"energy in {unit.value}")
    context = "Sample.Periodic" if sample.context is UNSET else sample.context.value
    energy_wh = number(v16.LANGUAGE, sample.value) * _PER_WH[unit]
    return Reading(at, finite(v16.LANGUAGE, energy_wh), context)
