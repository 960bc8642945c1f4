"""One firmware update at a time: fetched, checked, installed when nobody charges, and told."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from laadpaal.properties.comms import SECURITY_PROFILE
from laadpaal.properties.firmware import NEW_SESSIONS, UNSIGNED_ALLOWED
from laadpaal.station.actions import CancelFetch, CheckFirmware, FetchFirmware, InstallFirmware
from laadpaal.station.agenda import Due, Timer
from laadpaal.station.answers import Accepted, Answer, Begun, Reason, Refused
from laadpaal.station.carriage import (
    FirmwareOrder,
    FirmwareStatus,
    FirmwareUpdate,
    FirmwareVerdict,
    UpdateCode,
)
from laadpaal.station.facts import Facts
from laadpaal.station.notices import FirmwareStatusChanged
from laadpaal.station.records import FirmwareSaved
from laadpaal.station.releases import (
    FirmwareArrives,
    FirmwareKept,
    FirmwareReturned,
    FirmwareWish,
    GoBack,
    InstallUploaded,
    KeepFirmware,
    KeepRelease,
    ReleaseEvent,
    ReturnToPrevious,
)
from laadpaal.station.requests import UpdateFirmware
from laadpaal.station.security import SecurityKind
from laadpaal.station.security_log import SecurityLog
from laadpaal.station.view import FirmwareView, ReleaseView
from laadpaal.station.words import BootReason

S = FirmwareStatus

EDGES: frozenset[tuple[FirmwareStatus, FirmwareStatus]] = frozenset(
    {
        (S.IDLE, S.DOWNLOAD_SCHEDULED),
        (S.IDLE, S.DOWNLOADING),
        # Somebody has brought it.
        (S.IDLE, S.DOWNLOADED),
        (S.DOWNLOAD_SCHEDULED, S.DOWNLOADING),
        (S.DOWNLOADING, S.DOWNLOADED),
        (S.DOWNLOADING, S.DOWNLOAD_FAILED),
        (S.DOWNLOADED, S.SIGNATURE_VERIFIED),
        (S.DOWNLOADED, S.INVALID_SIGNATURE),
        (S.DOWNLOADED, S.INSTALL_VERIFICATION_FAILED),
        (S.DOWNLOADED, S.INSTALL_SCHEDULED),
        (S.DOWNLOADED, S.INSTALLING),
        (S.SIGNATURE_VERIFIED, S.INSTALL_VERIFICATION_FAILED),
        (S.SIGNATURE_VERIFIED, S.INSTALL_SCHEDULED),
        (S.SIGNATURE_VERIFIED, S.INSTALLING),
        (S.INSTALL_SCHEDULED, S.INSTALLING),
        (S.INSTALLING, S.INSTALL_REBOOTING),
        (S.INSTALLING, S.INSTALLATION_FAILED),
        # The power went when the new version was in place and nobody knew it yet.
        (S.INSTALLING, S.INSTALLED),
        (S.INSTALL_REBOOTING, S.INSTALLED),
        (S.INSTALL_REBOOTING, S.INSTALLATION_FAILED),
    }
)
"""How an update goes on (white paper L01, 2.0.1 L01 and L02)."""

_FETCHING = frozenset({S.DOWNLOAD_SCHEDULED, S.DOWNLOADING})
_WAITING = frozenset({S.DOWNLOADED, S.SIGNATURE_VERIFIED, S.INSTALL_SCHEDULED})
_CHANGING = frozenset({S.INSTALLING, S.INSTALL_REBOOTING})
"""There is no way back from here, so nothing takes the place of it."""
_HAIR_S = 0.001
"""Rounding may put an instant that has just come a hair into the future."""

_CODES = {
    S.IDLE: UpdateCode.NONE,
    S.DOWNLOAD_SCHEDULED: UpdateCode.READY_TO_DOWNLOAD,
    S.DOWNLOADING: UpdateCode.DOWNLOADING,
    S.DOWNLOADED: UpdateCode.DOWNLOADED,
    S.DOWNLOAD_FAILED: UpdateCode.DOWNLOAD_ERROR,
    S.SIGNATURE_VERIFIED: UpdateCode.CHECKED,
    S.INVALID_SIGNATURE: UpdateCode.DOWNLOAD_ERROR,
    S.INSTALL_VERIFICATION_FAILED: UpdateCode.UPDATE_ERROR,
    S.INSTALL_SCHEDULED: UpdateCode.READY,
    S.INSTALLING: UpdateCode.UPDATING,
    S.INSTALL_REBOOTING: UpdateCode.READY_TO_ROLL,
    S.INSTALLED: UpdateCode.DONE,
    S.INSTALLATION_FAILED: UpdateCode.UPDATE_ERROR,
}
NO_UPDATE = FirmwareUpdate(FirmwareOrder("", 0.0), told=True)
"""What there is before anybody has asked for one."""


class FirmwareUpdates:
    """Owns the last update that was asked for; whoever carries and installs files does the rest.

    What they do is numbered: what they tell of a job that was given up is not believed.
    """

    def __init__(self, facts: Facts, security: SecurityLog, saved: FirmwareUpdate | None) -> None:
        self._facts = facts
        self._security = security
        self._job = 0
        self._on_trial = facts.layout.release.on_trial
        self._arriving: tuple[UpdateCode, int] | None = None
        """How far a file is that somebody brings, while nothing else is told of an update."""
        self.update = saved or NO_UPDATE

    @property
    def installing(self) -> bool:
        """Whether the new version is being put in place, or waits for the restart."""
        return self.update.status in _CHANGING and not self._on_trial

    def view(self) -> FirmwareView | None:
        """Return how the last update stands, or None when there was none."""
        update = self.update
        if update.status is S.IDLE:
            return None
        return FirmwareView(update.status, update.order.id, update.version)

    def release(self) -> ReleaseView:
        """Return how far firmware is, in the numbers that installers' tools read."""
        release = self._facts.layout.release
        code, percent = self._arriving or (self._code(), 0)
        busy = self._on_trial or self.update.status in _FETCHING | _WAITING | _CHANGING
        return ReleaseView(code, percent, self._on_trial, release.previous, busy)

    def _code(self) -> UpdateCode:
        ended = self.update.status in {S.INSTALLED, S.INSTALLATION_FAILED, S.IDLE}
        if ended and self._facts.layout.release.taken_back:
            return UpdateCode.ROLLED_BACK
        return _CODES[self.update.status]

    # --- what is asked ---

    def ask(self, wish: UpdateFirmware) -> Answer:
        """Begin an update, in place of one that can still be given up."""
        refusal = self._refusal(wish)
        if refusal:
            return refusal
        replaced = self.update.status in _FETCHING | _WAITING
        if replaced:
            self._facts.step.actions.append(CancelFetch())
        for due in (Due.FETCH, Due.INSTALL):
            self._facts.agenda.cancel(Timer(due))
        self._facts.closed = False
        self.update = FirmwareUpdate(wish.order)
        self.fetch_or_wait()
        return Begun(replaced=replaced)

    def _refusal(self, wish: UpdateFirmware) -> Refused | None:
        if wish.order.signed is None:
            wanted = wish.signed_only or self._facts.values[SECURITY_PROFILE]
            if wanted and not self._facts.values[UNSIGNED_ALLOWED]:
                return Refused(Reason.UNSUPPORTED, "firmware must be signed here")
        elif not wish.trusted:
            info = "No installed root vouches for the signer of the firmware."
            self._security.saw(SecurityKind.BAD_FIRMWARE_CERTIFICATE, info)
            return Refused(Reason.BAD_CERTIFICATE, "the signing certificate is not trusted")
        return self._in_the_way()

    def _in_the_way(self) -> Refused | None:
        """Refuse what would take the place of an installation, or of what it may fall back on."""
        if self.installing:
            return Refused(Reason.UPDATING, "an installation is under way")
        if self._on_trial:
            return Refused(Reason.UPDATING, "a new version is on trial")
        if self._facts.restarting:
            return Refused(Reason.UNAVAILABLE, "a restart is under way")
        return None

    def wish(self, wish: FirmwareWish) -> Answer:
        """Answer what no back office has ordered."""
        match wish:
            case InstallUploaded(version):
                return self._install(version)
            case KeepFirmware():
                return self._keep()
            case GoBack():
                return self._go_back()
            case _:
                assert_never(wish)

    def _install(self, version: str) -> Answer:
        """Go on with what somebody has brought; nothing that is under way makes room for it."""
        if self.update.status in _FETCHING | _WAITING:
            return Refused(Reason.UPDATING, "another update is under way")
        refusal = self._in_the_way()
        if refusal:
            return refusal
        order = FirmwareOrder("", self._facts.now.utc)
        self.update = FirmwareUpdate(order, version=version)
        self._enter(S.DOWNLOADED)
        return Begun()

    def _keep(self) -> Answer:
        """Have the version on trial kept; whether it was is told by `FirmwareKept`."""
        if not self._on_trial:
            return Refused(Reason.NOT_ON_TRIAL, "no version is on trial")
        self._job += 1
        self._facts.step.actions.append(KeepRelease(self._job))
        return Accepted()

    def _go_back(self) -> Answer:
        """Have the version before this one run again; `FirmwareReturned` tells that it will."""
        if self.installing or self.update.status in _FETCHING | _WAITING:
            return Refused(Reason.UPDATING, "an update is under way")
        if not self._facts.layout.release.previous:
            return Refused(Reason.NOT_ON_TRIAL, "there is no version to go back to")
        self._job += 1
        self._facts.step.actions.append(ReturnToPrevious(self._job))
        return Accepted()

    # --- what happens ---

    def power_up(self) -> None:
        """Go on where the last life ended; after an installation, look which version runs."""
        if self.update.status in _FETCHING:
            self.fetch_or_wait()
        elif self.update.status is S.DOWNLOADED and not self.update.version:
            self._check()
        elif self.update.status in _CHANGING:
            self._started()
        elif self.update.status is S.INSTALLED and not self._runs:
            self._settled()  # it was gone back since, and Installed would be no truth any more

    def _started(self) -> None:
        """Tell which version the start after an installation has brought."""
        # The same version may have been installed anew, and taken back.
        if not self._runs or self._facts.layout.release.taken_back:
            self._enter(S.INSTALLATION_FAILED)
        elif not self._on_trial:
            self._enter_installed()
        elif self.update.status is S.INSTALLING:
            # The power went before anybody knew that it was in place.
            self._enter(S.INSTALL_REBOOTING)

    @property
    def _runs(self) -> bool:
        """Whether what was last installed is what runs."""
        return self.update.version == self._facts.layout.firmware

    def _enter_installed(self) -> None:
        self._enter(S.INSTALLED)
        self._security.saw(SecurityKind.FIRMWARE_UPDATED, f"Version {self.update.version} runs.")

    def hear(self, event: ReleaseEvent) -> None:
        """Take note of what becomes of the version that runs, and of one that is brought."""
        match event:
            case FirmwareKept(job) if job == self._job and self._on_trial:
                self._on_trial = False
                if self.update.status in _CHANGING:
                    self._enter_installed()
            case FirmwareReturned(job) if job == self._job:
                self._facts.restart_wanted = BootReason.FIRMWARE_UPDATE
            case FirmwareArrives(UpdateCode.NONE):
                self._arriving = None
            case FirmwareArrives(code, percent):
                self._arriving = code, percent
            case _:
                return  # what was told of a job that is over is not believed

    def fetched(self, job: int) -> None:
        """Check the file, which is whole and on the disk."""
        if self._believed(job, S.DOWNLOADING):
            self._enter(S.DOWNLOADED)
            self._check()

    def fetch_failed(self, job: int) -> None:
        """Try again later, or give it up; retries are what comes after the first attempt."""
        if not self._believed(job, S.DOWNLOADING):
            return
        self._job += 1
        self.update = replace(self.update, failures=self.update.failures + 1)
        retrying = self.update.order.retrying
        if self.update.failures > retrying.times:
            self._enter(S.DOWNLOAD_FAILED)
            return
        self._facts.keep(FirmwareSaved(self.update))
        self._facts.agenda.set(Timer(Due.FETCH), self._facts.now.mono + retrying.wait_s)

    def checked(self, job: int, verdict: FirmwareVerdict, version: str) -> None:
        """Go on with what is good; `version` is what the image calls itself."""
        if not self._believed(job, S.DOWNLOADED):
            return
        self._job += 1
        if verdict is FirmwareVerdict.BAD_SIGNATURE:
            self._enter(S.INVALID_SIGNATURE)
            info = "The signature does not belong to the firmware that was fetched."
            self._security.saw(SecurityKind.BAD_FIRMWARE_SIGNATURE, info)
            return
        if self.update.order.signed:
            self._enter(S.SIGNATURE_VERIFIED)
        if verdict is FirmwareVerdict.BAD_IMAGE:
            self._enter(S.INSTALL_VERIFICATION_FAILED)
            return
        self.update = replace(self.update, version=version)
        self._facts.keep(FirmwareSaved(self.update))

    def installed(self, job: int) -> None:
        """Start the new version, once what was told has had its chance to be sent."""
        if self._believed(job, S.INSTALLING):
            self._enter(S.INSTALL_REBOOTING)
            self._facts.restart_wanted = BootReason.FIRMWARE_UPDATE

    def install_failed(self, job: int) -> None:
        """Go on with the old version."""
        if self._believed(job, S.INSTALLING):
            self._enter(S.INSTALLATION_FAILED)
            self._facts.closed = False

    def _believed(self, job: int, status: FirmwareStatus) -> bool:
        return job == self._job and self.update.status is status

    # --- whether the CSMS knows ---

    def told(self, status: FirmwareStatus, id_: int | None) -> None:
        """Take note that the CSMS has answered to a status."""
        if (status, id_) == (self.update.status, self.update.order.id):
            self._settled()

    def _settled(self) -> None:
        """Tell the last status no more."""
        if not self.update.told:
            self.update = replace(self.update, told=True)
            self._facts.keep(FirmwareSaved(self.update))

    def online(self) -> None:
        """Tell the last status again when the CSMS has never answered to it."""
        if not self.update.told:
            self._tell()

    # --- what follows ---

    def clock_corrected(self) -> None:
        """Plan the waits for an instant in UTC anew."""
        self._facts.agenda.cancel(Timer(Due.INSTALL))
        if self.update.status is S.DOWNLOAD_SCHEDULED:
            self.fetch_or_wait()

    def fetch_or_wait(self) -> None:
        """Fetch the file when it is time, or plan to."""
        ahead_s = self._ahead_s(self.update.order.retrieve_at)
        if ahead_s:
            self._facts.agenda.set(Timer(Due.FETCH), self._facts.now.mono + ahead_s)
            if self.update.status is S.IDLE:
                self._enter(S.DOWNLOAD_SCHEDULED)
            return
        if self.update.status is not S.DOWNLOADING:
            self._enter(S.DOWNLOADING)
        self._job += 1
        self._facts.step.actions.append(FetchFirmware(self._job, self.update.order.location))

    def _check(self) -> None:
        self._job += 1
        self._facts.step.actions.append(CheckFirmware(self._job, self.update.order.signed))

    def settle(self) -> None:
        """Install what is good when it is time, nobody charges, and no restart is in the way."""
        ready = self.update.status in _WAITING and self.update.version
        if not ready or self._facts.restarting or self._facts.restart_wanted:
            return
        ahead_s = self._ahead_s(self.update.order.install_at or 0.0)
        self._facts.closed = not (ahead_s or self._facts.values[NEW_SESSIONS])
        if ahead_s and self._facts.agenda.planned(Timer(Due.INSTALL)) is None:
            self._facts.agenda.set(Timer(Due.INSTALL), self._facts.now.mono + ahead_s)
        if not ahead_s and not self._busy():
            self._facts.closed = True
            self._enter(S.INSTALLING)
            self._job += 1
            self._facts.step.actions.append(InstallFirmware(self._job))
        elif self.update.status is not S.INSTALL_SCHEDULED:
            self._enter(S.INSTALL_SCHEDULED)

    def _ahead_s(self, at: float) -> float:
        """Return in how many seconds an instant in UTC comes; 0 when it has."""
        ahead_s = at - self._facts.now.utc
        return ahead_s if ahead_s > _HAIR_S else 0.0

    def _busy(self) -> bool:
        return any(e.transaction or e.authorization for e in self._facts.evses.values())

    def _enter(self, new: FirmwareStatus) -> None:
        if (self.update.status, new) not in EDGES:
            raise AssertionError(f"no update goes from {self.update.status} to {new}")
        self._arriving = None
        self.update = replace(self.update, status=new, told=False)
        self._facts.keep(FirmwareSaved(self.update))
        self._tell()

    def _tell(self) -> None:
        self._facts.tell(FirmwareStatusChanged(self.update.status, self.update.order.id))
