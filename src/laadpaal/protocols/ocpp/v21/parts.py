"""The parts of OCPP 2.1; made by scripts/messages from the official schemas."""

from __future__ import annotations

from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from laadpaal.protocols.ocpp.message import CustomData, Message
from laadpaal.protocols.ocpp.v21.words import (
    APNAuthentication,
    Attribute,
    AuthorizationStatus,
    CertificateStatusEnum,
    CertificateStatusSource,
    ChargingProfileKind,
    ChargingProfilePurpose,
    ChargingRateUnit,
    ChargingState,
    ClearMonitoringStatus,
    ControlMode,
    CostDimensionEnum,
    CostKind,
    Data,
    DayOfWeek,
    DERControl,
    DERUnit,
    EnergyTransferMode,
    EventNotification,
    EventTrigger,
    EvseKind,
    GetCertificateIdUse,
    GetVariableStatus,
    HashAlgorithm,
    IslandingDetection,
    Location,
    Measurand,
    MessageFormat,
    MessagePriority,
    MessageState,
    MobilityNeedsMode,
    Monitor,
    Mutability,
    OCPPInterface,
    OCPPTransport,
    OCPPVersion,
    OperationMode,
    Phase,
    PowerDuringCessation,
    ReadingContext,
    Reason,
    RecurrencyKind,
    SetMonitoringStatus,
    SetVariableStatus,
    TariffClearStatus,
    TariffCost,
    TariffKind,
    VPNEnum,
)


class ACChargingParameters(Message, frozen=True, kw_only=True):
    energyAmount: float
    evMinCurrent: float
    evMaxCurrent: float
    evMaxVoltage: float
    customData: CustomData | UnsetType = UNSET


class APN(Message, frozen=True, kw_only=True):
    apn: Annotated[str, Meta(max_length=2000)]
    apnAuthentication: APNAuthentication
    apnUserName: Annotated[str, Meta(max_length=50)] | UnsetType = UNSET
    apnPassword: Annotated[str, Meta(max_length=64)] | UnsetType = UNSET
    simPin: int | UnsetType = UNSET
    preferredNetwork: Annotated[str, Meta(max_length=6)] | UnsetType = UNSET
    useOnlyPreferredNetwork: bool | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class RationalNumber(Message, frozen=True, kw_only=True):
    exponent: int
    value: int
    customData: CustomData | UnsetType = UNSET


class AdditionalSelectedServices(Message, frozen=True, kw_only=True):
    serviceFee: RationalNumber
    serviceName: Annotated[str, Meta(max_length=80)]
    customData: CustomData | UnsetType = UNSET


class OverstayRule(Message, frozen=True, kw_only=True):
    overstayFee: RationalNumber
    startTime: int
    overstayFeePeriod: int
    overstayRuleDescription: Annotated[str, Meta(max_length=32)] | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class OverstayRuleList(Message, frozen=True, kw_only=True):
    overstayRule: Annotated[tuple[OverstayRule, ...], Meta(min_length=1, max_length=5)]
    overstayPowerThreshold: RationalNumber | UnsetType = UNSET
    overstayTimeThreshold: int | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class PriceRule(Message, frozen=True, kw_only=True):
    energyFee: RationalNumber
    powerRangeStart: RationalNumber
    parkingFeePeriod: int | UnsetType = UNSET
    carbonDioxideEmission: Annotated[int, Meta(ge=0)] | UnsetType = UNSET
    renewableGenerationPercentage: Annotated[int, Meta(ge=0, le=100)] | UnsetType = UNSET
    parkingFee: RationalNumber | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class PriceRuleStack(Message, frozen=True, kw_only=True):
    duration: int
    priceRule: Annotated[tuple[PriceRule, ...], Meta(min_length=1, max_length=8)]
    customData: CustomData | UnsetType = UNSET


class TaxRule(Message, frozen=True, kw_only=True):
    taxRuleID: Annotated[int, Meta(ge=0)]
    appliesToEnergyFee: bool
    appliesToParkingFee: bool
    appliesToOverstayFee: bool
    appliesToMinimumMaximumCost: bool
    taxRate: RationalNumber
    taxRuleName: Annotated[str, Meta(max_length=100)] | UnsetType = UNSET
    taxIncludedInPrice: bool | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class AbsolutePriceSchedule(Message, frozen=True, kw_only=True):
    timeAnchor: str
    priceScheduleID: Annotated[int, Meta(ge=0)]
    currency: Annotated[str, Meta(max_length=3)]
    language: Annotated[str, Meta(max_length=8)]
    priceAlgorithm: Annotated[str, Meta(max_length=2000)]
    priceRuleStacks: Annotated[tuple[PriceRuleStack, ...], Meta(min_length=1, max_length=1024)]
    priceScheduleDescription: Annotated[str, Meta(max_length=160)] | UnsetType = UNSET
    minimumCost: RationalNumber | UnsetType = UNSET
    maximumCost: RationalNumber | UnsetType = UNSET
    taxRules: Annotated[tuple[TaxRule, ...], Meta(min_length=1, max_length=10)] | UnsetType = UNSET
    overstayRuleList: OverstayRuleList | UnsetType = UNSET
    additionalSelectedServices: (
        Annotated[tuple[AdditionalSelectedServices, ...], Meta(min_length=1, max_length=5)]
        | UnsetType
    ) = UNSET
    customData: CustomData | UnsetType = UNSET


class AdditionalInfo(Message, frozen=True, kw_only=True):
    additionalIdToken: Annotated[str, Meta(max_length=255)]
    type: Annotated[str, Meta(max_length=50)]
    customData: CustomData | UnsetType = UNSET


