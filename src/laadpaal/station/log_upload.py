"""Logs on their way to a URL: one of each kind at a time, tried again, and told."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from laadpaal.station.actions import CancelUpload, UploadFile
from laadpaal.station.agenda import Due, Timer
from laadpaal.station.answers import Answer, Begun, Reason, Refused
from laadpaal.station.carriage import LogKind, UploadStatus
from laadpaal.station.facts import Facts
from laadpaal.station.notices import UploadStatusChanged
from laadpaal.station.requests import UploadLog
from laadpaal.station.view import UploadView

_RETRIES = {LogKind.DIAGNOSTICS: Due.DIAGNOSTICS, LogKind.SECURITY: Due.SECURITY_LOG}
_ENDINGS = {LogKind.DIAGNOSTICS: "zip", LogKind.SECURITY: "log"}


@dataclass(frozen=True, slots=True)
class _Upload:
    """One upload; `job` numbers the attempt that is under way."""

    wish: UploadLog
    file_name: str
    job: int
    status: UploadStatus = UploadStatus.UPLOADING
    failures: int = 0


class LogUploads:
    """Owns the upload of each kind until the CSMS knows how it ended; a restart ends them all."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._jobs = 0
        self._uploads: dict[LogKind, _Upload] = {}

    def view(self) -> tuple[UploadView, ...]:
        """Return what is under way."""
        return tuple(
            UploadView(kind, upload.wish.id, upload.file_name)
            for kind, upload in self._uploads.items()
            if upload.status is UploadStatus.UPLOADING
        )

    @property
    def busy(self) -> bool:
        """Whether any log is on its way."""
        return any(self._under_way(kind) for kind in self._uploads)

    def ask(self, wish: UploadLog) -> Answer:
        """Begin an upload, in place of one of its kind that is under way."""
        if self._facts.restarting:
            return Refused(Reason.UNAVAILABLE, "a restart is under way")
        earlier = self._under_way(wish.kind)
        if earlier:
            self._facts.step.actions.append(CancelUpload(wish.kind))
            self._end(wish.kind, earlier, UploadStatus.CANCELED)
        self._uploads[wish.kind] = upload = _Upload(wish, self._name(wish.kind), 0)
        self._attempt(wish.kind, upload)
        self._tell(wish.kind)
        return Begun(upload.file_name, replaced=earlier is not None)

    def _name(self, kind: LogKind) -> str:
        serial = re.sub(r"[^A-Za-z0-9_-]", "_", self._facts.layout.serial)
        at = datetime.fromtimestamp(int(self._facts.now.utc), UTC)
        return f"{serial}-{kind.value}-{at:%Y%m%dT%H%M%SZ}.{_ENDINGS[kind]}"

    def done(self, job: int) -> None:
        """Have the file at the other end."""
        for kind, upload in self._believed(job):
            self._end(kind, upload, UploadStatus.UPLOADED)

    def failed(self, job: int, status: UploadStatus) -> None:
        """Try again later, or tell why it failed; retries come after the first attempt."""
        for kind, upload in self._believed(job):
            failures, retrying = upload.failures + 1, upload.wish.retrying
            if failures > retrying.times:
                self._end(kind, upload, status)
                continue
            self._uploads[kind] = replace(upload, failures=failures, job=0)
            at = self._facts.now.mono + retrying.wait_s
            self._facts.agenda.set(Timer(_RETRIES[kind]), at)

    def retry_due(self, kind: LogKind) -> None:
        """Try once more."""
        self._attempt(kind, self._uploads[kind])

    def told(self, kind: LogKind, status: UploadStatus, id_: int | None) -> None:
        """Take note that the CSMS has answered to a status; then the last one can be forgotten."""
        upload = self._uploads.get(kind)
        over = upload is not None and upload.status is not UploadStatus.UPLOADING
        if upload and over and (status, id_) == (upload.status, upload.wish.id):
            del self._uploads[kind]

    def online(self) -> None:
        """Tell the status of each that the CSMS may not know."""
        for kind in self._uploads:
            self._tell(kind)

    def settle(self) -> None:
        """Let uploads end with the life that they began in."""
        for kind in _RETRIES:
            upload = self._under_way(kind)
            if upload and self._facts.restarting:
                self._end(kind, upload, UploadStatus.FAILED)

    def _under_way(self, kind: LogKind) -> _Upload | None:
        upload = self._uploads.get(kind)
        return upload if upload and upload.status is UploadStatus.UPLOADING else None

    def _believed(self, job: int) -> list[tuple[LogKind, _Upload]]:
        """Return the upload whose attempt that is; none of one that was given up."""
        return [(kind, upload) for kind, upload in self._uploads.items() if upload.job == job > 0]

    def _attempt(self, kind: LogKind, upload: _Upload) -> None:
        self._jobs += 1
        self._uploads[kind] = replace(upload, job=self._jobs)
        wish = upload.wish
        self._facts.step.actions.append(
            UploadFile(
                self._jobs, kind, wish.location, upload.file_name, wish.oldest_at, wish.newest_at
            )
        )

    def _end(self, kind: LogKind, upload: _Upload, status: UploadStatus) -> None:
        self._facts.agenda.cancel(Timer(_RETRIES[kind]))
        self._uploads[kind] = replace(upload, status=status, job=0)
        self._tell(kind)

    def _tell(self, kind: LogKind) -> None:
        upload = self._uploads[kind]
        self._facts.tell(UploadStatusChanged(kind, upload.status, upload.wish.id))
