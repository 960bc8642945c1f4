"""Whether the CSMS still gives signs of life, and what is due when it gives none (S32 to S34)."""

from __future__ import annotations

from enum import Enum

HOUR_S = 3_600.0
DAY_S = 86_400.0
GRACE_S = 300.0
"""A heartbeat a day is no silence of a day, so the restart comes five minutes later (S34)."""
PROBE_S = 60.0
"""How long before the restart the CSMS is asked for a last sign."""


class Sign(Enum):
    """What shows that the other side is there; the value is for people."""

    START = "the start of the station"
    MESSAGE = "a message"
    PING = "a websocket ping"
    ECHO = "an ICMP echo"


class Alarm(Enum):
    """What is due."""

    CHECK = "all is well, and that is written down"
    SILENT = "no sign since the last check: the connection is made anew"
    PROBE = "a day of silence is nearly over: ask for a sign"
    RESTART = "a day of silence is over"


class Watchdog:
    """The signs of life as a machine without I/O; instants are seconds of one monotonic clock."""

    __slots__ = ("_check_at", "_probed", "_restarted", "alive_at", "heartbeat_s", "sign")

    def __init__(self, now: float, heartbeat_s: float) -> None:
        self.alive_at, self.sign = now, Sign.START
        self.heartbeat_s = heartbeat_s
        self._check_at = now + self.interval_s
        self._probed = self._restarted = False

    @property
    def interval_s(self) -> float:
        """Seconds between checks: an hour, or the heartbeat's rhythm when that is slower (S32)."""
        return max(HOUR_S, self.heartbeat_s)

    @property
    def restart_at(self) -> float:
        """When the silence has lasted long enough for a restart (S34)."""
        return self.alive_at + max(DAY_S, self.heartbeat_s) + GRACE_S

    def alive(self, now: float, sign: Sign) -> None:
        """Take note of a sign of life."""
        self.alive_at, self.sign = now, sign
        self._probed = self._restarted = False

    def rhythm(self, now: float, heartbeat_s: float) -> None:
        """Follow a new rhythm of heartbeats; a check is then due that long after the last sign."""
        self.heartbeat_s = heartbeat_s
        self._check_at = max(now, self.alive_at + self.interval_s)

    def next_wake(self) -> float:
        """Return the second at which `due` is next wanted."""
        if self._restarted:
            return self._check_at
        end = self.restart_at if self._probed else self.restart_at - PROBE_S
        return min(self._check_at, end)

    def due(self, now: float) -> Alarm | None:
        """Return what is due, the gravest first; each once for one silence."""
        if not self._restarted and now >= self.restart_at:
            self._restarted = True
            return Alarm.RESTART
        if not self._probed and now >= self.restart_at - PROBE_S:
            self._probed = True
            return Alarm.PROBE
        if now < self._check_at:
            return None
        silent = self.alive_at <= now - self.interval_s
        self._check_at = now + self.interval_s
        return Alarm.SILENT if silent else Alarm.CHECK
