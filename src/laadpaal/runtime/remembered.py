"""What the local side is given of the past, and hears of it while it comes about."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from laadpaal.local_api.events import Aside, EventStream
from laadpaal.local_api.lines import parts
from laadpaal.ports.log import Written
from laadpaal.runtime.log_file import LogFile
from laadpaal.storage import StationStore


@dataclass(frozen=True, slots=True)
class Remembered:
    """The transactions that were and are, and the log."""

    history: StationStore
    log: LogFile

    def told_to(self, events: EventStream) -> None:
        """Let the stream tell each line of the log from now on; whoever writes it never waits."""
        loop = asyncio.get_running_loop()

        def tell(line: Written) -> None:
            if events.listeners:
                # A line may be written by any thread, and the stream lives in the loop.
                loop.call_soon_threadsafe(events.tell_aside, Aside.LOG, parts(line))

        self.log.followers.append(tell)
