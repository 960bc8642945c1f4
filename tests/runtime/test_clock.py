"""The clock: whether the machine's is believed, and what happens when its pace changes."""

from __future__ import annotations

import asyncio
import time
from types import SimpleNamespace

import pytest

from laadpaal.ports.clock import timeout
from laadpaal.runtime import clock as room
from laadpaal.runtime.clock import EARLIEST_UTC, RealClock, machine_clock
from tests.support.jumping import jump


@pytest.mark.parametrize(
    ("utc", "speed", "kept", "trusted"),
    [
        (EARLIEST_UTC, 1.0, True, True),
        (EARLIEST_UTC - 1, 1.0, True, False),
        (EARLIEST_UTC, 1.0, False, False),
        (EARLIEST_UTC, 20.0, True, False),
    ],
)
def test_a_machine_that_keeps_the_time_is_believed(
    utc: float,
    speed: float,
    kept: bool,  # noqa: FBT001  a table's column
    trusted: bool,  # noqa: FBT001  a table's column
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Not in a year before any station was built, nor when station seconds are not its own."""
    monkeypatch.setattr(time, "time", lambda: utc)

    assert machine_clock(speed, kept=kept).now().trusted is trusted


@pytest.fixture
def _jumping(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the machine's seconds be those of a loop in which nobody waits."""

    def seconds() -> float:
        return asyncio.get_running_loop().time()

    monkeypatch.setattr(room, "time", SimpleNamespace(monotonic=seconds, time=lambda: EARLIEST_UTC))


@pytest.mark.usefixtures("_jumping")
@pytest.mark.parametrize(("before", "after"), [(1.0, 600.0), (600.0, 1.0), (10.0, 0.5)])
def test_sleepers_wake_at_their_own_second(before: float, after: float) -> None:
    """Whatever the pace was when they lay down, and no time jumps."""

    async def story() -> None:
        clock = RealClock(before)

        async def sleep(station_s: float) -> float:
            await clock.sleep(station_s)
            return clock.now().mono

        sleepers = [asyncio.create_task(sleep(station_s)) for station_s in (5.0, 20.0, 90.0)]
        await clock.sleep(10.0)
        was, real = clock.now(), asyncio.get_running_loop().time()
        clock.go(after)
        now = clock.now()
        woken = [await sleeper for sleeper in sleepers]

        assert (now.mono, now.utc) == pytest.approx((was.mono, was.utc))
        assert woken == pytest.approx([5.0, 20.0, 90.0])
        assert asyncio.get_running_loop().time() - real == pytest.approx(80.0 / after)

    jump(story())


@pytest.mark.usefixtures("_jumping")
def test_a_time_out_follows_the_pace() -> None:
    """It ends a block after as many station seconds as it was given, and none that is quicker."""

    async def story() -> None:
        clock = RealClock(600.0)
        asyncio.get_running_loop().call_later(0.01, clock.go, 1.0)
        with pytest.raises(TimeoutError):
            async with timeout(clock, 30.0):
                await asyncio.Event().wait()
        late = clock.now().mono
        async with timeout(clock, 30.0), timeout(clock, None):
            await clock.sleep(29.0)
        clock.go(600.0)
        await clock.sleep(3600.0)

        assert late == pytest.approx(30.0)

    jump(story())


@pytest.mark.usefixtures("_jumping")
def test_who_is_not_waited_for_any_more_never_rings() -> None:
    """Before a change of pace and after."""

    async def story() -> None:
        clock = RealClock()
        rung: list[str] = []
        clock.alarm(5.0, lambda: rung.append("kept"))
        clock.alarm(5.0, lambda: rung.append("before")).cancel()
        after = clock.alarm(5.0, lambda: rung.append("after"))
        clock.go(60.0)
        after.cancel()
        await clock.sleep(10.0)

        assert rung == ["kept"]

    jump(story())


@pytest.mark.parametrize("speed", [0.0, -1.0, float("inf"), float("nan")])
def test_what_is_no_pace_changes_nothing(speed: float) -> None:
    """And is none to begin with."""
    clock = RealClock(2.0)
    with pytest.raises(ValueError, match="no number above 0"):
        clock.go(speed)
    with pytest.raises(ValueError, match="no number above 0"):
        RealClock(speed)

    assert (clock.speed, clock.hurried) == (2.0, True)


def test_who_once_hurried_keeps_its_own_time() -> None:
    """It takes the time of others over once; later it would be set back by all that it hurried."""
    clock = RealClock()
    clock.correct(EARLIEST_UTC)
    clock.go(3600.0)
    clock.go(1.0)

    assert clock.correct(EARLIEST_UTC) == 0.0
    assert clock.now().utc >= EARLIEST_UTC
