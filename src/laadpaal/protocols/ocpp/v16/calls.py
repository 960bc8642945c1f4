"""The calls of OCPP 1.6; made by scripts/messages from the official schemas."""

from __future__ import annotations

from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from laadpaal.protocols.ocpp import checks
from laadpaal.protocols.ocpp.message import Message
from laadpaal.protocols.ocpp.v16.parts import (
    AuthorizationData,
    CertificateHashData,
    ChargingProfile,
    Firmware,
    LogParameters,
    MeterValue,
)
from laadpaal.protocols.ocpp.v16.words import (
    AvailabilityType,
    CertificateUse,
    ChargePointErrorCode,
    ChargePointStatus,
    ChargingProfilePurpose,
    ChargingRateUnit,
    DiagnosticsStatus,
    FirmwareStatus,
    FirmwareStatusEnum,
    Log,
    MessageTrigger,
    MessageTriggerEnum,
    Reason,
    ResetType,
    UnitOfMeasure,
    UpdateType,
    UploadLogStatus,
)

_UNITS_AT_STOP = frozenset(UnitOfMeasure) - {UnitOfMeasure.Hertz}


class Authorize(Message, frozen=True, kw_only=True):
    idTag: Annotated[str, Meta(max_length=20)]


class BootNotification(Message, frozen=True, kw_only=True):
    chargePointVendor: Annotated[str, Meta(max_length=20)]
    chargePointModel: Annotated[str, Meta(max_length=20)]
    chargePointSerialNumber: Annotated[str, Meta(max_length=25)] | UnsetType = UNSET
    chargeBoxSerialNumber: Annotated[str, Meta(max_length=25)] | UnsetType = UNSET
    firmwareVersion: Annotated[str, Meta(max_length=50)] | UnsetType = UNSET
    iccid: Annotated[str, Meta(max_length=20)] | UnsetType = UNSET
    imsi: Annotated[str, Meta(max_length=20)] | UnsetType = UNSET
    meterType: Annotated[str, Meta(max_length=25)] | UnsetType = UNSET
    meterSerialNumber: Annotated[str, Meta(max_length=25)] | UnsetType = UNSET


class CancelReservation(Message, frozen=True, kw_only=True):
    reservationId: int


class CertificateSigned(Message, frozen=True, kw_only=True):
    certificateChain: Annotated[str, Meta(max_length=10000)]


class ChangeAvailability(Message, frozen=True, kw_only=True):
    connectorId: int
    type: AvailabilityType


class ChangeConfiguration(Message, frozen=True, kw_only=True):
    key: Annotated[str, Meta(max_length=50)]
    value: Annotated[str, Meta(max_length=500)]


class ClearCache(Message, frozen=True, kw_only=True):
    pass


class ClearChargingProfile(Message, frozen=True, kw_only=True):
    id: int | UnsetType = UNSET
    connectorId: int | UnsetType = UNSET
    chargingProfilePurpose: ChargingProfilePurpose | UnsetType = UNSET
    stackLevel: int | UnsetType = UNSET


class DataTransfer(Message, frozen=True, kw_only=True):
    vendorId: Annotated[str, Meta(max_length=255)]
    messageId: Annotated[str, Meta(max_length=50)] | UnsetType = UNSET
    data: str | UnsetType = UNSET


class DeleteCertificate(Message, frozen=True, kw_only=True):
    certificateHashData: CertificateHashData


class DiagnosticsStatusNotification(Message, frozen=True, kw_only=True):
    status: DiagnosticsStatus


class ExtendedTriggerMessage(Message, frozen=True, kw_only=True):
    requestedMessage: MessageTriggerEnum
    connectorId: int | UnsetType = UNSET


class FirmwareStatusNotification(Message, frozen=True, kw_only=True):
    status: FirmwareStatus


class GetCompositeSchedule(Message, frozen=True, kw_only=True):
    connectorId: int
    duration: int
    chargingRateUnit: ChargingRateUnit | UnsetType = UNSET


class GetConfiguration(Message, frozen=True, kw_only=True):
    key: tuple[Annotated[str, Meta(max_length=50)], ...] | UnsetType = UNSET


class GetDiagnostics(Message, frozen=True, kw_only=True):
    location: str
    retries: int | UnsetType = UNSET
    retryInterval: int | UnsetType = UNSET
    startTime: str | UnsetType = UNSET
    stopTime: str | UnsetType = UNSET


