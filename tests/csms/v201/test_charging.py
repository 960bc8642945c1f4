"""Smart charging in the words of the CSMS (block K), before a real core."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import pytest

from laadpaal.csms.dialect import Call, Refusal, Reply, Scene, Wish
from laadpaal.csms.v16 import V16
from laadpaal.csms.v201 import V201
from laadpaal.properties import charging as rows
from laadpaal.properties import energy_manager as manager_rows
from laadpaal.protocols.ocpp import codec
from laadpaal.station.charging_profiles import (
    Kind,
    Period,
    Profile,
    Purpose,
    Recurrency,
    Schedule,
    Source,
    Unit,
)
from laadpaal.station.layout import Layout
from laadpaal.station.limits import SetExternalLimit
from laadpaal.station.notices import ExternalLimitCleared, ExternalLimitSet
from laadpaal.station.requests import (
    ClearProfiles,
    ComposeSchedule,
    InstallProfile,
)
from laadpaal.station.set_points import SetPoint
from tests.csms import played
from tests.csms.v16.stage import FakeJournal
from tests.csms.v201.scene import FakeClock, json_of, shown
from tests.csms.v201.scene import World as Seen
from tests.support.disk import MemoryDisk
from tests.support.world import NOON, World

AT_NOON = "2023-11-15T12:00:00.000Z"
TARIFF = {"id": 1, "salesTariffEntry": [{"relativeTimeInterval": {"start": 0}}]}
WHOLE: dict[str, Any] = {
    "id": 12,
    "stackLevel": 3,
    "chargingProfilePurpose": "TxDefaultProfile",
    "chargingProfileKind": "Recurring",
    "recurrencyKind": "Weekly",
    "validFrom": AT_NOON,
    "validTo": "2023-11-15T12:00:30.500Z",
    "chargingSchedule": [
        {
            "id": 7,
            "duration": 90,
            "startSchedule": AT_NOON,
            "chargingRateUnit": "W",
            "minChargingRate": 4.2,
            "chargingSchedulePeriod": [
                {"startPeriod": 0, "limit": 6900.5, "numberPhases": 3},
                {"startPeriod": 60, "limit": 11040.0},
            ],
        }
    ],
}
KEPT = Profile(
    12,
    2,
    Purpose.TX_DEFAULT,
    Kind.RECURRING,
    3,
    (Schedule(Unit.WATT, (Period(0, 6900.5, 3), Period(60, 11040.0)), 90, NOON, 4.2, 7),),
    Recurrency.WEEKLY,
    NOON,
    NOON + 30.5,
)
"""The same in our words, for EVSE 2."""


def schedule(*periods: tuple[int, float], **more: object) -> dict[str, Any]:
    """Return a schedule in ampere, of 10 A unless told otherwise."""
    return {
        "id": 1,
        "chargingRateUnit": "A",
        "chargingSchedulePeriod": [
            {"startPeriod": start, "limit": limit} for start, limit in periods or ((0, 10.0),)
        ],
        **more,
    }


@dataclass
class Counter:
    """The CSMS on one side, on the other a real station that charges on EVSE 1."""

    world: World = field(default_factory=World)
    dialect: Any = field(default_factory=lambda: V201(FakeClock()))

    def __post_init__(self) -> None:
        self.world.online()
        self.world.plug()
        self.world.swipe()

    @property
    def scene(self) -> Scene:
        return Scene(played.Desk(self.world), FakeJournal())

    def hear(self, action: str, **payload: object) -> Reply:
        """Return what a call comes to."""
        text = json.dumps(payload).encode()
        message = codec.decode_call(self.dialect.language, action, text)
        heard = self.dialect.tables.hears[action](message, self.scene)
        if isinstance(heard, Wish):
            return heard.reply(tuple(map(self.world.ask, heard.requests)))
        assert isinstance(heard, Reply)
        return heard

    def ask(self, action: str, **payload: object) -> Any:
        """Return the answer to a call."""
        return json_of(self.hear(action, **payload).payload)

    def set(self, evse: int = 1, *schedules: dict[str, Any], **more: object) -> Any:
        """Set a profile, a relative TxDefaultProfile of 10 A unless told otherwise."""
        sent = {
            "id": 1,
            "stackLevel": 0,
            "chargingProfilePurpose": "TxDefaultProfile",
            "chargingProfileKind": "Relative",
            "chargingSchedule": [*(schedules or (schedule(),))],
        } | more
        answer = self.ask("SetChargingProfile", evseId=evse, chargingProfile=sent)
        reason = answer.get("statusInfo", {}).get("reasonCode")
        return answer["status"] if reason is None else (answer["status"], reason)

    def limits(self, evse: int = 1, duration: int = 400, **more: str) -> list[tuple[int, float]]:
        """Return from which second on how much is expected."""
        answer = self.ask("GetCompositeSchedule", evseId=evse, duration=duration, **more)
        assert answer["status"] == "Accepted"
        periods = answer["schedule"]["chargingSchedulePeriod"]
        return [(period["startPeriod"], period["limit"]) for period in periods]

    def reports(self, **wanted: Any) -> list[dict[str, Any]]:
        """Return what is reported of the profiles that are wanted."""
        evse = {"evseId": wanted.pop("evse")} if "evse" in wanted else {}
        reply = self.hear("GetChargingProfiles", requestId=5, chargingProfile=wanted, **evse)
        then = [call for call in reply.then if isinstance(call, Call)]
        assert json_of(reply.payload) == {"status": "Accepted" if then else "NoProfiles"}
        told = [shown(call) for call in then]
        assert {action for action, _ in told} <= {"ReportChargingProfiles"}
        assert [payload["tbc"] for _, payload in told] == [True] * (len(told) - 1) + [False] * bool(
            told
        )
        assert {payload["requestId"] for _, payload in told} <= {5}
        return [payload for _, payload in told]

    def found(self, **wanted: Any) -> dict[tuple[int, str], list[int]]:
        """Return the ids that are reported, by EVSE and source."""
        return {
            (told["evseId"], told["chargingLimitSource"]): [
                one["id"] for one in told["chargingProfile"]
            ]
            for told in self.reports(**wanted)
        }

    def limit(self, limit_a: float, source: Source = Source.EMS, evse: int = 0) -> None:
        """Let somebody else limit."""
        wish = SetExternalLimit(source, evse, Schedule(Unit.AMPERE, (Period(0, limit_a),), id=4))
        self.world.ask(wish)


@pytest.fixture
def counter() -> Counter:
    return Counter()


# --- setting ---


def test_a_profile_is_understood_whole(world: Seen) -> None:
    """Every field has its place in our words; instants are UTC seconds."""
    wished = world.wished("SetChargingProfile", evseId=2, chargingProfile=WHOLE)

    assert wished == (InstallProfile(KEPT),)


def test_a_profile_names_its_transaction(counter: Counter) -> None:
    """By our own id; one without is for none (K01)."""
    purpose = {"chargingProfilePurpose": "TxProfile"}

    assert counter.set(1, **purpose) == ("Rejected", "MissingParam")
    assert counter.set(1, **purpose, transactionId="tx-9") == ("Rejected", "TxNotFound")
    assert counter.set(2, **purpose, transactionId="tx-1") == ("Rejected", "TxNotFound")
    assert counter.set(0, **purpose, transactionId="tx-1") == ("Rejected", "TxNotFound")
    assert counter.set(1, **purpose, transactionId="tx-1") == "Accepted"


EXTERNAL = "ChargingStationExternalConstraints"


@pytest.mark.parametrize(
    ("evse", "more", "reason"),
    [
        (3, {}, "UnknownEvse"),
        (-1, {}, "UnknownEvse"),
        (1, {"chargingProfilePurpose": "ChargingStationMaxProfile"}, "InvalidProfile"),
        (0, {"chargingProfilePurpose": "ChargingStationMaxProfile"}, "InvalidProfile"),
        (0, {"chargingProfilePurpose": EXTERNAL}, "InvalidProfile"),
        (1, {"stackLevel": 11}, "InvalidStackLevel"),
        (1, {"stackLevel": -1}, "InvalidStackLevel"),
        (1, {"transactionId": "tx-1"}, "InvalidProfile"),
        (1, {"chargingProfileKind": "Absolute"}, "InvalidSchedule"),
        (1, {"chargingProfileKind": "Recurring"}, "InvalidProfile"),
        (1, {"validFrom": AT_NOON, "validTo": AT_NOON}, "InvalidProfile"),
        (1, {"id": 10**30}, "InvalidProfile"),
        (1, {"chargingSchedule": [schedule(), schedule()]}, "InvalidSchedule"),
        (1, {"chargingSchedule": [schedule(startSchedule=AT_NOON)]}, "InvalidSchedule"),
        (1, {"chargingSchedule": [schedule((1, 10.0))]}, "InvalidSchedule"),
        (1, {"chargingSchedule": [schedule((0, -1.0))]}, "InvalidSchedule"),
        (1, {"chargingSchedule": [schedule(*((n, 6.0) for n in range(25)))]}, "InvalidSchedule"),
        (1, {"chargingSchedule": [schedule(salesTariff=TARIFF)]}, "UnsupportedParam"),
    ],
)
def test_a_profile_that_fits_nowhere_is_rejected(
    counter: Counter, evse: int, more: dict[str, Any], reason: str
) -> None:
    """With the reason that the standard has for it, and nothing is left of it (K01)."""
    assert counter.set(evse, **more) == ("Rejected", reason)
    assert counter.world.station.view().profiles == ()


def test_the_same_place_is_a_duplicate(counter: Counter) -> None:
    """The same id replaces, another needs another place (K01)."""
    assert counter.set(1) == "Accepted"
    assert counter.set(1, id=2) == ("Rejected", "DuplicateProfile")
    assert counter.set(0, id=2) == ("Rejected", "DuplicateProfile")
    assert counter.set(0, schedule((0, 8.0))) == "Accepted"
    assert counter.limits(2) == [(0, 8)]


@pytest.mark.parametrize("period", [{"numberPhases": 1}, {"numberPhases": 1, "phaseToUse": 2}])
def test_lines_that_cannot_be_switched_are_not_promised(
    counter: Counter, period: dict[str, int]
) -> None:
    """Phases3to1 and ACPhaseSwitchingSupported say so beforehand."""
    one = schedule(chargingSchedulePeriod=[{"startPeriod": 0, "limit": 10.0} | period])

    assert counter.set(1, one) == ("Rejected", "InvalidSchedule")


@pytest.mark.parametrize(
    ("more", "start"), [({"validFrom": "noon"}, {}), ({}, {"startSchedule": "2023-02-30"})]
)
def test_an_instant_that_is_none_is_an_error(
    counter: Counter, more: dict[str, str], start: dict[str, str]
) -> None:
    """The schema does not look into the text, so we do."""
    with pytest.raises(Refusal) as refused:
        counter.set(1, schedule(**start), **more)

    assert refused.value.code == "PropertyConstraintViolation"


# --- clearing ---


def test_the_criteria_of_clearing(world: Seen) -> None:
    """Each that is given counts, and 0 is given (K10)."""
    criteria = {
        "evseId": 0,
        "chargingProfilePurpose": "ChargingStationMaxProfile",
        "stackLevel": 0,
    }

    def wish(**payload: object) -> object:
        [request] = world.wished("ClearChargingProfile", **payload)
        return request

    assert wish(chargingProfileCriteria=criteria) == ClearProfiles(None, 0, Purpose.STATION_MAX, 0)
    assert wish(chargingProfileId=0) == ClearProfiles(0)
    assert wish(chargingProfileId=1, chargingProfileCriteria={}) == ClearProfiles(1)
    assert wish() == ClearProfiles()


def test_clearing_tells_what_came_of_it(counter: Counter) -> None:
    """Accepted when there was anything, else Unknown with the reason."""
    counter.set(1)

    assert counter.ask("ClearChargingProfile", chargingProfileId=1) == {"status": "Accepted"}
    answer = counter.ask("ClearChargingProfile", chargingProfileId=1)
    assert answer["status"] == "Unknown"
    assert answer["statusInfo"]["reasonCode"] == "NotFound"


# --- the composite schedule ---


def test_a_schedule_is_told_whole(counter: Counter) -> None:
    """It starts now, and says of which EVSE it is (K08)."""
    counter.set(1, schedule(duration=60))

    assert counter.ask("GetCompositeSchedule", evseId=1, duration=300) == {
        "status": "Accepted",
        "schedule": {
            "evseId": 1,
            "duration": 300,
            "scheduleStart": AT_NOON,
            "chargingRateUnit": "A",
            "chargingSchedulePeriod": [
                {"startPeriod": 0, "limit": 10.0, "numberPhases": 3},
                {"startPeriod": 60, "limit": 16.0, "numberPhases": 3},
            ],
        },
    }


def test_a_schedule_is_asked_for_in_ampere_or_as_told(world: Seen) -> None:
    """Without a unit it is ampere."""

    def wish(**more: str) -> object:
        [request] = world.wished("GetCompositeSchedule", evseId=2, duration=60, **more)
        return request

    assert wish() == ComposeSchedule(2, 60, Unit.AMPERE)
    assert wish(chargingRateUnit="A") == ComposeSchedule(2, 60, Unit.AMPERE)
    assert wish(chargingRateUnit="W") == ComposeSchedule(2, 60, Unit.WATT)


@pytest.mark.parametrize(
    ("evse", "duration", "reason"), [(3, 60, "UnknownEvse"), (1, 0, "InvalidValue")]
)
def test_no_schedule_is_told_of_nothing(
    counter: Counter, evse: int, duration: int, reason: str
) -> None:
    """An EVSE that is not there, a span that is none: Rejected, and no schedule."""
    answer = counter.ask("GetCompositeSchedule", evseId=evse, duration=duration)

    assert answer["status"] == "Rejected"
    assert answer["statusInfo"]["reasonCode"] == reason
    assert "schedule" not in answer


# --- reports ---


def test_a_profile_is_reported_as_it_was_set(counter: Counter) -> None:
    """Whatever it says, and by whom it was set (K09)."""
    counter.world.ask(InstallProfile(KEPT))
    [told] = counter.reports(chargingProfileId=[12])

    assert told["chargingProfile"] == [WHOLE]
    assert (told["evseId"], told["chargingLimitSource"]) == (2, "CSO")


def test_a_profile_of_a_transaction_is_reported_with_it(counter: Counter) -> None:
    """By our id, which the CSMS knows."""
    counter.set(1, chargingProfilePurpose="TxProfile", transactionId="tx-1")
    [told] = counter.reports(chargingProfilePurpose="TxProfile")

    assert told["chargingProfile"][0]["transactionId"] == "tx-1"


def test_reports_are_grouped_by_evse_and_source(counter: Counter) -> None:
    """One message for each, and the last says that it is the last."""
    counter.set(1)
    counter.set(1, id=2, stackLevel=1)
    counter.set(2, id=3)
    counter.limit(20)
    counter.limit(18, Source.SO)
    counter.limit(12, evse=2)

    assert counter.found() == {
        (0, "EMS"): [-1],
        (0, "SO"): [-2],
        (1, "CSO"): [1, 2],
        (2, "CSO"): [3],
        (2, "EMS"): [-3],
    }


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        ({"evse": 0}, {-1, 4}),
        ({"evse": 1}, {1, 2}),
        ({"evse": 3}, set()),
        ({"chargingProfileId": [1, 3, 9]}, {1, 3}),
        ({"chargingProfileId": [9]}, set()),
        ({"evse": 2, "chargingProfileId": [1, 3]}, {3}),
        ({"evse": 1, "stackLevel": 1}, {2}),
        ({"chargingLimitSource": ["EMS", "SO"]}, {-1}),
        ({"evse": 1, "chargingLimitSource": ["CSO"]}, {1, 2}),
        ({"evse": 1, "chargingLimitSource": ["Other"]}, set()),
        ({"chargingProfilePurpose": "ChargingStationMaxProfile"}, {4}),
        ({"chargingProfilePurpose": EXTERNAL}, {-1}),
        ({"chargingProfilePurpose": "TxDefaultProfile", "stackLevel": 0}, {1, 3}),
    ],
)
def test_what_fits_all_that_is_said_is_reported(
    counter: Counter, wanted: dict[str, Any], ids: set[int]
) -> None:
    """EVSE 0 is those of all, and no EVSE is every one (K09)."""
    counter.set(1)
    counter.set(1, id=2, stackLevel=1)
    counter.set(2, id=3)
    counter.set(
        0,
        schedule(startSchedule=AT_NOON),
        id=4,
        chargingProfilePurpose="ChargingStationMaxProfile",
        chargingProfileKind="Absolute",
    )
    counter.limit(20)

    assert {id_ for several in counter.found(**wanted).values() for id_ in several} == ids


# --- others ---


def test_a_limit_of_others_is_told(counter: Counter) -> None:
    """Who limits, and what: the station as a whole has no number (K11, K12)."""
    counter.limit(10)
    counter.limit(8, Source.SO, evse=2)
    whole, one = counter.world.told(ExternalLimitSet)

    def told(notice: ExternalLimitSet) -> Any:
        [call] = counter.dialect.tables.tells[ExternalLimitSet](notice, counter.scene)
        action, payload = shown(call)
        assert action == "NotifyChargingLimit"
        return payload

    assert told(whole) == {"chargingLimit": {"chargingLimitSource": "EMS"}}
    critical = {"chargingLimitSource": "SO", "isGridCritical": True}
    assert told(one) == {"chargingLimit": critical, "evseId": 2}
    counter.world.put(rows.EXTERNAL_LIMITS_TOLD_WHOLE, to=True)
    period = {"startPeriod": 0, "limit": 8.0}
    assert told(one)["chargingSchedule"] == [
        {
            "id": 4,
            "chargingRateUnit": "A",
            "startSchedule": AT_NOON,
            "chargingSchedulePeriod": [period],
        }
    ]


def test_a_set_point_is_told_and_reported_like_a_limit() -> None:
    """The CSMS need not know by which way an energy manager speaks (K09, K12, K13)."""
    counter = Counter(World(Layout(manager=True)))
    counter.world.put(manager_rows.ALLOWED, to=manager_rows.STEERS)
    counter.world.ask(SetPoint(2, 9.5))
    counter.world.pass_time(61)
    [limited] = counter.world.told(ExternalLimitSet)
    [released] = counter.world.told(ExternalLimitCleared)
    tells = counter.dialect.tables.tells

    calls = (
        *tells[ExternalLimitSet](limited, counter.scene),
        *tells[ExternalLimitCleared](released, counter.scene),
    )
    source = {"chargingLimitSource": "EMS"}
    assert [shown(call) for call in calls] == [
        ("NotifyChargingLimit", {"chargingLimit": source, "evseId": 2}),
        ("ClearedChargingLimit", source | {"evseId": 2}),
    ]
    assert counter.found(chargingLimitSource=["EMS"]) == {}
    counter.world.ask(SetPoint(2, 9.5))
    assert counter.found(chargingLimitSource=["EMS"]) == {(2, "EMS"): [-1_000_002]}


def test_a_release_is_told(counter: Counter) -> None:
    """With the same words (K13)."""

    def told(evse: int) -> Any:
        notice = ExternalLimitCleared(Source.OTHER, evse)
        [call] = counter.dialect.tables.tells[ExternalLimitCleared](notice, counter.scene)
        return shown(call)

    source = {"chargingLimitSource": "Other"}
    assert told(0) == ("ClearedChargingLimit", source)
    assert told(2) == ("ClearedChargingLimit", source | {"evseId": 2})


def test_the_csms_cannot_clear_what_others_have_set(counter: Counter) -> None:
    """It may see it, and no more (K10)."""
    counter.limit(10)
    criteria = {"chargingProfilePurpose": EXTERNAL}

    for payload in ({}, {"chargingProfileId": -1}, {"chargingProfileCriteria": criteria}):
        assert counter.ask("ClearChargingProfile", **payload)["status"] == "Unknown"
    assert counter.set(1, id=-1) == ("Rejected", "InvalidProfile")


# --- switched off ---


@pytest.mark.parametrize(
    ("action", "payload"),
    [
        ("SetChargingProfile", {"evseId": 1, "chargingProfile": WHOLE}),
        ("GetChargingProfiles", {"requestId": 1, "chargingProfile": {}}),
        ("ClearChargingProfile", {}),
        ("GetCompositeSchedule", {"evseId": 1, "duration": 60}),
    ],
)
def test_switched_off_it_is_not_supported(
    counter: Counter, action: str, payload: dict[str, Any]
) -> None:
    """An error, as if there were no smart charging (K01); and nothing is told either."""
    counter.world.put(rows.PROFILES_USED, to=False)
    with pytest.raises(Refusal) as refused:
        counter.hear(action, **payload)

    assert refused.value.code == "NotSupported"
    tells = counter.dialect.tables.tells
    limited = ExternalLimitSet(Source.EMS, 0, KEPT.schedules[0])
    assert tells[ExternalLimitSet](limited, counter.scene) == ()
    assert tells[ExternalLimitCleared](ExternalLimitCleared(Source.EMS, 0), counter.scene) == ()


# --- both versions ---


def older(world: World) -> Counter:
    """Return the counter of a station that speaks OCPP 1.6."""
    dialect = V16(played.LOG)
    world.values.hold(dialect.fixed)
    return Counter(world, dialect)


def test_profiles_outlast_a_change_of_version() -> None:
    """They stay in force, and each version reports and clears what the other has set."""
    disk = MemoryDisk()
    one = {"chargingRateUnit": "A", "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 9.0}]}
    profile = {
        "stackLevel": 0,
        "chargingProfilePurpose": "TxDefaultProfile",
        "chargingProfileKind": "Relative",
        "chargingSchedule": one,
    }
    accepted = {"status": "Accepted"}

    before = older(World())
    for number, connector in ((3, 0), (4, 1)):
        sent = profile | {"chargingProfileId": number}
        asked = {"connectorId": connector, "csChargingProfiles": sent}
        assert before.ask("SetChargingProfile", **asked) == accepted
    disk.apply(before.world.records, before.world.durable())

    after = Counter(World(saved=disk.saved()))
    assert after.limits() == [(0, 9)]
    assert after.found() == {(0, "CSO"): [3], (1, "CSO"): [4]}
    assert after.ask("ClearChargingProfile", chargingProfileId=4) == accepted
    assert after.set(2, schedule((0, 8.0)), id=5, stackLevel=1) == "Accepted"
    after.limit(7, evse=2)
    disk.apply(after.world.records, after.world.durable())

    again = older(World(saved=disk.saved()))
    asked = {"connectorId": 2, "duration": 60}
    told = again.ask("GetCompositeSchedule", **asked)["chargingSchedule"]
    assert told["chargingSchedulePeriod"][0]["limit"] == 7
    assert again.ask("ClearChargingProfile", id=5) == accepted
    assert again.ask("ClearChargingProfile") == accepted
    assert again.ask("ClearChargingProfile") == {"status": "Unknown"}
