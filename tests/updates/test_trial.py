"""A version on trial is kept once it has been well for five minutes, without a break."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest

from laadpaal.station.answers import Accepted, Answer
from laadpaal.station.faults import METER_FAULT
from laadpaal.station.measurement import Measurement
from laadpaal.station.releases import KeepFirmware
from laadpaal.station.requests import Request
from laadpaal.station.view import ReleaseView, StationView
from laadpaal.updates.trial import WELL_S, Trial
from tests.csms.v16.stage import FakeDesk
from tests.support.jumping import LoopClock, jump
from tests.support.world import World

READ = Measurement(0.0, (230.0, 230.0, 230.0), (0.0, 0.0, 0.0), 0.0)


def seen(**changed: object) -> StationView:
    """Return a station on trial whose meters answer."""
    view = World().station.view()
    evses = tuple(replace(evse, measurement=READ) for evse in view.evses)
    release = ReleaseView(on_trial=True)
    return replace(view, evses=evses, release=release, **changed)  # type: ignore[arg-type]  # a test's


@dataclass
class Desk(FakeDesk):
    """A station that can be changed, and keeps what is asked."""

    shown: StationView = field(default_factory=seen)
    kept_at: list[float] = field(default_factory=list)
    keeps: bool = True

    async def ask(self, request: Request) -> Answer:
        """Keep the version, unless its disk has failed."""
        assert request == KeepFirmware()
        self.kept_at.append(asyncio.get_running_loop().time())
        if self.keeps:
            self.shown = replace(self.shown, release=ReleaseView())
        return Accepted()


def watched(
    desk: Desk,
    *changes: tuple[float, Callable[[], None]],
    reachable: Callable[[StationView], bool] = lambda _: True,
) -> list[float]:
    """Look after a trial for half an hour; return when the version was wanted to be kept."""

    async def story() -> list[float]:
        clock = LoopClock()
        began = asyncio.get_running_loop().time()
        trial = Trial(desk, clock, logging.getLogger("laadpaal.test.trial"), reachable)
        running = asyncio.ensure_future(trial.run())
        for at, change in changes:
            await asyncio.sleep(began + at - asyncio.get_running_loop().time())
            change()
        await asyncio.wait({running}, timeout=1800.0)
        running.cancel()
        return [at - began for at in desk.kept_at]

    return jump(story())


def test_it_is_kept_after_five_minutes() -> None:
    """And looked after no longer."""
    assert watched(Desk()) == [WELL_S] == [300.0]


@pytest.mark.parametrize("flaw", ["silent", "faulty", "unreachable"])
def test_what_is_not_well_is_not_kept(flaw: str, caplog: pytest.LogCaptureFixture) -> None:
    """A meter that has said nothing, one that says nothing any more, or nobody to talk to."""
    caplog.set_level(logging.INFO)
    desk = Desk()
    first, *others = desk.shown.evses
    if flaw == "silent":
        first = replace(first, measurement=None)
    if flaw == "faulty":
        first = replace(first, faults=frozenset({METER_FAULT}))
    desk.shown = replace(desk.shown, evses=(first, *others))

    assert watched(desk, reachable=lambda _: flaw != "unreachable") == []
    words = "neither the CSMS nor" if flaw == "unreachable" else "the meter of EVSE 1"
    assert words in caplog.text


def test_a_break_begins_the_five_minutes_anew(caplog: pytest.LogCaptureFixture) -> None:
    """Well means without a break; each change is logged once."""
    caplog.set_level(logging.INFO)
    well = [True]

    def toggle() -> None:
        well[0] = not well[0]

    kept = watched(Desk(), (200.0, toggle), (250.0, toggle), reachable=lambda _: well[0])
    assert kept == [pytest.approx(250.0 + WELL_S, abs=2.0)]
    assert len(caplog.messages) == 3


def test_what_could_not_be_kept_is_tried_again() -> None:
    """A disk may fail once; the trial goes on until it is over."""
    desk = Desk(keeps=False)
    kept = watched(desk, (400.0, lambda: setattr(desk, "keeps", True)))

    assert kept == [WELL_S, 2 * WELL_S]


def test_who_keeps_it_by_hand_ends_the_trial() -> None:
    """Nothing is asked then."""
    desk = Desk()

    def by_hand() -> None:
        desk.shown = replace(desk.shown, release=ReleaseView())

    assert watched(desk, (10.0, by_hand)) == []
