"""`/api/whitelist` and `/api/addtag`: the white list, a page at a time, and what changes it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from http import HTTPStatus

from fastapi import APIRouter, Request, Response

from laadpaal.local_api.compatible.kit import KitGiven, Members, done, number, text, told
from laadpaal.local_api.problems import Problem
from laadpaal.station.cards import Card, ClearCards, DropCard, Enrol, Rank, WriteCard
from laadpaal.station.words import Token, TokenKind

PAGE = 16
STATUSES = {Rank.ACTIVE: 1, Rank.BLOCKED: 2, Rank.MASTER: 99}
RANKS = {number: rank for rank, number in STATUSES.items()}
DELETED = 3
_TAG = re.compile(r"([0-9A-Fa-f]{2}){1,10}")
_NEVER = ("", "1970-01-01")


def routes() -> APIRouter:
    """Return the routes of these resources."""
    router = APIRouter()
    router.add_api_route("/api/whitelist", look)
    router.add_api_route("/api/addtag", add, methods=["POST"])
    return router


async def look(request: Request, kit: KitGiven) -> Response:
    """Return a page from a place on, or do what the query says."""
    asked = request.query_params
    if "add" in asked:
        return done(await kit.desk.ask(WriteCard(Card(_token(asked["add"], "add")))))
    if "remove" in asked:
        return done(await kit.desk.ask(DropCard(_token(asked["remove"], "remove"))))
    if "clear" in asked:
        return done(await kit.desk.ask(ClearCards()))
    if "starttagaddmode" in asked:
        return done(await kit.desk.ask(Enrol(on=True)))
    first = _index(asked.get("index", "0"))
    cards = kit.desk.view().cards[first : first + PAGE]
    # The stations that clients know end each page so.
    return told({"version": 2, "whitelist": [*map(_entry, cards), None]})


async def add(kit: KitGiven, given: Members) -> Response:
    """Add a card, or change what it may do; a status of a deleted one takes it off the list."""
    token = _token(text(given, "tagid"), "tagid")
    if text(given, "expire", "") not in _NEVER:
        raise Problem(HTTPStatus.BAD_REQUEST, "expire: cards of this station do not expire")
    status = number(given, "status", 1)
    if status == DELETED:
        return done(await kit.desk.ask(DropCard(token)))
    if status not in RANKS:
        raise Problem(HTTPStatus.BAD_REQUEST, "status: it is 1, 2, 3 or 99")
    return done(await kit.desk.ask(WriteCard(Card(token, RANKS[int(status)]))))


def _entry(card: Card) -> Mapping[str, object]:
    return {
        "tag": card.token.value.upper(),
        "parent": "(null)",
        "status": STATUSES[card.rank],
        "expiryDate": 0,
    }


def _index(given: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", given):
        raise Problem(HTTPStatus.BAD_REQUEST, "index: a number from 0 on is wanted")
    return int(given)


def _token(given: str, where: str) -> Token:
    if not _TAG.fullmatch(given):
        raise Problem(HTTPStatus.BAD_REQUEST, f"{where}: 1 to 10 bytes in hexadecimal are wanted")
    return Token(given.upper(), TokenKind.ISO14443)
