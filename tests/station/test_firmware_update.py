"""Firmware is fetched, checked and installed when nobody charges; a power cut ends in the truth."""

from __future__ import annotations

from dataclasses import replace

import pytest

from laadpaal.properties.comms import SECURITY_PROFILE
from laadpaal.properties.firmware import NEW_SESSIONS, UNSIGNED_ALLOWED
from laadpaal.station import actions as a
from laadpaal.station import events as e
from laadpaal.station.answers import Accepted, Begun, Reason, Refused, Scheduled
from laadpaal.station.carriage import (
    LONGEST_WAIT_S,
    MOST_RETRIES,
    FirmwareOrder,
    FirmwareStatus,
    FirmwareUpdate,
    FirmwareVerdict,
    Retrying,
    Signed,
    UpdateCode,
)
from laadpaal.station.firmware_update import EDGES
from laadpaal.station.layout import Layout
from laadpaal.station.notices import FirmwareStatusChanged, SecurityEvent
from laadpaal.station.records import FirmwareSaved
from laadpaal.station.releases import (
    FirmwareArrives,
    FirmwareKept,
    FirmwareReturned,
    GoBack,
    InstallUploaded,
    KeepFirmware,
    KeepRelease,
    Release,
    ReturnToPrevious,
)
from laadpaal.station.requests import Reset, StartCharging, UpdateFirmware
from laadpaal.station.saved import Saved
from laadpaal.station.security import SecurityKind
from laadpaal.station.words import BootReason, Pilot, ResetKind, Status
from tests.support.disk import MemoryDisk
from tests.support.promises import assert_saved
from tests.support.world import CARD, NOON, World

S = FirmwareStatus
OLD = Layout(firmware="1.0")
NEW = Layout(firmware="2.0")
PLAIN = FirmwareOrder("https://example.com/fw", NOON)
BY_SIGNER = Signed("certificate", "signature")
SIGNED = replace(PLAIN, id=7, signed=BY_SIGNER)


def begin(world: World, order: FirmwareOrder = PLAIN) -> None:
    """Ask for an update that is not refused."""
    assert world.ask(UpdateFirmware(order, trusted=True)) == Begun()


def job(world: World) -> int:
    """Return the number of the last job."""
    jobs = (a.FetchFirmware, a.CheckFirmware, a.InstallFirmware)
    return [action.job for action in world.actions if isinstance(action, jobs)][-1]


def fetch(world: World) -> None:
    """Let the carrier be done."""
    world.tell(e.FirmwareFetched(job(world)))


def check(world: World, verdict: FirmwareVerdict = FirmwareVerdict.GOOD) -> None:
    """Let the updater have looked."""
    world.tell(e.FirmwareChecked(job(world), verdict, "2.0"))


def told(world: World) -> list[FirmwareStatus]:
    """Return the statuses told so far."""
    return [notice.status for notice in world.told(FirmwareStatusChanged)]


def reborn(world: World, layout: Layout = OLD) -> World:
    """Let the power go, and start a station of that version with what is on the disk."""
    disk = MemoryDisk()
    disk.apply(world.records)
    return World(layout, disk.saved())


def shown(world: World) -> FirmwareStatus | None:
    """Return the status that everybody can see."""
    firmware = world.station.view().firmware
    return firmware.status if firmware else None


def charging(world: World, evse: int = 1) -> None:
    """Let somebody charge."""
    world.online()
    world.plug(evse)
    world.swipe(reader=evse)
    assert world.evse(evse).transaction is not None


@pytest.fixture
def world() -> World:
    return World(OLD)


def test_an_unsigned_update_runs_through(world: World) -> None:
    """It is fetched, checked and installed one after the other, and ends in a restart (L02)."""
    assert world.station.view().firmware is None
    begin(world)
    fetch(world)
    check(world)
    jobs = [action for action in world.actions if isinstance(action, a.Job)]
    world.tell(e.FirmwareInstalled(job(world)))

    assert [type(job) for job in jobs] == [a.FetchFirmware, a.CheckFirmware, a.InstallFirmware]
    assert jobs[0] == a.FetchFirmware(1, PLAIN.location)
    assert told(world) == [S.DOWNLOADING, S.DOWNLOADED, S.INSTALLING, S.INSTALL_REBOOTING]
    assert a.Restart(BootReason.FIRMWARE_UPDATE, orderly=True) in world.actions

    after = reborn(world, NEW)

    assert after.station.boot_reason is BootReason.FIRMWARE_UPDATE
    assert told(after) == [S.INSTALLED]
    events = {event.kind: event.info for event in after.told(SecurityEvent)}
    assert events[SecurityKind.FIRMWARE_UPDATED] == "Version 2.0 runs."


