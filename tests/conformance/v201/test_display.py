"""What the operator has people read on the station's display."""

from __future__ import annotations

from typing import Any

import pytest

from laadpaal.station.display_messages import CYCLE_S
from laadpaal.station.events import FaultRaised
from tests.conformance.v201.stage import ACCEPTED, Stage, status
from tests.conformance.v201.table import case
from tests.support.sought import Fields

UNKNOWN = {"status": "Unknown"}
FRONT, FIRST, NORMAL = "AlwaysFront", "InFront", "NormalCycle"
EARTH_FAULT = 201


async def put(stage: Stage, number: int = 1, text: str = "hello", **more: Any) -> str:
    """Send a message for the display, and return the word of the answer."""
    info = {
        "id": number,
        "priority": FIRST,
        "message": {"format": "UTF8", "content": text},
        **more,
    }
    answer = await stage.csms.call("SetDisplayMessage", message=info)
    word: str = answer["status"]
    return word


async def ask(stage: Stage, **criteria: Any) -> dict[int, Fields]:
    """Ask for messages, and return those that are told, by id."""
    request = len(stage.csms.frames)
    answer = await stage.csms.call("GetDisplayMessages", requestId=request, **criteria)
    if answer == UNKNOWN:
        return {}
    assert answer == ACCEPTED
    pieces = await stage.pieces("NotifyDisplayMessages", request)
    return {info["id"]: info for piece in pieces for info in piece["messageInfo"]}


def shown(stage: Stage, evse: int = 1) -> str:
    """Return the message on the display of an EVSE."""
    return stage.bench.panel.screens[evse].message


async def turns(stage: Stage) -> set[str]:
    """Return what is on the display in the next turns."""
    found = set()
    for _ in range(4):
        found.add(shown(stage))
        await stage.clock.sleep(CYCLE_S)
    return found


@case("TC_O_01_CS")
async def test_tc_o_01_set(stage: Stage) -> None:
    """A message is kept, told again and shown."""
    await stage.boot()
    assert await put(stage, message={"format": "UTF8", "content": "hello", "language": "en"}) == (
        "Accepted"
    )
    (told,) = (await ask(stage)).values()

    assert told["message"] == {"format": "UTF8", "content": "hello", "language": "en"}
    assert told["priority"] == FIRST
    assert shown(stage) == "hello"


@case("TC_O_02_CS")
async def test_tc_o_02_get_all(stage: Stage) -> None:
    """Every message is told."""
    await stage.boot()
    for number in (1, 2, 3):
        assert await put(stage, number, f"message {number}") == "Accepted"

    assert set(await ask(stage)) == {1, 2, 3}


@case("TC_O_03_CS")
@case("TC_O_33_CS")
async def test_tc_o_03_33_get_none(stage: Stage) -> None:
    """Where there is none, none is told, whichever was asked for."""
    await stage.boot()

    assert await stage.csms.call("GetDisplayMessages", requestId=1) == UNKNOWN
    assert await stage.csms.call("GetDisplayMessages", requestId=2, id=[1]) == UNKNOWN
    await stage.csms.silence(10)


@case("TC_O_04_CS")
async def test_tc_o_04_clear(stage: Stage) -> None:
    """What is cleared is not there any more."""
    await stage.boot()
    await put(stage)
    assert await stage.csms.call("ClearDisplayMessage", id=1) == ACCEPTED

    assert await ask(stage) == {}
    assert shown(stage) == ""


@case("TC_O_05_CS")
async def test_tc_o_05_clear_unknown(stage: Stage) -> None:
    """What is not there cannot be cleared."""
    await stage.boot()
    answer = await stage.csms.call("ClearDisplayMessage", id=9)

    assert answer["status"] == "Unknown"


@pytest.mark.parametrize(
    ("criteria", "found"),
    [
        pytest.param({"id": [1]}, {1}, marks=case("TC_O_07_CS")),
        pytest.param({"priority": FIRST}, {1, 2}, marks=case("TC_O_08_CS")),
        pytest.param({"state": "Charging"}, {2}, marks=case("TC_O_09_CS")),
        pytest.param({"id": [999]}, set(), marks=case("TC_O_11_CS")),
        pytest.param({"id": [1], "state": "Charging"}, set(), marks=case("TC_O_34_CS")),
        pytest.param({"id": [1], "priority": NORMAL}, set(), marks=case("TC_O_35_CS")),
    ],
)
async def test_tc_o_get_some(stage: Stage, criteria: dict[str, Any], found: set[int]) -> None:
    """Those are told that fit all that was given."""
    await stage.boot()
    await put(stage, 1, state="Idle")
    await put(stage, 2, state="Charging")
    await put(stage, 3, priority=NORMAL)

    assert set(await ask(stage, **criteria)) == found


@case("TC_O_06_CS")
async def test_tc_o_06_transaction(stage: Stage) -> None:
    """A message for a transaction is gone with it."""
    await stage.boot()
    number = await stage.charge()
    assert await put(stage, transactionId=number) == "Accepted"
    assert (await ask(stage))[1]["transactionId"] == number
    assert (shown(stage, 1), shown(stage, 2)) == ("hello", "")
    stage.swipe()
    await stage.hear_end("StopAuthorized", "Local")
    await stage.clock.sleep(1)

    assert await ask(stage) == {}


@case("TC_O_10_CS")
async def test_tc_o_10_unknown_transaction(stage: Stage) -> None:
    """For a transaction that is not there, none is kept."""
    await stage.boot()

    assert await put(stage, transactionId="none") == "UnknownTransaction"


