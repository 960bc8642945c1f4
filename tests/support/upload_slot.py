"""An upload slot in memory, which finds fault when it is told to."""

from __future__ import annotations

from dataclasses import dataclass, field

from laadpaal.ports.updates import GOOD, Flaw, Verdict
from laadpaal.station.carriage import UpdateCode

LEAST_BYTES, MOST_BYTES = 4, 1_000_000
VERSION = "2.0.0"
_FULL = 100


@dataclass
class MemorySlot:
    """Is an `UploadSlot`.

    Args:
        most: What it holds at most.
        busy: Whether another update is under way, which no upload may disturb.
        flaw: What is found when the whole file is looked at; None finds it good.
        header_flaw: What is found when the first `least` bytes are there.
    """

    least: int = LEAST_BYTES
    most: int = MOST_BYTES
    busy: bool = False
    flaw: Flaw | None = None
    header_flaw: Flaw | None = None
    code: UpdateCode = UpdateCode.NONE
    receiving: bool = False
    whole: bytes = b""
    """The last file that was finished and good."""
    aborted: list[str] = field(default_factory=list)
    """Why each upload was aborted that was."""
    _came: bytearray = field(default_factory=bytearray)
    _announced: int | None = None

    @property
    def progress(self) -> int:
        """How much of what was announced has come."""
        if self.code is UpdateCode.READY:
            return _FULL
        return len(self._came) * _FULL // self._announced if self._announced else 0

    async def begin(self, announced: int | None) -> Verdict:
        """Begin, unless there is a reason not to."""
        if self.busy or self.receiving:
            return Verdict(Flaw.BUSY, "another update is under way")
        if announced is not None and not self.least <= announced <= self.most:
            flaw = Flaw.TOO_SMALL if announced < self.least else Flaw.TOO_LARGE
            return Verdict(flaw, f"rejected, size {announced} not in [{self.least},{self.most}]")
        self.receiving, self.code = True, UpdateCode.READY_TO_DOWNLOAD
        self._announced = announced
        self._came.clear()
        return GOOD

    async def take(self, piece: bytes) -> Verdict:
        """Keep a piece."""
        assert self.receiving, "nothing has begun"
        self.code = UpdateCode.DOWNLOADING
        self._came += piece
        most = self.most if self._announced is None else self._announced
        if len(self._came) > most:
            flaw = Flaw.TOO_LARGE if self._announced is None else Flaw.INCOMPLETE
            return self._end(flaw, f"more than {most} bytes came")
        if self.header_flaw and len(self._came) >= self.least:
            return self._end(self.header_flaw, self.header_flaw.value)
        return GOOD

    async def finish(self) -> Verdict:
        """Judge the whole."""
        assert self.receiving, "nothing has begun"
        expected = self._announced or max(self.least, len(self._came))
        if len(self._came) != expected:
            return self._end(Flaw.INCOMPLETE, f"{len(self._came)} of {expected} bytes came")
        if self.flaw:
            return self._end(self.flaw, self.flaw.value)
        self.receiving, self.code, self.whole = False, UpdateCode.READY, bytes(self._came)
        return Verdict(version=VERSION)

    async def abort(self, why: str) -> None:
        """Forget it."""
        if self.receiving:
            self.aborted.append(why)
            self._end(Flaw.INCOMPLETE, why)

    def _end(self, flaw: Flaw, why: str) -> Verdict:
        self.receiving, self.code = False, UpdateCode.DOWNLOAD_ERROR
        self._came.clear()
        return Verdict(flaw, why)
