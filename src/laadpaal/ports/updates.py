"""The local way in for firmware: one upload at a time, judged before it costs anything."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from laadpaal.station.carriage import UpdateCode


class Flaw(Enum):
    """Why an upload has ended without an update; the asker's side makes its own status of it."""

    BUSY = "another update is under way"
    """The one fault that is not the sender's: the same file may be welcome later."""
    TOO_SMALL = "too small"
    """Less was announced, or came, than the smallest package has."""
    TOO_LARGE = "too large"
    """More was announced, or came, than a slot or the disk holds."""
    INCOMPLETE = "incomplete"
    """Another number of bytes came than was announced, or than the package's own header says."""
    BAD_PACKAGE = "no package for this station"
    """Its header, product, version or content is not what this station takes."""
    BAD_SIGNATURE = "not signed by the manufacturer"
    """Signature or chain does not lead to a manufacturer root that is installed here."""
    DISK = "the disk failed"
    """What came could not be kept."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one step of an upload.

    Args:
        flaw: None while all is well.
        why: One sentence for people, with the numbers that do not fit.
        version: What the package calls itself, as soon as its header has been read.
    """

    flaw: Flaw | None = None
    why: str = ""
    version: str = ""

    @property
    def good(self) -> bool:
        """Whether the upload may go on, or at its end the update has begun."""
        return self.flaw is None


GOOD = Verdict()


class UploadSlot(Protocol):
    """Takes firmware that somebody brings, without knowing how it came over the wire.

    `begin`, `take` as often as there are pieces, then `finish` or `abort`. A verdict that is not
    good ends the upload: what had come is gone, the slot is free again, and nothing more of this
    upload is given. Whoever began must end it, also when the sender goes: silence and slowness are
    the asker's to judge. Whoever was refused as `BUSY` has begun nothing, and ends nothing.
    """

    @property
    def code(self) -> UpdateCode:
        """How the last update stands, whoever has asked for it (property 2911_0)."""
        ...

    @property
    def progress(self) -> int:
        """Percent of what `code` is about, from 0 to 100; 0 where the whole is not known."""
        ...

    @property
    def receiving(self) -> bool:
        """Whether an upload has begun and not ended."""
        ...

    async def begin(self, announced: int | None) -> Verdict:
        """Claim the slot, and judge the size before any payload; nothing is erased yet.

        Args:
            announced: Bytes of the file itself, without what the wire wraps around it; None where
                nobody can know.
        """
        ...

    async def take(self, piece: bytes) -> Verdict:
        """Take the next bytes of the file, however they were cut.

        The header is judged when the last of its bytes is there, and only a good one lets the
        slot be erased. The first byte too many ends the upload.
        """
        ...

    async def finish(self) -> Verdict:
        """Judge the whole file; a good one is an update from now on, which installs by itself.

        It waits for whoever charges, like one that the CSMS has asked for.
        """
        ...

    async def abort(self, why: str) -> None:
        """Forget what has come; without an upload that has begun there is nothing to do.

        Args:
            why: One sentence for the log, such as that the sender has gone.
        """
        ...
