"""Releases are installed beside the one that runs, kept when they are good, or taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from laadpaal.ports.updater import Updater
from laadpaal.protocols.firmware.head import Wanted
from laadpaal.station.releases import Release
from laadpaal.updates.journal import Entry, Journal, Step
from laadpaal.updates.judge import PackageJudge
from laadpaal.updates.slots import PROGRAM, Slots, digest_of
from laadpaal.updates.updater import SlotUpdater
from tests.support.certificates import root
from tests.support.packages import MAKER, PRODUCT, archive, sealed
from tests.support.releases import DONE, GOOD, KILLED, Machine, script


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    made = Machine(tmp_path / "slots")
    made.put("a", "1", DONE)
    made.slots.switch("a")
    return made


def updater(machine: Machine, running: str = "a", *roots: str) -> SlotUpdater:
    """Return the updater of a station that was started from a slot."""
    judge = PackageJudge(lambda: Wanted(PRODUCT, "1"), lambda: roots, lambda: None)
    return SlotUpdater(machine.slots, machine.journal, judge, running, "0")


def package(machine: Machine, does: str = GOOD, version: str = "2") -> Path:
    """Write a package that was fetched."""
    path = machine.folder / "firmware.lpfw"
    release = archive({PROGRAM: script(machine.folder, version, does).encode()})
    path.write_bytes(sealed(version, release))
    return path


def test_it_knows_what_runs(machine: Machine) -> None:
    """From the slot it was started from; without one it is what it was built as."""
    it: Updater = updater(machine)

    assert (it.version(), it.release(), it.leaves()) == ("1", Release(), False)
    assert updater(machine, "b").version() == "0"
    assert updater(machine, "").version() == "0"


@pytest.mark.parametrize("roots", [(), (MAKER.pem,)], ids=["nobody judges", "judged"])
async def test_a_release_is_installed_tried_and_kept(
    machine: Machine, roots: tuple[str, ...]
) -> None:
    """The old one runs on until the launcher is to start the new one."""
    it = updater(machine, "a", *roots)

    assert await it.install(package(machine)) == ""
    assert machine.journal.read() == Entry(Step.READY_TO_ROLL, "b", "2")
    assert (it.version(), it.leaves(), machine.slots.current()) == ("1", True, "a")
    assert machine.launch() == 0
    assert machine.lives == ["2 in b"]
    assert machine.slots.current() == "b"


@pytest.mark.parametrize("step", [Step.INSTALLING, Step.READY_TO_ROLL])
def test_the_power_goes_while_it_is_installed(machine: Machine, step: Step) -> None:
    """A half-written slot is none, and a whole one is tried."""
    before = digest_of(machine.slots.release("a"))

    assert machine.install(package(machine), "a", die_at=step.value) == KILLED
    assert machine.journal.read().step is step
    assert machine.launch() == 0
    assert machine.lives == ["1 in a" if step is Step.INSTALLING else "2 in b"]
    assert digest_of(machine.slots.release("a")) == before
    assert updater(machine, "a").version() == "1"


async def test_the_slot_of_what_runs_is_never_touched(machine: Machine) -> None:
    """Whichever that is; the next release goes where the last one was."""
    assert await updater(machine).install(package(machine)) == ""
    machine.launch()
    assert await updater(machine, "b").install(package(machine, version="3")) == ""

    assert machine.slots.current() == "b"
    assert machine.launch() == 0
    assert machine.lives == ["2 in b", "3 in a"]


def damaged(machine: Machine) -> Path:
    """Change a byte of the payload."""
    path = package(machine)
    path.write_bytes(path.read_bytes().replace(b"PK\x03\x04", b"PK\x03\x05", 1))
    return path


def cut(machine: Machine) -> Path:
    """Leave the end out."""
    path = package(machine)
    path.write_bytes(path.read_bytes()[:-1])
    return path


def unsealed(machine: Machine) -> Path:
    """Let a stranger seal it."""
    path = package(machine)
    path.write_bytes(sealed("2", archive({PROGRAM: b""}), root("stranger")))
    return path


def no_archive(machine: Machine) -> Path:
    """Seal something else."""
    path = package(machine)
    path.write_bytes(sealed("2", b"no archive"))
    return path


def gone(machine: Machine) -> Path:
    """Have nothing."""
    return machine.folder / "nowhere"


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (damaged, "the payload is not what the head says"),
        (cut, "the head announces"),
        (unsealed, "is signed by nobody we know"),
        (no_archive, "cannot be unpacked"),
        (gone, "No such file or directory"),
    ],
)
async def test_a_bad_package_leaves_what_runs(
    machine: Machine, bad: Callable[[Machine], Path], why: str
) -> None:
    """It is said why, and nothing is under way any more."""
    it = updater(machine, "a", MAKER.pem)

    assert why in await it.install(bad(machine))
    assert machine.journal.read().step is Step.NONE
    assert why in machine.journal.read().why
    assert not it.leaves()
    assert machine.launch() == 0
    assert machine.lives == ["1 in a"]


async def test_a_disk_that_fails_leaves_what_runs(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever cannot be written, the old release is there."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Slots, "keep", full)
    assert await updater(machine).install(package(machine)) == "No space left on device"
    monkeypatch.setattr(Journal, "write", full)
    assert "the journal cannot be written" in await updater(machine).install(package(machine))
    monkeypatch.undo()

    assert machine.launch() == 0
    assert machine.lives == ["1 in a"]


async def test_what_is_on_trial_can_be_kept(machine: Machine) -> None:
    """Once; the link names it from then on."""
    machine.put("b", "2", DONE)
    machine.journal.write(Entry(Step.TRIAL, "b", "2", boots=1))
    it = updater(machine, "b")

    assert it.on_trial()
    assert await it.keep() == ""
    assert (it.on_trial(), machine.slots.current()) == (False, "b")
    assert machine.journal.read() == Entry(Step.COMMITTED, "b", "2", boots=1)
    assert await it.keep() == "no version is on trial"


async def test_a_trial_is_that_of_its_own_slot(machine: Machine) -> None:
    """Whoever runs from elsewhere is not meant."""
    machine.put("b", "2", DONE)
    machine.journal.write(Entry(Step.TRIAL, "b", "2", boots=1))

    assert not updater(machine, "a").on_trial()
    assert await updater(machine, "a").keep() == "no version is on trial"


@pytest.mark.parametrize("step", [Step.TRIAL, Step.COMMITTED])
async def test_somebody_may_go_back(machine: Machine, step: Step) -> None:
    """While it is tried, and after it was kept; the launcher does the rest."""
    machine.put("b", "2", DONE)
    if step is Step.COMMITTED:
        machine.slots.switch("b")
    machine.journal.write(Entry(step, "b", "2", boots=1))
    it = updater(machine, "b")

    assert await it.go_back() == ""
    assert it.leaves()
    assert machine.launch() == 0
    assert machine.lives == ["1 in a"]
    assert machine.journal.read().step is Step.ROLLED_BACK


async def test_there_must_be_something_to_go_back_to(machine: Machine) -> None:
    """An empty or damaged slot is no release."""
    none = "the other slot holds no release to go back to"
    assert await updater(machine).go_back() == none
    machine.put("b", "2", DONE)
    machine.slots.program("b").write_text("damaged")

    assert await updater(machine).go_back() == none
    assert not updater(machine).leaves()


@pytest.mark.parametrize("deed", [SlotUpdater.keep, SlotUpdater.go_back])
async def test_what_cannot_be_written_down_has_not_been_done(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, deed: Callable[[SlotUpdater], object]
) -> None:
    """The disk says why."""

    def broken(*_: object) -> None:
        raise OSError(5, "Input/output error")

    machine.put("b", "2", DONE)
    machine.journal.write(Entry(Step.TRIAL, "b", "2", boots=1))
    monkeypatch.setattr(Journal, "write", broken)

    told = deed(updater(machine, "b"))
    assert await told == "Input/output error"  # type: ignore[misc]  # either is a coroutine
