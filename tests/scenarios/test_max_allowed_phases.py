"""MaxAllowedPhases is one setting behind three faces: two dialects and the control API."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from laadpaal.csms.dialect import Wish
from laadpaal.local_api.app import make_app
from laadpaal.local_api.events import EventStream
from laadpaal.properties.wiring import MAX_PHASES
from laadpaal.station.notices import SettingReverted
from tests.csms.v16.stage import Stage, said
from tests.csms.v201.counter import Counter, asked
from tests.local_api.conftest import NotedBench, NotedLink, TinyDesk, client
from tests.support.world import CARD, World

NAME = "MaxAllowedPhases"
STATION = ("ChargingStation", 0, 0)
BAD = ["0", "2", "4", "-1", "03", "+3", "3 ", " 3", "3.0", "true", "", "one", "1,3"]


class Faces:
    """One station, seen from three sides; `written` tells whether a write was accepted."""

    def __init__(self) -> None:
        self.counter = Counter()
        self.world: World = self.counter.world
        self.first = Stage()
        self.first.desk.values = self.world.values
        events = EventStream()
        desk = TinyDesk(events)
        desk.world = self.world

        async def cut() -> None:
            """Leave the power on."""

        self.app = make_app(desk, events, NotedLink(), NotedBench(), cut)

    async def write_key(self, text: str) -> bool:
        """Write by OCPP 1.6."""
        heard = self.first.hear("ChangeConfiguration", key=NAME, value=text)
        assert isinstance(heard, Wish)
        answers = tuple(self.world.ask(request) for request in heard.requests)
        status = said(heard.reply(answers).payload)["status"]
        assert status in {"Accepted", "Rejected"}
        return bool(status == "Accepted")

    async def write_variable(self, text: str) -> bool:
        """Write by OCPP 2.0.1."""
        status = self.counter.put(STATION, NAME, text)["attributeStatus"]
        assert status in {"Accepted", "Rejected"}
        return bool(status == "Accepted")

    async def write_property(self, text: str) -> bool:
        """Write by the control API."""
        return await self.put(text) == 200

    async def put(self, value: object) -> int:
        """Write any JSON by the control API and return the status."""
        async with client(self.app) as api:
            path = f"/v1/properties/{MAX_PHASES.id}"
            return (await api.put(path, json={"value": value})).status_code

    async def read(self) -> set[str]:
        """Return what the three faces say."""
        key = self.first.reply("GetConfiguration", key=[NAME])["configurationKey"][0]
        assert key["readonly"] is False
        async with client(self.app) as api:
            shown = (await api.get(f"/v1/properties/{MAX_PHASES.id}")).json()
        return {key["value"], self.counter.value(STATION, NAME), shown["value"]}


Write = Callable[[Faces, str], Awaitable[bool]]
WRITES: list[Write] = [Faces.write_key, Faces.write_variable, Faces.write_property]


async def test_s37_three_lines_are_allowed_unless_somebody_says_otherwise() -> None:
    """A station that was never told anything says 3 on each face, whatever it is built of."""
    assert await Faces().read() == {"3"}


@pytest.mark.parametrize("write", WRITES)
async def test_s35_what_one_face_writes_all_three_read(write: Write) -> None:
    """There is one store behind them."""
    faces = Faces()
    for text in ("1", "3", "1"):
        assert await write(faces, text)
        assert await faces.read() == {text}


async def test_s44_each_face_tells_what_may_be_written() -> None:
    """A list of 1 and 3 for reading and writing, which survives a restart."""
    faces = Faces()
    line = faces.counter.report()[STATION, NAME, ""]
    async with client(faces.app) as api:
        shown = (await api.get(f"/v1/properties/{MAX_PHASES.id}")).json()

    assert line["variableCharacteristics"] == {
        "dataType": "OptionList",
        "valuesList": "1,3",
        "supportsMonitoring": True,
    }
    [attribute] = line["variableAttribute"]
    assert attribute["mutability"] == "ReadWrite"
    assert attribute["persistent"] is True
    assert (shown["choices"], shown["access"], shown["default"]) == (["1", "3"], "operator", "3")
    assert await faces.read() == {"3"}  # the key is not for reading only


@pytest.mark.parametrize("text", BAD)
@pytest.mark.parametrize("write", WRITES)
async def test_s38_what_cannot_be_restores_the_default(write: Write, text: str) -> None:
    """The writer hears that it was rejected, everybody reads 3, and one warning is told."""
    faces = Faces()
    assert await faces.write_key("1")

    assert not await write(faces, text)
    assert await faces.read() == {"3"}
    assert faces.world.told(SettingReverted) == [SettingReverted(MAX_PHASES.id, text, "3")]


@pytest.mark.parametrize("value", [True, 2, 3.5, 3.0])
async def test_s36_a_number_or_flag_is_read_as_what_it_spells(value: object) -> None:
    """The control API takes JSON; true is not 1, and 3.0 is not spelled as 3."""
    faces = Faces()
    assert await faces.put(1) == 200
    assert await faces.read() == {"1"}
    assert await faces.put(value) == 422
    assert await faces.read() == {"3"}


async def test_s38_a_running_transaction_stays_on_one_line() -> None:
    """The default allows more than before, and nothing jumps (S40)."""
    faces = Faces()
    faces.world.online()
    assert await faces.write_key("1")
    faces.world.plug()
    faces.world.swipe(CARD)
    assert not await faces.write_variable("2")

    assert await faces.read() == {"3"}
    assert faces.world.station.view().evses[0].phases == 1


async def test_what_else_is_wrong_with_a_write_restores_nothing() -> None:
    """A variable of an EVSE there is not, or an attribute there is none of."""
    faces = Faces()
    assert await faces.write_key("1")
    item = asked(STATION, NAME, attributeValue="2", attributeType="Target")
    faces.counter.set(item, asked(("EVSE", 1, 0), NAME, attributeValue="2"))

    assert await faces.read() == {"1"}
