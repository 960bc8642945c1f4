"""Starts the release that should run, watches it, and takes back one that is no good.

It outlives every release and is never replaced by one, so it is short, and needs nothing but
Python: neither a library nor anything else of this project than the two files beside it.
What it starts tells it by a pipe that it runs and that its loop still turns, in lines as systemd
takes them; what the launcher hears it says to systemd.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import selectors
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields, replace
from pathlib import Path

from laadpaal.updates.journal import Entry, Journal, Step
from laadpaal.updates.slots import Slots

JOURNAL = "journal.json"
HEALTH_FD, SLOT = "LAADPAAL_HEALTH_FD", "LAADPAAL_SLOT"
"""Variables for what is started: the pipe's number, and the slot that it runs from."""
MOST_BOOTS = 3
"""Starts of a release on trial, of which power cuts have ended all but the last."""
_OUR_OWN = frozenset({"NOTIFY_SOCKET", "WATCHDOG_PID", "WATCHDOG_USEC"})
"""What systemd tells the launcher, and the launcher alone."""
_LIBC = ctypes.CDLL(None)
_DIE_WITH_PARENT = 1
_PIECE = 4096
_BEAT_S = 1.0
_NO_PROGRAM = 127


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds.

    Args:
        start: Until a release that was started says that it runs.
        watchdog: Between two signs of life.
        trial: Until a new release has been kept.
        stop: Until a release that was asked to end is made to.
        pause: Before a release that was kept and has ended is started again.
    """

    start: float = 300.0
    watchdog: float = 60.0
    trial: float = 900.0
    stop: float = 30.0
    pause: float = 2.0


def _say(what: str) -> None:
    print(f"laadpaal launch: {what}", flush=True)  # noqa: T201  the journal of the machine hears it


class Launcher:
    """Keeps one release running until it is asked to end.

    Args:
        words: What the program of a release is started with.
        say: Tells people what happens.
    """

    def __init__(
        self,
        folder: Path,
        words: Sequence[str],
        times: Times,
        say: Callable[[str], None] = _say,
    ) -> None:
        self._slots = Slots(folder)
        self._journal = Journal(folder / JOURNAL)
        self._words = words
        self._times = times
        self._say = say
        self._child: subprocess.Popen[bytes] | None = None
        self._stop_by = float("inf")

    def run(self) -> int:
        """Start and watch until asked to end; return the status of this process."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self._stop())
        while self._stop_by == float("inf"):
            slot = self._chosen()
            if not slot:
                self._say("there is no release in either slot")
                return _NO_PROGRAM
            ended = self._watched(slot)
            if self._stop_by == float("inf"):
                self._judge(slot, ended)
        return 0

    def _stop(self) -> None:
        self._stop_by = min(self._stop_by, time.monotonic() + self._times.stop)
        if self._child:
            self._child.terminate()

    # --- which release ---

    def _chosen(self) -> str:
        """Return the slot to start, by what the journal says was under way."""
        entry = self._journal.read()
        match entry.step:
            case Step.READY_TO_ROLL:
                self._try(entry)
            case Step.TRIAL if entry.slot == self._slots.current():
                # The link was switched, and the power went before that was written down.
                self._journal.write(replace(entry, step=Step.COMMITTED))
            case Step.TRIAL:
                self._try(entry)
            case Step.ROLLING_BACK:
                self._roll_back(entry)
            case _:
                pass
        entry = self._journal.read()
        return entry.slot if entry.step is Step.TRIAL else self._slots.current()

    def _try(self, entry: Entry) -> None:
        if entry.boots >= MOST_BOOTS:
            self._take_back(entry, f"it was started {entry.boots} times and never kept")
        elif not self._slots.intact(entry.slot):
            self._take_back(entry, "it is damaged")
        else:
            self._say(f"slot {entry.slot} with version {entry.version} is tried")
            self._journal.write(replace(entry, step=Step.TRIAL, boots=entry.boots + 1))

    def _take_back(self, entry: Entry, why: str) -> None:
        back = Entry(Step.ROLLING_BACK, self._slots.current(), entry.version, why=why)
        self._journal.write(back)
        self._roll_back(back)

    def _roll_back(self, entry: Entry) -> None:
        self._say(f"version {entry.version} is taken back: {entry.why}")
        if entry.slot != self._slots.current() and self._slots.intact(entry.slot):
            self._slots.switch(entry.slot)
        self._journal.write(replace(entry, step=Step.ROLLED_BACK, slot=self._slots.current()))

    def _judge(self, slot: str, ended: str) -> None:
        """Take back a release that ended while it was on trial; start any other again."""
        entry = self._journal.read()
        if entry.step is Step.TRIAL and entry.slot == slot != self._slots.current():
            self._take_back(entry, ended)
        elif entry.step not in {Step.READY_TO_ROLL, Step.ROLLING_BACK}:
            self._say(f"slot {slot}: {ended}; it is started again")
            time.sleep(self._times.pause)

    # --- one release at work ---

    def _watched(self, slot: str) -> str:
        """Start a release and wait for its end; return how it ended, for people."""
        reading, writing = os.pipe()
        try:
            self._child = self._started(slot, writing)
        except OSError as wrong:
            os.close(reading)
            return f"it cannot be started: {wrong.strerror}"
        finally:
            os.close(writing)
        on_trial = self._journal.read().step is Step.TRIAL
        kept_by = time.monotonic() + self._times.trial if on_trial else float("inf")
        with os.fdopen(reading, "rb", buffering=0) as pipe:
            why = self._followed(self._child, pipe.fileno(), kept_by)
        status = self._child.wait()
        return why or f"it ended with status {status}"

    def _started(self, slot: str, pipe: int) -> subprocess.Popen[bytes]:
        environment = {
            **{name: it for name, it in os.environ.items() if name not in _OUR_OWN},
            HEALTH_FD: str(pipe),
            SLOT: slot,
            "WATCHDOG_USEC": str(int(self._times.watchdog * 1_000_000)),
            # What Python would write beside a release is no part of it.
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        return subprocess.Popen(  # noqa: S603  the slots are ours
            [str(self._slots.program(slot)), *self._words],
            env=environment,
            pass_fds=(pipe,),
            preexec_fn=_die_with_parent,  # noqa: PLW1509  this process has one thread
        )

    def _followed(self, child: subprocess.Popen[bytes], pipe: int, kept_by: float) -> str:
        """Return once a release has ended: why it was made to, or "" when it ended by itself."""
        why, alive_by = "", time.monotonic() + self._times.start
        with selectors.DefaultSelector() as both, _process(child.pid) as process:
            both.register(process, selectors.EVENT_READ)
            both.register(pipe, selectors.EVENT_READ)
            while True:
                wait_s = min(alive_by, kept_by, self._stop_by) - time.monotonic()
                ready = [key.fd for key, _ in both.select(max(0.0, min(wait_s, _BEAT_S)))]
                _tell_systemd(b"WATCHDOG=1")
                if process in ready:
                    return why
                if pipe in ready and _heard(both, pipe):
                    alive_by = time.monotonic() + self._times.watchdog
                late = self._late(time.monotonic(), alive_by, kept_by)
                if late:
                    why, alive_by, kept_by = late, float("inf"), float("inf")
                    child.kill()

    def _late(self, now: float, alive_by: float, kept_by: float) -> str:
        """Return what a release has not done in time, or ""."""
        if now >= self._stop_by:
            return f"it did not end within {self._times.stop:g} s"
        if now >= alive_by:
            return "it gave no sign of life in time"
        if now >= kept_by and self._journal.read().step is Step.TRIAL:
            return f"it was not found good within {self._times.trial:g} s"
        return ""


def _heard(both: selectors.DefaultSelector, pipe: int) -> bool:
    """Read what the release says, and tell whether it was anything."""
    said = os.read(pipe, _PIECE)
    if not said:
        both.unregister(pipe)
    if b"READY=1" in said:
        _tell_systemd(b"READY=1")
    return bool(said)


@contextmanager
def _process(pid: int) -> Iterator[int]:
    """Yield what can be read once a process has ended."""
    number = os.pidfd_open(pid)
    try:
        yield number
    finally:
        os.close(number)


def _die_with_parent() -> None:
    """Let nothing go on that nobody watches: two releases must never run at once."""
    _LIBC.prctl(_DIE_WITH_PARENT, signal.SIGKILL)


def _tell_systemd(state: bytes) -> None:
    name = os.environ.get("NOTIFY_SOCKET", "")
    if not name:
        return
    # A name that begins with @ lies outside every file system.
    address = "\0" + name[1:] if name.startswith("@") else name
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line, suppress(OSError):
        line.sendto(state, address)


def main(words: Sequence[str] | None = None) -> int:
    """Read the command line, and launch."""
    parser = argparse.ArgumentParser(prog="laadpaal launch", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the slots are")
    for one in fields(Times):
        parser.add_argument(f"--{one.name}", type=float, default=one.default, help="seconds")
    parser.add_argument("words", nargs=argparse.REMAINDER, help="what the release is started with")
    given = vars(parser.parse_args(words))
    folder, rest = given.pop("folder"), given.pop("words")
    return Launcher(folder, rest or ["run"], Times(**given)).run()


if __name__ == "__main__":
    sys.exit(main())
