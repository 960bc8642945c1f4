"""The parts of OCPP 2.0.1; made by scripts/messages from the official schemas."""

from __future__ import annotations

from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from laadpaal.protocols.ocpp.message import CustomData, Message
from laadpaal.protocols.ocpp.v201.words import (
    APNAuthentication,
    Attribute,
    AuthorizationStatus,
    ChargingLimitSource,
    ChargingProfileKind,
    ChargingProfilePurpose,
    ChargingRateUnit,
    ChargingState,
    ClearMonitoringStatus,
    CostKind,
    Data,
    EnergyTransferMode,
    EventNotification,
    EventTrigger,
    GetCertificateIdUse,
    GetVariableStatus,
    HashAlgorithm,
    IdTokenEnum,
    Location,
    Measurand,
    MessageFormat,
    MessagePriority,
    MessageState,
    Monitor,
    Mutability,
    OCPPInterface,
    OCPPTransport,
    OCPPVersion,
    Phase,
    ReadingContext,
    Reason,
    RecurrencyKind,
    SetMonitoringStatus,
    SetVariableStatus,
    VPNEnum,
)


class ACChargingParameters(Message, frozen=True, kw_only=True):
    energyAmount: int
    evMinCurrent: int
    evMaxCurrent: int
    evMaxVoltage: int
    customData: CustomData | UnsetType = UNSET


class APN(Message, frozen=True, kw_only=True):
    apn: Annotated[str, Meta(max_length=512)]
    apnAuthentication: APNAuthentication
    customData: CustomData | UnsetType = UNSET
    apnUserName: Annotated[str, Meta(max_length=20)] | UnsetType = UNSET
    apnPassword: Annotated[str, Meta(max_length=20)] | UnsetType = UNSET
    simPin: int | UnsetType = UNSET
    preferredNetwork: Annotated[str, Meta(max_length=6)] | UnsetType = UNSET
    useOnlyPreferredNetwork: bool | UnsetType = UNSET


class AdditionalInfo(Message, frozen=True, kw_only=True):
    additionalIdToken: Annotated[str, Meta(max_length=36)]
    type: Annotated[str, Meta(max_length=50)]
    customData: CustomData | UnsetType = UNSET


class IdToken(Message, frozen=True, kw_only=True):
    idToken: Annotated[str, Meta(max_length=36)]
    type: IdTokenEnum
    customData: CustomData | UnsetType = UNSET
    additionalInfo: Annotated[tuple[AdditionalInfo, ...], Meta(min_length=1)] | UnsetType = UNSET


class MessageContent(Message, frozen=True, kw_only=True):
    format: MessageFormat
    content: Annotated[str, Meta(max_length=512)]
    customData: CustomData | UnsetType = UNSET
    language: Annotated[str, Meta(max_length=8)] | UnsetType = UNSET


class IdTokenInfo(Message, frozen=True, kw_only=True):
    status: AuthorizationStatus
    customData: CustomData | UnsetType = UNSET
    cacheExpiryDateTime: str | UnsetType = UNSET
    chargingPriority: int | UnsetType = UNSET
    language1: Annotated[str, Meta(max_length=8)] | UnsetType = UNSET
    evseId: Annotated[tuple[int, ...], Meta(min_length=1)] | UnsetType = UNSET
    groupIdToken: IdToken | UnsetType = UNSET
    language2: Annotated[str, Meta(max_length=8)] | UnsetType = UNSET
    personalMessage: MessageContent | UnsetType = UNSET


class AuthorizationData(Message, frozen=True, kw_only=True):
    idToken: IdToken
    customData: CustomData | UnsetType = UNSET
    idTokenInfo: IdTokenInfo | UnsetType = UNSET


class CertificateHashData(Message, frozen=True, kw_only=True):
    hashAlgorithm: HashAlgorithm
    issuerNameHash: Annotated[str, Meta(max_length=128)]
    issuerKeyHash: Annotated[str, Meta(max_length=128)]
    serialNumber: Annotated[str, Meta(max_length=40)]
    customData: CustomData | UnsetType = UNSET


