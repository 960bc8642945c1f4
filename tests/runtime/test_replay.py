"""A recording, lived again, comes to the same."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from laadpaal.backoffice.server import BackOffice
from laadpaal.ports.clock import Clock
from laadpaal.properties import comms
from laadpaal.runtime.assembly import FLIGHT
from laadpaal.runtime.clock import RealClock
from laadpaal.runtime.config import Config, CsmsTable
from laadpaal.runtime.replay import replay
from laadpaal.runtime.turns import Turns
from laadpaal.station.answers import Accepted, Refused
from laadpaal.station.notices import TransactionEnded, TransactionStarted
from laadpaal.station.records import Record, SettingWritten
from laadpaal.station.requests import (
    CancelReservation,
    Reserve,
    Reset,
    WriteLocalList,
    WriteSetting,
)
from laadpaal.station.step import Step
from laadpaal.station.words import By, Reservation, ResetKind, Token, TokenStatus, Verdict
from tests.runtime.stage import SPEED, Stage, staged

CARD = "04A1B2C3"
PASSWORD = "correct horse battery staple"


@pytest.fixture
def lived(monkeypatch: pytest.MonkeyPatch) -> list[list[Step]]:
    """Return what is handed out, a list for each life."""
    lives: list[list[Step]] = []
    steps: defaultdict[Turns, list[Step]] = defaultdict(list)
    hand_out = Turns._hand_out

    def noted(turns: Turns, step: Step) -> None:
        if turns not in steps:
            lives.append(steps[turns])
        steps[turns].append(step)
        hand_out(turns, step)

    monkeypatch.setattr(Turns, "_hand_out", noted)
    return lives


def _without_secrets(records: list[Record]) -> list[Record]:
    return [
        replace(record, text="")
        if isinstance(record, SettingWritten) and record.id == comms.PASSWORD.id
        else record
        for record in records
    ]


async def _three_lives(stage: Stage, office: BackOffice, clock: Clock) -> None:
    """Charge, write settings, restart, and lose the power in a transaction."""
    ask = stage.running.ask
    await office.wait_for("LP1", "StatusNotification")
    await stage.driver.visit(1, CARD, 900.0)
    assert await ask(WriteSetting(comms.PASSWORD.id, PASSWORD, By.LOCAL)) == Accepted()
    assert isinstance(await ask(WriteSetting(comms.PASSWORD.id, "short", By.LOCAL)), Refused)
    entries = ((Token(CARD, kind=None), Verdict(TokenStatus.ACCEPTED, "family")),)
    assert await ask(WriteLocalList(3, full=True, entries=entries)) == Accepted()
    tomorrow = clock.now().utc + 86_400.0
    for number in (5, 6):
        reservation = Reservation(number, 2 * (number == 5), Token(CARD, kind=None), tomorrow)
        assert await ask(Reserve(reservation)) == Accepted()
    assert await ask(CancelReservation(6)) == Accepted()
    await ask(Reset(ResetKind.SOFT))
    await stage.life(2)
    await stage.ear.until(lambda: stage.running.view().online)
    stage.bench.plug(2, 20.0)
    stage.bench.swipe(CARD, 0)
    await stage.ear.until(lambda: len(stage.ear.all(TransactionStarted)) == 2)
    await stage.running.cut_power()
    await stage.ear.until(lambda: len(stage.ear.all(TransactionEnded)) == 2)


@pytest.mark.parametrize("ocpp", ["1.6", "2.0.1"])
async def test_replay_comes_to_what_was_lived(
    tmp_path: Path, lived: list[list[Step]], ocpp: Any
) -> None:
    """Records, actions and notices of every turn are the same, through restart and power cut."""
    async with BackOffice(clock := RealClock(SPEED)) as office:
        csms = CsmsTable(url=office.url, ocpp=ocpp, identity="LP1")
        config = Config(folder=str(tmp_path), api=None, csms=csms)
        async with staged(config, clock) as stage:
            await _three_lives(stage, office, clock)

    turns = groupby(replay(tmp_path / FLIGHT), key=lambda turn: turn.life)
    again = {life: [turn.step for turn in group] for life, group in turns}
    assert list(again) == [1, 2, 3]
    for life, steps in enumerate(lived, 1):
        # The turn in which a life was ended may not have come to its end.
        assert len(again[life]) - len(steps) in {0, 1}
        for live, replayed in zip(steps, again[life], strict=False):
            assert live.notices == replayed.notices
            assert live.actions == replayed.actions
            assert _without_secrets(live.records) == _without_secrets(replayed.records)
    assert PASSWORD not in (tmp_path / FLIGHT).read_text()
