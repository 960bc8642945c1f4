"""Limits of others than the CSMS: set, obeyed, told, released, and out of the CSMS's reach."""

from __future__ import annotations

from dataclasses import replace

import pytest

from laadpaal.properties import charging as rows
from laadpaal.properties import transactions as tx_rows
from laadpaal.station import events as e
from laadpaal.station import requests as r
from laadpaal.station.answers import Accepted, Answer, Reason, Refused
from laadpaal.station.charging_profiles import (
    Kind,
    Period,
    Profile,
    Purpose,
    Schedule,
    Source,
    Unit,
)
from laadpaal.station.limits import ClearExternalLimit, SetExternalLimit
from laadpaal.station.notices import (
    ExternalLimitCleared,
    ExternalLimitSet,
    TransactionEnded,
    TransactionUpdated,
)
from laadpaal.station.words import By, ChargingState, Token, Trigger
from tests.station.test_profiles import (
    START,
    charging,
    composed,
    disk,
    ids,
    install,
    limits,
    offered,
    refusal,
    station_max,
)
from tests.support.profiles import profile
from tests.support.promises import assert_saved
from tests.support.world import CARD, NOON, World

OTHER = Token("OTHER")


def limit(
    world: World,
    limit_a: float,
    source: Source = Source.EMS,
    evse: int = 0,
    duration_s: int | None = None,
) -> Answer:
    """Let somebody limit."""
    schedule = Schedule(Unit.AMPERE, (Period(0, limit_a),), duration_s)
    return world.ask(SetExternalLimit(source, evse, schedule))


def rates(world: World) -> list[TransactionUpdated]:
    """Return what transactions told of their rate."""
    return [n for n in world.told(TransactionUpdated) if n.trigger is Trigger.CHARGING_RATE_CHANGED]


# --- set ---


def test_a_limit_from_outside_is_obeyed_and_told() -> None:
    """It is a profile with a negative id, and counts from now (2.0.1 K11, K12)."""
    world = charging()
    assert limit(world, 10) == Accepted()

    schedule = Schedule(Unit.AMPERE, (Period(0, 10),), None, NOON)
    kept = Profile(-1, 0, Purpose.EXTERNAL, Kind.ABSOLUTE, 0, (schedule,), source=Source.EMS)
    assert world.station.view().profiles == (kept,)
    assert offered(world) == (10, "EMS limit")
    assert world.told(ExternalLimitSet) == [ExternalLimitSet(Source.EMS, 0, schedule)]
    [told] = rates(world)
    assert (told.transaction, told.evse, told.state) == ("tx-1", 1, None)


def test_the_lowest_of_all_counts() -> None:
    """Each source has its own limit of each EVSE and of the station; the later replaces it."""
    world = charging()
    limit(world, 12, Source.EMS)
    limit(world, 10, Source.SO)
    limit(world, 8, Source.OTHER, evse=1)
    assert offered(world) == (8, "Other limit")
    limit(world, 14, Source.OTHER, evse=1)
    assert offered(world) == (10, "SO limit")
    install(world, profile(1, 9))
    assert offered(world) == (9, "TxDefaultProfile 1")
    assert sorted(ids(world)) == [-3, -2, -1, 1]


def test_the_station_s_limit_is_shared_and_an_evse_s_is_not() -> None:
    """As a station max is; and what one EVSE may not take, the other has."""
    world = charging()
    world.plug(2)
    world.swipe(OTHER)
    limit(world, 14)
    assert (offered(world), offered(world, 2)) == ((7, "EMS limit"), (7, "EMS limit"))
    limit(world, 6, Source.SO, evse=2)
    assert (offered(world)[0], offered(world, 2)) == (8, (6, "SO limit"))


@pytest.mark.parametrize(
    ("wish", "reason"),
    [
        (SetExternalLimit(Source.EMS, 3, profile().schedules[0]), Reason.UNKNOWN_EVSE),
        (SetExternalLimit(Source.CSO, 0, profile().schedules[0]), Reason.BAD_PROFILE),
        (SetExternalLimit(Source.EMS, 0, profile(1, -1).schedules[0]), Reason.BAD_SCHEDULE),
        (
            SetExternalLimit(Source.EMS, 0, profile(starts_at=NOON).schedules[0]),
            Reason.BAD_SCHEDULE,
        ),
        (ClearExternalLimit(Source.EMS, 0), Reason.UNKNOWN_LIMIT),
        (ClearExternalLimit(Source.SO, 1), Reason.UNKNOWN_LIMIT),
        (ClearExternalLimit(Source.CSO, 1), Reason.UNKNOWN_LIMIT),
    ],
)
def test_what_is_no_limit_is_refused(
    wish: SetExternalLimit | ClearExternalLimit, reason: Reason
) -> None:
    """And leaves nothing behind."""
    world = charging()
    install(world, profile(7))
    limit(world, 10, evse=1)
    before = world.station.view()
    answer = world.ask(wish)

    assert isinstance(answer, Refused)
    assert answer.reason is reason
    assert world.station.view() == before