class Address(Message, frozen=True, kw_only=True):
    name: Annotated[str, Meta(max_length=50)]
    address1: Annotated[str, Meta(max_length=100)]
    city: Annotated[str, Meta(max_length=100)]
    country: Annotated[str, Meta(max_length=50)]
    address2: Annotated[str, Meta(max_length=100)] | UnsetType = UNSET
    postalCode: Annotated[str, Meta(max_length=20)] | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class IdToken(Message, frozen=True, kw_only=True):
    idToken: Annotated[str, Meta(max_length=255)]
    type: Annotated[str, Meta(max_length=20)]
    additionalInfo: Annotated[tuple[AdditionalInfo, ...], Meta(min_length=1)] | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class MessageContent(Message, frozen=True, kw_only=True):
    format: MessageFormat
    content: Annotated[str, Meta(max_length=1024)]
    language: Annotated[str, Meta(max_length=8)] | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class IdTokenInfo(Message, frozen=True, kw_only=True):
    status: AuthorizationStatus
    cacheExpiryDateTime: str | UnsetType = UNSET
    chargingPriority: int | UnsetType = UNSET
    groupIdToken: IdToken | UnsetType = UNSET
    language1: Annotated[str, Meta(max_length=8)] | UnsetType = UNSET
    language2: Annotated[str, Meta(max_length=8)] | UnsetType = UNSET
    evseId: Annotated[tuple[Annotated[int, Meta(ge=0)], ...], Meta(min_length=1)] | UnsetType = (
        UNSET
    )
    personalMessage: MessageContent | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class AuthorizationData(Message, frozen=True, kw_only=True):
    idToken: IdToken
    idTokenInfo: IdTokenInfo | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class BatteryData(Message, frozen=True, kw_only=True):
    evseId: Annotated[int, Meta(ge=0)]
    serialNumber: Annotated[str, Meta(max_length=50)]
    soC: Annotated[float, Meta(ge=0.0, le=100.0)]
    soH: Annotated[float, Meta(ge=0.0, le=100.0)]
    productionDate: str | UnsetType = UNSET
    vendorInfo: Annotated[str, Meta(max_length=500)] | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class CertificateHashData(Message, frozen=True, kw_only=True):
    hashAlgorithm: HashAlgorithm
    issuerNameHash: Annotated[str, Meta(max_length=128)]
    issuerKeyHash: Annotated[str, Meta(max_length=128)]
    serialNumber: Annotated[str, Meta(max_length=40)]
    customData: CustomData | UnsetType = UNSET


class CertificateHashDataChain(Message, frozen=True, kw_only=True):
    certificateHashData: CertificateHashData
    certificateType: GetCertificateIdUse
    childCertificateHashData: (
        Annotated[tuple[CertificateHashData, ...], Meta(min_length=1, max_length=4)] | UnsetType
    ) = UNSET
    customData: CustomData | UnsetType = UNSET


class CertificateStatus(Message, frozen=True, kw_only=True):
    certificateHashData: CertificateHashData
    source: CertificateStatusSource
    status: CertificateStatusEnum
    nextUpdate: str
    customData: CustomData | UnsetType = UNSET


class CertificateStatusRequestInfo(Message, frozen=True, kw_only=True):
    certificateHashData: CertificateHashData
    source: CertificateStatusSource
    urls: Annotated[
        tuple[Annotated[str, Meta(max_length=2000)], ...], Meta(min_length=1, max_length=5)
    ]
    customData: CustomData | UnsetType = UNSET


class ChargingLimit(Message, frozen=True, kw_only=True):
    chargingLimitSource: Annotated[str, Meta(max_length=20)]
    isLocalGeneration: bool | UnsetType = UNSET
    isGridCritical: bool | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class DCChargingParameters(Message, frozen=True, kw_only=True):
    evMaxCurrent: float
    evMaxVoltage: float
    evMaxPower: float | UnsetType = UNSET
    evEnergyCapacity: float | UnsetType = UNSET
    energyAmount: float | UnsetType = UNSET
    stateOfCharge: Annotated[int, Meta(ge=0, le=100)] | UnsetType = UNSET
    fullSoC: Annotated[int, Meta(ge=0, le=100)] | UnsetType = UNSET
    bulkSoC: Annotated[int, Meta(ge=0, le=100)] | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class DERChargingParameters(Message, frozen=True, kw_only=True):
    evSupportedDERControl: Annotated[tuple[DERControl, ...], Meta(min_length=1)] | UnsetType = UNSET
    evOverExcitedMaxDischargePower: float | UnsetType = UNSET
    evOverExcitedPowerFactor: float | UnsetType = UNSET
    evUnderExcitedMaxDischargePower: float | UnsetType = UNSET
    evUnderExcitedPowerFactor: float | UnsetType = UNSET
    maxApparentPower: float | UnsetType = UNSET
    maxChargeApparentPower: float | UnsetType = UNSET
    maxChargeApparentPower_L2: float | UnsetType = UNSET
    maxChargeApparentPower_L3: float | UnsetType = UNSET
    maxDischargeApparentPower: float | UnsetType = UNSET
    maxDischargeApparentPower_L2: float | UnsetType = UNSET
    maxDischargeApparentPower_L3: float | UnsetType = UNSET
    maxChargeReactivePower: float | UnsetType = UNSET
    maxChargeReactivePower_L2: float | UnsetType = UNSET
    maxChargeReactivePower_L3: float | UnsetType = UNSET
    minChargeReactivePower: float | UnsetType = UNSET
    minChargeReactivePower_L2: float | UnsetType = UNSET
    minChargeReactivePower_L3: float | UnsetType = UNSET
    maxDischargeReactivePower: float | UnsetType = UNSET
    maxDischargeReactivePower_L2: float | UnsetType = UNSET
    maxDischargeReactivePower_L3: float | UnsetType = UNSET
    minDischargeReactivePower: float | UnsetType = UNSET
    minDischargeReactivePower_L2: float | UnsetType = UNSET
    minDischargeReactivePower_L3: float | UnsetType = UNSET
    nominalVoltage: float | UnsetType = UNSET
    nominalVoltageOffset: float | UnsetType = UNSET
    maxNominalVoltage: float | UnsetType = UNSET
    minNominalVoltage: float | UnsetType = UNSET
    evInverterManufacturer: Annotated[str, Meta(max_length=50)] | UnsetType = UNSET
    evInverterModel: Annotated[str, Meta(max_length=50)] | UnsetType = UNSET
    evInverterSerialNumber: Annotated[str, Meta(max_length=50)] | UnsetType = UNSET
    evInverterSwVersion: Annotated[str, Meta(max_length=50)] | UnsetType = UNSET
    evInverterHwVersion: Annotated[str, Meta(max_length=50)] | UnsetType = UNSET
    evIslandingDetectionMethod: (
        Annotated[tuple[IslandingDetection, ...], Meta(min_length=1)] | UnsetType
    ) = UNSET
    evIslandingTripTime: float | UnsetType = UNSET
    evMaximumLevel1DCInjection: float | UnsetType = UNSET
    evDurationLevel1DCInjection: float | UnsetType = UNSET
    evMaximumLevel2DCInjection: float | UnsetType = UNSET
    evDurationLevel2DCInjection: float | UnsetType = UNSET
    evReactiveSusceptance: float | UnsetType = UNSET
    evSessionTotalDischargeEnergyAvailable: float | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class EVPriceRule(Message, frozen=True, kw_only=True):
    energyFee: float
    powerRangeStart: float
    customData: CustomData | UnsetType = UNSET


class EVAbsolutePriceScheduleEntry(Message, frozen=True, kw_only=True):
    duration: int
    evPriceRule: Annotated[tuple[EVPriceRule, ...], Meta(min_length=1, max_length=8)]
    customData: CustomData | UnsetType = UNSET


class EVAbsolutePriceSchedule(Message, frozen=True, kw_only=True):
    timeAnchor: str
    currency: Annotated[str, Meta(max_length=3)]
    evAbsolutePriceScheduleEntries: Annotated[
        tuple[EVAbsolutePriceScheduleEntry, ...], Meta(min_length=1, max_length=1024)
    ]
    priceAlgorithm: Annotated[str, Meta(max_length=2000)]
    customData: CustomData | UnsetType = UNSET


class EVPowerScheduleEntry(Message, frozen=True, kw_only=True):
    duration: int
    power: float
    customData: CustomData | UnsetType = UNSET


class EVPowerSchedule(Message, frozen=True, kw_only=True):
    evPowerScheduleEntries: Annotated[
        tuple[EVPowerScheduleEntry, ...], Meta(min_length=1, max_length=1024)
    ]
    timeAnchor: str
    customData: CustomData | UnsetType = UNSET


class EVEnergyOffer(Message, frozen=True, kw_only=True):
    evPowerSchedule: EVPowerSchedule
    evAbsolutePriceSchedule: EVAbsolutePriceSchedule | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class V2XChargingParameters(Message, frozen=True, kw_only=True):
    minChargePower: float | UnsetType = UNSET
    minChargePower_L2: float | UnsetType = UNSET
    minChargePower_L3: float | UnsetType = UNSET
    maxChargePower: float | UnsetType = UNSET
    maxChargePower_L2: float | UnsetType = UNSET
    maxChargePower_L3: float | UnsetType = UNSET
    minDischargePower: float | UnsetType = UNSET
    minDischargePower_L2: float | UnsetType = UNSET
    minDischargePower_L3: float | UnsetType = UNSET
    maxDischargePower: float | UnsetType = UNSET
    maxDischargePower_L2: float | UnsetType = UNSET
    maxDischargePower_L3: float | UnsetType = UNSET
    minChargeCurrent: float | UnsetType = UNSET
    maxChargeCurrent: float | UnsetType = UNSET
    minDischargeCurrent: float | UnsetType = UNSET
    maxDischargeCurrent: float | UnsetType = UNSET
    minVoltage: float | UnsetType = UNSET
    maxVoltage: float | UnsetType = UNSET
    evTargetEnergyRequest: float | UnsetType = UNSET
    evMinEnergyRequest: float | UnsetType = UNSET
    evMaxEnergyRequest: float | UnsetType = UNSET
    evMinV2XEnergyRequest: float | UnsetType = UNSET
    evMaxV2XEnergyRequest: float | UnsetType = UNSET
    targetSoC: Annotated[int, Meta(ge=0, le=100)] | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class ChargingNeeds(Message, frozen=True, kw_only=True):
    requestedEnergyTransfer: EnergyTransferMode
    acChargingParameters: ACChargingParameters | UnsetType = UNSET
    derChargingParameters: DERChargingParameters | UnsetType = UNSET
    evEnergyOffer: EVEnergyOffer | UnsetType = UNSET
    dcChargingParameters: DCChargingParameters | UnsetType = UNSET
    v2xChargingParameters: V2XChargingParameters | UnsetType = UNSET
    availableEnergyTransfer: (
        Annotated[tuple[EnergyTransferMode, ...], Meta(min_length=1)] | UnsetType
    ) = UNSET
    controlMode: ControlMode | UnsetType = UNSET
    mobilityNeedsMode: MobilityNeedsMode | UnsetType = UNSET
    departureTime: str | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class CostDimension(Message, frozen=True, kw_only=True):
    type: CostDimensionEnum
    volume: float
    customData: CustomData | UnsetType = UNSET


class ChargingPeriod(Message, frozen=True, kw_only=True):
    startPeriod: str
    dimensions: Annotated[tuple[CostDimension, ...], Meta(min_length=1)] | UnsetType = UNSET
    tariffId: Annotated[str, Meta(max_length=60)] | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class V2XFreqWattPoint(Message, frozen=True, kw_only=True):
    frequency: float
    power: float
    customData: CustomData | UnsetType = UNSET


class V2XSignalWattPoint(Message, frozen=True, kw_only=True):
    signal: int
    power: float
    customData: CustomData | UnsetType = UNSET


class ChargingSchedulePeriod(Message, frozen=True, kw_only=True):
    startPeriod: int
    limit: float | UnsetType = UNSET
    limit_L2: float | UnsetType = UNSET
    limit_L3: float | UnsetType = UNSET
    numberPhases: Annotated[int, Meta(ge=0, le=3)] | UnsetType = UNSET
    phaseToUse: Annotated[int, Meta(ge=0, le=3)] | UnsetType = UNSET
    dischargeLimit: Annotated[float, Meta(le=0.0)] | UnsetType = UNSET
    dischargeLimit_L2: Annotated[float, Meta(le=0.0)] | UnsetType = UNSET
    dischargeLimit_L3: Annotated[float, Meta(le=0.0)] | UnsetType = UNSET
    setpoint: float | UnsetType = UNSET
    setpoint_L2: float | UnsetType = UNSET
    setpoint_L3: float | UnsetType = UNSET
    setpointReactive: float | UnsetType = UNSET
    setpointReactive_L2: float | UnsetType = UNSET
    setpointReactive_L3: float | UnsetType = UNSET
    preconditioningRequest: bool | UnsetType = UNSET
    evseSleep: bool | UnsetType = UNSET
    v2xBaseline: float | UnsetType = UNSET
    operationMode: OperationMode | UnsetType = UNSET
    v2xFreqWattCurve: (
        Annotated[tuple[V2XFreqWattPoint, ...], Meta(min_length=1, max_length=20)] | UnsetType
    ) = UNSET
    v2xSignalWattCurve: (
        Annotated[tuple[V2XSignalWattPoint, ...], Meta(min_length=1, max_length=20)] | UnsetType
    ) = UNSET
    customData: CustomData | UnsetType = UNSET


class LimitAtSoC(Message, frozen=True, kw_only=True):
    soc: Annotated[int, Meta(ge=0, le=100)]
    limit: float
    customData: CustomData | UnsetType = UNSET


class PriceLevelScheduleEntry(Message, frozen=True, kw_only=True):
    duration: int
    priceLevel: Annotated[int, Meta(ge=0)]
    customData: CustomData | UnsetType = UNSET


class PriceLevelSchedule(Message, frozen=True, kw_only=True):
    priceLevelScheduleEntries: Annotated[
        tuple[PriceLevelScheduleEntry, ...], Meta(min_length=1, max_length=100)
    ]
    timeAnchor: str
    priceScheduleId: Annotated[int, Meta(ge=0)]
    numberOfPriceLevels: Annotated[int, Meta(ge=0)]
    priceScheduleDescription: Annotated[str, Meta(max_length=32)] | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class Cost(Message, frozen=True, kw_only=True):
    costKind: CostKind
    amount: int
    amountMultiplier: int | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class ConsumptionCost(Message, frozen=True, kw_only=True):
    startValue: float
    cost: Annotated[tuple[Cost, ...], Meta(min_length=1, max_length=3)]
    customData: CustomData | UnsetType = UNSET


class RelativeTimeInterval(Message, frozen=True, kw_only=True):
    start: int
    duration: int | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class SalesTariffEntry(Message, frozen=True, kw_only=True):
    relativeTimeInterval: RelativeTimeInterval
    ePriceLevel: Annotated[int, Meta(ge=0)] | UnsetType = UNSET
    consumptionCost: (
        Annotated[tuple[ConsumptionCost, ...], Meta(min_length=1, max_length=3)] | UnsetType
    ) = UNSET
    customData: CustomData | UnsetType = UNSET


class SalesTariff(Message, frozen=True, kw_only=True):
    id: Annotated[int, Meta(ge=0)]
    salesTariffEntry: Annotated[tuple[SalesTariffEntry, ...], Meta(min_length=1, max_length=1024)]
    salesTariffDescription: Annotated[str, Meta(max_length=32)] | UnsetType = UNSET
    numEPriceLevels: Annotated[int, Meta(ge=0)] | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class ChargingSchedule(Message, frozen=True, kw_only=True):
    id: int
    chargingRateUnit: ChargingRateUnit
    chargingSchedulePeriod: Annotated[
        tuple[ChargingSchedulePeriod, ...], Meta(min_length=1, max_length=1024)
    ]
    limitAtSoC: LimitAtSoC | UnsetType = UNSET
    startSchedule: str | UnsetType = UNSET
    duration: int | UnsetType = UNSET
    minChargingRate: float | UnsetType = UNSET
    powerTolerance: float | UnsetType = UNSET
    signatureId: Annotated[int, Meta(ge=0)] | UnsetType = UNSET
    digestValue: Annotated[str, Meta(max_length=88)] | UnsetType = UNSET
    useLocalTime: bool | UnsetType = UNSET
    randomizedDelay: Annotated[int, Meta(ge=0)] | UnsetType = UNSET
    salesTariff: SalesTariff | UnsetType = UNSET
    absolutePriceSchedule: AbsolutePriceSchedule | UnsetType = UNSET
    priceLevelSchedule: PriceLevelSchedule | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class ChargingProfile(Message, frozen=True, kw_only=True):
    id: int
    stackLevel: Annotated[int, Meta(ge=0)]
    chargingProfilePurpose: ChargingProfilePurpose
    chargingProfileKind: ChargingProfileKind
    chargingSchedule: Annotated[tuple[ChargingSchedule, ...], Meta(min_length=1, max_length=3)]
    recurrencyKind: RecurrencyKind | UnsetType = UNSET
    validFrom: str | UnsetType = UNSET
    validTo: str | UnsetType = UNSET
    transactionId: Annotated[str, Meta(max_length=36)] | UnsetType = UNSET
    maxOfflineDuration: int | UnsetType = UNSET
    invalidAfterOfflineDuration: bool | UnsetType = UNSET
    dynUpdateInterval: int | UnsetType = UNSET
    dynUpdateTime: str | UnsetType = UNSET
    priceScheduleSignature: Annotated[str, Meta(max_length=256)] | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class ChargingProfileCriterion(Message, frozen=True, kw_only=True):
    chargingProfilePurpose: ChargingProfilePurpose | UnsetType = UNSET
    stackLevel: Annotated[int, Meta(ge=0)] | UnsetType = UNSET
    chargingProfileId: Annotated[tuple[int, ...], Meta(min_length=1)] | UnsetType = UNSET
    chargingLimitSource: (
        Annotated[tuple[Annotated[str, Meta(max_length=20)], ...], Meta(min_length=1, max_length=4)]
        | UnsetType
    ) = UNSET
    customData: CustomData | UnsetType = UNSET


class ChargingScheduleUpdate(Message, frozen=True, kw_only=True):
    limit: float | UnsetType = UNSET
    limit_L2: float | UnsetType = UNSET
    limit_L3: float | UnsetType = UNSET
    dischargeLimit: Annotated[float, Meta(le=0.0)] | UnsetType = UNSET
    dischargeLimit_L2: Annotated[float, Meta(le=0.0)] | UnsetType = UNSET
    dischargeLimit_L3: Annotated[float, Meta(le=0.0)] | UnsetType = UNSET
    setpoint: float | UnsetType = UNSET
    setpoint_L2: float | UnsetType = UNSET
    setpoint_L3: float | UnsetType = UNSET
    setpointReactive: float | UnsetType = UNSET
    setpointReactive_L2: float | UnsetType = UNSET
    setpointReactive_L3: float | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class Modem(Message, frozen=True, kw_only=True):
    iccid: Annotated[str, Meta(max_length=20)] | UnsetType = UNSET
    imsi: Annotated[str, Meta(max_length=20)] | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class ChargingStation(Message, frozen=True, kw_only=True):
    model: Annotated[str, Meta(max_length=20)]
    vendorName: Annotated[str, Meta(max_length=50)]
    serialNumber: Annotated[str, Meta(max_length=25)] | UnsetType = UNSET
    modem: Modem | UnsetType = UNSET
    firmwareVersion: Annotated[str, Meta(max_length=50)] | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class ClearChargingProfileType(Message, frozen=True, kw_only=True):
    evseId: Annotated[int, Meta(ge=0)] | UnsetType = UNSET
    chargingProfilePurpose: ChargingProfilePurpose | UnsetType = UNSET
    stackLevel: Annotated[int, Meta(ge=0)] | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class StatusInfo(Message, frozen=True, kw_only=True):
    reasonCode: Annotated[str, Meta(max_length=20)]
    additionalInfo: Annotated[str, Meta(max_length=1024)] | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class ClearMonitoringResult(Message, frozen=True, kw_only=True):
    status: ClearMonitoringStatus
    id: Annotated[int, Meta(ge=0)]
    statusInfo: StatusInfo | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class ClearTariffsResult(Message, frozen=True, kw_only=True):
    status: TariffClearStatus
    statusInfo: StatusInfo | UnsetType = UNSET
    tariffId: Annotated[str, Meta(max_length=60)] | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class EVSE(Message, frozen=True, kw_only=True):
    id: Annotated[int, Meta(ge=0)]
    connectorId: Annotated[int, Meta(ge=0)] | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class Component(Message, frozen=True, kw_only=True):
    name: Annotated[str, Meta(max_length=50)]
    evse: EVSE | UnsetType = UNSET
    instance: Annotated[str, Meta(max_length=50)] | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class Variable(Message, frozen=True, kw_only=True):
    name: Annotated[str, Meta(max_length=50)]
    instance: Annotated[str, Meta(max_length=50)] | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class ComponentVariable(Message, frozen=True, kw_only=True):
    component: Component
    variable: Variable | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class CompositeSchedule(Message, frozen=True, kw_only=True):
    evseId: Annotated[int, Meta(ge=0)]
    duration: int
    scheduleStart: str
    chargingRateUnit: ChargingRateUnit
    chargingSchedulePeriod: Annotated[tuple[ChargingSchedulePeriod, ...], Meta(min_length=1)]
    customData: CustomData | UnsetType = UNSET


class PeriodicEventStreamParams(Message, frozen=True, kw_only=True):
    interval: Annotated[int, Meta(ge=0)] | UnsetType = UNSET
    values: Annotated[int, Meta(ge=0)] | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class ConstantStreamData(Message, frozen=True, kw_only=True):
    id: Annotated[int, Meta(ge=0)]
    params: PeriodicEventStreamParams
    variableMonitoringId: Annotated[int, Meta(ge=0)]
    customData: CustomData | UnsetType = UNSET


class TaxRate(Message, frozen=True, kw_only=True):
    type: Annotated[str, Meta(max_length=20)]
    tax: float
    stack: Annotated[int, Meta(ge=0)] | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class Price(Message, frozen=True, kw_only=True):
    exclTax: float | UnsetType = UNSET
    inclTax: float | UnsetType = UNSET
    taxRates: Annotated[tuple[TaxRate, ...], Meta(min_length=1, max_length=5)] | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class TotalPrice(Message, frozen=True, kw_only=True):
    exclTax: float | UnsetType = UNSET
    inclTax: float | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class TotalCost(Message, frozen=True, kw_only=True):
    currency: Annotated[str, Meta(max_length=3)]
    typeOfCost: TariffCost
    total: TotalPrice
    fixed: Price | UnsetType = UNSET
    energy: Price | UnsetType = UNSET
    chargingTime: Price | UnsetType = UNSET
    idleTime: Price | UnsetType = UNSET
    reservationTime: Price | UnsetType = UNSET
    reservationFixed: Price | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class TotalUsage(Message, frozen=True, kw_only=True):
    energy: float
    chargingTime: int
    idleTime: int
    reservationTime: int | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class CostDetails(Message, frozen=True, kw_only=True):
    totalCost: TotalCost
    totalUsage: TotalUsage
    chargingPeriods: Annotated[tuple[ChargingPeriod, ...], Meta(min_length=1)] | UnsetType = UNSET
    failureToCalculate: bool | UnsetType = UNSET
    failureReason: Annotated[str, Meta(max_length=500)] | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class DERCurvePoints(Message, frozen=True, kw_only=True):
    x: float
    y: float
    customData: CustomData | UnsetType = UNSET


class Hysteresis(Message, frozen=True, kw_only=True):
    hysteresisHigh: float | UnsetType = UNSET
    hysteresisLow: float | UnsetType = UNSET
    hysteresisDelay: float | UnsetType = UNSET
    hysteresisGradient: float | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class ReactivePowerParams(Message, frozen=True, kw_only=True):
    vRef: float | UnsetType = UNSET
    autonomousVRefEnable: bool | UnsetType = UNSET
    autonomousVRefTimeConstant: float | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class VoltageParams(Message, frozen=True, kw_only=True):
    hv10MinMeanValue: float | UnsetType = UNSET
    hv10MinMeanTripDelay: float | UnsetType = UNSET
    powerDuringCessation: PowerDuringCessation | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class DERCurve(Message, frozen=True, kw_only=True):
    curveData: Annotated[tuple[DERCurvePoints, ...], Meta(min_length=1, max_length=10)]
    priority: Annotated[int, Meta(ge=0)]
    yUnit: DERUnit
    hysteresis: Hysteresis | UnsetType = UNSET
    reactivePowerParams: ReactivePowerParams | UnsetType = UNSET
    voltageParams: VoltageParams | UnsetType = UNSET
    responseTime: float | UnsetType = UNSET
    startTime: str | UnsetType = UNSET
    duration: float | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class DERCurveGet(Message, frozen=True, kw_only=True):
    curve: DERCurve
    id: Annotated[str, Meta(max_length=36)]
    curveType: DERControl
    isDefault: bool
    isSuperseded: bool
    customData: CustomData | UnsetType = UNSET


class EnterService(Message, frozen=True, kw_only=True):
    priority: Annotated[int, Meta(ge=0)]
    highVoltage: float
    lowVoltage: float
    highFreq: float
    lowFreq: float
    delay: float | UnsetType = UNSET
    randomDelay: float | UnsetType = UNSET
    rampRate: float | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class EnterServiceGet(Message, frozen=True, kw_only=True):
    enterService: EnterService
    id: Annotated[str, Meta(max_length=36)]
    customData: CustomData | UnsetType = UNSET


class EventData(Message, frozen=True, kw_only=True):
    eventId: Annotated[int, Meta(ge=0)]
    timestamp: str
    trigger: EventTrigger
    actualValue: Annotated[str, Meta(max_length=2500)]
    component: Component
    eventNotificationType: EventNotification
    variable: Variable
    cause: Annotated[int, Meta(ge=0)] | UnsetType = UNSET
    techCode: Annotated[str, Meta(max_length=50)] | UnsetType = UNSET
    techInfo: Annotated[str, Meta(max_length=500)] | UnsetType = UNSET
    cleared: bool | UnsetType = UNSET
    transactionId: Annotated[str, Meta(max_length=36)] | UnsetType = UNSET
    variableMonitoringId: Annotated[int, Meta(ge=0)] | UnsetType = UNSET
    severity: Annotated[int, Meta(ge=0)] | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class Firmware(Message, frozen=True, kw_only=True):
    location: Annotated[str, Meta(max_length=2000)]
    retrieveDateTime: str
    installDateTime: str | UnsetType = UNSET
    signingCertificate: Annotated[str, Meta(max_length=5500)] | UnsetType = UNSET
    signature: Annotated[str, Meta(max_length=800)] | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class FixedPF(Message, frozen=True, kw_only=True):
    priority: Annotated[int, Meta(ge=0)]
    displacement: float
    excitation: bool
    startTime: str | UnsetType = UNSET
    duration: float | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class FixedPFGet(Message, frozen=True, kw_only=True):
    fixedPF: FixedPF
    id: Annotated[str, Meta(max_length=36)]
    isDefault: bool
    isSuperseded: bool
    customData: CustomData | UnsetType = UNSET


class FixedVar(Message, frozen=True, kw_only=True):
    priority: Annotated[int, Meta(ge=0)]
    setpoint: float
    unit: DERUnit
    startTime: str | UnsetType = UNSET
    duration: float | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class FixedVarGet(Message, frozen=True, kw_only=True):
    fixedVar: FixedVar
    id: Annotated[str, Meta(max_length=36)]
    isDefault: bool
    isSuperseded: bool
    customData: CustomData | UnsetType = UNSET


class FreqDroop(Message, frozen=True, kw_only=True):
    priority: Annotated[int, Meta(ge=0)]
    overFreq: float
    underFreq: float
    overDroop: float
    underDroop: float
    responseTime: float
    startTime: str | UnsetType = UNSET
    duration: float | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class FreqDroopGet(Message, frozen=True, kw_only=True):
    freqDroop: FreqDroop
    id: Annotated[str, Meta(max_length=36)]
    isDefault: bool
    isSuperseded: bool
    customData: CustomData | UnsetType = UNSET


class GetVariableData(Message, frozen=True, kw_only=True):
    component: Component
    variable: Variable
    attributeType: Attribute | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class GetVariableResult(Message, frozen=True, kw_only=True):
    attributeStatus: GetVariableStatus
    component: Component
    variable: Variable
    attributeStatusInfo: StatusInfo | UnsetType = UNSET
    attributeType: Attribute | UnsetType = UNSET
    attributeValue: Annotated[str, Meta(max_length=2500)] | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class Gradient(Message, frozen=True, kw_only=True):
    priority: Annotated[int, Meta(ge=0)]
    gradient: float
    softGradient: float
    customData: CustomData | UnsetType = UNSET


class GradientGet(Message, frozen=True, kw_only=True):
    gradient: Gradient
    id: Annotated[str, Meta(max_length=36)]
    customData: CustomData | UnsetType = UNSET


class LimitMaxDischarge(Message, frozen=True, kw_only=True):
    priority: Annotated[int, Meta(ge=0)]
    pctMaxDischargePower: float | UnsetType = UNSET
    powerMonitoringMustTrip: DERCurve | UnsetType = UNSET
    startTime: str | UnsetType = UNSET
    duration: float | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class LimitMaxDischargeGet(Message, frozen=True, kw_only=True):
    id: Annotated[str, Meta(max_length=36)]
    isDefault: bool
    isSuperseded: bool
    limitMaxDischarge: LimitMaxDischarge
    customData: CustomData | UnsetType = UNSET


class LogParameters(Message, frozen=True, kw_only=True):
    remoteLocation: Annotated[str, Meta(max_length=2000)]
    oldestTimestamp: str | UnsetType = UNSET
    latestTimestamp: str | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class MessageInfo(Message, frozen=True, kw_only=True):
    id: Annotated[int, Meta(ge=0)]
    priority: MessagePriority
    message: MessageContent
    display: Component | UnsetType = UNSET
    state: MessageState | UnsetType = UNSET
    startDateTime: str | UnsetType = UNSET
    endDateTime: str | UnsetType = UNSET
    transactionId: Annotated[str, Meta(max_length=36)] | UnsetType = UNSET
    messageExtra: (
        Annotated[tuple[MessageContent, ...], Meta(min_length=1, max_length=4)] | UnsetType
    ) = UNSET
    customData: CustomData | UnsetType = UNSET


class SignedMeterValue(Message, frozen=True, kw_only=True):
    signedMeterData: Annotated[str, Meta(max_length=32768)]
    encodingMethod: Annotated[str, Meta(max_length=50)]
    signingMethod: Annotated[str, Meta(max_length=50)] | UnsetType = UNSET
    publicKey: Annotated[str, Meta(max_length=2500)] | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class UnitOfMeasure(Message, frozen=True, kw_only=True):
    unit: Annotated[str, Meta(max_length=20)] | UnsetType = UNSET
    multiplier: int | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class SampledValue(Message, frozen=True, kw_only=True):
    value: float
    measurand: Measurand | UnsetType = UNSET
    context: ReadingContext | UnsetType = UNSET
    phase: Phase | UnsetType = UNSET
    location: Location | UnsetType = UNSET
    signedMeterValue: SignedMeterValue | UnsetType = UNSET
    unitOfMeasure: UnitOfMeasure | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class MeterValue(Message, frozen=True, kw_only=True):
    sampledValue: Annotated[tuple[SampledValue, ...], Meta(min_length=1)]
    timestamp: str
    customData: CustomData | UnsetType = UNSET


class VariableMonitoring(Message, frozen=True, kw_only=True):
    id: Annotated[int, Meta(ge=0)]
    transaction: bool
    value: float
    type: Monitor
    severity: Annotated[int, Meta(ge=0)]
    eventNotificationType: EventNotification
    customData: CustomData | UnsetType = UNSET


class MonitoringData(Message, frozen=True, kw_only=True):
    component: Component
    variable: Variable
    variableMonitoring: Annotated[tuple[VariableMonitoring, ...], Meta(min_length=1)]
    customData: CustomData | UnsetType = UNSET


class VPN(Message, frozen=True, kw_only=True):
    server: Annotated[str, Meta(max_length=2000)]
    user: Annotated[str, Meta(max_length=50)]
    password: Annotated[str, Meta(max_length=64)]
    key: Annotated[str, Meta(max_length=255)]
    type: VPNEnum
    group: Annotated[str, Meta(max_length=50)] | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class NetworkConnectionProfile(Message, frozen=True, kw_only=True):
    ocppInterface: OCPPInterface
    ocppTransport: OCPPTransport
    messageTimeout: int
    ocppCsmsUrl: Annotated[str, Meta(max_length=2000)]
    securityProfile: Annotated[int, Meta(ge=0)]
    apn: APN | UnsetType = UNSET
    ocppVersion: OCPPVersion | UnsetType = UNSET
    identity: Annotated[str, Meta(max_length=48)] | UnsetType = UNSET
    basicAuthPassword: Annotated[str, Meta(max_length=64)] | UnsetType = UNSET
    vpn: VPN | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class OCSPRequestData(Message, frozen=True, kw_only=True):
    hashAlgorithm: HashAlgorithm
    issuerNameHash: Annotated[str, Meta(max_length=128)]
    issuerKeyHash: Annotated[str, Meta(max_length=128)]
    serialNumber: Annotated[str, Meta(max_length=40)]
    responderURL: Annotated[str, Meta(max_length=2000)]
    customData: CustomData | UnsetType = UNSET


class VariableAttribute(Message, frozen=True, kw_only=True):
    type: Attribute | UnsetType = UNSET
    value: Annotated[str, Meta(max_length=2500)] | UnsetType = UNSET
    mutability: Mutability | UnsetType = UNSET
    persistent: bool | UnsetType = UNSET
    constant: bool | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class VariableCharacteristics(Message, frozen=True, kw_only=True):
    dataType: Data
    supportsMonitoring: bool
    unit: Annotated[str, Meta(max_length=16)] | UnsetType = UNSET
    minLimit: float | UnsetType = UNSET
    maxLimit: float | UnsetType = UNSET
    maxElements: Annotated[int, Meta(ge=1)] | UnsetType = UNSET
    valuesList: Annotated[str, Meta(max_length=1000)] | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class ReportData(Message, frozen=True, kw_only=True):
    component: Component
    variable: Variable
    variableAttribute: Annotated[tuple[VariableAttribute, ...], Meta(min_length=1, max_length=4)]
    variableCharacteristics: VariableCharacteristics | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class SetMonitoringData(Message, frozen=True, kw_only=True):
    value: float
    type: Monitor
    severity: Annotated[int, Meta(ge=0)]
    component: Component
    variable: Variable
    id: Annotated[int, Meta(ge=0)] | UnsetType = UNSET
    periodicEventStream: PeriodicEventStreamParams | UnsetType = UNSET
    transaction: bool | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class SetMonitoringResult(Message, frozen=True, kw_only=True):
    status: SetMonitoringStatus
    type: Monitor
    component: Component
    variable: Variable
    severity: Annotated[int, Meta(ge=0)]
    id: Annotated[int, Meta(ge=0)] | UnsetType = UNSET
    statusInfo: StatusInfo | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class SetVariableData(Message, frozen=True, kw_only=True):
    attributeValue: Annotated[str, Meta(max_length=2500)]
    component: Component
    variable: Variable
    attributeType: Attribute | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class SetVariableResult(Message, frozen=True, kw_only=True):
    attributeStatus: SetVariableStatus
    component: Component
    variable: Variable
    attributeType: Attribute | UnsetType = UNSET
    attributeStatusInfo: StatusInfo | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class StreamDataElement(Message, frozen=True, kw_only=True):
    t: float
    v: Annotated[str, Meta(max_length=2500)]
    customData: CustomData | UnsetType = UNSET


class TariffConditions(Message, frozen=True, kw_only=True):
    startTimeOfDay: str | UnsetType = UNSET
    endTimeOfDay: str | UnsetType = UNSET
    dayOfWeek: Annotated[tuple[DayOfWeek, ...], Meta(min_length=1, max_length=7)] | UnsetType = (
        UNSET
    )
    validFromDate: str | UnsetType = UNSET
    validToDate: str | UnsetType = UNSET
    evseKind: EvseKind | UnsetType = UNSET
    minEnergy: float | UnsetType = UNSET
    maxEnergy: float | UnsetType = UNSET
    minCurrent: float | UnsetType = UNSET
    maxCurrent: float | UnsetType = UNSET
    minPower: float | UnsetType = UNSET
    maxPower: float | UnsetType = UNSET
    minTime: int | UnsetType = UNSET
    maxTime: int | UnsetType = UNSET
    minChargingTime: int | UnsetType = UNSET
    maxChargingTime: int | UnsetType = UNSET
    minIdleTime: int | UnsetType = UNSET
    maxIdleTime: int | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class TariffEnergyPrice(Message, frozen=True, kw_only=True):
    priceKwh: float
    conditions: TariffConditions | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class TariffEnergy(Message, frozen=True, kw_only=True):
    prices: Annotated[tuple[TariffEnergyPrice, ...], Meta(min_length=1)]
    taxRates: Annotated[tuple[TaxRate, ...], Meta(min_length=1, max_length=5)] | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class TariffConditionsFixed(Message, frozen=True, kw_only=True):
    startTimeOfDay: str | UnsetType = UNSET
    endTimeOfDay: str | UnsetType = UNSET
    dayOfWeek: Annotated[tuple[DayOfWeek, ...], Meta(min_length=1, max_length=7)] | UnsetType = (
        UNSET
    )
    validFromDate: str | UnsetType = UNSET
    validToDate: str | UnsetType = UNSET
    evseKind: EvseKind | UnsetType = UNSET
    paymentBrand: Annotated[str, Meta(max_length=20)] | UnsetType = UNSET
    paymentRecognition: Annotated[str, Meta(max_length=20)] | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class TariffFixedPrice(Message, frozen=True, kw_only=True):
    priceFixed: float
    conditions: TariffConditionsFixed | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class TariffFixed(Message, frozen=True, kw_only=True):
    prices: Annotated[tuple[TariffFixedPrice, ...], Meta(min_length=1)]
    taxRates: Annotated[tuple[TaxRate, ...], Meta(min_length=1, max_length=5)] | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class TariffTimePrice(Message, frozen=True, kw_only=True):
    priceMinute: float
    conditions: TariffConditions | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class TariffTime(Message, frozen=True, kw_only=True):
    prices: Annotated[tuple[TariffTimePrice, ...], Meta(min_length=1)]
    taxRates: Annotated[tuple[TaxRate, ...], Meta(min_length=1, max_length=5)] | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class Tariff(Message, frozen=True, kw_only=True):
    tariffId: Annotated[str, Meta(max_length=60)]
    currency: Annotated[str, Meta(max_length=3)]
    description: (
        Annotated[tuple[MessageContent, ...], Meta(min_length=1, max_length=10)] | UnsetType
    ) = UNSET
    energy: TariffEnergy | UnsetType = UNSET
    validFrom: str | UnsetType = UNSET
    chargingTime: TariffTime | UnsetType = UNSET
    idleTime: TariffTime | UnsetType = UNSET
    fixedFee: TariffFixed | UnsetType = UNSET
    reservationTime: TariffTime | UnsetType = UNSET
    reservationFixed: TariffFixed | UnsetType = UNSET
    minCost: Price | UnsetType = UNSET
    maxCost: Price | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class TariffAssignment(Message, frozen=True, kw_only=True):
    tariffId: Annotated[str, Meta(max_length=60)]
    tariffKind: TariffKind
    validFrom: str | UnsetType = UNSET
    evseIds: Annotated[tuple[Annotated[int, Meta(ge=0)], ...], Meta(min_length=1)] | UnsetType = (
        UNSET
    )
    idTokens: (
        Annotated[tuple[Annotated[str, Meta(max_length=255)], ...], Meta(min_length=1)] | UnsetType
    ) = UNSET
    customData: CustomData | UnsetType = UNSET


class TransactionLimit(Message, frozen=True, kw_only=True):
    maxCost: float | UnsetType = UNSET
    maxEnergy: float | UnsetType = UNSET
    maxTime: int | UnsetType = UNSET
    maxSoC: Annotated[int, Meta(ge=0, le=100)] | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET


class Transaction(Message, frozen=True, kw_only=True):
    transactionId: Annotated[str, Meta(max_length=36)]
    chargingState: ChargingState | UnsetType = UNSET
    timeSpentCharging: int | UnsetType = UNSET
    stoppedReason: Reason | UnsetType = UNSET
    remoteStartId: int | UnsetType = UNSET
    operationMode: OperationMode | UnsetType = UNSET
    tariffId: Annotated[str, Meta(max_length=60)] | UnsetType = UNSET
    transactionLimit: TransactionLimit | UnsetType = UNSET
    customData: CustomData | UnsetType = UNSET
