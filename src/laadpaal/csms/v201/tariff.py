"""What drivers are told of prices (block I)."""

from __future__ import annotations

from msgspec import UNSET, UnsetType

from laadpaal.csms.dialect import Reply, Scene, Wish
from laadpaal.protocols.ocpp import v201
from laadpaal.station.answers import Answer
from laadpaal.station.events import TokenGreeted, TransactionPriced
from laadpaal.station.requests import UpdateCost
from laadpaal.station.words import Token

FORMATS = (v201.MessageFormat.ASCII, v201.MessageFormat.UTF8)
"""The display draws characters; it is no browser."""
PERSONAL_MESSAGE_SIZE = 512
"""Characters of a message to a driver; the schema refuses a longer one."""


def updated(call: v201.CostUpdated, scene: Scene) -> Wish:  # noqa: ARG001  the shape of a hearer
    """Show what a transaction has cost so far; the answer has no word for anything else (I02)."""
    return Wish((UpdateCost(call.transactionId, call.totalCost),), _updated)


def _updated(answers: tuple[Answer, ...]) -> Reply:  # noqa: ARG001  the shape of a reply's maker
    return Reply(v201.CostUpdatedResponse())


def greeting(token: Token, info: v201.IdTokenInfo) -> tuple[TokenGreeted, ...]:
    """Return what the CSMS says to whom it has authorized, if it does (I01)."""
    text = _text(info.personalMessage)
    return (TokenGreeted(token, text),) if text else ()


def priced(
    transaction: str, answer: v201.TransactionEventResponse
) -> tuple[TransactionPriced, ...]:
    """Return what an answer says of the price of a transaction, if it does (I02, I03, I06)."""
    info = answer.idTokenInfo
    text = _text(answer.updatedPersonalMessage)
    text = text or ("" if info is UNSET else _text(info.personalMessage))
    cost = None if answer.totalCost is UNSET else answer.totalCost
    return (TransactionPriced(transaction, cost, text),) if text or cost is not None else ()


def _text(message: v201.MessageContent | UnsetType) -> str:
    """Return what the display can draw of a message."""
    return "" if message is UNSET or message.format not in FORMATS else message.content
