"""The local authorization list as OCPP 2.0.1 writes it (D01, D02)."""

from __future__ import annotations

from typing import Any

import pytest

from laadpaal.csms.dialect import Refusal
from laadpaal.csms.v201 import local_list
from laadpaal.properties.authorization import LOCAL_LIST_ENABLED
from laadpaal.station.answers import Accepted, Reason, Refused
from laadpaal.station.requests import WriteLocalList
from laadpaal.station.view import ListView
from laadpaal.station.words import Token, TokenKind, TokenStatus, Verdict
from tests.csms.v201.scene import AT, AT_TEXT, World

ID = {"idToken": "04A1B2C3", "type": "ISO15693"}
INFO = {
    "status": "Accepted",
    "groupIdToken": {"idToken": "FLEET", "type": "Central"},
    "cacheExpiryDateTime": AT_TEXT,
    "evseId": [2],
}
CARD = Token("04A1B2C3", TokenKind.ISO15693)
FULL = {"versionNumber": 3, "updateType": "Full"}
CHANGE = {"versionNumber": 4, "updateType": "Differential"}


def test_a_whole_list(world: World) -> None:
    """A token is its text and its type, and all that is said of it counts."""
    wish = world.wished(
        "SendLocalList", **FULL, localAuthorizationList=[{"idToken": ID, "idTokenInfo": INFO}]
    )

    verdict = Verdict(TokenStatus.ACCEPTED, "FLEET", AT, (2,))
    assert wish == (WriteLocalList(3, full=True, entries=((CARD, verdict),)),)
    assert world.answered("SendLocalList", Accepted(), **FULL) == {"status": "Accepted"}


def test_a_change_takes_off_what_has_no_info(world: World) -> None:
    """Only a differential update may do so, which the station sees to."""
    wish = world.wished("SendLocalList", **CHANGE, localAuthorizationList=[{"idToken": ID}])

    assert wish == (WriteLocalList(4, full=False, entries=((CARD, None),)),)


@pytest.mark.parametrize("kind", [FULL, CHANGE])
def test_a_list_that_is_missing_is_empty(world: World, kind: dict[str, Any]) -> None:
    """Which clears a whole list, and changes nothing but the version otherwise."""
    full = kind is FULL

    assert world.wished("SendLocalList", **kind) == (
        WriteLocalList(kind["versionNumber"], full=full),
    )


def test_an_expiry_that_is_no_instant_spoils_the_list(world: World) -> None:
    """Without it the token would be good for ever, which nobody has said."""
    entry = {"idToken": ID, "idTokenInfo": INFO | {"cacheExpiryDateTime": "tomorrow"}}

    assert world.replied("SendLocalList", **FULL, localAuthorizationList=[entry]) == {
        "status": "Failed",
        "statusInfo": {"reasonCode": "InvalidValue", "additionalInfo": "an expiry is no instant"},
    }


@pytest.mark.parametrize(
    ("reason", "word", "code"),
    [
        (Reason.LIST_OFF, "Failed", "NotEnabled"),
        (Reason.OLD_VERSION, "VersionMismatch", "InvalidValue"),
        (Reason.BAD_VALUE, "Failed", "InvalidValue"),
        (Reason.TOO_MANY, "Failed", "TooManyElements"),
        (Reason.BAD_TOKEN, "Failed", "InvalidIdToken"),
    ],
)
def test_a_refusal_has_its_word_and_its_reason(
    world: World, reason: Reason, word: str, code: str
) -> None:
    """Only a version that is past has a word of its own."""
    assert world.answered("SendLocalList", Refused(reason), **FULL) == {
        "status": word,
        "statusInfo": {"reasonCode": code},
    }


def test_a_message_has_a_most_of_entries_and_of_bytes(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both are told in the device model (ItemsPerMessage, BytesPerMessage)."""
    entries = [{"idToken": ID | {"idToken": f"T{n}"}, "idTokenInfo": INFO} for n in range(3)]
    monkeypatch.setattr(local_list, "LONGEST_LIST", 2)
    with pytest.raises(Refusal) as refused:
        world.hear("SendLocalList", **FULL, localAuthorizationList=entries)
    assert refused.value.code == "OccurrenceConstraintViolation"

    monkeypatch.setattr(local_list, "LONGEST_LIST_B", 300)
    world.hear("SendLocalList", **FULL, localAuthorizationList=entries[:1])
    with pytest.raises(Refusal) as refused:
        world.hear("SendLocalList", **FULL, localAuthorizationList=entries[:2])
    assert refused.value.code == "FormatViolation"


def test_the_version_is_told(world: World) -> None:
    """0 says that there is none, or that it is switched off."""
    assert world.replied("GetLocalListVersion") == {"versionNumber": 0}
    world.see(local_list=ListView(12, 3))
    assert world.replied("GetLocalListVersion") == {"versionNumber": 12}
    world.desk.values.put(LOCAL_LIST_ENABLED, False)  # noqa: FBT003  a value like any other

    assert world.replied("GetLocalListVersion") == {"versionNumber": 0}
