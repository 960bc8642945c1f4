"""Payloads of smart charging that make no sense in 2.0.1 (S12)."""

from __future__ import annotations

from typing import Any

from laadpaal.properties import charging as rows
from laadpaal.properties.charging import MAX_INSTALLED
from laadpaal.station import requests as r
from laadpaal.station.charging_profiles import Source
from laadpaal.station.limits import SetExternalLimit
from laadpaal.station.profile_rules import MAX_PERIODS, MAX_STACK_LEVEL
from tests.csms.played import Answer, Row, Where, charging, idle, moved, table, unmoved
from tests.csms.v201.test_semantics import ACCEPTED, COUNT, FIELD, FORM, TYPE, VALUE, no, play
from tests.support import profiles
from tests.support.world import World

Json = dict[str, Any]
NOON = "2023-11-15T12:00:00Z"
UNKNOWN = {"status": "Unknown", "statusInfo": "NotFound"}
NONE = {"status": "NoProfiles"}


def installed(world: World) -> None:
    """Have a TxDefaultProfile of EVSE 1 at stack level 0, and a limit from outside."""
    world.ask(r.InstallProfile(profiles.profile(1)))
    world.ask(SetExternalLimit(Source.EMS, 1, profiles.profile(0, 32).schedules[0]))


def full(world: World) -> None:
    """Have as many profiles as there may be, at ids from 100."""
    for number in range(MAX_INSTALLED):
        level, evse = divmod(number, 2)
        world.ask(r.InstallProfile(profiles.profile(100 + number, level=level, evse=evse + 1)))
    assert len(world.station.view().profiles) == MAX_INSTALLED


def off(world: World) -> None:
    """Have a profile, and smart charging switched off."""
    installed(world)
    world.ask(r.WriteSetting(rows.PROFILES_USED.id, "false"))


# --- payloads: good ones, but for what a row says ---


def period(start: object = 0, limit: object = 10, **more: object) -> Json:
    """Return a period."""
    return {"startPeriod": start, "limit": limit, **more}


def schedule(*periods: object, **more: object) -> Json:
    """Return a schedule in ampere, with one good period unless periods are given."""
    several = list(periods) or [period()]
    return {"id": 1, "chargingRateUnit": "A", "chargingSchedulePeriod": several, **more}


def profile(without: str = "", **more: object) -> Json:
    """Return a relative TxDefaultProfile, without one of its fields if need be."""
    whole = {
        "id": 1,
        "stackLevel": 0,
        "chargingProfilePurpose": "TxDefaultProfile",
        "chargingProfileKind": "Relative",
        "chargingSchedule": [schedule()],
        **more,
    }
    return {name: value for name, value in whole.items() if name != without}


def _set(answer: Answer, where: Where = idle, evse: object = 1, **more: Any) -> Row:
    payload = {"evseId": evse, "chargingProfile": profile(**more)}
    return "SetChargingProfile", payload, answer, where


def _scheduled(answer: Answer, *periods: object, **more: object) -> Row:
    return _set(answer, chargingSchedule=[schedule(*periods, **more)])


def _tx(answer: Answer, where: Where = charging, evse: int = 1, **more: Any) -> Row:
    named = {"chargingProfilePurpose": "TxProfile", "transactionId": "tx-1", **more}
    return _set(answer, where, evse, **named)


def _max(answer: Answer, evse: int = 0, **more: Any) -> Row:
    kind: Json = {"chargingProfileKind": "Absolute", "chargingSchedule": [AT_NOON], **more}
    return _set(answer, idle, evse, chargingProfilePurpose="ChargingStationMaxProfile", **kind)


def _start(answer: Answer, **more: Any) -> Row:
    payload = {
        "idToken": {"idToken": "A1", "type": "Central"},
        "remoteStartId": 1,
        "evseId": 2,
        "chargingProfile": profile(**{"chargingProfilePurpose": "TxProfile", **more}),
    }
    return "RequestStartTransaction", payload, answer, charging


def _clear(answer: Answer, where: Where = installed, **payload: object) -> Row:
    return "ClearChargingProfile", payload, answer, where


def _fitting(answer: Answer, **criteria: object) -> Row:
    return _clear(answer, chargingProfileCriteria=criteria)


def _get(answer: Answer, where: Where = installed, evse: object = None, **criteria: object) -> Row:
    payload: Json = {"requestId": 1, "chargingProfile": criteria}
    return "GetChargingProfiles", payload | ({"evseId": evse} if evse else {}), answer, where


