"""Bundles are installed by RAUC, tried by the next start of the machine, and kept or taken back."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from laadpaal.ports.updater import Checked, Glance, blind
from laadpaal.station.carriage import FirmwareVerdict, Signed
from laadpaal.station.releases import Release
from laadpaal.updates.journal import Entry, Journal, Step
from laadpaal.updates.rauc import updater as module
from laadpaal.updates.rauc.program import UNKNOWN, Mark
from laadpaal.updates.rauc.reboot import Reboot
from laadpaal.updates.rauc.updater import MOST_STARTS, RaucUpdater
from tests.support.rauc import MOST_BYTES, NEW, OLD, Board, bundle, updater_on

BUSY = "already processing a different method"
NO_REBOOT = Reboot(["sh", "-c", "echo 'Access denied' >&2; exit 1"])


@pytest.fixture
def board(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Board:
    """Return a board whose RAUC is not waited for when it is busy."""
    monkeypatch.setattr(module, "FREE_S", 0.0)
    monkeypatch.setattr(module, "AGAIN_S", 0.0)
    return Board.made(tmp_path / "board")


async def installed(board: Board, version: str = "2", *, sound: bool = True) -> RaucUpdater:
    """Return an updater that has installed a version."""
    it = await updater_on(board)
    assert await it.install(board.file(bundle(version, sound=sound))) == ""
    return it


async def on_trial(board: Board) -> RaucUpdater:
    """Return the updater of version 2, which has come up."""
    await installed(board)
    board.boot()
    return await updater_on(board)


async def while_booting(board: Board, it: RaucUpdater) -> None:
    """Let the updater make way until the machine takes it along."""
    waiting = asyncio.ensure_future(it.make_way())
    await board.wants_to_boot()
    waiting.cancel()
    with suppress(asyncio.CancelledError):
        await waiting


def journal(board: Board) -> Journal:
    """Return what is written down."""
    return Journal(board.folder / "journal.json")


async def test_how_far_it_is_can_be_heard(board: Board) -> None:
    """In percent."""
    heard: list[int] = []
    it = await updater_on(board)
    assert await it.install(board.file(bundle("2")), heard.append) == ""

    assert heard == [0, 20, 100]
    assert journal(board).read() == Entry(Step.READY_TO_ROLL, NEW, "2", boot="boot-1")


@pytest.mark.parametrize(
    ("remembers", "versions"),
    [(True, ["1", "2", "2", "2"]), (False, ["built in", "2", "2", "built in"])],
)
async def test_a_version_is_known_as_far_as_anybody_has_told(
    board: Board,
    remembers: bool,  # noqa: FBT001  a parameter of the test
    versions: list[str],
) -> None:
    """By RAUC, else by what was installed, as long as that is written down."""
    board.change(remembers=remembers)
    it = await installed(board)
    seen = [it.version()]
    board.boot()
    it = await updater_on(board)
    seen.append(it.version())
    assert it.release().previous == ("1" if remembers else OLD)
    await it.keep()
    seen.append(it.version())
    journal(board).write(Entry())
    seen.append(it.version())

    assert seen == versions


async def test_a_slot_that_boots_is_marked_good_at_each_start(
    board: Board, caplog: pytest.LogCaptureFixture
) -> None:
    """Boot loaders count; but one on trial is not, until it was kept."""
    for _ in range(5):
        board.boot()
        await updater_on(board)
    assert board.state["booted"] == OLD
    it = await on_trial(board)
    assert board.state["slots"][NEW]["left"] == 2
    assert await it.keep() == ""
    assert board.state["slots"][NEW]["left"] == 3
    board.fail(mark_good=BUSY)
    await updater_on(board)

    assert f"the slot that runs is not marked good, {BUSY}" in caplog.text


async def test_what_rauc_does_not_install_changes_nothing(board: Board) -> None:
    """Neither what starts next nor what is under way."""
    it = await updater_on(board)
    board.fail(install="no space left")

    assert await it.install(board.file(bundle("2"))) == "no space left"
    assert (board.primary, it.leaves()) == (OLD, False)
    assert journal(board).read() == Entry(why="no space left")


async def test_what_rauc_installs_and_does_not_start_is_no_update(board: Board) -> None:
    """Whoever has set it up wants to decide that himself."""
    it = await updater_on(board)
    board.change(activates=False)

    assert "does not let it start" in await it.install(board.file(bundle("2")))
    assert (board.primary, it.leaves()) == (OLD, False)


@dataclass(frozen=True)
class Sure:
    """A judge who asks nobody."""

    def sizes(self) -> tuple[int, int]:
        """Take anything."""
        return 1, MOST_BYTES

    def trusts(self, certificate: str) -> bool:
        """Trust anybody."""
        return bool(certificate)

    def glance(self) -> Glance:
        """See nothing wrong."""
        return blind

    async def check(self, file: Path, signed: Signed | None) -> Checked:  # noqa: ARG002  a judge's
        """Find it good."""
        return Checked(FirmwareVerdict.GOOD, "2")


async def test_rauc_may_be_busy_with_what_nobody_waits_for(board: Board) -> None:
    """Then the next start of the station sees to it that the old version stays."""
    it = await updater_on(board, judge=Sure())
    board.fail(install="rauc install was not done within 780 s", status=BUSY)
    why = await it.install(board.file(bundle("2")))
    assert why.endswith(f"within 780 s; and RAUC does not let the old version stay: {BUSY}")
    assert journal(board).read().step is Step.INSTALLING
    board.fail()
    await it.rauc.mark(Mark.ACTIVE, NEW)  # what nobody waited for has come to its end

    await updater_on(board)
    assert board.primary == OLD
    assert journal(board).read() == Entry(why=f"slot {NEW} has not come up, or not stayed")


@pytest.mark.parametrize("done", [False, True])
async def test_the_power_goes_while_it_is_installed(
    board: Board,
    done: bool,  # noqa: FBT001  a parameter of the test
) -> None:
    """What RAUC has finished is tried, and the old version runs else."""
    it = await updater_on(board)
    journal(board).write(Entry(Step.INSTALLING, NEW, "2", boot=it.boot))
    if done:
        await it.rauc.install(board.file(bundle("2")), print)
    board.boot()
    it = await updater_on(board)

    assert (it.version(), it.on_trial()) == (("2", True) if done else ("1", False))
    assert not it.leaves()
    assert it.release().taken_back is False


async def test_the_station_dies_before_the_machine_starts_anew(board: Board) -> None:
    """Its next start asks for that again."""
    await installed(board)
    beginning = asyncio.ensure_future(updater_on(board))
    await board.wants_to_boot()
    beginning.cancel()
    with suppress(asyncio.CancelledError):
        await beginning
    board.boot()

    assert (await updater_on(board)).on_trial()


async def test_a_machine_that_does_not_start_anew_keeps_the_old_version(board: Board) -> None:
    """That one starts next then, and the update is over; also when the station has died."""
    it = replace(await installed(board), reboot=NO_REBOOT)
    assert it.leaves()
    assert await it.make_way() == "Access denied"
    assert (it.leaves(), board.primary, it.version()) == (False, OLD, "1")
    assert journal(board).read() == Entry(Step.ROLLED_BACK, OLD, "2", why="Access denied")
    await it.install(board.file(bundle("2")))

    it = await updater_on(board, reboot=NO_REBOOT)
    assert (it.leaves(), board.primary, it.release().taken_back) == (False, OLD, True)


async def test_the_same_version_that_does_not_come_up_is_taken_back_too(board: Board) -> None:
    """It is the slot that tells, not the version."""
    await installed(board, "1", sound=False)
    assert board.boot() == OLD
    it = await updater_on(board)

    assert it.release().taken_back
    assert board.primary == OLD
    assert journal(board).read().why == f"slot {NEW} has not come up, or not stayed"


async def test_a_version_that_is_never_kept_is_given_up(board: Board) -> None:
    """After some starts of the station; the machine goes back by itself."""
    it = await on_trial(board)
    for _ in range(MOST_STARTS - 1):
        it = await updater_on(board)
        assert it.on_trial()
    beginning = asyncio.ensure_future(updater_on(board))
    await board.wants_to_boot()
    beginning.cancel()
    await asyncio.wait({beginning})
    assert board.boot() == OLD

    it = await updater_on(board)
    assert (it.version(), it.release().taken_back) == ("1", True)
    assert journal(board).read().why == "it was started 3 times and never kept"


async def test_what_cannot_be_given_up_is_tried_on(
    board: Board, caplog: pytest.LogCaptureFixture
) -> None:
    """There may be nothing to go back to, or no way."""
    await on_trial(board)
    entry = replace(journal(board).read(), boots=MOST_STARTS)
    journal(board).write(entry)
    it = await updater_on(board, reboot=NO_REBOOT)
    assert (it.on_trial(), it.leaves(), board.primary) == (True, False, NEW)
    assert "not taken back, Access denied" in caplog.text
    journal(board).write(entry)
    state = board.state
    state["slots"][OLD]["left"] = 0
    board.change(slots=state["slots"])
    it = await updater_on(board)

    assert it.on_trial()
    assert "not taken back, no other slot can be started" in caplog.text


async def test_a_trial_has_its_time(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody outside the station ends it; who keeps the version in time ends the watch."""
    monkeypatch.setattr(module, "TRIAL_S", 0.0)
    it = await on_trial(board)
    guarding = asyncio.ensure_future(it.guard())
    await board.wants_to_boot()
    guarding.cancel()
    await asyncio.wait({guarding})
    assert journal(board).read() == Entry(
        Step.ROLLING_BACK, OLD, "2", 1, "it was not found good within 0 s", it.boot
    )
    board.boot()

    await (await updater_on(board)).guard()


