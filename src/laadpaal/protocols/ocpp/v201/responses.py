"""The responses of OCPP 2.0.1; made by scripts/messages from the official schemas."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import UNSET, Meta, UnsetType

from laadpaal.protocols.ocpp.message import CustomData, Message
from laadpaal.protocols.ocpp.v201.parts import (
    CertificateHashDataChain,
    ClearMonitoringResult,
    CompositeSchedule,
    GetVariableResult,
    IdTokenInfo,
    MessageContent,
    SetMonitoringResult,
    SetVariableResult,
    StatusInfo,
)
from laadpaal.protocols.ocpp.v201.words import (
    AuthorizeCertificateStatus,
    CancelReservationStatus,
    CertificateSignedStatus,
    ChangeAvailabilityStatus,
    ChargingProfileStatus,
    ClearCacheStatus,
    ClearChargingProfileStatus,
    ClearMessageStatus,
    CustomerInformationStatus,
    DataTransferStatus,
    DeleteCertificateStatus,
    DisplayMessageStatus,
    GenericDeviceModelStatus,
    GenericStatus,
    GetCertificateStatusEnum,
    GetChargingProfileStatus,
    GetDisplayMessagesStatus,
    GetInstalledCertificateStatus,
    InstallCertificateStatus,
    Iso15118EVCertificateStatus,
    LogStatus,
    NotifyEVChargingNeedsStatus,
    RegistrationStatus,
    RequestStartStopStatus,
    ReserveNowStatus,
    ResetStatus,
    SendLocalListStatus,
    SetNetworkProfileStatus,
    TriggerMessageStatus,
    UnlockStatus,
    UnpublishFirmwareStatus,
    UpdateFirmwareStatus,
)


class AuthorizeResponse(Message, frozen=True, kw_only=True):
    idTokenInfo: IdTokenInfo
    customData: CustomData | UnsetType = UNSET
    certificateStatus: AuthorizeCertificateStatus | UnsetType = UNSET


class BootNotificationResponse(Message, frozen=True, kw_only=True):
    currentTime: str
    interval: int
    status: RegistrationStatus
    customData: CustomData | UnsetType = UNSET
    statusInfo: StatusInfo | UnsetType = UNSET


class CancelReservationResponse(Message, frozen=True, kw_only=True):
    status: CancelReservationStatus
    customData: CustomData | UnsetType = UNSET
    statusInfo: StatusInfo | UnsetType = UNSET


class CertificateSignedResponse(Message, frozen=True, kw_only=True):
    status: CertificateSignedStatus
    customData: CustomData | UnsetType = UNSET
    statusInfo: StatusInfo | UnsetType = UNSET


class ChangeAvailabilityResponse(Message, frozen=True, kw_only=True):
    status: ChangeAvailabilityStatus
    customData: CustomData | UnsetType = UNSET
    statusInfo: StatusInfo | UnsetType = UNSET


class ClearCacheResponse(Message, frozen=True, kw_only=True):
    status: ClearCacheStatus
    customData: CustomData | UnsetType = UNSET
    statusInfo: StatusInfo | UnsetType = UNSET


class ClearChargingProfileResponse(Message, frozen=True, kw_only=True):
    status: ClearChargingProfileStatus
    customData: CustomData | UnsetType = UNSET
    statusInfo: StatusInfo | UnsetType = UNSET


class ClearDisplayMessageResponse(Message, frozen=True, kw_only=True):
    status: ClearMessageStatus
    customData: CustomData | UnsetType = UNSET
    statusInfo: StatusInfo | UnsetType = UNSET


class ClearVariableMonitoringResponse(Message, frozen=True, kw_only=True):
    clearMonitoringResult: Annotated[tuple[ClearMonitoringResult, ...], Meta(min_length=1)]
    customData: CustomData | UnsetType = UNSET


class ClearedChargingLimitResponse(Message, frozen=True, kw_only=True):
    customData: CustomData | UnsetType = UNSET


class CostUpdatedResponse(Message, frozen=True, kw_only=True):
    customData: CustomData | UnsetType = UNSET


class CustomerInformationResponse(Message, frozen=True, kw_only=True):
    status: CustomerInformationStatus
    customData: CustomData | UnsetType = UNSET
    statusInfo: StatusInfo | UnsetType = UNSET


class DataTransferResponse(Message, frozen=True, kw_only=True):
    status: DataTransferStatus
    customData: CustomData | UnsetType = UNSET
    statusInfo: StatusInfo | UnsetType = UNSET
    data: Any | UnsetType = UNSET


class DeleteCertificateResponse(Message, frozen=True, kw_only=True):
    status: DeleteCertificateStatus
    customData: CustomData | UnsetType = UNSET
    statusInfo: StatusInfo | UnsetType = UNSET


class FirmwareStatusNotificationResponse(Message, frozen=True, kw_only=True):
    customData: CustomData | UnsetType = UNSET


class Get15118EVCertificateResponse(Message, frozen=True, kw_only=True):
    status: Iso15118EVCertificateStatus
    exiResponse: Annotated[str, Meta(max_length=7500)]
    customData: CustomData | UnsetType = UNSET
    statusInfo: StatusInfo | UnsetType = UNSET


class GetBaseReportResponse(Message, frozen=True, kw_only=True):
    status: GenericDeviceModelStatus
    customData: CustomData | UnsetType = UNSET
    statusInfo: StatusInfo | UnsetType = UNSET


class GetCertificateStatusResponse(Message, frozen=True, kw_only=True):
    status: GetCertificateStatusEnum
    customData: CustomData | UnsetType = UNSET
    statusInfo: StatusInfo | UnsetType = UNSET
    ocspResult: Annotated[str, Meta(max_length=5500)] | UnsetType = UNSET


class GetChargingProfilesResponse(Message, frozen=True, kw_only=True):
    status: GetChargingProfileStatus
    customData: CustomData | UnsetType = UNSET
    statusInfo: StatusInfo | UnsetType = UNSET


class GetCompositeScheduleResponse(Message, frozen=True, kw_only=True):
    status: GenericStatus
    customData: CustomData | UnsetType = UNSET
    statusInfo: StatusInfo | UnsetType = UNSET
    schedule: CompositeSchedule | UnsetType = UNSET


class GetDisplayMessagesResponse(Message, frozen=True, kw_only=True):
    status: GetDisplayMessagesStatus
    customData: CustomData | UnsetType = UNSET
    statusInfo: StatusInfo | UnsetType = UNSET


class GetInstalledCertificateIdsResponse(Message, frozen=True, kw_only=True):
    status: GetInstalledCertificateStatus
    customData: CustomData | UnsetType = UNSET
    statusInfo: StatusInfo | UnsetType = UNSET
    certificateHashDataChain: (
        Annotated[tuple[CertificateHashDataChain, ...], Meta(min_length=1)] | UnsetType
    ) = UNSET


class GetLocalListVersionResponse(Message, frozen=True, kw_only=True):
    versionNumber: int
    customData: CustomData | UnsetType = UNSET


class GetLogResponse(Message, frozen=True, kw_only=True):
    status: LogStatus
    customData: CustomData | UnsetType = UNSET
    statusInfo: StatusInfo | UnsetType = UNSET
    filename: Annotated[str, Meta(max_length=255)] | UnsetType = UNSET


class GetMonitoringReportResponse(Message, frozen=True, kw_only=True):
    status: GenericDeviceModelStatus
    customData: CustomData | UnsetType = UNSET
    statusInfo: StatusInfo | UnsetType = UNSET


class GetReportResponse(Message, frozen=True, kw_only=True):
    status: GenericDeviceModelStatus
    customData: CustomData | UnsetType = UNSET
    statusInfo: StatusInfo | UnsetType = UNSET


class GetTransactionStatusResponse(Message, frozen=True, kw_only=True):
    messagesInQueue: bool
    customData: CustomData | UnsetType = UNSET
    ongoingIndicator: bool | UnsetType = UNSET


class GetVariablesResponse(Message, frozen=True, kw_only=True):
    getVariableResult: Annotated[tuple[GetVariableResult, ...], Meta(min_length=1)]
    customData: CustomData | UnsetType = UNSET


class HeartbeatResponse(Message, frozen=True, kw_only=True):
    currentTime: str
    customData: CustomData | UnsetType = UNSET


class InstallCertificateResponse(Message, frozen=True, kw_only=True):
    status: InstallCertificateStatus
    customData: CustomData | UnsetType = UNSET
    statusInfo: StatusInfo | UnsetType = UNSET


class LogStatusNotificationResponse(Message, frozen=True, kw_only=True):
    customData: CustomData | UnsetType = UNSET


class MeterValuesResponse(Message, frozen=True, kw_only=True):
    customData: CustomData | UnsetType = UNSET


class NotifyChargingLimitResponse(Message, frozen=True, kw_only=True):
    customData: CustomData | UnsetType = UNSET


class NotifyCustomerInformationResponse(Message, frozen=True, kw_only=True):
    customData: CustomData | UnsetType = UNSET


class NotifyDisplayMessagesResponse(Message, frozen=True, kw_only=True):
    customData: CustomData | UnsetType = UNSET


class NotifyEVChargingNeedsResponse(Message, frozen=True, kw_only=True):
    status: NotifyEVChargingNeedsStatus
    customData: CustomData | UnsetType = UNSET
    statusInfo: StatusInfo | UnsetType = UNSET


class NotifyEVChargingScheduleResponse(Message, frozen=True, kw_only=True):
    status: GenericStatus
    customData: CustomData | UnsetType = UNSET
    statusInfo: StatusInfo | UnsetType = UNSET


class NotifyEventResponse(Message, frozen=True, kw_only=True):
    customData: CustomData | UnsetType = UNSET


class NotifyMonitoringReportResponse(Message, frozen=True, kw_only=True):
    customData: CustomData | UnsetType = UNSET


class NotifyReportResponse(Message, frozen=True, kw_only=True):
    customData: CustomData | UnsetType = UNSET


class PublishFirmwareResponse(Message, frozen=True, kw_only=True):
    status: GenericStatus
    customData: CustomData | UnsetType = UNSET
    statusInfo: StatusInfo | UnsetType = UNSET


class PublishFirmwareStatusNotificationResponse(Message, frozen=True, kw_only=True):
    customData: CustomData | UnsetType = UNSET


class ReportChargingProfilesResponse(Message, frozen=True, kw_only=True):
    customData: CustomData | UnsetType = UNSET


class RequestStartTransactionResponse(Message, frozen=True, kw_only=True):
    status: RequestStartStopStatus
    customData: CustomData | UnsetType = UNSET
    statusInfo: StatusInfo | UnsetType = UNSET
    transactionId: Annotated[str, Meta(max_length=36)] | UnsetType = UNSET


class RequestStopTransactionResponse(Message, frozen=True, kw_only=True):
    status: RequestStartStopStatus
    customData: CustomData | UnsetType = UNSET
    statusInfo: StatusInfo | UnsetType = UNSET


class ReservationStatusUpdateResponse(Message, frozen=True, kw_only=True):
    customData: CustomData | UnsetType = UNSET


class ReserveNowResponse(Message, frozen=True, kw_only=True):
    status: ReserveNowStatus
    customData: CustomData | UnsetType = UNSET
    statusInfo: StatusInfo | UnsetType = UNSET


class ResetResponse(Message, frozen=True, kw_only=True):
    status: ResetStatus
    customData: CustomData | UnsetType = UNSET
    statusInfo: StatusInfo | UnsetType = UNSET


class SecurityEventNotificationResponse(Message, frozen=True, kw_only=True):
    customData: CustomData | UnsetType = UNSET


class SendLocalListResponse(Message, frozen=True, kw_only=True):
    status: SendLocalListStatus
    customData: CustomData | UnsetType = UNSET
    statusInfo: StatusInfo | UnsetType = UNSET


class SetChargingProfileResponse(Message, frozen=True, kw_only=True):
    status: ChargingProfileStatus
    customData: CustomData | UnsetType = UNSET
    statusInfo: StatusInfo | UnsetType = UNSET


class SetDisplayMessageResponse(Message, frozen=True, kw_only=True):
    status: DisplayMessageStatus
    customData: CustomData | UnsetType = UNSET
    statusInfo: StatusInfo | UnsetType = UNSET


class SetMonitoringBaseResponse(Message, frozen=True, kw_only=True):
    status: GenericDeviceModelStatus
    customData: CustomData | UnsetType = UNSET
    statusInfo: StatusInfo | UnsetType = UNSET


class SetMonitoringLevelResponse(Message, frozen=True, kw_only=True):
    status: GenericStatus
    customData: CustomData | UnsetType = UNSET
    statusInfo: StatusInfo | UnsetType = UNSET


class SetNetworkProfileResponse(Message, frozen=True, kw_only=True):
    status: SetNetworkProfileStatus
    customData: CustomData | UnsetType = UNSET
    statusInfo: StatusInfo | UnsetType = UNSET


class SetVariableMonitoringResponse(Message, frozen=True, kw_only=True):
    setMonitoringResult: Annotated[tuple[SetMonitoringResult, ...], Meta(min_length=1)]
    customData: CustomData | UnsetType = UNSET


class SetVariablesResponse(Message, frozen=True, kw_only=True):
    setVariableResult: Annotated[tuple[SetVariableResult, ...], Meta(min_length=1)]
    customData: CustomData | UnsetType = UNSET


class SignCertificateResponse(Message, frozen=True, kw_only=True):
    status: GenericStatus
    customData: CustomData | UnsetType = UNSET
    statusInfo: StatusInfo | UnsetType = UNSET


class StatusNotificationResponse(Message, frozen=True, kw_only=True):
    customData: CustomData | UnsetType = UNSET


class TransactionEventResponse(Message, frozen=True, kw_only=True):
    customData: CustomData | UnsetType = UNSET
    totalCost: float | UnsetType = UNSET
    chargingPriority: int | UnsetType = UNSET
    idTokenInfo: IdTokenInfo | UnsetType = UNSET
    updatedPersonalMessage: MessageContent | UnsetType = UNSET


class TriggerMessageResponse(Message, frozen=True, kw_only=True):
    status: TriggerMessageStatus
    customData: CustomData | UnsetType = UNSET
    statusInfo: StatusInfo | UnsetType = UNSET


class UnlockConnectorResponse(Message, frozen=True, kw_only=True):
    status: UnlockStatus
    customData: CustomData | UnsetType = UNSET
    statusInfo: StatusInfo | UnsetType = UNSET


class UnpublishFirmwareResponse(Message, frozen=True, kw_only=True):
    status: UnpublishFirmwareStatus
    customData: CustomData | UnsetType = UNSET


class UpdateFirmwareResponse(Message, frozen=True, kw_only=True):
    status: UpdateFirmwareStatus
    customData: CustomData | UnsetType = UNSET
    statusInfo: StatusInfo | UnsetType = UNSET
