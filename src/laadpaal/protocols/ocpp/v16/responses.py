"""The responses of OCPP 1.6; made by scripts/messages from the official schemas."""

from __future__ import annotations

from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from laadpaal.protocols.ocpp.message import Message
from laadpaal.protocols.ocpp.v16.parts import (
    CertificateHashData,
    ChargingSchedule,
    IdTagInfo,
    KeyValue,
)
from laadpaal.protocols.ocpp.v16.words import (
    AvailabilityStatus,
    CancelReservationStatus,
    CertificateSignedStatus,
    ChargingProfileStatus,
    ClearCacheStatus,
    ClearChargingProfileStatus,
    ConfigurationStatus,
    DataTransferStatus,
    DeleteCertificateStatus,
    GenericStatus,
    GetCompositeScheduleStatus,
    GetInstalledCertificateStatus,
    InstallCertificateStatus,
    LogStatus,
    RegistrationStatus,
    RemoteStartStopStatus,
    ReservationStatus,
    ResetStatus,
    TriggerMessageStatus,
    TriggerMessageStatusEnum,
    UnlockStatus,
    UpdateFirmwareStatus,
    UpdateStatus,
)


class AuthorizeResponse(Message, frozen=True, kw_only=True):
    idTagInfo: IdTagInfo


class BootNotificationResponse(Message, frozen=True, kw_only=True):
    status: RegistrationStatus
    currentTime: str
    interval: int


class CancelReservationResponse(Message, frozen=True, kw_only=True):
    status: CancelReservationStatus


class CertificateSignedResponse(Message, frozen=True, kw_only=True):
    status: CertificateSignedStatus


class ChangeAvailabilityResponse(Message, frozen=True, kw_only=True):
    status: AvailabilityStatus


class ChangeConfigurationResponse(Message, frozen=True, kw_only=True):
    status: ConfigurationStatus


class ClearCacheResponse(Message, frozen=True, kw_only=True):
    status: ClearCacheStatus


class ClearChargingProfileResponse(Message, frozen=True, kw_only=True):
    status: ClearChargingProfileStatus


class DataTransferResponse(Message, frozen=True, kw_only=True):
    status: DataTransferStatus
    data: str | UnsetType = UNSET


class DeleteCertificateResponse(Message, frozen=True, kw_only=True):
    status: DeleteCertificateStatus


class DiagnosticsStatusNotificationResponse(Message, frozen=True, kw_only=True):
    pass


class ExtendedTriggerMessageResponse(Message, frozen=True, kw_only=True):
    status: TriggerMessageStatusEnum


class FirmwareStatusNotificationResponse(Message, frozen=True, kw_only=True):
    pass


class GetCompositeScheduleResponse(Message, frozen=True, kw_only=True):
    status: GetCompositeScheduleStatus
    connectorId: int | UnsetType = UNSET
    scheduleStart: str | UnsetType = UNSET
    chargingSchedule: ChargingSchedule | UnsetType = UNSET


class GetConfigurationResponse(Message, frozen=True, kw_only=True):
    configurationKey: tuple[KeyValue, ...] | UnsetType = UNSET
    unknownKey: tuple[Annotated[str, Meta(max_length=50)], ...] | UnsetType = UNSET


class GetDiagnosticsResponse(Message, frozen=True, kw_only=True):
    fileName: Annotated[str, Meta(max_length=255)] | UnsetType = UNSET


class GetInstalledCertificateIdsResponse(Message, frozen=True, kw_only=True):
    status: GetInstalledCertificateStatus
    certificateHashData: (
        Annotated[tuple[CertificateHashData, ...], Meta(min_length=1)] | UnsetType
    ) = UNSET


class GetLocalListVersionResponse(Message, frozen=True, kw_only=True):
    listVersion: int


class GetLogResponse(Message, frozen=True, kw_only=True):
    status: LogStatus
    filename: Annotated[str, Meta(max_length=255)] | UnsetType = UNSET


class HeartbeatResponse(Message, frozen=True, kw_only=True):
    currentTime: str


class InstallCertificateResponse(Message, frozen=True, kw_only=True):
    status: InstallCertificateStatus


class LogStatusNotificationResponse(Message, frozen=True, kw_only=True):
    pass


class MeterValuesResponse(Message, frozen=True, kw_only=True):
    pass


class RemoteStartTransactionResponse(Message, frozen=True, kw_only=True):
    status: RemoteStartStopStatus


class RemoteStopTransactionResponse(Message, frozen=True, kw_only=True):
    status: RemoteStartStopStatus


class ReserveNowResponse(Message, frozen=True, kw_only=True):
    status: ReservationStatus


class ResetResponse(Message, frozen=True, kw_only=True):
    status: ResetStatus


class SecurityEventNotificationResponse(Message, frozen=True, kw_only=True):
    pass


class SendLocalListResponse(Message, frozen=True, kw_only=True):
    status: UpdateStatus


class SetChargingProfileResponse(Message, frozen=True, kw_only=True):
    status: ChargingProfileStatus


class SignCertificateResponse(Message, frozen=True, kw_only=True):
    status: GenericStatus


class SignedFirmwareStatusNotificationResponse(Message, frozen=True, kw_only=True):
    pass


class SignedUpdateFirmwareResponse(Message, frozen=True, kw_only=True):
    status: UpdateFirmwareStatus


class StartTransactionResponse(Message, frozen=True, kw_only=True):
    idTagInfo: IdTagInfo
    transactionId: int


class StatusNotificationResponse(Message, frozen=True, kw_only=True):
    pass


class StopTransactionResponse(Message, frozen=True, kw_only=True):
    idTagInfo: IdTagInfo | UnsetType = UNSET


class TriggerMessageResponse(Message, frozen=True, kw_only=True):
    status: TriggerMessageStatus


class UnlockConnectorResponse(Message, frozen=True, kw_only=True):
    status: UnlockStatus


class UpdateFirmwareResponse(Message, frozen=True, kw_only=True):
    pass
