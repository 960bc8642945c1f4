"""Payloads about firmware and logs that make no sense, and some that do (S12)."""

from __future__ import annotations

from typing import Any

from laadpaal.properties.firmware import UNSIGNED_ALLOWED
from laadpaal.station import requests as r
from laadpaal.station.carriage import FirmwareOrder, LogKind
from laadpaal.station.words import ResetKind
from tests.csms.played import Answer, Row, Where, idle, moved, table, unmoved
from tests.csms.v16.stage import NOON
from tests.csms.v201.test_semantics import ACCEPTED, COUNT, FIELD, TYPE, VALUE, no, play
from tests.support.world import World

URL = "ftp://anna:secret@example.com/logs/"
NO_PLACES = (
    "",
    "example.com",
    "file:///etc/passwd",
    "sftp://h/",
    "ftp://h/a%0d%0ab",
    "http://h:0/",
)
NO_TIMES = ("", "now", "2023-13-01T00:00:00Z", "1700049600")
TOMORROW, YESTERDAY = "2023-11-16T12:00:00Z", "2023-11-14T12:00:00Z"
PLAIN = {"location": URL, "retrieveDateTime": NOON}
SIGNED = PLAIN | {"signingCertificate": "pem", "signature": "x"}
NAMED = ACCEPTED | {"filename": "LP000001-diagnostics-20231115T120000Z.zip"}


def lenient(world: World) -> None:
    """Let the installer have allowed firmware without a signature."""
    world.put(UNSIGNED_ALLOWED, to=True)


def fetching(world: World) -> None:
    """Fetch firmware, which may come without a signature."""
    lenient(world)
    world.ask(r.UpdateFirmware(FirmwareOrder(URL, 0.0, id=6)))


def sending(world: World) -> None:
    """Send diagnostics already."""
    world.ask(r.UploadLog(LogKind.DIAGNOSTICS, URL, 6))


def resetting(world: World) -> None:
    """Be about to start anew, and take firmware without a signature."""
    lenient(world)
    world.ask(r.Reset(ResetKind.HARD))


def _log(
    answer: Answer, log: dict[str, Any] | None = None, where: Where = idle, **more: object
) -> Row:
    fields = {"remoteLocation": URL} | (log or {})
    payload = {"logType": "DiagnosticsLog", "requestId": 7, "log": fields} | more
    return "GetLog", payload, answer, where


def _update(answer: Answer, firmware: object, where: Where = idle, **more: object) -> Row:
    return "UpdateFirmware", {"requestId": 7, "firmware": firmware} | more, answer, where


FILES: list[Row] = [
    # GetLog
    ("GetLog", {}, COUNT, idle),
    _log(VALUE, logType="AccessLog"),
    _log(VALUE, {"remoteLocation": "ftp://h/" + "x" * 512}),
    _log(TYPE, requestId="7"),
    _log(FIELD, startTime=NOON),
    *(_log(no("InvalidURL"), {"remoteLocation": url}) for url in NO_PLACES),
    *(_log(VALUE, {"oldestTimestamp": text}) for text in NO_TIMES),
    *(_log(VALUE, {"latestTimestamp": text}) for text in NO_TIMES),
    _log(no("NotFound"), {"oldestTimestamp": TOMORROW}),
    _log(no("NotFound"), {"oldestTimestamp": NOON, "latestTimestamp": YESTERDAY}),
    _log(no("NotFound"), {"latestTimestamp": YESTERDAY}, logType="SecurityLog"),
    _log(no("NotEnabled"), where=resetting),
    # UpdateFirmware
    ("UpdateFirmware", {"requestId": 7}, COUNT, idle),
    _update(COUNT, {"location": URL}),
    _update(TYPE, PLAIN | {"retrieveDateTime": 0}),
    _update(VALUE, SIGNED | {"signature": "x" * 801}),
    _update(VALUE, SIGNED | {"signingCertificate": "x" * 5501}),
    _update(TYPE, SIGNED, requestId="7"),
    *(_update(no("InvalidURL"), SIGNED | {"location": url}) for url in NO_PLACES),
    *(_update(VALUE, SIGNED | {"retrieveDateTime": text}) for text in NO_TIMES),
    *(_update(VALUE, SIGNED | {"installDateTime": text}) for text in NO_TIMES),
    _update(no("MissingParam"), PLAIN | {"signature": "x"}),
    _update(no("MissingParam"), PLAIN | {"signingCertificate": "pem"}),
    _update(no("UnsupportedRequest"), PLAIN),
    _update(no("NotEnabled"), PLAIN, resetting),
    # L03 and L04 are for local controllers.
    ("PublishFirmware", {"location": URL, "checksum": "0", "requestId": 7}, "NotSupported", idle),
    ("UnpublishFirmware", {"checksum": "0"}, "NotSupported", idle),
]
SENSIBLE: list[Row] = [
    _log(NAMED),
    _log(NAMED | {"status": "AcceptedCanceled"}, where=sending),
    _log(NAMED, retries=-(10**30), retryInterval=10**30),
    _update(ACCEPTED, PLAIN, lenient),
    _update({"status": "AcceptedCanceled"}, PLAIN, fetching),
    # Whoever guards the station hears of it.
    _update({"status": "InvalidCertificate", "statusInfo": "InvalidCertificate"}, SIGNED),
]


@table(FILES)
async def test_senseless(action: str, payload: object, answer: Answer, where: Where) -> None:
    """Nothing is fetched, and nothing is sent."""
    assert await play(where, action, payload) == unmoved(answer)


@table(SENSIBLE)
async def test_what_makes_sense_does_leave_something(
    action: str, payload: object, answer: Answer, where: Where
) -> None:
    """The table would not notice if nothing ever did; absurd numbers have sensible bounds."""
    assert await play(where, action, payload) == moved(answer)
