"""Firmware that somebody brings: judged at every byte, and nothing erased for what is no good."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from laadpaal.ports.updates import GOOD, Flaw, UploadSlot, Verdict
from laadpaal.protocols.firmware.head import HEAD_BYTES, MOST_BYTES, Wanted
from laadpaal.station.answers import Answer, Begun, Reason, Refused
from laadpaal.station.carriage import UpdateCode
from laadpaal.station.events import Event
from laadpaal.station.releases import FirmwareArrives, InstallUploaded
from laadpaal.station.requests import Request
from laadpaal.updates.journal import Entry, Journal, Step
from laadpaal.updates.judge import ArrivingPackage, PackageJudge
from laadpaal.updates.uploads import ARRIVING, Uploads
from tests.csms.v16.stage import FakeDesk
from tests.support.certificates import root
from tests.support.packages import MAKER, PRODUCT, sealed

WHOLE = sealed("2.0", b"payload" * 2_000)
OLD = b"what was brought before"


@dataclass
class Desk(FakeDesk):
    """A station that takes what is brought, unless told otherwise."""

    answer: Answer = field(default_factory=Begun)
    wishes: list[Request] = field(default_factory=list)

    def happened(self, event: Event) -> None:
        """Show it."""
        assert isinstance(event, FirmwareArrives)
        release = replace(self.shown.release, code=event.code, percent=event.percent)
        self.shown = replace(self.shown, release=release)

    def order(self) -> None:
        """Let the CSMS order an update."""
        self.shown = replace(self.shown, release=replace(self.shown.release, busy=True))

    async def ask(self, request: Request) -> Answer:
        """Answer it."""
        self.wishes.append(request)
        return self.answer


@dataclass
class Stage:
    """An upload slot with all around it."""

    folder: Path
    desk: Desk = field(default_factory=Desk)
    roots: tuple[str, ...] = (MAKER.pem,)
    room: int = MOST_BYTES

    def __post_init__(self) -> None:
        """Begin as a station does, with nothing under way."""
        judge = PackageJudge(lambda: Wanted(PRODUCT, "1"), lambda: self.roots, lambda: None)
        log = logging.getLogger("laadpaal.test.uploads")
        self.slot = Uploads(judge, self.file, self.journal, self.desk, log, lambda _: self.room)
        self.slot.recover()

    @property
    def file(self) -> Path:
        """Where a whole package goes."""
        return self.folder / "firmware.lpfw"

    @property
    def journal(self) -> Journal:
        """Where the steps are written down."""
        return Journal(self.folder / "journal.json")

    @property
    def left(self) -> set[str]:
        """What is in the folder."""
        return {path.name for path in self.folder.iterdir()}

    async def bring(self, whole: bytes, announced: int | None = None, cut: int = 1000) -> Verdict:
        """Bring a file in pieces."""
        verdict = await self.slot.begin(announced)
        for at in range(0, len(whole), cut):
            if verdict.good:
                verdict = await self.slot.take(whole[at : at + cut])
        return await self.slot.finish() if verdict.good else verdict


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """Return a stage with a file that was brought before; no upload is left open."""
    made = Stage(tmp_path)
    made.file.write_bytes(OLD)
    yield made
    arrival = made.slot._arrival
    if arrival and arrival.file:
        arrival.file.close()


@pytest.mark.parametrize("cut", [1, HEAD_BYTES, 4096, len(WHOLE)])
@pytest.mark.parametrize("announced", [None, len(WHOLE)])
async def test_a_good_package_is_an_update_from_now_on(
    stage: Stage, cut: int, announced: int | None
) -> None:
    """However it was cut, and whether or not its size was told."""
    whole = WHOLE if cut > 1 else sealed("2.0", b"payload")
    verdict = await stage.bring(whole, announced and len(whole), cut)

    assert verdict == Verdict(version="2.0")
    assert stage.file.read_bytes() == whole
    assert stage.desk.wishes == [InstallUploaded("2.0")]
    assert stage.journal.read() == Entry(Step.READY, version="2.0")
    assert (stage.slot.receiving, stage.slot.code) == (False, UpdateCode.NONE)
    assert stage.left == {"firmware.lpfw", "journal.json"}


async def test_how_far_it_is_can_be_seen(stage: Stage) -> None:
    """In percent of what the head tells, also when nobody has told the size."""
    way_in: UploadSlot = stage.slot
    await way_in.begin(None)
    seen = [(way_in.code, way_in.progress, way_in.receiving)]
    for piece in (WHOLE[:100], WHOLE[100 : len(WHOLE) // 2], WHOLE[len(WHOLE) // 2 :]):
        assert await way_in.take(piece) == GOOD
        seen.append((way_in.code, way_in.progress, way_in.receiving))

    assert seen == [
        (UpdateCode.READY_TO_DOWNLOAD, 0, True),
        (UpdateCode.READY_TO_DOWNLOAD, 0, True),
        (UpdateCode.DOWNLOADING, 50, True),
        (UpdateCode.DOWNLOADING, 100, True),
    ]


LYING = WHOLE[: HEAD_BYTES - 4] + bytes(4) + WHOLE[HEAD_BYTES:]
TOASTER = sealed("2.0", b"payload", product="toaster")
BAD: list[tuple[bytes, int | None, Flaw, bool]] = [
    (b"", None, Flaw.TOO_SMALL, False),
    (b"x", None, Flaw.TOO_SMALL, False),
    (b"x", 1, Flaw.TOO_SMALL, False),
    (WHOLE, 0, Flaw.TOO_SMALL, False),
    (WHOLE[: HEAD_BYTES - 1], None, Flaw.TOO_SMALL, False),
    (WHOLE, HEAD_BYTES, Flaw.TOO_SMALL, False),
    (WHOLE, MOST_BYTES + 1, Flaw.TOO_LARGE, False),
    (WHOLE, 2**63, Flaw.TOO_LARGE, False),
    (WHOLE, len(WHOLE) + 1, Flaw.INCOMPLETE, False),
    (WHOLE, len(WHOLE) - 1, Flaw.INCOMPLETE, False),
    (LYING, None, Flaw.BAD_PACKAGE, False),
    (TOASTER, len(TOASTER), Flaw.BAD_PACKAGE, False),
    (b"no package at all" * 100, None, Flaw.BAD_PACKAGE, False),
    (WHOLE[:HEAD_BYTES], None, Flaw.INCOMPLETE, True),
    (WHOLE[:-1], None, Flaw.INCOMPLETE, True),
    (WHOLE[:-1], len(WHOLE), Flaw.INCOMPLETE, True),
    (WHOLE + b"x", None, Flaw.INCOMPLETE, True),
    (WHOLE + b"x", len(WHOLE), Flaw.INCOMPLETE, True),
    (WHOLE.replace(b"payload", b"Payload", 1), None, Flaw.BAD_PACKAGE, True),
    (sealed("2.0", b"payload", by=None), None, Flaw.BAD_SIGNATURE, True),
    (sealed("2.0", b"payload", root("stranger")), None, Flaw.BAD_SIGNATURE, True),
]


@pytest.mark.parametrize(("whole", "announced", "flaw", "erased"), BAD, ids=range(len(BAD)))
async def test_what_is_no_good_is_refused(
    stage: Stage,
    whole: bytes,
    announced: int | None,
    flaw: Flaw,
    erased: bool,  # noqa: FBT001  a parameter of the test
) -> None:
    """At the first byte that shows it; before the head is good nothing has been erased (S9)."""
    verdict = await stage.bring(whole, announced)

    assert (verdict.flaw, verdict.good) == (flaw, False)
    assert verdict.why
    assert stage.desk.wishes == []
    assert stage.file.exists() is not erased
    assert erased or stage.file.read_bytes() == OLD
    assert stage.left <= {"firmware.lpfw", "journal.json"}
    assert stage.journal.read().step is Step.NONE
    assert (stage.slot.receiving, stage.slot.code) == (False, UpdateCode.DOWNLOAD_ERROR)
    assert await stage.bring(WHOLE) == Verdict(version="2.0")


async def test_the_first_byte_too_many_ends_it(stage: Stage) -> None:
    """Not the end of all that comes (S10)."""
    await stage.slot.begin(None)
    assert (await stage.slot.take(WHOLE)).good

    assert (await stage.slot.take(b"x")).flaw is Flaw.INCOMPLETE
    assert not stage.slot.receiving


async def test_one_at_a_time(stage: Stage) -> None:
    """A second upload is refused, and the first goes on; so is one beside another update."""
    await stage.slot.begin(None)
    await stage.slot.take(WHOLE[:500])
    assert (await stage.slot.begin(None)).flaw is Flaw.BUSY
    await stage.slot.take(WHOLE[500:])
    assert (await stage.slot.finish()).good

    stage.desk.order()
    assert (await stage.slot.begin(None)).flaw is Flaw.BUSY


@pytest.mark.parametrize("came", [0, 500, len(WHOLE)])
async def test_what_is_ordered_meanwhile_is_let_alone(stage: Stage, came: int) -> None:
    """Neither its file nor its steps are lost for an upload that had begun before."""
    await stage.slot.begin(None)
    await stage.slot.take(WHOLE[:came])
    stage.desk.order()
    stage.file.write_bytes(b"what was ordered")
    stage.journal.write(rolling := Entry(Step.READY_TO_ROLL, "b", "3"))

    verdict = await stage.slot.take(WHOLE[came:])
    assert verdict == Verdict(Flaw.BUSY, "another update has begun meanwhile")
    assert stage.file.read_bytes() == b"what was ordered"
    assert stage.journal.read() == rolling
    assert stage.left == {"firmware.lpfw", "journal.json"}
    assert (stage.slot.receiving, stage.slot.code) == (False, UpdateCode.NONE)


async def test_what_is_ordered_while_a_whole_file_is_judged_is_let_alone(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file that was brought does not take its place."""
    vouched = ArrivingPackage.vouched

    async def slowly(package: ArrivingPackage, file: Path) -> str:
        stage.desk.order()
        stage.file.write_bytes(b"what was ordered")
        return await vouched(package, file)

    monkeypatch.setattr(ArrivingPackage, "vouched", slowly)

    assert await stage.bring(WHOLE) == Verdict(Flaw.BUSY, "another update has begun meanwhile")
    assert stage.file.read_bytes() == b"what was ordered"
    assert stage.desk.wishes == []
    assert stage.left == {"firmware.lpfw", "journal.json"}


