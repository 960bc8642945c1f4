"""Smart charging: profiles set, reported and cleared, and the schedule they come to (block K)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from msgspec import UNSET

from laadpaal.csms.dialect import Call, Calls, Hearer, Refusal, Reply, Scene, Wish
from laadpaal.csms.optional import given
from laadpaal.csms.v201 import profiles
from laadpaal.csms.v201.refusals import why
from laadpaal.properties.charging import EXTERNAL_LIMITS_TOLD_WHOLE, PROFILES_USED
from laadpaal.protocols.ocpp import timestamp, v201
from laadpaal.station.answers import Accepted, Answer, Composed
from laadpaal.station.charging_profiles import Profile, Purpose, Source, Unit
from laadpaal.station.notices import ExternalLimitCleared, ExternalLimitSet
from laadpaal.station.requests import ClearProfiles, ComposeSchedule, InstallProfile

_SET = v201.ChargingProfileStatus


def offered(hear: Hearer) -> Hearer:
    """Return a hearer that is there only while smart charging is switched on (K01)."""

    def hearer(call: object, scene: Scene) -> Reply | Wish:
        if not scene.desk.values[PROFILES_USED]:
            raise Refusal("NotSupported", "smart charging is switched off")
        return hear(call, scene)

    return hearer


def install(call: v201.SetChargingProfile, scene: Scene) -> Reply | Wish:  # noqa: ARG001  a hearer
    """Install a charging profile, or say why not (K01)."""
    sent = call.chargingProfile
    lacking = profiles.lacking(sent)
    if lacking is not None:
        return Reply(v201.SetChargingProfileResponse(status=_SET.Rejected, statusInfo=lacking))
    return Wish((InstallProfile(profiles.profile_of(sent, call.evseId)),), _installed)


def _installed(answers: tuple[Answer, ...]) -> Reply:
    (answer,) = answers
    status = _SET.Accepted if isinstance(answer, Accepted) else _SET.Rejected
    return Reply(v201.SetChargingProfileResponse(status=status, statusInfo=why(answer)))


def clear(call: v201.ClearChargingProfile, scene: Scene) -> Wish:  # noqa: ARG001  a hearer
    """Remove the profile of an id, or those that fit all that is said (K10)."""
    criteria = call.chargingProfileCriteria
    if criteria is UNSET:
        return Wish((ClearProfiles(given(call.chargingProfileId)),), _cleared)
    purpose = criteria.chargingProfilePurpose
    wish = ClearProfiles(
        given(call.chargingProfileId),
        given(criteria.evseId),
        None if purpose is UNSET else Purpose(purpose.value),
        given(criteria.stackLevel),
    )
    return Wish((wish,), _cleared)


def _cleared(answers: tuple[Answer, ...]) -> Reply:
    (answer,) = answers
    word = "Accepted" if isinstance(answer, Accepted) else "Unknown"
    status = v201.ClearChargingProfileStatus(word)
    return Reply(v201.ClearChargingProfileResponse(status=status, statusInfo=why(answer)))


def compose(call: v201.GetCompositeSchedule, scene: Scene) -> Wish:  # noqa: ARG001  a hearer
    """Tell what is expected from now on, in ampere unless asked otherwise (K08)."""
    asked = call.chargingRateUnit
    unit = Unit.AMPERE if asked is UNSET else Unit(asked.value)
    return Wish((ComposeSchedule(call.evseId, call.duration, unit),), _composed)


def _composed(answers: tuple[Answer, ...]) -> Reply:
    (answer,) = answers
    if isinstance(answer, Composed):
        return Reply(
            v201.GetCompositeScheduleResponse(
                status=v201.GenericStatus.Accepted, schedule=_told(answer)
            )
        )
    return Reply(
        v201.GetCompositeScheduleResponse(
            status=v201.GenericStatus.Rejected, statusInfo=why(answer)
        )
    )


def _told(composed: Composed) -> v201.CompositeSchedule:
    schedule = composed.schedule
    return v201.CompositeSchedule(
        chargingSchedulePeriod=profiles.periods(schedule),
        evseId=composed.evse,
        duration=schedule.duration_s or 0,
        scheduleStart=timestamp.render(composed.at),
        chargingRateUnit=v201.ChargingRateUnit(schedule.unit.value),
    )


def report(call: v201.GetChargingProfiles, scene: Scene) -> Reply:
    """Accept, and let the profiles follow that fit all that is said (K09)."""
    view = scene.desk.view()
    found = [it for it in (*view.profiles, *view.set_points.profiles) if _fits(call, it)]
    word = "Accepted" if found else "NoProfiles"
    status = v201.GetChargingProfileStatus(word)
    return Reply(
        v201.GetChargingProfilesResponse(status=status),
        then=tuple(_reports(call.requestId, found)),
    )


def _fits(call: v201.GetChargingProfiles, profile: Profile) -> bool:
    wanted = call.chargingProfile
    purpose, ids, sources = (
        wanted.chargingProfilePurpose,
        wanted.chargingProfileId,
        wanted.chargingLimitSource,
    )
    return (
        (call.evseId is UNSET or call.evseId == profile.evse)
        and (purpose is UNSET or purpose.value == profile.purpose.value)
        and (wanted.stackLevel is UNSET or wanted.stackLevel == profile.stack_level)
        and (ids is UNSET or profile.id in ids)
        and (sources is UNSET or profile.source.value in {source.value for source in sources})
    )


def _group(profile: Profile) -> tuple[int, str]:
    return profile.evse, profile.source.value


def _reports(request: int, found: Iterable[Profile]) -> Iterator[Call]:
    """Yield one message for each EVSE and source; the last one says that it is the last."""
    groups = [(key, [*several]) for key, several in groupby(sorted(found, key=_group), _group)]
    for number, ((evse, source), several) in enumerate(groups, 1):
        message = v201.ReportChargingProfiles(
            requestId=request,
            chargingLimitSource=v201.ChargingLimitSource(source),
            chargingProfile=tuple(profiles.shown(profile) for profile in several),
            evseId=evse,
            tbc=number < len(groups),
        )
        yield Call("ReportChargingProfiles", message)


def limited(notice: ExternalLimitSet, scene: Scene) -> Calls:
    """Tell that somebody outside limits us, with the schedule if that is wanted (K11, K12)."""
    values = scene.desk.values
    if not values[PROFILES_USED]:
        return ()
    whole = values[EXTERNAL_LIMITS_TOLD_WHOLE]
    message = v201.NotifyChargingLimit(
        chargingLimit=v201.ChargingLimit(
            chargingLimitSource=v201.ChargingLimitSource(notice.source.value),
            isGridCritical=True if notice.source is Source.SO else UNSET,
        ),
        chargingSchedule=(profiles.schedule(notice.schedule),) if whole else UNSET,
        evseId=notice.evse or UNSET,
    )
    return (Call("NotifyChargingLimit", message),)


def released(notice: ExternalLimitCleared, scene: Scene) -> Calls:
    """Tell that they do no longer (K13)."""
    if not scene.desk.values[PROFILES_USED]:
        return ()
    message = v201.ClearedChargingLimit(
        chargingLimitSource=v201.ChargingLimitSource(notice.source.value),
        evseId=notice.evse or UNSET,
    )
    return (Call("ClearedChargingLimit", message),)