def test_a_signed_update_says_that_its_signature_is_good(world: World) -> None:
    """Every status carries the number of the request (L01)."""
    begin(world, SIGNED)
    fetch(world)
    assert world.actions[-1] == a.CheckFirmware(job(world), BY_SIGNER)
    check(world)

    assert told(world) == [S.DOWNLOADING, S.DOWNLOADED, S.SIGNATURE_VERIFIED, S.INSTALLING]
    assert {notice.id for notice in world.told(FirmwareStatusChanged)} == {7}


def test_it_waits_for_the_time_of_both_steps(world: World) -> None:
    """Scheduled is told once for each, and the EVSEs stay open until it is time to install."""
    begin(world, replace(SIGNED, retrieve_at=NOON + 600.0, install_at=NOON + 3600.0))
    world.pass_time(599.0)
    assert told(world) == [S.DOWNLOAD_SCHEDULED]
    world.pass_time(1.0)
    fetch(world)
    check(world)
    world.measure()
    world.tell(e.CsmsOnline())
    assert shown(world) is S.INSTALL_SCHEDULED
    assert world.statuses() == [Status.AVAILABLE]
    world.pass_time(2999.0)
    assert shown(world) is S.INSTALL_SCHEDULED
    world.pass_time(1.0)

    assert shown(world) is S.INSTALLING
    assert world.statuses() == [Status.AVAILABLE, Status.UNAVAILABLE]


def test_a_corrected_clock_moves_both_waits(world: World) -> None:
    """They are for instants in UTC, so an hour more on the clock is an hour less to wait."""
    begin(world, replace(SIGNED, retrieve_at=NOON + 3600.0, install_at=NOON + 7200.0))
    world.now = replace(world.now, utc=world.now.utc + 3600.0)
    world.tell(e.ClockCorrected())
    assert shown(world) is S.DOWNLOADING
    fetch(world)
    check(world)
    assert shown(world) is S.INSTALL_SCHEDULED
    world.now = replace(world.now, utc=world.now.utc + 3000.0)
    world.tell(e.ClockCorrected())
    world.pass_time(600.0)

    assert shown(world) is S.INSTALLING


def test_it_waits_for_the_last_transaction(world: World) -> None:
    """Charging goes on, who comes meanwhile is turned away, and then it is installed (L01)."""
    charging(world)
    begin(world, SIGNED)
    fetch(world)
    check(world)
    assert shown(world) is S.INSTALL_SCHEDULED
    assert world.statuses(2)[-1] is Status.UNAVAILABLE
    assert world.statuses(1)[-1] is Status.CHARGING
    assert isinstance(world.ask(StartCharging(2, CARD)), Refused)
    assert world.evse(1).offered_a
    world.swipe(reader=1)

    assert shown(world) is S.INSTALLING
    assert world.evse(1).transaction is None


def test_others_may_begin_while_it_waits_if_that_is_allowed(world: World) -> None:
    """It is installed once nobody charges at all, and from then on nobody can begin (L01.FR.07)."""
    world.put(NEW_SESSIONS, to=True)
    charging(world)
    begin(world, SIGNED)
    fetch(world)
    check(world)
    assert shown(world) is S.INSTALL_SCHEDULED
    assert world.statuses(2) == [Status.AVAILABLE]
    charging(world, 2)
    world.swipe(reader=1)
    assert shown(world) is S.INSTALL_SCHEDULED
    world.tell(e.CableUnplugged(1))
    world.tell(e.PilotChanged(1, Pilot.A))
    assert world.statuses(1)[-1] is Status.AVAILABLE
    world.swipe(reader=2)

    assert shown(world) is S.INSTALLING
    assert world.statuses(1)[-1] is Status.UNAVAILABLE


