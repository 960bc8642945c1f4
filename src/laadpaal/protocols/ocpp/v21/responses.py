"""The responses of OCPP 2.1; made by scripts/messages from the official schemas."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import UNSET, Meta, UnsetType

from laadpaal.protocols.ocpp.message import CustomData, Message
from laadpaal.protocols.ocpp.v21.parts import (
    Address,
    CertificateHashDataChain,
    CertificateStatus,
    ChargingScheduleUpdate,
    ClearMonitoringResult,
    ClearTariffsResult,
    CompositeSchedule,
    ConstantStreamData,
    GetVariableResult,
    IdTokenInfo,
    MessageContent,
    SetMonitoringResult,
    SetVariableResult,
    StatusInfo,
    Tariff,
    TariffAssignment,
    TransactionLimit,
)
from laadpaal.protocols.ocpp.v21.words import (
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
    DERControlStatus,
    DisplayMessageStatus,
    EnergyTransferMode,
    GenericDeviceModelStatus,
    GenericStatus,
    GetCertificateStatusEnum,
    GetChargingProfileStatus,
    GetDisplayMessagesStatus,
    GetInstalledCertificateStatus,
    InstallCertificateStatus,
    Iso15118EVCertificateStatus,
    LogStatus,
    NotifyAllowedEnergyTransferStatus,
    NotifyEVChargingNeedsStatus,
    PriorityChargingStatus,
    RegistrationStatus,
    RequestStartStopStatus,
    ReserveNowStatus,
    ResetStatus,
    SendLocalListStatus,
    SetNetworkProfileStatus,
    TariffChangeStatus,
    TariffGetStatus,
    TariffSetStatus,
    TriggerMessageStatus,
    UnlockStatus,
    UnpublishFirmwareStatus,
    UpdateFirmwareStatus,
)


class AFRRSignalResponse(Message, frozen=True, kw_only=True):
    status: GenericStatus
    statusInfo: StatusInfo | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class AdjustPeriodicEventStreamResponse(Message, frozen=True, kw_only=True):
    status: GenericStatus
    statusInfo: StatusInfo | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class AuthorizeResponse(Message, frozen=True, kw_only=True):
    idTokenInfo: IdTokenInfo
    certificateStatus: AuthorizeCertificateStatus | UnsetType = UNSET
    allowedEnergyTransfer: (
        Annotated[tuple[EnergyTransferMode, ...], Meta(min_length=1)] | UnsetType
    ) = UNSET
    tariff: Tariff | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class BatterySwapResponse(Message, frozen=True, kw_only=True):
    customData: CustomData | UnsetType = UNSET


class BootNotificationResponse(Message, frozen=True, kw_only=True):
    currentTime: str
    interval: int
    status: RegistrationStatus
    statusInfo: StatusInfo | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class CancelReservationResponse(Message, frozen=True, kw_only=True):
    status: CancelReservationStatus
    statusInfo: StatusInfo | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class CertificateSignedResponse(Message, frozen=True, kw_only=True):
    status: CertificateSignedStatus
    statusInfo: StatusInfo | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class ChangeAvailabilityResponse(Message, frozen=True, kw_only=True):
    status: ChangeAvailabilityStatus
    statusInfo: StatusInfo | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class ChangeTransactionTariffResponse(Message, frozen=True, kw_only=True):
    status: TariffChangeStatus
    statusInfo: StatusInfo | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class ClearCacheResponse(Message, frozen=True, kw_only=True):
    status: ClearCacheStatus
    statusInfo: StatusInfo | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class ClearChargingProfileResponse(Message, frozen=True, kw_only=True):
    status: ClearChargingProfileStatus
    statusInfo: StatusInfo | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class ClearDERControlResponse(Message, frozen=True, kw_only=True):
    status: DERControlStatus
    statusInfo: StatusInfo | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class ClearDisplayMessageResponse(Message, frozen=True, kw_only=True):
    status: ClearMessageStatus
    statusInfo: StatusInfo | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class ClearTariffsResponse(Message, frozen=True, kw_only=True):
    clearTariffsResult: Annotated[tuple[ClearTariffsResult, ...], Meta(min_length=1)]
    customData: CustomData | UnsetType = UNSET


class ClearVariableMonitoringResponse(Message, frozen=True, kw_only=True):
    clearMonitoringResult: Annotated[tuple[ClearMonitoringResult, ...], Meta(min_length=1)]
    customData: CustomData | UnsetType = UNSET


class ClearedChargingLimitResponse(Message, frozen=True, kw_only=True):
    customData: CustomData | UnsetType = UNSET


class ClosePeriodicEventStreamResponse(Message, frozen=True, kw_only=True):
    customData: CustomData | UnsetType = UNSET


class CostUpdatedResponse(Message, frozen=True, kw_only=True):
    customData: CustomData | UnsetType = UNSET


class CustomerInformationResponse(Message, frozen=True, kw_only=True):
    status: CustomerInformationStatus
    statusInfo: StatusInfo | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class DataTransferResponse(Message, frozen=True, kw_only=True):
    status: DataTransferStatus
    statusInfo: StatusInfo | UnsetType = UNSET
    data: Any | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class DeleteCertificateResponse(Message, frozen=True, kw_only=True):
    status: DeleteCertificateStatus
    statusInfo: StatusInfo | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class FirmwareStatusNotificationResponse(Message, frozen=True, kw_only=True):
    customData: CustomData | UnsetType = UNSET


class Get15118EVCertificateResponse(Message, frozen=True, kw_only=True):
    status: Iso15118EVCertificateStatus
    exiResponse: Annotated[str, Meta(max_length=17000)]
    statusInfo: StatusInfo | UnsetType = UNSET
    remainingContracts: Annotated[int, Meta(ge=0)] | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class GetBaseReportResponse(Message, frozen=True, kw_only=True):
    status: GenericDeviceModelStatus
    statusInfo: StatusInfo | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class GetCertificateChainStatusResponse(Message, frozen=True, kw_only=True):
    certificateStatus: Annotated[tuple[CertificateStatus, ...], Meta(min_length=1, max_length=4)]
    customData: CustomData | UnsetType = UNSET


class GetCertificateStatusResponse(Message, frozen=True, kw_only=True):
    status: GetCertificateStatusEnum
    statusInfo: StatusInfo | UnsetType = UNSET
    ocspResult: Annotated[str, Meta(max_length=18000)] | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class GetChargingProfilesResponse(Message, frozen=True, kw_only=True):
    status: GetChargingProfileStatus
    statusInfo: StatusInfo | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class GetCompositeScheduleResponse(Message, frozen=True, kw_only=True):
    status: GenericStatus
    statusInfo: StatusInfo | UnsetType = UNSET
    schedule: CompositeSchedule | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class GetDERControlResponse(Message, frozen=True, kw_only=True):
    status: DERControlStatus
    statusInfo: StatusInfo | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class GetDisplayMessagesResponse(Message, frozen=True, kw_only=True):
    status: GetDisplayMessagesStatus
    statusInfo: StatusInfo | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class GetInstalledCertificateIdsResponse(Message, frozen=True, kw_only=True):
    status: GetInstalledCertificateStatus
    statusInfo: StatusInfo | UnsetType = UNSET
    certificateHashDataChain: (
        Annotated[tuple[CertificateHashDataChain, ...], Meta(min_length=1)] | UnsetType
    ) = UNSET
    customData: CustomData | UnsetType = UNSET


class GetLocalListVersionResponse(Message, frozen=True, kw_only=True):
    versionNumber: int
    customData: CustomData | UnsetType = UNSET


class GetLogResponse(Message, frozen=True, kw_only=True):
    status: LogStatus
    statusInfo: StatusInfo | UnsetType = UNSET
    filename: Annotated[str, Meta(max_length=255)] | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class GetMonitoringReportResponse(Message, frozen=True, kw_only=True):
    status: GenericDeviceModelStatus
    statusInfo: StatusInfo | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class GetPeriodicEventStreamResponse(Message, frozen=True, kw_only=True):
    constantStreamData: (
        Annotated[tuple[ConstantStreamData, ...], Meta(min_length=1)] | UnsetType
    ) = UNSET
    customData: CustomData | UnsetType = UNSET


class GetReportResponse(Message, frozen=True, kw_only=True):
    status: GenericDeviceModelStatus
    statusInfo: StatusInfo | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class GetTariffsResponse(Message, frozen=True, kw_only=True):
    status: TariffGetStatus
    statusInfo: StatusInfo | UnsetType = UNSET
    tariffAssignments: Annotated[tuple[TariffAssignment, ...], Meta(min_length=1)] | UnsetType = (
        UNSET
    )
    customData: CustomData | UnsetType = UNSET


class GetTransactionStatusResponse(Message, frozen=True, kw_only=True):
    messagesInQueue: bool
    ongoingIndicator: bool | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class GetVariablesResponse(Message, frozen=True, kw_only=True):
    getVariableResult: Annotated[tuple[GetVariableResult, ...], Meta(min_length=1)]
    customData: CustomData | UnsetType = UNSET


class HeartbeatResponse(Message, frozen=True, kw_only=True):
    currentTime: str
    customData: CustomData | UnsetType = UNSET


class InstallCertificateResponse(Message, frozen=True, kw_only=True):
    status: InstallCertificateStatus
    statusInfo: StatusInfo | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class LogStatusNotificationResponse(Message, frozen=True, kw_only=True):
    customData: CustomData | UnsetType = UNSET


class MeterValuesResponse(Message, frozen=True, kw_only=True):
    customData: CustomData | UnsetType = UNSET


class NotifyAllowedEnergyTransferResponse(Message, frozen=True, kw_only=True):
    status: NotifyAllowedEnergyTransferStatus
    statusInfo: StatusInfo | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class NotifyChargingLimitResponse(Message, frozen=True, kw_only=True):
    customData: CustomData | UnsetType = UNSET


class NotifyCustomerInformationResponse(Message, frozen=True, kw_only=True):
    customData: CustomData | UnsetType = UNSET


class NotifyDERAlarmResponse(Message, frozen=True, kw_only=True):
    customData: CustomData | UnsetType = UNSET


class NotifyDERStartStopResponse(Message, frozen=True, kw_only=True):
    customData: CustomData | UnsetType = UNSET


class NotifyDisplayMessagesResponse(Message, frozen=True, kw_only=True):
    customData: CustomData | UnsetType = UNSET


class NotifyEVChargingNeedsResponse(Message, frozen=True, kw_only=True):
    status: NotifyEVChargingNeedsStatus
    statusInfo: StatusInfo | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class NotifyEVChargingScheduleResponse(Message, frozen=True, kw_only=True):
    status: GenericStatus
    statusInfo: StatusInfo | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class NotifyEventResponse(Message, frozen=True, kw_only=True):
    customData: CustomData | UnsetType = UNSET


class NotifyMonitoringReportResponse(Message, frozen=True, kw_only=True):
    customData: CustomData | UnsetType = UNSET


class NotifyPriorityChargingResponse(Message, frozen=True, kw_only=True):
    customData: CustomData | UnsetType = UNSET


class NotifyReportResponse(Message, frozen=True, kw_only=True):
    customData: CustomData | UnsetType = UNSET


class NotifySettlementResponse(Message, frozen=True, kw_only=True):
    receiptUrl: Annotated[str, Meta(max_length=2000)] | UnsetType = UNSET
    receiptId: Annotated[str, Meta(max_length=50)] | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class NotifyWebPaymentStartedResponse(Message, frozen=True, kw_only=True):
    customData: CustomData | UnsetType = UNSET


class OpenPeriodicEventStreamResponse(Message, frozen=True, kw_only=True):
    status: GenericStatus
    statusInfo: StatusInfo | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class PublishFirmwareResponse(Message, frozen=True, kw_only=True):
    status: GenericStatus
    statusInfo: StatusInfo | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class PublishFirmwareStatusNotificationResponse(Message, frozen=True, kw_only=True):
    customData: CustomData | UnsetType = UNSET


class PullDynamicScheduleUpdateResponse(Message, frozen=True, kw_only=True):
    status: ChargingProfileStatus
    scheduleUpdate: ChargingScheduleUpdate | UnsetType = UNSET
    statusInfo: StatusInfo | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class ReportChargingProfilesResponse(Message, frozen=True, kw_only=True):
    customData: CustomData | UnsetType = UNSET


class ReportDERControlResponse(Message, frozen=True, kw_only=True):
    customData: CustomData | UnsetType = UNSET


class RequestBatterySwapResponse(Message, frozen=True, kw_only=True):
    status: GenericStatus
    statusInfo: StatusInfo | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class RequestStartTransactionResponse(Message, frozen=True, kw_only=True):
    status: RequestStartStopStatus
    statusInfo: StatusInfo | UnsetType = UNSET
    transactionId: Annotated[str, Meta(max_length=36)] | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class RequestStopTransactionResponse(Message, frozen=True, kw_only=True):
    status: RequestStartStopStatus
    statusInfo: StatusInfo | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class ReservationStatusUpdateResponse(Message, frozen=True, kw_only=True):
    customData: CustomData | UnsetType = UNSET


class ReserveNowResponse(Message, frozen=True, kw_only=True):
    status: ReserveNowStatus
    statusInfo: StatusInfo | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class ResetResponse(Message, frozen=True, kw_only=True):
    status: ResetStatus
    statusInfo: StatusInfo | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class SecurityEventNotificationResponse(Message, frozen=True, kw_only=True):
    customData: CustomData | UnsetType = UNSET


class SendLocalListResponse(Message, frozen=True, kw_only=True):
    status: SendLocalListStatus
    statusInfo: StatusInfo | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class SetChargingProfileResponse(Message, frozen=True, kw_only=True):
    status: ChargingProfileStatus
    statusInfo: StatusInfo | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class SetDERControlResponse(Message, frozen=True, kw_only=True):
    status: DERControlStatus
    statusInfo: StatusInfo | UnsetType = UNSET
    supersededIds: (
        Annotated[
            tuple[Annotated[str, Meta(max_length=36)], ...], Meta(min_length=1, max_length=24)
        ]
        | UnsetType
    ) = UNSET
    customData: CustomData | UnsetType = UNSET


class SetDefaultTariffResponse(Message, frozen=True, kw_only=True):
    status: TariffSetStatus
    statusInfo: StatusInfo | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class SetDisplayMessageResponse(Message, frozen=True, kw_only=True):
    status: DisplayMessageStatus
    statusInfo: StatusInfo | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class SetMonitoringBaseResponse(Message, frozen=True, kw_only=True):
    status: GenericDeviceModelStatus
    statusInfo: StatusInfo | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class SetMonitoringLevelResponse(Message, frozen=True, kw_only=True):
    status: GenericStatus
    statusInfo: StatusInfo | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class SetNetworkProfileResponse(Message, frozen=True, kw_only=True):
    status: SetNetworkProfileStatus
    statusInfo: StatusInfo | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class SetVariableMonitoringResponse(Message, frozen=True, kw_only=True):
    setMonitoringResult: Annotated[tuple[SetMonitoringResult, ...], Meta(min_length=1)]
    customData: CustomData | UnsetType = UNSET


class SetVariablesResponse(Message, frozen=True, kw_only=True):
    setVariableResult: Annotated[tuple[SetVariableResult, ...], Meta(min_length=1)]
    customData: CustomData | UnsetType = UNSET


class SignCertificateResponse(Message, frozen=True, kw_only=True):
    status: GenericStatus
    statusInfo: StatusInfo | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class StatusNotificationResponse(Message, frozen=True, kw_only=True):
    customData: CustomData | UnsetType = UNSET


class TransactionEventResponse(Message, frozen=True, kw_only=True):
    totalCost: float | UnsetType = UNSET
    chargingPriority: int | UnsetType = UNSET
    idTokenInfo: IdTokenInfo | UnsetType = UNSET
    transactionLimit: TransactionLimit | UnsetType = UNSET
    updatedPersonalMessage: MessageContent | UnsetType = UNSET
    updatedPersonalMessageExtra: (
        Annotated[tuple[MessageContent, ...], Meta(min_length=1, max_length=4)] | UnsetType
    ) = UNSET
    customData: CustomData | UnsetType = UNSET


class TriggerMessageResponse(Message, frozen=True, kw_only=True):
    status: TriggerMessageStatus
    statusInfo: StatusInfo | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class UnlockConnectorResponse(Message, frozen=True, kw_only=True):
    status: UnlockStatus
    statusInfo: StatusInfo | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class UnpublishFirmwareResponse(Message, frozen=True, kw_only=True):
    status: UnpublishFirmwareStatus
    customData: CustomData | UnsetType = UNSET


class UpdateDynamicScheduleResponse(Message, frozen=True, kw_only=True):
    status: ChargingProfileStatus
    statusInfo: StatusInfo | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class UpdateFirmwareResponse(Message, frozen=True, kw_only=True):
    status: UpdateFirmwareStatus
    statusInfo: StatusInfo | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class UsePriorityChargingResponse(Message, frozen=True, kw_only=True):
    status: PriorityChargingStatus
    statusInfo: StatusInfo | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class VatNumberValidationResponse(Message, frozen=True, kw_only=True):
    vatNumber: Annotated[str, Meta(max_length=20)]
    status: GenericStatus
    company: Address | UnsetType = UNSET
    statusInfo: StatusInfo | UnsetType = UNSET
    evseId: Annotated[int, Meta(ge=0)] | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET
