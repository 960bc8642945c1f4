"""The log tells the station's life, and the meter lines exactly as the release notes do."""

from __future__ import annotations

import asyncio
import logging

import pytest

from laadpaal.properties.rows import Address
from laadpaal.runtime.log import LineFormatter
from laadpaal.runtime.narrator import Narrator
from laadpaal.runtime.turns import Asked, Item, Woken
from laadpaal.station.answers import Accepted, Reason, Refused
from laadpaal.station.events import CardPresented
from laadpaal.station.moment import Moment
from laadpaal.station.monitors import Firing, Monitor, MonitorKind
from laadpaal.station.notices import (
    CacheCleared,
    CredentialsChanged,
    CredentialsProven,
    DisplaySilent,
    GridSilent,
    LimitChanged,
    MaximumLooksDifferent,
    MeterSilent,
    MobileChanged,
    MonitorsFired,
    Notice,
    PhasesDetected,
    SecurityEvent,
    SettingMended,
    SettingReverted,
    SignalChanged,
    StatusChanged,
    UnlockForced,
)
from laadpaal.station.requests import ClearCache
from laadpaal.station.security import SecurityKind
from laadpaal.station.words import Status, Token

WATCHED = Monitor(1000, Address("2221_16", 1), MonitorKind.UPPER, 10, 5)


@pytest.fixture
def narrator(caplog: pytest.LogCaptureFixture) -> Narrator:
    """Return one that tells everything."""
    caplog.set_level(logging.DEBUG, "laadpaal.test")
    return Narrator(logging.getLogger("laadpaal.test"))


@pytest.mark.parametrize(
    ("phases", "ending"),
    [(3, "Multiple phase installation"), (1, "Single phase installation.")],
)
def test_the_meter_line_is_exact(
    narrator: Narrator, caplog: pytest.LogCaptureFixture, phases: int, ending: str
) -> None:
    """Only the single phase line ends in a full stop (S18, S19)."""
    narrator.tell(PhasesDetected(2, phases))

    line = LineFormatter(lambda: 0.0).format(caplog.records[0])
    assert line[24:] == f":USER:taskModbus.c:802:Meter #2: first meter update, {ending}"
    assert line[23] == "Z"


@pytest.mark.parametrize(
    ("notice", "level", "text"),
    [
        (SecurityEvent(SecurityKind.TAMPERED, 1.0, "opened"), logging.INFO, "SecurityEvent kind="),
        (CredentialsChanged(), logging.INFO, "CredentialsChanged back=''"),
        (CredentialsProven(), logging.INFO, "CredentialsProven"),
        (
            CredentialsChanged("HTTP 401"),
            logging.WARNING,
            "The credentials before are back: HTTP 401",
        ),
    ],
)
def test_security_has_a_facility_of_its_own(
    narrator: Narrator,
    caplog: pytest.LogCaptureFixture,
    notice: Notice,
    level: int,
    text: str,
) -> None:
    """A log reader finds those lines by the word SECURITY."""
    narrator.tell(notice)

    (line,) = caplog.records
    assert (line.levelno, line.__dict__["facility"]) == (level, "SECURITY")
    assert line.getMessage().startswith(text)


def test_s50_a_forced_unlock_is_told(narrator: Narrator, caplog: pytest.LogCaptureFixture) -> None:
    """In the words of the release notes, and with the facility of what users cause."""
    narrator.tell(UnlockForced(2, 1, 3))

    (line,) = caplog.records
    assert line.__dict__["facility"] == "USER"
    assert line.getMessage() == "lock: socket 2 forced unlock attempt 3"


