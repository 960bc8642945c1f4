"""How far an update has come, in one small file: what a power cut leaves is always one whole entry.

| step | what a power cut at it means at the next start |
| --- | --- |
| none | `current` runs |
| erasing to receiving | what had come is worth nothing; `current` runs |
| received to ready | the package is whole, and waits for the station's word; `current` runs |
| installing | the other slot is half written, and so no release; `current` runs |
| ready to roll | the other slot is whole; it is tried |
| trial | it is tried once more, but not for ever; `current` still names the old release |
| committed | `current` names the new release, and it runs |
| rolling back | `current` is put back, and runs |
| rolled back | `current` runs |

Only the standard library is used here, for the launcher reads this with nothing else at hand.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from enum import Enum
from pathlib import Path


class Step(Enum):
    """The steps, in the order in which they come; the last two may follow any later one."""

    NONE = "none"
    ERASING = "erasing"
    ERASED = "erased"
    RECEIVING = "receiving"
    RECEIVED = "received"
    CHECKED = "checked"
    READY = "ready"
    INSTALLING = "installing"
    READY_TO_ROLL = "ready to roll"
    TRIAL = "trial"
    COMMITTED = "committed"
    ROLLING_BACK = "rolling back"
    ROLLED_BACK = "rolled back"


@dataclass(frozen=True, slots=True)
class Entry:
    """One step.

    Args:
        slot: Which slot it is about: what is installed there and tried, or gone back to.
        version: Of the release that is new.
        boots: How often the release on trial was started.
        why: Why a release was taken back, for people.
        boot: Which start of the machine it was written in, where a release needs another.
    """

    step: Step = Step.NONE
    slot: str = ""
    version: str = ""
    boots: int = 0
    why: str = ""
    boot: str = ""


class Journal:
    """Owns the file; every entry replaces the one before, and is on the disk when it is written."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> Entry:
        """Return the last entry; what nobody can read, or a later release wrote, is none."""
        try:
            found = json.loads(self._path.read_bytes())
            step = Step(found.pop("step"))
            kept = {"slot": str, "version": str, "boots": int, "why": str}
            boot = str(found.get("boot", ""))  # an earlier release has written none
            return Entry(step, **{it: kind(found[it]) for it, kind in kept.items()}, boot=boot)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return Entry()

    def write(self, entry: Entry) -> None:
        """Let the file hold this entry and no other, whenever the power goes."""
        text = json.dumps({**asdict(entry), "step": entry.step.value})
        replace_file(self._path, text.encode())


def replace_file(path: Path, content: bytes) -> None:
    """Let a file hold this and nothing else, whenever the power goes; raises OSError."""
    part = path.with_name(f"{path.name}.part")
    with part.open("wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())
    part.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Let the names in a folder be as they are after a power cut too."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
