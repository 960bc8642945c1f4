"""The real station as a release: launched, updated by hand, tried, kept, and gone back from."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

import laadpaal
from laadpaal.cli.app import app
from laadpaal.runtime.assembly import VAULT
from laadpaal.updates.journal import Step
from laadpaal.updates.slots import PROGRAM
from tests.support.packages import archive, sealed, trust_maker
from tests.support.releases import Machine

PATIENCE_S = 180.0
SOURCE = Path(laadpaal.__file__).parents[1]
LAADPAAL = f'#!/bin/sh\nPYTHONPATH={SOURCE} exec {sys.executable} -m laadpaal "$@"\n'.encode()
CRASHES = b"#!/bin/sh\nexit 7\n"


def free_port() -> int:
    """Return a port that nobody has."""
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Launched:
    """A station that the launcher keeps running."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.machine = Machine(folder / "slots")
        port = free_port()
        self.api = f"http://127.0.0.1:{port}"
        trust_maker(folder / "station" / VAULT)
        self._config = folder / "station.toml"
        self._config.write_text(
            f'folder = "{folder / "station"}"\nspeed = 600.0\n[api]\nport = {port}\n'
            f'[updates]\nfolder = "{self.machine.folder}"\n'
        )

    def package(self, version: str, program: bytes = LAADPAAL) -> Path:
        """Return a package with a release."""
        path = self.folder / f"{version}.lpfw"
        path.write_bytes(sealed(version, archive({PROGRAM: program})))
        return path

    def update(self, *words: object) -> str:
        """Return what the command says."""
        told = CliRunner().invoke(app, ["update", *map(str, words)])
        assert told.exit_code == 0, told.output
        return told.output

    def start(self) -> subprocess.Popen[bytes]:
        """Start the launcher."""
        module = ["-m", "laadpaal.updates.launcher", "--pause", "0", str(self.machine.folder)]
        command = [sys.executable, *module, "run", "--config", str(self._config)]
        environment = os.environ | {"PYTHONPATH": str(SOURCE)}
        return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603  ourselves

    def until(self, seen: Callable[[dict[str, object]], bool]) -> dict[str, object]:
        """Return how firmware stands as soon as it is as wanted; it restarts meanwhile."""
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            try:
                told: dict[str, object] = httpx.get(f"{self.api}/v1/firmware/release").json()
                # Asked last, so that it is no older than the release that is waited for.
                told |= httpx.get(f"{self.api}/v1/firmware").json()
            except httpx.TransportError:
                told = {}
            if told and seen(told):
                return told
            time.sleep(0.05)  # another process has no event
        raise AssertionError("it has not come")


@pytest.fixture
def launched(tmp_path: Path) -> Iterator[Launched]:
    """Have version 1 run from its slot."""
    made = Launched(tmp_path)
    made.update("place", made.package("1"), "--slots", made.machine.folder)
    launcher = made.start()
    try:
        yield made
        launcher.terminate()
        assert launcher.wait(PATIENCE_S) == 0
    finally:
        launcher.kill()
        launcher.wait()


def test_a_station_is_updated_in_real_processes(launched: Launched) -> None:
    """By hand: version 2 is tried and keeps itself, and then somebody goes back to version 1."""
    launched.until(lambda told: told["version"] == "1")
    assert "version 2" in launched.update("install", launched.package("2"), "--api", launched.api)
    kept = launched.until(lambda told: told["version"] == "2" and not told["on_trial"])
    assert (kept["number"], kept["previous"]) == (10, "1")
    assert launched.machine.slots.current() == "b"
    launched.update("rollback", "--api", launched.api)

    back = launched.until(lambda told: told["version"] == "1")
    assert (back["number"], back["on_trial"]) == (-4, False)
    assert launched.machine.slots.current() == "a"


def test_a_release_that_crashes_is_survived_in_real_processes(launched: Launched) -> None:
    """Version 1 is there again, and says that the installation has failed."""
    launched.until(lambda told: told["version"] == "1")
    launched.update("install", launched.package("2", CRASHES), "--api", launched.api)
    told = launched.until(lambda told: told["number"] == -4)

    assert told["version"] == "1"
    assert told["update"] == {"status": "InstallationFailed", "id": None, "version": "2"}
    entry = launched.machine.journal.read()
    assert (entry.step, entry.why) == (Step.ROLLED_BACK, "it ended with status 7")
