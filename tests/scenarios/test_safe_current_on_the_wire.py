"""What a CSMS hears when the meter at the grid falls silent, and when it is back (S52)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from laadpaal.backoffice.policy import Policy
from laadpaal.properties.balancing import SAFE_STATION
from laadpaal.properties.charging import INSTALLATION_MAX
from laadpaal.protocols.ocpp import v16, v201
from laadpaal.station.answers import Accepted
from laadpaal.station.events import GridRead
from laadpaal.station.layout import GridLink
from laadpaal.station.measurement import GridMeasurement
from laadpaal.station.requests import WriteSetting
from laadpaal.station.words import By, Token, TokenStatus, Verdict
from tests.support.day import CABLE_A, Day
from tests.support.office import STATION
from tests.support.points import EQUIPPED

CARD = Token("A1")
SAFE_A, HOUSE_A, LEFT_A = 9.0, 12.0, 12.5
LINKS = [(GridLink.P1, "P1 data", "209"), (GridLink.MODBUS, "grid meter", "210")]


@contextmanager
def day(ocpp: str, link: GridLink) -> Iterator[Day]:
    """Live a day on which EVSE 1 charges with all that the house leaves it."""
    lived = Day(ocpp, replace(EQUIPPED, grid=link))
    try:
        lived.office.reception.policy = Policy({CARD.value: Verdict(TokenStatus.ACCEPTED)})
        for row, text in ((SAFE_STATION, SAFE_A), (INSTALLATION_MAX, 25)):
            answer = lived.do(lived.running.ask(WriteSetting(row.id, f"{text}", By.LOCAL)))
            assert answer == Accepted()
        lived.bench.sockets[1].plug(CABLE_A, eager=True)
        lived.bench.readers[1].present(CARD)
        for _ in range(60):
            speak(lived)
            lived.wait(1)
        speak(lived)
        assert lived.bench.sockets[1].offered_a == LEFT_A
        yield lived
    finally:
        lived.close()


def speak(day: Day) -> None:
    """Let the meter at the grid tell what the house takes."""
    day.running.happened(GridRead(GridMeasurement((HOUSE_A,) * 3)))


def statuses(day: Day, mark: int) -> list[tuple[str, str, object, object]]:
    """Return what 1.6 was told of the station itself: status, error, vendor's code, and info."""
    told = day.office.record.since(mark, STATION, "StatusNotification")
    own = [n for n in told if isinstance(n, v16.StatusNotification) and n.connectorId == 0]
    return [(n.status.value, n.errorCode.value, n.vendorErrorCode, n.info) for n in own]


def problems(day: Day, mark: int) -> list[tuple[str, str]]:
    """Return what 2.0.1 was told of the station's own problems: the trigger, and whether."""
    told = day.office.record.since(mark, STATION, "NotifyEvent")
    events = [one for n in told if isinstance(n, v201.NotifyEvent) for one in n.eventData]
    return [
        (one.trigger.value, one.actualValue)
        for one in events
        if (one.component.name, one.variable.name) == ("ChargingStation", "Problem")
    ]


@pytest.mark.parametrize(("link", "name", "code"), LINKS)
def test_s52_1_6_hears_of_the_safe_current_within_two_minutes(
    link: GridLink, name: str, code: str
) -> None:
    """At 119 s nothing, at 121 s the code and the ampere as connector 0; and that it is back."""
    with day("1.6", link) as today:
        mark = today.office.record.mark
        today.wait(119)
        assert statuses(today, mark) == []
        assert today.bench.sockets[1].offered_a == LEFT_A

        today.wait(2)
        safe = ("Available", "OtherError", code, f"{name} lost, safe current 9.0 A")
        assert statuses(today, mark) == [safe]
        assert today.bench.sockets[1].offered_a == SAFE_A

        speak(today)
        today.wait(2)
        _, (status, error, *_) = statuses(today, mark)
        assert (status, error) == ("Available", "NoError")
        assert today.bench.sockets[1].offered_a == LEFT_A


@pytest.mark.parametrize("link", GridLink)
def test_s52_2_0_1_hears_of_the_safe_current_within_two_minutes(link: GridLink) -> None:
    """It has no status of the station: its problem comes and goes with an event."""
    with day("2.0.1", link) as today:
        mark = today.office.record.mark
        today.wait(119)
        assert problems(today, mark) == []
        assert today.bench.sockets[1].offered_a == LEFT_A

        today.wait(2)
        assert problems(today, mark) == [("Delta", "true")]
        assert today.bench.sockets[1].offered_a == SAFE_A

        speak(today)
        today.wait(2)
        assert problems(today, mark) == [("Delta", "true"), ("Delta", "false")]
        assert today.bench.sockets[1].offered_a == LEFT_A
