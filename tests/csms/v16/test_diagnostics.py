"""Logs: asked for in two ways, answered exactly, and told in the words of who asked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from laadpaal.csms.dialect import Call, Refusal
from laadpaal.station.answers import Begun, Reason, Refused
from laadpaal.station.carriage import LogKind, Retrying, UploadStatus
from laadpaal.station.events import UploadStatusTold
from laadpaal.station.notices import UploadStatusChanged
from laadpaal.station.requests import UploadLog
from laadpaal.station.view import UploadView
from tests.csms.v16.stage import AT, NOON, Stage, replied, said, settled

D, SEC = LogKind.DIAGNOSTICS, LogKind.SECURITY
U = UploadStatus
URL = "ftp://anna:secret@example.com/logs/"
BAD_URLS = ["", "sftp://example.com/", "ftp://example.com/a%0d%0aDELE%20b", "http://h/" + "x" * 400]
REFUSED = Refused(Reason.UNAVAILABLE, "a restart is under way")


@pytest.fixture
def stage() -> Stage:
    return Stage()


def log(kind: str = "SecurityLog", **more: str) -> dict[str, Any]:
    """Return the fields of GetLog that it cannot do without."""
    return {"logType": kind, "requestId": 7, "log": {"remoteLocation": URL} | more}


def test_diagnostics_are_sent_where_and_as_wished(stage: Stage) -> None:
    """Retries, interval and span of time are handed on (5.9)."""
    wish = stage.wish(
        "GetDiagnostics", location=URL, retries=2, retryInterval=30, startTime=NOON, stopTime=NOON
    )

    assert wish.requests == (UploadLog(D, URL, None, Retrying(2, 30), AT, AT),)
    assert settled(wish, Begun("a.zip")) == {"fileName": "a.zip"}
    assert settled(wish, REFUSED) == {}


def test_what_is_left_out_is_our_choice(stage: Stage) -> None:
    """Everything but the place may be (5.9)."""
    wish = stage.wish("GetDiagnostics", location=URL)

    assert wish.requests == (UploadLog(D, URL),)


@pytest.mark.parametrize("url", ["", "sftp://example.com/", "ftp://h/a%0d%0aDELE%20b"])
def test_no_file_name_says_that_nothing_is_sent(stage: Stage, url: str) -> None:
    """A place that no file can go to is found out at once (5.9)."""
    assert stage.reply("GetDiagnostics", location=url) == {}


@pytest.mark.parametrize("kind", [("SecurityLog", SEC), ("DiagnosticsLog", D)])
def test_a_log_is_sent_with_its_number(stage: Stage, kind: tuple[str, LogKind]) -> None:
    """The answer names the file, and whether another upload was given up for it (N01)."""
    wish = stage.wish("GetLog", **log(kind[0], oldestTimestamp=NOON, latestTimestamp=NOON))

    assert wish.requests == (UploadLog(kind[1], URL, 7, oldest_at=AT, newest_at=AT),)
    assert settled(wish, Begun("a.log")) == {"status": "Accepted", "filename": "a.log"}
    assert settled(wish, Begun("a.log", replaced=True)) == {
        "status": "AcceptedCanceled",
        "filename": "a.log",
    }
    assert settled(wish, REFUSED) == {"status": "Rejected"}


def test_a_log_for_nowhere_is_rejected(stage: Stage) -> None:
    """Without a file name, for none will come."""
    answer = stage.reply("GetLog", **log(remoteLocation="gopher://example.com/"))

    assert answer == {"status": "Rejected"}


@pytest.mark.parametrize("action", ["GetDiagnostics", "GetLog"])
def test_a_time_that_is_none_is_an_error(stage: Stage, action: str) -> None:
    """The answers have no word for it."""
    fields = (
        {"location": URL, "startTime": "x"}
        if action == "GetDiagnostics"
        else log(oldestTimestamp="x")
    )
    with pytest.raises(Refusal) as refused:
        stage.hear(action, **fields)

    assert refused.value.code == "PropertyConstraintViolation"


@pytest.mark.parametrize(
    ("status", "word"),
    [
        (U.UPLOADING, "Uploading"),
        (U.UPLOADED, "Uploaded"),
        (U.FAILED, "UploadFailed"),
        (U.DENIED, "UploadFailed"),
        (U.BAD_MESSAGE, "UploadFailed"),
        (U.NOT_SUPPORTED, "UploadFailed"),
    ],
)
def test_without_a_number_four_words_are_enough(
    stage: Stage, status: UploadStatus, word: str
) -> None:
    """1.6 itself does not say why (4.4)."""
    assert stage.tell(UploadStatusChanged(D, status, None)) == [
        ("DiagnosticsStatusNotification", {"status": word})
    ]


@pytest.mark.parametrize("status", [s for s in U if s is not U.CANCELED])
def test_with_a_number_every_word_is_told(stage: Stage, status: UploadStatus) -> None:
    """The white paper says why, and which request it was."""
    assert stage.tell(UploadStatusChanged(SEC, status, 7)) == [
        ("LogStatusNotification", {"status": status.value, "requestId": 7})
    ]


@pytest.mark.parametrize("number", [None, 7])
def test_an_upload_that_was_given_up_is_not_told(stage: Stage, number: int | None) -> None:
    """The answer to the later request has said so, and 1.6 has no word for it."""
    assert stage.tell(UploadStatusChanged(D, U.CANCELED, number)) == []


@pytest.mark.parametrize("number", [None, 7])
def test_the_station_hears_that_the_csms_knows(stage: Stage, number: int | None) -> None:
    """So that it need not tell it again."""
    notice = UploadStatusChanged(D, U.UPLOADED, number)
    [call] = stage.dialect.tables.tells[UploadStatusChanged](notice, stage.scene)

    assert stage.absorb(call).events == (UploadStatusTold(D, U.UPLOADED, number),)
    assert stage.absorb(Call(call.action, call.payload)).events == ()


UNDER_WAY = [UploadView(D, None, "a.zip"), UploadView(D, 7, "a.zip"), UploadView(SEC, 8, "a.log")]


@pytest.mark.parametrize(
    ("uploads", "plain", "numbered"),
    [
        ((), {"status": "Idle"}, {"status": "Idle"}),
        (UNDER_WAY[:1], {"status": "Uploading"}, {"status": "Idle"}),
        (UNDER_WAY[1:2], {"status": "Idle"}, {"status": "Uploading", "requestId": 7}),
        (UNDER_WAY[2:], {"status": "Idle"}, {"status": "Uploading", "requestId": 8}),
        (UNDER_WAY[1:], {"status": "Idle"}, {"status": "Uploading", "requestId": 8}),
    ],
)
def test_triggers_tell_what_is_under_way(
    stage: Stage, uploads: list[UploadView], plain: dict[str, Any], numbered: dict[str, Any]
) -> None:
    """Idle is told when asked for only, and has no number (5.17, F06)."""
    stage.desk.shown = replace(stage.desk.shown, uploads=tuple(uploads))
    for action, message, payload in (
        ("TriggerMessage", "DiagnosticsStatusNotification", plain),
        ("ExtendedTriggerMessage", "LogStatusNotification", numbered),
    ):
        reply = replied(stage.hear(action, requestedMessage=message, connectorId=1))
        [call] = reply.then
        assert isinstance(call, Call)
        assert said(reply.payload) == {"status": "Accepted"}
        assert (call.action, said(call.payload)) == (message, payload)


def test_all_schemes_are_told(stage: Stage) -> None:
    """The key is read only (white paper)."""
    answer = stage.reply("GetConfiguration", key=["SupportedFileTransferProtocols"])

    [entry] = answer["configurationKey"]
    assert (entry["value"], entry["readonly"]) == ("FTP,FTPS,HTTP,HTTPS", True)
