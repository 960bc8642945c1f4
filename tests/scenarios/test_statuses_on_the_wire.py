"""What a CSMS hears of statuses: every change once, along legal arcs in 1.6, and no flood."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise

import pytest

from laadpaal.backoffice.policy import Policy
from laadpaal.properties.statuses import INFORMATIONAL
from laadpaal.protocols.ocpp import v16, v201
from laadpaal.station import events as e
from laadpaal.station.faults import FAULTS
from laadpaal.station.requests import WriteSetting
from laadpaal.station.ways import ARCS
from laadpaal.station.words import By, Status, Token, TokenStatus, Verdict
from tests.support.day import CABLE_A, Day
from tests.support.office import STATION

CARD = Token("A1")
WARNINGS = [209, 402, 407, 109]
"""Telegrams missing, too cold, tilted, a reader that is broken: the station goes on."""

Said = tuple[str, str, str, str]
"""Status, error, vendor's error code and info; what is not told is empty."""


@contextmanager
def day(ocpp: str = "1.6") -> Iterator[Day]:
    """Live a day with a CSMS that accepts the card."""
    lived = Day(ocpp)
    lived.office.reception.policy = Policy({CARD.value: Verdict(TokenStatus.ACCEPTED)})
    try:
        yield lived
    finally:
        lived.close()


class Ear:
    """Hears what comes after it began to listen."""

    def __init__(self, day: Day, connector: int = 1) -> None:
        self._record = day.office.record
        self._connector = connector
        self._mark = self._record.mark

    def heard(self) -> list[Said]:
        """Return what was said of the connector."""
        told = self._record.since(self._mark, STATION, "StatusNotification")
        return [_said(n) for n in told if _of(n).connectorId == self._connector]


def _of(message: object) -> v16.StatusNotification:
    assert isinstance(message, v16.StatusNotification)
    return message


def _said(message: object) -> Said:
    notice = _of(message)
    code, info = (x if isinstance(x, str) else "" for x in (notice.vendorErrorCode, notice.info))
    return notice.status.value, notice.errorCode.value, code, info


def warn(day: Day, code: int, *, on: bool, evse: int = 1) -> None:
    """Let a fault come or go."""
    day.running.happened(e.FaultRaised(evse, code) if on else e.FaultCleared(evse, code))


def test_a_remark_is_told_once_and_taken_back_once() -> None:
    """Status unchanged, vendor's code and info changed: one message each way (S64)."""
    with day() as today:
        ear = Ear(today)
        for on in (True, True, False, False):
            warn(today, 203, on=on)
            today.wait(2)

        assert ear.heard() == [
            ("Available", "HighTemperature", "203", "temperature high"),
            ("Available", "NoError", "", ""),
        ]


def test_a_flapping_remark_is_told_once_a_second() -> None:
    """The last one wins (S64)."""
    with day() as today:
        ear = Ear(today)
        for _ in range(20):
            warn(today, 203, on=True)
            warn(today, 203, on=False)
        warn(today, 208, on=True)
        today.wait(3)

        assert [code for _, _, code, _ in ear.heard()] == ["203", "208"]


def test_of_remarks_while_offline_only_the_last_is_told() -> None:
    """After the reconnection there is no history (S64, 1.6 section 4.9)."""
    with day() as today:
        ear = Ear(today)
        today.office.reach(reachable=False)
        today.wait(5)
        for code in WARNINGS:
            warn(today, code, on=True)
            today.wait(2)
            warn(today, code, on=False)
        warn(today, 203, on=True)
        today.wait(5)
        today.office.reach(reachable=True)
        today.wait(30)

        assert [code for _, _, code, _ in ear.heard()] == ["203"]


@pytest.mark.parametrize("evse", [0, 1])
@pytest.mark.parametrize("code", WARNINGS)
def test_a_warning_is_told_with_the_status_as_it_is(code: int, evse: int) -> None:
    """Of a connector, and of the station as connector 0 (S65)."""
    fault = FAULTS[code]
    with day() as today:
        ear = Ear(today, evse)
        warn(today, code, on=True, evse=evse)
        today.wait(2)

        assert ear.heard() == [("Available", fault.error, str(code), fault.info)]


def test_warnings_that_nobody_wants_are_not_told() -> None:
    """With the setting off there is no message for any of them (S65)."""
    with day() as today:
        today.do(today.running.ask(WriteSetting(INFORMATIONAL.id, "false", By.LOCAL)))
        ears = [Ear(today, 0), Ear(today)]
        for code in WARNINGS:
            for evse in (0, 1):
                warn(today, code, on=True, evse=evse)
                today.wait(2)
                warn(today, code, on=False, evse=evse)

        assert [ear.heard() for ear in ears] == [[], []]


def test_a_busy_day_goes_along_legal_arcs_only() -> None:
    """Charge twice on one plug, prepare in vain, be out of use meanwhile (1.6 section 4.9)."""
    with day() as today:
        ear = Ear(today)
        socket, reader = today.bench.sockets[1], today.bench.readers[1]
        off, on = (
            v16.ChangeAvailability(connectorId=1, type=v16.AvailabilityType(word))
            for word in ("Inoperative", "Operative")
        )
        socket.plug(CABLE_A, eager=True)
        today.wait(5)
        for _ in range(4):
            reader.present(CARD)
            today.wait(20)
        today.ask(off)
        today.wait(5)
        today.ask(on)
        today.wait(5)
        today.ask(off)
        socket.unplug(at_vehicle=False)
        today.wait(20)
        words = ["Available", *(status for status, *_ in ear.heard())]

        assert words == [
            "Available",
            *("Preparing", "SuspendedEV", "Charging", "Finishing"),
            *("Preparing", "SuspendedEV", "Charging", "Finishing"),
            *("Unavailable", "Preparing"),
            *("Available", "Unavailable"),
        ]
        assert all(Status(now) in ARCS[Status(was)] for was, now in pairwise(words))


def test_2_0_1_hears_of_the_plug_and_not_of_what_the_vehicle_does() -> None:
    """Through two transactions and out of reach, a plug is told once in and once out (G01, B04)."""
    with day("2.0.1") as today:
        mark = today.office.record.mark
        socket, reader = today.bench.sockets[1], today.bench.readers[1]
        reader.present(CARD)
        today.wait(5)
        socket.plug(CABLE_A, eager=True)
        today.wait(20)
        today.office.reach(reachable=False)
        today.wait(5)
        reader.present(CARD)
        today.wait(5)
        today.office.reach(reachable=True)
        today.wait(30)
        for _ in range(2):
            reader.present(CARD)
            today.wait(20)
        socket.unplug(at_vehicle=False)
        today.wait(20)
        told = today.office.record.since(mark, STATION, "StatusNotification")

        assert [_word(notice) for notice in told] == ["Occupied", "Available"]
        assert len(today.office.ledger.of(STATION)) == 2


def _word(message: object) -> str:
    assert isinstance(message, v201.StatusNotification)
    return message.connectorStatus.value
