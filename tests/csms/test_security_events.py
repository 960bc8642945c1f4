"""Security events on their way to the CSMS: in order, until answered, in nobody's way."""

from __future__ import annotations

import asyncio
from itertools import pairwise

from laadpaal.ports.journal import Fate, SecurityEntry
from laadpaal.properties import comms
from laadpaal.station.events import SecurityIncident
from laadpaal.station.notices import SecurityEvent
from laadpaal.station.security import SecurityKind
from tests.csms.test_talk import BOTH, Play, end, playing, start
from tests.support.jumping import jump

TOLD = "SecurityEventNotification"


def keep(play: Play, *kinds: SecurityKind) -> None:
    """Let events come about, and tell the talk of it."""
    for kind in kinds:
        seq = len(play.queue.security) + len(play.queue.security_fates) + 1
        event = SecurityEvent(kind, 1_700_000_000.0)
        play.queue.security.append(SecurityEntry(seq, f"e-{seq}", event, 0))
        play.talk.tell(event)


@BOTH
def test_nothing_is_told_before_the_registration(ocpp: str) -> None:
    """What happened before follows once the CSMS has accepted the station, in order."""

    async def story() -> Play:
        async with playing(ocpp) as play:
            play.csms.registration += [("Pending", 60)]
            keep(play, SecurityKind.STARTED, SecurityKind.CLOCK_SET)
            await asyncio.sleep(30)
            assert TOLD not in play.csms.actions
            await asyncio.sleep(60)
            return play

    play = jump(story())
    told = play.csms.of(TOLD)
    assert [(id_, event["type"]) for _, id_, event in told] == [
        ("e-1", "StartupOfTheDevice"),
        ("e-2", "SettingSystemTime"),
    ]
    assert play.queue.security_fates == {1: Fate.DELIVERED, 2: Fate.DELIVERED}


@BOTH
def test_what_only_the_log_keeps_is_not_told(ocpp: str) -> None:
    """The notice alone says nothing to the CSMS: its queue does."""

    async def story() -> Play:
        async with playing(ocpp) as play:
            await play.talk.drained()
            play.talk.tell(SecurityEvent(SecurityKind.INVALID_MESSAGES, 1_700_000_000.0))
            await asyncio.sleep(60)
            return play

    assert TOLD not in jump(story()).csms.actions


@BOTH
def test_a_lost_connection_loses_none(ocpp: str) -> None:
    """An event without an answer is told again over the next connection, with the same id."""

    async def story() -> Play:
        async with playing(ocpp) as play:
            await play.talk.drained()
            play.csms.answers[TOLD] = None
            keep(play, SecurityKind.TAMPERED)
            await asyncio.sleep(1)
            play.csms.hangs_up()
            play.csms.answers[TOLD] = {}
            await asyncio.sleep(10)
            return play

    play = jump(story())
    assert [id_ for _, id_, _ in play.csms.of(TOLD)] == ["e-1", "e-1"]
    assert play.queue.security_fates == {1: Fate.DELIVERED}


@BOTH
def test_a_csms_that_knows_no_such_message_delays_nothing(ocpp: str) -> None:
    """An event is given up after the usual attempts; transactions do not wait meanwhile."""

    async def story() -> Play:
        async with playing(ocpp) as play:
            play.desk.values.put(comms.ATTEMPTS, 3)
            play.desk.values.put(comms.ATTEMPT_INTERVAL, 10)
            play.csms.answers[TOLD] = "NotImplemented"
            keep(play, SecurityKind.TAMPERED)
            await play.talk.drained()
            play.report(start(), end())
            await asyncio.sleep(1)
            assert play.queue.fates == {1: Fate.DELIVERED, 2: Fate.DELIVERED}
            assert play.queue.security_fates == {}
            await asyncio.sleep(100)
            return play

    play = jump(story())
    times = [at for at, _, _ in play.csms.of(TOLD)]
    assert [after - before for before, after in pairwise(times)] == [10.0, 20.0]
    assert play.queue.security_fates == {1: Fate.DROPPED}


@BOTH
def test_transactions_that_wait_do_not_delay_events(ocpp: str) -> None:
    """The queue of transactions may be stuck at its oldest entry; an event goes all the same."""

    async def story() -> Play:
        async with playing(ocpp) as play:
            await play.talk.drained()
            for action in ("StartTransaction", "TransactionEvent"):
                play.csms.answers[action] = "InternalError"
            play.report(start())
            await asyncio.sleep(1)
            keep(play, SecurityKind.TAMPERED)
            await asyncio.sleep(1)
            return play

    play = jump(story())
    assert play.queue.fates == {}
    assert play.queue.security_fates == {1: Fate.DELIVERED}


@BOTH
def test_a_broken_frame_is_an_incident(ocpp: str) -> None:
    """The station hears of it, and the connection stays."""

    async def story() -> Play:
        async with playing(ocpp) as play:
            await play.talk.drained()
            play.csms.says("[2,")
            await asyncio.sleep(1)
            return play

    play = jump(story())
    seen = [event for event in play.desk.events if isinstance(event, SecurityIncident)]
    assert [event.kind for event in seen] == [SecurityKind.INVALID_MESSAGES]
    assert len(play.csms.wires) == 1
