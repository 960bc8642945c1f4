"""Plug and charge, and what unplugging the vehicle means, go together on every way (S55, S56)."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from laadpaal.properties import authorization as rows
from laadpaal.properties.rows import Setting
from laadpaal.properties.transactions import (
    ABORT_LOCK,
    ABORT_OFFLINE,
    ABORT_UNLOCK,
    ACTIONS,
    CONTINUE,
    DISCONNECT_ACTION,
    STOP_ON_DISCONNECT,
    STOP_POINT,
    UNLOCK_ON_DISCONNECT,
)
from laadpaal.properties.values import Values
from laadpaal.station import events as e
from laadpaal.station.actions import UnlockPlug
from laadpaal.station.answers import Accepted, Answer, Reason, Refused
from laadpaal.station.layout import Layout
from laadpaal.station.moment import Moment
from laadpaal.station.notices import (
    AuthorizationNeeded,
    SettingMended,
    TokenRefused,
    TransactionEnded,
    TransactionStarted,
)
from laadpaal.station.records import SettingWritten
from laadpaal.station.requests import StartCharging, WriteSetting
from laadpaal.station.station import Station
from laadpaal.station.words import By, Pilot, StopReason, Token, TokenKind, Trigger
from tests.support.world import CARD, NOON, World, numbered

IDENTIFIER = "0123456789"
EVERYBODY = Token(IDENTIFIER, TokenKind.LOCAL)
PLUG_AND_CHARGE: dict[Setting[Any], Any] = {
    rows.PLUG_IDENTIFIER: IDENTIFIER,
    rows.METHOD: rows.PLUG_AND_CHARGE,
}


def write(world: World, row: Setting[Any], text: str, by: By = By.REMOTE) -> Answer:
    """Write a setting as a face does."""
    return world.ask(WriteSetting(row.id, text, by))


def assert_kept(world: World) -> None:
    """Look whether what is in force is what was written down last."""
    written = {one.id: one.text for one in world.records if isinstance(one, SettingWritten)}
    bonded: list[Setting[Any]] = [rows.METHOD, DISCONNECT_ACTION]
    for row in [*bonded, STOP_ON_DISCONNECT, UNLOCK_ON_DISCONNECT]:
        value = world.values[row]
        assert written.get(row.id, row.kind.show(row.default)) == row.kind.show(value)


def plugging_in() -> World:
    """Return a station where plugging in is enough, and the CSMS is there."""
    world = World()
    world.online()
    for row, text in PLUG_AND_CHARGE.items():
        assert write(world, row, text) == Accepted()
    return world


def started(given: dict[Setting[Any], Any]) -> tuple[Station, list[SettingMended], Values]:
    """Start a station with these settings from an earlier life; return what it says of them."""
    values = Values({(row.id, 0): value for row, value in given.items()})
    station = Station(Layout(), values, numbered())
    step = station.handle(e.PoweredUp(), Moment(1.0, NOON))
    return station, [n for n in step.notices if isinstance(n, SettingMended)], values


# --- S55: every way of writing ---


@pytest.mark.parametrize("by", [By.REMOTE, By.LOCAL])
@pytest.mark.parametrize(("method", "action"), list(product(rows.METHODS, ACTIONS)))
@pytest.mark.parametrize("method_first", [True, False])
def test_s55_no_way_of_writing_leaves_plug_and_charge_without_an_end(
    method: str, action: str, by: By, *, method_first: bool
) -> None:
    """The matrix of four methods and four actions, in both orders and through both faces."""
    world = World()
    write(world, rows.PLUG_IDENTIFIER, IDENTIFIER, by)
    pairs = [(rows.METHOD, method), (DISCONNECT_ACTION, action)]
    answers = [
        write(world, row, text, by) for row, text in (pairs if method_first else pairs[::-1])
    ]

    plug = method == rows.PLUG_AND_CHARGE
    assert world.values[rows.METHOD] == method
    assert world.values[DISCONNECT_ACTION] == (ABORT_UNLOCK if plug else action)
    refused = plug and method_first and action != ABORT_UNLOCK
    assert isinstance(answers[1], Refused) is refused
    assert_kept(world)


@pytest.mark.parametrize("row", [STOP_ON_DISCONNECT, UNLOCK_ON_DISCONNECT])
def test_the_flags_of_older_names_cannot_undo_it(row: Setting[bool]) -> None:
    """They say the same as the action, so that they are refused as it is."""
    world = plugging_in()

    answer = write(world, row, "false")

    assert isinstance(answer, Refused)
    assert answer.reason is Reason.BAD_VALUE
    assert world.values[row]


def test_plug_and_charge_needs_somebody_to_charge_for() -> None:
    """Without an identifier it cannot be chosen, and the identifier cannot go while it is."""
    world = World()

    assert isinstance(write(world, rows.METHOD, rows.PLUG_AND_CHARGE), Refused)
    assert world.values[rows.METHOD] == rows.CARDS
    assert isinstance(write(plugging_in(), rows.PLUG_IDENTIFIER, ""), Refused)


@pytest.mark.parametrize(
    ("stops", "unlocks", "action"),
    [
        (False, False, CONTINUE),
        (False, True, CONTINUE),
        (True, False, ABORT_LOCK),
        (True, True, ABORT_UNLOCK),
    ],
)
def test_action_and_flags_say_the_same(*, stops: bool, unlocks: bool, action: str) -> None:
    """Whichever was written last; who looks at either sees it."""
    world = World()
    write(world, UNLOCK_ON_DISCONNECT, str(unlocks).lower())
    write(world, STOP_ON_DISCONNECT, str(stops).lower())
    assert world.values[DISCONNECT_ACTION] == action

    other = World()
    write(other, DISCONNECT_ACTION, action)
    assert other.values[STOP_ON_DISCONNECT] is stops
    assert not stops or other.values[UNLOCK_ON_DISCONNECT] is unlocks
    assert_kept(other)


def test_ending_while_offline_stays_an_action_of_its_own() -> None:
    """The flags cannot tell it from ending always, and writing them anew does not lose it."""
    world = World()
    write(world, DISCONNECT_ACTION, ABORT_OFFLINE)
    write(world, STOP_ON_DISCONNECT, "true")

    assert world.values[DISCONNECT_ACTION] == ABORT_OFFLINE


@pytest.mark.parametrize("online", [True, False])
def test_who_unplugs_ends_it_while_the_csms_is_away(*, online: bool) -> None:
    """And while it is there, only who was authorized ends it."""
    world = World()
    world.put(rows.OFFLINE_UNKNOWN, to=True)
    write(world, DISCONNECT_ACTION, ABORT_OFFLINE)
    world.put(STOP_POINT, to=("Authorized",))
    if online:
        world.online()
    world.plug()
    world.swipe()

    world.tell(e.PilotChanged(1, Pilot.A))

    assert len(world.told(TransactionEnded)) == (not online)


# --- what it does ---


def test_whoever_plugs_in_charges_in_one_name() -> None:
    """Nobody is asked; the CSMS is told the identifier that was set."""
    world = plugging_in()
    world.plug()

    [begun] = world.told(TransactionStarted)
    assert begun.token == EVERYBODY
    assert world.evse().closed_wanted
    assert world.told(AuthorizationNeeded) == []


def test_unplugging_ends_and_unlocks() -> None:
    """There is no card that would do it."""
    world = plugging_in()
    world.plug()
    world.tell(e.PilotChanged(1, Pilot.A))

    [ended] = world.told(TransactionEnded)
    assert ended.reason is StopReason.EV_DISCONNECTED
    assert UnlockPlug(1, 1) in world.actions
    assert not world.evse().lock_wanted


def test_a_plug_is_never_held_for_who_has_no_card() -> None:
    """The CSMS may end the transaction; the plug goes free all the same."""
    world = plugging_in()
    world.plug()
    world.station.parts.authorizer.end(world.evse(), Trigger.DEAUTHORIZED, StopReason.DEAUTHORIZED)

    assert world.evse().held is None


@pytest.mark.parametrize("method", [rows.PLUG_AND_CHARGE, rows.LOCAL_CARDS, rows.BUTTON])
def test_a_card_that_has_no_part_in_it_is_refused(method: str) -> None:
    """The CSMS is not asked about a card where none counts, or none that is not in the list."""
    world = plugging_in()
    write(world, rows.METHOD, method)
    world.swipe(reader=1)

    assert world.told(AuthorizationNeeded) == []
    assert [n.token for n in world.told(TokenRefused)] == [CARD]


@pytest.mark.parametrize("method", [rows.LOCAL_CARDS, rows.BUTTON])
def test_a_start_from_afar_is_judged_as_ever(method: str) -> None:
    """Who is not here shows no card and presses no button."""
    world = World()
    world.online()
    write(world, rows.METHOD, method)
    world.ask(StartCharging(1, CARD))

    assert [n.token for n in world.told(AuthorizationNeeded)] == [CARD]


# --- S56: at every start ---


@pytest.mark.parametrize("action", [CONTINUE, ABORT_LOCK, ABORT_OFFLINE])
def test_s56_a_start_puts_a_wrong_pair_right(action: str) -> None:
    """Whoever wrote it; it is kept, and one line of the log tells of it."""
    given: dict[Setting[Any], Any] = PLUG_AND_CHARGE | {
        DISCONNECT_ACTION: action,
        STOP_ON_DISCONNECT: action != CONTINUE,
    }
    station, mended, values = started(given)

    assert values[DISCONNECT_ACTION] == ABORT_UNLOCK
    assert (values[STOP_ON_DISCONNECT], values[UNLOCK_ON_DISCONNECT]) == (True, True)
    assert mended[0] == SettingMended(
        DISCONNECT_ACTION.id, ABORT_UNLOCK, "plug and charge needs it"
    )
    assert station.view().pending_settings == ()


@pytest.mark.parametrize("method", rows.METHODS[1:])
@pytest.mark.parametrize("action", ACTIONS)
def test_s56_every_other_pair_stays(method: str, action: str) -> None:
    """Only plug and charge needs an end."""
    stops, unlocks = action != CONTINUE, action not in {CONTINUE, ABORT_LOCK}
    given: dict[Setting[Any], Any] = {
        rows.METHOD: method,
        DISCONNECT_ACTION: action,
        STOP_ON_DISCONNECT: stops,
        UNLOCK_ON_DISCONNECT: unlocks,
    }
    _, mended, values = started(given)

    assert mended == []
    assert values[DISCONNECT_ACTION] == action


def test_flags_of_an_earlier_release_become_the_action() -> None:
    """It knew nothing of an action; nobody has to hear of that."""
    _, mended, values = started({STOP_ON_DISCONNECT: False})

    assert (values[DISCONNECT_ACTION], mended) == (CONTINUE, [])


def test_what_a_start_has_put_right_is_kept() -> None:
    """So that it stands in every face, and in the next life."""
    values = Values(
        {(rows.METHOD.id, 0): rows.PLUG_AND_CHARGE, (DISCONNECT_ACTION.id, 0): CONTINUE}
    )
    step = Station(Layout(), values, numbered()).handle(e.PoweredUp(), Moment(1.0, NOON))

    assert SettingWritten(DISCONNECT_ACTION.id, 0, ABORT_UNLOCK) in step.records
