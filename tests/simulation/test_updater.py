"""The simulated installer: a good package runs after the next start, a bad one never."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from laadpaal.ports.updater import Checked
from laadpaal.protocols.firmware.package import LEAST_BYTES, MOST_BYTES, packed
from laadpaal.simulation.updater import SimulatedUpdater
from laadpaal.station.carriage import FirmwareVerdict, Signed
from tests.support.certificates import ec_key, root

WHOLE = packed("2.0", b"payload" * 30_000)
SIGNER = root("signer", key=ec_key())
V = FirmwareVerdict


def signed_over(text: bytes) -> Signed:
    """Let the signer sign."""
    assert isinstance(SIGNER.key, ec.EllipticCurvePrivateKey)
    signature = SIGNER.key.sign(text, ec.ECDSA(hashes.SHA256()))
    return Signed(SIGNER.pem, b64encode(signature).decode())


def file(folder: Path, text: bytes) -> Path:
    """Write a file that was fetched."""
    path = folder / "firmware.lpfw"
    path.write_bytes(text)
    return path


@pytest.fixture
def updater(tmp_path: Path) -> SimulatedUpdater:
    return SimulatedUpdater(tmp_path / "installed.txt", "1.0", lambda pem: pem == SIGNER.pem)


def test_it_knows_its_bounds_and_whom_it_trusts(updater: SimulatedUpdater) -> None:
    """Both are asked before anything is fetched."""
    assert updater.sizes() == (LEAST_BYTES, MOST_BYTES)
    assert updater.trusts(SIGNER.pem)
    assert not updater.trusts("")


@pytest.mark.parametrize("signed", [None, signed_over(WHOLE)])
async def test_a_good_package_is_installed(
    updater: SimulatedUpdater, tmp_path: Path, signed: Signed | None
) -> None:
    """The version that runs is the installed one, once somebody starts anew."""
    path = file(tmp_path, WHOLE)
    assert updater.version() == "1.0"

    assert await updater.check(path, signed) == Checked(V.GOOD, "2.0")
    assert await updater.install(path) == ""
    assert updater.version() == "2.0"


BAD = [
    (b"", None, V.BAD_IMAGE),
    (WHOLE[:-1], None, V.BAD_IMAGE),
    (WHOLE + b"x", None, V.BAD_IMAGE),
    (WHOLE[:-1] + b"x", None, V.BAD_IMAGE),
    (WHOLE[:-1] + b"x", signed_over(WHOLE), V.BAD_SIGNATURE),
    (b"no package at all" * 10, signed_over(b"no package at all" * 10), V.BAD_IMAGE),
    (WHOLE, Signed(SIGNER.pem, ""), V.BAD_SIGNATURE),
]


@pytest.mark.parametrize(("text", "signed", "verdict"), BAD)
async def test_a_bad_package_is_not(
    updater: SimulatedUpdater,
    tmp_path: Path,
    text: bytes,
    signed: Signed | None,
    verdict: FirmwareVerdict,
) -> None:
    """Cut, longer, changed, foreign or signed by nobody: the old version stays (S9)."""
    (tmp_path / "installed.txt").write_text("1.5")
    before = hashlib.sha256((tmp_path / "installed.txt").read_bytes()).digest()
    path = file(tmp_path, text)
    checked = await updater.check(path, signed)

    assert checked.verdict is verdict
    assert checked.why
    if verdict is V.BAD_IMAGE:
        assert await updater.install(path)
    assert hashlib.sha256((tmp_path / "installed.txt").read_bytes()).digest() == before
    assert updater.version() == "1.5"


async def test_a_file_that_has_gone_is_no_package(
    updater: SimulatedUpdater, tmp_path: Path
) -> None:
    """Somebody has cleared the folder meanwhile."""
    path = tmp_path / "none"

    assert (await updater.check(path, None)).verdict is V.BAD_IMAGE
    assert await updater.install(path) == "No such file or directory"


async def test_a_disk_that_cannot_be_written_installs_nothing(tmp_path: Path) -> None:
    """The reason is told, and the old version stays."""
    updater = SimulatedUpdater(tmp_path / "none" / "installed.txt", "1.0", lambda _: False)

    assert await updater.install(file(tmp_path, WHOLE)) == "No such file or directory"
    assert updater.version() == "1.0"


@pytest.mark.parametrize("text", [b"", b"\xff\xfe"])
def test_a_version_that_cannot_be_read_is_the_built_in_one(
    updater: SimulatedUpdater, tmp_path: Path, text: bytes
) -> None:
    """A station always starts."""
    (tmp_path / "installed.txt").write_bytes(text)

    assert updater.version() == "1.0"
