"""Logs for the CSMS: asked for, answered with the name of the file, and told (N01)."""

from __future__ import annotations

import math

from msgspec import UNSET

from laadpaal.csms import transfer
from laadpaal.csms.dialect import Absorbed, Call, Calls, Reply, Scene, Wish
from laadpaal.csms.optional import instant
from laadpaal.csms.v201.refusals import status_info, why
from laadpaal.protocols.ocpp import v201
from laadpaal.protocols.ocpp.message import Message
from laadpaal.station.answers import Answer, Begun
from laadpaal.station.carriage import LogKind, UploadStatus
from laadpaal.station.events import UploadStatusTold
from laadpaal.station.notices import UploadStatusChanged
from laadpaal.station.requests import UploadLog

_KINDS = {v201.Log.DiagnosticsLog: LogKind.DIAGNOSTICS, v201.Log.SecurityLog: LogKind.SECURITY}
_STATUS = v201.LogStatus


def get_log(call: v201.GetLog, scene: Scene) -> Reply | Wish:
    """Send a log, if there is any of the time that is wanted."""
    if not transfer.usable(call.log.remoteLocation):
        return _rejected("InvalidURL")
    wish = UploadLog(
        _KINDS[call.logType],
        call.log.remoteLocation,
        call.requestId,
        transfer.retrying(call.retries, call.retryInterval),
        instant(call.log.oldestTimestamp),
        instant(call.log.latestTimestamp),
    )
    if not _holds(wish, scene):
        return _rejected("NotFound")
    return Wish((wish,), _begun)


def _rejected(reason: str) -> Reply:
    return Reply(v201.GetLogResponse(status=_STATUS.Rejected, statusInfo=status_info(reason)))


def _holds(wish: UploadLog, scene: Scene) -> bool:
    """Tell whether the log has anything of that time; diagnostics have up to the present."""
    if wish.kind is LogKind.SECURITY:
        return bool(scene.journal.security_log(wish.oldest_at, wish.newest_at))
    now, newest_at = scene.utc(), wish.newest_at
    ends = min(math.inf if it is None else it for it in (now, newest_at))
    return wish.oldest_at is None or wish.oldest_at <= ends


def _begun(answers: tuple[Answer, ...]) -> Reply:
    (answer,) = answers
    if not isinstance(answer, Begun):
        return Reply(v201.GetLogResponse(status=_STATUS.Rejected, statusInfo=why(answer)))
    word = _STATUS.AcceptedCanceled if answer.replaced else _STATUS.Accepted
    return Reply(v201.GetLogResponse(status=word, filename=answer.file_name))


def status(notice: UploadStatusChanged, scene: Scene) -> Calls:  # noqa: ARG001  the shape of a teller
    """Tell how an upload stands, also of one that was given up for a later one."""
    return (_call(v201.UploadLogStatus(notice.status.value), notice.id, notice),)


def _call(
    word: v201.UploadLogStatus, id_: int | None, about: UploadStatusChanged | None = None
) -> Call:
    payload = v201.LogStatusNotification(status=word, requestId=UNSET if id_ is None else id_)
    return Call("LogStatusNotification", payload, about)


def told(call: Call, answer: Message, scene: Scene) -> Absorbed:  # noqa: ARG001  the shape of an absorber
    """Take note that the CSMS knows; what it had only asked for again is no news."""
    if not isinstance(call.about, UploadStatusChanged):
        return Absorbed()
    notice = call.about
    return Absorbed((UploadStatusTold(notice.kind, notice.status, notice.id),))


def state(scene: Scene) -> Call:
    """Return what a trigger asks for: the upload that began last, or Idle (F06)."""
    uploads = scene.desk.view().uploads
    if not uploads:
        return _call(v201.UploadLogStatus.Idle, None)
    return _call(v201.UploadLogStatus(UploadStatus.UPLOADING.value), uploads[-1].id)
