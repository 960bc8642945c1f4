"""The launcher, the station or an installation, until the power goes right after a step."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

from laadpaal.updates import launcher
from laadpaal.updates.journal import Entry, Journal
from laadpaal.updates.slots import Slots


def die_at(step: str) -> None:
    """Let every writing of that step be the last deed of this process and all of its group."""
    write = Journal.write

    def write_and_die(self: Journal, entry: Entry) -> None:
        write(self, entry)
        if entry.step.value == step:
            os.killpg(0, signal.SIGKILL)

    Journal.write = write_and_die  # type: ignore[method-assign]  # the power goes here


def install(folder: str, running: str, package: str) -> int:
    """Install a package on a station that judges no seals; return 1 when it stays as it was."""
    # Not above: the launcher has to do without.
    from laadpaal.protocols.firmware.head import Wanted  # noqa: PLC0415  see above
    from laadpaal.updates.judge import PackageJudge  # noqa: PLC0415  see above
    from laadpaal.updates.updater import SlotUpdater  # noqa: PLC0415  see above

    at = Path(folder)
    judge = PackageJudge(lambda: Wanted("laadpaal", "1"), tuple, lambda: None)
    updater = SlotUpdater(Slots(at), Journal(at / launcher.JOURNAL), judge, running, "1")
    return 1 if asyncio.run(updater.install(Path(package))) else 0


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
        case _:
            return install(*words)


if __name__ == "__main__":
    die_at(os.environ["DIE_AT"])
    sys.exit(main(*sys.argv[1:]))
