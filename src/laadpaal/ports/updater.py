"""Who judges new firmware, and what puts it in place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from laadpaal.station.carriage import FirmwareVerdict, Signed
from laadpaal.station.releases import Release

Glance = Callable[[bytes], None]
"""Looks at each piece of a file as it comes; raises PackageError when nobody wants the rest.

It may be called in any thread.
"""


def blind(_: bytes) -> None:
    """See nothing wrong."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of looking at a file; `why` is one sentence for people, `version` the file's."""

    verdict: FirmwareVerdict
    version: str = ""
    why: str = ""


class Judge(Protocol):
    """Tells whose firmware may run here; it puts nothing in place."""

    def sizes(self) -> tuple[int, int]:
        """Return how many bytes a file has at least and at most."""
        ...

    def trusts(self, certificate: str) -> bool:
        """Tell whether an installed manufacturer root vouches for a signer, now."""
        ...

    def glance(self) -> Glance:
        """Return what looks at one file that is fetched, by what is wanted now."""
        ...

    async def check(self, file: Path, signed: Signed | None) -> Checked:
        """Look at a whole file; without `signed` nobody has to have signed the whole of it."""
        ...


Progress = Callable[[int], None]
"""Hears how much of an installation is done, in percent."""


def unheard(_: int) -> None:
    """Hear nothing."""


class Updater(Protocol):
    """Installs firmware; the version that runs stays until the next restart."""

    def version(self) -> str:
        """Return the version that runs; asked once in each life, when it begins."""
        ...

    def release(self) -> Release:
        """Return what else there is to know of that version; asked likewise."""
        ...

    def leaves(self) -> bool:
        """Tell whether the next life is for another version, which this one has to make way for."""
        ...

    async def install(self, file: Path, progress: Progress = unheard, /) -> str:
        """Put a file in place that was found good; return "" or why the old version stays."""
        ...

    async def make_way(self) -> str:
        """Have the other version start; return "" to end this process, or why it lives on."""
        ...

    async def keep(self) -> str:
        """Keep the version on trial for good; return "" or why it is on trial still."""
        ...

    async def guard(self) -> None:
        """Give a version on trial up that is not kept in time, if nobody else does; else return."""
        ...

    async def go_back(self) -> str:
        """Let the version before this one run after the next start; return "" or why not."""
        ...
