"""Listens for signs of life, and acts when there are none."""

from __future__ import annotations

import asyncio
import logging
from typing import Protocol

from laadpaal.csms.watchdog import Alarm, Sign, Watchdog
from laadpaal.ports.clock import Clock, timeout
from laadpaal.ports.echo import Echo


class Guarded(Protocol):
    """What the guard can do about a silent CSMS."""

    @property
    def heartbeat_s(self) -> float:
        """Seconds between heartbeats, as they are now."""
        ...

    def reconnect(self) -> None:
        """Give the connection up and dial anew, at once."""
        ...

    def beat(self) -> None:
        """Send a heartbeat, when there is a connection."""
        ...

    def silent(self, silent_s: float) -> None:
        """Tell the station that the CSMS has been silent for so long."""
        ...


class Guard:
    """Runs the watchdog on the station's clock.

    Args:
        host: Asked for an ICMP echo when nothing else is heard; "" asks nobody.
    """

    def __init__(
        self,
        guarded: Guarded,
        clock: Clock,
        log: logging.Logger,
        echo: Echo | None = None,
        host: str = "",
    ) -> None:
        self._guarded = guarded
        self._clock = clock
        self._log = log
        self._echo = echo
        self.host = host
        self._stir = asyncio.Event()
        self._watchdog = Watchdog(self._now, guarded.heartbeat_s)

    @property
    def _now(self) -> float:
        return self._clock.now().mono

    def alive(self, sign: Sign) -> None:
        """Take note of a sign of life."""
        self._watchdog.alive(self._now, sign)

    def rhythm(self) -> None:
        """Follow the present rhythm of heartbeats."""
        if self._watchdog.heartbeat_s != self._guarded.heartbeat_s:
            self._watchdog.rhythm(self._now, self._guarded.heartbeat_s)
            self._stir.set()

    def last(self) -> dict[str, object]:
        """Return when there was a sign last, and what it was, ready for JSON."""
        silent_s = round(self._now - self._watchdog.alive_at, 1)
        return {"last_contact_s": silent_s, "last_contact_by": self._watchdog.sign.value}

    async def run(self) -> None:
        """Watch until cancelled; a silence counts from now."""
        self._watchdog = Watchdog(self._now, self._guarded.heartbeat_s)
        while True:
            alarm = self._watchdog.due(self._now)
            if alarm:
                await self._act(alarm)
            else:
                await self._pause()

    async def _pause(self) -> None:
        self._stir.clear()
        try:
            async with timeout(self._clock, self._watchdog.next_wake() - self._now):
                await self._stir.wait()
        except TimeoutError:
            pass  # something is due

    async def _act(self, alarm: Alarm) -> None:
        silent_s, sign = self._now - self._watchdog.alive_at, self._watchdog.sign
        interval_s = self._watchdog.interval_s
        match alarm:
            case Alarm.CHECK:
                text = "CSMS check every %.0f s: last contact by %s, %.0f s ago"
                self._log.info(text, interval_s, sign.value, silent_s)
            case Alarm.SILENT:
                self._log.warning("CSMS silent for %.0f s: dialling anew", silent_s)
                await self._ask()
                self._guarded.reconnect()
            case Alarm.PROBE:
                self._log.warning("CSMS silent for %.0f s: asking for a sign of life", silent_s)
                self._guarded.beat()
                await self._ask()
            case Alarm.RESTART:
                self._log.error("CSMS silent for %.0f s: the station starts anew", silent_s)
                self._guarded.silent(silent_s)

    async def _ask(self) -> None:
        """Ask for an ICMP echo: an answer shows that the network is there, if not the CSMS."""
        if self._echo and self.host and await self._echo.answers(self.host):
            self.alive(Sign.ECHO)
