"""The watchdog as a machine: when a check is due, and when a day of silence is over."""

from __future__ import annotations

import pytest

from laadpaal.csms.watchdog import DAY_S, HOUR_S, Alarm, Sign, Watchdog

RESTART_S = 86_700.0


def alarms(dog: Watchdog, until: float) -> list[tuple[float, Alarm]]:
    """Return what comes due up to `until` when nobody gives a sign, and when."""
    found: list[tuple[float, Alarm]] = []
    while (at := dog.next_wake()) <= until:
        alarm = dog.due(at)
        assert alarm is not None
        found.append((at, alarm))
    return found


@pytest.mark.parametrize(
    ("heartbeat_s", "interval_s"),
    [(0, HOUR_S), (900, HOUR_S), (3600, HOUR_S), (7200, 7200), (86_400, DAY_S)],
)
def test_checks_come_every_hour_or_at_the_heartbeat_s_rhythm(
    heartbeat_s: float, interval_s: float
) -> None:
    """The slower one counts (S32)."""
    dog = Watchdog(10.0, heartbeat_s)

    assert dog.next_wake() == 10.0 + interval_s
    assert dog.due(10.0 + interval_s - 1) is None


def test_two_checks_in_two_days_of_daily_heartbeats() -> None:
    """A CSMS that wants a heartbeat a day is checked once a day (S68)."""
    dog = Watchdog(0.0, DAY_S)
    checks = []
    for day in (1, 2):
        dog.alive(day * DAY_S - 5, Sign.MESSAGE)
        checks += alarms(dog, day * DAY_S)

    assert checks == [(DAY_S, Alarm.CHECK), (2 * DAY_S, Alarm.CHECK)]


def test_a_faster_rhythm_counts_from_the_last_sign() -> None:
    """When the interval shrinks, the next check is that long after the last sign, or now."""
    dog = Watchdog(0.0, DAY_S)
    dog.alive(1000.0, Sign.PING)
    dog.rhythm(2000.0, 900)

    assert dog.next_wake() == 1000.0 + HOUR_S

    dog.rhythm(9000.0, DAY_S)
    dog.rhythm(9000.0, 900)

    assert dog.next_wake() == 9000.0


def test_a_sign_since_the_last_check_is_enough() -> None:
    """A check that finds a sign within its interval only writes that down."""
    dog = Watchdog(0.0, 900)
    dog.alive(1.0, Sign.ECHO)

    assert dog.due(HOUR_S) is Alarm.CHECK
    assert dog.due(2 * HOUR_S) is Alarm.SILENT


def test_a_day_and_five_minutes_without_a_sign_end_in_a_restart() -> None:
    """Every check finds silence, a minute before the end a sign is asked for, then it ends."""
    found = alarms(Watchdog(0.0, 900), RESTART_S)

    assert found[:-2] == [(hour * HOUR_S, Alarm.SILENT) for hour in range(1, 25)]
    assert found[-2:] == [(RESTART_S - 60, Alarm.PROBE), (RESTART_S, Alarm.RESTART)]


def test_a_heartbeat_that_is_ten_seconds_late_restarts_nothing() -> None:
    """A heartbeat a day does not race with the restart (S34)."""
    dog = Watchdog(0.0, DAY_S)
    before = alarms(dog, DAY_S + 10)
    dog.alive(DAY_S + 10, Sign.MESSAGE)

    assert [alarm for _, alarm in before] == [Alarm.SILENT]
    assert (RESTART_S, Alarm.RESTART) not in alarms(dog, 2 * DAY_S)


def test_a_rhythm_slower_than_a_day_is_waited_for() -> None:
    """With a heartbeat in two days the end comes five minutes after those (S34)."""
    found = alarms(Watchdog(0.0, 2 * DAY_S), 2 * DAY_S + 300)

    assert found[-1] == (2 * DAY_S + 300, Alarm.RESTART)


def test_one_silence_restarts_once() -> None:
    """After that only checks come, until there is a sign again."""
    dog = Watchdog(0.0, 900)
    alarms(dog, RESTART_S)

    assert {alarm for _, alarm in alarms(dog, 3 * DAY_S)} == {Alarm.SILENT}

    dog.alive(3 * DAY_S, Sign.MESSAGE)

    assert alarms(dog, 3 * DAY_S + RESTART_S)[-1] == (3 * DAY_S + RESTART_S, Alarm.RESTART)
