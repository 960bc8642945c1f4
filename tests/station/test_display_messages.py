"""What the operator wants people to read: where, when, and what takes turns (2.0.1 block O)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from laadpaal.properties import panel as rows
from laadpaal.station import events as e
from laadpaal.station.answers import Accepted, Reason, Refused
from laadpaal.station.display_messages import CYCLE_S
from laadpaal.station.records import MessageRemoved, MessageSaved
from laadpaal.station.requests import ChangeAvailability, ClearMessage, ShowMessage
from laadpaal.station.saved import Saved
from laadpaal.station.shown import DisplayMessage, MessageState, Priority
from tests.support.world import NOON, World, charging

FRONT, FIRST, NORMAL = Priority.ALWAYS_FRONT, Priority.IN_FRONT, Priority.NORMAL
HELLO = DisplayMessage(1, FIRST, "hello")


def show(world: World, id_: int = 1, text: str = "hello", **more: Any) -> None:
    """Have a message kept."""
    message = DisplayMessage(id_, more.pop("priority", FIRST), text, **more)
    assert world.ask(ShowMessage(message)) == Accepted()


def read(world: World, evse: int = 1) -> str:
    """Return what is to be read at an EVSE."""
    return world.evse(evse).screen.message


def seen(world: World, turns: int = 4) -> list[str]:
    """Return what is to be read at EVSE 1, turn by turn."""
    found = []
    for _ in range(turns):
        found.append(read(world))
        world.pass_time(CYCLE_S)
    return found


def running(world: World) -> str:
    """Return the id of the transaction on EVSE 1."""
    transaction = world.evse().transaction
    assert transaction
    return transaction.id


def test_a_message_is_shown_everywhere_at_once() -> None:
    """It is on the disk, and in the view."""
    world = World()
    show(world)

    assert (read(world, 1), read(world, 2)) == ("hello", "hello")
    assert MessageSaved(HELLO) in world.records
    assert world.station.view().messages == (HELLO,)


def test_a_message_may_be_for_one_display() -> None:
    """The other one stays as it is."""
    world = World()
    show(world, evse=2)

    assert (read(world, 1), read(world, 2)) == ("", "hello")


def test_the_same_id_replaces() -> None:
    """There is one message of each id (O06)."""
    world = World()
    show(world)
    show(world, text="bye")

    assert read(world) == "bye"
    assert [message.text for message in world.station.view().messages] == ["bye"]


def test_what_is_cleared_is_gone() -> None:
    """Once; then there is no such message (O05)."""
    world = World()
    show(world)

    assert world.ask(ClearMessage(1)) == Accepted()
    assert read(world) == ""
    assert world.records[-1] == MessageRemoved(1)
    assert world.ask(ClearMessage(1)) == Refused(Reason.UNKNOWN_MESSAGE, "there is no message 1")


# --- turns ---


@pytest.mark.parametrize(
    ("priorities", "order"),
    [
        ((NORMAL,), ["", "m0", "", "m0"]),
        ((NORMAL, NORMAL), ["", "m0", "m1", ""]),
        ((FIRST,), ["m0", "m0", "m0", "m0"]),
        ((FIRST, FIRST, NORMAL), ["m0", "m1", "m0", "m1"]),
        ((FIRST, FRONT, NORMAL), ["m1", "m1", "m1", "m1"]),
        ((FRONT, FRONT), ["m1", "m1", "m1", "m1"]),
    ],
)
def test_what_takes_turns(priorities: tuple[Priority, ...], order: list[str]) -> None:
    """The foremost alone; its like in turns; what is normal with the station's own screen."""
    world = World()
    start = -world.now.mono % (CYCLE_S * 12)
    world.pass_time(start)
    for number, priority in enumerate(priorities):
        show(world, number, f"m{number}", priority=priority)

    assert seen(world) == order


def test_a_second_that_is_always_in_front_replaces_the_first() -> None:
    """There is one at most (O01)."""
    world = World()
    show(world, 1, "first", priority=FRONT)
    show(world, 2, "second", priority=FRONT)
    show(world, 2, "again", priority=FRONT)

    assert [message.text for message in world.station.view().messages] == ["again"]


# --- times ---


