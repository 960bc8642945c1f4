"""Display messages and prices as OCPP 2.0.1 has them (blocks I and O)."""

from __future__ import annotations

from typing import Any

import pytest

from laadpaal.csms.dialect import Call, Reply
from laadpaal.station.answers import Accepted, Answer, Reason, Refused
from laadpaal.station.events import TokenGreeted, TokenJudged, TransactionPriced
from laadpaal.station.notices import AuthorizationNeeded, TransactionEnded
from laadpaal.station.requests import ClearMessage, ShowMessage, UpdateCost
from laadpaal.station.shown import DisplayMessage, MessageState, Priority
from laadpaal.station.words import StopReason, Token, Trigger
from tests.csms.v201.scene import AT, AT_TEXT, World, shown

CARD = Token("A1")
CONTENT = {"format": "UTF8", "content": "hello"}
INFO: dict[str, Any] = {"id": 1, "priority": "InFront", "message": CONTENT}
FULL: dict[str, Any] = {
    "id": 2,
    "priority": "AlwaysFront",
    "message": {"format": "ASCII", "content": "bye", "language": "nl"},
    "state": "Charging",
    "startDateTime": AT_TEXT,
    "endDateTime": AT_TEXT,
    "transactionId": "tx-1",
    "display": {"name": "Display", "evse": {"id": 2}},
}
HELLO = DisplayMessage(1, Priority.IN_FRONT, "hello")
BYE = DisplayMessage(
    2,
    Priority.ALWAYS_FRONT,
    "bye",
    ascii=True,
    language="nl",
    state=MessageState.CHARGING,
    starts_at=AT,
    ends_at=AT,
    transaction="tx-1",
    evse=2,
)


def followed(world: World, **criteria: Any) -> list[tuple[str, Any]]:
    """Return what follows the answer to a question for messages."""
    reply = world.hear("GetDisplayMessages", requestId=7, **criteria)
    assert isinstance(reply, Reply)
    return [shown(call) for call in reply.then if isinstance(call, Call)]


@pytest.mark.parametrize(("info", "message"), [(INFO, HELLO), (FULL, BYE)])
def test_a_message_is_read_whole(
    world: World, info: dict[str, Any], message: DisplayMessage
) -> None:
    """And is told again as it came (O01, O03)."""
    assert world.wished("SetDisplayMessage", message=info) == (ShowMessage(message),)
    world.see(messages=(message,))

    assert followed(world) == [
        ("NotifyDisplayMessages", {"requestId": 7, "messageInfo": [info], "tbc": False})
    ]


def test_a_display_without_an_evse_is_each(world: World) -> None:
    """Whatever case it is written in."""
    info = INFO | {"display": {"name": "display"}}

    assert world.wished("SetDisplayMessage", message=info) == (ShowMessage(HELLO),)


@pytest.mark.parametrize("kind", ["HTML", "URI"])
def test_the_display_is_no_browser(world: World, kind: str) -> None:
    """It says so, in the word for that (O01)."""
    info = INFO | {"message": CONTENT | {"format": kind}}

    assert world.replied("SetDisplayMessage", message=info) == {
        "status": "NotSupportedMessageFormat"
    }


@pytest.mark.parametrize(
    ("more", "detail"),
    [
        ({"startDateTime": "soon"}, "startDateTime is no instant"),
        ({"endDateTime": "never"}, "endDateTime is no instant"),
        ({"message": {"format": "ASCII", "content": "café"}}, "the content is not ASCII"),
        ({"display": {"name": "Roof"}}, "there is no Roof to show it on"),
    ],
)
def test_what_cannot_be_read_is_rejected(world: World, more: dict[str, Any], detail: str) -> None:
    """The station is not even asked."""
    assert world.replied("SetDisplayMessage", message=INFO | more) == {
        "status": "Rejected",
        "statusInfo": {"reasonCode": "InvalidValue", "additionalInfo": detail},
    }


@pytest.mark.parametrize(
    ("answer", "word", "code"),
    [
        (Accepted(), "Accepted", None),
        (Refused(Reason.UNKNOWN_TRANSACTION), "UnknownTransaction", "TxNotFound"),
        (Refused(Reason.TOO_MANY), "Rejected", "TooManyElements"),
        (Refused(Reason.MESSAGES_OFF), "Rejected", "NotEnabled"),
        (Refused(Reason.UNKNOWN_EVSE), "Rejected", "UnknownEvse"),
    ],
)
def test_a_message_is_kept_or_refused(
    world: World, answer: Answer, word: str, code: str | None
) -> None:
    """Each refusal has its word or its reason (O01, O02)."""
    info = {"statusInfo": {"reasonCode": code}} if code else {}

    assert world.answered("SetDisplayMessage", answer, message=INFO) == {"status": word} | info