def _compose(answer: Answer, evse: object = 1, duration: object = 60, **more: object) -> Row:
    payload = {"evseId": evse, "duration": duration, **more}
    return "GetCompositeSchedule", payload, answer, installed


AT_NOON = schedule(startSchedule=NOON)
TARIFF = {"id": 1, "salesTariffEntry": [{"relativeTimeInterval": {"start": 0}}]}
INVALID = no("InvalidProfile")
BAD_SCHEDULE = no("InvalidSchedule")

MADE: list[Row] = [
    ("SetChargingProfile", {}, COUNT, idle),
    ("SetChargingProfile", [], FORM, idle),
    ("SetChargingProfile", {"evseId": 1}, COUNT, idle),
    ("SetChargingProfile", {"evseId": 1, "chargingProfile": [profile()]}, TYPE, idle),
    ("SetChargingProfile", {"connectorId": 1, "chargingProfile": profile()}, FIELD, idle),
    *(
        _set(COUNT, without=field)
        for field in (
            "id",
            "stackLevel",
            "chargingProfilePurpose",
            "chargingProfileKind",
            "chargingSchedule",
        )
    ),
    _set(TYPE, evse="1"),
    _set(TYPE, stackLevel=0.5),
    _set(VALUE, chargingProfilePurpose="ChargePointMaxProfile"),
    _set(VALUE, chargingProfileKind="relative"),
    _set(VALUE, recurrencyKind="Monthly"),
    _set(VALUE, transactionId="t" * 37),
    _set(VALUE, validFrom="yesterday"),
    _set(TYPE, chargingSchedule=schedule()),
    _set(COUNT, chargingSchedule=[]),
    _set(COUNT, chargingSchedule=[schedule()] * 4),
    _scheduled(COUNT, {"startPeriod": 0}),
    _scheduled(TYPE, period(limit="10")),
    _scheduled(VALUE, chargingRateUnit="kW"),
    _scheduled(VALUE, startSchedule="noon"),
    _set(COUNT, chargingSchedule=[schedule() | {"chargingSchedulePeriod": []}]),
    _scheduled(COUNT, *(period(n) for n in range(1025))),
    _clear(TYPE, chargingProfileId="1"),
    _fitting(VALUE, chargingProfilePurpose="Any"),
    _fitting(FIELD, connectorId=1),
    ("GetChargingProfiles", {"requestId": 1}, COUNT, installed),
    _get(COUNT, chargingProfileId=[]),
    _get(TYPE, chargingProfileId=1),
    _get(VALUE, chargingLimitSource=["CSMS"]),
    _get(TYPE, evse="1"),
    ("GetCompositeSchedule", {"evseId": 1}, COUNT, installed),
    _compose(TYPE, "1"),
    _compose(TYPE, 1, 1.5),
    _compose(VALUE, chargingRateUnit="kWh"),
]

