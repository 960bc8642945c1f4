"""Whose time is taken, and which steps of the clock the core hears of."""

from __future__ import annotations

import asyncio

import pytest

from laadpaal.properties.clock import TIME_SOURCES
from laadpaal.protocols.ocpp import timestamp
from laadpaal.station.events import ClockCorrected
from tests.csms.test_talk import BOTH, Play, playing
from tests.support.jumping import jump

AHEAD_S = 3_600.0


@BOTH
@pytest.mark.parametrize(
    ("sources", "sure", "taken"),
    [
        ("Heartbeat", False, True),
        ("Heartbeat", True, True),
        ("Heartbeat,RealTimeClock", True, True),
        ("RealTimeClock,Heartbeat", True, False),
        ("RealTimeClock,Heartbeat", False, True),
        ("RealTimeClock", False, False),
    ],
)
def test_the_time_of_the_csms_is_taken_as_its_setting_says(
    ocpp: str, sources: str, *, sure: bool, taken: bool
) -> None:
    """Not where it is no source, nor where the machine's own comes first and is sure."""

    async def story() -> Play:
        async with playing(ocpp, sure=sure) as play:
            play.desk.values.put(TIME_SOURCES, TIME_SOURCES.kind.parse(sources))
            ahead = timestamp.render(play.clock.now().utc + AHEAD_S)
            accepted = {"status": "Accepted", "currentTime": ahead, "interval": 300}
            play.csms.answers["BootNotification"] = accepted
            await play.talk.drained()
            await asyncio.sleep(1)
            return play

    play = jump(story())
    jumps = [event.jump_s for event in play.desk.events if isinstance(event, ClockCorrected)]
    assert jumps == ([pytest.approx(AHEAD_S, abs=2)] if taken else [])
