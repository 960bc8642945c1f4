"""Customers: named in one way, told in pieces, and never after they were forgotten."""

from __future__ import annotations

from typing import Any

import pytest

from laadpaal.csms.dialect import Call, Reply, Wish
from laadpaal.csms.v201.customers import LONGEST
from laadpaal.ports.journal import Trace
from laadpaal.station.answers import Reason, Recalled, Refused
from laadpaal.station.requests import RecallCustomer
from laadpaal.station.words import Reservation, Token, TokenStatus, Verdict
from tests.csms.v201.scene import AT, AT_TEXT, World, json_of, shown

CARD = Token("04A1B2C3")
TOKEN = {"idToken": {"idToken": "04A1B2C3", "type": "ISO14443"}}
CERTIFICATE = {
    "customerCertificate": {
        "hashAlgorithm": "SHA256",
        "issuerNameHash": "00",
        "issuerKeyHash": "00",
        "serialNumber": "01",
    }
}
IDENTIFIER = {"customerIdentifier": "anna"}


def wished(world: World, **more: Any) -> Wish:
    """Return what is asked of the station."""
    wish = world.hear("CustomerInformation", requestId=7, **{"report": True, "clear": False} | more)
    assert isinstance(wish, Wish)
    return wish


def told(reply: Reply) -> list[dict[str, Any]]:
    """Return the pieces of a report, which follow the answer."""
    assert json_of(reply.payload) == {"status": "Accepted"}
    pieces = [shown(call) for call in reply.then if isinstance(call, Call)]
    assert {action for action, _ in pieces} == {"NotifyCustomerInformation"}
    return [payload for _, payload in pieces]


def text(reply: Reply) -> str:
    """Return the whole report."""
    return "".join(piece["data"] for piece in told(reply))


def test_a_customer_is_named_by_their_token(world: World) -> None:
    """Whether they are to be forgotten goes along (N09, N10)."""
    assert wished(world, **TOKEN).requests == (RecallCustomer(CARD),)
    assert wished(world, clear=True, **TOKEN).requests == (RecallCustomer(CARD, forget=True),)


@pytest.mark.parametrize("name", [CERTIFICATE, IDENTIFIER])
def test_nothing_is_kept_under_another_name(world: World, name: dict[str, Any]) -> None:
    """The station is asked all the same, for the time of the report is its own."""
    wish = wished(world, clear=True, **name)

    assert wish.requests == (RecallCustomer(None, forget=True),)
    assert text(wish.reply((Recalled(AT),))) == ""


@pytest.mark.parametrize(
    "names", [{}, TOKEN | IDENTIFIER, CERTIFICATE | IDENTIFIER, TOKEN | CERTIFICATE | IDENTIFIER]
)
def test_a_customer_has_one_name(world: World, names: dict[str, Any]) -> None:
    """None, or more than one, is invalid, whatever is wished (N09.FR.09)."""
    answer = world.replied("CustomerInformation", requestId=7, report=False, clear=False, **names)

    assert answer == {"status": "Invalid", "statusInfo": {"reasonCode": "InvalidValue"}}


def test_a_token_that_nobody_can_read_is_invalid(world: World) -> None:
    """It names nobody."""
    blank = {"idToken": {"idToken": " ", "type": "ISO14443"}}
    answer = world.replied("CustomerInformation", requestId=7, report=True, clear=True, **blank)

    assert answer == {"status": "Invalid", "statusInfo": {"reasonCode": "InvalidIdToken"}}


def test_who_wishes_nothing_is_rejected(world: World) -> None:
    """Neither report nor clear asks for anything (N09)."""
    answer = world.replied("CustomerInformation", requestId=7, report=False, clear=False, **TOKEN)

    assert answer == {"status": "Rejected", "statusInfo": {"reasonCode": "InvalidValue"}}


def test_a_station_that_ends_rejects(world: World) -> None:
    """There is nobody left to look."""
    reply = wished(world, **TOKEN).reply((Refused(Reason.UNAVAILABLE, "it ends"),))

    assert reply.then == ()
    assert json_of(reply.payload) == {
        "status": "Rejected",
        "statusInfo": {"reasonCode": "NotEnabled", "additionalInfo": "it ends"},
    }


EMPTY = {"data": "", "tbc": False, "seqNo": 0, "generatedAt": AT_TEXT, "requestId": 7}


def test_nothing_known_is_one_empty_message(world: World) -> None:
    """Its number is that of the request (N09)."""
    assert told(wished(world, **TOKEN).reply((Recalled(AT),))) == [EMPTY]


def test_who_only_wishes_to_be_forgotten_is_told_nothing(world: World) -> None:
    """One message says that it is done (N10)."""
    world.journal.past[CARD] = (Trace("tx-0", 2, AT),)
    wish = wished(world, report=False, clear=True, **TOKEN)

    assert told(wish.reply((Recalled(AT, (Verdict(TokenStatus.ACCEPTED),)),))) == [EMPTY]


def test_all_that_is_known_is_told_in_sentences(world: World) -> None:
    """What runs is not told twice."""
    world.journal.past[CARD] = (
        Trace("tx-0", 2, AT),
        Trace("tx-1", 1, AT),
        Trace("tx-2", 1, AT, told=False),
    )
    known = Recalled(
        AT,
        (Verdict(TokenStatus.ACCEPTED, "family", AT),),
        Verdict(TokenStatus.BLOCKED),
        (1,),
        ("tx-1",),
        (Reservation(5, 2, CARD, AT),),
        (3,),
    )

    assert text(wished(world, **TOKEN).reply((known,))).splitlines() == [
        f"The authorization cache says Accepted, group family, until {AT_TEXT}.",
        "The local list says Blocked.",
        "EVSE 1 is in use.",
        "Transaction tx-1 runs.",
        "Charging profile 3 is for what runs.",
        f"Reservation 5 lasts until {AT_TEXT}.",
        f"Transaction tx-0 at EVSE 2 of {AT_TEXT}.",
        f"Transaction tx-2 at EVSE 1 of {AT_TEXT}, which is still to be told.",
    ]


@pytest.mark.parametrize("pieces", [1, 2, 7])
def test_a_long_report_comes_in_pieces(world: World, pieces: int) -> None:
    """Numbered from 0, and all but the last say that more is to come (N09)."""
    name = "x" * (LONGEST - len("Transaction  runs."))
    running = (name, *("x" * (LONGEST - len("\nTransaction  runs.")),) * (pieces - 1))
    parts = told(wished(world, **TOKEN).reply((Recalled(AT, running=running),)))

    assert [part["seqNo"] for part in parts] == list(range(pieces))
    assert [part["tbc"] for part in parts] == [True] * (pieces - 1) + [False]
    assert {len(part["data"]) for part in parts} == {LONGEST}
    assert "".join(part["data"] for part in parts).count(" runs.") == pieces
