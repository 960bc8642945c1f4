"""`/v1/cards`: the white list."""

from __future__ import annotations

import httpx
import pytest

from laadpaal.station.cards import Card, ClearCards, DropCard, Enrol, Rank, WriteCard
from laadpaal.station.words import Token, TokenKind
from tests.local_api.conftest import TinyDesk


async def test_a_card_is_written_told_and_dropped(api: httpx.AsyncClient, desk: TinyDesk) -> None:
    """Its number is told in capitals, as readers give it."""
    added = await api.put("/v1/cards/04a1b2c3", json={"rank": "master"})
    listed = (await api.get("/v1/cards")).json()
    dropped = await api.delete("/v1/cards/04A1B2C3")
    again = await api.delete("/v1/cards/04A1B2C3")

    assert (added.status_code, dropped.status_code) == (200, 200)
    assert listed == [{"number": "04A1B2C3", "kind": "ISO14443", "rank": "master"}]
    assert again.status_code == 409
    assert "not on the white list" in again.json()["detail"]
    card = Token("04A1B2C3")
    assert desk.asked == [WriteCard(Card(card, Rank.MASTER)), DropCard(card), DropCard(card)]


async def test_the_kind_tells_cards_apart(api: httpx.AsyncClient, desk: TinyDesk) -> None:
    """A number may be read in two ways."""
    await api.put("/v1/cards/E004", params={"kind": "ISO15693"}, json={})

    assert desk.view().cards == (Card(Token("E004", TokenKind.ISO15693)),)


async def test_the_list_is_cleared_and_taught(api: httpx.AsyncClient, desk: TinyDesk) -> None:
    """Both as a master card's owner could wish."""
    assert (await api.delete("/v1/cards")).status_code == 200
    assert (await api.put("/v1/enrolling", json={"on": True})).status_code == 200

    assert desk.asked == [ClearCards(), Enrol(on=True)]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/cards/xyz", {}),
        ("/v1/cards/04A1B2C3", {"rank": "king"}),
        ("/v1/cards/04A1B2C3", {"rang": "active"}),
        ("/v1/enrolling", {"on": 1}),
    ],
)
async def test_what_is_no_card_is_refused(
    api: httpx.AsyncClient, desk: TinyDesk, path: str, body: dict[str, object]
) -> None:
    """Nothing is asked of the station."""
    assert (await api.put(path, json=body)).status_code == 422
    assert desk.asked == []