def test_it_waits_for_somebody_who_may_charge_but_has_not_plugged_in(world: World) -> None:
    """A card that was accepted is an invitation, until it times out."""
    world.online()
    world.measure()
    world.swipe(reader=1)
    begin(world)
    fetch(world)
    check(world)
    assert shown(world) is S.INSTALL_SCHEDULED
    world.pass_time(600.0)

    assert shown(world) is S.INSTALLING


def test_it_leaves_the_way_to_a_restart_that_waits_too(world: World) -> None:
    """The restart comes first, and the installation right after it."""
    charging(world)
    assert world.ask(Reset(ResetKind.ON_IDLE)) == Scheduled()
    begin(world)
    fetch(world)
    check(world)
    world.swipe(reader=1)
    assert a.Restart(BootReason.SCHEDULED_RESET, orderly=True) in world.actions
    assert shown(world) is S.DOWNLOADED

    assert shown(reborn(world)) is S.INSTALLING


def test_retries_come_after_the_first_attempt(world: World) -> None:
    """Two retries are three attempts, spaced by the interval; then the download has failed."""
    begin(world, replace(PLAIN, retrying=Retrying(2, 30)))
    for attempt in range(1, 4):
        fetching = [action for action in world.actions if isinstance(action, a.FetchFirmware)]
        assert len(fetching) == attempt
        world.tell(e.FirmwareFetchFailed(job(world), "gone"))
        world.pass_time(29.0)
        assert len([x for x in world.actions if isinstance(x, a.FetchFirmware)]) == attempt
        world.pass_time(1.0)

    assert told(world) == [S.DOWNLOADING, S.DOWNLOAD_FAILED]
    assert len([x for x in world.actions if isinstance(x, a.FetchFirmware)]) == 3


def test_retries_are_counted_across_a_power_cut(world: World) -> None:
    """What has failed before the cut has failed."""
    begin(world, replace(PLAIN, retrying=Retrying(1, 30)))
    world.tell(e.FirmwareFetchFailed(job(world), "gone"))
    after = reborn(world)
    after.tell(e.FirmwareFetchFailed(job(after), "gone"))

    assert told(after) == [S.DOWNLOAD_FAILED]


def test_a_bad_signature_ends_it(world: World) -> None:
    """Nothing is installed, and whoever guards the station hears of it (L01)."""
    begin(world, SIGNED)
    fetch(world)
    check(world, FirmwareVerdict.BAD_SIGNATURE)

    assert told(world)[-1] is S.INVALID_SIGNATURE
    assert world.told(SecurityEvent)[-1].kind is SecurityKind.BAD_FIRMWARE_SIGNATURE
    assert not any(isinstance(action, a.InstallFirmware) for action in world.actions)


@pytest.mark.parametrize("order", [PLAIN, SIGNED])
def test_a_bad_image_ends_it(world: World, order: FirmwareOrder) -> None:
    """A good signature is told all the same, and the old version goes on."""
    begin(world, order)
    fetch(world)
    check(world, FirmwareVerdict.BAD_IMAGE)

    verified = [S.SIGNATURE_VERIFIED] if order.signed else []
    assert told(world)[2:] == [*verified, S.INSTALL_VERIFICATION_FAILED]
    assert not any(isinstance(action, a.InstallFirmware) for action in world.actions)


def test_an_installation_that_fails_opens_the_evses_again(world: World) -> None:
    """The old version goes on, and takes vehicles."""
    begin(world)
    fetch(world)
    check(world)
    assert world.statuses(2)[-1] is Status.UNAVAILABLE
    world.tell(e.FirmwareInstallFailed(job(world), "no room"))

    assert told(world)[-1] is S.INSTALLATION_FAILED
    assert world.statuses(2)[-1] is Status.AVAILABLE


@pytest.mark.parametrize("steps", range(3))
def test_a_second_request_takes_the_place_of_the_first(world: World, steps: int) -> None:
    """What is fetched, checked or waited with is given up, and what it still tells is ignored."""
    charging(world)
    begin(world, SIGNED)
    for step in (fetch, check)[:steps]:
        step(world)
    late = job(world)
    answer = world.ask(UpdateFirmware(replace(SIGNED, id=8), trusted=True))
    assert answer == Begun(replaced=True)
    assert a.CancelFetch() in world.actions
    world.tell(e.FirmwareFetched(late))
    world.tell(e.FirmwareFetchFailed(late, "cancelled"))
    world.tell(e.FirmwareChecked(late, FirmwareVerdict.GOOD, "1.9"))

    assert shown(world) is S.DOWNLOADING
    assert world.told(FirmwareStatusChanged)[-1] == FirmwareStatusChanged(S.DOWNLOADING, 8)
    assert world.statuses(2)[-1] is Status.AVAILABLE