class GetInstalledCertificateIds(Message, frozen=True, kw_only=True):
    certificateType: CertificateUse


class GetLocalListVersion(Message, frozen=True, kw_only=True):
    pass


class GetLog(Message, frozen=True, kw_only=True):
    log: LogParameters
    logType: Log
    requestId: int
    retries: int | UnsetType = UNSET
    retryInterval: int | UnsetType = UNSET


class Heartbeat(Message, frozen=True, kw_only=True):
    pass


class InstallCertificate(Message, frozen=True, kw_only=True):
    certificateType: CertificateUse
    certificate: Annotated[str, Meta(max_length=5500)]


class LogStatusNotification(Message, frozen=True, kw_only=True):
    status: UploadLogStatus
    requestId: int | UnsetType = UNSET


class MeterValues(Message, frozen=True, kw_only=True):
    connectorId: int
    meterValue: Annotated[tuple[MeterValue, ...], Meta(min_length=1)]
    transactionId: int | UnsetType = UNSET

    def __post_init__(self) -> None:
        checks.sampled(self.meterValue)


class RemoteStartTransaction(Message, frozen=True, kw_only=True):
    idTag: Annotated[str, Meta(max_length=20)]
    connectorId: int | UnsetType = UNSET
    chargingProfile: ChargingProfile | UnsetType = UNSET


class RemoteStopTransaction(Message, frozen=True, kw_only=True):
    transactionId: int


class ReserveNow(Message, frozen=True, kw_only=True):
    connectorId: int
    expiryDate: str
    idTag: Annotated[str, Meta(max_length=20)]
    reservationId: int
    parentIdTag: Annotated[str, Meta(max_length=20)] | UnsetType = UNSET


class Reset(Message, frozen=True, kw_only=True):
    type: ResetType


class SecurityEventNotification(Message, frozen=True, kw_only=True):
    type: Annotated[str, Meta(max_length=50)]
    timestamp: str
    techInfo: Annotated[str, Meta(max_length=255)] | UnsetType = UNSET


class SendLocalList(Message, frozen=True, kw_only=True):
    listVersion: int
    updateType: UpdateType
    localAuthorizationList: tuple[AuthorizationData, ...] | UnsetType = UNSET


class SetChargingProfile(Message, frozen=True, kw_only=True):
    connectorId: int
    csChargingProfiles: ChargingProfile


class SignCertificate(Message, frozen=True, kw_only=True):
    csr: Annotated[str, Meta(max_length=5500)]


class SignedFirmwareStatusNotification(Message, frozen=True, kw_only=True):
    status: FirmwareStatusEnum
    requestId: int | UnsetType = UNSET


class SignedUpdateFirmware(Message, frozen=True, kw_only=True):
    requestId: int
    firmware: Firmware
    retries: int | UnsetType = UNSET
    retryInterval: int | UnsetType = UNSET


class StartTransaction(Message, frozen=True, kw_only=True):
    connectorId: int
    idTag: Annotated[str, Meta(max_length=20)]
    meterStart: int
    timestamp: str
    reservationId: int | UnsetType = UNSET


class StatusNotification(Message, frozen=True, kw_only=True):
    connectorId: int
    errorCode: ChargePointErrorCode
    status: ChargePointStatus
    info: Annotated[str, Meta(max_length=50)] | UnsetType = UNSET
    timestamp: str | UnsetType = UNSET
    vendorId: Annotated[str, Meta(max_length=255)] | UnsetType = UNSET
    vendorErrorCode: Annotated[str, Meta(max_length=50)] | UnsetType = UNSET


class StopTransaction(Message, frozen=True, kw_only=True):
    meterStop: int
    timestamp: str
    transactionId: int
    idTag: Annotated[str, Meta(max_length=20)] | UnsetType = UNSET
    reason: Reason | UnsetType = UNSET
    transactionData: tuple[MeterValue, ...] | UnsetType = UNSET

    def __post_init__(self) -> None:
        checks.only_units(self.transactionData, _UNITS_AT_STOP)


class TriggerMessage(Message, frozen=True, kw_only=True):
    requestedMessage: MessageTrigger
    connectorId: int | UnsetType = UNSET


class UnlockConnector(Message, frozen=True, kw_only=True):
    connectorId: int


class UpdateFirmware(Message, frozen=True, kw_only=True):
    location: str
    retrieveDate: str
    retries: int | UnsetType = UNSET
    retryInterval: int | UnsetType = UNSET
