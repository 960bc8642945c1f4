"""Security events: kept, told, and never so many that they fill the disk."""

from __future__ import annotations

import pytest

from laadpaal.properties.clock import REPORTED_JUMP
from laadpaal.station import events as e
from laadpaal.station import requests as r
from laadpaal.station.faults import FAULTS
from laadpaal.station.notices import SecurityEvent
from laadpaal.station.records import SecurityLogged
from laadpaal.station.saved import Saved
from laadpaal.station.security import PUSHED, SecurityKind
from laadpaal.station.words import BootReason, ResetKind
from tests.support.world import NOON, World

LOGIN_FAILED = SecurityKind.CSMS_LOGIN_FAILED
INVALID = SecurityKind.INVALID_MESSAGES


def events(world: World, *kinds: SecurityKind) -> list[SecurityEvent]:
    """Return the security events of these kinds so far; each must have been kept too."""
    logged = [record for record in world.records if isinstance(record, SecurityLogged)]
    assert [record.event for record in logged] == world.told(SecurityEvent)
    assert [record.pushed for record in logged] == [one.event.kind in PUSHED for one in logged]
    return [event for event in world.told(SecurityEvent) if event.kind in kinds]


def test_an_incident_is_told_with_its_time() -> None:
    """What an adapter saw becomes a security event of this instant."""
    world = World()
    world.pass_time(5)

    world.tell(e.SecurityIncident(SecurityKind.BAD_TLS_SUITE, "no common cipher suite"))

    assert events(world, SecurityKind.BAD_TLS_SUITE) == [
        SecurityEvent(SecurityKind.BAD_TLS_SUITE, NOON + 5, "no common cipher suite")
    ]


@pytest.mark.parametrize("reason", [None, BootReason.REMOTE_RESET])
def test_every_start_is_a_security_event(reason: BootReason | None) -> None:
    """Whether the power was away or the station started anew, and it says which."""
    world = World(saved=Saved(restart=reason))

    (event,) = events(world, SecurityKind.STARTED)
    assert event.info == f"The reason is {(reason or BootReason.POWER_UP).value}."


def test_a_restart_is_a_security_event() -> None:
    """It is kept in the turn that decides on it, so the end of this life cannot lose it."""
    world = World()

    world.ask(r.Reset(ResetKind.HARD))

    assert [event.info for event in events(world, SecurityKind.RESTARTED)] == [
        "The reason is RemoteReset."
    ]


@pytest.mark.parametrize(("jump_s", "told"), [(10.0, 0), (-10.0, 0), (10.1, 1), (-3600.0, 1)])
def test_only_a_real_step_of_the_clock_is_one(jump_s: float, told: int) -> None:
    """A clock that has drifted by seconds is put right without a word."""
    world = World()

    world.tell(e.ClockCorrected(jump_s))

    assert len(events(world, SecurityKind.CLOCK_SET)) == told


@pytest.mark.parametrize(("jump_s", "told"), [(60.0, 0), (-60.5, 1)])
def test_the_operator_says_what_a_real_step_is(jump_s: float, told: int) -> None:
    """A longer bound lets more pass without a word."""
    world = World()
    world.values.put(REPORTED_JUMP, 60)

    world.tell(e.ClockCorrected(jump_s))

    assert len(events(world, SecurityKind.CLOCK_SET)) == told


def test_a_flood_is_two_lines_in_the_log() -> None:
    """The first of a kind is told at once, and after a minute the last and how many more."""
    world = World()
    for number in range(10_000):
        world.tell(e.SecurityIncident(INVALID, f"frame {number}"))
    world.pass_time(3600)

    assert events(world, INVALID) == [
        SecurityEvent(INVALID, NOON, "frame 0"),
        SecurityEvent(INVALID, NOON, "frame 9999 (9998 more before it)"),
    ]


def test_kinds_do_not_hide_each_other() -> None:
    """Each kind has a minute of its own."""
    world = World()
    world.tell(e.SecurityIncident(INVALID, "a"))
    world.pass_time(30)
    world.tell(e.SecurityIncident(LOGIN_FAILED, "b"))
    world.tell(e.SecurityIncident(INVALID, "c"))
    world.tell(e.SecurityIncident(LOGIN_FAILED, "d"))
    world.pass_time(30)

    assert [event.info for event in events(world, INVALID, LOGIN_FAILED)] == ["a", "b", "c"]

    world.pass_time(30)
    assert events(world, LOGIN_FAILED)[1:] == [SecurityEvent(LOGIN_FAILED, NOON + 30, "d")]


def test_after_a_minute_the_next_one_is_told() -> None:
    """A kind that comes seldom is told each time."""
    world = World()
    for info in ("a", "b"):
        world.tell(e.SecurityIncident(INVALID, info))
        world.pass_time(60)

    assert [event.info for event in events(world, INVALID)] == ["a", "b"]


def test_the_next_one_says_what_was_left_out_before_it() -> None:
    """When it comes just as the minute is over, one line says both."""
    world = World()
    world.tell(e.SecurityIncident(INVALID, "a"))
    world.tell(e.SecurityIncident(INVALID, "b"))
    world._move(world.now.mono + 60)
    world.tell(e.SecurityIncident(INVALID, "c"))
    world.pass_time(3600)

    assert [event.info for event in events(world, INVALID)] == [
        "a",
        "c (1 more before it)",
    ]


@pytest.mark.parametrize(("evse", "code"), [(0, 409), (1, 407)])
def test_an_opened_or_tilted_station_is_an_event(evse: int, code: int) -> None:
    """Somebody may have had a hand in it; it is told once for as long as it holds."""
    world = World()
    for _ in range(2):
        world.tell(e.FaultRaised(evse, code))
        world.pass_time(120)

    assert len(events(world, SecurityKind.TAMPERED)) == 1

    world.tell(e.FaultCleared(evse, code))
    world.tell(e.FaultRaised(evse, code))

    assert [event.info for event in events(world, SecurityKind.TAMPERED)] == [FAULTS[code].info] * 2
    assert SecurityKind.TAMPERED in PUSHED
