"""`[updates]`: how real firmware is installed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

import msgspec

from laadpaal.runtime.tables import Table

_MEGABYTE = 1024 * 1024


class UpdatesTable(Table, frozen=True, kw_only=True):
    """`[updates]`: real firmware; without this table installing is simulated.

    The kind slots has releases in the slots of `folder`, which `laadpaal launch` starts. The kind
    rauc leaves whole images to the `program` of RAUC, takes bundles of `most_mb` at most, and has
    the machine started anew by the command `reboot`.
    """

    kind: Literal["slots", "rauc"] = "slots"
    folder: str = ""
    program: Annotated[str, msgspec.Meta(min_length=1)] = "rauc"
    reboot: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)] = ("systemctl", "reboot")
    most_mb: Annotated[int, msgspec.Meta(ge=1, le=1_000_000)] = 1024

    @property
    def most_bytes(self) -> int:
        """How large a bundle may be."""
        return self.most_mb * _MEGABYTE

    def flaws(self) -> Iterator[str]:
        """Yield what is wrong with it."""
        if bool(self.folder) != (self.kind == "slots"):
            yield "updates.folder: the kind slots needs one, and rauc has none"
        slots = UpdatesTable(folder=self.folder)
        if self.kind == "slots" and self != slots:
            yield "updates: program, reboot and most_mb are for the kind rauc"
