"""A log of each kind is sent at a time, tried again, and told until the CSMS knows."""

from __future__ import annotations

import pytest

from laadpaal.station import actions as a
from laadpaal.station import events as e
from laadpaal.station.answers import Begun, Refused
from laadpaal.station.carriage import LogKind, Retrying, UploadStatus
from laadpaal.station.layout import Layout
from laadpaal.station.notices import UploadStatusChanged
from laadpaal.station.requests import Reset, UploadLog
from laadpaal.station.view import UploadView
from laadpaal.station.words import ResetKind
from tests.support.world import World

D, SEC = LogKind.DIAGNOSTICS, LogKind.SECURITY
U = UploadStatus
URL = "ftp://example.com/"
NAME = "LP000001-diagnostics-20231115T120000Z.zip"
SECURITY_NAME = "LP000001-security-20231115T120000Z.log"


def told(world: World) -> list[tuple[LogKind, UploadStatus, int | None]]:
    """Return what was told so far."""
    return [(n.kind, n.status, n.id) for n in world.told(UploadStatusChanged)]


def uploads(world: World) -> list[a.UploadFile]:
    """Return the attempts so far."""
    return [action for action in world.actions if isinstance(action, a.UploadFile)]


@pytest.fixture
def world() -> World:
    return World()


def test_a_log_is_sent(world: World) -> None:
    """The answer names the file, and the job what of it is wanted."""
    answer = world.ask(UploadLog(D, URL, oldest_at=1.0, newest_at=2.0))
    assert answer == Begun(NAME)
    assert uploads(world) == [a.UploadFile(1, D, URL, NAME, 1.0, 2.0)]
    assert world.station.view().uploads == (UploadView(D, None, NAME),)
    world.tell(e.LogUploaded(1))

    assert told(world) == [(D, U.UPLOADING, None), (D, U.UPLOADED, None)]
    assert world.station.view().uploads == ()


def test_the_name_has_no_strange_characters() -> None:
    """A serial number may hold anything, and a file name may not."""
    assert World(Layout(serial="a/b ..")).ask(UploadLog(SEC, URL)) == Begun(
        "a_b___-security-20231115T120000Z.log"
    )


def test_the_kinds_do_not_disturb_each_other(world: World) -> None:
    """Diagnostics and security log are under way at once."""
    world.ask(UploadLog(D, URL, 1))
    assert world.ask(UploadLog(SEC, URL, 2)) == Begun(SECURITY_NAME)
    world.tell(e.LogUploaded(1))

    assert world.station.view().uploads == (UploadView(SEC, 2, SECURITY_NAME),)


def test_a_second_upload_takes_the_place_of_the_first(world: World) -> None:
    """The old one is cancelled, and what it still tells is ignored (N01)."""
    world.ask(UploadLog(D, URL, 1))
    assert world.ask(UploadLog(D, URL, 2)) == Begun(NAME, replaced=True)
    assert a.CancelUpload(D) in world.actions
    world.tell(e.LogUploaded(1))

    assert told(world) == [(D, U.UPLOADING, 1), (D, U.CANCELED, 1), (D, U.UPLOADING, 2)]


@pytest.mark.parametrize(("kind", "number"), [(D, None), (SEC, 3)])
def test_retries_come_after_the_first_attempt(
    world: World, kind: LogKind, number: int | None
) -> None:
    """Two retries are three attempts, spaced by the interval; then the reason is told."""
    world.ask(UploadLog(kind, URL, number, Retrying(2, 30)))
    for attempt in range(1, 4):
        assert len(uploads(world)) == attempt
        world.tell(e.LogUploadFailed(attempt, U.DENIED, "status 403"))
        world.pass_time(29.0)
        assert len(uploads(world)) == attempt
        world.pass_time(1.0)

    assert told(world) == [(kind, U.UPLOADING, number), (kind, U.DENIED, number)]
    assert len(uploads(world)) == 3


def test_a_retry_that_waits_is_given_up_too(world: World) -> None:
    """Only the second upload is tried when the time comes."""
    world.ask(UploadLog(D, URL, 1, Retrying(5, 30)))
    world.tell(e.LogUploadFailed(1, U.FAILED, "gone"))
    world.ask(UploadLog(D, URL, 2, Retrying(0, 0)))
    world.tell(e.LogUploaded(2))
    world.pass_time(100.0)

    assert [wish.job for wish in uploads(world)] == [1, 2]


def test_the_last_status_is_told_until_the_csms_has_answered(world: World) -> None:
    """A status that passed while it was away is told once it is back, and then forgotten."""
    world.ask(UploadLog(D, URL, 1))
    world.tell(e.UploadStatusTold(D, U.UPLOADING, 1))
    world.tell(e.LogUploaded(1))
    world.tell(e.UploadStatusTold(D, U.UPLOADED, 9))
    before = len(told(world))
    world.online()
    assert told(world)[before:] == [(D, U.UPLOADED, 1)]
    world.tell(e.UploadStatusTold(D, U.UPLOADED, 1))
    world.tell(e.UploadStatusTold(D, U.UPLOADED, 1))
    world.online()

    assert len(told(world)) == before + 1


def test_a_restart_ends_what_is_under_way(world: World) -> None:
    """It is told as failed, and nothing new begins."""
    world.ask(UploadLog(D, URL, 1))
    world.ask(Reset(ResetKind.SOFT))

    assert told(world)[-1] == (D, U.FAILED, 1)
    assert isinstance(world.ask(UploadLog(D, URL, 2)), Refused)