@case("TC_O_12_CS")
async def test_tc_o_12_replace(stage: Stage) -> None:
    """The same id replaces."""
    await stage.boot()
    await put(stage, text="first")
    assert await put(stage, text="second") == "Accepted"

    assert [one["message"]["content"] for one in (await ask(stage)).values()] == ["second"]
    assert shown(stage) == "second"


@pytest.mark.parametrize(
    "charges",
    [
        pytest.param(False, marks=case("TC_O_13_CS")),
        pytest.param(True, marks=case("TC_O_27_CS")),
    ],
)
async def test_tc_o_13_27_start(stage: Stage, charges: bool) -> None:  # noqa: FBT001  a row
    """A message is shown from its time on, and one for a transaction no longer than that."""
    await stage.boot()
    more: dict[str, Any] = {"transactionId": await stage.charge()} if charges else {}
    begins = stage.csms.instant(60)
    assert await put(stage, startDateTime=begins, **more) == "Accepted"
    assert (await ask(stage))[1]["startDateTime"] == begins
    assert shown(stage) == ""
    await stage.clock.sleep(65)
    assert shown(stage) == "hello"
    if charges:
        stage.swipe()
        await stage.hear_end("StopAuthorized", "Local")
        await stage.clock.sleep(1)
        assert await ask(stage) == {}


@pytest.mark.parametrize(
    "charges",
    [
        pytest.param(False, marks=case("TC_O_14_CS")),
        pytest.param(True, marks=case("TC_O_28_CS")),
    ],
)
async def test_tc_o_14_28_end(stage: Stage, charges: bool) -> None:  # noqa: FBT001  a row
    """After its time a message is not there any more."""
    await stage.boot()
    more: dict[str, Any] = {"transactionId": await stage.charge()} if charges else {}
    ends = stage.csms.instant(60)
    assert await put(stage, endDateTime=ends, **more) == "Accepted"
    assert (await ask(stage))[1]["endDateTime"] == ends
    assert shown(stage) == "hello"
    await stage.clock.sleep(65)

    assert shown(stage) == ""
    assert await ask(stage) == {}


@case("TC_O_19_CS")
async def test_tc_o_19_format(stage: Stage) -> None:
    """The display draws characters, and no pages."""
    await stage.boot()

    for kind in ("HTML", "URI"):
        message = {"format": kind, "content": "http://127.0.0.1"}
        assert await put(stage, message=message) == "NotSupportedMessageFormat"


@case("TC_O_20_CS")
async def test_tc_o_20_kept(stage: Stage) -> None:
    """A message is there after a restart."""
    await stage.boot()
    await put(stage)
    await stage.reset()
    await stage.hear_boot()

    assert set(await ask(stage)) == {1}
    assert shown(stage) == "hello"


@pytest.mark.parametrize(
    "charges",
    [
        pytest.param(False, marks=case("TC_O_22_CS")),
        pytest.param(True, marks=case("TC_O_30_CS")),
    ],
)
async def test_tc_o_22_30_in_front(stage: Stage, charges: bool) -> None:  # noqa: FBT001  a row
    """Two of them take turns, and nothing else comes between."""
    await stage.boot()
    more: dict[str, Any] = {"transactionId": await stage.charge()} if charges else {}
    await put(stage, 1, "first", **more)
    await put(stage, 2, "second", **more)
    await put(stage, 3, "third", priority=NORMAL)

    assert set(await ask(stage)) == {1, 2, 3}
    assert await turns(stage) == {"first", "second"}


@pytest.mark.parametrize(
    "charges",
    [
        pytest.param(False, marks=case("TC_O_24_CS")),
        pytest.param(True, marks=case("TC_O_32_CS")),
    ],
)
async def test_tc_o_24_32_always_front(stage: Stage, charges: bool) -> None:  # noqa: FBT001  a row
    """The second takes the place of the first."""
    await stage.boot()
    more: dict[str, Any] = {"transactionId": await stage.charge()} if charges else {}
    await put(stage, 1, "first", priority=FRONT, **more)
    await put(stage, 2, "second", priority=FRONT, **more)

    assert set(await ask(stage)) == {2}
    assert await turns(stage) == {"second"}


@pytest.mark.parametrize(
    "state",
    [
        pytest.param("Charging", marks=case("TC_O_36_CS")),
        pytest.param("Idle", marks=case("TC_O_37_CS")),
        pytest.param("Unavailable", marks=case("TC_O_38_CS")),
        pytest.param("Faulted", marks=case("TC_O_39_CS")),
    ],
)
async def test_tc_o_36_to_39_state(stage: Stage, state: str) -> None:
    """A message for a state is shown in that state alone."""
    await stage.boot()
    assert await put(stage, state=state) == "Accepted"
    found = {"Idle": shown(stage)}
    await stage.charge()
    found["Charging"] = shown(stage)
    stage.swipe()
    await stage.hear_end("StopAuthorized", "Local")
    stage.unplug()
    await stage.csms.skip_to(status(1, "Available"))
    await stage.csms.call("ChangeAvailability", operationalStatus="Inoperative")
    await stage.csms.skip_to(status(1, "Unavailable"))
    found["Unavailable"] = shown(stage)
    stage.running.happened(FaultRaised(1, EARTH_FAULT))
    await stage.csms.skip_to(status(1, "Faulted"))
    found["Faulted"] = shown(stage)

    assert found == {name: "hello" if name == state else "" for name in found}
