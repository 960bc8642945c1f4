"""How the station stands with the CSMS: what may be said, and when to ask or beat again."""

from __future__ import annotations

from enum import Enum, auto

from laadpaal.csms.dialect import BootAnswer, Registration
from laadpaal.station.words import BootReason

DAY_S = 86_400.0
MOST_DOUBLINGS = 5


class Errand(Enum):
    """Why a call would leave the station."""

    BOOT = auto()
    ASKED = auto()
    """The CSMS asked for it, with a trigger or a report request."""
    ORDINARY = auto()


class Standing:
    """The registration as a machine without I/O; instants are seconds of one monotonic clock.

    Args:
        reason: Why the station started, for the boot notification.
        heartbeat_s: Seconds between heartbeats until the CSMS names others; 0 sends none.
        own_wait_s: Wait before asking again when the CSMS names none, or fails to answer;
            doubles each time, up to 32 times this.
    """

    __slots__ = (
        "_beat_at",
        "_boot_at",
        "_misses",
        "_own_wait_s",
        "_reason",
        "_sent_at",
        "_triggered",
        "heartbeat_s",
        "state",
    )

    def __init__(
        self, reason: BootReason, *, heartbeat_s: float = 300.0, own_wait_s: float = 60.0
    ) -> None:
        self.state: Registration | None = None
        self.heartbeat_s = heartbeat_s
        self._reason = reason
        self._own_wait_s = own_wait_s
        self._boot_at: float | None = 0.0
        self._misses = 0
        self._triggered = False
        self._sent_at = self._beat_at = 0.0

    @property
    def accepted(self) -> bool:
        """Whether the CSMS knows us."""
        return self.state is Registration.ACCEPTED

    @property
    def rejected(self) -> bool:
        """Whether the CSMS does not want to hear from us."""
        return self.state is Registration.REJECTED

    @property
    def reason(self) -> BootReason:
        """What the next boot notification gives as its reason."""
        return BootReason.TRIGGERED if self._triggered else self._reason

    def elsewhere(self, heartbeat_s: float) -> Standing:
        """Return how we stand with another CSMS, which does not know us yet.

        When this one has accepted us, it is no start that makes us say who we are.
        """
        reason = BootReason.UNKNOWN if self.accepted else self._reason
        return Standing(reason, heartbeat_s=heartbeat_s, own_wait_s=self._own_wait_s)

    def may_send(self, errand: Errand) -> bool:
        """Tell whether such a call may leave (1.6 section 4.2, 2.0.1 B01 to B03)."""
        match errand:
            case Errand.BOOT:
                return True
            case Errand.ASKED:
                return self.state in {Registration.ACCEPTED, Registration.PENDING}
            case Errand.ORDINARY:
                return self.accepted

    def boot_due(self, now: float) -> bool:
        """Tell whether a boot notification is to be sent now."""
        return self._boot_at is not None and self._boot_at <= now

    def heartbeat_due(self, now: float) -> bool:
        """Tell whether a heartbeat is to be sent now."""
        at = self._heartbeat_at()
        return at is not None and at <= now

    def next_wake(self) -> float | None:
        """Return when a boot notification or heartbeat is next due, or None."""
        planned = [at for at in (self._boot_at, self._heartbeat_at()) if at is not None]
        return min(planned, default=None)

    def sent(self, now: float) -> None:
        """Note that any message has left; the heartbeat counts from the last one."""
        self._sent_at = now

    def beaten(self, now: float) -> None:
        """Note that a heartbeat has left; one a day keeps the clock even under traffic."""
        self._sent_at = self._beat_at = now

    def boot_asked(self, now: float) -> None:
        """Plan a boot notification for now, because the CSMS has triggered one."""
        self._boot_at, self._triggered = now, True

    def judged(self, answer: BootAnswer, now: float) -> None:
        """Take the CSMS's word."""
        self.state, self._triggered = answer.registration, False
        if self.accepted:
            self._boot_at, self._misses = None, 0
            self._beat_at = now
            self.heartbeat_s = float(answer.interval_s) or self.heartbeat_s
        elif answer.interval_s > 0:
            self._boot_at, self._misses = now + answer.interval_s, 0
        else:
            self._wait_own(now)

    def unanswered(self, now: float) -> None:
        """Note that it met an error or silence; an accepted station stays accepted."""
        self._triggered = False
        if self.accepted:
            self._boot_at = None
        else:
            self._wait_own(now)

    def _wait_own(self, now: float) -> None:
        self._boot_at = now + self._own_wait_s * 2 ** min(self._misses, MOST_DOUBLINGS)
        self._misses += 1

    def _heartbeat_at(self) -> float | None:
        if not self.accepted or self.heartbeat_s <= 0:
            return None
        return min(self._sent_at + self.heartbeat_s, self._beat_at + DAY_S)
