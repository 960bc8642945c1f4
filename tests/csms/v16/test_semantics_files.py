"""Payloads about logs and firmware that make no sense (S12)."""

from __future__ import annotations

from tests.csms.played import Answer, Row, Where, idle, moved, table, unmoved
from tests.csms.v16.played import FORM, MISSING, REJECTED, TYPE, VALUE, play
from tests.csms.v16.stage import NOON, Json

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
ASKED: Json = {
    "location": URL,
    "retrieveDateTime": NOON,
    "signingCertificate": "pem",
    "signature": "x",
}


def _diagnostics(answer: Answer, **more: object) -> Row:
    return "GetDiagnostics", {"location": URL} | more, answer, idle


def _log(answer: Answer, log: Json | None = None, **more: object) -> Row:
    fields = {"remoteLocation": URL} | (log or {})
    payload = {"logType": "SecurityLog", "requestId": 7, "log": fields} | more
    return "GetLog", payload, answer, idle


def _update(answer: Answer, **more: object) -> Row:
    return "UpdateFirmware", {"location": URL, "retrieveDate": NOON} | more, answer, idle


def _signed(answer: Answer, firmware: Json | None = None, **more: object) -> Row:
    payload = {"requestId": 7, "firmware": ASKED | (firmware or {})} | more
    return "SignedUpdateFirmware", payload, answer, idle


FILES: list[Row] = [
    # GetDiagnostics
    ("GetDiagnostics", {}, MISSING, idle),
    _diagnostics(TYPE, location=1),
    _diagnostics(TYPE, retries="1"),
    _diagnostics(FORM, logType="SecurityLog"),
    *(_diagnostics({}, location=url) for url in NO_PLACES),
    *(_diagnostics(VALUE, startTime=text) for text in NO_TIMES),
    # GetLog
    ("GetLog", {}, MISSING, idle),
    _log(VALUE, logType="AccessLog"),
    _log(VALUE, {"remoteLocation": "ftp://h/" + "x" * 512}),
    _log(TYPE, requestId="7"),
    *(_log(REJECTED, {"remoteLocation": url}) for url in NO_PLACES),
    *(_log(VALUE, {"oldestTimestamp": text}) for text in NO_TIMES),
    # UpdateFirmware
    ("UpdateFirmware", {"location": URL}, MISSING, idle),
    _update(TYPE, retrieveDate=0),
    *(_update(VALUE, location=url) for url in NO_PLACES),
    *(_update(VALUE, retrieveDate=text) for text in NO_TIMES),
    # SignedUpdateFirmware
    ("SignedUpdateFirmware", {"requestId": 7}, MISSING, idle),
    _signed(VALUE, {"signature": "x" * 801}),
    _signed(VALUE, {"signingCertificate": "x" * 5501}),
    *(_signed(REJECTED, {"location": url}) for url in NO_PLACES),
    *(_signed(VALUE, {"retrieveDateTime": text}) for text in NO_TIMES),
    *(_signed(VALUE, {"installDateTime": text}) for text in NO_TIMES),
]
SENSIBLE: list[Row] = [
    _update({}),
    _update({}, retries=-(10**30), retryInterval=10**30),
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
