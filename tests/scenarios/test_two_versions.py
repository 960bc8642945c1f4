"""A station goes from one version of OCPP to the other and back, with messages that wait."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest

from laadpaal.properties.networks import NETWORK_ATTEMPTS, NETWORK_PRIORITY
from laadpaal.protocols.ocpp import v201
from laadpaal.runtime.assembly import DATABASE
from laadpaal.station.answers import Accepted, AfterRestart
from laadpaal.station.network_profile import Generation, NetworkProfile
from laadpaal.station.notices import DurableNotice, Notice, TransactionUpdated
from laadpaal.station.requests import StoreNetwork, WriteSetting
from laadpaal.station.words import By
from laadpaal.storage.journal import file_id, message_id
from tests.conformance.stage import OTHER_TAG, TAG, Stage, staged
from tests.support.published import broken
from tests.support.scripted_csms import ScriptedCsms

HOUR_S = 3_600.0
A_WHILE_S = 300.0
SETTINGS: dict[str, str | int | float | bool] = {
    "2087_0": 60,  # sample interval
    "2127_0": True,  # unknown cards charge while offline
    "20F6_1": 10,
    "20F6_2": 0,
    "20F6_3": 1,
    NETWORK_ATTEMPTS.id: 1,
}


class Journey:
    """A station between a CSMS of 1.6 in slot 1 and one of 2.0.1 in slot 2."""

    def __init__(self, stage: Stage, other: ScriptedCsms, url: str) -> None:
        self.stage = stage
        self.first, self.second = stage.csms, other
        self.url = url
        self.notices: list[DurableNotice] = []
        stage.listeners.append(self.hear)
        stage.settings |= SETTINGS

    def hear(self, notice: Notice) -> None:
        """Keep what must reach a CSMS."""
        if isinstance(notice, DurableNotice):
            self.notices.append(notice)

    async def begin(self) -> None:
        """Start in slot 1, and know slot 2 after a restart."""
        await self.stage.power_up()
        await self.first.visited(1)
        profile = NetworkProfile(Generation.SECOND, self.url, 0, 30)
        running = self.stage.running
        assert await running.ask(StoreNetwork(2, profile)) == Accepted()
        wish = WriteSetting(NETWORK_PRIORITY.id, "1,2", By.LOCAL)
        assert await running.ask(wish) == AfterRestart()
        await self.stage.cut_power()
        await self.at(self.first)

    async def nowhere(self) -> None:
        """Let nobody be there any more."""
        for csms in (self.first, self.second):
            csms.absent = True
            csms.hang_up()
        await self.stage.clock.sleep(A_WHILE_S)
        assert not self.stage.running.view().online

    async def at(self, csms: ScriptedCsms) -> None:
        """Let this one be there alone, and be told everything."""
        for one in (self.first, self.second):
            one.absent = one is not csms
        other = self.second if csms is self.first else self.first
        other.hang_up()
        visits = len(csms.visits)
        if not self.stage.running.view().online or visits == 0:
            await csms.visited(visits + 1, HOUR_S)
        await self.stage.clock.sleep(A_WHILE_S)
        await self.stage.running.drained()
        assert self.stage.running.state()["slot"] == (1 if csms is self.first else 2)
        assert self.stage.running.state()["undelivered"] == 0

    async def charge(self, evse: int, tag: str = TAG) -> None:
        """Plug in and show a card, and charge for a while."""
        self.stage.plug(evse)
        self.stage.swipe(tag, evse)
        await self.stage.clock.sleep(A_WHILE_S)
        assert self.stage.running.view().evses[evse - 1].transaction

    async def leave(self, evse: int, tag: str = TAG) -> None:
        """Show the card again and drive off."""
        self.stage.swipe(tag, evse)
        await self.stage.clock.sleep(5.0)
        self.stage.unplug(evse)
        await self.stage.clock.sleep(5.0)
        assert not self.stage.running.view().evses[evse - 1].transaction

    def told(self, journal: Mapping[str, int]) -> list[tuple[int, ScriptedCsms]]:
        """Return what either has heard out of the journal, in order of time, by its place there."""
        heard = [(one, csms) for csms in (self.first, self.second) for one in csms.heard]
        heard.sort(key=lambda pair: pair[0].at)
        return [(journal[one.id], csms) for one, csms in heard if one.id in journal]


def read(folder: Path) -> tuple[dict[str, int], set[str]]:
    """Return the places in the journal by message id, and what has become of the entries."""
    with closing(sqlite3.connect(folder / DATABASE)) as db:
        rows = db.execute("SELECT seq, state FROM journal ORDER BY seq").fetchall()
        file = file_id(db)
    places = {message_id(file, seq): place for place, (seq, _) in enumerate(rows)}
    return places, {state for _, state in rows}


async def test_messages_that_wait_are_told_in_whichever_version_is_reached(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """None is lost or doubled, their order is kept, and a power cut changes none of that."""
    async with staged(Stage, tmp_path, monkeypatch, ocpp="1.6") as stage:
        other = ScriptedCsms(stage.clock, v201.LANGUAGE)
        async with other.listening() as url:
            it = Journey(stage, other, url)
            await it.begin()
            await it.charge(1)  # begun in 1.6

            await it.nowhere()
            await it.charge(2, OTHER_TAG)
            await it.leave(2, OTHER_TAG)
            await it.at(it.second)
            await it.charge(2, OTHER_TAG)  # begun in 2.0.1

            await it.nowhere()
            await it.leave(1)
            await it.at(it.first)

            await it.nowhere()
            await stage.cut_power()
            await stage.clock.sleep(A_WHILE_S)
            stage.unplug(2)
            await stage.clock.sleep(5.0)
            await it.charge(1)
            await it.at(it.second)

            await it.nowhere()
            await it.leave(1)
            await it.at(it.first)
            await stage.power_down()

    journal, fates = read(tmp_path)
    assert (len(journal), fates) == (len(it.notices), {"delivered"})
    told = it.told(journal)
    places = [place for place, _ in told]
    assert all(a < b for a, b in pairwise(places))
    assert [csms.repeated for csms in (it.first, it.second)] == [[], []]
    # 1.6 has no message for what has only changed.
    unheard = set(journal.values()) - set(places)
    assert {type(it.notices[place]) for place in unheard} == {TransactionUpdated}
    # There and back, twice.
    turns = [a is not b for (_, a), (_, b) in pairwise(told)]
    assert turns.count(True) == 4
    assert other.complaints == []
    assert list(broken(other.frames, "2.0.1")) == []
