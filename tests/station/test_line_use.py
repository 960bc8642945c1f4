"""How many lines an EVSE is to use: what is allowed, what profiles say, what somebody wishes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from laadpaal.properties.wiring import MAX_PHASES, PHASE_SWITCHING
from laadpaal.station import events as e
from laadpaal.station import requests as r
from laadpaal.station.answers import Accepted, Composed, Reason, Refused
from laadpaal.station.charging_profiles import Kind, Profile, Purpose, Unit
from laadpaal.station.layout import EvseLayout, Layout
from laadpaal.station.measurement import Measurement
from laadpaal.station.notices import LinesUsed
from laadpaal.station.phases import SetPhases
from laadpaal.station.saved import Saved
from tests.support.profiles import profile
from tests.support.world import NOON, World

SWITCHING = Layout(evses=(EvseLayout(), EvseLayout()), switches_phases=True)
MANAGER = "energy manager"


def meant(one: Profile, *phases: int | None) -> Profile:
    """Return a profile whose periods are meant for so many lines."""
    schedule = one.schedules[0]
    periods = zip(schedule.periods, phases, strict=True)
    told = tuple(replace(period, phases=lines) for period, lines in periods)
    return replace(one, schedules=(replace(schedule, periods=told),))


def install(world: World, one: Profile) -> None:
    """Install a profile that is good."""
    assert isinstance(world.ask(r.InstallProfile(one)), Accepted)


def lines(world: World, evse: int = 1) -> tuple[int, str]:
    """Return how many lines are wanted, and because of whom."""
    seen = world.station.view().evses[evse - 1].lines
    return seen.wanted, seen.because


def allow(world: World, most: int) -> None:
    """Write how many lines may be used."""
    assert world.ask(r.WriteSetting(MAX_PHASES.id, str(most))) == Accepted()


# --- allowed (S39, S40) ---


def test_s40_what_is_allowed_again_is_not_used_again() -> None:
    """Two numbers: one is a limit, the other what is used."""
    world = World(SWITCHING)
    assert lines(world) == (3, "contactor")
    allow(world, 1)
    assert lines(world) == (1, "MaxAllowedPhases")
    allow(world, 3)
    assert lines(world) == (1, "MaxAllowedPhases")
    assert world.told(LinesUsed) == [LinesUsed(n, 1, "MaxAllowedPhases") for n in (1, 2)]


def test_s40_a_restart_uses_what_is_allowed() -> None:
    """Nothing else is remembered of it."""
    kept = Saved(settings={(MAX_PHASES.id, 0): "1"})
    world = World(SWITCHING, kept)
    world.put(MAX_PHASES, to="1")
    world.measure()
    assert lines(world) == (1, "MaxAllowedPhases")
    assert lines(World(SWITCHING)) == (3, "contactor")


def test_s37_one_line_is_used_where_one_is_built_whatever_is_allowed() -> None:
    """The setting stays at 3."""
    world = World(Layout(evses=(EvseLayout(phases=1),)))

    assert world.values[MAX_PHASES] == "3"
    assert lines(world) == (1, "contactor")


def test_s15_one_line_is_used_where_one_is_wired() -> None:
    """At that socket; the other may be wired in another way."""
    world = World(SWITCHING)
    world.tell(e.MeterRead(1, Measurement(5000.0, (230.0, 0.0, 0.0))))
    world.measure(2)

    assert lines(world) == (1, "installation")
    assert lines(world, 2) == (3, "contactor")


# --- profiles (S41) ---


def test_s41_a_profile_switches_to_one_line_and_back() -> None:
    """Period by period; both numbers are explicit."""
    world = World(SWITCHING)
    one = meant(profile(7, 10, (60, 10), kind=Kind.ABSOLUTE, starts_at=NOON), 1, 3)
    install(world, one)
    assert lines(world) == (1, "TxDefaultProfile 7")
    world.pass_time(60)
    assert lines(world) == (3, "contactor")
    assert world.told(LinesUsed) == [
        LinesUsed(1, 1, "TxDefaultProfile 7"),
        LinesUsed(1, 3, "TxDefaultProfile 7"),
    ]


def test_s41_a_profile_without_a_number_restores_nothing() -> None:
    """Nor does it that a profile has gone."""
    world = World(SWITCHING)
    install(world, meant(profile(7, 10), 1))
    world.ask(r.ClearProfiles(id=7))
    assert lines(world) == (1, "TxDefaultProfile 7")
    install(world, profile(8, 10))
    assert lines(world)[0] == 1
    install(world, meant(profile(9, 12, level=1), 3))
    assert lines(world)[0] == 3


def test_s41_three_lines_are_restored_after_they_were_forbidden() -> None:
    """Only that is a wish to use them (S40)."""
    world = World(SWITCHING)
    allow(world, 1)
    allow(world, 3)
    install(world, meant(profile(7, 10), 3))

    assert lines(world)[0] == 3


def test_s41_no_profile_uses_more_than_is_allowed() -> None:
    """And it is not remembered for later."""
    world = World(SWITCHING)
    allow(world, 1)
    install(world, meant(profile(7, 10), 3))
    assert lines(world) == (1, "MaxAllowedPhases")
    allow(world, 3)
    assert lines(world)[0] == 1


def test_a_profile_that_is_installed_again_is_a_wish_again() -> None:
    """The CSMS says so once more, and means it."""
    world = World(SWITCHING)
    install(world, meant(profile(7, 10), 3))
    allow(world, 1)
    allow(world, 3)
    assert lines(world)[0] == 1
    install(world, meant(profile(7, 10), 3))

    assert lines(world)[0] == 3


def test_two_lines_are_used_as_one() -> None:
    """No contactor connects two."""
    world = World(SWITCHING)
    install(world, meant(profile(7, 10), 2))

    assert lines(world)[0] == 1


@pytest.mark.parametrize(
    ("limit", "unit", "wanted"),
    [(2000.0, Unit.WATT, 3), (3000.0, Unit.WATT, 1), (4.0, Unit.AMPERE, 1)],
)
def test_s41_the_profile_that_allows_the_least_decides(
    limit: float, unit: Unit, wanted: int
) -> None:
    """Compared in watts, each on the lines it is meant for: 10 A on one line are 2300 W."""
    world = World(SWITCHING)
    install(world, meant(profile(7, 10), 1))
    every = replace(
        profile(8, limit, unit=unit, kind=Kind.ABSOLUTE, starts_at=NOON),
        evse=0,
        purpose=Purpose.STATION_MAX,
    )
    install(world, meant(every, 3))

    assert lines(world)[0] == wanted


def test_lines_that_are_switched_are_promised_to_profiles() -> None:
    """Where they are not, a profile of fewer lines is refused (2.0.1 K01)."""
    one = meant(profile(7, 10), 1)
    world = World()
    answer = world.ask(r.InstallProfile(one))
    assert isinstance(answer, Refused)
    assert answer.reason is Reason.BAD_SCHEDULE
    world = World(SWITCHING)
    world.put(PHASE_SWITCHING, to=False)
    assert isinstance(world.ask(r.InstallProfile(one)), Refused)


def test_s41_the_composite_schedule_tells_the_lines_of_each_period() -> None:
    """Watts are those of the lines that will be used then."""
    world = World(SWITCHING)
    world.online()
    world.plug()
    world.swipe()
    one = meant(
        profile(
            7, 3680, (60, 3680), (120, 11040), unit=Unit.WATT, kind=Kind.ABSOLUTE, starts_at=NOON
        ),
        1,
        None,
        3,
    )
    install(world, one)
    told = world.ask(r.ComposeSchedule(1, 180, Unit.AMPERE))
    watts = world.ask(r.ComposeSchedule(1, 180, Unit.WATT))

    assert isinstance(told, Composed)
    assert isinstance(watts, Composed)
    assert [(p.start_s, p.limit, p.phases) for p in told.schedule.periods][-1] == (120, 16, 3)
    assert [(p.start_s, p.limit, p.phases) for p in watts.schedule.periods][-1] == (120, 11040, 3)


# --- wishes ---


def test_somebody_wishes_for_one_line_and_for_all() -> None:
    """Their name is shown."""
    world = World(SWITCHING)
    assert world.ask(SetPhases(1, 1, MANAGER)) == Accepted()
    assert lines(world) == (1, MANAGER)
    assert lines(world, 2)[0] == 3
    assert world.ask(SetPhases(1, 3, MANAGER)) == Accepted()
    assert lines(world)[0] == 3
    assert world.told(LinesUsed)[-1] == LinesUsed(1, 3, MANAGER)


@pytest.mark.parametrize(
    ("evse", "phases", "reason", "says"),
    [
        (3, 1, Reason.UNKNOWN_EVSE, "there is no EVSE 3"),
        (0, 1, Reason.UNKNOWN_EVSE, "there is no EVSE 0"),
        (1, 2, Reason.BAD_VALUE, "1 or 3 phases can be used, not 2"),
        (2, 3, Reason.PHASES_FIXED, "EVSE 2 has one phase"),
    ],
)
def test_a_wish_that_cannot_be(evse: int, phases: int, reason: Reason, says: str) -> None:
    """The sentence says what is wrong."""
    built = Layout(evses=(EvseLayout(), EvseLayout(phases=1)), switches_phases=True)

    assert World(built).ask(SetPhases(evse, phases, MANAGER)) == Refused(reason, says)


def test_a_wish_that_is_not_allowed() -> None:
    """By the contactors, by a setting, by the most that is allowed, or by a profile."""

    def refusal(world: World, phases: int) -> str:
        answer = world.ask(SetPhases(1, phases, MANAGER))
        assert isinstance(answer, Refused)
        assert answer.reason is Reason.PHASES_FIXED
        return answer.detail

    assert refusal(World(), 1) == "the contactors cannot switch phases"
    world = World(SWITCHING)
    world.put(PHASE_SWITCHING, to=False)
    assert refusal(world, 1) == "switching phases is not allowed"
    world.put(PHASE_SWITCHING, to=True)
    allow(world, 1)
    assert refusal(world, 3) == "MaxAllowedPhases is 1"
    allow(world, 3)
    install(world, meant(profile(7, 10), 1))
    assert refusal(world, 3) == "TxDefaultProfile 7 is for one phase"
    assert world.ask(SetPhases(1, 1, MANAGER)) == Accepted()
