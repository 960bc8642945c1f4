"""Which packages may be installed: cut, changed, foreign or unsealed ones never."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from laadpaal.ports.updater import Checked
from laadpaal.protocols.firmware.errors import Fault, PackageError
from laadpaal.protocols.firmware.head import HEAD_BYTES, LEAST_BYTES, MOST_BYTES, Wanted
from laadpaal.station.carriage import FirmwareVerdict, Signed
from laadpaal.updates.judge import PackageJudge
from tests.support.certificates import EXPIRED, VALID, root
from tests.support.packages import MAKER, PRODUCT, SIGNER, sealed

WHOLE = sealed("2.0", b"payload" * 30_000)
BARE = sealed("2.0", b"payload" * 30_000, by=None)
DAMAGED = WHOLE.replace(b"payload", b"Payload", 1)
V = FirmwareVerdict


def signed_over(text: bytes) -> Signed:
    """Let the signer sign the whole of a file, as a back office wants it."""
    assert isinstance(SIGNER.key, ec.EllipticCurvePrivateKey)
    signature = SIGNER.key.sign(text, ec.ECDSA(hashes.SHA256()))
    return Signed(SIGNER.pem, b64encode(signature).decode())


def judge(*roots: str, utc: float | None = VALID.before + 1.0) -> PackageJudge:
    """Return the judge of a station with such manufacturer roots."""
    return PackageJudge(lambda: Wanted(PRODUCT, "1.0"), lambda: roots, lambda: utc)


def file(folder: Path, text: bytes) -> Path:
    """Write a file that was fetched."""
    path = folder / "firmware.lpfw"
    path.write_bytes(text)
    return path


def test_it_knows_its_bounds_and_whom_it_trusts() -> None:
    """Both are asked before anything is fetched."""
    assert judge().sizes() == (LEAST_BYTES, MOST_BYTES)
    assert judge(MAKER.pem).trusts(SIGNER.pem)
    assert not judge(root("maker").pem).trusts(SIGNER.pem)
    assert not judge().trusts(SIGNER.pem)
    assert not judge(MAKER.pem).trusts("no certificate")


@pytest.mark.parametrize("roots", [(), (MAKER.pem,), (root("other").pem, MAKER.pem)])
@pytest.mark.parametrize("signed", [None, signed_over(WHOLE)], ids=["plain", "signed"])
async def test_a_good_package_is_good(
    tmp_path: Path, roots: tuple[str, ...], signed: Signed | None
) -> None:
    """With its seal, where a root is there to judge it by."""
    assert await judge(*roots).check(file(tmp_path, WHOLE), signed) == Checked(V.GOOD, "2.0")


async def test_without_any_root_nobody_can_judge_a_seal(tmp_path: Path) -> None:
    """Then a package needs none; whoever brings it over the local way in is refused elsewhere."""
    path = file(tmp_path, BARE)

    assert await judge().check(path, None) == Checked(V.GOOD, "2.0")
    assert (await judge(MAKER.pem).check(path, None)).verdict is V.BAD_SIGNATURE
    with pytest.raises(PackageError) as caught:
        judge().bar.sealed(judge().bar.read(path))
    assert caught.value.fault is Fault.SEAL


BAD = [
    (b"", None, V.BAD_IMAGE),
    (WHOLE[:-1], None, V.BAD_IMAGE),
    (WHOLE + b"x", None, V.BAD_IMAGE),
    (DAMAGED, None, V.BAD_IMAGE),
    (DAMAGED, signed_over(WHOLE), V.BAD_SIGNATURE),
    (DAMAGED, signed_over(DAMAGED), V.BAD_IMAGE),
    (b"no package at all" * 10, signed_over(b"no package at all" * 10), V.BAD_IMAGE),
    (WHOLE, Signed(SIGNER.pem, ""), V.BAD_SIGNATURE),
    (BARE, signed_over(BARE), V.BAD_SIGNATURE),
    (sealed("2.0", b"x", root("stranger")), None, V.BAD_SIGNATURE),
    (sealed("2.0", b"x", MAKER.issue("old", EXPIRED)), None, V.BAD_SIGNATURE),
    (sealed("2.0", b"x", product="toaster"), None, V.BAD_IMAGE),
    (sealed("2.0", b"x", least_previous="1.1"), None, V.BAD_IMAGE),
]


@pytest.mark.parametrize(("text", "signed", "verdict"), BAD, ids=range(len(BAD)))
async def test_a_bad_package_is_not(
    tmp_path: Path, text: bytes, signed: Signed | None, verdict: FirmwareVerdict
) -> None:
    """It is said why."""
    at = (EXPIRED.after + VALID.after) / 2
    checked = await judge(MAKER.pem, utc=at).check(file(tmp_path, text), signed)

    assert checked.verdict is verdict
    assert checked.why
    assert not checked.version


HEAD = WHOLE[:HEAD_BYTES]
UNWANTED = [
    (b"<!DOCTYPE html>".ljust(HEAD_BYTES), Fault.STRANGE),
    (HEAD.replace(b"2.0", b"2.1"), Fault.STRANGE),
    (sealed("2.0", b"x", product="toaster")[:HEAD_BYTES], Fault.PRODUCT),
    (sealed("2.0", b"x", least_previous="1.1")[:HEAD_BYTES], Fault.VERSION),
]


@pytest.mark.parametrize(("head", "fault"), UNWANTED, ids=range(len(UNWANTED)))
def test_the_head_alone_tells_what_nobody_wants(head: bytes, fault: Fault) -> None:
    """Neither more of the file is needed for it, nor a root."""
    look = judge().glance()
    look(head[:-1])

    with pytest.raises(PackageError) as caught:
        look(head[-1:])
    assert caught.value.fault is fault


def test_a_good_head_lets_the_rest_come() -> None:
    """Whatever it is, for the signature is over that too."""
    look = judge().glance()

    look(WHOLE[:-1])
    look(b"tampered with" * 10)


async def test_a_file_that_has_gone_is_no_package(tmp_path: Path) -> None:
    """Somebody has cleared the folder meanwhile."""
    checked = await judge().check(tmp_path / "none", None)

    assert checked == Checked(V.BAD_IMAGE, why="No such file or directory")
