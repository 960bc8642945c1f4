"""The calls of OCPP 2.0.1; made by scripts/messages from the official schemas."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import UNSET, Meta, UnsetType

from laadpaal.protocols.ocpp.message import CustomData, Message
from laadpaal.protocols.ocpp.v201.parts import (
    EVSE,
    AuthorizationData,
    CertificateHashData,
    ChargingLimit,
    ChargingNeeds,
    ChargingProfile,
    ChargingProfileCriterion,
    ChargingSchedule,
    ChargingStation,
    ClearChargingProfileType,
    ComponentVariable,
    EventData,
    Firmware,
    GetVariableData,
    IdToken,
    LogParameters,
    MessageInfo,
    MeterValue,
    MonitoringData,
    NetworkConnectionProfile,
    OCSPRequestData,
    ReportData,
    SetMonitoringData,
    SetVariableData,
    Transaction,
)
from laadpaal.protocols.ocpp.v201.words import (
    BootReason,
    CertificateAction,
    CertificateSigningUse,
    ChargingLimitSource,
    ChargingRateUnit,
    ComponentCriterion,
    Connector,
    ConnectorStatus,
    FirmwareStatus,
    GetCertificateIdUse,
    InstallCertificateUse,
    Log,
    MessagePriority,
    MessageState,
    MessageTrigger,
    MonitoringBase,
    MonitoringCriterion,
    OperationalStatus,
    PublishFirmwareStatus,
    ReportBase,
    ReservationUpdateStatus,
    ResetEnum,
    TransactionEventEnum,
    TriggerReason,
    Update,
    UploadLogStatus,
)


class Authorize(Message, frozen=True, kw_only=True):
    idToken: IdToken
    customData: CustomData | UnsetType = UNSET
    certificate: Annotated[str, Meta(max_length=5500)] | UnsetType = UNSET
    iso15118CertificateHashData: (
        Annotated[tuple[OCSPRequestData, ...], Meta(min_length=1, max_length=4)] | UnsetType
    ) = UNSET


class BootNotification(Message, frozen=True, kw_only=True):
    chargingStation: ChargingStation
    reason: BootReason
    customData: CustomData | UnsetType = UNSET


class CancelReservation(Message, frozen=True, kw_only=True):
    reservationId: int
    customData: CustomData | UnsetType = UNSET


class CertificateSigned(Message, frozen=True, kw_only=True):
    certificateChain: Annotated[str, Meta(max_length=10000)]
    customData: CustomData | UnsetType = UNSET
    certificateType: CertificateSigningUse | UnsetType = UNSET


class ChangeAvailability(Message, frozen=True, kw_only=True):
    operationalStatus: OperationalStatus
    customData: CustomData | UnsetType = UNSET
    evse: EVSE | UnsetType = UNSET


class ClearCache(Message, frozen=True, kw_only=True):
    customData: CustomData | UnsetType = UNSET


class ClearChargingProfile(Message, frozen=True, kw_only=True):
    customData: CustomData | UnsetType = UNSET
    chargingProfileId: int | UnsetType = UNSET
    chargingProfileCriteria: ClearChargingProfileType | UnsetType = UNSET


class ClearDisplayMessage(Message, frozen=True, kw_only=True):
    id: int
    customData: CustomData | UnsetType = UNSET


class ClearVariableMonitoring(Message, frozen=True, kw_only=True):
    id: Annotated[tuple[int, ...], Meta(min_length=1)]
    customData: CustomData | UnsetType = UNSET


class ClearedChargingLimit(Message, frozen=True, kw_only=True):
    chargingLimitSource: ChargingLimitSource
    customData: CustomData | UnsetType = UNSET
    evseId: int | UnsetType = UNSET


class CostUpdated(Message, frozen=True, kw_only=True):
    totalCost: float
    transactionId: Annotated[str, Meta(max_length=36)]
    customData: CustomData | UnsetType = UNSET


class CustomerInformation(Message, frozen=True, kw_only=True):
    requestId: int
    report: bool
    clear: bool
    customData: CustomData | UnsetType = UNSET
    customerCertificate: CertificateHashData | UnsetType = UNSET
    idToken: IdToken | UnsetType = UNSET
    customerIdentifier: Annotated[str, Meta(max_length=64)] | UnsetType = UNSET


class DataTransfer(Message, frozen=True, kw_only=True):
    vendorId: Annotated[str, Meta(max_length=255)]
    customData: CustomData | UnsetType = UNSET
    messageId: Annotated[str, Meta(max_length=50)] | UnsetType = UNSET
    data: Any | UnsetType = UNSET


class DeleteCertificate(Message, frozen=True, kw_only=True):
    certificateHashData: CertificateHashData
    customData: CustomData | UnsetType = UNSET


class FirmwareStatusNotification(Message, frozen=True, kw_only=True):
    status: FirmwareStatus
    customData: CustomData | UnsetType = UNSET
    requestId: int | UnsetType = UNSET


class Get15118EVCertificate(Message, frozen=True, kw_only=True):
    iso15118SchemaVersion: Annotated[str, Meta(max_length=50)]
    action: CertificateAction
    exiRequest: Annotated[str, Meta(max_length=5600)]
    customData: CustomData | UnsetType = UNSET


class GetBaseReport(Message, frozen=True, kw_only=True):
    requestId: int
    reportBase: ReportBase
    customData: CustomData | UnsetType = UNSET


class GetCertificateStatus(Message, frozen=True, kw_only=True):
    ocspRequestData: OCSPRequestData
    customData: CustomData | UnsetType = UNSET


class GetChargingProfiles(Message, frozen=True, kw_only=True):
    requestId: int
    chargingProfile: ChargingProfileCriterion
    customData: CustomData | UnsetType = UNSET
    evseId: int | UnsetType = UNSET


class GetCompositeSchedule(Message, frozen=True, kw_only=True):
    duration: int
    evseId: int
    customData: CustomData | UnsetType = UNSET
    chargingRateUnit: ChargingRateUnit | UnsetType = UNSET


class GetDisplayMessages(Message, frozen=True, kw_only=True):
    requestId: int
    customData: CustomData | UnsetType = UNSET
    id: Annotated[tuple[int, ...], Meta(min_length=1)] | UnsetType = UNSET
    priority: MessagePriority | UnsetType = UNSET
    state: MessageState | UnsetType = UNSET


class GetInstalledCertificateIds(Message, frozen=True, kw_only=True):
    customData: CustomData | UnsetType = UNSET
    certificateType: Annotated[tuple[GetCertificateIdUse, ...], Meta(min_length=1)] | UnsetType = (
        UNSET
    )


class GetLocalListVersion(Message, frozen=True, kw_only=True):
    customData: CustomData | UnsetType = UNSET


class GetLog(Message, frozen=True, kw_only=True):
    log: LogParameters
    logType: Log
    requestId: int
    customData: CustomData | UnsetType = UNSET
    retries: int | UnsetType = UNSET
    retryInterval: int | UnsetType = UNSET


class GetMonitoringReport(Message, frozen=True, kw_only=True):
    requestId: int
    customData: CustomData | UnsetType = UNSET
    componentVariable: Annotated[tuple[ComponentVariable, ...], Meta(min_length=1)] | UnsetType = (
        UNSET
    )
    monitoringCriteria: (
        Annotated[tuple[MonitoringCriterion, ...], Meta(min_length=1, max_length=3)] | UnsetType
    ) = UNSET


class GetReport(Message, frozen=True, kw_only=True):
    requestId: int
    customData: CustomData | UnsetType = UNSET
    componentVariable: Annotated[tuple[ComponentVariable, ...], Meta(min_length=1)] | UnsetType = (
        UNSET
    )
    componentCriteria: (
        Annotated[tuple[ComponentCriterion, ...], Meta(min_length=1, max_length=4)] | UnsetType
    ) = UNSET


class GetTransactionStatus(Message, frozen=True, kw_only=True):
    customData: CustomData | UnsetType = UNSET
    transactionId: Annotated[str, Meta(max_length=36)] | UnsetType = UNSET


class GetVariables(Message, frozen=True, kw_only=True):
    getVariableData: Annotated[tuple[GetVariableData, ...], Meta(min_length=1)]
    customData: CustomData | UnsetType = UNSET


class Heartbeat(Message, frozen=True, kw_only=True):
    customData: CustomData | UnsetType = UNSET


class InstallCertificate(Message, frozen=True, kw_only=True):
    certificateType: InstallCertificateUse
    certificate: Annotated[str, Meta(max_length=5500)]
    customData: CustomData | UnsetType = UNSET


class LogStatusNotification(Message, frozen=True, kw_only=True):
    status: UploadLogStatus
    customData: CustomData | UnsetType = UNSET
    requestId: int | UnsetType = UNSET


class MeterValues(Message, frozen=True, kw_only=True):
    evseId: int
    meterValue: Annotated[tuple[MeterValue, ...], Meta(min_length=1)]
    customData: CustomData | UnsetType = UNSET


class NotifyChargingLimit(Message, frozen=True, kw_only=True):
    chargingLimit: ChargingLimit
    customData: CustomData | UnsetType = UNSET
    chargingSchedule: Annotated[tuple[ChargingSchedule, ...], Meta(min_length=1)] | UnsetType = (
        UNSET
    )
    evseId: int | UnsetType = UNSET


class NotifyCustomerInformation(Message, frozen=True, kw_only=True):
    data: Annotated[str, Meta(max_length=512)]
    seqNo: int
    generatedAt: str
    requestId: int
    customData: CustomData | UnsetType = UNSET
    tbc: bool | UnsetType = UNSET


class NotifyDisplayMessages(Message, frozen=True, kw_only=True):
    requestId: int
    customData: CustomData | UnsetType = UNSET
    messageInfo: Annotated[tuple[MessageInfo, ...], Meta(min_length=1)] | UnsetType = UNSET
    tbc: bool | UnsetType = UNSET


class NotifyEVChargingNeeds(Message, frozen=True, kw_only=True):
    chargingNeeds: ChargingNeeds
    evseId: int
    customData: CustomData | UnsetType = UNSET
    maxScheduleTuples: int | UnsetType = UNSET


class NotifyEVChargingSchedule(Message, frozen=True, kw_only=True):
    timeBase: str
    chargingSchedule: ChargingSchedule
    evseId: int
    customData: CustomData | UnsetType = UNSET


class NotifyEvent(Message, frozen=True, kw_only=True):
    generatedAt: str
    seqNo: int
    eventData: Annotated[tuple[EventData, ...], Meta(min_length=1)]
    customData: CustomData | UnsetType = UNSET
    tbc: bool | UnsetType = UNSET


class NotifyMonitoringReport(Message, frozen=True, kw_only=True):
    requestId: int
    seqNo: int
    generatedAt: str
    customData: CustomData | UnsetType = UNSET
    monitor: Annotated[tuple[MonitoringData, ...], Meta(min_length=1)] | UnsetType = UNSET
    tbc: bool | UnsetType = UNSET


class NotifyReport(Message, frozen=True, kw_only=True):
    requestId: int
    generatedAt: str
    seqNo: int
    customData: CustomData | UnsetType = UNSET
    reportData: Annotated[tuple[ReportData, ...], Meta(min_length=1)] | UnsetType = UNSET
    tbc: bool | UnsetType = UNSET


class PublishFirmware(Message, frozen=True, kw_only=True):
    location: Annotated[str, Meta(max_length=512)]
    checksum: Annotated[str, Meta(max_length=32)]
    requestId: int
    customData: CustomData | UnsetType = UNSET
    retries: int | UnsetType = UNSET
    retryInterval: int | UnsetType = UNSET


class PublishFirmwareStatusNotification(Message, frozen=True, kw_only=True):
    status: PublishFirmwareStatus
    customData: CustomData | UnsetType = UNSET
    location: (
        Annotated[tuple[Annotated[str, Meta(max_length=512)], ...], Meta(min_length=1)] | UnsetType
    ) = UNSET
    requestId: int | UnsetType = UNSET


class ReportChargingProfiles(Message, frozen=True, kw_only=True):
    requestId: int
    chargingLimitSource: ChargingLimitSource
    chargingProfile: Annotated[tuple[ChargingProfile, ...], Meta(min_length=1)]
    evseId: int
    customData: CustomData | UnsetType = UNSET
    tbc: bool | UnsetType = UNSET


class RequestStartTransaction(Message, frozen=True, kw_only=True):
    idToken: IdToken
    remoteStartId: int
    customData: CustomData | UnsetType = UNSET
    evseId: int | UnsetType = UNSET
    groupIdToken: IdToken | UnsetType = UNSET
    chargingProfile: ChargingProfile | UnsetType = UNSET


class RequestStopTransaction(Message, frozen=True, kw_only=True):
    transactionId: Annotated[str, Meta(max_length=36)]
    customData: CustomData | UnsetType = UNSET


class ReservationStatusUpdate(Message, frozen=True, kw_only=True):
    reservationId: int
    reservationUpdateStatus: ReservationUpdateStatus
    customData: CustomData | UnsetType = UNSET


class ReserveNow(Message, frozen=True, kw_only=True):
    id: int
    expiryDateTime: str
    idToken: IdToken
    customData: CustomData | UnsetType = UNSET
    connectorType: Connector | UnsetType = UNSET
    evseId: int | UnsetType = UNSET
    groupIdToken: IdToken | UnsetType = UNSET


class Reset(Message, frozen=True, kw_only=True):
    type: ResetEnum
    customData: CustomData | UnsetType = UNSET
    evseId: int | UnsetType = UNSET


class SecurityEventNotification(Message, frozen=True, kw_only=True):
    type: Annotated[str, Meta(max_length=50)]
    timestamp: str
    customData: CustomData | UnsetType = UNSET
    techInfo: Annotated[str, Meta(max_length=255)] | UnsetType = UNSET


class SendLocalList(Message, frozen=True, kw_only=True):
    versionNumber: int
    updateType: Update
    customData: CustomData | UnsetType = UNSET
    localAuthorizationList: (
        Annotated[tuple[AuthorizationData, ...], Meta(min_length=1)] | UnsetType
    ) = UNSET


class SetChargingProfile(Message, frozen=True, kw_only=True):
    evseId: int
    chargingProfile: ChargingProfile
    customData: CustomData | UnsetType = UNSET


class SetDisplayMessage(Message, frozen=True, kw_only=True):
    message: MessageInfo
    customData: CustomData | UnsetType = UNSET


class SetMonitoringBase(Message, frozen=True, kw_only=True):
    monitoringBase: MonitoringBase
    customData: CustomData | UnsetType = UNSET


class SetMonitoringLevel(Message, frozen=True, kw_only=True):
    severity: int
    customData: CustomData | UnsetType = UNSET


class SetNetworkProfile(Message, frozen=True, kw_only=True):
    configurationSlot: int
    connectionData: NetworkConnectionProfile
    customData: CustomData | UnsetType = UNSET


class SetVariableMonitoring(Message, frozen=True, kw_only=True):
    setMonitoringData: Annotated[tuple[SetMonitoringData, ...], Meta(min_length=1)]
    customData: CustomData | UnsetType = UNSET


class SetVariables(Message, frozen=True, kw_only=True):
    setVariableData: Annotated[tuple[SetVariableData, ...], Meta(min_length=1)]
    customData: CustomData | UnsetType = UNSET


class SignCertificate(Message, frozen=True, kw_only=True):
    csr: Annotated[str, Meta(max_length=5500)]
    customData: CustomData | UnsetType = UNSET
    certificateType: CertificateSigningUse | UnsetType = UNSET


class StatusNotification(Message, frozen=True, kw_only=True):
    timestamp: str
    connectorStatus: ConnectorStatus
    evseId: int
    connectorId: int
    customData: CustomData | UnsetType = UNSET


class TransactionEvent(Message, frozen=True, kw_only=True):
    eventType: TransactionEventEnum
    timestamp: str
    triggerReason: TriggerReason
    seqNo: int
    transactionInfo: Transaction
    customData: CustomData | UnsetType = UNSET
    meterValue: Annotated[tuple[MeterValue, ...], Meta(min_length=1)] | UnsetType = UNSET
    offline: bool | UnsetType = UNSET
    numberOfPhasesUsed: int | UnsetType = UNSET
    cableMaxCurrent: int | UnsetType = UNSET
    reservationId: int | UnsetType = UNSET
    evse: EVSE | UnsetType = UNSET
    idToken: IdToken | UnsetType = UNSET


class TriggerMessage(Message, frozen=True, kw_only=True):
    requestedMessage: MessageTrigger
    customData: CustomData | UnsetType = UNSET
    evse: EVSE | UnsetType = UNSET


class UnlockConnector(Message, frozen=True, kw_only=True):
    evseId: int
    connectorId: int
    customData: CustomData | UnsetType = UNSET


class UnpublishFirmware(Message, frozen=True, kw_only=True):
    checksum: Annotated[str, Meta(max_length=32)]
    customData: CustomData | UnsetType = UNSET


class UpdateFirmware(Message, frozen=True, kw_only=True):
    requestId: int
    firmware: Firmware
    customData: CustomData | UnsetType = UNSET
    retries: int | UnsetType = UNSET
    retryInterval: int | UnsetType = UNSET