@pytest.mark.parametrize(
    ("notice", "level", "text"),
    [
        (GridSilent(lost=True, text="P1 data lost"), logging.WARNING, "P1 data lost"),
        (GridSilent(lost=False, text="P1 data back"), logging.INFO, "P1 data back"),
        (MeterSilent(1, lost=True), logging.WARNING, "Meter #1: lost"),
        (MeterSilent(1, lost=False), logging.INFO, "Meter #1: back"),
        (
            SettingReverted("2189_0", "2", "3"),
            logging.WARNING,
            "2189_0: '2' cannot be, and 3 is in force",
        ),
        (
            MaximumLooksDifferent(2, "3 x 16 A", "1 x 16 A"),
            logging.WARNING,
            "display: socket 2 shows 1 x 16 A as its maximum now, and 3 x 16 A before",
        ),
        (DisplaySilent(lost=True), logging.WARNING, "display: lost"),
        (DisplaySilent(lost=False), logging.INFO, "display: recovered"),
        (
            MobileChanged(attached=True, operator="Laadpaal NL"),
            logging.INFO,
            "Mobile network: attached to Laadpaal NL",
        ),
        (MobileChanged(attached=True), logging.INFO, "Mobile network: attached to a network"),
        (
            MobileChanged(attached=False, why="there is no SIM"),
            logging.WARNING,
            "Mobile network: there is no SIM",
        ),
        (
            SignalChanged(-95, weak=True),
            logging.WARNING,
            "Mobile network: the signal is weak, -95 dBm",
        ),
        (
            SignalChanged(-80, weak=False),
            logging.INFO,
            "Mobile network: the signal is strong again, -80 dBm",
        ),
        (CacheCleared(), logging.INFO, "CacheCleared"),
        (
            MonitorsFired((Firing(7, 1.0, WATCHED, "11"),)),
            logging.INFO,
            "Monitor 1000: 2221_16 at 1.0 is '11'",
        ),
        (
            MonitorsFired((Firing(8, 1.0, WATCHED, "9", cleared=True),)),
            logging.INFO,
            "Monitor 1000: 2221_16 at 1.0 is '9', back within its bound",
        ),
    ],
)
def test_notices_are_told_by_their_weight(
    narrator: Narrator,
    caplog: pytest.LogCaptureFixture,
    notice: Notice,
    level: int,
    text: str,
) -> None:
    """What the operator should know is a warning."""
    narrator.tell(notice)

    assert [(r.levelno, r.getMessage()) for r in caplog.records] == [(level, text)]


def test_what_a_start_has_put_right_is_a_warning(
    narrator: Narrator, caplog: pytest.LogCaptureFixture
) -> None:
    """S56: one line says what it is now, and why."""
    narrator.tell(SettingMended("2137_0", "AbortUnlock", "plug and charge needs it"))

    assert [(r.levelno, r.getMessage()) for r in caplog.records] == [
        (logging.WARNING, "2137_0 is AbortUnlock now, for plug and charge needs it")
    ]


async def test_items_are_told_by_name(narrator: Narrator, caplog: pytest.LogCaptureFixture) -> None:
    """Timers are not news."""
    items: list[Item] = [
        CardPresented(0, Token("A1")),
        Asked(ClearCache(), asyncio.get_running_loop().create_future()),
        Woken(),
    ]
    for item in items:
        narrator.watch(item, Moment(0.0, 0.0))

    assert [r.getMessage().split()[0] for r in caplog.records] == ["CardPresented", "ClearCache"]


@pytest.mark.parametrize(
    "notice",
    [
        LimitChanged(1, 16.0, "cable", "16 A of 32 A: the cable is rated 16 A"),
        StatusChanged(1, 1, Status.AVAILABLE, 0.0, why="nobody uses it"),
    ],
)
def test_a_limit_and_a_status_are_told_with_their_reason(
    narrator: Narrator, caplog: pytest.LogCaptureFixture, notice: LimitChanged | StatusChanged
) -> None:
    """One line for each change, which ends in the sentence."""
    narrator.tell(notice)

    assert [r.getMessage().endswith(f": {notice.why}") for r in caplog.records] == [True]
    assert caplog.records[0].levelno == logging.INFO


@pytest.mark.parametrize(
    ("refused", "why"),
    [
        (Refused(Reason.NO_FREE_EVSE, "no EVSE is free"), "no EVSE is free"),
        (Refused(Reason.NOT_REGISTERED), Reason.NOT_REGISTERED.value),
    ],
)
def test_a_refusal_is_told_with_its_reason(
    narrator: Narrator, caplog: pytest.LogCaptureFixture, refused: Refused, why: str
) -> None:
    """And a wish that was granted is told by what comes of it."""
    narrator.answered(ClearCache(), Accepted())
    narrator.answered(ClearCache(), refused)

    assert [r.getMessage() for r in caplog.records] == [f"ClearCache refused: {why}"]