def test_a_message_begins_and_ends_in_its_time() -> None:
    """After its end it is not even kept (O01)."""
    world = World()
    show(world, starts_at=NOON + 60, ends_at=NOON + 120)
    assert read(world) == ""
    world.pass_time(60)
    assert read(world) == "hello"
    world.pass_time(60)

    assert read(world) == ""
    assert world.station.view().messages == ()


def test_a_clock_that_is_corrected_moves_the_times() -> None:
    """They are instants of the real day."""
    world = World()
    show(world, ends_at=NOON + 60)
    world.now = replace(world.now, utc=NOON + 61)
    world.tell(e.ClockCorrected(61.0))

    assert world.station.view().messages == ()


# --- where it belongs ---


def test_a_message_of_a_transaction_goes_with_it() -> None:
    """It is shown where that runs, and nowhere else (O02)."""
    world = charging()
    show(world, transaction=running(world))
    assert (read(world, 1), read(world, 2)) == ("hello", "")
    world.swipe()

    assert world.station.view().messages == ()


def test_a_message_of_a_transaction_that_a_power_cut_ended_is_gone() -> None:
    """Nobody is there any more whom it was for."""
    world = World(saved=Saved(messages=(replace(HELLO, transaction="tx-9"),)))

    assert world.station.view().messages == ()
    assert MessageRemoved(1) in world.records


def test_a_message_outlives_a_power_cut() -> None:
    """It is there from the first turn on (O01)."""
    assert read(World(saved=Saved(messages=(HELLO,)))) == "hello"


@pytest.mark.parametrize("state", MessageState)
def test_a_message_may_be_for_one_state(state: MessageState) -> None:
    """It comes and goes with what the EVSE does (O01)."""
    world = World()
    world.online()
    show(world, state=state)
    found = {MessageState.IDLE: read(world)}
    world.plug()
    world.swipe()
    found[MessageState.CHARGING] = read(world)
    world.tell(e.FaultRaised(1, 201))
    found[MessageState.FAULTED] = read(world)
    world.tell(e.FaultCleared(1, 201))
    world.ask(ChangeAvailability(operative=False, evse=1))
    found[MessageState.UNAVAILABLE] = read(world)

    assert found == {one: "hello" if one is state else "" for one in MessageState}


def test_a_station_with_a_fault_is_faulted_everywhere() -> None:
    """Whatever is wrong with it."""
    world = World()
    show(world, state=MessageState.FAULTED)
    world.tell(e.FaultRaised(0, 106))

    assert (read(world, 1), read(world, 2)) == ("hello", "hello")


# --- refusals ---


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        (replace(HELLO, text=" "), Reason.BAD_VALUE),
        (replace(HELLO, text="a\nb"), Reason.BAD_VALUE),
        (replace(HELLO, evse=3), Reason.UNKNOWN_EVSE),
        (replace(HELLO, ends_at=NOON), Reason.BAD_VALUE),
        (replace(HELLO, starts_at=NOON + 9, ends_at=NOON + 9), Reason.BAD_VALUE),
        (replace(HELLO, transaction="tx-1"), Reason.UNKNOWN_TRANSACTION),
    ],
)
def test_what_makes_no_sense_is_refused(message: DisplayMessage, reason: Reason) -> None:
    """Nothing is kept of it, and nothing replaced."""
    world = World()
    show(world, text="before")
    answer = world.ask(ShowMessage(message))

    assert isinstance(answer, Refused)
    assert answer.reason is reason
    assert read(world) == "before"


def test_there_is_room_for_so_many() -> None:
    """One that replaces another needs none (O01)."""
    world = World()
    for number in range(rows.MOST_MESSAGES):
        show(world, number)
    answer = world.ask(ShowMessage(replace(HELLO, id=-1)))

    assert isinstance(answer, Refused)
    assert answer.reason is Reason.TOO_MANY
    show(world, 0, "other")


def test_messages_can_be_switched_off() -> None:
    """Those that are there stay."""
    world = World()
    show(world)
    world.put(rows.MESSAGES_ENABLED, to=False)
    answer = world.ask(ShowMessage(HELLO))

    assert isinstance(answer, Refused)
    assert answer.reason is Reason.MESSAGES_OFF
    assert read(world) == "hello"
