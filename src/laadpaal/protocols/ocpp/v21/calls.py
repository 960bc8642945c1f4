"""The calls of OCPP 2.1; made by scripts/messages from the official schemas."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import UNSET, Meta, UnsetType

from laadpaal.protocols.ocpp.message import CustomData, Message
from laadpaal.protocols.ocpp.v21.parts import (
    EVSE,
    Address,
    AuthorizationData,
    BatteryData,
    CertificateHashData,
    CertificateStatusRequestInfo,
    ChargingLimit,
    ChargingNeeds,
    ChargingProfile,
    ChargingProfileCriterion,
    ChargingSchedule,
    ChargingScheduleUpdate,
    ChargingStation,
    ClearChargingProfileType,
    ComponentVariable,
    ConstantStreamData,
    CostDetails,
    DERCurve,
    DERCurveGet,
    EnterService,
    EnterServiceGet,
    EventData,
    Firmware,
    FixedPF,
    FixedPFGet,
    FixedVar,
    FixedVarGet,
    FreqDroop,
    FreqDroopGet,
    GetVariableData,
    Gradient,
    GradientGet,
    IdToken,
    LimitMaxDischarge,
    LimitMaxDischargeGet,
    LogParameters,
    MessageInfo,
    MeterValue,
    MonitoringData,
    NetworkConnectionProfile,
    OCSPRequestData,
    PeriodicEventStreamParams,
    ReportData,
    SetMonitoringData,
    SetVariableData,
    StatusInfo,
    StreamDataElement,
    Tariff,
    Transaction,
)
from laadpaal.protocols.ocpp.v21.words import (
    BatterySwapEvent,
    BootReason,
    CertificateAction,
    CertificateSigningUse,
    ChargingRateUnit,
    ComponentCriterion,
    ConnectorStatus,
    DERControl,
    EnergyTransferMode,
    FirmwareStatus,
    GetCertificateIdUse,
    GridEventFault,
    InstallCertificateUse,
    Log,
    MessagePriority,
    MessageState,
    MessageTrigger,
    MonitoringBase,
    MonitoringCriterion,
    OperationalStatus,
    PaymentStatus,
    PreconditioningStatus,
    PublishFirmwareStatus,
    ReportBase,
    ReservationUpdateStatus,
    ResetEnum,
    TransactionEventEnum,
    TriggerReason,
    Update,
    UploadLogStatus,
)


class AFRRSignal(Message, frozen=True, kw_only=True):
    timestamp: str
    signal: int
    customData: CustomData | UnsetType = UNSET


class AdjustPeriodicEventStream(Message, frozen=True, kw_only=True):
    id: Annotated[int, Meta(ge=0)]
    params: PeriodicEventStreamParams
    customData: CustomData | UnsetType = UNSET


class Authorize(Message, frozen=True, kw_only=True):
    idToken: IdToken
    certificate: Annotated[str, Meta(max_length=10000)] | UnsetType = UNSET
    iso15118CertificateHashData: (
        Annotated[tuple[OCSPRequestData, ...], Meta(min_length=1, max_length=4)] | UnsetType
    ) = UNSET
    customData: CustomData | UnsetType = UNSET


class BatterySwap(Message, frozen=True, kw_only=True):
    batteryData: Annotated[tuple[BatteryData, ...], Meta(min_length=1)]
    eventType: BatterySwapEvent
    idToken: IdToken
    requestId: int
    customData: CustomData | UnsetType = UNSET


class BootNotification(Message, frozen=True, kw_only=True):
    chargingStation: ChargingStation
    reason: BootReason
    customData: CustomData | UnsetType = UNSET


class CancelReservation(Message, frozen=True, kw_only=True):
    reservationId: Annotated[int, Meta(ge=0)]
    customData: CustomData | UnsetType = UNSET


class CertificateSigned(Message, frozen=True, kw_only=True):
    certificateChain: Annotated[str, Meta(max_length=10000)]
    certificateType: CertificateSigningUse | UnsetType = UNSET
    requestId: int | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class ChangeAvailability(Message, frozen=True, kw_only=True):
    operationalStatus: OperationalStatus
    evse: EVSE | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class ChangeTransactionTariff(Message, frozen=True, kw_only=True):
    tariff: Tariff
    transactionId: Annotated[str, Meta(max_length=36)]
    customData: CustomData | UnsetType = UNSET


class ClearCache(Message, frozen=True, kw_only=True):
    customData: CustomData | UnsetType = UNSET


class ClearChargingProfile(Message, frozen=True, kw_only=True):
    chargingProfileId: int | UnsetType = UNSET
    chargingProfileCriteria: ClearChargingProfileType | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class ClearDERControl(Message, frozen=True, kw_only=True):
    isDefault: bool
    controlType: DERControl | UnsetType = UNSET
    controlId: Annotated[str, Meta(max_length=36)] | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class ClearDisplayMessage(Message, frozen=True, kw_only=True):
    id: Annotated[int, Meta(ge=0)]
    customData: CustomData | UnsetType = UNSET


class ClearTariffs(Message, frozen=True, kw_only=True):
    tariffIds: (
        Annotated[tuple[Annotated[str, Meta(max_length=60)], ...], Meta(min_length=1)] | UnsetType
    ) = UNSET
    evseId: Annotated[int, Meta(ge=0)] | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class ClearVariableMonitoring(Message, frozen=True, kw_only=True):
    id: Annotated[tuple[Annotated[int, Meta(ge=0)], ...], Meta(min_length=1)]
    customData: CustomData | UnsetType = UNSET


class ClearedChargingLimit(Message, frozen=True, kw_only=True):
    chargingLimitSource: Annotated[str, Meta(max_length=20)]
    evseId: Annotated[int, Meta(ge=0)] | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class ClosePeriodicEventStream(Message, frozen=True, kw_only=True):
    id: Annotated[int, Meta(ge=0)]
    customData: CustomData | UnsetType = UNSET


class CostUpdated(Message, frozen=True, kw_only=True):
    totalCost: float
    transactionId: Annotated[str, Meta(max_length=36)]
    customData: CustomData | UnsetType = UNSET


class CustomerInformation(Message, frozen=True, kw_only=True):
    requestId: Annotated[int, Meta(ge=0)]
    report: bool
    clear: bool
    customerCertificate: CertificateHashData | UnsetType = UNSET
    idToken: IdToken | UnsetType = UNSET
    customerIdentifier: Annotated[str, Meta(max_length=64)] | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class DataTransfer(Message, frozen=True, kw_only=True):
    vendorId: Annotated[str, Meta(max_length=255)]
    messageId: Annotated[str, Meta(max_length=50)] | UnsetType = UNSET
    data: Any | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class DeleteCertificate(Message, frozen=True, kw_only=True):
    certificateHashData: CertificateHashData
    customData: CustomData | UnsetType = UNSET


class FirmwareStatusNotification(Message, frozen=True, kw_only=True):
    status: FirmwareStatus
    requestId: int | UnsetType = UNSET
    statusInfo: StatusInfo | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class Get15118EVCertificate(Message, frozen=True, kw_only=True):
    iso15118SchemaVersion: Annotated[str, Meta(max_length=50)]
    action: CertificateAction
    exiRequest: Annotated[str, Meta(max_length=11000)]
    maximumContractCertificateChains: Annotated[int, Meta(ge=0)] | UnsetType = UNSET
    prioritizedEMAIDs: (
        Annotated[
            tuple[Annotated[str, Meta(max_length=255)], ...], Meta(min_length=1, max_length=8)
        ]
        | UnsetType
    ) = UNSET
    customData: CustomData | UnsetType = UNSET


class GetBaseReport(Message, frozen=True, kw_only=True):
    requestId: int
    reportBase: ReportBase
    customData: CustomData | UnsetType = UNSET


class GetCertificateChainStatus(Message, frozen=True, kw_only=True):
    certificateStatusRequests: Annotated[
        tuple[CertificateStatusRequestInfo, ...], Meta(min_length=1, max_length=4)
    ]
    customData: CustomData | UnsetType = UNSET


class GetCertificateStatus(Message, frozen=True, kw_only=True):
    ocspRequestData: OCSPRequestData
    customData: CustomData | UnsetType = UNSET


class GetChargingProfiles(Message, frozen=True, kw_only=True):
    requestId: int
    chargingProfile: ChargingProfileCriterion
    evseId: Annotated[int, Meta(ge=0)] | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class GetCompositeSchedule(Message, frozen=True, kw_only=True):
    duration: int
    evseId: Annotated[int, Meta(ge=0)]
    chargingRateUnit: ChargingRateUnit | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class GetDERControl(Message, frozen=True, kw_only=True):
    requestId: int
    isDefault: bool | UnsetType = UNSET
    controlType: DERControl | UnsetType = UNSET
    controlId: Annotated[str, Meta(max_length=36)] | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class GetDisplayMessages(Message, frozen=True, kw_only=True):
    requestId: int
    id: Annotated[tuple[Annotated[int, Meta(ge=0)], ...], Meta(min_length=1)] | UnsetType = UNSET
    priority: MessagePriority | UnsetType = UNSET
    state: MessageState | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class GetInstalledCertificateIds(Message, frozen=True, kw_only=True):
    certificateType: Annotated[tuple[GetCertificateIdUse, ...], Meta(min_length=1)] | UnsetType = (
        UNSET
    )
    customData: CustomData | UnsetType = UNSET


class GetLocalListVersion(Message, frozen=True, kw_only=True):
    customData: CustomData | UnsetType = UNSET


class GetLog(Message, frozen=True, kw_only=True):
    log: LogParameters
    logType: Log
    requestId: int
    retries: Annotated[int, Meta(ge=0)] | UnsetType = UNSET
    retryInterval: int | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class GetMonitoringReport(Message, frozen=True, kw_only=True):
    requestId: int
    componentVariable: Annotated[tuple[ComponentVariable, ...], Meta(min_length=1)] | UnsetType = (
        UNSET
    )
    monitoringCriteria: (
        Annotated[tuple[MonitoringCriterion, ...], Meta(min_length=1, max_length=3)] | UnsetType
    ) = UNSET
    customData: CustomData | UnsetType = UNSET


class GetPeriodicEventStream(Message, frozen=True, kw_only=True):
    customData: CustomData | UnsetType = UNSET


class GetReport(Message, frozen=True, kw_only=True):
    requestId: int
    componentVariable: Annotated[tuple[ComponentVariable, ...], Meta(min_length=1)] | UnsetType = (
        UNSET
    )
    componentCriteria: (
        Annotated[tuple[ComponentCriterion, ...], Meta(min_length=1, max_length=4)] | UnsetType
    ) = UNSET
    customData: CustomData | UnsetType = UNSET


class GetTariffs(Message, frozen=True, kw_only=True):
    evseId: Annotated[int, Meta(ge=0)]
    customData: CustomData | UnsetType = UNSET


class GetTransactionStatus(Message, frozen=True, kw_only=True):
    transactionId: Annotated[str, Meta(max_length=36)] | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class GetVariables(Message, frozen=True, kw_only=True):
    getVariableData: Annotated[tuple[GetVariableData, ...], Meta(min_length=1)]
    customData: CustomData | UnsetType = UNSET


class Heartbeat(Message, frozen=True, kw_only=True):
    customData: CustomData | UnsetType = UNSET


class InstallCertificate(Message, frozen=True, kw_only=True):
    certificateType: InstallCertificateUse
    certificate: Annotated[str, Meta(max_length=10000)]
    customData: CustomData | UnsetType = UNSET


class LogStatusNotification(Message, frozen=True, kw_only=True):
    status: UploadLogStatus
    requestId: int | UnsetType = UNSET
    statusInfo: StatusInfo | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class MeterValues(Message, frozen=True, kw_only=True):
    evseId: Annotated[int, Meta(ge=0)]
    meterValue: Annotated[tuple[MeterValue, ...], Meta(min_length=1)]
    customData: CustomData | UnsetType = UNSET


class NotifyAllowedEnergyTransfer(Message, frozen=True, kw_only=True):
    transactionId: Annotated[str, Meta(max_length=36)]
    allowedEnergyTransfer: Annotated[tuple[EnergyTransferMode, ...], Meta(min_length=1)]
    customData: CustomData | UnsetType = UNSET


class NotifyChargingLimit(Message, frozen=True, kw_only=True):
    chargingLimit: ChargingLimit
    chargingSchedule: Annotated[tuple[ChargingSchedule, ...], Meta(min_length=1)] | UnsetType = (
        UNSET
    )
    evseId: Annotated[int, Meta(ge=0)] | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class NotifyCustomerInformation(Message, frozen=True, kw_only=True):
    data: Annotated[str, Meta(max_length=512)]
    seqNo: Annotated[int, Meta(ge=0)]
    generatedAt: str
    requestId: Annotated[int, Meta(ge=0)]
    tbc: bool | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class NotifyDERAlarm(Message, frozen=True, kw_only=True):
    controlType: DERControl
    timestamp: str
    gridEventFault: GridEventFault | UnsetType = UNSET
    alarmEnded: bool | UnsetType = UNSET
    extraInfo: Annotated[str, Meta(max_length=200)] | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class NotifyDERStartStop(Message, frozen=True, kw_only=True):
    controlId: Annotated[str, Meta(max_length=36)]
    started: bool
    timestamp: str
    supersededIds: (
        Annotated[
            tuple[Annotated[str, Meta(max_length=36)], ...], Meta(min_length=1, max_length=24)
        ]
        | UnsetType
    ) = UNSET
    customData: CustomData | UnsetType = UNSET


class NotifyDisplayMessages(Message, frozen=True, kw_only=True):
    requestId: int
    messageInfo: Annotated[tuple[MessageInfo, ...], Meta(min_length=1)] | UnsetType = UNSET
    tbc: bool | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class NotifyEVChargingNeeds(Message, frozen=True, kw_only=True):
    evseId: Annotated[int, Meta(ge=1)]
    chargingNeeds: ChargingNeeds
    maxScheduleTuples: Annotated[int, Meta(ge=0)] | UnsetType = UNSET
    timestamp: str | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class NotifyEVChargingSchedule(Message, frozen=True, kw_only=True):
    timeBase: str
    chargingSchedule: ChargingSchedule
    evseId: Annotated[int, Meta(ge=1)]
    selectedChargingScheduleId: Annotated[int, Meta(ge=0)] | UnsetType = UNSET
    powerToleranceAcceptance: bool | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class NotifyEvent(Message, frozen=True, kw_only=True):
    generatedAt: str
    seqNo: Annotated[int, Meta(ge=0)]
    eventData: Annotated[tuple[EventData, ...], Meta(min_length=1)]
    tbc: bool | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class NotifyMonitoringReport(Message, frozen=True, kw_only=True):
    requestId: int
    seqNo: Annotated[int, Meta(ge=0)]
    generatedAt: str
    monitor: Annotated[tuple[MonitoringData, ...], Meta(min_length=1)] | UnsetType = UNSET
    tbc: bool | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class NotifyPeriodicEventStream(Message, frozen=True, kw_only=True):
    data: Annotated[tuple[StreamDataElement, ...], Meta(min_length=1)]
    id: Annotated[int, Meta(ge=0)]
    pending: Annotated[int, Meta(ge=0)]
    basetime: str
    customData: CustomData | UnsetType = UNSET


class NotifyPriorityCharging(Message, frozen=True, kw_only=True):
    transactionId: Annotated[str, Meta(max_length=36)]
    activated: bool
    customData: CustomData | UnsetType = UNSET


class NotifyReport(Message, frozen=True, kw_only=True):
    requestId: int
    generatedAt: str
    seqNo: Annotated[int, Meta(ge=0)]
    reportData: Annotated[tuple[ReportData, ...], Meta(min_length=1)] | UnsetType = UNSET
    tbc: bool | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class NotifySettlement(Message, frozen=True, kw_only=True):
    pspRef: Annotated[str, Meta(max_length=255)]
    status: PaymentStatus
    settlementAmount: float
    settlementTime: str
    transactionId: Annotated[str, Meta(max_length=36)] | UnsetType = UNSET
    statusInfo: Annotated[str, Meta(max_length=500)] | UnsetType = UNSET
    receiptId: Annotated[str, Meta(max_length=50)] | UnsetType = UNSET
    receiptUrl: Annotated[str, Meta(max_length=2000)] | UnsetType = UNSET
    vatCompany: Address | UnsetType = UNSET
    vatNumber: Annotated[str, Meta(max_length=20)] | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class NotifyWebPaymentStarted(Message, frozen=True, kw_only=True):
    evseId: Annotated[int, Meta(ge=0)]
    timeout: int
    customData: CustomData | UnsetType = UNSET


class OpenPeriodicEventStream(Message, frozen=True, kw_only=True):
    constantStreamData: ConstantStreamData
    customData: CustomData | UnsetType = UNSET


class PublishFirmware(Message, frozen=True, kw_only=True):
    location: Annotated[str, Meta(max_length=2000)]
    checksum: Annotated[str, Meta(max_length=32)]
    requestId: Annotated[int, Meta(ge=0)]
    retries: Annotated[int, Meta(ge=0)] | UnsetType = UNSET
    retryInterval: Annotated[int, Meta(ge=0)] | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class PublishFirmwareStatusNotification(Message, frozen=True, kw_only=True):
    status: PublishFirmwareStatus
    location: (
        Annotated[tuple[Annotated[str, Meta(max_length=2000)], ...], Meta(min_length=1)] | UnsetType
    ) = UNSET
    requestId: Annotated[int, Meta(ge=0)] | UnsetType = UNSET
    statusInfo: StatusInfo | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class PullDynamicScheduleUpdate(Message, frozen=True, kw_only=True):
    chargingProfileId: int
    customData: CustomData | UnsetType = UNSET


class ReportChargingProfiles(Message, frozen=True, kw_only=True):
    requestId: int
    chargingLimitSource: Annotated[str, Meta(max_length=20)]
    chargingProfile: Annotated[tuple[ChargingProfile, ...], Meta(min_length=1)]
    evseId: Annotated[int, Meta(ge=0)]
    tbc: bool | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class ReportDERControl(Message, frozen=True, kw_only=True):
    requestId: int
    curve: Annotated[tuple[DERCurveGet, ...], Meta(min_length=1, max_length=24)] | UnsetType = UNSET
    enterService: (
        Annotated[tuple[EnterServiceGet, ...], Meta(min_length=1, max_length=24)] | UnsetType
    ) = UNSET
    fixedPFAbsorb: (
        Annotated[tuple[FixedPFGet, ...], Meta(min_length=1, max_length=24)] | UnsetType
    ) = UNSET
    fixedPFInject: (
        Annotated[tuple[FixedPFGet, ...], Meta(min_length=1, max_length=24)] | UnsetType
    ) = UNSET
    fixedVar: Annotated[tuple[FixedVarGet, ...], Meta(min_length=1, max_length=24)] | UnsetType = (
        UNSET
    )
    freqDroop: (
        Annotated[tuple[FreqDroopGet, ...], Meta(min_length=1, max_length=24)] | UnsetType
    ) = UNSET
    gradient: Annotated[tuple[GradientGet, ...], Meta(min_length=1, max_length=24)] | UnsetType = (
        UNSET
    )
    limitMaxDischarge: (
        Annotated[tuple[LimitMaxDischargeGet, ...], Meta(min_length=1, max_length=24)] | UnsetType
    ) = UNSET
    tbc: bool | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class RequestBatterySwap(Message, frozen=True, kw_only=True):
    idToken: IdToken
    requestId: int
    customData: CustomData | UnsetType = UNSET


class RequestStartTransaction(Message, frozen=True, kw_only=True):
    idToken: IdToken
    remoteStartId: int
    evseId: Annotated[int, Meta(ge=1)] | UnsetType = UNSET
    groupIdToken: IdToken | UnsetType = UNSET
    chargingProfile: ChargingProfile | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class RequestStopTransaction(Message, frozen=True, kw_only=True):
    transactionId: Annotated[str, Meta(max_length=36)]
    customData: CustomData | UnsetType = UNSET


class ReservationStatusUpdate(Message, frozen=True, kw_only=True):
    reservationId: Annotated[int, Meta(ge=0)]
    reservationUpdateStatus: ReservationUpdateStatus
    customData: CustomData | UnsetType = UNSET


class ReserveNow(Message, frozen=True, kw_only=True):
    id: Annotated[int, Meta(ge=0)]
    expiryDateTime: str
    idToken: IdToken
    connectorType: Annotated[str, Meta(max_length=20)] | UnsetType = UNSET
    evseId: Annotated[int, Meta(ge=0)] | UnsetType = UNSET
    groupIdToken: IdToken | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class Reset(Message, frozen=True, kw_only=True):
    type: ResetEnum
    evseId: Annotated[int, Meta(ge=0)] | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class SecurityEventNotification(Message, frozen=True, kw_only=True):
    type: Annotated[str, Meta(max_length=50)]
    timestamp: str
    techInfo: Annotated[str, Meta(max_length=255)] | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class SendLocalList(Message, frozen=True, kw_only=True):
    versionNumber: int
    updateType: Update
    localAuthorizationList: (
        Annotated[tuple[AuthorizationData, ...], Meta(min_length=1)] | UnsetType
    ) = UNSET
    customData: CustomData | UnsetType = UNSET


class SetChargingProfile(Message, frozen=True, kw_only=True):
    evseId: Annotated[int, Meta(ge=0)]
    chargingProfile: ChargingProfile
    customData: CustomData | UnsetType = UNSET


class SetDERControl(Message, frozen=True, kw_only=True):
    isDefault: bool
    controlId: Annotated[str, Meta(max_length=36)]
    controlType: DERControl
    curve: DERCurve | UnsetType = UNSET
    enterService: EnterService | UnsetType = UNSET
    fixedPFAbsorb: FixedPF | UnsetType = UNSET
    fixedPFInject: FixedPF | UnsetType = UNSET
    fixedVar: FixedVar | UnsetType = UNSET
    freqDroop: FreqDroop | UnsetType = UNSET
    gradient: Gradient | UnsetType = UNSET
    limitMaxDischarge: LimitMaxDischarge | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class SetDefaultTariff(Message, frozen=True, kw_only=True):
    evseId: Annotated[int, Meta(ge=0)]
    tariff: Tariff
    customData: CustomData | UnsetType = UNSET


class SetDisplayMessage(Message, frozen=True, kw_only=True):
    message: MessageInfo
    customData: CustomData | UnsetType = UNSET


class SetMonitoringBase(Message, frozen=True, kw_only=True):
    monitoringBase: MonitoringBase
    customData: CustomData | UnsetType = UNSET


class SetMonitoringLevel(Message, frozen=True, kw_only=True):
    severity: Annotated[int, Meta(ge=0)]
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
    certificateType: CertificateSigningUse | UnsetType = UNSET
    hashRootCertificate: CertificateHashData | UnsetType = UNSET
    requestId: int | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class StatusNotification(Message, frozen=True, kw_only=True):
    timestamp: str
    connectorStatus: ConnectorStatus
    evseId: Annotated[int, Meta(ge=0)]
    connectorId: Annotated[int, Meta(ge=0)]
    customData: CustomData | UnsetType = UNSET


class TransactionEvent(Message, frozen=True, kw_only=True):
    eventType: TransactionEventEnum
    timestamp: str
    triggerReason: TriggerReason
    seqNo: Annotated[int, Meta(ge=0)]
    transactionInfo: Transaction
    costDetails: CostDetails | UnsetType = UNSET
    meterValue: Annotated[tuple[MeterValue, ...], Meta(min_length=1)] | UnsetType = UNSET
    offline: bool | UnsetType = UNSET
    numberOfPhasesUsed: Annotated[int, Meta(ge=0, le=3)] | UnsetType = UNSET
    cableMaxCurrent: int | UnsetType = UNSET
    reservationId: Annotated[int, Meta(ge=0)] | UnsetType = UNSET
    preconditioningStatus: PreconditioningStatus | UnsetType = UNSET
    evseSleep: bool | UnsetType = UNSET
    evse: EVSE | UnsetType = UNSET
    idToken: IdToken | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class TriggerMessage(Message, frozen=True, kw_only=True):
    requestedMessage: MessageTrigger
    evse: EVSE | UnsetType = UNSET
    customTrigger: Annotated[str, Meta(max_length=50)] | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class UnlockConnector(Message, frozen=True, kw_only=True):
    evseId: Annotated[int, Meta(ge=0)]
    connectorId: Annotated[int, Meta(ge=0)]
    customData: CustomData | UnsetType = UNSET


class UnpublishFirmware(Message, frozen=True, kw_only=True):
    checksum: Annotated[str, Meta(max_length=32)]
    customData: CustomData | UnsetType = UNSET


class UpdateDynamicSchedule(Message, frozen=True, kw_only=True):
    chargingProfileId: int
    scheduleUpdate: ChargingScheduleUpdate
    customData: CustomData | UnsetType = UNSET


class UpdateFirmware(Message, frozen=True, kw_only=True):
    requestId: int
    firmware: Firmware
    retries: Annotated[int, Meta(ge=0)] | UnsetType = UNSET
    retryInterval: int | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class UsePriorityCharging(Message, frozen=True, kw_only=True):
    transactionId: Annotated[str, Meta(max_length=36)]
    activate: bool
    customData: CustomData | UnsetType = UNSET


class VatNumberValidation(Message, frozen=True, kw_only=True):
    vatNumber: Annotated[str, Meta(max_length=20)]
    evseId: Annotated[int, Meta(ge=0)] | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET
