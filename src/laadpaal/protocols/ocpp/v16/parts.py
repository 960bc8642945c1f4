"""The parts of OCPP 1.6; made by scripts/messages from the official schemas."""

from __future__ import annotations

from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from laadpaal.protocols.ocpp import checks
from laadpaal.protocols.ocpp.message import Message
from laadpaal.protocols.ocpp.v16.words import (
    AuthorizationStatus,
    ChargingProfileKind,
    ChargingProfilePurpose,
    ChargingRateUnit,
    HashAlgorithm,
    Location,
    Measurand,
    Phase,
    ReadingContext,
    RecurrencyKind,
    UnitOfMeasure,
    ValueFormat,
)


class IdTagInfo(Message, frozen=True, kw_only=True):
    status: AuthorizationStatus
    expiryDate: str | UnsetType = UNSET
    parentIdTag: Annotated[str, Meta(max_length=20)] | UnsetType = UNSET


class AuthorizationData(Message, frozen=True, kw_only=True):
    idTag: Annotated[str, Meta(max_length=20)]
    idTagInfo: IdTagInfo | UnsetType = UNSET


class CertificateHashData(Message, frozen=True, kw_only=True):
    hashAlgorithm: HashAlgorithm
    issuerNameHash: Annotated[str, Meta(max_length=128)]
    issuerKeyHash: Annotated[str, Meta(max_length=128)]
    serialNumber: Annotated[str, Meta(max_length=40)]


class ChargingSchedulePeriod(Message, frozen=True, kw_only=True):
    startPeriod: int
    limit: float
    numberPhases: int | UnsetType = UNSET

    def __post_init__(self) -> None:
        checks.tenths(self, "limit")


class ChargingSchedule(Message, frozen=True, kw_only=True):
    chargingRateUnit: ChargingRateUnit
    chargingSchedulePeriod: tuple[ChargingSchedulePeriod, ...]
    duration: int | UnsetType = UNSET
    startSchedule: str | UnsetType = UNSET
    minChargingRate: float | UnsetType = UNSET

    def __post_init__(self) -> None:
        checks.tenths(self, "minChargingRate")


class ChargingProfile(Message, frozen=True, kw_only=True):
    chargingProfileId: int
    stackLevel: int
    chargingProfilePurpose: ChargingProfilePurpose
    chargingProfileKind: ChargingProfileKind
    chargingSchedule: ChargingSchedule
    transactionId: int | UnsetType = UNSET
    recurrencyKind: RecurrencyKind | UnsetType = UNSET
    validFrom: str | UnsetType = UNSET
    validTo: str | UnsetType = UNSET


class Firmware(Message, frozen=True, kw_only=True):
    location: Annotated[str, Meta(max_length=512)]
    retrieveDateTime: str
    signingCertificate: Annotated[str, Meta(max_length=5500)]
    signature: Annotated[str, Meta(max_length=800)]
    installDateTime: str | UnsetType = UNSET


class KeyValue(Message, frozen=True, kw_only=True):
    key: Annotated[str, Meta(max_length=50)]
    readonly: bool
    value: Annotated[str, Meta(max_length=500)] | UnsetType = UNSET


class LogParameters(Message, frozen=True, kw_only=True):
    remoteLocation: Annotated[str, Meta(max_length=512)]
    oldestTimestamp: str | UnsetType = UNSET
    latestTimestamp: str | UnsetType = UNSET


class SampledValue(Message, frozen=True, kw_only=True):
    value: str
    context: ReadingContext | UnsetType = UNSET
    format: ValueFormat | UnsetType = UNSET
    measurand: Measurand | UnsetType = UNSET
    phase: Phase | UnsetType = UNSET
    location: Location | UnsetType = UNSET
    unit: UnitOfMeasure | UnsetType = UNSET


class MeterValue(Message, frozen=True, kw_only=True):
    timestamp: str
    sampledValue: tuple[SampledValue, ...]
