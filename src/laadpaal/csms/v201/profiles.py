"""Charging profiles as this version writes them, read into our words and back."""

from __future__ import annotations

from msgspec import UNSET, UnsetType

from laadpaal.csms.optional import given, instant
from laadpaal.csms.v201.refusals import status_info
from laadpaal.protocols.ocpp import timestamp, v201
from laadpaal.station.charging_profiles import (
    Kind,
    Period,
    Profile,
    Purpose,
    Recurrency,
    Schedule,
    Unit,
)


def lacking(sent: v201.ChargingProfile) -> v201.StatusInfo | None:
    """Return what a profile that is set needs, or has and must not; None when all is well."""
    needs = sent.chargingProfilePurpose is v201.ChargingProfilePurpose.TxProfile
    if needs and sent.transactionId is UNSET:
        return status_info("MissingParam", "a TxProfile names its transaction")
    return unsupported(sent)


def unsupported(sent: v201.ChargingProfile) -> v201.StatusInfo | None:
    """Return what a profile has that means something to a vehicle of ISO 15118 only."""
    if any(schedule.salesTariff is not UNSET for schedule in sent.chargingSchedule):
        return status_info("UnsupportedParam", "a tariff is for vehicles that can be told of it")
    return None


def profile_of(sent: v201.ChargingProfile, evse: int) -> Profile:
    """Return a profile in our words.

    Raises:
        Refusal: One of its instants is none.
    """
    recurrency = sent.recurrencyKind
    return Profile(
        sent.id,
        evse,
        Purpose(sent.chargingProfilePurpose.value),
        Kind(sent.chargingProfileKind.value),
        sent.stackLevel,
        tuple(_schedule(one) for one in sent.chargingSchedule),
        None if recurrency is UNSET else Recurrency(recurrency.value),
        instant(sent.validFrom),
        instant(sent.validTo),
        None if sent.transactionId is UNSET else sent.transactionId,
    )


def _schedule(sent: v201.ChargingSchedule) -> Schedule:
    return Schedule(
        Unit(sent.chargingRateUnit.value),
        tuple(_period(period) for period in sent.chargingSchedulePeriod),
        given(sent.duration),
        instant(sent.startSchedule),
        None if sent.minChargingRate is UNSET else sent.minChargingRate,
        sent.id,
    )


def _period(sent: v201.ChargingSchedulePeriod) -> Period:
    phases, phase = given(sent.numberPhases), given(sent.phaseToUse)
    return Period(sent.startPeriod, sent.limit, phases, phase)


def shown(profile: Profile) -> v201.ChargingProfile:
    """Return a profile in the words of this version, whoever has set it in whichever."""
    recurrency = profile.recurrency
    return v201.ChargingProfile(
        id=profile.id,
        stackLevel=profile.stack_level,
        chargingProfilePurpose=v201.ChargingProfilePurpose(profile.purpose.value),
        chargingProfileKind=v201.ChargingProfileKind(profile.kind.value),
        chargingSchedule=tuple(schedule(one) for one in profile.schedules),
        recurrencyKind=UNSET if recurrency is None else v201.RecurrencyKind(recurrency.value),
        validFrom=_text(profile.valid_from),
        validTo=_text(profile.valid_to),
        transactionId=_told(profile.transaction),
    )


def schedule(it: Schedule) -> v201.ChargingSchedule:
    """Return a schedule in the words of this version."""
    return v201.ChargingSchedule(
        id=it.id,
        chargingRateUnit=v201.ChargingRateUnit(it.unit.value),
        chargingSchedulePeriod=periods(it),
        startSchedule=_text(it.starts_at),
        duration=UNSET if it.duration_s is None else it.duration_s,
        minChargingRate=UNSET if it.least_rate is None else it.least_rate,
    )


def periods(it: Schedule) -> tuple[v201.ChargingSchedulePeriod, ...]:
    """Return its periods in the words of this version."""
    return tuple(
        v201.ChargingSchedulePeriod(
            startPeriod=period.start_s,
            limit=period.limit,
            numberPhases=UNSET if period.phases is None else period.phases,
            phaseToUse=UNSET if period.phase is None else period.phase,
        )
        for period in it.periods
    )


def _told(text: str | None) -> str | UnsetType:
    return UNSET if text is None else text


def _text(instant: float | None) -> str | UnsetType:
    return UNSET if instant is None else timestamp.render(instant)
