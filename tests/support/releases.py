"""Tiny releases that do well or badly, and a machine with slots for them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

from laadpaal.updates.journal import Entry, Journal, Step
from laadpaal.updates.launcher import JOURNAL
from laadpaal.updates.slots import PROGRAM, Slots

PATIENCE_S = 60.0
LIVES = "lives.txt"
"""What each release that was started has written, one line for each start."""
_HEAD = f"""\
#!{sys.executable} -S
import os, signal, sys, time
def say(what): os.write(int(os.environ["LAADPAAL_HEALTH_FD"]), what)
def note(what):
    with open({{lives!r}}, "a") as file: file.write(what + "\\n")
def last():
    say(b"READY=1\\n")
    os.kill(os.getppid(), signal.SIGTERM)
    time.sleep(60)
note("{{version}} in " + os.environ["LAADPAAL_SLOT"])
"""
DONE = "last()"
"""Lets the launcher end: what runs in the end has come to run."""
CRASH = "sys.exit(3)"
HANG = 'say(b"READY=1\\n"); time.sleep(60)'
SILENT = "time.sleep(60)"
NEVER_WELL = """
while True:
    say(b"WATCHDOG=1\\n")
    time.sleep(0.02)
"""
DEAF = "signal.signal(signal.SIGTERM, signal.SIG_IGN); os.kill(os.getppid(), 15); time.sleep(60)"
GOOD = """
from pathlib import Path
from laadpaal.updates.journal import Journal, Step, Entry
from laadpaal.updates.slots import Slots
from laadpaal.updates.launcher import JOURNAL
folder = Path(__file__).resolve().parents[3]
entry = Journal(folder / JOURNAL).read()
if entry.step is Step.TRIAL:
    Slots(folder).switch(os.environ["LAADPAAL_SLOT"])
    Journal(folder / JOURNAL).write(Entry(Step.COMMITTED, entry.slot, entry.version, entry.boots))
last()
"""
"""Finds itself well at once, and is kept."""


@dataclass(frozen=True, slots=True)
class Machine:
    """A folder with slots, and what was started from them."""

    folder: Path

    @property
    def slots(self) -> Slots:
        """Both slots."""
        return Slots(self.folder)

    @property
    def journal(self) -> Journal:
        """How far an update is."""
        return Journal(self.folder / JOURNAL)

    @property
    def lives(self) -> list[str]:
        """Which release was started, in order."""
        try:
            return (self.folder / LIVES).read_text().splitlines()
        except OSError:
            return []

    def put(self, slot: str, version: str, does: str) -> None:
        """Put a release into a slot."""
        program = self.slots.clear(slot) / PROGRAM
        program.parent.mkdir()
        program.write_text(script(self.folder, version, does))
        program.chmod(0o755)
        self.slots.keep(slot, version)

    def rolling(self, old: str = DONE, new: str = GOOD) -> None:
        """Have version 1 that is kept, and version 2 that is to be tried."""
        self.put("a", "1", old)
        self.slots.switch("a")
        self.put("b", "2", new)
        self.journal.write(Entry(Step.READY_TO_ROLL, "b", "2"))

    def launch(self, die_at: str = "", **times: float) -> int:
        """Run the launcher until it ends, perhaps by a power cut; return its status.

        Args:
            die_at: The step after which it comes, or the number of the change of the disk before
                which it does.
            times: Options of the launcher.
        """
        given = {"pause": 0.0} | times
        options = [it for name, value in given.items() for it in (f"--{name}", str(value))]
        return ran("launch", *options, str(self.folder), die_at=die_at)

    def install(self, package: Path, running: str, die_at: str = "") -> int:
        """Install a package beside the slot that runs, in a process that perhaps dies."""
        return ran("install", str(self.folder), running, str(package), die_at=die_at)

    def keep(self, running: str, die_at: str = "") -> int:
        """Keep the slot that runs, in a process that perhaps dies."""
        return ran("keep", str(self.folder), running, die_at=die_at)


def ran(*words: str, die_at: str) -> int:
    """Run a process that perhaps dies; return its status."""
    environment = os.environ | {
        "DIE_AT": die_at,
        "PYTHONPATH": os.pathsep.join(sys.path),
        # It would be a change of the disk.
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = [sys.executable, "-m", "tests.support.dying", *words]
    # A group of its own, for the power goes for the launcher and for what it has started.
    done = subprocess.run(  # noqa: S603  ourselves
        command, env=environment, timeout=PATIENCE_S, check=False, start_new_session=True
    )
    return done.returncode


def script(folder: Path, version: str, does: str) -> str:
    """Return the program of a release."""
    head = _HEAD.format(lives=str(folder / LIVES), version=version)
    return head + dedent(does) + "\n"


KILLED = -signal.SIGKILL
