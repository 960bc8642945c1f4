"""`/api/chargingprofiles`: the charging profiles, told, cleared and added."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from enum import Enum
from http import HTTPStatus
from typing import Any, TypeVar

from fastapi import APIRouter, Request, Response

from laadpaal.local_api.compatible.kit import Kit, KitGiven, done, members_of, number, text, told
from laadpaal.local_api.problems import Problem
from laadpaal.station.answers import Reason, Refused
from laadpaal.station.charging_profiles import (
    Kind,
    Period,
    Profile,
    Purpose,
    Recurrency,
    Schedule,
    Unit,
)
from laadpaal.station.requests import ClearProfiles, InstallProfile

PURPOSES = {
    Purpose.STATION_MAX: "MaxProfile",
    Purpose.EXTERNAL: "ExternalConstraints",
    Purpose.TX_DEFAULT: "TxDefaultProfile",
    Purpose.TX: "TxProfile",
}
"""As clients call them."""
_ADDED = {
    "maxprofile": Purpose.STATION_MAX,
    "txdefaultprofile": Purpose.TX_DEFAULT,
    "txprofile": Purpose.TX,
}
Word = TypeVar("Word", bound=Enum)
_LARGEST = 2**31 - 1
_UNKNOWN = {
    "useLocalTime": "all times of this station are UTC",
    "useRandomisedDelay": "this station delays nothing by chance",
    "transactionId": "a TxProfile is for whatever runs there, so it is 0",
}
"""Members that have to be off, and why."""


def routes() -> APIRouter:
    """Return the routes of this resource."""
    router = APIRouter()
    router.add_api_route("/api/chargingprofiles", look)
    router.add_api_route("/api/chargingprofiles", change, methods=["POST"])
    return router


async def look(request: Request, kit: KitGiven) -> Response:
    """Return one profile by its id, or the ids of all."""
    profiles, wanted = kit.desk.view().profiles, request.query_params.get("cpid")
    if wanted is None:
        return told({"ChargingProfileIDs": [it.id for it in profiles]})
    found = [_entry(it) for it in profiles if str(it.id) == wanted]
    if not found:
        raise Problem(HTTPStatus.NOT_FOUND, f"cpid: there is no profile {wanted[:20]}")
    return told({"version": 2, "Profile": found})


async def change(request: Request, kit: KitGiven) -> Response:
    """Clear one of the CSMS's profiles or all of them, or add one that is like those."""
    asked = request.query_params
    if "clear" in asked:
        return await _clear(kit, asked["clear"])
    given = await members_of(request)
    if "add" not in asked:
        raise Problem(HTTPStatus.BAD_REQUEST, "query: add or clear is wanted")
    return done(await kit.desk.ask(InstallProfile(_profile(given))))


async def _clear(kit: Kit, which: str) -> Response:
    everything = which == "all"
    wish = ClearProfiles() if everything else ClearProfiles(_whole({"clear": which}, "clear"))
    answer = await kit.desk.ask(wish)
    if not (isinstance(answer, Refused) and answer.reason is Reason.UNKNOWN_PROFILE):
        return done(answer)
    if everything:
        return done()  # there was none
    raise Problem(HTTPStatus.NOT_FOUND, f"clear: {answer.detail}")


def _entry(it: Profile) -> Mapping[str, object]:
    schedule = it.schedules[0]
    told_schedule = {
        "startSchedule": _shown(schedule.starts_at),
        "duration": schedule.duration_s,
        "chargingRateUnit": schedule.unit.value,
        "chargingSchedulePeriod": [_period(one) for one in schedule.periods],
    }
    profile = {
        "chargingProfileId": it.id,
        "transactionId": 0,
        "stackLevel": it.stack_level,
        "chargingProfilePurpose": PURPOSES[it.purpose],
        "chargingProfileKind": it.kind.value,
        "recurrencyKind": it.recurrency.value if it.recurrency else None,
        "validFrom": _shown(it.valid_from),
        "validTo": _shown(it.valid_to),
        "useLocalTime": False,
        "useRandomisedDelay": False,
        "chargingSchedule": _there(told_schedule),
    }
    return {"connectorId": it.evse, "csChargingProfiles": [_there(profile)]}


