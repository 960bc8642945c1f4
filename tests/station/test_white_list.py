"""The white list: cards that people at the station teach it, with a master card or without."""

from __future__ import annotations

import pytest

from laadpaal.properties import authorization as rows
from laadpaal.station.answers import Accepted, Reason, Refused
from laadpaal.station.cards import (
    Card,
    CardDropped,
    CardKept,
    ClearCards,
    DropCard,
    Enrol,
    Rank,
    WriteCard,
)
from laadpaal.station.display import Popup, ScreenState
from laadpaal.station.lights import Light
from laadpaal.station.notices import AuthorizationNeeded, TokenRefused, TransactionStarted
from laadpaal.station.saved import ListedToken, Saved
from laadpaal.station.words import Token, TokenStatus, Verdict
from tests.support.paying import Till
from tests.support.world import CARD, World

OTHER = Token("0411223344")
MASTER = Token("0499")
KNOWN = Saved(cards=(Card(MASTER, Rank.MASTER), Card(CARD)))


def alone(saved: Saved = KNOWN) -> World:
    """Return a station where the white list alone decides."""
    world = World(saved=saved)
    world.values.put(rows.METHOD, rows.LOCAL_CARDS)
    world.online()
    return world


def cards(world: World) -> dict[str, Rank]:
    """Return what stands on the list, in its order."""
    return {card.token.value: card.rank for card in world.station.view().cards}


def test_where_it_alone_decides_the_csms_is_not_asked() -> None:
    """A card on the list charges; one that is not, or is blocked, does not."""
    world = alone()
    world.ask(WriteCard(Card(OTHER, Rank.BLOCKED)))
    world.plug()
    world.swipe(OTHER, reader=1)
    world.swipe(Token("0401"), reader=1)
    world.swipe(CARD, reader=1)

    assert [n.token for n in world.told(TokenRefused)] == [OTHER, Token("0401")]
    assert [n.token for n in world.told(TransactionStarted)] == [CARD]
    assert world.told(AuthorizationNeeded) == []


@pytest.mark.parametrize("used", [True, False])
@pytest.mark.parametrize("online", [True, False])
def test_elsewhere_it_stands_in_while_the_csms_is_away(*, online: bool, used: bool) -> None:
    """While the CSMS is there it is asked; the setting can keep the list out of it."""
    world = World(saved=KNOWN)
    world.values.put(rows.WHITE_LIST_USED, used)
    if online:
        world.online()
    world.plug()
    world.swipe(CARD, verdict=None, reader=1)

    assert len(world.told(AuthorizationNeeded)) == online
    assert len(world.told(TransactionStarted)) == (not online and used)


def test_what_the_csms_has_sent_comes_first() -> None:
    """A card that its list has blocked stays blocked, whatever stands on ours."""
    listed = Saved(cards=(Card(CARD),), listed=(ListedToken(CARD, Verdict(TokenStatus.BLOCKED)),))
    world = World(saved=listed)
    world.plug()
    world.swipe(CARD, reader=1)

    assert world.told(TransactionStarted) == []


def test_cards_are_written_dropped_and_kept() -> None:
    """Each change is a record; a card that is written again keeps its place."""
    world = World()
    assert world.ask(WriteCard(Card(CARD))) == Accepted()
    assert world.ask(WriteCard(Card(OTHER))) == Accepted()
    assert world.ask(WriteCard(Card(CARD, Rank.MASTER))) == Accepted()
    assert cards(world) == {CARD.value: Rank.MASTER, OTHER.value: Rank.ACTIVE}
    assert world.ask(DropCard(OTHER)) == Accepted()

    assert world.records[-4:] == [
        CardKept(Card(CARD)),
        CardKept(Card(OTHER)),
        CardKept(Card(CARD, Rank.MASTER)),
        CardDropped(OTHER),
    ]


def test_what_makes_no_sense_is_refused() -> None:
    """A card without a number, one that is not there, and one too many."""
    world = World()
    for wish in (WriteCard(Card(Token(""))), WriteCard(Card(Token("\x00"))), DropCard(CARD)):
        answer = world.ask(wish)
        assert isinstance(answer, Refused)
        assert answer.reason is Reason.BAD_TOKEN
    full = World(saved=Saved(cards=tuple(Card(Token(f"{n:08}")) for n in range(1000))))
    answer = full.ask(WriteCard(Card(CARD)))
    assert isinstance(answer, Refused)
    assert answer.reason is Reason.TOO_MANY
    assert full.ask(WriteCard(Card(Token("00000005"), Rank.BLOCKED))) == Accepted()


