"""Who looks at firmware while somebody brings it, as early as its form lets anybody."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol


class Arriving(Protocol):
    """One file that comes; each step raises PackageError at the first byte that cannot be right."""

    @property
    def size(self) -> int:
        """How many bytes have come."""
        ...

    @property
    def whole(self) -> int | None:
        """How many bytes there will be, as soon as anybody has told."""
        ...

    @property
    def version(self) -> str:
        """What the file calls itself, "" until that is known."""
        ...

    @property
    def welcome(self) -> bool:
        """Whether what has come is reason enough to make room for the rest."""
        ...

    def take(self, piece: bytes) -> None:
        """Look at the next bytes."""
        ...

    def finish(self) -> None:
        """Say that there is no more."""
        ...

    async def vouched(self, file: Path) -> str:
        """Judge the whole of it, which lies in that file now; return its version."""
        ...


class Inspector(Protocol):
    """Looks at files that come."""

    def arriving(self, announced: int | None) -> Arriving:
        """Begin to look at a file of so many bytes, None where nobody can know.

        Raises:
            PackageError: It cannot be taken, whatever is in it.
        """
        ...