def test_nothing_takes_the_place_of_an_installation(world: World) -> None:
    """Neither another update nor a reset may leave the station without a version."""
    begin(world)
    fetch(world)
    check(world)
    again = world.ask(UpdateFirmware(SIGNED, trusted=True))
    reset = world.ask(Reset(ResetKind.HARD))
    world.tell(e.FirmwareChecked(job(world), FirmwareVerdict.BAD_SIGNATURE))

    refusals = [answer.reason for answer in (again, reset) if isinstance(answer, Refused)]
    assert refusals == [Reason.UPDATING, Reason.UPDATING]
    assert shown(world) is S.INSTALLING


def test_what_is_told_twice_is_believed_once(world: World) -> None:
    """A job has one end, and later ones are of a job that is over."""
    begin(world)
    fetch(world)
    check(world)
    installing = job(world)
    for event in (e.FirmwareInstalled(installing - 1), e.FirmwareInstallFailed(installing - 1, "")):
        world.tell(event)
    assert shown(world) is S.INSTALLING
    world.tell(e.FirmwareInstalled(installing))
    world.tell(e.FirmwareInstalled(installing))

    assert told(world).count(S.INSTALL_REBOOTING) == 1


def test_a_station_that_restarts_begins_no_update(world: World) -> None:
    """There is nobody left to do it."""
    assert world.ask(Reset(ResetKind.HARD)) == Accepted()

    refused = world.ask(UpdateFirmware(PLAIN))
    assert isinstance(refused, Refused)
    assert refused.reason is Reason.UNAVAILABLE


def test_a_signer_that_nobody_vouches_for_is_refused_at_once(world: World) -> None:
    """The running update goes on, and whoever guards the station hears of it (L01)."""
    begin(world)
    refused = world.ask(UpdateFirmware(SIGNED, trusted=False))

    assert isinstance(refused, Refused)
    assert refused.reason is Reason.BAD_CERTIFICATE
    assert world.told(SecurityEvent)[-1].kind is SecurityKind.BAD_FIRMWARE_CERTIFICATE
    assert shown(world) is S.DOWNLOADING


@pytest.mark.parametrize("signed_only", [False, True])
@pytest.mark.parametrize(("profile", "allowed"), [(0, False), (1, False), (2, True), (0, True)])
def test_a_secured_station_wants_signatures(
    world: World,
    profile: int,
    allowed: bool,  # noqa: FBT001  a parameter of the test
    signed_only: bool,  # noqa: FBT001  a parameter of the test
) -> None:
    """With a security profile, or where the asker's ways know no other (L01.FR.20, L02)."""
    world.put(SECURITY_PROFILE, to=profile)
    world.put(UNSIGNED_ALLOWED, to=allowed)

    answer = world.ask(UpdateFirmware(PLAIN, signed_only=signed_only))
    begun = allowed or not (profile or signed_only)
    assert answer == (
        Begun() if begun else Refused(Reason.UNSUPPORTED, "firmware must be signed here")
    )


def test_the_last_status_is_told_until_the_csms_has_answered(world: World) -> None:
    """What passed while it was away is history, and the last status is news (4.16)."""
    begin(world, SIGNED)
    fetch(world)
    check(world, FirmwareVerdict.BAD_SIGNATURE)
    world.tell(e.FirmwareStatusTold(S.DOWNLOADED, 7))
    before = len(told(world))
    world.online()
    assert told(world)[before:] == [S.INVALID_SIGNATURE]
    world.tell(e.FirmwareStatusTold(S.INVALID_SIGNATURE, 7))
    records = len(world.records)
    world.tell(e.FirmwareStatusTold(S.INVALID_SIGNATURE, 7))
    world.tell(e.CsmsOffline())
    world.online()

    assert len(told(world)) == before + 1
    assert len([r for r in world.records[records:] if isinstance(r, FirmwareSaved)]) == 0


