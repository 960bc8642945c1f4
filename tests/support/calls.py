"""Calls about charging profiles, reservations, lists and files, as a CSMS makes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from msgspec import UNSET, UnsetType

from laadpaal.csms.v201.authorization import id_token
from laadpaal.csms.v201.profiles import shown
from laadpaal.protocols.ocpp import timestamp, v16, v201
from laadpaal.protocols.ocpp.message import Message
from laadpaal.station.carriage import LogKind
from laadpaal.station.charging_profiles import Profile, Purpose
from laadpaal.station.words import Token
from tests.support.world import NOON

_PURPOSES = {
    Purpose.STATION_MAX: v16.ChargingProfilePurpose.ChargePointMaxProfile,
    Purpose.TX_DEFAULT: v16.ChargingProfilePurpose.TxDefaultProfile,
    Purpose.TX: v16.ChargingProfilePurpose.TxProfile,
}


def set_profile(profile: Profile, noon: float, number: int | None) -> v16.SetChargingProfile:
    """Return the call that sets a profile; what lies around noon lies around `noon` instead."""
    [schedule] = profile.schedules

    def instant(utc: float | None) -> str | UnsetType:
        return UNSET if utc is None else timestamp.render(utc - NOON + noon)

    sent = v16.ChargingProfile(
        chargingProfileId=profile.id,
        transactionId=UNSET if number is None or profile.purpose is not Purpose.TX else number,
        stackLevel=profile.stack_level,
        chargingProfilePurpose=_PURPOSES[profile.purpose],
        chargingProfileKind=v16.ChargingProfileKind(profile.kind.value),
        recurrencyKind=v16.RecurrencyKind(profile.recurrency.value)
        if profile.recurrency
        else UNSET,
        validFrom=instant(profile.valid_from),
        validTo=instant(profile.valid_to),
        chargingSchedule=v16.ChargingSchedule(
            duration=UNSET if schedule.duration_s is None else schedule.duration_s,
            startSchedule=instant(schedule.starts_at),
            chargingRateUnit=v16.ChargingRateUnit(schedule.unit.value),
            chargingSchedulePeriod=tuple(
                v16.ChargingSchedulePeriod(startPeriod=period.start_s, limit=period.limit)
                for period in schedule.periods
            ),
        ),
    )
    return v16.SetChargingProfile(connectorId=profile.evse, csChargingProfiles=sent)


def set_profile_201(
    profile: Profile, noon: float, transaction: str | None
) -> v201.SetChargingProfile:
    """Return the same call of 2.0.1, where a transaction has our own id."""

    def moved(utc: float | None) -> float | None:
        return None if utc is None else utc - NOON + noon

    [schedule] = profile.schedules
    sent = replace(
        profile,
        schedules=(replace(schedule, starts_at=moved(schedule.starts_at)),),
        valid_from=moved(profile.valid_from),
        valid_to=moved(profile.valid_to),
        transaction=transaction if profile.purpose is Purpose.TX else None,
    )
    return v201.SetChargingProfile(evseId=profile.evse, chargingProfile=shown(sent))


def clear_profiles(ocpp: str, id_: int | None, evse: int | None) -> Message:
    """Return the call that clears profiles by id and EVSE."""
    given = UNSET if id_ is None else id_
    place = UNSET if evse is None else evse
    if ocpp == "1.6":
        return v16.ClearChargingProfile(id=given, connectorId=place)
    criteria = v201.ClearChargingProfileType(evseId=place)
    return v201.ClearChargingProfile(chargingProfileId=given, chargingProfileCriteria=criteria)


def compose(ocpp: str, evse: int, unit: str) -> Message:
    """Return the call that asks what is to be expected in the next hour."""
    if ocpp == "1.6":
        asked = v16.ChargingRateUnit(unit)
        return v16.GetCompositeSchedule(connectorId=evse, duration=3600, chargingRateUnit=asked)
    wanted = v201.ChargingRateUnit(unit)
    return v201.GetCompositeSchedule(evseId=evse, duration=3600, chargingRateUnit=wanted)


def updating(ocpp: str, number: int, url: str, signer: str, at: str) -> Message:
    """Return the call that updates signed firmware, which is tried twice."""
    what: dict[str, Any] = {
        "location": url,
        "retrieveDateTime": at,
        "signingCertificate": signer,
        "signature": "x",
        "installDateTime": at,
    }
    how: dict[str, Any] = {"requestId": number, "retries": 1, "retryInterval": 60}
    if ocpp == "1.6":
        return v16.SignedUpdateFirmware(firmware=v16.Firmware(**what), **how)
    return v201.UpdateFirmware(firmware=v201.Firmware(**what), **how)


def fetching(ocpp: str, number: int, url: str, kind: LogKind | None) -> Message:
    """Return the call that asks for a log; None is the way of 1.6 before it had security logs."""
    if ocpp == "1.6" and kind is None:
        return v16.GetDiagnostics(location=url, retries=1, retryInterval=30)
    name = "SecurityLog" if kind is LogKind.SECURITY else "DiagnosticsLog"
    if ocpp == "1.6":
        log = v16.LogParameters(remoteLocation=url)
        return v16.GetLog(log=log, logType=v16.Log(name), requestId=number)
    wanted = v201.LogParameters(remoteLocation=url)
    return v201.GetLog(log=wanted, logType=v201.Log(name), requestId=number)


def reserving(
    ocpp: str, number: int, evse: int, card: Token, group: str | None, until: str
) -> Message:
    """Return the call that reserves an EVSE, or with 0 any."""
    if ocpp == "1.6":
        return v16.ReserveNow(
            connectorId=evse,
            expiryDate=until,
            idTag=card.value,
            reservationId=number,
            parentIdTag=group or UNSET,
        )
    family = v201.IdToken(idToken=group, type=v201.IdTokenEnum.Central) if group else UNSET
    return v201.ReserveNow(
        id=number,
        expiryDateTime=until,
        idToken=id_token(card),
        evseId=evse or UNSET,
        groupIdToken=family,
    )


def cancelling(ocpp: str, number: int) -> Message:
    """Return the call that cancels a reservation."""
    if ocpp == "1.6":
        return v16.CancelReservation(reservationId=number)
    return v201.CancelReservation(reservationId=number)


def listing(ocpp: str, version: int, words: Mapping[Token, str], *, full: bool) -> Message:
    """Return the call that writes the local list, with a word for each card."""
    kind = "Full" if full else "Differential"
    if ocpp == "1.6":
        data = tuple(
            v16.AuthorizationData(
                idTag=card.value, idTagInfo=v16.IdTagInfo(status=v16.AuthorizationStatus(word))
            )
            for card, word in words.items()
        )
        return v16.SendLocalList(
            listVersion=version,
            updateType=v16.UpdateType(kind),
            localAuthorizationList=data or UNSET,
        )
    entries = tuple(
        v201.AuthorizationData(
            idToken=id_token(card),
            idTokenInfo=v201.IdTokenInfo(status=v201.AuthorizationStatus(word)),
        )
        for card, word in words.items()
    )
    return v201.SendLocalList(
        versionNumber=version,
        updateType=v201.Update(kind),
        localAuthorizationList=entries or UNSET,
    )


def asking_version(ocpp: str) -> Message:
    """Return the call that asks for the version of the local list."""
    return v16.GetLocalListVersion() if ocpp == "1.6" else v201.GetLocalListVersion()
