"""Two folders for releases, and the link that names the one which is kept.

```
a/release/bin/laadpaal   the program of a release, and whatever it needs beside it
a/slot.json              what is in the slot; written last, so a slot without it holds nothing
b/                       likewise
current -> a             the release that is kept; switched at once or not at all
```

Only the standard library is used here, for the launcher reads this with nothing else at hand.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from laadpaal.updates.journal import replace_file, sync_folder

NAMES = ("a", "b")
PROGRAM = "bin/laadpaal"
"""What is started in a release, with the words that the launcher was given."""
_CURRENT, _MANIFEST, _RELEASE = "current", "slot.json", "release"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a slot holds; `digest` is that of every name, mode and byte in the release."""

    version: str
    digest: str


class Slots:
    """Owns the folder of both slots."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def current(self) -> str:
        """Return the slot that is kept, or the first that holds anything; "" when none does."""
        try:
            named = (self.folder / _CURRENT).readlink().name
        except OSError:
            named = ""
        return next((it for it in (named, *NAMES) if it in NAMES and self._usable(it)), "")

    def _usable(self, name: str) -> bool:
        return self.manifest(name) is not None and self.program(name).is_file()

    def other(self, name: str) -> str:
        """Return the slot beside this one; beside none is the first."""
        return NAMES[1] if name == NAMES[0] else NAMES[0]

    def manifest(self, name: str) -> Manifest | None:
        """Return what a slot holds, or None when that is nothing whole."""
        try:
            found = json.loads((self.folder / name / _MANIFEST).read_bytes())
            return Manifest(str(found["version"]), str(found["digest"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def intact(self, name: str) -> bool:
        """Tell whether a slot still holds what was put there, byte for byte."""
        manifest = self.manifest(name)
        try:
            return manifest is not None and digest_of(self.release(name)) == manifest.digest
        except OSError:
            return False

    def release(self, name: str) -> Path:
        """Return the folder of the release in a slot."""
        return self.folder / name / _RELEASE

    def program(self, name: str) -> Path:
        """Return what is started."""
        return self.release(name) / PROGRAM

    def clear(self, name: str) -> Path:
        """Empty a slot, its manifest first, and return where its next release goes."""
        slot = self.folder / name
        slot.mkdir(parents=True, exist_ok=True)
        (slot / _MANIFEST).unlink(missing_ok=True)
        sync_folder(slot)
        shutil.rmtree(slot / _RELEASE, ignore_errors=True)
        self.release(name).mkdir()
        return self.release(name)

    def keep(self, name: str, version: str) -> None:
        """Let what is in a slot be a release; every file of it is on the disk already."""
        manifest = Manifest(version, digest_of(self.release(name)))
        replace_file(self.folder / name / _MANIFEST, json.dumps(asdict(manifest)).encode())

    def switch(self, name: str) -> None:
        """Keep the release in this slot from now on."""
        part = self.folder / f"{_CURRENT}.part"
        part.unlink(missing_ok=True)
        part.symlink_to(name)
        part.replace(self.folder / _CURRENT)
        sync_folder(self.folder)


def digest_of(folder: Path) -> str:
    """Return the SHA-256 over every file of a folder: its name, whether it runs, its bytes."""
    digest = hashlib.sha256()
    for path in sorted(it for it in folder.rglob("*") if it.is_file()):
        runs = os.access(path, os.X_OK)
        name = path.relative_to(folder).as_posix()
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{content} {runs:d} {name}\n".encode())
    return digest.hexdigest()
