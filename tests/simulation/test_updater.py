"""The simulated installer: a good package runs after the next start, a bad one never."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import pytest

from laadpaal.ports.updater import Checked, Glance, blind
from laadpaal.simulation.updater import SimulatedUpdater
from laadpaal.station.carriage import FirmwareVerdict, Signed

V = FirmwareVerdict
GOOD = Checked(V.GOOD, "2.0")


@dataclass
class Verdict:
    """A judge who has made up his mind."""

    checked: Checked = GOOD

    def sizes(self) -> tuple[int, int]:
        """Take anything."""
        return 1, 100

    def trusts(self, certificate: str) -> bool:
        """Trust anybody."""
        return bool(certificate)

    def glance(self) -> Glance:
        """See nothing."""
        return blind

    async def check(self, file: Path, signed: Signed | None) -> Checked:  # noqa: ARG002  a judge's
        """Say it."""
        return self.checked


@pytest.fixture
def judge() -> Verdict:
    return Verdict()


@pytest.fixture
def updater(tmp_path: Path, judge: Verdict) -> SimulatedUpdater:
    return SimulatedUpdater(tmp_path / "installed.txt", "1.0", judge)


async def test_a_good_package_is_installed(updater: SimulatedUpdater, tmp_path: Path) -> None:
    """The version that runs is the installed one, once somebody starts anew."""
    assert updater.version() == "1.0"
    assert await updater.install(tmp_path) == ""
    assert updater.version() == "2.0"


@pytest.mark.parametrize("verdict", [V.BAD_IMAGE, V.BAD_SIGNATURE])
async def test_a_bad_package_is_not(
    updater: SimulatedUpdater, judge: Verdict, tmp_path: Path, verdict: FirmwareVerdict
) -> None:
    """The old version stays, also when the file was good when it was looked at first."""
    (tmp_path / "installed.txt").write_text("1.5")
    before = hashlib.sha256((tmp_path / "installed.txt").read_bytes()).digest()
    judge.checked = Checked(verdict, why="not good")

    assert await updater.install(tmp_path) == "not good"
    assert hashlib.sha256((tmp_path / "installed.txt").read_bytes()).digest() == before
    assert updater.version() == "1.5"


async def test_a_disk_that_cannot_be_written_installs_nothing(tmp_path: Path) -> None:
    """The reason is told, and the old version stays."""
    updater = SimulatedUpdater(tmp_path / "none" / "installed.txt", "1.0", Verdict())

    assert await updater.install(tmp_path) == "No such file or directory"
    assert updater.version() == "1.0"


@pytest.mark.parametrize("text", [b"", b"\xff\xfe"])
def test_a_version_that_cannot_be_read_is_the_built_in_one(
    updater: SimulatedUpdater, tmp_path: Path, text: bytes
) -> None:
    """A station always starts."""
    (tmp_path / "installed.txt").write_bytes(text)

    assert updater.version() == "1.0"
