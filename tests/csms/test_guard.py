"""The guard: signs of life in, and a new connection, a heartbeat or a restart out."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

import pytest

from laadpaal.csms.guard import Guard
from laadpaal.csms.watchdog import Sign
from tests.support.jumping import LoopClock, jump

LOG = logging.getLogger("test.guard")
HOUR_S, DAY_S = 3_600.0, 86_400.0


class Line:
    """Is guarded, and writes down what is done about it."""

    def __init__(self, clock: LoopClock) -> None:
        self._now = clock.now
        self._from = clock.now().mono
        self.heartbeat_s = 900.0
        self.deeds: list[tuple[float, str]] = []
        self.on_beat: Callable[[], None] = lambda: None

    def _note(self, deed: str) -> None:
        self.deeds.append((self._now().mono - self._from, deed))

    def reconnect(self) -> None:
        self._note("reconnect")

    def beat(self) -> None:
        self._note("beat")
        self.on_beat()

    def silent(self, silent_s: float) -> None:
        self._note(f"silent {silent_s:.0f}")

    def times(self, deed: str) -> list[float]:
        return [at for at, what in self.deeds if what.startswith(deed)]


class Echo:
    """Answers, or not; knows how often it was asked."""

    def __init__(self, *, there: bool) -> None:
        self.there = there
        self.asked: list[str] = []

    async def answers(self, host: str) -> bool:
        self.asked.append(host)
        await asyncio.sleep(0)
        return self.there


async def _watch(
    guard: Guard, seconds: float, every_s: float = 0, sign: Sign | None = None
) -> None:
    """Run the guard for so long, with a sign every so often."""
    task = asyncio.ensure_future(guard.run())
    await asyncio.sleep(0)
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    while every_s and loop.time() + every_s <= end:
        await asyncio.sleep(every_s)
        if sign:
            guard.alive(sign)
    await asyncio.sleep(end - loop.time() + 0.5)
    task.cancel()
    await asyncio.wait({task})


@pytest.mark.parametrize("sign", [Sign.PING, Sign.MESSAGE])
def test_pongs_suffice_where_echoes_are_blocked(sign: Sign) -> None:
    """Two days of pings (or messages) and no ICMP: nothing is done (S33)."""

    async def story() -> None:
        clock = LoopClock()
        line, echo = Line(clock), Echo(there=False)
        await _watch(Guard(line, clock, LOG, echo, "csms"), 2 * DAY_S, 120, sign)

        assert line.deeds == []
        assert echo.asked == []

    jump(story())


def test_silence_is_dialled_anew_every_hour_and_ends_in_a_restart() -> None:
    """Nothing is heard at all: each check dials anew, a day and five minutes later it is told."""

    async def story() -> None:
        clock = LoopClock()
        line, echo = Line(clock), Echo(there=False)
        await _watch(Guard(line, clock, LOG, echo, "csms"), 86_700)

        assert line.times("reconnect") == [hour * HOUR_S for hour in range(1, 25)]
        assert line.times("beat") == [86_640]
        assert line.deeds[-1] == (86_700, "silent 86700")
        assert set(echo.asked) == {"csms"}

    jump(story())


def test_an_echo_alone_dials_anew_and_restarts_nothing() -> None:
    """The network is there, the CSMS is not: a restart would not help (S33)."""

    async def story() -> None:
        clock = LoopClock()
        line = Line(clock)
        await _watch(Guard(line, clock, LOG, Echo(there=True), "csms"), 2 * DAY_S)

        assert line.times("reconnect")
        assert line.times("silent") == []

    jump(story())


def test_an_answer_to_the_last_heartbeat_is_in_time() -> None:
    """Before the restart a sign is asked for, and when it comes nothing is restarted (S34)."""

    async def story() -> None:
        clock = LoopClock()
        line = Line(clock)
        guard = Guard(line, clock, LOG)
        line.on_beat = lambda: guard.alive(Sign.MESSAGE)
        await _watch(guard, 1.5 * DAY_S)

        assert line.times("beat") == [86_640]
        assert line.times("silent") == []

    jump(story())


def test_a_new_rhythm_is_followed_at_once() -> None:
    """The wait for the check of a slow rhythm ends when the rhythm becomes fast."""

    async def story() -> None:
        clock = LoopClock()
        line = Line(clock)
        line.heartbeat_s = DAY_S
        guard = Guard(line, clock, LOG)
        loop = asyncio.get_running_loop()

        def faster() -> None:
            line.heartbeat_s = 900.0
            guard.rhythm()

        loop.call_later(100, faster)
        await _watch(guard, 2 * HOUR_S)

        assert line.times("reconnect") == [HOUR_S, 2 * HOUR_S]

    jump(story())


def test_the_last_contact_can_be_looked_at() -> None:
    """People see how long ago there was a sign, and what it was."""

    async def story() -> None:
        clock = LoopClock()
        guard = Guard(Line(clock), clock, LOG)
        await asyncio.sleep(5)
        guard.alive(Sign.PING)
        await asyncio.sleep(12)

        assert guard.last() == {"last_contact_s": 12.0, "last_contact_by": "a websocket ping"}

    jump(story())


def test_each_check_is_logged_with_its_interval(caplog: pytest.LogCaptureFixture) -> None:
    """The log tells how often the CSMS is looked at, and who was heard last (S32)."""
    caplog.set_level(logging.INFO, LOG.name)

    async def story() -> None:
        clock = LoopClock()
        await _watch(Guard(Line(clock), clock, LOG), HOUR_S, 700, Sign.MESSAGE)

    jump(story())

    assert [record.getMessage() for record in caplog.records] == [
        "CSMS check every 3600 s: last contact by a message, 100 s ago"
    ]
