"""A reservation and a local list as the CSMS of OCPP 1.6 sees them, on the wire."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec import UNSET

from laadpaal.backoffice.policy import Policy
from laadpaal.protocols.ocpp import timestamp, v16
from laadpaal.station.words import Token, TokenStatus, Verdict
from tests.support.day import CABLE_A, Day
from tests.support.office import STATION

CARD, OTHER, BLOCKED = (Token(uid) for uid in ("A1", "B2", "C3"))
FAMILY = Verdict(TokenStatus.ACCEPTED, "family")
VERDICTS = {
    CARD.value: FAMILY,
    OTHER.value: FAMILY,
    BLOCKED.value: Verdict(TokenStatus.BLOCKED),
}
HOUR_S = 3600.0


@pytest.fixture
def day() -> Iterator[Day]:
    day = Day("1.6")
    day.office.reception.policy = Policy(VERDICTS)
    try:
        yield day
        day.end()
    finally:
        day.close()


def reserve(day: Day, connector: int = 1, parent: str | None = None) -> object:
    """Reserve for an hour; return the word of the answer."""
    answer = day.ask(
        v16.ReserveNow(
            connectorId=connector,
            expiryDate=timestamp.render(day.clock.now().utc + HOUR_S),
            idTag=CARD.value.lower(),
            reservationId=7,
            parentIdTag=parent or UNSET,
        )
    )
    assert isinstance(answer, v16.ReserveNowResponse)
    day.wait(1.0)
    return answer.status


def heard(day: Day, action: str) -> list[object]:
    """Return the calls of one action so far."""
    return list(day.office.record.since(0, STATION, action))


def statuses(day: Day, connector: int = 1) -> list[str]:
    """Return the statuses told of a connector."""
    return [
        call.status.value
        for call in heard(day, "StatusNotification")
        if isinstance(call, v16.StatusNotification) and call.connectorId == connector
    ]


def come(day: Day, card: Token, evse: int = 1) -> None:
    """Plug in and hold a card to the EVSE's reader."""
    day.bench.sockets[evse].plug(CABLE_A, eager=True)
    day.bench.readers[evse].present(card)
    day.wait(5.0)


def test_a_reserved_connector_is_kept(day: Day) -> None:
    """Reserved is told after the answer, a stranger is not asked about, and the number is named."""
    assert reserve(day) is v16.ReservationStatus.Accepted
    come(day, OTHER)
    assert statuses(day)[-1] == "Reserved"
    assert heard(day, "Authorize") == []
    day.bench.readers[1].present(CARD)
    day.wait(5.0)

    [start] = heard(day, "StartTransaction")
    assert isinstance(start, v16.StartTransaction)
    assert (start.idTag, start.reservationId) == (CARD.value, 7)
    assert statuses(day)[:3] == ["Available", "Reserved", "Preparing"]
    assert statuses(day)[-1] == "Charging"


def test_it_outlasts_a_power_cut_and_then_expires(day: Day) -> None:
    """After the boot the connector is reserved again, and available at its time."""
    reserve(day)
    day.cut_power()
    day.wait(60.0)
    assert statuses(day)[-1] == "Reserved"
    day.wait(HOUR_S)

    assert statuses(day)[-1] == "Available"


def test_the_parent_lets_another_card_in(day: Day) -> None:
    """Its parent is asked for, and the number is named with its start."""
    reserve(day, connector=0, parent="family")
    come(day, OTHER, evse=2)

    [start] = heard(day, "StartTransaction")
    assert isinstance(start, v16.StartTransaction)
    assert (start.idTag, start.reservationId) == (OTHER.value, 7)
    assert len(heard(day, "Authorize")) == 1


def test_a_list_decides_without_asking_and_may_be_contradicted(day: Day) -> None:
    """A listed card starts unasked; when the CSMS then denies it, connector 0 tells of that."""
    day.ask(v16.ChangeConfiguration(key="LocalPreAuthorize", value="true"))
    info = v16.IdTagInfo(status=v16.AuthorizationStatus.Accepted)
    listed = (v16.AuthorizationData(idTag="c3", idTagInfo=info),)
    send = v16.SendLocalList(
        listVersion=4, updateType=v16.UpdateType.Full, localAuthorizationList=listed
    )
    answer = day.ask(send)
    assert answer == v16.SendLocalListResponse(status=v16.UpdateStatus.Accepted)
    day.cut_power()
    day.wait(60.0)
    version = day.ask(v16.GetLocalListVersion())
    assert version == v16.GetLocalListVersionResponse(listVersion=4)
    come(day, BLOCKED)

    assert heard(day, "Authorize") == []
    told = [c for c in heard(day, "StatusNotification") if isinstance(c, v16.StatusNotification)]
    [conflict] = [c for c in told if c.errorCode is v16.ChargePointErrorCode.LocalListConflict]
    assert (conflict.connectorId, conflict.status) == (0, v16.ChargePointStatus.Available)
    [stop] = heard(day, "StopTransaction")
    assert isinstance(stop, v16.StopTransaction)
    assert stop.reason is v16.Reason.DeAuthorized
