"""The power goes before each change of the disk that an update makes, also between its steps."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from laadpaal.updates.journal import Entry, Step
from laadpaal.updates.slots import PROGRAM
from tests.support.packages import archive, sealed
from tests.support.releases import CRASH, DONE, GOOD, KILLED, Machine, script

OLD, NEW = "1 in a", "2 in b"
Deed = Callable[[Machine, str], int]


def runs_after(folder: Path, prepare: Callable[[Machine], None], deed: Deed) -> list[str]:
    """Return what the next start ran, for each change before which the power went, and for none."""
    runs = []
    for change in count(1):
        machine = Machine(folder / str(change))
        prepare(machine)
        status = deed(machine, str(change))
        assert machine.launch() == 0
        runs.append(machine.lives[-1])
        if status != KILLED:
            return runs
    raise AssertionError("it never ends")


def old_runs(machine: Machine) -> None:
    """Have version 1 that is kept."""
    machine.put("a", "1", DONE)
    machine.slots.switch("a")


def on_trial(machine: Machine) -> None:
    """Have version 2 run, which nobody has kept yet."""
    machine.rolling(new=DONE)
    machine.journal.write(Entry(Step.TRIAL, "b", "2", boots=1))


def given_up(machine: Machine) -> None:
    """Have version 2 that was kept, and that somebody wants to go back from."""
    machine.rolling(new=DONE)
    machine.slots.switch("b")
    machine.journal.write(Entry(Step.ROLLING_BACK, "a", "2"))


def install(machine: Machine, die_at: str) -> int:
    """Install version 2 while version 1 runs."""
    package = machine.folder / "firmware.lpfw"
    release = archive({PROGRAM: script(machine.folder, "2", GOOD).encode(), "lib/more": b"more"})
    package.write_bytes(sealed("2", release))
    return machine.install(package, "a", die_at)


def test_while_it_is_installed(tmp_path: Path) -> None:
    """The old one runs up to some moment, and from it on the new one."""
    runs = runs_after(tmp_path, old_runs, install)

    assert runs == sorted(runs)
    assert {*runs} == {OLD, NEW}
    assert len(runs) > len(Step)


@pytest.mark.parametrize(
    ("prepare", "deed", "left"),
    [
        (Machine.rolling, Machine.launch, NEW),
        (on_trial, lambda machine, die_at: machine.keep("b", die_at), NEW),
        (lambda machine: machine.rolling(new=CRASH), Machine.launch, OLD),
        (given_up, Machine.launch, OLD),
    ],
    ids=["tried", "kept", "taken back", "gone back from"],
)
def test_while_it_is(
    tmp_path: Path, prepare: Callable[[Machine], None], deed: Deed, left: str
) -> None:
    """What was to run in the end runs, whenever it was."""
    runs = runs_after(tmp_path, prepare, deed)

    assert {*runs} == {left}
    assert len(runs) > 2
