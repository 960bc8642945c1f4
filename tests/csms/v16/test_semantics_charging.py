"""Payloads of SmartCharging that make no sense (S12)."""

from __future__ import annotations

from laadpaal.properties.charging import MAX_INSTALLED, PROFILES_USED
from laadpaal.station import requests as r
from laadpaal.station.profile_rules import MAX_PERIODS, MAX_STACK_LEVEL
from tests.csms.played import NUMBER, Answer, Row, Where, charging, idle, moved, table, unmoved
from tests.csms.v16.played import ACCEPTED, FORM, MISSING, REJECTED, TYPE, VALUE, play
from tests.csms.v16.stage import NOON, Json
from tests.support import profiles
from tests.support.world import World

UNKNOWN = {"status": "Unknown"}
WEEK_S = 7 * 86_400
ANSWERED = {
    "status": "Accepted",
    "connectorId": 1,
    "scheduleStart": NOON,
    "chargingSchedule": {
        "duration": WEEK_S,
        "chargingRateUnit": "A",
        "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 16.0, "numberPhases": 3}],
    },
}
"""A schedule is composed for a week at most, however much is asked for."""


def installed(world: World) -> None:
    """Have one profile, a TxDefaultProfile of connector 1 at stack level 0."""
    world.ask(r.InstallProfile(profiles.profile(1)))


def off(world: World) -> None:
    """Have that profile, and smart charging switched off by people or by the other version."""
    installed(world)
    world.ask(r.WriteSetting(PROFILES_USED.id, "false"))


def full(world: World) -> None:
    """Have as many profiles as there may be, at ids from 100."""
    for number in range(MAX_INSTALLED):
        level, evse = divmod(number, 2)
        world.ask(r.InstallProfile(profiles.profile(100 + number, level=level, evse=evse + 1)))
    assert len(world.station.view().profiles) == MAX_INSTALLED


# --- payloads: good ones, but for what a row says ---


def period(start: object = 0, limit: object = 10, **more: object) -> Json:
    """Return a period."""
    return {"startPeriod": start, "limit": limit, **more}


def schedule(*periods: object, **more: object) -> Json:
    """Return a schedule in ampere, with one good period unless periods are given."""
    return {
        "chargingRateUnit": "A",
        "chargingSchedulePeriod": list(periods) or [period()],
        **more,
    }


def profile(without: object = "", **more: object) -> Json:
    """Return a relative TxDefaultProfile, without one of its fields if need be."""
    whole = {
        "chargingProfileId": 1,
        "stackLevel": 0,
        "chargingProfilePurpose": "TxDefaultProfile",
        "chargingProfileKind": "Relative",
        "chargingSchedule": schedule(),
        **more,
    }
    return {name: value for name, value in whole.items() if name != without}


def _set(answer: Answer, where: Where = idle, connector: object = 1, **more: object) -> Row:
    payload = {"connectorId": connector, "csChargingProfiles": profile(**more)}
    return "SetChargingProfile", payload, answer, where


def _scheduled(answer: Answer, *periods: object, **more: object) -> Row:
    return _set(answer, chargingSchedule=schedule(*periods, **more))


def _tx(answer: Answer, where: Where = charging, connector: int = 1, **more: object) -> Row:
    return _set(answer, where, connector, chargingProfilePurpose="TxProfile", **more)


def _start(answer: Answer, **more: object) -> Row:
    sent = profile(**{"chargingProfilePurpose": "TxProfile", **more})
    payload = {"idTag": "A1", "connectorId": 2, "chargingProfile": sent}
    return "RemoteStartTransaction", payload, answer, charging


def _clear(answer: Answer, where: Where = installed, **payload: object) -> Row:
    return "ClearChargingProfile", payload, answer, where


def _compose(answer: Answer, connector: object = 1, duration: object = 60, **more: object) -> Row:
    payload = {"connectorId": connector, "duration": duration, **more}
    return "GetCompositeSchedule", payload, answer, installed


