"""The real station as a release: launched, updated by hand, tried, kept, and gone back from."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from laadpaal.cli.app import app
from laadpaal.updates.journal import Step
from tests.support.launched import Launched

PATIENCE_S = 180.0
CRASHES = b"#!/bin/sh\nexit 7\n"


def update(*words: object) -> str:
    """Return what the command says."""
    told = CliRunner().invoke(app, ["update", *map(str, words)])
    assert told.exit_code == 0, told.output
    return told.output


def until(launched: Launched, seen: Callable[[dict[str, object]], bool]) -> dict[str, object]:
    """Return how firmware stands as soon as it is as wanted; the station restarts meanwhile."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        try:
            told: dict[str, object] = httpx.get(f"{launched.api}/v1/firmware/release").json()
            # Asked last, so that it is no older than the release that is waited for.
            told |= httpx.get(f"{launched.api}/v1/firmware").json()
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
    until(launched, lambda told: told["version"] == "1")
    assert "version 2" in update("install", launched.package("2"), "--api", launched.api)
    kept = until(launched, lambda told: told["version"] == "2" and not told["on_trial"])
    assert (kept["number"], kept["previous"]) == (10, "1")
    assert launched.machine.slots.current() == "b"
    update("rollback", "--api", launched.api)

    back = until(launched, lambda told: told["version"] == "1")
    assert (back["number"], back["on_trial"]) == (-4, False)
    assert launched.machine.slots.current() == "a"


def test_a_release_that_crashes_is_survived_in_real_processes(launched: Launched) -> None:
    """Version 1 is there again, and says that the installation has failed."""
    until(launched, lambda told: told["version"] == "1")
    update("install", launched.package("2", CRASHES), "--api", launched.api)
    told = until(launched, lambda told: told["number"] == -4)

    assert told["version"] == "1"
    assert told["update"] == {"status": "InstallationFailed", "id": None, "version": "2"}
    entry = launched.machine.journal.read()
    assert (entry.step, entry.why) == (Step.ROLLED_BACK, "it ended with status 7")
