"""Lists of 2.0.1 that make no sense, and those that do (S12)."""

from __future__ import annotations

from typing import Any

from laadpaal.properties import authorization as rows
from laadpaal.station import requests as r
from laadpaal.station.words import Token
from tests.csms.played import Answer, Row, Where, idle, moved, table, unmoved
from tests.csms.v201.test_semantics import ACCEPTED, COUNT, FIELD, FORM, TYPE, VALUE, play
from tests.support.world import GOOD, World

VERSION = 5
FULL = rows.LONGEST_LIST
MISMATCH: Answer = {"status": "VersionMismatch", "statusInfo": "InvalidValue"}


def failed(reason: str = "InvalidValue") -> Answer:
    """Return a refusal for that reason."""
    return {"status": "Failed", "statusInfo": reason}


def listed(world: World) -> None:
    """Have a list of two tokens."""
    entries = tuple((Token(value), GOOD) for value in ("A1", "B2"))
    world.ask(r.WriteLocalList(VERSION, full=True, entries=entries))


def unlisted(world: World) -> None:
    """Have that list, and use none."""
    listed(world)
    world.put(rows.LOCAL_LIST_ENABLED, to=False)


def entry(text: object = "C3", kind: object = "ISO14443", **more: object) -> dict[str, Any]:
    """Return a token that is good, with more said of it."""
    return {
        "idToken": {"idToken": text, "type": kind},
        "idTokenInfo": {"status": "Accepted", **more},
    }


def gone(text: str) -> dict[str, Any]:
    """Return a token that is taken off."""
    return {"idToken": {"idToken": text, "type": "ISO14443"}}


def many(count: int) -> list[dict[str, Any]]:
    """Return that many tokens."""
    return [entry(f"T{number}") for number in range(count)]


def _send(
    answer: Answer, *entries: object, version: object = VERSION + 1, kind: object = "Full"
) -> Row:
    payload = {"versionNumber": version, "updateType": kind}
    listed_ = {"localAuthorizationList": list(entries)} if entries else {}
    return "SendLocalList", payload | listed_, answer, listed


def _change(answer: Answer, *entries: object, version: object = VERSION + 1) -> Row:
    return _send(answer, *entries, version=version, kind="Differential")


LISTS: list[Row] = [
    # How it is made
    ("SendLocalList", {}, COUNT, listed),
    ("SendLocalList", {"versionNumber": 6}, COUNT, listed),
    ("SendLocalList", {"versionNumber": 6, "updateType": "Full", "version": 6}, FIELD, listed),
    (
        "SendLocalList",
        {"versionNumber": 6, "updateType": "Full", "localAuthorizationList": []},
        COUNT,
        listed,
    ),
    *(_send(TYPE, entry(), version=wrong) for wrong in ("6", 6.5, True, None)),
    *(_send(VALUE, entry(), kind=wrong) for wrong in ("full", "Partial", "")),
    _send(TYPE, "C3"),
    _send(COUNT, {"idTokenInfo": {"status": "Accepted"}}),
    _send(COUNT, {"idToken": {"idToken": "C3", "type": "Central"}, "idTokenInfo": {}}),
    _send(TYPE, entry(3)),
    _send(VALUE, entry("1" * 37)),
    _send(VALUE, entry(kind="RFID")),
    _send(VALUE, entry(status="accepted")),
    _send(TYPE, entry(cacheExpiryDateTime=1_700_053_200)),
    _send(COUNT, entry(evseId=[])),
    # Its version
    *(_send(failed(), entry(), version=number) for number in (0, -1)),
    *(_change(failed(), entry(), version=number) for number in (0, -1)),
    *(_change(MISMATCH, entry(), version=number) for number in (VERSION, VERSION - 1, 1)),
    # Its tokens; a good one before or after does not help
    _send(failed(), entry(), gone("D4")),
    *(_send(failed("InvalidIdToken"), entry(), entry(text)) for text in ("", "  ", "D\n4")),
    _change(failed("InvalidIdToken"), entry(), gone("")),
    _send(failed(), entry("C3"), entry("C3")),
    _send(failed(), entry("c3"), entry("C3")),
    _change(failed(), entry("C3"), gone("c3")),
    *(
        _send(failed(), entry("D4"), entry(cacheExpiryDateTime=text))
        for text in ("", "never", "2023-11-31T12:00:00Z")
    ),
    # Too long
    _send(COUNT, *many(FULL + 1)),
    _change(COUNT, *many(FULL + 1)),
    _change(failed("TooManyElements"), *many(FULL - 1)),
    # No list at all
    ("SendLocalList", {"versionNumber": 6, "updateType": "Full"}, failed("NotEnabled"), unlisted),
    # GetLocalListVersion
    ("GetLocalListVersion", {"versionNumber": VERSION}, FIELD, listed),
    ("GetLocalListVersion", [], FORM, listed),
    ("GetLocalListVersion", {}, {"versionNumber": VERSION}, listed),
    ("GetLocalListVersion", {}, {"versionNumber": 0}, unlisted),
    ("GetLocalListVersion", {}, {"versionNumber": 0}, idle),
]

SENSIBLE: list[Row] = [
    _send(ACCEPTED, entry(), version=1),
    _send(ACCEPTED, entry(cacheExpiryDateTime="2023-11-15T12:00:00Z")),
    _send(ACCEPTED, entry("C3"), entry("C3", "ISO15693")),
    _send(ACCEPTED),
    _send(ACCEPTED, *many(FULL)),
    _change(ACCEPTED),
    _change(ACCEPTED, *many(FULL - 2)),
    _change(ACCEPTED, gone("a1"), gone("nobody")),
]


@table(LISTS)
async def test_lists(action: str, payload: object, answer: Answer, where: Where) -> None:
    """All of a list or nothing: what makes no sense leaves every token as it was."""
    assert await play(where, action, payload) == unmoved(answer)


@table(SENSIBLE)
async def test_what_makes_sense_does_leave_something(
    action: str, payload: object, answer: Answer, where: Where
) -> None:
    """The payloads that the tables spoil are good ones."""
    assert await play(where, action, payload) == moved(answer)
