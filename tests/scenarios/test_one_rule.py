"""One rule for every way of limiting: the lowest claim wins, as the walk tells it, row by row."""

from __future__ import annotations

import logging
import math
import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from laadpaal.csms.dialect import Scene, Wish
from laadpaal.csms.v16 import V16
from laadpaal.csms.v201 import V201
from laadpaal.local_api.app import make_app
from laadpaal.local_api.events import EventStream
from laadpaal.local_api.objects import Objects
from laadpaal.mqtt.wishes import wish
from laadpaal.properties.charging import INSTALLATION_MAX
from laadpaal.protocols.ocpp.message import Message
from laadpaal.protocols.p1 import TelegramReader, lines_of
from laadpaal.protocols.p1.variants import VARIANTS
from laadpaal.simulation.p1_telegrams import Registers, telegram
from laadpaal.station.answers import Accepted
from laadpaal.station.events import GridRead
from laadpaal.station.layout import GridLink
from laadpaal.station.measurement import GridMeasurement
from tests.csms import played
from tests.csms.v16.stage import FakeJournal
from tests.csms.v201.scene import FakeClock
from tests.local_api.conftest import TinyDesk
from tests.local_api.objects.conftest import NotedMachine
from tests.modbus_slave.desk import BUILT, ManagedDesk, amps
from tests.support.calls import clear_profiles, set_profile, set_profile_201
from tests.support.profiles import profile
from tests.support.world import NOON

WALK = Path(__file__).parents[2] / "docs" / "walks" / "one-rule.md"
FUSE_A, MARGIN_A, VALIDITY_S = 25.0, 0.5, 60.0
SLIDER = "/v1/limits/external/other?evse=1"
Deed = Callable[[float], Awaitable[None]]
"""Limits by one way to so many ampere; infinite takes it back."""


def rows() -> list[tuple[str, float, str]]:
    """Return each row of the walk: by which way, how much, and who decides then."""
    lines = WALK.read_text(encoding="utf-8").splitlines()
    cells = [re.split(r" *\| *", line.strip("| ")) for line in lines if line.startswith("|")]
    return [(re.split(r"[:,]", way)[0], float(a), name) for _, way, a, name in cells[2:]]


class Everybody:
    """All who limit EVSE 1 of a station, each in the words of their own way."""

    def __init__(self, ocpp: str) -> None:
        self.ocpp = ocpp
        self.desk = ManagedDesk(replace(BUILT, grid=GridLink.P1))
        self.world = self.desk.world
        tiny = TinyDesk(EventStream(), self.desk.layout)
        tiny.world = self.world
        self.app = make_app(tiny, EventStream())
        self.objects = Objects(tiny, NotedMachine())
        self.ways: dict[str, Deed] = {
            "P1": self.house,
            "OCPP": self.csms,
            "the page's slider": self.page,
            "Modbus": self.modbus,
            "`/api/prop`": self.tool,
            "MQTT": self.home_assistant,
        }

    async def house(self, limit_a: float) -> None:
        """Let the smart meter tell what leaves so much."""
        taken_a = 0.0 if math.isinf(limit_a) else FUSE_A - MARGIN_A - limit_a
        said = GridMeasurement((taken_a, 0.0, 0.0))
        raw = telegram("5", said, Registers(), self.world.now.utc)
        (read,) = TelegramReader(VARIANTS["5"]).feed(raw)
        currents_a = lines_of(read).currents_a
        assert currents_a
        self.world.tell(GridRead(GridMeasurement(currents_a)))

    async def csms(self, limit_a: float) -> None:
        """Let a CSMS of either version set a profile, or clear all."""
        sent: Message
        if math.isinf(limit_a):
            sent = clear_profiles(self.ocpp, 1, None)
        elif self.ocpp == "1.6":
            sent = set_profile(profile(1, limit_a), NOON, None)
        else:
            sent = set_profile_201(profile(1, limit_a), NOON, None)
        dialect: Any = V16(logging.getLogger()) if self.ocpp == "1.6" else V201(FakeClock())
        scene = Scene(played.Desk(self.world), FakeJournal())
        heard = dialect.tables.hears[type(sent).__name__](sent, scene)
        assert isinstance(heard, Wish)
        assert [self.world.ask(it) for it in heard.requests] == [Accepted()]

    async def page(self, limit_a: float) -> None:
        """Move the slider, or press the button beside it."""
        transport = httpx.ASGITransport(self.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://station") as browser:
            if math.isinf(limit_a):
                done = await browser.delete(SLIDER)
            else:
                done = await browser.put(SLIDER, json={"limit": limit_a})
        assert done.status_code == 200

    async def modbus(self, limit_a: float) -> None:
        """Write register 1210, or be silent for too long."""
        if math.isinf(limit_a):
            self.world.pass_time(VALIDITY_S)
        else:
            pdu = b"\x10\x04\xba\x00\x02\x04" + amps(limit_a)
            answer = await self.desk.slave().answer(1, pdu)
            assert answer[:1] == b"\x10"

    async def tool(self, limit_a: float) -> None:
        """Write object 212A_0; a tool takes its limit back by one that is above all others."""
        value = 32.0 if math.isinf(limit_a) else limit_a
        (written,) = await self.objects.write({"212A_0": value}, "admin")
        assert written.accepted

    async def home_assistant(self, limit_a: float) -> None:
        """Publish a number, or that there is none."""
        text = b"none" if math.isinf(limit_a) else str(limit_a).encode()
        wanted = wish(self.world.station.view().evses[0], "limit", text)
        assert await self.desk.ask(wanted) == Accepted()

    def offered(self) -> tuple[float, str]:
        """Return what the vehicle is offered, and who decides that."""
        seen = self.world.station.view().evses[0]
        assert self.world.station.why(1).current.startswith(f"{seen.limit_a:g} A of ")
        return seen.offered_a, seen.because


@pytest.mark.parametrize("ocpp", ["1.6", "2.0.1"])
async def test_the_lowest_claim_wins_whoever_makes_it(ocpp: str) -> None:
    """Down the walk's table each takes the word, and up again each leaves it to the next."""
    everybody, story = Everybody(ocpp), rows()
    assert [way for way, _, _ in story] == list(everybody.ways)
    world = everybody.world
    world.put(INSTALLATION_MAX, to=FUSE_A)
    await everybody.house(math.inf)
    world.online()
    world.plug()
    world.swipe()
    world.pass_time(6)  # what a vehicle may take to follow its offer
    world.measure()

    for way, limit_a, name in story:
        await everybody.ways[way](limit_a)
        assert everybody.offered() == (limit_a, name)
    for (way, _, _), (_, limit_a, name) in zip(story[:0:-1], story[-2::-1], strict=True):
        await everybody.ways[way](math.inf)
        assert everybody.offered() == (limit_a, name)
