"""The log tells of sockets in the lines that log readers look for."""

from __future__ import annotations

import logging
from itertools import pairwise

import pytest

from laadpaal.runtime.socket_lines import LIFE, SocketLines
from laadpaal.station.requests import StartCharging
from laadpaal.station.step import Step
from laadpaal.station.words import By, Token, TokenKind
from tests.support.world import CARD, World

LOG = logging.getLogger("sockets")


class Narrated(World):
    """A station whose notices are told as they come, after their turn."""

    def __init__(self) -> None:
        self.lines = SocketLines(lambda: self.station.view(), LOG)  # noqa: PLW0108  there is no station yet
        super().__init__()

    def pass_step(self, step: Step) -> None:
        """Tell the notices of a step, and do what follows from it."""
        for notice in step.notices:
            self.lines.tell(notice)
        super().pass_step(step)


@pytest.fixture
def world(caplog: pytest.LogCaptureFixture) -> Narrated:
    """Return such a station, and read its log."""
    caplog.set_level(logging.INFO, "sockets")
    world = Narrated()
    world.online()
    return world


def said(caplog: pytest.LogCaptureFixture, what: str) -> list[str]:
    """Return what stands in the lines of the first socket."""
    begin = f"Socket #1: {what}: "
    return [it.removeprefix(begin) for it in caplog.messages if it.startswith(begin)]


def test_a_session_from_the_plug_to_the_end(
    world: Narrated, caplog: pytest.LogCaptureFixture
) -> None:
    """Each state once, with the card of who charges; tools read the card from these lines."""
    world.plug()
    world.swipe()
    world.swipe()

    states = said(caplog, "main state")
    assert f"CHARGING_POWER_ON, tag: {CARD.value}" in states
    assert f"CHARGING_TERMINATING, tag: {CARD.value}" in states
    assert states[-1] == "WAIT_FOR_DISCONNECT, tag: (null)"
    assert all(one != other for one, other in pairwise(states))
    assert "STATE_C2" in said(caplog, "Mode-3")


def test_a_code_that_is_keyed_in_stands_nowhere(
    world: Narrated, caplog: pytest.LogCaptureFixture
) -> None:
    """It would let whoever reads the log charge (C04)."""
    world.plug()
    world.ask(StartCharging(1, Token("4711", TokenKind.KEY_CODE), By.LOCAL, check=False))

    assert any("tag: ***" in state for state in said(caplog, "main state"))
    assert "4711" not in caplog.text


def test_a_life_begins_with_a_line_of_its_own(caplog: pytest.LogCaptureFixture) -> None:
    """Tools take it for a restart."""
    caplog.set_level(logging.INFO, "sockets")
    SocketLines(World().station.view, LOG).begin()

    assert caplog.messages == [LIFE] == ["=" * 42]