# --- released ---


def test_a_limit_is_released() -> None:
    """The CSMS hears of it, and so it does of the rate (2.0.1 K13)."""
    world = charging()
    limit(world, 10)

    assert world.ask(ClearExternalLimit(Source.EMS, 0)) == Accepted()
    assert world.told(ExternalLimitCleared) == [ExternalLimitCleared(Source.EMS, 0)]
    assert offered(world) == (16, "connector")
    assert len(rates(world)) == 2
    assert ids(world) == []


@pytest.mark.parametrize("jump_s", [0.0, 5000.0, -5000.0])
def test_a_limit_for_a_time_is_released_by_itself(jump_s: float) -> None:
    """After as many seconds as it was set for, whatever happens to the clock."""
    world = charging()
    limit(world, 10, duration_s=60)
    world.pass_time(20)
    world.now = replace(world.now, utc=world.now.utc + jump_s)
    world.tell(e.ClockCorrected(jump_s))
    world.pass_time(39)
    assert offered(world)[0] == 10
    world.pass_time(1)

    assert offered(world)[0] == 16
    assert world.told(ExternalLimitCleared) == [ExternalLimitCleared(Source.EMS, 0)]
    assert ids(world) == []


def test_switched_off_nobody_outside_limits() -> None:
    """What they have set is gone, and nothing new is taken."""
    world = charging()
    limit(world, 10)
    world.ask(r.WriteSetting(rows.EXTERNAL_LIMITS_USED.id, "false"))

    assert offered(world)[0] == 16
    assert world.told(ExternalLimitCleared)
    answer = limit(world, 10)
    assert isinstance(answer, Refused)
    assert answer.reason is Reason.EXTERNAL_LIMITS_OFF


def test_without_smart_charging_they_limit_all_the_same() -> None:
    """The energy manager protects the house, not the CSMS's plans."""
    world = charging()
    world.put(rows.PROFILES_USED, to=False)
    limit(world, 10)

    assert offered(world) == (10, "EMS limit")


# --- told by transactions ---


@pytest.mark.parametrize(
    ("percent", "limit_a", "tells"), [(1.0, 15.9, False), (1.0, 15.8, True), (0.0, 15.9, True)]
)
def test_only_a_change_that_signifies_is_told(
    percent: float, limit_a: float, *, tells: bool
) -> None:
    """In percent of what it was (LimitChangeSignificance)."""
    world = charging()
    world.put(rows.SIGNIFICANT_CHANGE, to=percent)
    limit(world, limit_a)

    assert offered(world)[0] == limit_a
    assert bool(rates(world)) is tells
    assert world.told(ExternalLimitSet)


def test_too_little_suspends_and_both_are_told() -> None:
    """The rate is why, and the state what comes of it; on the way back the vehicle is awaited."""
    world = charging()
    limit(world, 0)
    world.ask(ClearExternalLimit(Source.EMS, 0))

    rate, state = Trigger.CHARGING_RATE_CHANGED, Trigger.CHARGING_STATE_CHANGED
    assert [(n.trigger, n.state) for n in world.told(TransactionUpdated)][-5:] == [
        (rate, None),
        (state, ChargingState.SUSPENDED_EVSE),
        (rate, None),
        (state, ChargingState.SUSPENDED_EV),
        (state, ChargingState.CHARGING),
    ]


def test_what_the_csms_changes_itself_is_not_told() -> None:
    """It knows what it has set, and people see the limit anyway."""
    world = charging()
    install(world, profile(1, 8), station_max(7))

    assert rates(world) == []


def test_who_does_not_charge_tells_nothing() -> None:
    """A limit changes nothing for an idle EVSE, nor for a card that waits for its car."""
    world = World()
    world.online()
    world.swipe()
    limit(world, 10)

    assert world.told(TransactionUpdated) == []


def test_who_begins_or_ends_under_a_limit_says_why() -> None:
    """Sharing changes then as well, but that is not what has happened."""
    world = charging()
    world.ask(r.WriteSetting(tx_rows.START_POINT.id, "EVConnected", By.LOCAL))
    limit(world, 14)
    world.plug(2)
    world.swipe(OTHER)
    world.swipe(OTHER)

    updates = [n.trigger for n in world.told(TransactionUpdated) if n.evse == 2]
    assert Trigger.CHARGING_RATE_CHANGED not in updates
    assert updates[0] is Trigger.AUTHORIZED
    [ended] = world.told(TransactionEnded)
    assert (ended.evse, ended.trigger) == (2, Trigger.STOP_AUTHORIZED)
    assert [n.evse for n in rates(world)] == [1, 1, 1]


