"""Smart charging: profiles that the CSMS sets and clears, and the schedule they come to."""

from __future__ import annotations

from dataclasses import replace

from msgspec import UNSET

from laadpaal.csms.dialect import Refusal, Reply, Scene, Wish
from laadpaal.csms.optional import given, instant
from laadpaal.csms.v16 import topology
from laadpaal.protocols.ocpp import timestamp, v16
from laadpaal.station.answers import Accepted, Answer, Composed, Reason, Refused
from laadpaal.station.charging_profiles import (
    Kind,
    Period,
    Profile,
    Purpose,
    Recurrency,
    Schedule,
    Unit,
)
from laadpaal.station.requests import ClearProfiles, ComposeSchedule, InstallProfile

_PURPOSES = {
    v16.ChargingProfilePurpose.ChargePointMaxProfile: Purpose.STATION_MAX,
    v16.ChargingProfilePurpose.TxDefaultProfile: Purpose.TX_DEFAULT,
    v16.ChargingProfilePurpose.TxProfile: Purpose.TX,
}
_ACCEPTED = v16.SetChargingProfileResponse(status=v16.ChargingProfileStatus.Accepted)
_NOT_SUPPORTED = v16.SetChargingProfileResponse(status=v16.ChargingProfileStatus.NotSupported)
_REJECTED = v16.SetChargingProfileResponse(status=v16.ChargingProfileStatus.Rejected)


def install(call: v16.SetChargingProfile, scene: Scene) -> Reply | Wish:
    """Install a charging profile; of an unknown connector it is an error (5.16 and its errata)."""
    if not topology.exists(call.connectorId, scene):
        raise Refusal("PropertyConstraintViolation", f"there is no connector {call.connectorId}")
    sent = call.csChargingProfiles
    profile = profile_of(sent, call.connectorId)
    if sent.transactionId is UNSET:
        return Wish((InstallProfile(profile),), _installed)
    transaction = scene.journal.by_csms_id(sent.transactionId)
    if transaction is None:
        return Reply(_REJECTED)
    return Wish((InstallProfile(replace(profile, transaction=transaction)),), _installed)


def _installed(answers: tuple[Answer, ...]) -> Reply:
    match answers[0]:
        case Refused(Reason.PROFILES_OFF):
            return Reply(_NOT_SUPPORTED)
        case Accepted():
            return Reply(_ACCEPTED)
        case _:
            return Reply(_REJECTED)


def clear(call: v16.ClearChargingProfile, scene: Scene) -> Wish:  # noqa: ARG001  a hearer
    """Remove the profiles that fit; all of them when nothing is said (5.5)."""
    purpose = call.chargingProfilePurpose
    wish = ClearProfiles(
        given(call.id),
        given(call.connectorId),
        None if purpose is UNSET else _PURPOSES[purpose],
        given(call.stackLevel),
    )
    return Wish((wish,), _cleared)


def _cleared(answers: tuple[Answer, ...]) -> Reply:
    word = "Accepted" if isinstance(answers[0], Accepted) else "Unknown"
    status = v16.ClearChargingProfileStatus(word)
    return Reply(v16.ClearChargingProfileResponse(status=status))


def compose(call: v16.GetCompositeSchedule, scene: Scene) -> Wish:  # noqa: ARG001  a hearer
    """Tell what is expected from now on, in ampere unless asked otherwise (5.7)."""
    asked = call.chargingRateUnit
    unit = Unit.AMPERE if asked is UNSET else Unit(asked.value)
    return Wish((ComposeSchedule(call.connectorId, call.duration, unit),), _composed)


def _composed(answers: tuple[Answer, ...]) -> Reply:
    match answers[0]:
        case Composed(evse, at, schedule):
            return Reply(
                v16.GetCompositeScheduleResponse(
                    status=v16.GetCompositeScheduleStatus.Accepted,
                    connectorId=evse,
                    scheduleStart=timestamp.render(at),
                    chargingSchedule=_told(schedule),
                )
            )
        case _:
            word = v16.GetCompositeScheduleStatus.Rejected
            return Reply(v16.GetCompositeScheduleResponse(status=word))


def _told(schedule: Schedule) -> v16.ChargingSchedule:
    """Return a schedule without its start, which stands beside it (errata of 5.7)."""
    return v16.ChargingSchedule(
        chargingRateUnit=v16.ChargingRateUnit(schedule.unit.value),
        duration=UNSET if schedule.duration_s is None else schedule.duration_s,
        chargingSchedulePeriod=tuple(
            v16.ChargingSchedulePeriod(
                startPeriod=period.start_s,
                limit=period.limit,
                numberPhases=UNSET if period.phases is None else period.phases,
            )
            for period in schedule.periods
        ),
    )


def profile_of(sent: v16.ChargingProfile, evse: int) -> Profile:
    """Return a profile in our words; its transaction is named by whoever knows it.

    A relative one may come with a startSchedule, which then means nothing.

    Raises:
        Refusal: One of its instants is none.
    """
    kind = Kind(sent.chargingProfileKind.value)
    recurrency = sent.recurrencyKind
    return Profile(
        sent.chargingProfileId,
        evse,
        _PURPOSES[sent.chargingProfilePurpose],
        kind,
        sent.stackLevel,
        (_schedule(sent.chargingSchedule, kind),),
        None if recurrency is UNSET else Recurrency(recurrency.value),
        instant(sent.validFrom),
        instant(sent.validTo),
    )


def _schedule(sent: v16.ChargingSchedule, kind: Kind) -> Schedule:
    return Schedule(
        Unit(sent.chargingRateUnit.value),
        tuple(
            Period(period.startPeriod, period.limit, given(period.numberPhases))
            for period in sent.chargingSchedulePeriod
        ),
        given(sent.duration),
        None if kind is Kind.RELATIVE else instant(sent.startSchedule),
        None if sent.minChargingRate is UNSET else sent.minChargingRate,
    )
