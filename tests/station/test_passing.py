"""What passes on a socket's screen: whose it is, and when it goes."""

from __future__ import annotations

from laadpaal.properties import authorization as auth_rows
from laadpaal.station import events as e
from laadpaal.station import passing
from laadpaal.station.display import Passing, Popup, ScreenState
from laadpaal.station.notices import AuthorizationNeeded
from laadpaal.station.words import Token
from tests.support.world import CARD, GOOD, NOON, World


def test_the_wait_for_a_word_has_an_owner_and_an_end() -> None:
    """It ends after a minute, though the CSMS may take ten (decision 31)."""
    world = World()
    world.online()
    world.put(auth_rows.ANSWER_TIMEOUT, to=600)
    world.plug()
    world.swipe(verdict=None)
    assert world.evse().passing == Passing(
        ScreenState.PLEASE_WAIT, "authorization", world.now.mono + passing.LONGEST_S
    )

    world.pass_time(passing.LONGEST_S)

    assert world.evse().screen.state is ScreenState.EV_CONNECTED
    assert world.evse().waiting
    world.tell(e.TokenJudged(CARD, GOOD))
    assert world.evse().screen.state is ScreenState.CHARGING


def test_the_wait_goes_along_to_the_other_socket() -> None:
    """Whoever waits at the first socket and plugs in at the second is answered there (S63)."""
    world = World()
    world.online()
    world.swipe(verdict=None)
    assert world.evse(1).screen.state is ScreenState.PLEASE_WAIT

    world.plug(2)

    assert world.evse(1).screen.state is ScreenState.AVAILABLE
    assert world.evse(2).screen.state is ScreenState.PLEASE_WAIT
    world.pass_time(30)
    assert world.evse(2).screen.state is ScreenState.CARD_REJECTED
    world.pass_time(3)
    assert world.evse(2).screen.state is ScreenState.EV_CONNECTED


def test_nobody_takes_back_what_another_shows() -> None:
    """A wait of somebody else outlasts the end of ours, and stays where it is."""
    world = World()
    facts, first, second = world.station.parts.facts, world.evse(1), world.evse(2)
    passing.show(facts, first, ScreenState.PLEASE_WAIT, "payment", 20)

    passing.take_back(facts, first, "authorization")
    passing.move(facts, first, second, "authorization")

    assert first.passing is not None
    assert second.passing is None


def test_a_popup_goes_with_its_time() -> None:
    """It lies over the screen of its socket until then, whoever forgets to take it away."""
    world = World()
    popup = Popup("payment", "Tariff", ("0.35 EUR/kWh",), NOON + 30)
    world.evse(1).popup = popup
    world.measure(1)
    assert (world.evse(1).screen.popup, world.evse(2).screen.popup) == (popup, None)

    world.pass_time(30)
    world.measure(1)

    assert world.evse(1).screen.popup is None


def test_a_card_that_does_not_say_who_it_is_is_shown_as_invalid() -> None:
    """A number that is another each time is asked of nobody, and forgotten after three seconds."""
    world = World()
    world.online()
    world.swipe(Token("08a1b2c3"))
    assert world.evse().screen.state is ScreenState.INVALID_CARD
    assert world.told(AuthorizationNeeded) == []

    world.pass_time(3)
    world.swipe(Token("08A1B2C3D4E5F6"))
    assert world.evse().screen.state is ScreenState.AUTHORIZED