def test_a_status_that_was_not_told_outlives_the_power(world: World) -> None:
    """The next life tells it when the CSMS is there."""
    begin(world, replace(PLAIN, retrying=Retrying(0, 0)))
    world.tell(e.FirmwareFetchFailed(job(world), "gone"))
    after = reborn(world)
    assert told(after) == []
    after.online()

    assert told(after) == [S.DOWNLOAD_FAILED]


STATUSES_AFTER_A_CUT = [
    (S.DOWNLOAD_SCHEDULED, "", S.DOWNLOAD_SCHEDULED),
    (S.DOWNLOADING, "", S.DOWNLOADING),
    (S.DOWNLOADED, "", S.DOWNLOADED),
    (S.DOWNLOADED, "2.0", S.INSTALLING),
    (S.SIGNATURE_VERIFIED, "2.0", S.INSTALLING),
    (S.INSTALL_SCHEDULED, "2.0", S.INSTALLING),
    (S.INSTALLING, "2.0", S.INSTALLATION_FAILED),
    (S.INSTALLING, "1.0", S.INSTALLED),
    (S.INSTALL_REBOOTING, "2.0", S.INSTALLATION_FAILED),
    (S.INSTALL_REBOOTING, "1.0", S.INSTALLED),
    (S.DOWNLOAD_FAILED, "", S.DOWNLOAD_FAILED),
    (S.INVALID_SIGNATURE, "", S.INVALID_SIGNATURE),
    (S.INSTALL_VERIFICATION_FAILED, "", S.INSTALL_VERIFICATION_FAILED),
    (S.INSTALLED, "2.0", S.INSTALLED),
    (S.INSTALLATION_FAILED, "2.0", S.INSTALLATION_FAILED),
]


@pytest.mark.parametrize(("status", "version", "then"), STATUSES_AFTER_A_CUT)
def test_a_power_cut_in_each_state_ends_in_the_truth(
    status: FirmwareStatus, version: str, then: FirmwareStatus
) -> None:
    """What can go on goes on, and after an installation the version that runs decides (S8)."""
    later = NOON + 60.0 if status is S.DOWNLOAD_SCHEDULED else NOON
    update = FirmwareUpdate(replace(SIGNED, retrieve_at=later), status, version=version)
    world = World(OLD, Saved(firmware=update))

    assert shown(world) is then
    jobs = [action for action in world.actions if isinstance(action, a.Job)]
    wanted = {S.DOWNLOADING: 1, S.DOWNLOADED: 1, S.INSTALLING: 1}.get(then, 0)
    assert len(jobs) == wanted
    assert_saved(world.station, world.values, _saved_by(world, update))


def _saved_by(world: World, before: FirmwareUpdate) -> Saved:
    disk = MemoryDisk(firmware=before)
    disk.apply(world.records)
    return disk.saved()


def test_every_state_is_on_the_way() -> None:
    """Every status but Idle can be reached, and those that no edge leaves are ends."""
    reached = {new for _, new in EDGES}
    left = {old for old, _ in EDGES}

    assert reached | {S.IDLE} == set(FirmwareStatus)
    assert reached - left == {
        S.DOWNLOAD_FAILED,
        S.INVALID_SIGNATURE,
        S.INSTALL_VERIFICATION_FAILED,
        S.INSTALLED,
        S.INSTALLATION_FAILED,
    }


def test_an_edge_that_is_not_listed_is_impossible(world: World) -> None:
    """A bug here stops the turn before anything of it is told."""
    begin(world)

    with pytest.raises(AssertionError, match="no update goes from"):
        world.station.parts.firmware._enter(S.INSTALLED)


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ((None, None), Retrying()),
        ((-1, -5), Retrying(0, 0)),
        ((10**30, 10**30), Retrying(MOST_RETRIES, LONGEST_WAIT_S)),
        ((1, 2), Retrying(1, 2)),
    ],
)
def test_retries_have_bounds(asked: tuple[int | None, int | None], given: Retrying) -> None:
    """What is not told is our choice, and what is absurd is brought down to what is sensible."""
    assert Retrying.bounded(*asked) == given


# --- firmware that no back office has ordered ---