class CertificateHashDataChain(Message, frozen=True, kw_only=True):
    certificateHashData: CertificateHashData
    certificateType: GetCertificateIdUse
    customData: CustomData | UnsetType = UNSET
    childCertificateHashData: (
        Annotated[tuple[CertificateHashData, ...], Meta(min_length=1, max_length=4)] | UnsetType
    ) = UNSET


class ChargingLimit(Message, frozen=True, kw_only=True):
    chargingLimitSource: ChargingLimitSource
    customData: CustomData | UnsetType = UNSET
    isGridCritical: bool | UnsetType = UNSET


class DCChargingParameters(Message, frozen=True, kw_only=True):
    evMaxCurrent: int
    evMaxVoltage: int
    customData: CustomData | UnsetType = UNSET
    energyAmount: int | UnsetType = UNSET
    evMaxPower: int | UnsetType = UNSET
    stateOfCharge: Annotated[int, Meta(ge=0, le=100)] | UnsetType = UNSET
    evEnergyCapacity: int | UnsetType = UNSET
    fullSoC: Annotated[int, Meta(ge=0, le=100)] | UnsetType = UNSET
    bulkSoC: Annotated[int, Meta(ge=0, le=100)] | UnsetType = UNSET


class ChargingNeeds(Message, frozen=True, kw_only=True):
    requestedEnergyTransfer: EnergyTransferMode
    customData: CustomData | UnsetType = UNSET
    acChargingParameters: ACChargingParameters | UnsetType = UNSET
    dcChargingParameters: DCChargingParameters | UnsetType = UNSET
    departureTime: str | UnsetType = UNSET


class ChargingSchedulePeriod(Message, frozen=True, kw_only=True):
    startPeriod: int
    limit: float
    customData: CustomData | UnsetType = UNSET
    numberPhases: int | UnsetType = UNSET
    phaseToUse: int | UnsetType = UNSET


class Cost(Message, frozen=True, kw_only=True):
    costKind: CostKind
    amount: int
    customData: CustomData | UnsetType = UNSET
    amountMultiplier: int | UnsetType = UNSET


class ConsumptionCost(Message, frozen=True, kw_only=True):
    startValue: float
    cost: Annotated[tuple[Cost, ...], Meta(min_length=1, max_length=3)]
    customData: CustomData | UnsetType = UNSET


class RelativeTimeInterval(Message, frozen=True, kw_only=True):
    start: int
    customData: CustomData | UnsetType = UNSET
    duration: int | UnsetType = UNSET


class SalesTariffEntry(Message, frozen=True, kw_only=True):
    relativeTimeInterval: RelativeTimeInterval
    customData: CustomData | UnsetType = UNSET
    ePriceLevel: Annotated[int, Meta(ge=0)] | UnsetType = UNSET
    consumptionCost: (
        Annotated[tuple[ConsumptionCost, ...], Meta(min_length=1, max_length=3)] | UnsetType
    ) = UNSET


class SalesTariff(Message, frozen=True, kw_only=True):
    id: int
    salesTariffEntry: Annotated[tuple[SalesTariffEntry, ...], Meta(min_length=1, max_length=1024)]
    customData: CustomData | UnsetType = UNSET
    salesTariffDescription: Annotated[str, Meta(max_length=32)] | UnsetType = UNSET
    numEPriceLevels: int | UnsetType = UNSET


class ChargingSchedule(Message, frozen=True, kw_only=True):
    id: int
    chargingRateUnit: ChargingRateUnit
    chargingSchedulePeriod: Annotated[
        tuple[ChargingSchedulePeriod, ...], Meta(min_length=1, max_length=1024)
    ]
    customData: CustomData | UnsetType = UNSET
    startSchedule: str | UnsetType = UNSET
    duration: int | UnsetType = UNSET
    minChargingRate: float | UnsetType = UNSET
    salesTariff: SalesTariff | UnsetType = UNSET


