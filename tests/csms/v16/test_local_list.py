"""The local authorization list as OCPP 1.6 writes it (sections 5.10 and 5.15)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from laadpaal.properties.authorization import LOCAL_LIST_ENABLED
from laadpaal.station.answers import Accepted, AfterRestart, Reason, Refused
from laadpaal.station.requests import WriteLocalList
from laadpaal.station.view import ListView
from laadpaal.station.words import Token, TokenStatus, Verdict
from tests.csms.v16.stage import AT, NOON, Stage, settled

INFO = {"status": "Accepted", "parentIdTag": "FLEET", "expiryDate": NOON}
KNOWN = {"idTag": "04A1B2C3", "idTagInfo": INFO}
GONE = {"idTag": "05"}


def test_a_whole_list() -> None:
    """An idTag is of every kind, a parent is a group, an expiry is an instant."""
    wish = Stage().wish(
        "SendLocalList", listVersion=3, updateType="Full", localAuthorizationList=[KNOWN]
    )

    verdict = Verdict(TokenStatus.ACCEPTED, "FLEET", AT)
    entries = ((Token("04A1B2C3", kind=None), verdict),)
    assert wish.requests == (WriteLocalList(3, full=True, entries=entries),)
    assert settled(wish, Accepted()) == {"status": "Accepted"}


def test_an_expiry_that_is_no_instant_spoils_the_list() -> None:
    """Without it the token would be good for ever, which nobody has said."""
    entry = {"idTag": "05", "idTagInfo": INFO | {"expiryDate": "tomorrow"}}
    answer = Stage().reply(
        "SendLocalList", listVersion=3, updateType="Full", localAuthorizationList=[KNOWN, entry]
    )

    assert answer == {"status": "Failed"}


def test_a_change_takes_off_what_has_no_info() -> None:
    """Only a differential update may do so."""
    wish = Stage().wish(
        "SendLocalList", listVersion=4, updateType="Differential", localAuthorizationList=[GONE]
    )

    entries = ((Token("05", kind=None), None),)
    assert wish.requests == (WriteLocalList(4, full=False, entries=entries),)


def test_a_list_that_is_missing_is_empty() -> None:
    """Which clears a whole list, and changes nothing but the version otherwise."""
    wish = Stage().wish("SendLocalList", listVersion=4, updateType="Full")

    assert wish.requests == (WriteLocalList(4, full=True),)


@pytest.mark.parametrize(
    ("reason", "word"),
    [
        (Reason.LIST_OFF, "NotSupported"),
        (Reason.OLD_VERSION, "VersionMismatch"),
        (Reason.BAD_VALUE, "Failed"),
        (Reason.TOO_MANY, "Failed"),
        (Reason.BAD_TOKEN, "Failed"),
    ],
)
def test_a_refusal_has_its_word(reason: Reason, word: str) -> None:
    """1.6 tells why in the status, as far as it has a word for it."""
    wish = Stage().wish("SendLocalList", listVersion=1, updateType="Full")

    assert settled(wish, Refused(reason)) == {"status": word}
    assert settled(wish, AfterRestart()) == {"status": "Failed"}


def test_the_version_is_told() -> None:
    """0 says that the list is empty, -1 that there is none, for it is switched off."""
    stage = Stage()
    assert stage.reply("GetLocalListVersion") == {"listVersion": 0}

    stage.desk.shown = replace(stage.desk.shown, local_list=ListView(12, 3))
    assert stage.reply("GetLocalListVersion") == {"listVersion": 12}

    stage.desk.values.put(LOCAL_LIST_ENABLED, False)  # noqa: FBT003  a value like any other
    assert stage.reply("GetLocalListVersion") == {"listVersion": -1}


def test_the_list_tells_how_long_it_may_be() -> None:
    """All of it may come in one call."""
    keys: list[dict[str, Any]] = Stage().reply(
        "GetConfiguration", key=["LocalAuthListMaxLength", "SendLocalListMaxLength"]
    )["configurationKey"]

    assert [key["value"] for key in keys] == ["1000", "1000"]
