"""`/v1/evses`: start, stop, unlock, and how many phases are used."""

from __future__ import annotations

import httpx
import pytest

from laadpaal.station.layout import EvseLayout, Layout
from laadpaal.station.phases import SetPhases
from laadpaal.station.requests import StartCharging, StopCharging, UnlockConnector
from laadpaal.station.words import By, StopReason, Token, TokenKind
from tests.local_api.conftest import TinyDesk
from tests.support.world import World


@pytest.fixture
def charging(desk: TinyDesk) -> TinyDesk:
    """Return a desk with a transaction at EVSE 1."""
    desk.world.online()
    desk.world.plug(1)
    desk.world.swipe()
    return desk


async def test_start_presents_a_token(api: httpx.AsyncClient, desk: TinyDesk) -> None:
    """The token is asked to be checked, from the local side."""
    body = {"token": "04A1B2C3", "kind": "ISO14443"}

    response = await api.post("/v1/evses/2/start", json=body)

    assert desk.asked == [StartCharging(2, Token("04A1B2C3"), By.LOCAL, check=True)]
    assert (response.status_code, response.json()["answer"]) == (200, "accepted")


async def test_start_without_a_body_is_the_button(api: httpx.AsyncClient, desk: TinyDesk) -> None:
    """Nobody in particular starts."""
    await api.post("/v1/evses/1/start")

    assert desk.asked == [StartCharging(1, Token("LOCAL", TokenKind.LOCAL), By.LOCAL, check=True)]


async def test_a_refusal_tells_why(api: httpx.AsyncClient, charging: TinyDesk) -> None:
    """An EVSE that is busy is a conflict, with the station's own reason."""
    response = await api.post("/v1/evses/1/start")

    assert charging.asked
    assert (response.status_code, response.json()["reason"]) == (409, "TxInProgress")


async def test_stop_ends_the_transaction(api: httpx.AsyncClient, charging: TinyDesk) -> None:
    """The one that is running, because somebody here wanted it."""
    response = await api.post("/v1/evses/1/stop")

    assert charging.asked == [StopCharging("tx-1", By.LOCAL, StopReason.LOCAL)]
    assert response.json() == {"answer": "accepted", "transaction": "tx-1"}
    assert charging.view().evses[0].transaction is None


async def test_nothing_to_stop_is_a_conflict(api: httpx.AsyncClient, desk: TinyDesk) -> None:
    """The station is not even asked."""
    response = await api.post("/v1/evses/1/stop")

    assert desk.asked == []
    assert (response.status_code, response.json()["reason"]) == (409, "TxNotFound")


async def test_unlock_opens_the_lock(api: httpx.AsyncClient, desk: TinyDesk) -> None:
    """Connector 1, and never in the middle of a transaction, unless the body says so."""
    response = await api.post("/v1/evses/1/unlock")
    await api.post("/v1/evses/1/unlock", json={"connector": 1, "stops": True})

    assert desk.asked == [UnlockConnector(1, 1), UnlockConnector(1, 1, stops=True)]
    assert (response.status_code, response.json()["answer"]) == (200, "accepted")


async def test_an_unknown_connector_is_not_found(api: httpx.AsyncClient) -> None:
    """The station knows its connectors."""
    response = await api.post("/v1/evses/1/unlock", json={"connector": 2})

    assert (response.status_code, response.json()["reason"]) == (404, "UnknownConnectorId")


@pytest.mark.parametrize("verb", ["start", "stop", "unlock"])
@pytest.mark.parametrize("number", ["0", "3", "-1", str(10**30)])
async def test_an_unknown_evse_is_not_found(
    api: httpx.AsyncClient, desk: TinyDesk, verb: str, number: str
) -> None:
    """Only the EVSEs of the layout exist."""
    response = await api.post(f"/v1/evses/{number}/{verb}")

    assert desk.asked == []
    assert (response.status_code, response.json()["reason"]) == (404, "UnknownEvse")


@pytest.mark.parametrize(
    ("path", "body", "where"),
    [
        ("start", {"token": ""}, "body.token"),
        ("start", {"token": "x" * 37}, "body.token"),
        ("start", {"token": "04A1\n"}, "body.token"),
        ("start", {"token": 4}, "body.token"),
        ("start", {"token": "04", "kind": "Card"}, "body.kind"),
        ("start", {"uid": "04"}, "body.uid"),
        ("start", [], "body"),
        ("unlock", {"connector": True}, "body.connector"),
        ("unlock", {"connector": "1"}, "body.connector"),
        ("unlock", {"stops": 1}, "body.stops"),
    ],
)
async def test_bad_bodies_are_told(
    api: httpx.AsyncClient, desk: TinyDesk, path: str, body: object, where: str
) -> None:
    """A member that is unknown or of a wrong type is named; the station is not asked."""
    response = await api.post(f"/v1/evses/1/{path}", json=body)

    assert desk.asked == []
    assert (422, where) == (response.status_code, response.json()["errors"][0]["where"])


async def test_a_word_is_no_number(api: httpx.AsyncClient) -> None:
    """The number of an EVSE is a number."""
    response = await api.post("/v1/evses/left/start")

    assert (response.status_code, response.json()["errors"][0]["where"]) == (422, "path.n")


async def test_phases_are_switched_for_whoever_asks(api: httpx.AsyncClient, desk: TinyDesk) -> None:
    """The station shows how many are used, because of whom, and how far it has come."""
    desk.world = World(Layout(evses=(EvseLayout(), EvseLayout()), switches_phases=True))
    desk.world.obeys = False
    desk.world.online()
    desk.world.plug()
    desk.world.swipe()
    body = {"phases": 1, "source": "energy manager"}
    response = await api.put("/v1/evses/1/phases", json=body)
    seen = (await api.get("/v1/station")).json()

    assert response.status_code == 200
    assert desk.asked == [SetPhases(1, 1, "energy manager")]
    assert [evse["lines"] for evse in seen["evses"]] == [
        {"wanted": 1, "because": "energy manager", "change": "releasing"},
        {"wanted": 3, "because": "contactor", "change": None},
    ]


@pytest.mark.parametrize(
    ("body", "status", "says"),
    [
        ({"phases": 1}, 409, "the contactors cannot switch phases"),
        ({"phases": 2}, 422, "phases: Input should be 1 or 3"),
        ({"phases": "1"}, 422, "phases"),
        ({}, 422, "phases"),
        ({"phases": 1, "source": ""}, 422, "source"),
    ],
)
async def test_a_wish_for_phases_is_refused_with_the_reason(
    api: httpx.AsyncClient, body: dict[str, object], status: int, says: str
) -> None:
    """One sentence for people."""
    response = await api.put("/v1/evses/1/phases", json=body)

    assert response.status_code == status
    assert says in response.text
