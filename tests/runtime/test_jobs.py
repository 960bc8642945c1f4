"""Jobs: one of a kind at a time, given up when told to, and what became of each is a fact."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import AsyncMock

import pytest

from laadpaal.runtime import jobs
from laadpaal.runtime.jobs import Jobs
from laadpaal.station import actions as a
from laadpaal.station import events as e
from laadpaal.station.carriage import (
    FirmwareVerdict,
    LogKind,
    Signed,
    UpdateCode,
    UploadStatus,
)
from laadpaal.station.lights import Light
from laadpaal.station.releases import (
    FirmwareArrives,
    FirmwareKept,
    FirmwareReturned,
    KeepRelease,
    ReturnToPrevious,
)
from laadpaal.station.view import StationView, UploadView
from laadpaal.transfers import Trouble
from tests.csms.v16.stage import FakeDesk
from tests.support.errands import INSTALL_S, NEW, SIGNER, Errands
from tests.support.jumping import LoopClock, jump

URL = "https://anna:secret@example.com/?token=secret"
UPLOAD = a.UploadFile(1, LogKind.DIAGNOSTICS, URL, "a.zip", None, None)
LOG = logging.getLogger("laadpaal.test.jobs")


@dataclass
class Ear(FakeDesk):
    """A desk that keeps what happened."""

    events: list[e.Event] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Show an upload."""
        view: StationView = self.shown
        self.shown = StationView(
            view.status,
            view.online,
            view.operative,
            view.evses,
            view.restarting,
            view.pending_settings,
            view.layout,
            uploads=(UploadView(LogKind.DIAGNOSTICS, None, "a.zip"),),
        )

    def happened(self, event: e.Event) -> None:
        """Keep it."""
        self.events.append(event)


def played(errands: Errands, *actions: a.Action, pause_s: float = 0.0) -> list[e.Event]:
    """Hand actions over, and return what happened when nothing more does."""

    async def story() -> list[e.Event]:
        ear = Ear()
        at_work = Jobs(errands.means(), ear, LOG)
        running = asyncio.ensure_future(at_work.run())
        for action in actions:
            at_work.do(action)
            await asyncio.sleep(pause_s)
        await asyncio.sleep(10_000.0)
        running.cancel()
        await asyncio.wait({running})
        return ear.events

    return jump(story())


@pytest.fixture
def errands() -> Errands:
    return Errands(LoopClock())


def test_firmware_is_fetched_checked_and_installed(errands: Errands) -> None:
    """Each ends in an event with the number of its job."""
    signed = Signed(SIGNER, "signature")
    steps = (a.FetchFirmware(1, URL), a.CheckFirmware(2, signed), a.InstallFirmware(3))

    assert played(errands, *steps, pause_s=100.0) == [
        e.FirmwareFetched(1),
        e.FirmwareChecked(2, FirmwareVerdict.GOOD, NEW),
        e.FirmwareInstalled(3),
    ]
    assert errands.slots.tried == NEW


def test_what_goes_wrong_is_told(errands: Errands, caplog: pytest.LogCaptureFixture) -> None:
    """The log says why, without any secret."""
    errands.troubles, errands.flaw = [Trouble.DENIED], "no room"
    errands.verdict = FirmwareVerdict.BAD_IMAGE
    steps = (a.FetchFirmware(1, URL), a.CheckFirmware(2, None), a.InstallFirmware(3))

    assert played(errands, *steps, pause_s=100.0) == [
        e.FirmwareFetchFailed(1, Trouble.DENIED.value),
        e.FirmwareChecked(2, FirmwareVerdict.BAD_IMAGE, ""),
        e.FirmwareInstallFailed(3, "no room"),
    ]
    assert "not fetched, the server wants other credentials" in caplog.text
    assert "not good" in caplog.text
    assert "not installed, no room" in caplog.text
    assert "secret" not in caplog.text


def test_how_far_an_installation_is_can_be_seen(errands: Errands) -> None:
    """In percent, where whoever installs tells it."""
    errands.percents = (20, 100)

    assert played(errands, a.InstallFirmware(1)) == [
        FirmwareArrives(UpdateCode.UPDATING, 20),
        FirmwareArrives(UpdateCode.UPDATING, 100),
        e.FirmwareInstalled(1),
    ]


def test_an_installation_has_its_time(errands: Errands, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installer that hangs has failed."""
    monkeypatch.setattr(jobs, "INSTALL_S", INSTALL_S - 1.0)

    [event] = played(errands, a.InstallFirmware(1))
    assert isinstance(event, e.FirmwareInstallFailed)
    assert errands.slots.tried != NEW


def test_a_version_is_kept_or_left(errands: Errands, caplog: pytest.LogCaptureFixture) -> None:
    """Each ends in an event with the number of its job; what fails is only logged."""
    steps = (KeepRelease(1), ReturnToPrevious(2))
    assert played(errands, *steps, pause_s=1.0) == [FirmwareKept(1), FirmwareReturned(2)]
    errands.flaw = "no such luck"

    assert played(errands, *steps, pause_s=1.0) == []
    assert "not kept, no such luck" in caplog.text
    assert "not gone back, no such luck" in caplog.text


@pytest.mark.parametrize(
    ("trouble", "status"),
    [
        (Trouble.DENIED, UploadStatus.DENIED),
        (Trouble.BAD_LOCATION, UploadStatus.BAD_MESSAGE),
        (Trouble.NOT_SUPPORTED, UploadStatus.NOT_SUPPORTED),
        (Trouble.LOST, UploadStatus.FAILED),
    ],
)
def test_an_upload_that_fails_says_how(
    errands: Errands, trouble: Trouble, status: UploadStatus
) -> None:
    """In the words that the CSMS has for it."""
    errands.troubles = [trouble]

    assert played(errands, UPLOAD) == [e.LogUploadFailed(1, status, trouble.value)]


def test_an_upload_ends_in_an_event(errands: Errands, caplog: pytest.LogCaptureFixture) -> None:
    """The log says where it went, without any secret."""
    caplog.set_level(logging.INFO)

    assert played(errands, UPLOAD) == [e.LogUploaded(1)]
    assert "a.zip: 1 bytes sent to https://***@example.com/?***" in caplog.text


def test_what_cannot_be_gathered_has_failed(
    errands: Errands, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk is no end of the station."""
    full = AsyncMock(side_effect=OSError(28, "No space left on device"))
    monkeypatch.setattr(errands, "gather", full)

    [event] = played(errands, UPLOAD)
    assert isinstance(event, e.LogUploadFailed)
    assert "No space left" in event.why
    assert errands.carried == []


def test_given_up_is_given_up(errands: Errands) -> None:
    """Of a job that was cancelled nothing is heard any more."""
    steps = (a.FetchFirmware(1, URL), UPLOAD, a.CancelFetch(), a.CancelUpload(UPLOAD.kind))

    assert played(errands, *steps, pause_s=1.0) == []
    assert len(errands.carried) == 2


def test_the_next_job_waits_for_the_last_to_let_go(errands: Errands) -> None:
    """Two of a kind are never at work, while different kinds are."""
    at_work = 0
    carry = errands._carry

    async def alone(url: str, size: int) -> Any:
        nonlocal at_work
        at_work += 1
        assert at_work == 1
        try:
            return await carry(url, size)
        finally:
            await _slowly(errands.clock.sleep(5.0))
            at_work -= 1

    errands._carry = alone  # type: ignore[method-assign]  # stands in the way of the real one
    steps = (a.FetchFirmware(1, URL), a.CancelFetch(), a.FetchFirmware(2, URL))

    assert played(errands, *steps, pause_s=1.0) == [e.FirmwareFetched(2)]


async def _slowly(waiting: Coroutine[Any, Any, None]) -> None:
    await waiting


def test_what_is_no_job_is_left_alone(errands: Errands) -> None:
    """Hardware is somebody else's."""
    assert played(errands, a.ShowLight(1, Light.AVAILABLE), a.CancelFetch()) == []
