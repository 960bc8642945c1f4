"""The launcher runs the old release or the new one, whatever they do, whenever the power goes."""

from __future__ import annotations

import os
import select
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from laadpaal.updates import launcher
from laadpaal.updates.journal import Entry, Step
from laadpaal.updates.launcher import MOST_BOOTS, Times
from tests.support.releases import (
    CRASH,
    DEAF,
    DONE,
    GOOD,
    HANG,
    KILLED,
    NEVER_WELL,
    SILENT,
    Machine,
)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_the_release_that_is_kept_is_started(machine: Machine) -> None:
    """As long as nothing is under way, and though the other slot is newer."""
    machine.put("a", "1", DONE)
    machine.put("b", "2", DONE)
    machine.slots.switch("a")

    assert machine.launch() == 0
    assert machine.lives == ["1 in a"]


def test_a_good_release_is_tried_and_kept(machine: Machine) -> None:
    """From then on it is the one that is started."""
    machine.rolling()

    assert machine.launch() == 0
    assert machine.journal.read() == Entry(Step.COMMITTED, "b", "2", boots=1)
    assert machine.slots.current() == "b"
    assert machine.launch() == 0
    assert machine.lives == ["2 in b", "2 in b"]


@pytest.mark.parametrize(
    ("new", "times", "why"),
    [
        (CRASH, {}, "it ended with status 3"),
        (HANG, {"watchdog": 0.2}, "it gave no sign of life in time"),
        (SILENT, {"start": 0.2}, "it gave no sign of life in time"),
        (NEVER_WELL, {"trial": 0.5}, "it was not found good within 0.5 s"),
        ("no program of any kind\0", {}, "it ended with status 1"),
    ],
    ids=["crashes", "hangs", "never starts", "is never well", "is none"],
)
def test_a_bad_release_is_taken_back(
    machine: Machine, new: str, times: dict[str, float], why: str
) -> None:
    """By itself; the old one runs, and the journal says why."""
    machine.rolling(new=new)

    assert machine.launch("", **times) == 0
    assert machine.lives[-1] == "1 in a"
    assert len(machine.lives) <= 2
    assert machine.slots.current() == "a"
    assert machine.journal.read() == Entry(Step.ROLLED_BACK, "a", "2", why=why)


def test_a_release_that_cannot_be_started_is_taken_back(machine: Machine) -> None:
    """It is whole, but no machine can run it."""
    machine.rolling()
    program = machine.slots.program("b")
    program.write_text("#!/nowhere\n")
    machine.slots.keep("b", "2")

    assert machine.launch() == 0
    assert machine.lives == ["1 in a"]
    assert machine.journal.read().why == "it cannot be started: No such file or directory"


@pytest.mark.parametrize("damage", ["changed", "added", "gone", "mode", "manifest"])
def test_a_damaged_release_is_not_even_tried(machine: Machine, damage: str) -> None:
    """Not one byte may be another than what was installed."""
    machine.rolling()
    program = machine.slots.program("b")
    match damage:
        case "changed":
            program.write_text(program.read_text() + "#")
        case "added":
            (program.parent / "more").touch()
        case "gone":
            program.unlink()
        case "mode":
            program.chmod(0o644)
        case _:
            (machine.folder / "b" / "slot.json").write_text("{}")

    assert machine.launch() == 0
    assert machine.lives == ["1 in a"]
    assert machine.journal.read() == Entry(Step.ROLLED_BACK, "a", "2", why="it is damaged")


@pytest.mark.parametrize("step", ["trial", "rolling back", "rolled back"])
@pytest.mark.parametrize("new", [GOOD, CRASH])
def test_the_power_goes_at_a_step_of_the_launcher(machine: Machine, step: str, new: str) -> None:
    """The next start runs one of both, and it is the one that the journal names."""
    machine.rolling(new=new)
    status = machine.launch(die_at=step)
    reached = new is CRASH or step == "trial"
    assert (status == KILLED) is reached

    assert machine.launch() == 0
    kept = "2 in b" if new is GOOD else "1 in a"
    assert machine.lives[-1] == kept
    entry = machine.journal.read()
    assert entry.step is (Step.COMMITTED if new is GOOD else Step.ROLLED_BACK)
    assert machine.slots.current() == kept[-1]


def test_the_power_goes_as_a_release_is_kept(machine: Machine) -> None:
    """The link was switched, and that was not written down: it is kept all the same."""
    machine.rolling(new=DONE)
    machine.slots.switch("b")
    machine.journal.write(Entry(Step.TRIAL, "b", "2", boots=1))

    assert machine.launch() == 0
    assert machine.lives == ["2 in b"]
    assert machine.journal.read() == Entry(Step.COMMITTED, "b", "2", boots=1)