async def test_an_update_that_was_ordered_meanwhile_comes_first(stage: Stage) -> None:
    """Then what was brought has come in vain."""
    stage.desk.answer = Refused(Reason.UPDATING, "another update is under way")

    assert await stage.bring(WHOLE) == Verdict(Flaw.BUSY, "another update is under way")
    assert stage.journal.read() == Entry()


async def test_without_a_root_nobody_can_vouch_for_a_package(stage: Stage) -> None:
    """It is said before any payload comes."""
    stage.roots = ()

    verdict = await stage.slot.begin(None)
    assert verdict.flaw is Flaw.BAD_SIGNATURE
    assert "no manufacturer root is installed" in verdict.why


async def test_the_disk_must_have_room(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Told before, where the size is told; and a disk that fails on the way says so."""
    stage.room = len(WHOLE) - 1
    assert await stage.slot.begin(len(WHOLE)) == Verdict(
        Flaw.TOO_LARGE, f"there is room for {stage.room} bytes"
    )

    def broken(*_: Any) -> Any:
        raise OSError(28, "No space left on device")

    for place in ("_write", "_vouched", "_placed"):
        with monkeypatch.context() as patched:
            patched.setattr(Uploads, place, broken)
            assert await stage.bring(WHOLE) == Verdict(Flaw.DISK, "No space left on device")
    monkeypatch.setattr(stage.slot, "free", broken)
    assert (await stage.slot.begin(None)).flaw is Flaw.DISK


async def test_what_cannot_be_removed_is_only_told(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The next start removes it."""
    await stage.slot.begin(None)
    await stage.slot.take(WHOLE[:500])

    def broken(*_: Any, **__: Any) -> Any:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", broken)
        await stage.slot.abort("the sender has gone")
    assert "cannot be removed: Input/output error" in caplog.text
    assert "firmware.lpfw.upload" in stage.left
    stage.slot.recover()

    assert "firmware.lpfw.upload" not in stage.left


async def test_what_is_aborted_is_forgotten(stage: Stage) -> None:
    """Wherever it was; where nothing has begun there is nothing to do."""
    await stage.slot.abort("nothing")
    for came in (0, 100, 500, len(WHOLE)):
        await stage.slot.begin(None)
        await stage.slot.take(WHOLE[:came])
        await stage.slot.abort("the sender has gone")

        assert (stage.slot.receiving, stage.slot.code) == (False, UpdateCode.NONE)
        assert stage.left <= {"firmware.lpfw", "journal.json"}


async def test_without_an_upload_nothing_can_be_taken(stage: Stage) -> None:
    """That would be a mistake of ours."""
    with pytest.raises(AssertionError, match="no upload has begun"):
        await stage.slot.take(b"x")


class PowerCutError(Exception):
    """The power goes."""


@pytest.mark.parametrize("step", [step for step in Step if step in ARRIVING])
async def test_the_power_goes_at_a_step_of_an_upload(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, step: Step
) -> None:
    """The next start has nothing under way, and takes the same package (S8)."""
    write: Callable[[Journal, Entry], None] = Journal.write

    def write_and_die(self: Journal, entry: Entry) -> None:
        write(self, entry)
        if entry.step is step:
            raise PowerCutError

    with monkeypatch.context() as patched:
        patched.setattr(Journal, "write", write_and_die)
        with pytest.raises(PowerCutError):
            await stage.bring(WHOLE)
    assert stage.journal.read().step is step
    assert stage.desk.wishes == []

    after = Stage(stage.folder)
    assert after.journal.read() == Entry()
    assert after.left <= {"firmware.lpfw", "journal.json"}
    assert await after.bring(WHOLE) == Verdict(version="2.0")


async def test_pieces_are_written_while_the_station_goes_on(stage: Stage) -> None:
    """The disk may be slow; the loop turns all the same."""
    turned = 0

    async def others() -> None:
        nonlocal turned
        while True:
            turned += 1
            await asyncio.sleep(0)

    beside = asyncio.ensure_future(others())
    await stage.bring(WHOLE, cut=500)
    beside.cancel()

    assert turned > len(WHOLE) // 500