MADE: list[Row] = [
    ("SetChargingProfile", {}, MISSING, idle),
    ("SetChargingProfile", {"connectorId": 1}, MISSING, idle),
    ("SetChargingProfile", {"csChargingProfiles": profile()}, MISSING, idle),
    ("SetChargingProfile", {"connectorId": 1, "csChargingProfiles": [profile()]}, TYPE, idle),
    ("SetChargingProfile", {"connectorId": 1, "csChargingProfiles": None}, TYPE, idle),
    ("SetChargingProfile", {"connectorId": 1, "chargingProfile": profile()}, FORM, idle),
    *(
        _set(MISSING, without=field)
        for field in (
            "chargingProfileId",
            "stackLevel",
            "chargingProfilePurpose",
            "chargingProfileKind",
            "chargingSchedule",
        )
    ),
    _set(MISSING, chargingSchedule={"chargingRateUnit": "A"}),
    _set(MISSING, chargingSchedule={"chargingSchedulePeriod": [period()]}),
    _scheduled(MISSING, {"startPeriod": 0}),
    _scheduled(MISSING, {"limit": 10}),
    _set(FORM, id=1),
    _scheduled(FORM, salesTariff={}),
    _scheduled(FORM, period(phaseToUse=1)),
    *(_set(TYPE, connector=wrong) for wrong in ("1", 1.0, True, None)),
    *(_set(TYPE, chargingProfileId=wrong) for wrong in ("1", 1.0, True)),
    *(_set(TYPE, stackLevel=wrong) for wrong in ("0", 0.0, False)),
    *(_set(TYPE, validFrom=wrong) for wrong in (1_700_049_600, None)),
    *(_scheduled(TYPE, duration=wrong) for wrong in ("60", 60.0)),
    *(_scheduled(TYPE, period(start)) for start in ("0", 0.0, False)),
    *(_scheduled(TYPE, period(limit=limit)) for limit in ("10", True, None)),
    *(_scheduled(TYPE, period(numberPhases=number)) for number in (3.0, "3", True)),
    _tx(TYPE, transactionId=str(NUMBER)),
    _tx(TYPE, transactionId=float(NUMBER)),
]
"""Not made as a profile is made."""

SENSELESS: list[Row] = [
    _set({"status": "NotSupported"}, off),
    # Whom it is for
    *(_set(VALUE, connector=number) for number in (3, -1, 2**40)),
    _set(VALUE, chargingProfilePurpose="ChargingStationMaxProfile"),
    _set(REJECTED, connector=1, chargingProfilePurpose="ChargePointMaxProfile"),
    _set(REJECTED, connector=0, chargingProfilePurpose="ChargePointMaxProfile"),
    _tx(REJECTED, idle),
    _tx(REJECTED, connector=0),
    _tx(REJECTED, connector=2),
    _tx(REJECTED, connector=2, transactionId=NUMBER),
    *(_tx(REJECTED, transactionId=number) for number in (NUMBER + 1, -1, 2**70)),
    _set(REJECTED, charging, transactionId=NUMBER),
    # Its numbers
    _set(REJECTED, chargingProfileId=2**31),
    *(_set(REJECTED, stackLevel=level) for level in (-1, MAX_STACK_LEVEL + 1, 2**40)),
    _set(REJECTED, full, stackLevel=MAX_STACK_LEVEL),
    # When it counts
    _set(VALUE, chargingProfileKind="relative"),
    _set(VALUE, recurrencyKind="Monthly"),
    _set(REJECTED, recurrencyKind="Daily"),
    _set(REJECTED, chargingProfileKind="Absolute"),
    _set(REJECTED, chargingProfileKind="Recurring", recurrencyKind="Daily"),
    _set(
        REJECTED,
        chargingProfileKind="Recurring",
        chargingSchedule=schedule(startSchedule=NOON),
    ),
    *(
        _set(VALUE, validTo=text)
        for text in (
            "",
            "noon",
            "2023-11-15",
            "12:00:00Z",
            "2023-13-15T12:00:00Z",
            "2023-02-30T12:00:00Z",
            "2023-11-15T25:00:00Z",
            "2023-11-15T12:00:00+24:00",
            "2023-11-15T12:00:00Z" + " " * 60,
        )
    ),
    _set(VALUE, validFrom="1700049600"),
    _set(
        VALUE, chargingProfileKind="Absolute", chargingSchedule=schedule(startSchedule="tomorrow")
    ),
    _set(REJECTED, validFrom=NOON, validTo=NOON),
    _set(REJECTED, validFrom="2023-11-15T12:00:00", validTo="2023-11-15T13:00:00+01:00"),
    _set(REJECTED, validFrom="2023-11-15T12:30:00Z", validTo="2023-11-15T13:00:00+01:00"),
    # Its periods
    _set(REJECTED, chargingSchedule=schedule() | {"chargingSchedulePeriod": []}),
    _scheduled(REJECTED, *(period(second) for second in range(MAX_PERIODS + 1))),
    *(_scheduled(REJECTED, period(first)) for first in (1, -1)),
    _scheduled(REJECTED, period(), period(60), period(60)),
    _scheduled(REJECTED, period(), period(60), period(59)),
    _scheduled(REJECTED, period(), period(2**31)),
    *(_scheduled(REJECTED, duration=seconds) for seconds in (0, -1, 2**31)),
    # Its limits
    _scheduled(VALUE, chargingRateUnit="kW"),
    _scheduled(VALUE, period(limit=10.05)),
    _scheduled(VALUE, minChargingRate=4.25),
    *(_scheduled(REJECTED, period(limit=limit)) for limit in (-1, -0.1, 1e10, 1e300)),
    _scheduled(REJECTED, minChargingRate=-0.1),
    *(_scheduled(REJECTED, period(numberPhases=number)) for number in (0, 4, -1)),
    # With a start
    _start(REJECTED, chargingProfilePurpose="TxDefaultProfile"),
    _start(REJECTED, chargingProfilePurpose="ChargePointMaxProfile"),
    _start(REJECTED, transactionId=NUMBER),
    _start(REJECTED, stackLevel=MAX_STACK_LEVEL + 1),
    _start(REJECTED, chargingSchedule=schedule(period(5))),
    _start(REJECTED, chargingSchedule=schedule(period(limit=-1))),
    _start(REJECTED, validFrom=NOON, validTo=NOON),
    _start(VALUE, validFrom="noon"),
    _start(VALUE, chargingSchedule=schedule(period(limit=10.05))),
    _start(TYPE, stackLevel=0.0),
    _start(FORM, evseId=1),
    _start(MISSING, without="chargingSchedule"),
]
"""Made well, and no profile all the same."""