@pytest.mark.parametrize(
    ("criteria", "ids"),
    [
        ({}, [1, 2]),
        ({"id": [2, 9]}, [2]),
        ({"priority": "InFront"}, [1]),
        ({"state": "Charging"}, [2]),
        ({"id": [1], "state": "Charging"}, []),
        ({"priority": "NormalCycle"}, []),
        ({"state": "Idle"}, []),
    ],
)
def test_messages_are_told_that_fit_it_all(
    world: World, criteria: dict[str, Any], ids: list[int]
) -> None:
    """Without any nothing follows (O03, O04)."""
    world.see(messages=(HELLO, BYE))
    told = followed(world, **criteria)

    assert world.replied("GetDisplayMessages", requestId=7, **criteria) == {
        "status": "Accepted" if ids else "Unknown"
    }
    assert [info["id"] for _, payload in told for info in payload["messageInfo"]] == ids


def test_many_messages_come_in_pieces(world: World) -> None:
    """No message grows without bound, and the last one says that it is."""
    text = "x" * 512
    world.see(messages=tuple(DisplayMessage(n, Priority.NORMAL, text) for n in range(50)))
    told = [payload for _, payload in followed(world)]

    assert len(told) > 1
    assert [payload["tbc"] for payload in told] == [True] * (len(told) - 1) + [False]
    assert [info["id"] for payload in told for info in payload["messageInfo"]] == [*range(50)]


@pytest.mark.parametrize(
    ("answer", "response"),
    [
        (Accepted(), {"status": "Accepted"}),
        (
            Refused(Reason.UNKNOWN_MESSAGE),
            {"status": "Unknown", "statusInfo": {"reasonCode": "NotFound"}},
        ),
    ],
)
def test_a_message_is_cleared(world: World, answer: Answer, response: dict[str, Any]) -> None:
    """One that is not there is Unknown (O05)."""
    assert world.wished("ClearDisplayMessage", id=1) == (ClearMessage(1),)
    assert world.answered("ClearDisplayMessage", answer, id=1) == response


# --- prices ---


@pytest.mark.parametrize("answer", [Accepted(), Refused(Reason.UNKNOWN_TRANSACTION)])
def test_a_cost_is_shown_and_the_answer_is_empty(world: World, answer: Answer) -> None:
    """There is no word for anything else (I02)."""
    payload = {"totalCost": 1.5, "transactionId": "tx-1"}

    assert world.wished("CostUpdated", **payload) == (UpdateCost("tx-1", 1.5),)
    assert world.answered("CostUpdated", answer, **payload) == {}


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ({"personalMessage": CONTENT}, "hello"),
        ({"personalMessage": CONTENT | {"format": "HTML"}}, None),
        ({}, None),
    ],
)
def test_a_driver_is_greeted(world: World, message: dict[str, Any], text: str | None) -> None:
    """After the word on the token, as far as the display can draw it (I01)."""
    answer = {"idTokenInfo": {"status": "Accepted"} | message}
    judged, *greeted = world.absorb(AuthorizationNeeded(1, CARD), "Authorize", answer).events

    assert isinstance(judged, TokenJudged)
    assert greeted == ([TokenGreeted(CARD, text)] if text else [])


@pytest.mark.parametrize(
    ("answer", "price"),
    [
        ({}, None),
        ({"totalCost": 0.0}, (0.0, "")),
        ({"totalCost": 2.5, "updatedPersonalMessage": CONTENT}, (2.5, "hello")),
        ({"idTokenInfo": {"status": "Accepted", "personalMessage": CONTENT}}, (None, "hello")),
        ({"idTokenInfo": {"status": "Accepted"}}, None),
    ],
)
def test_the_answer_to_a_transaction_tells_its_price(
    world: World, answer: dict[str, Any], price: tuple[float | None, str] | None
) -> None:
    """Free is a price, and no word is none (I02, I03, I06)."""
    ended = TransactionEnded(
        "tx-1", 1, AT, 1, Trigger.STOP_AUTHORIZED, StopReason.LOCAL, None, CARD, 5.0, offline=False
    )
    events = world.absorb(ended, "TransactionEvent", answer).events
    told = [event for event in events if isinstance(event, TransactionPriced)]

    assert told == ([TransactionPriced("tx-1", *price)] if price else [])
