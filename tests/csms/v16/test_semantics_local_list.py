"""Payloads of LocalAuthListManagement that make no sense (S12)."""

from __future__ import annotations

from laadpaal.properties import authorization as rows
from laadpaal.station import requests as r
from laadpaal.station.words import Token
from tests.csms.played import Answer, Row, Where, idle, moved, table, unmoved
from tests.csms.v16.played import ACCEPTED, FORM, MISSING, TYPE, VALUE, play
from tests.csms.v16.stage import Json
from tests.support.world import GOOD, World

FAILED, MISMATCH = {"status": "Failed"}, {"status": "VersionMismatch"}
VERSION = 5
FULL = rows.LONGEST_LIST


def listed(world: World) -> None:
    """Have a list of two tokens."""
    entries = tuple((Token(value, kind=None), GOOD) for value in ("A1", "B2"))
    world.ask(r.WriteLocalList(VERSION, full=True, entries=entries))


def unlisted(world: World) -> None:
    """Have that list, and use none."""
    listed(world)
    world.put(rows.LOCAL_LIST_ENABLED, to=False)


def entry(tag: object = "C3", **more: object) -> Json:
    """Return a token that is good, with more said of it."""
    return {"idTag": tag, "idTagInfo": {"status": "Accepted", **more}}


def many(count: int) -> list[Json]:
    """Return that many tokens."""
    return [entry(f"T{number}") for number in range(count)]


def _send(
    answer: Answer, *entries: object, version: object = VERSION + 1, kind: object = "Full"
) -> Row:
    payload = {"listVersion": version, "updateType": kind, "localAuthorizationList": list(entries)}
    return "SendLocalList", payload, answer, listed


def _change(answer: Answer, *entries: object, version: object = VERSION + 1) -> Row:
    return _send(answer, *entries, version=version, kind="Differential")


LISTS: list[Row] = [
    # How it is made
    ("SendLocalList", {}, MISSING, listed),
    ("SendLocalList", {"listVersion": 6}, MISSING, listed),
    ("SendLocalList", {"updateType": "Full"}, MISSING, listed),
    ("SendLocalList", {"listVersion": 6, "updateType": "Full", "version": 6}, FORM, listed),
    (
        "SendLocalList",
        {"listVersion": 6, "updateType": "Full", "localAuthorizationList": entry()},
        TYPE,
        listed,
    ),
    *(_send(TYPE, entry(), version=wrong) for wrong in ("6", 6.0, 6.5, True, None)),
    *(_send(VALUE, entry(), kind=wrong) for wrong in ("full", "Partial", "")),
    _send(TYPE, entry(), kind=None),
    _send(TYPE, "C3"),
    _send(TYPE, None),
    _send(MISSING, {"idTagInfo": {"status": "Accepted"}}),
    _send(MISSING, {"idTag": "C3", "idTagInfo": {}}),
    _send(TYPE, {"idTag": "C3", "idTagInfo": None}),
    _send(TYPE, entry(3)),
    _send(FORM, {**entry(), "status": "Accepted"}),
    _send(FORM, entry(language="nl")),
    _send(VALUE, entry("1" * 21)),
    _send(VALUE, entry(parentIdTag="1" * 21)),
    _send(VALUE, entry(status="accepted")),
    _send(TYPE, entry(expiryDate=1_700_053_200)),
    # Its version
    *(_send(FAILED, entry(), version=number) for number in (0, -1, 2**63, 2**70)),
    *(_change(FAILED, entry(), version=number) for number in (0, -1, 2**63)),
    *(_change(MISMATCH, entry(), version=number) for number in (VERSION, VERSION - 1, 1)),
    # Its tokens; a good one before or after does not help
    _send(FAILED, entry(), {"idTag": "D4"}),
    *(_send(FAILED, entry(), entry(text)) for text in ("", "  ", "D\n4", "D4\u0000", "\u202eD4")),
    *(_change(FAILED, entry(text), entry()) for text in ("", "D\t4")),
    _change(FAILED, entry(), {"idTag": ""}),
    _send(FAILED, entry("C3"), entry("C3")),
    _send(FAILED, entry("c3"), entry("C3")),
    _change(FAILED, entry("C3"), {"idTag": "c3"}),
    *(
        _send(FAILED, entry("D4"), entry(expiryDate=text))
        for text in ("", "never", "2023-11-15", "2023-11-31T12:00:00Z", "1700053200")
    ),
    _change(FAILED, entry(expiryDate="2023-11-15T12:00:00+30:00")),
    # Too long
    _send(FAILED, *many(FULL + 1)),
    _change(FAILED, *many(FULL + 1)),
    _change(FAILED, *many(FULL - 1)),
    # No list at all
    (
        "SendLocalList",
        {"listVersion": 6, "updateType": "Full"},
        {"status": "NotSupported"},
        unlisted,
    ),
    # GetLocalListVersion
    ("GetLocalListVersion", {"listVersion": VERSION}, FORM, listed),
    ("GetLocalListVersion", [], FORM, listed),
    ("GetLocalListVersion", "now", FORM, listed),
    ("GetLocalListVersion", None, {"listVersion": VERSION}, listed),
    ("GetLocalListVersion", {}, {"listVersion": -1}, unlisted),
    ("GetLocalListVersion", {}, {"listVersion": 0}, idle),
]


SENSIBLE: list[Row] = [
    _send(ACCEPTED, entry(), version=1),
    _send(ACCEPTED, entry(expiryDate="2023-11-15T12:00:00", parentIdTag="")),
    _send(ACCEPTED),
    _send(ACCEPTED, *many(FULL)),
    _change(ACCEPTED, *many(FULL - 2)),
    _change(ACCEPTED, {"idTag": "a1"}, {"idTag": "nobody"}),
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
