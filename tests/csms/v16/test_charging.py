"""Smart charging in the words of the CSMS (1.6 sections 5.5, 5.7 and 5.16)."""

from __future__ import annotations

from typing import Any

import pytest

from laadpaal.csms.dialect import Refusal, Wish
from laadpaal.ports.journal import Start
from laadpaal.protocols.ocpp.errors import RemoteProtocolError
from laadpaal.station.charging_profiles import (
    Kind,
    Period,
    Profile,
    Purpose,
    Recurrency,
    Schedule,
    Unit,
)
from laadpaal.station.events import TokenJudged
from laadpaal.station.requests import ClearProfiles, ComposeSchedule, InstallProfile
from laadpaal.station.words import Token
from tests.csms.v16.stage import AT, NOON, Json, Stage, said, settled
from tests.support.world import GOOD, World

LATER = "2023-11-15T13:00:00+01:00"
"""Noon as well, by another clock."""
TEN_AMPERE = {"chargingRateUnit": "A", "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 10}]}
WHOLE: Json = {
    "chargingProfileId": 12,
    "stackLevel": 3,
    "chargingProfilePurpose": "TxDefaultProfile",
    "chargingProfileKind": "Recurring",
    "recurrencyKind": "Weekly",
    "validFrom": NOON,
    "validTo": "2023-11-15T12:00:30.5Z",
    "chargingSchedule": {
        "duration": 90,
        "startSchedule": LATER,
        "chargingRateUnit": "W",
        "minChargingRate": 4.2,
        "chargingSchedulePeriod": [
            {"startPeriod": 0, "limit": 6900.5, "numberPhases": 1},
            {"startPeriod": 60, "limit": 11040},
        ],
    },
}


class Counter:
    """The CSMS on one side, on the other a real station that charges on connector 1."""

    def __init__(self) -> None:
        self.world = World()
        self.stage = Stage()
        self.stage.desk.values = self.world.values
        self.stage.journal.put(1, 1, Start("tx-1", 7, settled=True))
        self.stage.journal.put(2, 2, Start("tx-0", 6, settled=True))
        self.world.online()
        self.world.plug()
        self.world.swipe()

    def ask(self, action: str, **payload: object) -> Any:
        """Return the answer to a call."""
        heard = self.stage.hear(action, **payload)
        if isinstance(heard, Wish):
            return settled(heard, *map(self.world.ask, heard.requests))
        return said(heard.payload)

    def set(self, connector: int = 1, schedule: Json | None = None, **more: object) -> str:
        """Set a profile, a relative TxDefaultProfile of 10 A unless told otherwise."""
        profile = {
            "chargingProfileId": 1,
            "stackLevel": 0,
            "chargingProfilePurpose": "TxDefaultProfile",
            "chargingProfileKind": "Relative",
            "chargingSchedule": TEN_AMPERE | (schedule or {}),
        } | more
        answer = self.ask("SetChargingProfile", connectorId=connector, csChargingProfiles=profile)
        word: str = answer["status"]
        return word

    def limits(
        self, connector: int = 1, duration: int = 400, **more: str
    ) -> list[tuple[int, float]]:
        """Return from which second on how much is expected."""
        answer = self.ask("GetCompositeSchedule", connectorId=connector, duration=duration, **more)
        assert answer["status"] == "Accepted"
        periods = answer["chargingSchedule"]["chargingSchedulePeriod"]
        return [(period["startPeriod"], period["limit"]) for period in periods]


@pytest.fixture
def counter() -> Counter:
    return Counter()


# --- setting ---


def test_a_profile_is_understood_whole() -> None:
    """Every field has its place in our words; instants in any offset are UTC seconds."""
    wish = Stage().wish("SetChargingProfile", connectorId=2, csChargingProfiles=WHOLE)
    schedule = Schedule(Unit.WATT, (Period(0, 6900.5, 1), Period(60, 11040)), 90, AT, 4.2)

    assert wish.requests == (
        InstallProfile(
            Profile(
                12,
                2,
                Purpose.TX_DEFAULT,
                Kind.RECURRING,
                3,
                (schedule,),
                Recurrency.WEEKLY,
                AT,
                AT + 30.5,
            )
        ),
    )


def test_a_profile_names_our_transaction() -> None:
    """The number of the CSMS is read as our id."""
    stage = Stage()
    stage.journal.put(1, 1, Start("tx-1", 7, settled=True))
    sent = WHOLE | {"chargingProfilePurpose": "TxProfile", "transactionId": 7}
    [request] = stage.wish("SetChargingProfile", connectorId=1, csChargingProfiles=sent).requests

    assert isinstance(request, InstallProfile)
    assert request.profile.transaction == "tx-1"
    assert request.profile.purpose is Purpose.TX


@pytest.mark.parametrize(
    ("connector", "purpose"),
    [
        (0, "ChargePointMaxProfile"),
        (0, "TxDefaultProfile"),
        (2, "TxDefaultProfile"),
        (1, "TxProfile"),
    ],
)
@pytest.mark.parametrize("kind", ["Absolute", "Recurring"])
def test_profiles_are_accepted_where_they_belong(
    counter: Counter, connector: int, purpose: str, kind: str
) -> None:
    """TC_056, TC_057: of the station, of all, of one connector, and of a running transaction."""
    more = {"recurrencyKind": "Daily"} if kind == "Recurring" else {}

    assert (
        counter.set(
            connector,
            {"startSchedule": NOON},
            chargingProfilePurpose=purpose,
            chargingProfileKind=kind,
            **more,
        )
        == "Accepted"
    )


@pytest.mark.parametrize(
    ("connector", "more"),
    [
        (0, {"chargingProfilePurpose": "TxProfile"}),
        (2, {"chargingProfilePurpose": "TxProfile"}),
        (1, {"chargingProfilePurpose": "TxProfile", "transactionId": 99}),
        (1, {"chargingProfilePurpose": "TxProfile", "transactionId": 6}),
        (2, {"chargingProfilePurpose": "TxProfile", "transactionId": 7}),
        (1, {"chargingProfilePurpose": "ChargePointMaxProfile", "chargingProfileKind": "Absolute"}),
        (1, {"stackLevel": 11}),
        (1, {"stackLevel": -1}),
        (1, {"chargingProfileKind": "Recurring", "recurrencyKind": "Daily"}),
        (1, {"chargingProfileKind": "Absolute"}),
        (1, {"validFrom": NOON, "validTo": NOON}),
        (1, {"chargingProfileId": 10**30}),
    ],
)
def test_a_profile_that_fits_nowhere_is_rejected(
    counter: Counter, connector: int, more: dict[str, Any]
) -> None:
    """TC_058: without its transaction, of another one, or against a rule (5.16)."""
    assert counter.set(connector, **more) == "Rejected"
    assert counter.world.station.view().profiles == ()


@pytest.mark.parametrize(
    "schedule",
    [
        {"chargingSchedulePeriod": []},
        {"chargingSchedulePeriod": [{"startPeriod": 1, "limit": 10}]},
        {"chargingSchedulePeriod": [{"startPeriod": 0, "limit": -1}]},
        {
            "chargingSchedulePeriod": [
                {"startPeriod": 0, "limit": 6},
                {"startPeriod": 0, "limit": 7},
            ]
        },
        {"chargingSchedulePeriod": [{"startPeriod": n, "limit": 6} for n in range(25)]},
        {"chargingSchedulePeriod": [{"startPeriod": 0, "limit": 6, "numberPhases": 0}]},
        {"duration": 0},
    ],
)
def test_a_schedule_that_is_none_is_rejected(counter: Counter, schedule: Json) -> None:
    """What the schema lets pass and the section does not."""
    assert counter.set(1, schedule) == "Rejected"


@pytest.mark.parametrize("connector", [3, -1])
def test_an_unknown_connector_is_an_error(counter: Counter, connector: int) -> None:
    """There it is the connectorId that is wrong, not the profile (errata)."""
    with pytest.raises(Refusal) as refused:
        counter.set(connector)

    assert refused.value.code == "PropertyConstraintViolation"


@pytest.mark.parametrize(
    ("more", "schedule"),
    [
        ({"validFrom": "noon"}, {}),
        ({"validTo": "2023-02-30T00:00:00Z"}, {}),
        ({}, {"startSchedule": ""}),
    ],
)
def test_an_instant_that_is_none_is_an_error(
    counter: Counter, more: dict[str, Any], schedule: Json
) -> None:
    """The schema does not look into the text, so we do."""
    with pytest.raises(Refusal) as refused:
        counter.set(1, schedule, chargingProfileKind="Absolute", **more)

    assert refused.value.code == "PropertyConstraintViolation"


@pytest.mark.parametrize("limit", [10.05, "10", None])
def test_a_limit_that_the_schema_forbids_is_an_error(counter: Counter, limit: object) -> None:
    """It has one decimal at most, and it is a number."""
    with pytest.raises(RemoteProtocolError):
        counter.set(1, {"chargingSchedulePeriod": [{"startPeriod": 0, "limit": limit}]})


def test_a_relative_profile_may_name_a_start_that_means_nothing(counter: Counter) -> None:
    """It counts from its transaction, whatever it says besides."""
    assert counter.set(1, {"startSchedule": "2030-01-01T00:00:00Z"}) == "Accepted"
    assert counter.limits() == [(0, 10)]


# --- clearing ---


def test_the_criteria_of_clearing() -> None:
    """Each that is given counts, and 0 is given."""
    given = Stage().wish(
        "ClearChargingProfile",
        id=0,
        connectorId=0,
        chargingProfilePurpose="ChargePointMaxProfile",
        stackLevel=0,
    )

    assert given.requests == (ClearProfiles(0, 0, Purpose.STATION_MAX, 0),)
    assert Stage().wish("ClearChargingProfile").requests == (ClearProfiles(),)


def test_clearing_changes_the_schedule_each_time(counter: Counter) -> None:
    """TC_067: by id, by criteria, all; and nothing is left to clear."""
    one = {"chargingSchedulePeriod": [{"startPeriod": 0, "limit": 8}]}
    other = {"chargingSchedulePeriod": [{"startPeriod": 0, "limit": 6}]}
    for number, schedule in enumerate(({}, one, other)):
        counter.set(1, schedule, chargingProfileId=number, stackLevel=number)

    def cleared(**criteria: object) -> tuple[str, float]:
        word: str = counter.ask("ClearChargingProfile", **criteria)["status"]
        return word, counter.limits()[0][1]

    assert cleared(id=2, connectorId=2) == ("Accepted", 8)
    assert cleared(connectorId=2) == ("Unknown", 8)
    assert cleared(connectorId=1, stackLevel=1) == ("Accepted", 10)
    assert cleared() == ("Accepted", 16)
    assert cleared() == ("Unknown", 16)


# --- the composite schedule ---


def test_a_schedule_is_told_whole(counter: Counter) -> None:
    """It starts now, and says so beside the schedule and not in it (errata)."""
    counter.set(1, {"duration": 60})

    assert counter.ask("GetCompositeSchedule", connectorId=1, duration=300) == {
        "status": "Accepted",
        "connectorId": 1,
        "scheduleStart": NOON,
        "chargingSchedule": {
            "duration": 300,
            "chargingRateUnit": "A",
            "chargingSchedulePeriod": [
                {"startPeriod": 0, "limit": 10.0, "numberPhases": 3},
                {"startPeriod": 60, "limit": 16.0, "numberPhases": 3},
            ],
        },
    }


def test_a_schedule_is_asked_for_in_ampere_or_as_told() -> None:
    """Without a unit it is ampere."""
    asked = {"connectorId": 2, "duration": 60}

    def request(**more: str) -> object:
        [wish] = Stage().wish("GetCompositeSchedule", **asked, **more).requests
        return wish

    assert request() == ComposeSchedule(2, 60, Unit.AMPERE)
    assert request(chargingRateUnit="A") == ComposeSchedule(2, 60, Unit.AMPERE)
    assert request(chargingRateUnit="W") == ComposeSchedule(2, 60, Unit.WATT)


@pytest.mark.parametrize(("connector", "duration"), [(3, 60), (-1, 60), (1, 0), (1, -5)])
def test_no_schedule_is_told_of_nothing(counter: Counter, connector: int, duration: int) -> None:
    """A connector that is not there, a span that is none: Rejected, and not a word more."""
    answer = counter.ask("GetCompositeSchedule", connectorId=connector, duration=duration)

    assert answer == {"status": "Rejected"}


def test_the_lowest_of_the_purposes_is_told(counter: Counter) -> None:
    """TC_066: station, default and transaction; the transaction's own replaces the default."""

    def periods(*limits: tuple[int, float]) -> Json:
        return {
            "chargingSchedulePeriod": [{"startPeriod": s, "limit": a} for s, a in limits],
            "startSchedule": NOON,
        }

    counter.set(
        0,
        periods((0, 10), (200, 9)),
        chargingProfileId=1,
        chargingProfilePurpose="ChargePointMaxProfile",
        chargingProfileKind="Absolute",
    )
    counter.set(1, periods((0, 6)), chargingProfileId=2, chargingProfileKind="Absolute")
    counter.set(
        1,
        periods((0, 8), (100, 14)) | {"duration": 300},
        chargingProfileId=3,
        chargingProfilePurpose="TxProfile",
        chargingProfileKind="Absolute",
        transactionId=7,
    )

    assert counter.limits() == [(0, 8), (100, 10), (200, 9), (300, 6)]
    assert counter.limits(chargingRateUnit="W")[0] == (0, 5520)
    assert counter.limits(0) == [(0, 10), (200, 9)]


def test_a_stack_falls_back(counter: Counter) -> None:
    """TC_072: 150 seconds on top of 400."""
    counter.set(0, {"duration": 400})
    top = {"duration": 150, "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 6}]}
    counter.set(0, top, chargingProfileId=2, stackLevel=1)

    assert counter.limits() == [(0, 6), (150, 10)]
    counter.world.pass_time(149)
    assert counter.world.station.view().evses[0].offered_a == 6
    counter.world.pass_time(1)
    assert counter.world.station.view().evses[0].offered_a == 10


def test_a_default_acts_on_a_running_transaction(counter: Counter) -> None:
    """TC_082: what is offered changes at once."""
    counter.set(0)

    assert counter.world.station.view().evses[0].offered_a == 10


def test_a_started_transaction_follows_its_profile(counter: Counter) -> None:
    """TC_059: the profile of a remote start is what is offered and told."""
    counter.world.plug(2)
    start = {
        "chargingProfileId": 5,
        "stackLevel": 0,
        "chargingProfilePurpose": "TxProfile",
        "chargingProfileKind": "Relative",
        "chargingSchedule": TEN_AMPERE | {"duration": 60},
    }
    answer = counter.ask("RemoteStartTransaction", idTag="B2", connectorId=2, chargingProfile=start)
    counter.world.tell(TokenJudged(Token("B2"), GOOD))

    assert answer == {"status": "Accepted"}
    assert counter.world.station.view().evses[1].offered_a == 10
    assert counter.limits(2) == [(0, 10), (60, 16)]