async def test_who_keeps_it_in_time_ends_the_watch(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is asked of the machine then."""
    monkeypatch.setattr(module, "TRIAL_S", 0.0)
    it = await on_trial(board)
    guarding = asyncio.ensure_future(it.guard())
    await asyncio.sleep(0)
    journal(board).write(replace(journal(board).read(), step=Step.COMMITTED))
    await guarding

    assert board.primary == NEW
    assert not board.state["rebooting"]


async def test_what_rauc_does_not_mark_is_on_trial_still(board: Board) -> None:
    """It is tried again later."""
    it = await on_trial(board)
    board.fail(mark_good=BUSY)
    assert await it.keep() == BUSY
    assert it.on_trial()
    board.fail()

    assert await it.keep() == ""
    assert journal(board).read() == Entry(Step.COMMITTED, NEW, "2", 1, boot="boot-1")


async def test_going_back_needs_another_slot_and_rauc(board: Board) -> None:
    """Else nothing has changed."""
    it = await on_trial(board)
    before = journal(board).read()
    board.fail(mark_active=BUSY)
    assert await it.go_back() == BUSY
    board.fail(status=BUSY)
    assert await it.go_back() == BUSY
    board.fail()
    state = board.state
    state["slots"][OLD]["left"] = 0
    board.change(slots=state["slots"])
    assert await it.go_back() == "no other slot can be started"

    assert journal(board).read() == before
    assert (await updater_on(board)).release().previous == ""


@pytest.mark.parametrize("kept", [False, True])
async def test_a_machine_that_does_not_go_back_runs_on_as_before(
    board: Board,
    kept: bool,  # noqa: FBT001  a parameter of the test
) -> None:
    """On trial, or for good."""
    it = await on_trial(board)
    if kept:
        await it.keep()
    it = replace(it, reboot=NO_REBOOT)
    assert await it.go_back() == ""
    assert await it.make_way() == "Access denied"

    assert (it.on_trial(), it.leaves(), board.primary) == (not kept, False, NEW)


async def test_the_power_goes_as_somebody_goes_back(board: Board) -> None:
    """Before RAUC has heard of it the later version runs on, and it is known that it does."""
    it = await on_trial(board)
    await it.keep()
    journal(board).write(Entry(Step.ROLLING_BACK, OLD, "2", why="asked for", boot=it.boot))
    board.boot()
    it = await updater_on(board)

    assert (it.version(), it.leaves(), it.release().taken_back) == ("2", False, False)
    assert journal(board).read() == Entry(why=f"slot {OLD} has not come up, or not stayed")


async def test_a_machine_of_which_nothing_was_known_can_be_updated_later(board: Board) -> None:
    """RAUC did not answer when the station began, and does now."""
    it = await updater_on(board, system=UNKNOWN)
    assert (it.version(), it.release()) == ("built in", Release())
    assert await it.install(board.file(bundle("2"))) == ""
    await while_booting(board, it)
    board.boot()

    assert (await updater_on(board)).version() == "2"


async def test_a_disk_that_fails_leaves_what_runs(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be written down has not been done."""
    it = await on_trial(board)

    def broken(*_: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Journal, "write", broken)
    assert await it.keep() == await it.go_back() == "Input/output error"
    why = await it.install(board.file(bundle("3")))
    assert why == "Input/output error; and the journal cannot be written: Input/output error"
    monkeypatch.undo()

    assert it.on_trial()
    assert board.primary == NEW
