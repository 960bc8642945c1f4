"""How the station's logs leave it, and what the CSMS hears of it."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

import pytest

from tests.conformance.v201.stage import ACCEPTED, Stage
from tests.conformance.v201.table import case
from tests.support.file_server import FileServer
from tests.support.sought import either, said

LOG = "LogStatusNotification"
NUMBER = 7
FAILURES = either("UploadFailure", "BadMessage", "PermissionDenied", "NotSupportedOperation")


async def send(
    stage: Stage,
    files: FileServer,
    kind: str = "DiagnosticsLog",
    number: int = NUMBER,
    path: str = "/logs/",
    span: dict[str, str] | None = None,
    **more: object,
) -> dict[str, Any]:
    """Ask for a log, and return the answer."""
    return await stage.csms.call(
        "GetLog",
        logType=kind,
        requestId=number,
        log={"remoteLocation": f"{files.url}{path}"} | (span or {}),
        **more,
    )


def told(stage: Stage) -> list[tuple[str, int]]:
    """Return every status that was told, with its number."""
    return [(heard["status"], heard["requestId"]) for heard in stage.csms.all(said(LOG))]


@case("TC_N_25_CS")
@case("TC_N_35_CS")
@pytest.mark.parametrize("kind", ["DiagnosticsLog", "SecurityLog"])
async def test_tc_n_25_35_uploaded(stage: Stage, files: FileServer, kind: str) -> None:
    """The file that was named is at the server when its upload was told."""
    await stage.boot()
    span = {
        "oldestTimestamp": stage.csms.instant(-3600),
        "latestTimestamp": stage.csms.instant(3600),
    }
    answer = await send(stage, files, kind, span=span)
    await stage.csms.skip_to(said(LOG, status="Uploaded"))

    assert answer == ACCEPTED | {"filename": answer["filename"]}
    assert answer["filename"]
    assert told(stage) == [("Uploading", NUMBER), ("Uploaded", NUMBER)]
    sent = files.files[f"/logs/{answer['filename']}"]
    if kind == "SecurityLog":
        assert b":StartupOfTheDevice:" in sent
    else:
        assert "laadpaal.log" in zipfile.ZipFile(BytesIO(sent)).namelist()


@case("TC_N_26_CS")
async def test_tc_n_26_upload_failed(stage: Stage, files: FileServer) -> None:
    """A server that takes no file is tried once and three times more; begin and end are told."""
    files.closed = True
    await stage.boot()
    asked_at = stage.clock.now().mono
    answer = await send(stage, files, path="/nowhere/", retries=3, retryInterval=10)
    end = await stage.csms.skip_to(said(LOG, status=FAILURES), 600)
    await stage.csms.silence(60)

    assert answer["status"] == "Accepted"
    assert told(stage) == [("Uploading", NUMBER), ("PermissionDenied", NUMBER)]
    assert len(files.given) == 4
    assert end.at >= asked_at + 30


@case("TC_N_34_CS")
@pytest.mark.parametrize("kind", ["DiagnosticsLog", "SecurityLog"])
async def test_tc_n_34_no_log(stage: Stage, files: FileServer, kind: str) -> None:
    """Of a time of which there is no log none is sent."""
    await stage.boot()
    span = {"oldestTimestamp": stage.csms.instant(86_400)}
    answer = await send(stage, files, kind, span=span)
    await stage.csms.silence(60)

    assert answer["status"] == "Rejected"
    assert "filename" not in answer
    assert files.files == {}


@case("TC_N_36_CS")
async def test_tc_n_36_second_request(stage: Stage, files: FileServer) -> None:
    """A second log takes the place of one that is on its way, and both hear of it."""
    files.answering.clear()
    await stage.boot()
    first = await send(stage, files)
    await stage.csms.expect(said(LOG, status="Uploading", requestId=NUMBER))
    await files.visited.wait()
    second = await send(stage, files, number=NUMBER + 1)
    files.answering.set()
    await stage.csms.skip_to(said(LOG, status="Uploaded"))

    assert first["status"] == "Accepted"
    assert second == {"status": "AcceptedCanceled", "filename": second["filename"]}
    assert told(stage) == [
        ("Uploading", NUMBER),
        ("AcceptedCanceled", NUMBER),
        ("Uploading", NUMBER + 1),
        ("Uploaded", NUMBER + 1),
    ]
    assert f"/logs/{second['filename']}" in files.files


@case("TC_F_15_CS")
async def test_tc_f_15_idle(stage: Stage) -> None:
    """Without an upload the status is Idle, which has no number."""
    await stage.boot()
    answer = await stage.csms.call("TriggerMessage", requestedMessage=LOG)
    heard = await stage.csms.expect(said(LOG))

    assert answer == ACCEPTED
    assert heard.fields == {"status": "Idle"}


@case("TC_F_16_CS")
async def test_tc_f_16_uploading(stage: Stage, files: FileServer) -> None:
    """The status of a log that is on its way is told again, with its number."""
    files.answering.clear()
    await stage.boot()
    await send(stage, files)
    await stage.csms.expect(said(LOG, status="Uploading"))
    answer = await stage.csms.call("TriggerMessage", requestedMessage=LOG)
    heard = await stage.csms.expect(said(LOG))
    files.answering.set()
    await stage.csms.expect(said(LOG, status="Uploaded"))

    assert answer == ACCEPTED
    assert heard.fields == {"status": "Uploading", "requestId": NUMBER}
