"""Logs for the CSMS: asked for in the words of 1.6 or of the security white paper, and told."""

from __future__ import annotations

from msgspec import UNSET

from laadpaal.csms import transfer
from laadpaal.csms.dialect import Absorbed, Call, Calls, Reply, Scene, Wish
from laadpaal.csms.optional import instant
from laadpaal.protocols.ocpp import v16
from laadpaal.protocols.ocpp.message import Message
from laadpaal.station.answers import Answer, Begun
from laadpaal.station.carriage import LogKind, UploadStatus
from laadpaal.station.events import UploadStatusTold
from laadpaal.station.notices import UploadStatusChanged
from laadpaal.station.requests import UploadLog
from laadpaal.station.view import UploadView

_KINDS = {v16.Log.DiagnosticsLog: LogKind.DIAGNOSTICS, v16.Log.SecurityLog: LogKind.SECURITY}
_PLAIN = {
    UploadStatus.UPLOADING: v16.DiagnosticsStatus.Uploading,
    UploadStatus.UPLOADED: v16.DiagnosticsStatus.Uploaded,
}
"""All the others are UploadFailed."""


def get(call: v16.GetDiagnostics, scene: Scene) -> Reply | Wish:  # noqa: ARG001  a hearer
    """Send the diagnostics; no file name says that nothing will be sent (5.9)."""
    if not transfer.usable(call.location):
        return Reply(v16.GetDiagnosticsResponse())
    wish = UploadLog(
        LogKind.DIAGNOSTICS,
        call.location,
        retrying=transfer.retrying(call.retries, call.retryInterval),
        oldest_at=instant(call.startTime),
        newest_at=instant(call.stopTime),
    )
    return Wish((wish,), _diagnosed)


def _diagnosed(answers: tuple[Answer, ...]) -> Reply:
    begun = answers[0]
    name = begun.file_name if isinstance(begun, Begun) else UNSET
    return Reply(v16.GetDiagnosticsResponse(fileName=name))


def get_log(call: v16.GetLog, scene: Scene) -> Reply | Wish:  # noqa: ARG001  a hearer
    """Send a log (white paper N01)."""
    if not transfer.usable(call.log.remoteLocation):
        return Reply(v16.GetLogResponse(status=v16.LogStatus.Rejected))
    wish = UploadLog(
        _KINDS[call.logType],
        call.log.remoteLocation,
        call.requestId,
        transfer.retrying(call.retries, call.retryInterval),
        instant(call.log.oldestTimestamp),
        instant(call.log.latestTimestamp),
    )
    return Wish((wish,), _logged)


def _logged(answers: tuple[Answer, ...]) -> Reply:
    begun = answers[0]
    if not isinstance(begun, Begun):
        return Reply(v16.GetLogResponse(status=v16.LogStatus.Rejected))
    word = v16.LogStatus.AcceptedCanceled if begun.replaced else v16.LogStatus.Accepted
    return Reply(v16.GetLogResponse(status=word, filename=begun.file_name))


def status(notice: UploadStatusChanged, scene: Scene) -> Calls:  # noqa: ARG001  a teller
    """Tell how an upload stands; without a number it was asked for by GetDiagnostics."""
    if notice.status is UploadStatus.CANCELED:
        return ()  # the answer to the later call has told it, and there is no word for it here
    if notice.id is None:
        word = _PLAIN.get(notice.status, v16.DiagnosticsStatus.UploadFailed)
        plain = v16.DiagnosticsStatusNotification(status=word)
        return (Call("DiagnosticsStatusNotification", plain, notice),)
    numbered = v16.LogStatusNotification(
        status=v16.UploadLogStatus(notice.status.value), requestId=notice.id
    )
    return (Call("LogStatusNotification", numbered, notice),)


def told(call: Call, answer: Message, scene: Scene) -> Absorbed:  # noqa: ARG001  an absorber
    """Take note that the CSMS knows; what it had only asked for again is no news."""
    if not isinstance(call.about, UploadStatusChanged):
        return Absorbed()
    notice = call.about
    return Absorbed((UploadStatusTold(notice.kind, notice.status, notice.id),))


def state(scene: Scene) -> Call:
    """Return what TriggerMessage asks for: Idle unless diagnostics are on their way (5.17)."""
    busy = any(view.kind is LogKind.DIAGNOSTICS and view.id is None for view in _uploads(scene))
    word = v16.DiagnosticsStatus.Uploading if busy else v16.DiagnosticsStatus.Idle
    return Call("DiagnosticsStatusNotification", v16.DiagnosticsStatusNotification(status=word))


def log_state(scene: Scene) -> Call:
    """Return what ExtendedTriggerMessage asks for: with a number unless Idle (white paper F06)."""
    numbers = [view.id for view in _uploads(scene) if view.id is not None]
    idle = v16.LogStatusNotification(status=v16.UploadLogStatus.Idle)
    busy = v16.LogStatusNotification(
        status=v16.UploadLogStatus.Uploading, requestId=numbers[-1] if numbers else UNSET
    )
    return Call("LogStatusNotification", busy if numbers else idle)


def _uploads(scene: Scene) -> tuple[UploadView, ...]:
    return scene.desk.view().uploads