class ChargingProfile(Message, frozen=True, kw_only=True):
    id: int
    stackLevel: int
    chargingProfilePurpose: ChargingProfilePurpose
    chargingProfileKind: ChargingProfileKind
    chargingSchedule: Annotated[tuple[ChargingSchedule, ...], Meta(min_length=1, max_length=3)]
    customData: CustomData | UnsetType = UNSET
    recurrencyKind: RecurrencyKind | UnsetType = UNSET
    validFrom: str | UnsetType = UNSET
    validTo: str | UnsetType = UNSET
    transactionId: Annotated[str, Meta(max_length=36)] | UnsetType = UNSET


class ChargingProfileCriterion(Message, frozen=True, kw_only=True):
    customData: CustomData | UnsetType = UNSET
    chargingProfilePurpose: ChargingProfilePurpose | UnsetType = UNSET
    stackLevel: int | UnsetType = UNSET
    chargingProfileId: Annotated[tuple[int, ...], Meta(min_length=1)] | UnsetType = UNSET
    chargingLimitSource: (
        Annotated[tuple[ChargingLimitSource, ...], Meta(min_length=1, max_length=4)] | UnsetType
    ) = UNSET


class Modem(Message, frozen=True, kw_only=True):
    customData: CustomData | UnsetType = UNSET
    iccid: Annotated[str, Meta(max_length=20)] | UnsetType = UNSET
    imsi: Annotated[str, Meta(max_length=20)] | UnsetType = UNSET


class ChargingStation(Message, frozen=True, kw_only=True):
    model: Annotated[str, Meta(max_length=20)]
    vendorName: Annotated[str, Meta(max_length=50)]
    customData: CustomData | UnsetType = UNSET
    serialNumber: Annotated[str, Meta(max_length=25)] | UnsetType = UNSET
    modem: Modem | UnsetType = UNSET
    firmwareVersion: Annotated[str, Meta(max_length=50)] | UnsetType = UNSET


class ClearChargingProfileType(Message, frozen=True, kw_only=True):
    customData: CustomData | UnsetType = UNSET
    evseId: int | UnsetType = UNSET
    chargingProfilePurpose: ChargingProfilePurpose | UnsetType = UNSET
    stackLevel: int | UnsetType = UNSET


class StatusInfo(Message, frozen=True, kw_only=True):
    reasonCode: Annotated[str, Meta(max_length=20)]
    customData: CustomData | UnsetType = UNSET
    additionalInfo: Annotated[str, Meta(max_length=512)] | UnsetType = UNSET


class ClearMonitoringResult(Message, frozen=True, kw_only=True):
    status: ClearMonitoringStatus
    id: int
    customData: CustomData | UnsetType = UNSET
    statusInfo: StatusInfo | UnsetType = UNSET


class EVSE(Message, frozen=True, kw_only=True):
    id: int
    customData: CustomData | UnsetType = UNSET
    connectorId: int | UnsetType = UNSET


class Component(Message, frozen=True, kw_only=True):
    name: Annotated[str, Meta(max_length=50)]
    customData: CustomData | UnsetType = UNSET
    evse: EVSE | UnsetType = UNSET
    instance: Annotated[str, Meta(max_length=50)] | UnsetType = UNSET


class Variable(Message, frozen=True, kw_only=True):
    name: Annotated[str, Meta(max_length=50)]
    customData: CustomData | UnsetType = UNSET
    instance: Annotated[str, Meta(max_length=50)] | UnsetType = UNSET


class ComponentVariable(Message, frozen=True, kw_only=True):
    component: Component
    customData: CustomData | UnsetType = UNSET
    variable: Variable | UnsetType = UNSET


class CompositeSchedule(Message, frozen=True, kw_only=True):
    chargingSchedulePeriod: Annotated[tuple[ChargingSchedulePeriod, ...], Meta(min_length=1)]
    evseId: int
    duration: int
    scheduleStart: str
    chargingRateUnit: ChargingRateUnit
    customData: CustomData | UnsetType = UNSET