# --- out of the CSMS's reach ---


def test_the_csms_cannot_touch_them() -> None:
    """Neither set, nor replace, nor clear; and they take none of its room (2.0.1 K10)."""
    world = charging()
    limit(world, 10)
    [kept] = world.station.view().profiles

    assert refusal(world, replace(kept, id=5)) is Reason.BAD_PROFILE
    assert refusal(world, profile(-1)) is Reason.BAD_PROFILE
    assert refusal(world, replace(profile(), source=Source.EMS)) is Reason.BAD_PROFILE
    for wish in (r.ClearProfiles(), r.ClearProfiles(id=-1), r.ClearProfiles(evse=0)):
        answer = world.ask(wish)
        assert isinstance(answer, Refused)
        assert answer.reason is Reason.UNKNOWN_PROFILE
    install(world, *(profile(n, level=n % 10, evse=n // 10 + 1) for n in range(20)))
    assert len(ids(world)) == 21


def test_their_ids_are_nobody_s() -> None:
    """A CSMS may count downwards too, also for a start that is under way."""
    world = charging()
    install(world, profile(-1))
    world.ask(r.StartCharging(2, OTHER, profile=replace(START, id=-2)))
    limit(world, 10)

    assert sorted(ids(world)) == [-3, -1]
    answer = world.ask(r.StartCharging(2, OTHER, profile=replace(START, id=-3)))
    assert isinstance(answer, Refused)


def test_a_start_cannot_bring_one() -> None:
    """The id of an external limit is taken."""
    world = charging()
    limit(world, 10)
    answer = world.ask(r.StartCharging(2, OTHER, check=False, profile=replace(START, id=-1)))

    assert isinstance(answer, Refused)
    assert answer.reason is Reason.BAD_PROFILE


# --- all the rest that profiles have ---


def test_they_are_composed_like_all_limits() -> None:
    """For an EVSE, and for all together."""
    world = charging()
    limit(world, 10, duration_s=60)
    limit(world, 8, Source.SO, evse=2, duration_s=100)

    assert limits(composed(world)) == [(0, 10), (60, 16)]
    assert limits(composed(world, 2)) == [(0, 8), (100, 16)]
    assert limits(composed(world, 0)) == [(0, 10), (60, 24), (100, 32)]


def test_they_outlast_a_power_cut() -> None:
    """Whoever set them will not know that we were gone."""
    world = charging()
    limit(world, 10, duration_s=600)
    kept = disk(world)
    assert_saved(world.station, world.values, kept.saved())

    after = World(saved=kept.saved())
    after.online()
    after.plug()
    after.swipe()
    assert offered(after) == (10, "EMS limit")
    after.pass_time(600)
    assert offered(after)[0] == 16


# --- priority ---


def test_the_preferred_is_served_first() -> None:
    """Where there is not enough for all; without a word of the CSMS who came first is."""
    world = charging()
    world.plug(2)
    world.swipe(OTHER)
    limit(world, 8)
    assert (offered(world)[0], offered(world, 2)[0]) == (8, 0)
    world.tell(e.PriorityGiven("tx-2", 1))
    assert (offered(world)[0], offered(world, 2)[0]) == (0, 8)
    world.tell(e.PriorityGiven("tx-1", 2))
    assert (offered(world)[0], offered(world, 2)[0]) == (8, 0)
    world.tell(e.PriorityGiven("tx-9", 9))
    assert (offered(world)[0], offered(world, 2)[0]) == (8, 0)
    world.swipe(CARD)
    assert offered(world, 2)[0] == 8


def test_each_way_has_a_limit_of_its_own() -> None:
    """Nobody lifts what another has set: the lowest counts, and its way is named."""
    world = charging()
    schedule = Schedule(Unit.AMPERE, (Period(0, 9),))
    world.ask(SetExternalLimit(Source.OTHER, 1, schedule, "MQTT"))
    limit(world, 12, Source.OTHER, evse=1)
    assert offered(world) == (9, "MQTT limit")
    assert world.station.why(1).current == "9 A of 32 A: MQTT limit allows 9 A"

    assert world.ask(ClearExternalLimit(Source.OTHER, 1, "API")) == Refused(
        Reason.UNKNOWN_LIMIT, "they do not limit that"
    )
    assert world.ask(ClearExternalLimit(Source.OTHER, 1, "MQTT")) == Accepted()
    assert offered(world) == (12, "Other limit")
    told = world.told(ExternalLimitSet)
    assert [n.schedule.periods[0].limit for n in told] == [9, 12]
