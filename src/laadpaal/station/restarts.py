"""When the station starts anew: because it was asked to, or because nobody answers any more."""

from __future__ import annotations

from laadpaal.station.actions import Restart
from laadpaal.station.agenda import Due, Timer
from laadpaal.station.authorization import Authorizer
from laadpaal.station.facts import Facts
from laadpaal.station.notices import Restarting
from laadpaal.station.records import RestartPlanned
from laadpaal.station.requests import Accepted, Answer, Reason, Refused, Reset, Scheduled
from laadpaal.station.security import SecurityKind
from laadpaal.station.security_log import SecurityLog
from laadpaal.station.words import BootReason, ResetKind, StopReason, Trigger

MOST_PATIENCE_S = 86_400.0
"""How long a restart for want of a CSMS waits for the last transaction (S34)."""


class Restarts:
    """Owns the wish to start anew."""

    def __init__(self, facts: Facts, authorizer: Authorizer, security: SecurityLog) -> None:
        self._facts = facts
        self._authorizer = authorizer
        self._security = security

    def reset(self, wish: Reset) -> Answer:
        """Start anew, now or when the last transaction has ended (2.0.1 B11, B12)."""
        if wish.evse:
            return Refused(Reason.UNSUPPORTED, "an EVSE cannot be reset alone")
        if wish.kind is ResetKind.ON_IDLE and self._busy():
            self._facts.restart_wanted = BootReason.SCHEDULED_RESET
            return Scheduled()
        soft = wish.kind is ResetKind.SOFT
        self._end_all(StopReason.SOFT_RESET if soft else StopReason.HARD_RESET)
        self.restart(BootReason.REMOTE_RESET, orderly=soft)
        return Accepted()

    def restart(self, reason: BootReason, *, orderly: bool) -> None:
        """Let the station start anew after this turn."""
        self._facts.restarting, self._facts.restart_wanted = True, None
        self._facts.restart_failed = False
        self._facts.keep(RestartPlanned(reason))
        self._security.saw(SecurityKind.RESTARTED, f"The reason is {reason.value}.")
        self._facts.tell(Restarting(reason))
        self._facts.step.actions.append(Restart(reason, orderly))

    def failed(self) -> None:
        """Go on as before, and say so: what was ended for the restart stays ended."""
        self._facts.restarting, self._facts.restart_failed = False, True
        self._facts.keep(RestartPlanned(None))

    def settle(self) -> None:
        """Start anew when that waited for the last transaction, which has ended.

        For want of a CSMS that must not fail, and there is nobody to tell first.
        """
        wanted = self._facts.restart_wanted
        if wanted and not self._busy():
            self.restart(wanted, orderly=wanted is not BootReason.WATCHDOG)

    def csms_silent(self) -> None:
        """Start anew for want of a CSMS, once nobody charges, or a day later all the same (S34)."""
        if self._facts.restarting or self._facts.restart_wanted:
            return
        self._facts.restart_wanted = BootReason.WATCHDOG
        at = self._facts.now.mono + MOST_PATIENCE_S
        self._facts.agenda.set(Timer(Due.RESTART), at)

    def csms_back(self) -> None:
        """Give that up: the CSMS is there again."""
        self._facts.agenda.cancel(Timer(Due.RESTART))
        if self._facts.restart_wanted is BootReason.WATCHDOG:
            self._facts.restart_wanted = None

    def waited_enough(self) -> None:
        """Start anew although somebody charges."""
        if self._facts.restart_wanted is BootReason.WATCHDOG:
            self._end_all(StopReason.REBOOT)
            self.restart(BootReason.WATCHDOG, orderly=False)

    def _busy(self) -> bool:
        return any(evse.transaction for evse in self._facts.evses.values())

    def _end_all(self, reason: StopReason) -> None:
        for evse in self._facts.evses.values():
            if evse.transaction:
                self._authorizer.end(evse, Trigger.RESET_COMMAND, reason)