def test_a_release_on_trial_is_not_tried_for_ever(machine: Machine) -> None:
    """Power cuts are forgiven, but not without end."""
    machine.rolling(new=DONE)
    for _ in range(MOST_BOOTS):
        assert machine.launch() == 0
    assert machine.lives == ["2 in b"] * MOST_BOOTS

    assert machine.launch() == 0
    assert machine.lives[-1] == "1 in a"
    assert machine.journal.read().why == f"it was started {MOST_BOOTS} times and never kept"


def test_somebody_goes_back_to_the_other_release(machine: Machine) -> None:
    """The link is switched by the launcher, and then the other one runs."""
    machine.put("a", "1", DONE)
    machine.put("b", "2", GOOD)
    machine.slots.switch("b")
    machine.journal.write(Entry(Step.ROLLING_BACK, "a", "2"))

    assert machine.launch() == 0
    assert (machine.slots.current(), machine.lives) == ("a", ["1 in a"])
    assert machine.journal.read().step is Step.ROLLED_BACK


@pytest.mark.parametrize("text", ["", "{", "[]", '{"step": "flying"}', '{"step": "trial"}', "null"])
def test_a_journal_that_nobody_can_read_is_none(machine: Machine, text: str) -> None:
    """What is kept runs; a later release may also have written steps that are not known here."""
    machine.rolling()
    (machine.folder / launcher.JOURNAL).write_text(text)

    assert machine.launch() == 0
    assert machine.lives == ["1 in a"]


@pytest.mark.parametrize("link", ["gone", "nowhere", "empty"])
def test_a_link_that_leads_nowhere_is_none(machine: Machine, link: str) -> None:
    """Any whole release is better than none."""
    machine.put("b", "2", DONE)
    if link != "gone":
        machine.slots.switch("a" if link == "empty" else "elsewhere")

    assert machine.launch() == 0
    assert machine.lives == ["2 in b"]


def test_a_release_that_ends_is_started_again(machine: Machine) -> None:
    """It was kept, so nobody takes it back."""
    machine.put(
        "a",
        "1",
        f"count = len(open({str(machine.folder / 'lives.txt')!r}).readlines())\n"
        "sys.exit(1) if count < 3 else last()",
    )

    assert machine.launch() == 0
    assert machine.lives == ["1 in a"] * 3


def test_a_release_that_will_not_end_is_made_to(machine: Machine) -> None:
    """It has its time, and no more."""
    machine.put("a", "1", DEAF)

    assert machine.launch(stop=0.2) == 0
    assert machine.lives == ["1 in a"]


def test_without_any_release_it_says_so(
    machine: Machine, capfd: pytest.CaptureFixture[str]
) -> None:
    """Nothing can be started."""
    assert machine.launch() == 127
    assert "no release in either slot" in capfd.readouterr().out


def test_systemd_hears_what_a_release_says(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That it runs, and that the launcher lives; the release itself does not speak to systemd."""
    machine.put("a", "1", "assert 'NOTIFY_SOCKET' not in os.environ\nlast()")
    name = f"laadpaal-test-{machine.folder.name}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.bind("\0" + name)
        monkeypatch.setenv("NOTIFY_SOCKET", "@" + name)
        assert machine.launch() == 0
        line.settimeout(0.0)
        heard = set()
        while True:
            try:
                heard.add(line.recv(100))
            except BlockingIOError:
                break

    assert heard == {b"READY=1", b"WATCHDOG=1"}


def test_nothing_goes_on_without_the_launcher(machine: Machine) -> None:
    """Two releases must never run at once, so one dies with whoever watches it."""
    machine.put("a", "1", "note(str(os.getpid())); os.kill(os.getppid(), 9); time.sleep(60)")

    assert machine.launch() == KILLED
    try:
        process = os.pidfd_open(int(machine.lives[1]))
    except ProcessLookupError:
        return
    assert select.select([process], [], [], 30.0)[0] == [process]
    os.close(process)


def modules(code: str) -> set[str]:
    """Return what a new Python has loaded after some code."""
    whole = f"import sys; {code}; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", whole], check=True, capture_output=True, text=True)  # noqa: S603  ourselves
    return set(ran.stdout.split())


def test_it_needs_nothing_but_python() -> None:
    """No library and no other room comes with it: it must outlive all of them."""
    loaded, plain = modules("import laadpaal.updates.launcher"), modules("pass")
    new = {name.partition(".")[0] for name in loaded - plain}

    assert new - sys.stdlib_module_names == {"laadpaal"}
    assert {name for name in loaded if name.startswith("laadpaal.")} == {
        "laadpaal.updates",
        "laadpaal.updates.journal",
        "laadpaal.updates.launcher",
        "laadpaal.updates.slots",
    }


def test_its_times_are_options() -> None:
    """With what is usual as the default."""
    assert Times().trial > 300.0 > Times().watchdog
    with pytest.raises(SystemExit):
        launcher.main(["--trial", "soon", "nowhere"])