def test_clearing_leaves_the_masters() -> None:
    """Without one, nobody could teach the station with cards any more."""
    world = World(saved=KNOWN)
    world.ask(ClearCards())

    assert cards(world) == {MASTER.value: Rank.MASTER}


def test_a_master_card_begins_and_ends_it() -> None:
    """In between each card is added, or removed when it is there; nobody is asked about them."""
    world = alone()
    world.swipe(MASTER)
    assert world.evse().light is Light.TAG_MODE
    world.swipe(OTHER)
    assert world.evse(2).light is Light.TAG_ADDED
    assert world.evse().screen.popup is not None
    world.swipe(CARD)
    assert world.evse().light is Light.TAG_REMOVED
    assert cards(world) == {MASTER.value: Rank.MASTER, OTHER.value: Rank.ACTIVE}
    world.swipe(MASTER)

    assert (world.evse().light, world.evse().screen.popup) == (Light.AVAILABLE, None)
    world.plug()
    world.swipe(OTHER)
    assert [n.token for n in world.told(TransactionStarted)] == [OTHER]
    assert world.told(AuthorizationNeeded) == []


def test_it_ends_by_itself() -> None:
    """Half a minute after the last card."""
    world = World(saved=KNOWN)
    world.swipe(MASTER)
    world.pass_time(29)
    world.swipe(OTHER)
    world.pass_time(29.9)
    assert world.evse().light is Light.TAG_ADDED
    world.pass_time(0.2)

    assert world.evse().light is Light.AVAILABLE
    assert world.evse().screen.state is ScreenState.AVAILABLE
    world.plug()
    world.swipe(CARD)
    assert CARD.value in cards(world)


def test_a_card_for_which_there_is_no_room_is_told_so() -> None:
    """And the mode goes on."""
    kept = (Card(MASTER, Rank.MASTER), *(Card(Token(f"{n:08}")) for n in range(999)))
    world = World(saved=Saved(cards=kept))
    world.swipe(MASTER)
    world.swipe(CARD)

    popup = world.evse().screen.popup
    assert popup is not None
    assert popup.lines == ("the white list holds 1000 cards",)
    assert CARD.value not in cards(world)


def test_a_card_that_does_not_say_who_it_is_cannot_be_taught() -> None:
    """A phone draws another number each time; neither a master card nor a person can add it."""
    world, phone = World(saved=KNOWN), Token("08a1b2c3")
    world.swipe(MASTER)
    world.swipe(phone)

    popup = world.evse().screen.popup
    assert popup is not None
    assert popup.lines == ("the number of that card is another each time",)
    assert world.ask(WriteCard(Card(phone))) == Refused(Reason.BAD_TOKEN, popup.lines[0])
    assert phone.value not in cards(world)


def test_a_master_card_starts_nothing() -> None:
    """It is no card to charge with, not even where the CSMS would take it."""
    world = World(saved=KNOWN)
    world.online()
    world.plug()
    world.swipe(MASTER)

    assert world.told(AuthorizationNeeded) == []
    assert world.told(TransactionStarted) == []


@pytest.mark.parametrize("on", [True, False])
def test_somebody_at_the_station_can_do_it_without_a_card(*, on: bool) -> None:
    """That is how the first master card comes to be one."""
    world = World()
    world.ask(Enrol(on=True))
    world.ask(Enrol(on=on))
    world.swipe(CARD)

    assert (CARD.value in cards(world)) is on


def test_ending_what_has_not_begun_leaves_other_popups() -> None:
    """Only its own notice goes."""
    world = World()
    world.evse().popup = Popup("payment", "Tariff", ("0.40",), world.now.utc + 60)
    world.ask(Enrol(on=False))

    assert world.evse().popup is not None


def test_its_end_leaves_the_popup_that_has_replaced_its_own() -> None:
    """A customer who is reading a tariff goes on reading it, and the light is theirs again."""
    till = Till(saved=KNOWN)
    till.plug()
    till.tap()
    till.swipe(MASTER)
    till.approve()
    tariff = till.evse().screen.popup
    assert tariff is not None
    assert tariff.owner == "payment"

    till.swipe(MASTER)

    assert till.evse().screen.popup == tariff
    assert till.evse().light is Light.EV_CONNECTED


def test_a_payment_that_goes_on_leaves_its_popup() -> None:
    """Whoever teaches cards goes on reading, though a customer agrees to a tariff meanwhile."""
    till = Till(saved=KNOWN)
    till.plug()
    till.offer()
    till.swipe(MASTER)
    till.tap()

    popup = till.evse().screen.popup
    assert popup is not None
    assert popup.owner == "enrolling"
