"""`/v1/cards` and `/v1/enrolling`: the white list, which people at the station teach it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from laadpaal.local_api import schema
from laadpaal.local_api.bodies import CardRank, Teaching
from laadpaal.local_api.given import Desk
from laadpaal.local_api.render import answered, reply
from laadpaal.local_api.replies import CardReply
from laadpaal.station.cards import Card, ClearCards, DropCard, Enrol, WriteCard
from laadpaal.station.words import Token, TokenKind

Number = Annotated[
    str,
    Path(
        description="number of the card, in hexadecimal digits",
        pattern=r"^[0-9A-Fa-f]{2,20}$",
    ),
]
Kind = Annotated[TokenKind, Query(description="how the card is read")]


def routes() -> APIRouter:
    """Return the routes of this resource."""
    router = schema.router("cards", "/v1")
    many = schema.told("The white list", {"type": "array", "items": schema.shape(CardReply)})
    router.add_api_route("/cards", look, responses=many)
    router.add_api_route("/cards", clear, methods=["DELETE"], responses=schema.ANSWERED)
    router.add_api_route("/enrolling", enrol, methods=["PUT"], responses=schema.ANSWERED)
    router.add_api_route("/cards/{number}", write, methods=["PUT"], responses=schema.ANSWERED)
    router.add_api_route("/cards/{number}", drop, methods=["DELETE"], responses=schema.ANSWERED)
    return router


async def look(desk: Desk) -> Response:
    """Return every card of the white list, in the order in which they came."""
    cards = [CardReply(it.token.value, it.token.kind, it.rank) for it in desk.view().cards]
    return reply(cards)


async def write(
    desk: Desk, number: Number, wish: CardRank, kind: Kind = TokenKind.ISO14443
) -> Response:
    """Add a card, or change what it may do."""
    return answered(await desk.ask(WriteCard(Card(Token(number.upper(), kind), wish.rank))))


async def drop(desk: Desk, number: Number, kind: Kind = TokenKind.ISO14443) -> Response:
    """Take a card off the list."""
    return answered(await desk.ask(DropCard(Token(number.upper(), kind))))


async def clear(desk: Desk) -> Response:
    """Take every card off the list but the masters."""
    return answered(await desk.ask(ClearCards()))


async def enrol(desk: Desk, wish: Teaching) -> Response:
    """Begin or end what a master card begins and ends."""
    return answered(await desk.ask(Enrol(wish.on)))
