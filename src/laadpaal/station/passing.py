"""Screens and popups that pass: each has an owner, and an end that comes by itself."""

from __future__ import annotations

from laadpaal.station.agenda import Due, Timer
from laadpaal.station.display import Passing, ScreenState
from laadpaal.station.evse import Evse
from laadpaal.station.facts import Facts

LONGEST_S = 60.0
"""No owner keeps a screen for longer, however long that takes which it waits for (S63)."""


def show(facts: Facts, evse: Evse, state: ScreenState, owner: str, wait_s: float) -> None:
    """Show a state for a while, in place of what passes there now."""
    until = facts.now.mono + min(wait_s, LONGEST_S)
    evse.passing = Passing(state, owner, until)
    facts.agenda.set(Timer(Due.DISPLAY, evse.number), until)


def take_back(facts: Facts, evse: Evse, owner: str) -> None:
    """Show no longer what `owner` shows there; what is somebody else's stays."""
    if evse.passing and evse.passing.owner == owner:
        over(facts, evse)


def move(facts: Facts, there: Evse, here: Evse, owner: str) -> None:
    """Let what `owner` shows at one EVSE go on at another, until the same instant."""
    passing = there.passing
    if passing and passing.owner == owner:
        over(facts, there)
        show(facts, here, passing.state, owner, passing.until - facts.now.mono)


def take_away(evse: Evse, owner: str) -> None:
    """Take away the popup that `owner` has put over the screen; what is somebody else's stays."""
    if evse.popup and evse.popup.owner == owner:
        evse.popup = None


def over(facts: Facts, evse: Evse) -> None:
    """Show again what is so."""
    evse.passing = None
    facts.agenda.cancel(Timer(Due.DISPLAY, evse.number))
