"""Questions about customers that make no sense, and some that do (S12)."""

from __future__ import annotations

from tests.csms.played import Answer, Played, Row, Where, charging, idle, table, unmoved
from tests.csms.v201.test_semantics import ACCEPTED, COUNT, FIELD, TYPE, VALUE, no, play
from tests.support.world import CARD

TOKEN = {"idToken": CARD.value, "type": "ISO14443"}


def _ask(answer: Answer, where: Where = charging, **more: object) -> Row:
    payload = {"requestId": 7, "report": True, "clear": True, "idToken": TOKEN} | more
    return "CustomerInformation", payload, answer, where


def _named(answer: Answer, **names: object) -> Row:
    return (
        "CustomerInformation",
        {"requestId": 7, "report": True, "clear": True, **names},
        answer,
        idle,
    )


def invalid(reason: str = "InvalidValue") -> dict[str, object]:
    """Return the answer to a question that names nobody."""
    return {"status": "Invalid", "statusInfo": reason}


CUSTOMERS: list[Row] = [
    ("CustomerInformation", {"requestId": 7}, COUNT, idle),
    _ask(TYPE, requestId="7"),
    _ask(TYPE, report="true"),
    _ask(FIELD, idTag=CARD.value),
    _ask(VALUE, idToken={"idToken": "1" * 37, "type": "Central"}),
    _ask(VALUE, idToken={"idToken": "1", "type": "RFID"}),
    _named(VALUE, customerIdentifier="x" * 65),
    _named(COUNT, customerCertificate={"hashAlgorithm": "SHA256"}),
    _named(invalid()),
    _ask(invalid(), customerIdentifier="anna"),
    *(
        _ask(invalid("InvalidIdToken"), idToken={"idToken": text, "type": "Central"})
        for text in ("", " ", "A\n1")
    ),
    _ask(no("InvalidValue"), report=False, clear=False),
]
SENSIBLE = [
    (_ask(ACCEPTED), True),
    (_ask(ACCEPTED, report=False), True),
    # To look changes nothing, and of others nothing is known.
    (_ask(ACCEPTED, clear=False), False),
    (_named(ACCEPTED, customerIdentifier="anna"), False),
]


@table(CUSTOMERS)
async def test_senseless(action: str, payload: object, answer: Answer, where: Where) -> None:
    """Nothing is told, and nothing is forgotten."""
    assert await play(where, action, payload) == unmoved(answer)


async def test_what_makes_sense_is_followed_by_a_report() -> None:
    """What is forgotten is gone."""
    for (action, payload, answer, where), changed in SENSIBLE:
        assert await play(where, action, payload) == Played(answer, changed, followed=True)