SENSELESS: list[Row] = [
    *(_set(no("UnknownEvse"), evse=number) for number in (3, -1, 2**40)),
    _tx(no("TxNotFound"), idle),
    _tx(no("TxNotFound"), evse=0),
    _tx(no("TxNotFound"), evse=2),
    _tx(no("TxNotFound"), transactionId="tx-2"),
    _tx(no("MissingParam"), without="transactionId"),
    _set(INVALID, charging, transactionId="tx-1"),
    _max(INVALID, evse=1),
    _max(INVALID, chargingProfileKind="Relative", chargingSchedule=[schedule()]),
    _set(INVALID, evse=0, chargingProfilePurpose="ChargingStationExternalConstraints"),
    _set(no("InvalidStackLevel"), stackLevel=-1),
    _set(no("InvalidStackLevel"), stackLevel=MAX_STACK_LEVEL + 1),
    _set(INVALID, id=2**40),
    _set(INVALID, installed, id=-1),
    _set(no("DuplicateProfile"), installed, id=2),
    _set(no("DuplicateProfile"), installed, evse=0, id=2),
    _set(no("OutOfStorage"), full, id=1, stackLevel=10),
    _set(INVALID, validFrom=NOON, validTo=NOON),
    _set(INVALID, recurrencyKind="Daily"),
    _set(INVALID, chargingProfileKind="Recurring", chargingSchedule=[AT_NOON]),
    _set(BAD_SCHEDULE, chargingProfileKind="Recurring", recurrencyKind="Daily"),
    _set(BAD_SCHEDULE, chargingProfileKind="Absolute"),
    _set(BAD_SCHEDULE, chargingSchedule=[schedule(), schedule()]),
    _scheduled(BAD_SCHEDULE, startSchedule=NOON),
    _scheduled(BAD_SCHEDULE, duration=0),
    _scheduled(BAD_SCHEDULE, duration=-60),
    _scheduled(BAD_SCHEDULE, minChargingRate=-1),
    _scheduled(BAD_SCHEDULE, period(1)),
    _scheduled(BAD_SCHEDULE, period(), period()),
    _scheduled(BAD_SCHEDULE, period(), period(60), period(30)),
    _scheduled(BAD_SCHEDULE, *(period(n) for n in range(MAX_PERIODS + 1))),
    _scheduled(BAD_SCHEDULE, period(limit=-1)),
    _scheduled(BAD_SCHEDULE, period(limit=10.05)),
    _scheduled(BAD_SCHEDULE, period(limit=1e12)),
    *(_scheduled(BAD_SCHEDULE, period(numberPhases=number)) for number in (0, 1, 2, 4, -1)),
    _scheduled(BAD_SCHEDULE, period(numberPhases=1, phaseToUse=1)),
    _scheduled(BAD_SCHEDULE, period(phaseToUse=1)),
    _scheduled(no("UnsupportedParam"), salesTariff=TARIFF),
    _start(INVALID, chargingProfilePurpose="TxDefaultProfile"),
    _start(INVALID, transactionId="tx-1"),
    _start(no("InvalidStackLevel"), stackLevel=-1),
    _start(BAD_SCHEDULE, chargingProfileKind="Absolute"),
    _start(VALUE, validTo="tomorrow"),
    _clear(UNKNOWN, chargingProfileId=2),
    _clear(UNKNOWN, chargingProfileId=-1),
    _clear(UNKNOWN, idle),
    _fitting(UNKNOWN, evseId=0),
    _fitting(UNKNOWN, evseId=9),
    _fitting(UNKNOWN, stackLevel=1),
    _fitting(UNKNOWN, evseId=1, chargingProfilePurpose="TxProfile"),
    _fitting(UNKNOWN, chargingProfilePurpose="ChargingStationExternalConstraints"),
    _get(NONE, idle),
    _get(NONE, evse=3),
    _get(NONE, chargingProfileId=[2]),
    _get(NONE, stackLevel=1),
    _get(NONE, chargingLimitSource=["SO", "Other"]),
    _get(NONE, evse=1, chargingLimitSource=["EMS"], chargingProfilePurpose="TxDefaultProfile"),
    *(_compose(no("UnknownEvse"), number) for number in (3, -1)),
    *(_compose(no("InvalidValue"), 1, seconds) for seconds in (0, -60)),
    ("SetChargingProfile", {"evseId": 1, "chargingProfile": profile()}, "NotSupported", off),
    ("GetCompositeSchedule", {"evseId": 1, "duration": 60}, "NotSupported", off),
    _get("NotSupported", off),
    _clear("NotSupported", off),
]

SENSIBLE: list[Row] = [
    _set(ACCEPTED),
    _set(ACCEPTED, evse=0),
    _set(ACCEPTED, installed, evse=0, stackLevel=1, id=2),
    _set(ACCEPTED, full, id=100, stackLevel=10),
    _max(ACCEPTED),
    _tx(ACCEPTED),
    _scheduled(ACCEPTED, period(numberPhases=3)),
    _set(ACCEPTED, customData={"vendorId": "org.example"}),
    _start(ACCEPTED),
    _clear(ACCEPTED),
    _clear(ACCEPTED, chargingProfileId=1),
    _fitting(ACCEPTED, evseId=1, chargingProfilePurpose="TxDefaultProfile", stackLevel=0),
]


@table([*MADE, *SENSELESS])
async def test_senseless(action: str, payload: object, answer: Answer, where: Where) -> None:
    """What makes no sense is refused in the words of 2.0.1, and leaves everything as it was."""
    assert await play(where, action, payload) == unmoved(answer)


@table(SENSIBLE)
async def test_what_makes_sense_does_leave_something(
    action: str, payload: object, answer: Answer, where: Where
) -> None:
    """The tables would not notice if nothing ever did."""
    assert await play(where, action, payload) == moved(answer)


async def test_what_is_only_asked_changes_nothing() -> None:
    """A schedule is told at once, profiles follow their answer."""
    schedule = await play(installed, "GetCompositeSchedule", {"evseId": 1, "duration": 60})
    profiles = await play(installed, "GetChargingProfiles", {"requestId": 1, "chargingProfile": {}})

    assert not schedule.changed
    assert not schedule.followed
    assert isinstance(schedule.answer, dict)
    assert schedule.answer["status"] == "Accepted"
    assert profiles.answer == ACCEPTED
    assert profiles.followed
    assert not profiles.changed
