"""New credentials on the wire: the answer first, then a new connection, at once."""

from __future__ import annotations

import asyncio
from typing import Any

from laadpaal.csms.talk import LINGER_S
from laadpaal.station.notices import CredentialsChanged
from laadpaal.station.words import Status
from tests.csms.test_talk import BOTH, Play, Wire, playing
from tests.support.jumping import jump


@BOTH
def test_the_station_hangs_up_by_itself(ocpp: str) -> None:
    """A little later, so that the answer and one more call are heard; then it dials at once."""

    async def story() -> tuple[Play, int, int, list[list[Any]]]:
        async with playing(ocpp) as play:
            await play.talk.drained()
            hurried = play.csms.hurried
            play.talk.tell(CredentialsChanged())
            await asyncio.sleep(LINGER_S / 2)
            play.csms.calls("ClearCache")
            await asyncio.sleep(LINGER_S / 4)
            before, replies = len(play.csms.wires), list(play.csms.replies)
            await asyncio.sleep(LINGER_S)
            return play, play.csms.hurried - hurried, before, replies

    play, hurried, before, replies = jump(story())
    assert len(replies) == 1
    assert before == 1
    assert [wire.closed for wire in play.csms.wires] == [True, True]
    assert hurried >= 1
    assert play.csms.actions.count("BootNotification") == 1


@BOTH
def test_who_is_dialling_begins_anew(ocpp: str) -> None:
    """A wait before the next attempt is cut short, for what it was for is of no use any more."""

    async def story() -> tuple[Play, list[bool]]:
        async with playing(ocpp) as play:
            await play.talk.drained()
            attempts: list[bool] = []
            dial = play.csms.dial

            async def wait() -> Wire:
                attempts.append(play.csms.hurried > 0)
                if len(attempts) == 1:
                    await asyncio.sleep(1e6)
                return await dial()

            play.csms.dial = wait  # type: ignore[method-assign]  # the line of this test
            play.csms.hangs_up()
            await asyncio.sleep(10)
            play.talk.tell(CredentialsChanged("HTTP 401"))
            await asyncio.sleep(1)
            play.status(Status.UNAVAILABLE)
            await asyncio.sleep(1)
            return play, attempts

    play, attempts = jump(story())
    assert attempts == [False, True]
    assert len(play.csms.wires) == 2
    assert play.csms.of("StatusNotification")