class EventData(Message, frozen=True, kw_only=True):
    eventId: int
    timestamp: str
    trigger: EventTrigger
    actualValue: Annotated[str, Meta(max_length=2500)]
    component: Component
    eventNotificationType: EventNotification
    variable: Variable
    customData: CustomData | UnsetType = UNSET
    cause: int | UnsetType = UNSET
    techCode: Annotated[str, Meta(max_length=50)] | UnsetType = UNSET
    techInfo: Annotated[str, Meta(max_length=500)] | UnsetType = UNSET
    cleared: bool | UnsetType = UNSET
    transactionId: Annotated[str, Meta(max_length=36)] | UnsetType = UNSET
    variableMonitoringId: int | UnsetType = UNSET


class Firmware(Message, frozen=True, kw_only=True):
    location: Annotated[str, Meta(max_length=512)]
    retrieveDateTime: str
    customData: CustomData | UnsetType = UNSET
    installDateTime: str | UnsetType = UNSET
    signingCertificate: Annotated[str, Meta(max_length=5500)] | UnsetType = UNSET
    signature: Annotated[str, Meta(max_length=800)] | UnsetType = UNSET


class GetVariableData(Message, frozen=True, kw_only=True):
    component: Component
    variable: Variable
    customData: CustomData | UnsetType = UNSET
    attributeType: Attribute | UnsetType = UNSET


class GetVariableResult(Message, frozen=True, kw_only=True):
    attributeStatus: GetVariableStatus
    component: Component
    variable: Variable
    customData: CustomData | UnsetType = UNSET
    attributeStatusInfo: StatusInfo | UnsetType = UNSET
    attributeType: Attribute | UnsetType = UNSET
    attributeValue: Annotated[str, Meta(max_length=2500)] | UnsetType = UNSET


class LogParameters(Message, frozen=True, kw_only=True):
    remoteLocation: Annotated[str, Meta(max_length=512)]
    customData: CustomData | UnsetType = UNSET
    oldestTimestamp: str | UnsetType = UNSET
    latestTimestamp: str | UnsetType = UNSET


class MessageInfo(Message, frozen=True, kw_only=True):
    id: int
    priority: MessagePriority
    message: MessageContent
    customData: CustomData | UnsetType = UNSET
    display: Component | UnsetType = UNSET
    state: MessageState | UnsetType = UNSET
    startDateTime: str | UnsetType = UNSET
    endDateTime: str | UnsetType = UNSET
    transactionId: Annotated[str, Meta(max_length=36)] | UnsetType = UNSET


class SignedMeterValue(Message, frozen=True, kw_only=True):
    signedMeterData: Annotated[str, Meta(max_length=2500)]
    signingMethod: Annotated[str, Meta(max_length=50)]
    encodingMethod: Annotated[str, Meta(max_length=50)]
    publicKey: Annotated[str, Meta(max_length=2500)]
    customData: CustomData | UnsetType = UNSET


class UnitOfMeasure(Message, frozen=True, kw_only=True):
    customData: CustomData | UnsetType = UNSET
    unit: Annotated[str, Meta(max_length=20)] | UnsetType = UNSET
    multiplier: int | UnsetType = UNSET


class SampledValue(Message, frozen=True, kw_only=True):
    value: float
    customData: CustomData | UnsetType = UNSET
    context: ReadingContext | UnsetType = UNSET
    measurand: Measurand | UnsetType = UNSET
    phase: Phase | UnsetType = UNSET
    location: Location | UnsetType = UNSET
    signedMeterValue: SignedMeterValue | UnsetType = UNSET
    unitOfMeasure: UnitOfMeasure | UnsetType = UNSET


class MeterValue(Message, frozen=True, kw_only=True):
    sampledValue: Annotated[tuple[SampledValue, ...], Meta(min_length=1)]
    timestamp: str
    customData: CustomData | UnsetType = UNSET


class VariableMonitoring(Message, frozen=True, kw_only=True):
    id: int
    transaction: bool
    value: float
    type: Monitor
    severity: int
    customData: CustomData | UnsetType = UNSET


class MonitoringData(Message, frozen=True, kw_only=True):
    component: Component
    variable: Variable
    variableMonitoring: Annotated[tuple[VariableMonitoring, ...], Meta(min_length=1)]
    customData: CustomData | UnsetType = UNSET


