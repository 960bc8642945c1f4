"""The core hears of a display that is lost, tells it once, and counts."""

from __future__ import annotations

from laadpaal.properties.panel import LANGUAGE
from laadpaal.station import actions as a
from laadpaal.station import events as e
from laadpaal.station.notices import DisplaySilent
from laadpaal.station.requests import WriteSetting
from laadpaal.station.view import DisplayView
from laadpaal.station.words import By
from tests.support.world import World


def test_a_lost_display_is_told_once_and_counted() -> None:
    """Lost, back and lost again are two losses; what is told twice is one."""
    world = World()
    for event in (e.DisplayLost(), e.DisplayLost(), e.DisplayBack(), e.DisplayBack()):
        world.tell(event)
    assert world.told(DisplaySilent) == [DisplaySilent(lost=True), DisplaySilent(lost=False)]

    world.tell(e.DisplayLost())
    assert world.station.view().display == DisplayView("large", lost=True, times_lost=2)


def test_another_language_is_shown_at_once() -> None:
    """Each socket's screen says in which language its words are."""
    world = World()
    world.ask(WriteSetting(LANGUAGE.id, "fr_FR", By.LOCAL))

    shown = [x.screen.language for x in world.actions if isinstance(x, a.ShowScreen)][-2:]
    assert shown == ["fr_FR", "fr_FR"]
