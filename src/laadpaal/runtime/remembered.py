"""What the local side is given of the past, and hears of it while it comes about."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Self

from laadpaal.csms.overheard import Overheard
from laadpaal.local_api.events import Aside, EventStream
from laadpaal.local_api.lines import parts
from laadpaal.ports.log import Written
from laadpaal.runtime.life import Csms
from laadpaal.runtime.log_file import LogFile
from laadpaal.storage import StationStore


@dataclass(frozen=True, slots=True)
class Remembered:
    """The transactions that were and are, the log, and what was said; None without a CSMS."""

    history: StationStore
    log: LogFile
    messages: Overheard | None

    @classmethod
    def of(
        cls, history: StationStore, log: LogFile, csms: Csms | None, size: Callable[[], int]
    ) -> Self:
        """Return it for a station that talks to that CSMS, if to any; `size` is of the log."""
        log.max_bytes = size
        return cls(history, log, csms.overheard if csms else None)

    def told_to(self, events: EventStream) -> None:
        """Let the stream tell all of it from now on; whoever writes or says it never waits."""
        loop = asyncio.get_running_loop()

        def tell(line: Written) -> None:
            if events.listeners:
                # A line may be written by any thread, and the stream lives in the loop.
                loop.call_soon_threadsafe(events.tell_aside, Aside.LOG, parts(line))

        self.log.followers.append(tell)
        if self.messages:
            self.messages.followers.append(partial(events.tell_aside, Aside.MESSAGES))
