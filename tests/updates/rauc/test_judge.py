"""Bundles are judged by size and version, and by RAUC; early only by their size."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from laadpaal.ports.updater import Checked, Judge
from laadpaal.protocols.firmware.errors import Fault, PackageError
from laadpaal.station.carriage import FirmwareVerdict, Signed
from laadpaal.updates.arriving import Inspector
from laadpaal.updates.rauc.judge import LEAST_BYTES, RaucJudge
from laadpaal.updates.rauc.program import Rauc
from tests.support.packages import SIGNER
from tests.support.rauc import COMPATIBLE, Board, bundle

MOST = 10_000
V = FirmwareVerdict


@pytest.fixture
def board(tmp_path: Path) -> Board:
    return Board.made(tmp_path / "board")


@pytest.fixture
def judge(board: Board) -> RaucJudge:
    return RaucJudge(Rauc(board.rauc), MOST, lambda: "1.5", lambda: True, bool)


def signature(content: bytes) -> str:
    """Return that of somebody who sends whole files."""
    assert isinstance(SIGNER.key, ec.EllipticCurvePrivateKey)
    return b64encode(SIGNER.key.sign(content, ec.ECDSA(hashes.SHA256()))).decode()


async def test_a_good_bundle_has_its_version(board: Board, judge: RaucJudge) -> None:
    """With and without a signature over the whole of it."""
    it: Judge = judge
    content = bundle("2.0 rc1")
    signed = Signed(SIGNER.pem, signature(content))

    assert await it.check(board.file(content), None) == Checked(V.GOOD, "2.0 rc1")
    assert await it.check(board.file(content), signed) == Checked(V.GOOD, "2.0 rc1")
    assert it.sizes() == (LEAST_BYTES, MOST)
    assert (it.trusts("somebody"), it.trusts("")) == (True, False)
    it.glance()(b"whatever a bundle begins with")


@pytest.mark.parametrize(
    ("content", "verdict", "why"),
    [
        (bundle("2", by="stranger"), V.BAD_SIGNATURE, "signature verification failed: Verify"),
        (bundle("2", compatible="toaster"), V.BAD_IMAGE, f"for toaster, and here is {COMPATIBLE}"),
        (bundle(""), V.BAD_IMAGE, "no version of 1 to 50 printable characters"),
        (bundle("x" * 51), V.BAD_IMAGE, "no version of 1 to 50"),
        (bundle("2\n"), V.BAD_IMAGE, "no version of 1 to 50"),
        (b"no bundle at all" * 100, V.BAD_IMAGE, "Invalid bundle format"),
        (bundle("2")[: LEAST_BYTES - 1], V.BAD_IMAGE, "rejected, size 95 not in [96,10000]"),
        (bundle("2").ljust(MOST + 1), V.BAD_IMAGE, "rejected, size 10001 not in [96,10000]"),
    ],
    ids=range(8),
)
async def test_what_is_no_good_is_refused(
    board: Board, judge: RaucJudge, content: bytes, verdict: V, why: str
) -> None:
    """In one sentence."""
    checked = await judge.check(board.file(content), None)

    assert (checked.verdict, checked.version) == (verdict, "")
    assert why in checked.why


async def test_a_bad_signature_over_the_whole_comes_first(board: Board, judge: RaucJudge) -> None:
    """RAUC is not even asked."""
    signed = Signed(SIGNER.pem, signature(b"something else"))
    asked = board.asked("info")

    checked = await judge.check(board.file(bundle("2")), signed)
    assert checked == Checked(V.BAD_SIGNATURE, why="the signature is not good")
    assert board.asked("info") == asked


async def test_an_earlier_version_may_be_forbidden(board: Board, judge: RaucJudge) -> None:
    """The same one may always come."""
    strict = replace(judge, downgrade=lambda: False)
    checked = await strict.check(board.file(bundle("1.4")), None)

    assert checked == Checked(V.BAD_IMAGE, why="version 1.4 is earlier than 1.5, which runs")
    assert (await judge.check(board.file(bundle("1.4")), None)).verdict is V.GOOD
    assert (await strict.check(board.file(bundle("1.5")), None)).verdict is V.GOOD


async def test_without_an_answer_nothing_is_good(board: Board, judge: RaucJudge) -> None:
    """RAUC may be silent, and a file may be gone."""
    board.fail(info="No keyring file or directory provided")
    checked = await judge.check(board.file(bundle("2")), None)
    assert checked == Checked(V.BAD_IMAGE, why="No keyring file or directory provided")
    board.fail(status="garbage")
    checked = await judge.check(board.file(bundle("2")), None)
    assert checked.verdict is V.BAD_IMAGE
    checked = await judge.check(board.folder / "nowhere", None)
    assert checked == Checked(V.BAD_IMAGE, why="No such file or directory")


@pytest.mark.parametrize("announced", [None, 4096])
async def test_a_bundle_that_comes_is_counted_and_then_judged(
    board: Board, judge: RaucJudge, announced: int | None
) -> None:
    """It is welcome from its first byte on, for nobody can look into it before it is whole."""
    inspector: Inspector = judge
    arriving, content = inspector.arriving(announced), bundle("2")
    assert (arriving.size, arriving.whole, arriving.welcome) == (0, announced, False)
    for at in range(0, len(content), 1000):
        arriving.take(content[at : at + 1000])
    assert (arriving.size, arriving.welcome, arriving.version) == (4096, True, "")
    arriving.finish()

    assert await arriving.vouched(board.file(content)) == arriving.version == "2"


@pytest.mark.parametrize("size", [0, LEAST_BYTES - 1, MOST + 1, 2**63])
def test_a_size_that_no_bundle_has_is_refused_before(judge: RaucJudge, size: int) -> None:
    """By what is announced."""
    with pytest.raises(PackageError, match=f"rejected, size {size} not in"):
        judge.arriving(size)


def test_a_size_is_judged_while_it_comes(judge: RaucJudge) -> None:
    """At the first byte too many, and at the end."""
    with pytest.raises(PackageError, match="more than 100 bytes came") as caught:
        judge.arriving(100).take(b"x" * 101)
    assert caught.value.fault is Fault.INCOMPLETE
    with pytest.raises(PackageError, match=r"size 10001 not in") as caught:
        judge.arriving(None).take(b"x" * (MOST + 1))
    assert caught.value.fault is Fault.TOO_LARGE
    short, small = judge.arriving(100), judge.arriving(None)
    short.take(b"x" * 99)
    small.take(b"x" * (LEAST_BYTES - 1))
    with pytest.raises(PackageError, match="99 of 100 bytes came"):
        short.finish()
    with pytest.raises(PackageError, match="size 95 not in") as caught:
        small.finish()
    assert caught.value.fault is Fault.TOO_SMALL


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (bundle("2", by="stranger"), Fault.SEAL),
        (bundle("2", compatible="toaster"), Fault.STRANGE),
        (hashlib.sha256(b"no bundle").digest() * 10, Fault.STRANGE),
    ],
    ids=["stranger", "toaster", "none"],
)
async def test_what_rauc_does_not_take_is_no_bundle(
    board: Board, judge: RaucJudge, content: bytes, fault: Fault
) -> None:
    """Whoever brings it hears whose fault that is."""
    arriving = judge.arriving(None)
    arriving.take(content)
    arriving.finish()

    with pytest.raises(PackageError) as caught:
        await arriving.vouched(board.file(content))
    assert caught.value.fault is fault