class VPN(Message, frozen=True, kw_only=True):
    server: Annotated[str, Meta(max_length=512)]
    user: Annotated[str, Meta(max_length=20)]
    password: Annotated[str, Meta(max_length=20)]
    key: Annotated[str, Meta(max_length=255)]
    type: VPNEnum
    customData: CustomData | UnsetType = UNSET
    group: Annotated[str, Meta(max_length=20)] | UnsetType = UNSET


class NetworkConnectionProfile(Message, frozen=True, kw_only=True):
    ocppVersion: OCPPVersion
    ocppTransport: OCPPTransport
    ocppCsmsUrl: Annotated[str, Meta(max_length=512)]
    messageTimeout: int
    securityProfile: int
    ocppInterface: OCPPInterface
    customData: CustomData | UnsetType = UNSET
    apn: APN | UnsetType = UNSET
    vpn: VPN | UnsetType = UNSET


class OCSPRequestData(Message, frozen=True, kw_only=True):
    hashAlgorithm: HashAlgorithm
    issuerNameHash: Annotated[str, Meta(max_length=128)]
    issuerKeyHash: Annotated[str, Meta(max_length=128)]
    serialNumber: Annotated[str, Meta(max_length=40)]
    responderURL: Annotated[str, Meta(max_length=512)]
    customData: CustomData | UnsetType = UNSET


class VariableAttribute(Message, frozen=True, kw_only=True):
    customData: CustomData | UnsetType = UNSET
    type: Attribute | UnsetType = UNSET
    value: Annotated[str, Meta(max_length=2500)] | UnsetType = UNSET
    mutability: Mutability | UnsetType = UNSET
    persistent: bool | UnsetType = UNSET
    constant: bool | UnsetType = UNSET


class VariableCharacteristics(Message, frozen=True, kw_only=True):
    dataType: Data
    supportsMonitoring: bool
    customData: CustomData | UnsetType = UNSET
    unit: Annotated[str, Meta(max_length=16)] | UnsetType = UNSET
    minLimit: float | UnsetType = UNSET
    maxLimit: float | UnsetType = UNSET
    valuesList: Annotated[str, Meta(max_length=1000)] | UnsetType = UNSET


class ReportData(Message, frozen=True, kw_only=True):
    component: Component
    variable: Variable
    variableAttribute: Annotated[tuple[VariableAttribute, ...], Meta(min_length=1, max_length=4)]
    customData: CustomData | UnsetType = UNSET
    variableCharacteristics: VariableCharacteristics | UnsetType = UNSET


class SetMonitoringData(Message, frozen=True, kw_only=True):
    value: float
    type: Monitor
    severity: int
    component: Component
    variable: Variable
    customData: CustomData | UnsetType = UNSET
    id: int | UnsetType = UNSET
    transaction: bool | UnsetType = UNSET


class SetMonitoringResult(Message, frozen=True, kw_only=True):
    status: SetMonitoringStatus
    type: Monitor
    component: Component
    variable: Variable
    severity: int
    customData: CustomData | UnsetType = UNSET
    id: int | UnsetType = UNSET
    statusInfo: StatusInfo | UnsetType = UNSET


class SetVariableData(Message, frozen=True, kw_only=True):
    attributeValue: Annotated[str, Meta(max_length=1000)]
    component: Component
    variable: Variable
    customData: CustomData | UnsetType = UNSET
    attributeType: Attribute | UnsetType = UNSET


class SetVariableResult(Message, frozen=True, kw_only=True):
    attributeStatus: SetVariableStatus
    component: Component
    variable: Variable
    customData: CustomData | UnsetType = UNSET
    attributeType: Attribute | UnsetType = UNSET
    attributeStatusInfo: StatusInfo | UnsetType = UNSET


class Transaction(Message, frozen=True, kw_only=True):
    transactionId: Annotated[str, Meta(max_length=36)]
    customData: CustomData | UnsetType = UNSET
    chargingState: ChargingState | UnsetType = UNSET
    timeSpentCharging: int | UnsetType = UNSET
    stoppedReason: Reason | UnsetType = UNSET
    remoteStartId: int | UnsetType = UNSET