def _there(members: Mapping[str, object]) -> Mapping[str, object]:
    return {key: value for key, value in members.items() if value is not None}


def _shown(at: float | None) -> str | None:
    """Return an instant as text; None for none, or one that is outside of the calendar."""
    try:
        found = None if at is None else datetime.fromtimestamp(at, UTC)
    except (ValueError, OverflowError):
        return None  # a CSMS may send one, and it bounds nothing
    return found.isoformat(timespec="seconds").replace("+00:00", "Z") if found else None


def _period(it: Period) -> Mapping[str, object]:
    told_period = {"startPeriod": it.start_s, "limit": it.limit, "numberPhases": it.phases}
    return _there(told_period)


def _profile(document: Mapping[str, Any]) -> Profile:
    given = _object(document, "csChargingProfiles")
    for key, why in _UNKNOWN.items():
        if given.get(key):
            raise Problem(HTTPStatus.BAD_REQUEST, f"{key}: {why}")
    return Profile(
        _whole(given, "chargingProfileId"),
        _whole(document, "connectorId", 0),
        _purpose(text(given, "chargingProfilePurpose")),
        _word(Kind, given, "chargingProfileKind"),
        _whole(given, "stackLevel", 0),
        (_schedule(_object(given, "chargingSchedule")),),
        _word(Recurrency, given, "recurrencyKind") if given.get("recurrencyKind") else None,
        _instant(given, "validFrom"),
        _instant(given, "validTo"),
    )


def _purpose(given: str) -> Purpose:
    found = _ADDED.get(given.lower())
    if found is None:
        known = "MaxProfile, TxDefaultProfile or TxProfile; object 212A_0 sets an external limit"
        raise Problem(HTTPStatus.BAD_REQUEST, f"chargingProfilePurpose: it is {known}")
    return found


def _schedule(given: Mapping[str, Any]) -> Schedule:
    return Schedule(
        _word(Unit, given, "chargingRateUnit"),
        tuple(_periods(given)),
        _whole(given, "duration") if given.get("duration") else None,
        _instant(given, "startSchedule"),
    )


def _periods(given: Mapping[str, Any]) -> Iterator[Period]:
    periods = given.get("chargingSchedulePeriod")
    if not isinstance(periods, list) or not all(isinstance(one, dict) for one in periods):
        raise Problem(HTTPStatus.BAD_REQUEST, "chargingSchedulePeriod: a list is wanted")
    for one in periods:
        phases = _whole(one, "numberPhases") if one.get("numberPhases") else None
        yield Period(_whole(one, "startPeriod"), number(one, "limit"), phases)


def _object(given: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = given.get(key)
    if not isinstance(found, dict):
        raise Problem(HTTPStatus.BAD_REQUEST, f"{key}: an object is wanted")
    return found


def _whole(given: Mapping[str, Any], key: str, otherwise: int | None = None) -> int:
    found = number(given, key, otherwise)
    if abs(found) > _LARGEST or found != int(found):
        raise Problem(HTTPStatus.BAD_REQUEST, f"{key}: a whole number of 32 bits is wanted")
    return int(found)


def _word(words: type[Word], given: Mapping[str, Any], key: str) -> Word:
    try:
        return words(text(given, key))
    except ValueError as wrong:
        known = ", ".join(str(word.value) for word in words)
        raise Problem(HTTPStatus.BAD_REQUEST, f"{key}: it is one of {known}") from wrong


def _instant(given: Mapping[str, Any], key: str) -> float | None:
    if not given.get(key):
        return None
    try:
        found = datetime.fromisoformat(text(given, key))
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC).timestamp()
    except (ValueError, OverflowError) as wrong:
        raise Problem(HTTPStatus.BAD_REQUEST, f"{key}: no instant: {wrong}") from wrong
