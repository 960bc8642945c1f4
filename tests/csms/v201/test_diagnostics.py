"""Logs: sent with their number, refused where there are none, and told to the end."""

from __future__ import annotations

from typing import Any

import pytest

from laadpaal.csms.dialect import Call, Refusal, Reply
from laadpaal.station.answers import Begun, Reason, Refused
from laadpaal.station.carriage import LogKind, Retrying, UploadStatus
from laadpaal.station.events import UploadStatusTold
from laadpaal.station.notices import UploadStatusChanged
from laadpaal.station.requests import UploadLog
from laadpaal.station.view import UploadView
from tests.csms.v201.scene import AT, AT_TEXT, World, shown

D, SEC = LogKind.DIAGNOSTICS, LogKind.SECURITY
U = UploadStatus
URL = "ftp://anna:secret@example.com/logs/"
LATER, EARLIER = "2023-11-14T22:13:21Z", "2023-11-14T22:13:19Z"


def log(kind: str = "SecurityLog", **more: str) -> dict[str, Any]:
    """Return the fields of GetLog that it cannot do without."""
    return {"logType": kind, "requestId": 7, "log": {"remoteLocation": URL} | more}


@pytest.mark.parametrize("kind", [("SecurityLog", SEC), ("DiagnosticsLog", D)])
def test_a_log_is_sent_with_its_number(world: World, kind: tuple[str, LogKind]) -> None:
    """Retries, interval and span of time are handed on (N01)."""
    asked = log(kind[0], oldestTimestamp=AT_TEXT, latestTimestamp=AT_TEXT)
    wishes = world.wished("GetLog", **asked, retries=3, retryInterval=5)

    assert wishes == (UploadLog(kind[1], URL, 7, Retrying(3, 5), AT, AT),)


@pytest.mark.parametrize(
    ("answer", "reply"),
    [
        (Begun("a.log"), {"status": "Accepted", "filename": "a.log"}),
        (Begun("a.log", replaced=True), {"status": "AcceptedCanceled", "filename": "a.log"}),
        (
            Refused(Reason.UNAVAILABLE, "a restart is under way"),
            {
                "status": "Rejected",
                "statusInfo": {
                    "reasonCode": "NotEnabled",
                    "additionalInfo": "a restart is under way",
                },
            },
        ),
    ],
)
def test_the_answer_names_the_file(
    world: World, answer: Begun | Refused, reply: dict[str, Any]
) -> None:
    """And tells whether another upload was given up for it (N01)."""
    assert world.answered("GetLog", answer, **log()) == reply


def rejected(reason: str) -> dict[str, Any]:
    """Return a refusal, which has no file name: none will come."""
    return {"status": "Rejected", "statusInfo": {"reasonCode": reason}}


def test_a_log_for_nowhere_is_rejected(world: World) -> None:
    """A place that no file can go to is found out at once."""
    answer = world.replied("GetLog", **log(remoteLocation="gopher://example.com/"))

    assert answer == rejected("InvalidURL")


@pytest.mark.parametrize(
    ("kind", "span"),
    [
        ("SecurityLog", {"oldestTimestamp": LATER}),
        ("SecurityLog", {"latestTimestamp": EARLIER}),
        ("DiagnosticsLog", {"oldestTimestamp": LATER}),
        ("DiagnosticsLog", {"oldestTimestamp": AT_TEXT, "latestTimestamp": EARLIER}),
    ],
)
def test_a_log_of_which_there_is_nothing_is_rejected(
    world: World, kind: str, span: dict[str, str]
) -> None:
    """No empty file is sent (N01)."""
    assert world.replied("GetLog", **log(kind, **span)) == rejected("NotFound")


@pytest.mark.parametrize("span", [{}, {"latestTimestamp": LATER}, {"oldestTimestamp": EARLIER}])
def test_diagnostics_reach_up_to_the_present(world: World, span: dict[str, str]) -> None:
    """There is always something to tell of now."""
    assert len(world.wished("GetLog", **log("DiagnosticsLog", **span))) == 1


def test_a_time_that_is_none_is_an_error(world: World) -> None:
    """The answer has no word for it."""
    with pytest.raises(Refusal) as refused:
        world.hear("GetLog", **log(oldestTimestamp="x"))

    assert refused.value.code == "PropertyConstraintViolation"


@pytest.mark.parametrize("status", U)
def test_every_status_is_told_with_its_number(world: World, status: UploadStatus) -> None:
    """Also of an upload that was given up for a later one (N01)."""
    assert world.tell(UploadStatusChanged(SEC, status, 7)) == [
        ("LogStatusNotification", {"status": status.value, "requestId": 7})
    ]


def test_the_station_hears_that_the_csms_knows(world: World) -> None:
    """So that it need not tell it again; what the CSMS had only asked for is no news."""
    notice, action = UploadStatusChanged(D, U.UPLOADED, 7), "LogStatusNotification"

    absorbed = world.absorb(notice, action, {})
    assert absorbed.events == (UploadStatusTold(D, U.UPLOADED, 7),)
    assert world.absorb(None, action, {}).events == ()


@pytest.mark.parametrize(
    ("uploads", "told"),
    [
        ((), {"status": "Idle"}),
        ((UploadView(D, 7, "a.zip"),), {"status": "Uploading", "requestId": 7}),
        (
            (UploadView(D, 7, "a.zip"), UploadView(SEC, 8, "a.log")),
            {"status": "Uploading", "requestId": 8},
        ),
    ],
)
def test_a_trigger_tells_what_is_under_way(
    world: World, uploads: tuple[UploadView, ...], told: dict[str, Any]
) -> None:
    """Idle is told when asked for only, and has no number (F06)."""
    world.see(uploads=uploads)
    reply = world.hear("TriggerMessage", requestedMessage="LogStatusNotification")
    assert isinstance(reply, Reply)
    [call] = reply.then
    assert isinstance(call, Call)

    assert shown(call) == ("LogStatusNotification", told)


def test_all_schemes_are_told(world: World) -> None:
    """The CSMS can read where files may come from and go to (B06)."""
    name = {
        "component": {"name": "OCPPCommCtrlr"},
        "variable": {"name": "FileTransferProtocols"},
    }
    answer = world.replied("GetVariables", getVariableData=[name])

    [result] = answer["getVariableResult"]
    assert result["attributeValue"] == "FTP,FTPS,HTTP,HTTPS"