TRIED = Layout(firmware="2.0", release=Release(on_trial=True, previous="1.0"))
TAKEN_BACK = Layout(firmware="1.0", release=Release(taken_back=True))
BROUGHT = InstallUploaded("2.0")


def release_job(world: World) -> int:
    """Return the number of the last job that is about the version which runs."""
    jobs = (KeepRelease, ReturnToPrevious)
    return [action.job for action in world.actions if isinstance(action, jobs)][-1]


def code(world: World) -> UpdateCode:
    """Return the number that installers' tools read."""
    return world.station.view().release.code


def test_firmware_that_was_brought_is_installed_at_once(world: World) -> None:
    """It has been looked at already, so nothing is fetched or checked."""
    assert world.ask(BROUGHT) == Begun()

    jobs = [action for action in world.actions if isinstance(action, a.Job)]
    assert [type(job) for job in jobs] == [a.InstallFirmware]
    assert told(world) == [S.DOWNLOADED, S.INSTALLING]
    assert {notice.id for notice in world.told(FirmwareStatusChanged)} == {None}
    world.tell(e.FirmwareInstalled(job(world)))
    assert told(reborn(world, NEW)) == [S.INSTALLED]


def test_firmware_that_was_brought_waits_for_whoever_charges(world: World) -> None:
    """Like any other, also through a power cut; a back office may have its own instead."""
    charging(world)
    assert world.ask(BROUGHT) == Begun()
    assert shown(world) is S.INSTALL_SCHEDULED
    assert (code(world), world.station.view().release.busy) == (UpdateCode.READY, True)
    assert_saved(world.station, world.values, _disk(world).saved())

    assert world.ask(UpdateFirmware(SIGNED, trusted=True)) == Begun(replaced=True)


def _disk(world: World) -> MemoryDisk:
    disk = MemoryDisk()
    disk.apply(world.records)
    return disk


def test_what_is_under_way_makes_no_room_for_what_is_brought(world: World) -> None:
    """Whatever its step; and a station that starts anew takes nothing."""
    begin(world, SIGNED)
    busy = Refused(Reason.UPDATING, "another update is under way")
    assert world.ask(BROUGHT) == busy
    charging(world)
    fetch(world)
    assert world.ask(BROUGHT) == busy
    check(world)
    assert world.ask(BROUGHT) == busy
    world.swipe(reader=1)

    assert world.ask(BROUGHT) == Refused(Reason.UPDATING, "an installation is under way")
    other = World(OLD)
    other.ask(Reset(ResetKind.HARD))
    assert other.ask(BROUGHT) == Refused(Reason.UNAVAILABLE, "a restart is under way")


def tried(layout: Layout = TRIED) -> World:
    """Return a station whose new version has started."""
    world = World(OLD)
    world.ask(BROUGHT)
    world.tell(e.FirmwareInstalled(job(world)))
    return reborn(world, layout)


def test_a_version_on_trial_is_not_installed_before_it_is_kept() -> None:
    """What is told then stays true: nothing takes it back any more."""
    world = tried()
    assert told(world) == []
    assert (shown(world), code(world)) == (S.INSTALL_REBOOTING, UpdateCode.READY_TO_ROLL)
    assert world.station.view().release.on_trial
    assert world.ask(KeepFirmware()) == Accepted()
    world.tell(FirmwareKept(release_job(world) - 1))
    assert told(world) == []
    world.tell(FirmwareKept(release_job(world)))
    world.tell(FirmwareKept(release_job(world)))

    assert told(world) == [S.INSTALLED]
    assert (code(world), world.station.view().release.busy) == (UpdateCode.DONE, False)
    assert SecurityKind.FIRMWARE_UPDATED in {event.kind for event in world.told(SecurityEvent)}
    assert world.ask(KeepFirmware()) == Refused(Reason.NOT_ON_TRIAL, "no version is on trial")


def test_a_trial_that_nobody_ordered_here_is_kept_in_silence() -> None:
    """Such as that of a release which somebody has put in place at the machine."""
    world = World(TRIED)
    assert world.ask(KeepFirmware()) == Accepted()
    world.tell(FirmwareKept(release_job(world)))

    assert told(world) == []
    assert not world.station.view().release.on_trial


