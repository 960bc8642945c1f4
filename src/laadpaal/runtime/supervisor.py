"""What systemd or our launcher is told: that the station runs, and that its loop still turns."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Mapping

from laadpaal.updates.launcher import HEALTH_FD


class Supervisor:
    """Speaks the notification protocol of systemd (sd_notify), or is silent where nobody listens.

    The launcher hears the same by a pipe, one line for each state.

    Args:
        environment: Where NOTIFY_SOCKET, WATCHDOG_USEC and the number of the pipe stand.
    """

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        name = environment.get("NOTIFY_SOCKET", "")
        # A name that begins with @ lies outside every file system.
        self._address = "\0" + name[1:] if name.startswith("@") else name
        self._pipe = int(environment.get(HEALTH_FD, "-1"))
        self.watched_s = int(environment.get("WATCHDOG_USEC", "0")) / 1_000_000
        """Within so many seconds a sign of life is wanted; 0 for never."""

    def tell(self, state: str) -> None:
        """Say one thing, such as `READY=1`; a manager that is gone is no matter."""
        if self._pipe >= 0:
            # The launcher cannot go before us: we would go with it.
            os.write(self._pipe, f"{state}\n".encode())
        if not self._address:
            return
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
            try:
                line.sendto(state.encode(), self._address)
            except OSError:
                return

    async def run(self) -> None:
        """Give signs of life, twice as often as is wanted, until cancelled.

        It is a task like all others: a loop that hangs gives none, and is started anew.
        """
        while self.watched_s:
            self.tell("WATCHDOG=1")
            await asyncio.sleep(self.watched_s / 2)
