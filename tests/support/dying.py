"""The launcher, the station or an updater, until the power goes at a step or between two."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from laadpaal.updates import launcher
from laadpaal.updates.journal import Entry, Journal
from laadpaal.updates.slots import Slots

if TYPE_CHECKING:
    from laadpaal.updates.updater import SlotUpdater


def die_at(step: str) -> None:
    """Let every writing of that step be the last deed of this process and all of its group."""
    write = Journal.write

    def write_and_die(self: Journal, entry: Entry) -> None:
        write(self, entry)
        if entry.step.value == step:
            os.killpg(0, signal.SIGKILL)

    Journal.write = write_and_die  # type: ignore[method-assign]  # the power goes here


def die_before(change: int) -> None:
    """Let the power go before that change of the disk; the first is 1."""
    left = change

    def count(event: str, given: tuple[object, ...]) -> None:
        nonlocal left
        if _changes(event, given):
            left -= 1
            if not left:
                os.killpg(0, signal.SIGKILL)

    sys.addaudithook(count)


def _changes(event: str, given: tuple[object, ...]) -> bool:
    """Tell whether what Python is about to do changes the disk."""
    if event == "open":
        return isinstance(given[2], int) and bool(given[2] & (os.O_WRONLY | os.O_RDWR))
    return event in {"os.rename", "os.remove", "os.symlink", "os.mkdir", "shutil.rmtree"}


def _updater(folder: str, running: str) -> SlotUpdater:
    """Return the updater of a station that judges no seals."""
    # Not above: the launcher has to do without.
    from laadpaal.protocols.firmware.head import Wanted  # noqa: PLC0415  see above
    from laadpaal.updates.judge import PackageJudge  # noqa: PLC0415  see above
    from laadpaal.updates.updater import SlotUpdater  # noqa: PLC0415  see above

    at = Path(folder)
    judge = PackageJudge(lambda: Wanted("laadpaal", "1"), tuple, lambda: None)
    return SlotUpdater(Slots(at), Journal(at / launcher.JOURNAL), judge, running, "1")


def install(folder: str, running: str, package: str) -> int:
    """Install a package; return 1 when it stays as it was."""
    return 1 if asyncio.run(_updater(folder, running).install(Path(package))) else 0


def keep(folder: str, running: str) -> int:
    """Keep what is on trial; return 1 when it is on trial still."""
    return 1 if asyncio.run(_updater(folder, running).keep()) else 0


def station(*words: str) -> int:
    """Be `laadpaal` with such words."""
    from laadpaal.cli.app import app  # noqa: PLC0415  see above

    app(words)
    return 0


def main(deed: str, *words: str) -> int:
    """Do it."""
    match deed:
        case "launch":
            return launcher.main(words)
        case "station":
            return station(*words)
        case "keep":
            return keep(*words)
        case _:
            return install(*words)


if __name__ == "__main__":
    moment = os.environ["DIE_AT"]
    die_before(int(moment)) if moment.isdigit() else die_at(moment)
    sys.exit(main(*sys.argv[1:]))
