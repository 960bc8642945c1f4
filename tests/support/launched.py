"""The real station as a release in a slot, under the real launcher."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from contextlib import closing, suppress
from pathlib import Path

from laadpaal.cli import update as updating
from laadpaal.runtime.assembly import VAULT
from laadpaal.updates.launcher import SLOT
from laadpaal.updates.slots import PROGRAM
from tests.support.packages import archive, sealed, trust_maker
from tests.support.releases import Machine

SPEED = 600.0
STATION = f'#!/bin/sh\nexec {sys.executable} -m tests.support.dying station "$@"\n'.encode()
"""The program of a release that is this very station, which dies when it is told to."""


def free_port() -> int:
    """Return a port that nobody has."""
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Launched:
    """A station that the launcher keeps running, with version 1 in slot a.

    Args:
        csms: The table of its configuration; "" for a station that talks to nobody.
    """

    def __init__(self, folder: Path, csms: str = "") -> None:
        folder.mkdir(exist_ok=True)
        self.folder = folder
        self.machine = Machine(folder / "slots")
        port = free_port()
        self.api = f"http://127.0.0.1:{port}"
        trust_maker(folder / "station" / VAULT)
        self._config = folder / "station.toml"
        self._config.write_text(
            f'folder = "{folder / "station"}"\nspeed = {SPEED}\n{csms}\n[api]\nport = {port}\n'
            f'[updates]\nfolder = "{self.machine.folder}"\n'
        )
        for told in updating.place(self.package("1"), self.machine.folder):
            assert "slot a holds version 1" in told

    def package(self, version: str, program: bytes = STATION) -> Path:
        """Return a package with a release."""
        path = self.folder / f"{version}.lpfw"
        path.write_bytes(sealed(version, archive({PROGRAM: program})))
        return path

    def start(self, die_at: str = "", **times: float) -> subprocess.Popen[bytes]:
        """Start the launcher; the power goes right after that step is written down."""
        given = {"pause": 0.0} | times
        options = [it for name, value in given.items() for it in (f"--{name}", str(value))]
        module = ["-m", "tests.support.dying", "launch", *options, str(self.machine.folder)]
        command = [sys.executable, *module, "run", "--config", str(self._config)]
        environment = os.environ | {"DIE_AT": die_at, "PYTHONPATH": os.pathsep.join(sys.path)}
        return subprocess.Popen(  # noqa: S603  ourselves
            command, env=environment, stdout=subprocess.DEVNULL, start_new_session=True
        )

    @property
    def running(self) -> list[str]:
        """The slot of every process that was started from one."""
        ours = str(self._config).encode()
        slots = (_slot(it, ours) for it in Path("/proc").iterdir() if it.name.isdigit())
        return [slot for slot in slots if slot]


def _slot(process: Path, argument: bytes) -> str:
    """Return which slot a process was started from, if it was started with that argument."""
    # Most are somebody else's, and any may end meanwhile.
    with suppress(OSError):
        if argument in (process / "cmdline").read_bytes().split(b"\0"):
            set_to = (process / "environ").read_bytes().split(b"\0")
            named = f"{SLOT}=".encode()
            return next((it[len(named) :].decode() for it in set_to if it.startswith(named)), "")
    return ""