def test_a_trial_outlives_a_power_cut_and_a_reset() -> None:
    """Either is one more start of the same version, and of none is Installed told."""
    first = World(OLD)
    first.ask(BROUGHT)
    first.tell(e.FirmwareInstalled(job(first)))
    disk = _disk(first)
    world = World(TRIED, disk.saved())
    assert world.ask(Reset(ResetKind.HARD)) == Accepted()
    disk.apply(world.records)
    after = World(TRIED, disk.saved())

    assert told(world) == told(after) == []
    assert shown(after) is S.INSTALL_REBOOTING


def test_the_power_may_go_before_anybody_knew_that_it_is_in_place() -> None:
    """The version on trial tells the step that was left out."""
    world = World(OLD)
    world.ask(BROUGHT)
    world = reborn(world, TRIED)

    assert told(world) == [S.INSTALL_REBOOTING]


@pytest.mark.parametrize("layout", [TAKEN_BACK, replace(TAKEN_BACK, firmware="2.0")])
def test_a_version_that_was_taken_back_has_not_been_installed(layout: Layout) -> None:
    """The old one says so, in both words and numbers; also when both have one name."""
    world = tried(layout)

    assert told(world) == [S.INSTALLATION_FAILED]
    assert code(world) is UpdateCode.ROLLED_BACK


def test_nothing_is_installed_over_what_a_trial_may_fall_back_on() -> None:
    """Neither an order nor what somebody brings."""
    world = tried()
    trial = Refused(Reason.UPDATING, "a new version is on trial")

    assert world.ask(UpdateFirmware(SIGNED, trusted=True)) == trial
    assert world.ask(BROUGHT) == trial


@pytest.mark.parametrize("layout", [TRIED, replace(TRIED, release=Release(previous="1.0"))])
def test_somebody_may_go_back_once_nobody_charges(layout: Layout) -> None:
    """While it is on trial and after it; the version before it tells what became of that."""
    world = tried(layout)
    charging(world)
    assert world.ask(GoBack()) == Accepted()
    world.tell(FirmwareReturned(release_job(world) - 1))
    world.tell(FirmwareReturned(release_job(world)))
    assert not any(isinstance(action, a.Restart) for action in world.actions)
    world.swipe(reader=1)

    assert a.Restart(BootReason.FIRMWARE_UPDATE, orderly=True) in world.actions


def test_there_must_be_a_version_to_go_back_to(world: World) -> None:
    """And nothing under way."""
    none = "there is no version to go back to"
    assert world.ask(GoBack()) == Refused(Reason.NOT_ON_TRIAL, none)
    begin(world)
    assert world.ask(GoBack()) == Refused(Reason.UPDATING, "an update is under way")
    fetch(world)
    check(world)
    assert world.ask(GoBack()) == Refused(Reason.UPDATING, "an update is under way")


def test_how_far_a_file_is_that_is_brought_can_be_seen(world: World) -> None:
    """Until it is there, or comes no more; then the update that was the last is seen again."""
    world.tell(FirmwareArrives(UpdateCode.DOWNLOADING, 40))
    release = world.station.view().release
    assert (release.code, release.percent) == (UpdateCode.DOWNLOADING, 40)
    world.tell(FirmwareArrives(UpdateCode.DOWNLOAD_ERROR))
    assert code(world) is UpdateCode.DOWNLOAD_ERROR
    world.tell(FirmwareArrives(UpdateCode.NONE))
    assert code(world) is UpdateCode.NONE
    world.tell(FirmwareArrives(UpdateCode.CHECKED))
    begin(world)

    assert code(world) is UpdateCode.DOWNLOADING


def test_what_was_gone_back_from_is_not_told_later() -> None:
    """A CSMS that was away hears no Installed of a version that runs no more."""
    world = tried(Layout(firmware="2.0"))
    assert told(world) == [S.INSTALLED]
    saved = _disk(world).saved()
    again = World(Layout(firmware="2.0"), saved)
    again.online()
    assert told(again) == [S.INSTALLED]

    back = World(TAKEN_BACK, saved)
    back.online()
    assert told(back) == []
    [kept] = [record for record in back.records if isinstance(record, FirmwareSaved)]
    assert kept.update.told
    assert told(World(TAKEN_BACK, Saved(firmware=kept.update))) == []
