"""What monitors have told on its way to the CSMS: at once, or from a queue that outlasts a loss."""

from __future__ import annotations

import asyncio

from laadpaal.ports.journal import Fate, FiringsEntry
from laadpaal.properties.comms import OFFLINE_THRESHOLD
from laadpaal.properties.rows import Address
from laadpaal.station.monitors import Firing, Monitor, MonitorKind
from laadpaal.station.notices import MonitorsFired
from tests.csms.test_talk import BOTH, Play, end, playing, start
from tests.support.jumping import jump

TOLD = "NotifyEvent"
WATCHED = Monitor(1000, Address(OFFLINE_THRESHOLD.id), MonitorKind.UPPER, 10, 3)


def fire(play: Play, number: int, *, queued: bool) -> None:
    """Let a monitor fire."""
    firing = Firing(number, 1_700_000_000.0, WATCHED, str(number))
    notice = MonitorsFired((firing,), queued=queued)
    if queued:
        play.queue.firings.append(FiringsEntry(number, f"m-{number}", notice, 0))
    play.talk.tell(notice)


def told(play: Play) -> list[tuple[str, int]]:
    """Return message id and event of each message that came."""
    heard = play.csms.of(TOLD)
    return [(id_, event["eventId"]) for _, id_, event in heard for event in event["eventData"]]


def test_what_is_not_queued_is_told_at_once_or_never() -> None:
    """Before the CSMS has accepted the station, nothing of it is kept."""

    async def story() -> Play:
        async with playing("2.0.1") as play:
            play.csms.registration += [("Pending", 60)]
            await asyncio.sleep(1)
            fire(play, 1, queued=False)
            fire(play, 2, queued=True)
            await asyncio.sleep(100)
            fire(play, 3, queued=False)
            await play.talk.drained()
            return play

    assert [event for _, event in told(jump(story()))] == [2, 3]


def test_a_lost_connection_loses_nothing_that_is_queued() -> None:
    """What got no answer is told again with the same id, and what came after it follows."""

    async def story() -> Play:
        async with playing("2.0.1") as play:
            await play.talk.drained()
            play.csms.answers[TOLD] = None
            fire(play, 1, queued=True)
            await asyncio.sleep(1)
            play.csms.hangs_up()
            fire(play, 2, queued=True)
            play.csms.answers[TOLD] = {}
            await asyncio.sleep(60)
            return play

    play = jump(story())
    assert told(play) == [("m-1", 1), ("m-1", 1), ("m-2", 2)]
    assert play.queue.firings_fates == {1: Fate.DELIVERED, 2: Fate.DELIVERED}


@BOTH
def test_neither_queue_waits_for_another(ocpp: str) -> None:
    """A CSMS that refuses every event of monitors hears of transactions all the same."""

    async def story() -> Play:
        async with playing(ocpp) as play:
            play.csms.answers[TOLD] = "NotImplemented"
            fire(play, 1, queued=True)
            await asyncio.sleep(1)
            play.report(start(), end())
            await asyncio.sleep(1)
            assert play.queue.fates == {1: Fate.DELIVERED, 2: Fate.DELIVERED}
            await asyncio.sleep(3600)
            return play

    fates = jump(story()).queue.firings_fates
    assert fates == {1: Fate.DELIVERED if ocpp == "1.6" else Fate.DROPPED}
