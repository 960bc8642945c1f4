"""Plays calls that make no sense at a real core: what is answered, and what is left behind (S12).

A table has a row for each: the action, its payload, the answer, and where the station stood.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import msgspec
import pytest

from laadpaal.csms.dialect import Dialect, Scene
from laadpaal.csms.hearing import Hearing
from laadpaal.ports.journal import Start
from laadpaal.ports.vault import Use, Vault
from laadpaal.properties import authorization as auth_rows
from laadpaal.properties.rows import Reading
from laadpaal.properties.values import Values
from laadpaal.protocols.ocpp import rpc
from laadpaal.station import answers
from laadpaal.station import events as e
from laadpaal.station import requests as r
from laadpaal.station.layout import ConnectorLayout, EvseLayout, Layout, Outlet
from laadpaal.station.readings import read
from laadpaal.station.view import StationView
from tests.csms.v16.stage import FakeJournal
from tests.support.world import CARD, World

LOG = logging.getLogger("test.semantics")
LAYOUT = Layout(evses=(EvseLayout(), EvseLayout((ConnectorLayout(Outlet.CABLE),))))
NUMBER = 7
"""The CSMS's number of the transaction that runs, where one does."""

Answer = str | dict[str, Any]
"""The code of a CALLERROR, or the payload of the answer."""
Where = Callable[[World], None]


class Desk:
    """A real core, asked as the loop asks it."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.layout = world.station.layout

    @property
    def values(self) -> Values:
        """The core's settings."""
        return self._world.values

    def view(self) -> StationView:
        """Return the core's view."""
        return self._world.station.view()

    def happened(self, event: e.Event) -> None:
        """Refuse: what the CSMS asks is no fact."""
        raise AssertionError(event)

    async def ask(self, request: r.Request) -> answers.Answer:
        """Return the final answer."""
        answer = self._world.ask(request)
        assert not isinstance(answer, answers.Unlocking), "a lock was moved"
        return answer

    def read(self, row: Reading[Any], evse: int = 0, connector: int = 0) -> str:
        """Return the text of a live property."""
        return read(row, self.view(), evse, connector)


@dataclass(frozen=True, slots=True)
class Played:
    """How a call was answered, and whether it left anything behind."""

    answer: Answer
    changed: bool
    followed: bool


async def play(
    dialect: Dialect, where: Where, action: str, payload: object, vault: Vault | None = None
) -> Played:
    """Let the CSMS call a station that stands there."""
    world = World(LAYOUT)
    world.values.hold(dialect.fixed)
    world.online()
    where(world)
    journal = FakeJournal()
    journal.put(1, 1, Start("tx-1", NUMBER, settled=True))
    scene = Scene(Desk(world), journal, vault, lambda: world.now.utc)
    hearing = Hearing(dialect, scene, LOG)
    before = _left(world, vault)
    text = msgspec.json.encode([2, "1", action, payload]).decode()
    call = rpc.parse(text, dialect.language.version)
    assert isinstance(call, rpc.Call)
    said = await hearing.answer(call)
    return Played(_answer(said.frame), _left(world, vault) != before, bool(said.then))


def _left(world: World, vault: Vault | None) -> tuple[object, ...]:
    """Return all that a call may leave behind."""
    outcome = (len(world.records), len(world.actions), len(world.notices))
    settings, wake = dict(world.values.items()), world.station.next_wake()
    kept = (*map(vault.roots, Use), vault.identities()) if vault else ()
    return world.station.view(), settings, outcome, wake, kept


def _answer(frame: rpc.CallResult | rpc.CallError) -> Answer:
    if isinstance(frame, rpc.CallError):
        return frame.code
    read: dict[str, Any] = msgspec.json.decode(frame.payload)
    return read


# --- where the station stands ---


def idle(world: World) -> None:
    """Let nobody be there."""


def charging(world: World) -> None:
    """Let a vehicle charge at connector 1."""
    world.plug()
    world.swipe()


def waiting(world: World) -> None:
    """Let somebody in at connector 1, who has not come yet."""
    world.swipe(CARD, reader=1)


def faulty(world: World) -> None:
    """Let connector 1 be out of order."""
    world.tell(e.FaultRaised(1, 201))


def out(world: World) -> None:
    """Take connector 1 out of use."""
    world.ask(r.ChangeAvailability(operative=False, evse=1))


def unregistered(world: World) -> None:
    """Charge with a CSMS that has not accepted the station (yet)."""
    charging(world)
    world.tell(e.CsmsOffline())


def forgetful(world: World) -> None:
    """Remember no token."""
    world.put(auth_rows.CACHE_ENABLED, to=False)


# --- tables ---

Row = tuple[str, object, Answer, Where]


def table(rows: Iterable[Row]) -> pytest.MarkDecorator:
    """Return the mark that plays a test with each row."""
    return pytest.mark.parametrize(("action", "payload", "answer", "where"), rows, ids=_name)


def _name(part: object) -> str | None:
    return part if isinstance(part, str) else getattr(part, "__name__", None)


def unmoved(answer: Answer) -> Played:
    """Return what a senseless call comes to: everything is as it was."""
    return Played(answer, changed=False, followed=False)


def moved(answer: Answer) -> Played:
    """Return what a call comes to that has changed something."""
    return Played(answer, changed=True, followed=False)