ASKED: list[Row] = [
    _clear(UNKNOWN, off),
    ("GetCompositeSchedule", {"connectorId": 1, "duration": 60}, REJECTED, off),
    # ClearChargingProfile
    ("ClearChargingProfile", [], FORM, installed),
    *(_clear(TYPE, id=wrong) for wrong in ("1", 1.0, True, None)),
    _clear(TYPE, connectorId="1"),
    _clear(TYPE, stackLevel=0.5),
    _clear(VALUE, chargingProfilePurpose="txDefaultProfile"),
    _clear(FORM, chargingProfileId=1),
    *(_clear(UNKNOWN, id=number) for number in (2, -1, 2**70)),
    *(_clear(UNKNOWN, connectorId=number) for number in (0, 2, 3, -1)),
    *(_clear(UNKNOWN, stackLevel=level) for level in (1, -1, 2**40)),
    _clear(UNKNOWN, chargingProfilePurpose="TxProfile"),
    _clear(UNKNOWN, connectorId=1, stackLevel=1),
    _clear(UNKNOWN, idle),
    # GetCompositeSchedule
    ("GetCompositeSchedule", {}, MISSING, installed),
    ("GetCompositeSchedule", {"connectorId": 1}, MISSING, installed),
    ("GetCompositeSchedule", {"duration": 60}, MISSING, installed),
    *(_compose(TYPE, duration=wrong) for wrong in ("60", 60.0, True, None)),
    *(_compose(TYPE, wrong) for wrong in ("1", 1.0, True)),
    *(_compose(VALUE, chargingRateUnit=wrong) for wrong in ("a", "kW", "")),
    _compose(FORM, evseId=1),
    *(_compose(REJECTED, number) for number in (3, -1, 2**40)),
    *(_compose(REJECTED, duration=seconds) for seconds in (0, -1, -(2**40))),
    ("GetCompositeSchedule", {"connectorId": 1, "duration": WEEK_S + 1}, ANSWERED, idle),
    ("GetCompositeSchedule", {"connectorId": 1, "duration": 2**40}, ANSWERED, idle),
]


SENSIBLE: list[Row] = [
    _set(ACCEPTED),
    _set(ACCEPTED, full),  # in the place of another
    _tx(ACCEPTED, transactionId=NUMBER),
    _start(ACCEPTED),
    _clear(ACCEPTED),
    _clear(ACCEPTED, id=1, connectorId=2),
]


@table([*MADE, *SENSELESS])
async def test_profiles(action: str, payload: object, answer: Answer, where: Where) -> None:
    """A profile that makes no sense is not installed, and starts nothing."""
    assert await play(where, action, payload) == unmoved(answer)


@table(ASKED)
async def test_asking(action: str, payload: object, answer: Answer, where: Where) -> None:
    """What fits no profile clears none, and a schedule is told of what there is."""
    assert await play(where, action, payload) == unmoved(answer)


@table(SENSIBLE)
async def test_what_makes_sense_does_leave_something(
    action: str, payload: object, answer: Answer, where: Where
) -> None:
    """The payloads that the tables spoil are good ones."""
    assert await play(where, action, payload) == moved(answer)
